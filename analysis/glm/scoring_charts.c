/* SPDX-License-Identifier: GPL-3.0-or-later
   The charts of scoring.h: calibration, ROC and lift, a panel per cell.  They show predictions for
   rows that the fit has not seen, where there are such. */
#include <math.h>
#include <string.h>

#include "analysis/glm/scoring.h"
#include "analysis/study/phrases.h"
#include "models/scoring/auc.h"
#include "models/scoring/calibration.h"
#include "models/scoring/lift.h"
#include "models/scoring/roc.h"

enum { MOST_PANELS = 12, CURVE_POINTS = 200 };

/* A cell that gets a panel. */
struct shown {
    const struct regressions *r;
    const struct regression_cell *cell;
    const struct scored *scored;
};

/* The last sample of a cell that has predictions; NULL: none. */
static const struct scored *shown_sample(const struct scored_cell *cell)
{
    for (size_t k = cell->n; k-- > 0;)
        if (cell->of[k].s.n > 0)
            return &cell->of[k];
    return NULL;
}

static bool has_both_classes(const struct scored *scored)
{
    return predictions_status(&scored->s, true) == FIT_OK;
}

/* The cells that are no margins, or everyone where they are too many; without groups the one cell
   that there is. */
static size_t shown_cells(const struct regressions *r, struct shown shown[MOST_PANELS])
{
    size_t n = 0, cells = 0;
    for (size_t i = 0; i < r->n; i++)
        cells += !r->cell[i].group->margin;
    for (size_t i = 0; i < r->n; i++) {
        bool wanted = cells <= MOST_PANELS ? !r->cell[i].group->margin : i + 1 == r->n;
        const struct scored *scored = shown_sample(&r->scoring->cell[i]);
        if (wanted && scored && has_both_classes(scored))
            shown[n++] = (struct shown){r, &r->cell[i], scored};
    }
    return n;
}

/* What a chart says of a cell: in the title of its panel, and in a sentence. */
struct figure {
    const char *name;
    double value;
    const char *text; /* "AUC 0.74" */
    const char *more; /* " (0.67 to 0.82)", or "" */
};

static struct panel panel_of(const struct shown *s, const struct figure *figure,
                             const struct series series[], size_t n, struct arena *keep)
{
    const char *group = group_title(s->cell->group, s->r->prepared->groups.n_by, keep);
    double rows = prediction_totals(&s->scored->s).n;
    return (struct panel){.title = arena_printf(keep, "%s (n = %s, %s)", group,
                                                phrase_count(rows, keep), figure->text),
                          .n_series = n,
                          .series = arena_copy(keep, series, n, sizeof *series)};
}

/* A muted line from (x_0, y_0) to (x_1, y_1). */
static struct series muted_line(double x_0, double y_0, double x_1, double y_1, struct arena *keep)
{
    const double x[] = {x_0, x_1}, y[] = {y_0, y_1};
    return (struct series){.mark = MARK_LINE,
                           .n = 2,
                           .x = arena_copy(keep, x, 2, sizeof *x),
                           .y = arena_copy(keep, y, 2, sizeof *y),
                           .muted = true};
}

/* ---- figures ---- */

static struct figure calibration_figure(const struct shown *s, struct arena *keep)
{
    struct calibration c;
    calibration_fit(&s->scored->s, &c, keep);
    const char *value = isnan(c.slope) ? "none" : phrase_r(c.slope, keep);
    return (struct figure){"Calibration slope", c.slope, arena_printf(keep, "slope %s", value), ""};
}

static struct figure roc_figure(const struct shown *s, struct arena *keep)
{
    struct auc auc = auc_delong(&s->scored->s, s->r->prepared->conf_level, keep);
    const char *more = isnan(auc.conf_low)
                           ? ""
                           : arena_printf(keep, " (%s to %s)", phrase_r(auc.conf_low, keep),
                                          phrase_r(auc.conf_high, keep));
    return (struct figure){"AUC", auc.estimate,
                           arena_printf(keep, "AUC %s", phrase_r(auc.estimate, keep)), more};
}

static struct figure lift_figure(const struct shown *s, struct arena *keep)
{
    struct lift lift = lift_table(&s->scored->s, s->r->scoring->options.groups, keep);
    double first = lift.n ? lift.part[0].lift : NAN;
    const char *value = isnan(first) ? "none" : phrase_r(first, keep);
    return (struct figure){"Lift of the first part", first, arena_printf(keep, "part 1: %s", value),
                           ""};
}

static const char *sample_text(const struct scored *scored, struct arena *keep)
{
    return scored->folds ? arena_printf(keep, "cross-fitted in %zu folds", scored->folds)
                         : "on the fitted rows";
}

static const char *cell_title(const struct shown *s, struct arena *keep)
{
    return group_title(s->cell->group, s->r->prepared->groups.n_by, keep);
}

/* Of one cell the figure; of several the least and the greatest. */
static const char *finding_of(const struct shown shown[], size_t n,
                              struct figure (*figure)(const struct shown *s, struct arena *keep),
                              struct arena *keep)
{
    size_t low = n, high = n;
    struct figure *all = ARENA_NEW(keep, struct figure, n);
    for (size_t k = 0; k < n; k++) {
        all[k] = figure(&shown[k], keep);
        if (isnan(all[k].value))
            continue;
        low = low == n || all[k].value < all[low].value ? k : low;
        high = high == n || all[k].value > all[high].value ? k : high;
    }
    const char *sample = sample_text(shown[0].scored, keep);
    if (low == n)
        return arena_printf(keep, "%s: none, %s.", all[0].name, sample);
    if (n == 1)
        return arena_printf(keep, "%s %s%s, %s.", all[0].name, phrase_r(all[0].value, keep),
                            all[0].more, sample);
    return arena_printf(keep, "%s, %s: from %s%s in %s to %s%s in %s.", all[0].name, sample,
                        phrase_r(all[low].value, keep), all[low].more,
                        cell_title(&shown[low], keep), phrase_r(all[high].value, keep),
                        all[high].more, cell_title(&shown[high], keep));
}

/* ---- panels ---- */

static struct panel calibration_panel(const struct shown *s, struct arena *keep)
{
    const struct figure figure = calibration_figure(s, keep);
    const struct prediction_groups *groups = &s->scored->groups;
    double *x = ARENA_NEW(keep, double, groups->n), *y = ARENA_NEW(keep, double, groups->n);
    double *low = ARENA_NEW(keep, double, groups->n), *high = ARENA_NEW(keep, double, groups->n);
    for (size_t j = 0; j < groups->n; j++) {
        struct proportion rate = calibration_rate(&groups->group[j], s->r->prepared->conf_level);
        x[j] = groups->group[j].predicted;
        y[j] = rate.estimate;
        low[j] = rate.conf_low;
        high[j] = rate.conf_high;
    }
    const struct series series[] = {muted_line(0, 0, 1, 1, keep),
                                    {.mark = MARK_INTERVALS,
                                     .n = groups->n,
                                     .x = x,
                                     .y = y,
                                     .low = low,
                                     .high = high,
                                     .muted = s->cell->small}};
    return panel_of(s, &figure, series, 2, keep);
}

static struct panel roc_panel(const struct shown *s, struct arena *keep)
{
    const struct figure figure = roc_figure(s, keep);
    struct arena *scratch = arena_new();
    struct roc roc = roc_points(&s->scored->s, scratch);
    size_t step = (roc.n + CURVE_POINTS - 1) / CURVE_POINTS, n = 0;
    double *x = ARENA_NEW(keep, double, CURVE_POINTS + 2);
    double *y = ARENA_NEW(keep, double, CURVE_POINTS + 2);
    for (size_t j = roc.n; j-- > 0;)
        if (j % step == 0 || j + 1 == roc.n) {
            x[n] = 1 - roc.point[j].specificity;
            y[n++] = roc.point[j].sensitivity;
        }
    arena_free(scratch);
    const struct series series[] = {
        muted_line(0, 0, 1, 1, keep),
        {.mark = MARK_LINE, .n = n, .x = x, .y = y, .muted = s->cell->small}};
    return panel_of(s, &figure, series, 2, keep);
}

static struct panel lift_panel(const struct shown *s, struct arena *keep)
{
    const struct figure figure = lift_figure(s, keep);
    struct arena *scratch = arena_new();
    size_t g = s->r->scoring->options.groups;
    struct lift lift = lift_table(&s->scored->s, g, scratch);
    double *x = ARENA_NEW(keep, double, g), *y = ARENA_NEW(keep, double, g);
    for (size_t j = 0; j < lift.n; j++) {
        x[j] = (double)j;
        y[j] = lift.part[j].lift;
    }
    arena_free(scratch);
    const struct series series[] = {
        {.mark = MARK_BARS, .n = lift.n, .x = x, .y = y, .muted = s->cell->small},
        muted_line(-0.5, 1, (double)g - 0.5, 1, keep)};
    return panel_of(s, &figure, series, 2, keep);
}

/* ---- charts ---- */

static const struct panel *
panels_of(const struct shown shown[], size_t n,
          struct panel (*panel)(const struct shown *s, struct arena *keep), struct arena *keep)
{
    struct panel *panels = ARENA_NEW(keep, struct panel, n);
    for (size_t k = 0; k < n; k++)
        panels[k] = panel(&shown[k], keep);
    return panels;
}

static double highest_lift(const struct panel panels[], size_t n)
{
    double high = 1;
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < panels[k].series[0].n; i++)
            high = fmax(high, panels[k].series[0].y[i]);
    return 1.05 * high;
}

static void add_lift(const struct regressions *r, const struct shown shown[], size_t n,
                     struct report_builder *report, struct arena *keep)
{
    size_t g = r->scoring->options.groups;
    const struct panel *panels = panels_of(shown, n, lift_panel, keep);
    const char **category = ARENA_NEW(keep, const char *, g);
    for (size_t j = 0; j < g; j++)
        category[j] = arena_printf(keep, "%zu", j + 1);
    report_add_chart(
        report, &(struct chart){.id = "lift",
                                .sheet = "Lift",
                                .kind = &chart_kind_xy,
                                .title = arena_printf(keep, "Lift of %s", regressions_response(r)),
                                .finding = finding_of(shown, n, lift_figure, keep),
                                .x_label = arena_printf(
                                    keep, "parts of equal size, the highest predictions first, %s",
                                    sample_text(shown[0].scored, keep)),
                                .y_label = "rate over the overall rate",
                                .y_low = 0,
                                .y_high = highest_lift(panels, n),
                                .n_x_categories = g,
                                .x_category = category,
                                .n_panels = n,
                                .panels = panels});
}

static void add_square(const struct chart *like, struct report_builder *report)
{
    struct chart chart = *like;
    chart.kind = &chart_kind_xy;
    chart.x_high = chart.y_high = 1;
    report_add_chart(report, &chart);
}

void regressions_scoring_charts(const struct regressions *r, struct report_builder *report,
                                struct arena *keep)
{
    struct shown shown[MOST_PANELS];
    size_t n = shown_cells(r, shown);
    if (n == 0)
        return;
    const char *y = regressions_response(r), *sample = sample_text(shown[0].scored, keep);
    add_square(&(struct chart){.id = "calibration",
                               .sheet = "Calibration",
                               .title = arena_printf(keep, "Calibration of %s", y),
                               .finding = finding_of(shown, n, calibration_figure, keep),
                               .x_label = arena_printf(keep, "predicted probability, %s", sample),
                               .y_label = arena_printf(keep, "observed rate, %s intervals",
                                                       phrase_level(r->prepared->conf_level, keep)),
                               .n_panels = n,
                               .panels = panels_of(shown, n, calibration_panel, keep)},
               report);
    add_square(
        &(struct chart){.id = "roc",
                        .sheet = "ROC",
                        .title = arena_printf(keep, "ROC of %s", y),
                        .finding = finding_of(shown, n, roc_figure, keep),
                        .x_label = arena_printf(keep, "1 - specificity: false alarms, %s", sample),
                        .y_label = "sensitivity: events found",
                        .n_panels = n,
                        .panels = panels_of(shown, n, roc_panel, keep)},
        report);
    add_lift(r, shown, n, report, keep);
}
