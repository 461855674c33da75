/* SPDX-License-Identifier: GPL-3.0-or-later
   Forest and funnel of the first sets, and sentences about them. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "analysis/pool/pooling.h"
#include "analysis/study/phrases.h"

/* More sets, or more rows in one, are in the tables only. */
enum { MOST_CHARTS = 6, MOST_ROWS = 60, MOST_LINES = 4 };

/* "intent, spend, pearson"; "all effects" */
const char *pooling_title(const struct pooling *p, const struct pool_set *set, struct arena *keep)
{
    const char *title = "";
    for (size_t j = 0; j < p->columns.n_by; j++)
        if (strcmp(set->group.level[j], GROUP_ALL) != 0 && *set->group.level[j])
            title = arena_printf(keep, "%s%s%s", title, *title ? ", " : "", set->group.level[j]);
    return *title ? title : "all effects";
}

static const char *phrase_set(const struct pooling *p, const struct pool_set *set,
                              struct arena *keep)
{
    const struct pooled *w = &set->pooled[0];
    const char *(*number)(double, struct arena *) = p->rows.measure ? phrase_r : phrase_number;
    if (isnan(w->conf_low))
        return arena_printf(keep, "%s: no pooled value with an interval from %zu effects (%s).",
                            pooling_title(p, set, keep), w->k, fit_status_word(w->status));
    const char *text = arena_printf(
        keep, "%s: %s over %zu effects (%s, %s interval %s to %s).", pooling_title(p, set, keep),
        number(pooling_shown(p, w->estimate), keep), w->k, w->method->name,
        phrase_level(p->how.conf_level, keep), number(pooling_shown(p, w->conf_low), keep),
        number(pooling_shown(p, w->conf_high), keep));
    if (isnan(w->pred_low))
        return text;
    return arena_printf(keep, "%s A new one may lie between %s and %s (I² = %s).", text,
                        number(pooling_shown(p, w->pred_low), keep),
                        number(pooling_shown(p, w->pred_high), keep), phrase_percent(w->i2, keep));
}

void pooling_lines(const struct pooling *p, struct report_builder *report, struct arena *keep)
{
    for (size_t s = 0; s < p->n && s < MOST_LINES; s++)
        report_add_line(report, "%s", phrase_set(p, &p->set[s], keep));
}

/* ---- forest ---- */

/* Rows of one kind of mark. */
struct marks {
    size_t n;
    double *x, *y, *low, *high, *size;
};

static struct marks marks_new(size_t n, struct arena *keep)
{
    return (struct marks){0,
                          ARENA_NEW(keep, double, n),
                          ARENA_NEW(keep, double, n),
                          ARENA_NEW(keep, double, n),
                          ARENA_NEW(keep, double, n),
                          ARENA_NEW(keep, double, n)};
}

static void marks_add(struct marks *m, size_t row, double x, double low, double high, double size)
{
    m->x[m->n] = x;
    m->y[m->n] = (double)row;
    m->low[m->n] = low;
    m->high[m->n] = high;
    m->size[m->n++] = size;
}

static struct series marks_series(const struct marks *m, enum mark mark)
{
    return (struct series){.mark = mark,
                           .n = m->n,
                           .x = m->x,
                           .y = m->y,
                           .low = m->low,
                           .high = m->high,
                           .size = mark == MARK_INTERVALS ? m->size : NULL};
}

static struct marks effect_marks(const struct pooling *p, const struct pool_set *set,
                                 struct arena *keep)
{
    const struct effects *e = &set->effects;
    struct marks m = marks_new(e->k, keep);
    double c = gsl_cdf_ugaussian_Qinv((1 - p->how.conf_level) / 2), least = INFINITY;
    double tau2 = set->pooled[0].tau2 > 0 ? set->pooled[0].tau2 : 0;
    for (size_t i = 0; i < e->k; i++)
        least = fmin(least, e->v[i]);
    for (size_t i = 0; i < e->k; i++) {
        double half = c * sqrt(e->v[i]);
        marks_add(&m, i, pooling_shown(p, e->y[i]), pooling_shown(p, e->y[i] - half),
                  pooling_shown(p, e->y[i] + half), sqrt((least + tau2) / (e->v[i] + tau2)));
    }
    return m;
}

static const char *value_label(const struct pooling *p, struct arena *keep)
{
    return arena_printf(keep, "%s with %s interval", p->rows.measure ? "correlation" : "estimate",
                        phrase_level(p->how.conf_level, keep));
}

static void add_forest(const struct pooling *p, const struct pool_set *set,
                       struct report_builder *report, struct arena *keep)
{
    const struct pooled *w = &set->pooled[0];
    size_t k = set->effects.k;
    const char **category = ARENA_NEW(keep, const char *, k + 2);
    struct marks rows = effect_marks(p, set, keep), value = marks_new(1, keep),
                 next = marks_new(1, keep);
    for (size_t i = 0; i < k; i++)
        category[i] = p->rows.label[set->group.rows.at[i]];
    category[k] = arena_printf(keep, "pooled (k = %zu)", k);
    category[k + 1] = "a new cell (prediction)";
    marks_add(&value, k, pooling_shown(p, w->estimate), pooling_shown(p, w->conf_low),
              pooling_shown(p, w->conf_high), 1);
    if (!isnan(w->pred_low))
        marks_add(&next, k + 1, pooling_shown(p, w->estimate), pooling_shown(p, w->pred_low),
                  pooling_shown(p, w->pred_high), 1);
    struct series *series = ARENA_NEW(keep, struct series, 3);
    series[0] = marks_series(&rows, MARK_INTERVALS);
    series[1] = marks_series(&value, MARK_BAND);
    series[2] = marks_series(&next, MARK_LINE);
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    *panel = (struct panel){.n_series = 2 + next.n, .series = series};
    const char *title = pooling_title(p, set, keep);
    report_add_chart(report,
                     &(struct chart){.id = arena_printf(keep, "forest-%s", phrase_id(title, keep)),
                                     .sheet = "Forest",
                                     .kind = &chart_kind_forest,
                                     .title = arena_printf(keep, "Pooled: %s", title),
                                     .finding = phrase_set(p, set, keep),
                                     .x_label = value_label(p, keep),
                                     .n_y_categories = k + 1 + next.n,
                                     .y_category = category,
                                     .n_panels = 1,
                                     .panels = panel});
}

/* ---- funnel ---- */

/* One side of the region where 95 % of effects would lie without heterogeneity: from the
   least to the largest precision. */
static struct series funnel_side(const struct pool_set *set, double sign, double least,
                                 double largest, struct arena *keep)
{
    enum { POINTS = 60 };
    double *x = ARENA_NEW(keep, double, POINTS), *y = ARENA_NEW(keep, double, POINTS);
    for (size_t i = 0; i < POINTS; i++) {
        y[i] = least + (largest - least) * (double)i / (POINTS - 1);
        x[i] = set->pooled[0].estimate + sign * gsl_cdf_ugaussian_Qinv(0.025) / y[i];
    }
    return (struct series){.mark = MARK_LINE, .n = POINTS, .x = x, .y = y, .colour = 1};
}

static void add_funnel(const struct pooling *p, const struct pool_set *set,
                       struct report_builder *report, struct arena *keep)
{
    size_t k = set->effects.k;
    double *precision = ARENA_NEW(keep, double, k), least = INFINITY, largest = 0;
    for (size_t i = 0; i < k; i++) {
        precision[i] = 1 / sqrt(set->effects.v[i]);
        least = fmin(least, precision[i]);
        largest = fmax(largest, precision[i]);
    }
    struct series *series = ARENA_NEW(keep, struct series, 3);
    series[0] = (struct series){
        .mark = MARK_POINTS, .n = k, .x = set->effects.y, .y = precision, .colour = 0};
    series[1] = funnel_side(set, -1, least, largest, keep);
    series[2] = funnel_side(set, 1, least, largest, keep);
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    const char *title = pooling_title(p, set, keep);
    *panel = (struct panel){.title = title, .n_series = 3, .series = series};
    report_add_chart(
        report,
        &(struct chart){.id = arena_printf(keep, "funnel-%s", phrase_id(title, keep)),
                        .sheet = "Funnel",
                        .kind = &chart_kind_xy,
                        .title = arena_printf(keep, "Funnel: %s", title),
                        .finding = arena_printf(keep,
                                                "%zu effects by their precision; between the "
                                                "lines 95 %% of them would lie around the pooled "
                                                "value if there were no heterogeneity.",
                                                k),
                        .x_label = p->rows.measure ? p->rows.measure->title : "estimate",
                        .y_label = "precision, 1 / standard error",
                        .n_panels = 1,
                        .panels = panel});
}

void pooling_charts(const struct pooling *p, struct report_builder *report, struct arena *keep)
{
    for (size_t s = 0; s < p->n && s < MOST_CHARTS; s++)
        if (p->set[s].effects.k > 1 && p->set[s].effects.k <= MOST_ROWS)
            add_forest(p, &p->set[s], report, keep);
    for (size_t s = 0; s < p->n && s < MOST_CHARTS && p->options->small_study; s++)
        if (p->set[s].effects.k > 2)
            add_funnel(p, &p->set[s], report, keep);
}
