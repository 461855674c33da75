/* SPDX-License-Identifier: GPL-3.0-or-later
   The table predictions of margins.h: mean predictions along one column, for values of another,
   and their curves. */
#include <math.h>
#include <string.h>

#include "analysis/glm/margins.h"
#include "analysis/study/phrases.h"

/* Values of a number where none are typed: every whole number of a scale of so many points at most,
   else so many steps from its least to its greatest value. */
enum { STEPS = 20 };

/* The curves of one pair in one cell. */
struct curves {
    const struct margined *m;
    size_t cell;
    const struct margin_variable *x;
    size_t n_x, n_groups;            /* n_groups 1 without a moderator */
    const struct margin_setting *at; /* [n_x] */
    const struct slope_point *group; /* [n_groups]; NULL: no moderator */
    const struct margin *answer;     /* [n_groups * n_x] */
};

/* ---- where ---- */

static struct margin_setting *values_of(const struct margined *m, const struct margin_variable *x,
                                        size_t *n, struct arena *keep)
{
    const struct margins_options *o = m->o;
    double centre = margined_centre(m->r, x), low = x->low + centre, high = x->high + centre;
    double step = (high - low) / STEPS;
    bool whole = low == floor(low) && high == floor(high) && high - low <= STEPS;
    *n = x->n_levels ? x->n_levels : o->n_at ? o->n_at : STEPS + 1;
    if (whole && !x->n_levels && !o->n_at)
        *n = (size_t)(high - low) + 1;
    struct margin_setting *at = ARENA_NEW(keep, struct margin_setting, *n);
    for (size_t i = 0; i < *n; i++) {
        at[i].variable = x;
        at[i].level = x->n_levels ? i : 0;
        at[i].value = (o->n_at      ? o->at[i % o->n_at]
                       : whole      ? low + (double)i
                       : i == STEPS ? high
                                    : low + step * (double)i) -
                      centre;
    }
    return at;
}

static bool predict(const struct margined *m, size_t cell, const struct margins_pair *pair,
                    struct curves *c, struct arena *keep)
{
    const struct margins *of = m->cell[cell];
    const struct margin_variable *by =
        pair->moderator ? margins_variable(of, pair->moderator) : NULL;
    *c = (struct curves){.m = m, .cell = cell, .x = margins_variable(of, pair->x), .n_groups = 1};
    if (!c->x || (pair->moderator && !by))
        return false;
    c->at = values_of(m, c->x, &c->n_x, keep);
    if (by)
        c->group = slope_points(by, &c->n_groups, keep);
    size_t n = c->n_groups * c->n_x;
    struct margin_query *query = ARENA_NEW(keep, struct margin_query, n);
    struct margin *answer = ARENA_NEW(keep, struct margin, n);
    for (size_t i = 0; i < n; i++) {
        query[i].setting[query[i].n_settings++] = c->at[i % c->n_x];
        if (by)
            query[i].setting[query[i].n_settings++] = c->group[i / c->n_x].setting;
    }
    margins_average(of, query, n, answer, keep);
    c->answer = answer;
    return true;
}

static struct tested figures_of(const struct curves *c, size_t i, size_t k)
{
    const struct regression_cell *cell = &c->m->r->cell[c->cell];
    double level = c->m->r->prepared->conf_level;
    struct tested f = tested_of(c->answer[i].estimate[k], c->answer[i].std_error[k],
                                fit_df(&cell->fit.fit), level);
    tested_mean_limits(cell->fit.outcome, level, &f);
    return f;
}

/* ---- table ---- */

static void prediction_row(struct results *t, const struct curves *c, size_t i, size_t k)
{
    const struct regression_cell *cell = &c->m->r->cell[c->cell];
    const struct margin_setting *at = &c->at[i % c->n_x];
    const struct slope_point *group = c->group ? &c->group[i / c->n_x] : NULL;
    struct tested f = figures_of(c, i, k);
    regressions_identify(t, c->m->r, cell);
    results_text(t, "component", cell->fit.mean_name ? cell->fit.mean_name[k] : "");
    results_text(t, "term", c->x->name);
    results_text(t, "level", c->x->n_levels ? c->x->level[at->level] : "");
    results_real(t, "at", c->x->n_levels ? NAN : at->value + margined_centre(c->m->r, c->x));
    results_text(t, "moderator", group ? group->setting.variable->name : "");
    results_text(t, "moderator_level", group ? group->label : "");
    bool number = group && group->setting.variable->n_levels == 0;
    results_real(t, "moderator_at",
                 number ? group->setting.value + margined_centre(c->m->r, group->setting.variable)
                        : NAN);
    results_real(t, "estimate", f.estimate);
    results_real(t, "std_error", f.std_error);
    results_real(t, "conf_low", f.conf_low);
    results_real(t, "conf_high", f.conf_high);
    results_status(t, margined_status(cell, c->answer[i].status));
}

static void prediction_rows(struct results *t, const struct curves *c)
{
    for (size_t k = 0; k < c->answer[0].n; k++)
        for (size_t i = 0; i < c->n_groups * c->n_x; i++)
            prediction_row(t, c, i, k);
}

/* ---- chart ---- */

/* Short, and the same in all cells. */
static const char *group_name(const struct curves *c, size_t group)
{
    static const char *const place[SLOPE_MAX_POINTS] = {"low", "mean", "high"};
    return c->group[group].setting.variable->n_levels ? c->group[group].label : place[group];
}

/* A line with its band, of rows first ... first + n - 1; of levels points with intervals. */
static void curve_series(const struct curves *c, size_t group, size_t k, struct series out[2],
                         struct arena *keep)
{
    size_t n = c->n_x;
    double *x = ARENA_NEW(keep, double, 4 * n), *y = x + n, *low = y + n, *high = low + n;
    double apart = c->n_groups > 1 ? 0.3 / (double)(c->n_groups - 1) : 0;
    for (size_t i = 0; i < n; i++) {
        struct tested f = figures_of(c, group * n + i, k);
        x[i] = c->x->n_levels ? (double)i + apart * ((double)group - ((double)c->n_groups - 1) / 2)
                              : c->at[i].value + margined_centre(c->m->r, c->x);
        y[i] = f.estimate;
        low[i] = f.conf_low;
        high[i] = f.conf_high;
    }
    struct series both = {.n = n, .x = x, .y = y, .low = low, .high = high, .colour = group};
    out[0] = out[1] = both;
    out[0].mark = c->x->n_levels ? MARK_INTERVALS : MARK_BAND;
    out[1].mark = MARK_LINE;
    out[1].low = out[1].high = NULL;
    out[1].label = c->group ? arena_printf(keep, "%s: %s", c->group[group].setting.variable->name,
                                           group_name(c, group))
                            : NULL;
}

static struct panel curves_panel(const struct curves *c, size_t k, struct arena *keep)
{
    const struct regressions *r = c->m->r;
    const struct regression_cell *cell = &r->cell[c->cell];
    struct series *s = ARENA_NEW(keep, struct series, 2 * c->n_groups), pair[2];
    for (size_t g = 0; g < c->n_groups; g++) { /* all bands below all lines */
        curve_series(c, g, k, pair, keep);
        s[g] = pair[0];
        s[c->n_groups + g] = pair[1];
    }
    const char *title =
        arena_printf(keep, "%s (n = %s)", group_title(cell->group, r->prepared->groups.n_by, keep),
                     phrase_count(cell->fit.fit.n_obs, keep));
    if (cell->fit.mean_name)
        title = arena_printf(keep, "answer %s, %s", cell->fit.mean_name[k], title);
    return (struct panel){.title = title, .n_series = 2 * c->n_groups, .series = s};
}

/* "from 0.12 to 0.80 where segment is A; ...", of an ordered outcome for its last answer. */
static const char *curves_finding(const struct curves *c, struct arena *keep)
{
    const struct outcome_fit *fit = &c->m->r->cell[c->cell].fit;
    const char *text = "";
    size_t k = c->answer[0].n - 1;
    for (size_t g = 0; g < c->n_groups; g++) {
        const struct margin *first = &c->answer[g * c->n_x], *last = first + c->n_x - 1;
        text = arena_printf(keep, "%s%sfrom %s to %s", text, g ? "; " : "",
                            phrase_number(first->estimate[k], keep),
                            phrase_number(last->estimate[k], keep));
        if (c->group)
            text = arena_printf(keep, "%s where %s is %s", text, c->group[g].setting.variable->name,
                                group_name(c, g));
    }
    return arena_printf(keep, "Along %s the %s goes %s.", c->x->name,
                        margined_mean(c->m->r, fit, k, keep), text);
}

/* The names of a factor's levels, which live as long as their cell; NULL of a number. */
static const char *const *level_names(const struct margin_variable *x, struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, x->n_levels);
    for (size_t i = 0; i < x->n_levels; i++)
        name[i] = arena_strdup(keep, x->level[i]);
    return x->n_levels ? name : NULL;
}

/* Of an ordered outcome the answers of the last cell, else the cells. */
static void curves_chart(const struct margined *m, const struct margins_pair *pair,
                         const struct curves *of, struct report_builder *report, struct arena *keep)
{
    size_t n, *at = margined_panels(m, &n, keep), n_panels = 0;
    if (n == 0 || !of[at[n - 1]].answer)
        return;
    const struct curves *last = &of[at[n - 1]];
    size_t means = last->answer[0].n;
    struct panel *panel = ARENA_NEW(keep, struct panel, n * means);
    for (size_t i = means > 1 ? n - 1 : 0; i < n; i++)
        for (size_t k = 0; k < means && of[at[i]].answer; k++)
            panel[n_panels++] = curves_panel(&of[at[i]], k, keep);
    const char *by = pair->moderator ? arena_printf(keep, "_by_%s", pair->moderator) : "";
    const char *whose = pair->moderator ? arena_printf(keep, ", by %s", pair->moderator) : "";
    report_add_chart(
        report, &(struct chart){
                    .id = phrase_id(arena_printf(keep, "predicted_by_%s%s", pair->x, by), keep),
                    .sheet = "Predictions",
                    .kind = &chart_kind_xy,
                    .title = arena_printf(keep, "Predicted %s along %s%s",
                                          regressions_response(m->r), pair->x, whose),
                    .finding = arena_printf(keep, "%s%s", margined_prefix(m, at[n - 1], n, keep),
                                            curves_finding(last, keep)),
                    .x_label = pair->x,
                    .y_label = margined_response(m->r, keep),
                    .n_x_categories = last->x->n_levels,
                    .x_category = level_names(last->x, keep),
                    .n_panels = n_panels,
                    .panels = panel});
}

/* ---- both ---- */

void margins_predictions_table(const struct margined *m, struct report_builder *report,
                               struct arena *keep)
{
    const struct regressions *r = m->r;
    struct results *t =
        results_new("predictions", &r->prepared->groups,
                    REGRESSION_COLUMNS "component term level at moderator moderator_level "
                                       "moderator_at estimate std_error conf_low conf_high status",
                    keep);
    for (size_t k = 0; k < m->o->n_predicted; k++) {
        struct curves *of = ARENA_NEW(keep, struct curves, r->n);
        for (size_t i = 0; i < r->n; i++)
            if (m->cell[i] && predict(m, i, &m->o->predicted[k], &of[i], keep))
                prediction_rows(t, &of[i]);
        curves_chart(m, &m->o->predicted[k], of, report, keep);
    }
    const char *note = arena_printf(
        keep,
        "Predicted %s with everyone at this value of the term and of the moderator, all else as it "
        "is, averaged over the respondents; %s intervals of the average, found on the logit scale "
        "of probabilities and shares and on the log scale of what is not below 0. std_error %s.",
        margined_response(r, keep), phrase_level(r->prepared->conf_level, keep),
        regressions_errors_note(r, keep));
    report_add_table(report, &(struct table){.id = "predictions",
                                             .sheet = "Predictions",
                                             .title = "What is predicted, for whom",
                                             .note = note,
                                             .frame = results_finish(t),
                                             .aside = true});
}
