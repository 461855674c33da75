/* SPDX-License-Identifier: GPL-3.0-or-later
   The tables margins and ratios of margins.h. */
#include "analysis/glm/margins.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/base/suppression.h"

enum { MOST_PANELS = 12 };

/* ---- shared ---- */

bool margined_named(const struct margined *m, const char *table)
{
    const char *typed = m->job->common->table;
    return typed && strcmp(typed, table) == 0;
}

enum fit_status margined_status(const struct regression_cell *cell, enum fit_status answer)
{
    enum fit_status status = regressions_status(cell);
    bool good = status == FIT_CONVERGED || status == FIT_PERFECT || status == FIT_BOUNDARY ||
                status == FIT_BELOW_MIN_N;
    return good && answer != FIT_OK && answer != cell->fit.fit.status ? answer : status;
}

void margined_figures(struct results *t, const struct tested *f)
{
    results_real(t, "estimate", f->estimate);
    results_real(t, "std_error", f->std_error);
    results_real(t, "statistic", f->statistic);
    results_real(t, "df", isinf(f->df) ? NAN : f->df);
    results_real(t, "p_value", f->p_value);
    results_real(t, "conf_low", f->conf_low);
    results_real(t, "conf_high", f->conf_high);
}

const char *margined_response(const struct regressions *r, struct arena *keep)
{
    const struct outcome *is = r->options.outcome;
    const char *y = regressions_response(r);
    return is->ordered  ? "probability of each answer"
           : is->binary ? arena_printf(keep, "probability of %s", y)
                        : arena_printf(keep, "mean of %s", y);
}

const char *margined_mean(const struct regressions *r, const struct outcome_fit *fit, size_t k,
                          struct arena *keep)
{
    return fit->mean_name ? arena_printf(keep, "probability of the answer %s", fit->mean_name[k])
                          : margined_response(r, keep);
}

const char *margined_prefix(const struct margined *m, size_t cell, size_t n_cells,
                            struct arena *keep)
{
    const struct prepared *p = m->r->prepared;
    return n_cells > 1
               ? arena_printf(keep,
                              "%s: ", group_title(m->r->cell[cell].group, p->groups.n_by, keep))
               : "";
}

double margined_centre(const struct regressions *r, const struct margin_variable *v)
{
    return r->centre && v->column != SIZE_MAX ? r->centre[v->column] : 0;
}

size_t *margined_panels(const struct margined *m, size_t *n, struct arena *keep)
{
    const struct regressions *r = m->r;
    size_t *at = ARENA_NEW(keep, size_t, r->n), cells = 0;
    for (size_t i = 0; i < r->n; i++)
        cells += !r->cell[i].group->margin;
    *n = 0;
    for (size_t i = 0; i < r->n; i++) {
        bool wanted = cells <= MOST_PANELS ? !r->cell[i].group->margin : i + 1 == r->n;
        if (wanted && m->cell[i] && m->cell[i]->status == FIT_OK)
            at[(*n)++] = i;
    }
    return at;
}

/* A cell without figures: why; a fit of nothing but a constant has none to tell of. */
static void empty_row(struct results *t, const struct regressions *r,
                      const struct regression_cell *cell)
{
    if (regressions_status(cell) == FIT_CONVERGED)
        return;
    regressions_identify(t, r, cell);
    results_status(t, regressions_status(cell));
}

/* ---- average marginal effects ---- */

struct effects {
    size_t n;
    struct margin_query *query; /* [n] */
    struct margin *answer;      /* [n] */
};

static struct effects effects_of(const struct margins *m, struct arena *keep)
{
    struct effects e = {.query = margins_effects(m, &e.n, keep)};
    e.answer = ARENA_NEW(keep, struct margin, e.n);
    margins_average(m, e.query, e.n, e.answer, keep);
    return e;
}

static void effect_row(struct results *t, const struct regressions *r,
                       const struct regression_cell *cell, const struct margin_query *q,
                       const struct margin *a, size_t k)
{
    const struct outcome_fit *fit = &cell->fit;
    const struct margin_variable *v = q->of;
    struct tested figures =
        tested_of(a->estimate[k], a->std_error[k], fit_df(&fit->fit), r->prepared->conf_level);
    regressions_identify(t, r, cell);
    results_text(t, "component", fit->mean_name ? fit->mean_name[k] : "");
    results_text(t, "term", v->name);
    results_text(t, "level", v->n_levels ? v->level[q->level] : "");
    results_text(t, "reference", v->n_levels ? v->level[0] : "");
    margined_figures(t, &figures);
    results_real(t, "per_sd", v->n_levels ? NAN : a->estimate[k] * v->sd);
    results_status(t, margined_status(cell, a->status));
}

static const struct frame *margins_frame(const struct margined *m, const struct effects *effects,
                                         struct arena *keep)
{
    const struct regressions *r = m->r;
    struct results *t =
        results_new("margins", &r->prepared->groups,
                    REGRESSION_COLUMNS "component term level reference estimate std_error "
                                       "statistic df p_value conf_low conf_high per_sd status",
                    keep);
    for (size_t i = 0; i < r->n; i++) {
        for (size_t q = 0; q < effects[i].n; q++)
            for (size_t k = 0; k < effects[i].answer[q].n; k++)
                effect_row(t, r, &r->cell[i], &effects[i].query[q], &effects[i].answer[q], k);
        if (effects[i].n == 0)
            empty_row(t, r, &r->cell[i]);
    }
    return results_finish(t);
}

/* ---- forest ---- */

static const char *effect_label(const struct margin_query *q, struct arena *keep)
{
    const struct margin_variable *v = q->of;
    return v->n_levels
               ? arena_printf(keep, "%s: %s, not %s", v->name, v->level[q->level], v->level[0])
               : arena_printf(keep, "%s, +1 SD", v->name);
}

static const char *interval_text(double x, double low, double high, struct arena *keep)
{
    if (isnan(x))
        return "–";
    return arena_printf(keep, "%s [%s, %s]", phrase_number(x, keep), phrase_number(low, keep),
                        phrase_number(high, keep));
}

/* The rows that a category has, in the order of a reference; those of a cell that lacks some
   levels stay empty. */
static struct panel effects_panel(const struct margined *m, size_t cell, const struct effects *e,
                                  size_t k, const char *const *label, size_t n_labels,
                                  struct arena *keep)
{
    const struct regressions *r = m->r;
    const struct outcome_fit *fit = &r->cell[cell].fit;
    struct series *s = ARENA_NEW(keep, struct series, 1);
    double *x = ARENA_NEW(keep, double, 5 * e->n), *y = x + e->n, *low = y + e->n;
    double *high = low + e->n, *size = high + e->n;
    const char **text = ARENA_NEW(keep, const char *, e->n);
    for (size_t q = 0; q < e->n; q++) {
        double unit = e->query[q].of->n_levels ? 1 : e->query[q].of->sd;
        struct tested f =
            tested_of(unit * e->answer[q].estimate[k], unit * e->answer[q].std_error[k],
                      fit_df(&fit->fit), r->prepared->conf_level);
        size_t row = 0;
        while (row < n_labels && strcmp(label[row], effect_label(&e->query[q], keep)) != 0)
            row++;
        if (row == n_labels)
            continue;
        x[s->n] = f.estimate;
        low[s->n] = f.conf_low;
        high[s->n] = f.conf_high;
        size[s->n] = 0.7;
        text[s->n] = interval_text(f.estimate, f.conf_low, f.conf_high, keep);
        y[s->n++] = (double)row;
    }
    *s = (struct series){.mark = MARK_INTERVALS,
                         .n = s->n,
                         .x = x,
                         .y = y,
                         .low = low,
                         .high = high,
                         .size = size,
                         .text = text};
    const char *group = group_title(r->cell[cell].group, r->prepared->groups.n_by, keep);
    const char *title =
        arena_printf(keep, "%s (n = %s)", group, phrase_count(fit->fit.n_obs, keep));
    if (fit->mean_name)
        title = arena_printf(keep, "answer %s, %s", fit->mean_name[k], title);
    return (struct panel){.title = title, .n_series = 1, .series = s};
}

/* The largest effect whose interval leaves out 0, of an ordered outcome on its last answer. */
static const char *effects_finding(const struct margined *m, size_t cell, const struct effects *e,
                                   struct arena *keep)
{
    size_t best = e->n, k = e->answer[0].n - 1;
    double largest = 0, value = NAN;
    const struct outcome_fit *fit = &m->r->cell[cell].fit;
    const char *mean = margined_mean(m->r, fit, k, keep);
    for (size_t q = 0; q < e->n; q++) {
        double unit = e->query[q].of->n_levels ? 1 : e->query[q].of->sd;
        struct tested f =
            tested_of(unit * e->answer[q].estimate[k], unit * e->answer[q].std_error[k],
                      fit_df(&fit->fit), m->r->prepared->conf_level);
        if (f.p_value < 1 - m->r->prepared->conf_level && fabs(f.estimate) > largest) {
            largest = fabs(f.estimate);
            value = f.estimate;
            best = q;
        }
    }
    if (best == e->n)
        return arena_printf(keep, "No average effect on the %s differs from 0 significantly.",
                            mean);
    return arena_printf(keep, "The largest average effect on the %s is that of %s: %s.", mean,
                        effect_label(&e->query[best], keep), phrase_number(value, keep));
}

static void effects_chart(const struct margined *m, const struct effects *effects,
                          struct report_builder *report, struct arena *keep)
{
    size_t n, n_panels = 0;
    size_t *at = margined_panels(m, &n, keep);
    if (n == 0 || effects[at[n - 1]].n == 0)
        return;
    const struct effects *last = &effects[at[n - 1]];
    const char **label = ARENA_NEW(keep, const char *, last->n);
    for (size_t q = 0; q < last->n; q++)
        label[q] = effect_label(&last->query[q], keep);
    size_t means = last->answer[0].n;
    struct panel *panel = ARENA_NEW(keep, struct panel, n * means);
    for (size_t i = means > 1 ? n - 1 : 0; i < n; i++)
        for (size_t k = 0; k < means && effects[at[i]].n; k++)
            panel[n_panels++] = effects_panel(m, at[i], &effects[at[i]], k, label, last->n, keep);
    const char *level = phrase_level(m->r->prepared->conf_level, keep);
    report_add_chart(
        report, &(struct chart){
                    .id = "margins",
                    .sheet = "Margins",
                    .kind = &chart_kind_forest,
                    .title = "What changes the outcome, and by how much?",
                    .finding = arena_printf(keep, "%s%s", margined_prefix(m, at[n - 1], n, keep),
                                            effects_finding(m, at[n - 1], last, keep)),
                    .x_label = arena_printf(keep, "average change in the %s, with %s interval",
                                            margined_response(m->r, keep), level),
                    .n_y_categories = last->n,
                    .y_category = label,
                    .n_panels = n_panels,
                    .panels = panel});
}

static void margins_table(const struct margined *m, struct report_builder *report,
                          struct arena *keep)
{
    const struct regressions *r = m->r;
    struct effects *effects = ARENA_NEW(keep, struct effects, r->n);
    for (size_t i = 0; i < r->n; i++)
        if (m->cell[i])
            effects[i] = effects_of(m->cell[i], keep);
    const char *note = arena_printf(
        keep,
        "Average marginal effects on the %s. Of a number: of one more unit (the slope, averaged "
        "over the respondents; per_sd: of one more standard deviation); of a level: instead of its "
        "reference. Columns of 0 and 1 count as levels. std_error by the delta method, %s; %s "
        "intervals.",
        margined_response(r, keep), regressions_errors_note(r, keep),
        phrase_level(r->prepared->conf_level, keep));
    report_add_table(report, &(struct table){.id = "margins",
                                             .sheet = "Margins",
                                             .title = "What changes the outcome, and by how much",
                                             .note = note,
                                             .frame = margins_frame(m, effects, keep)});
    effects_chart(m, effects, report, keep);
}

/* ---- ratios ---- */

static size_t ratio_rows(struct results *t, const struct regressions *r,
                         const struct regression_cell *cell)
{
    const struct outcome_fit *fit = &cell->fit;
    size_t n = 0;
    for (size_t j = 0; j < fit->fit.n_params; j++) {
        const char *word = tested_ratio(fit, j);
        if (!word)
            continue;
        struct tested f = tested_of(fit->fit.estimate[j], fit_std_error(&fit->fit, j),
                                    fit_df(&fit->fit), r->prepared->conf_level);
        regressions_identify(t, r, cell);
        results_text(t, "component", fit->component ? fit->component[j] : "");
        results_text(t, "term", fit->fit.term[j]);
        results_text(t, "ratio", word);
        results_real(t, "estimate", exp(f.estimate));
        results_real(t, "p_value", f.p_value);
        results_real(t, "conf_low", exp(f.conf_low));
        results_real(t, "conf_high", exp(f.conf_high));
        results_status(t, isnan(f.estimate) ? FIT_UNIDENTIFIED : regressions_status(cell));
        n++;
    }
    return n;
}

/* Only families and links whose coefficients have such a reading have the table. */
static void ratios_table(const struct margined *m, struct report_builder *report,
                         struct arena *keep)
{
    const struct regressions *r = m->r;
    struct results *t =
        results_new("ratios", &r->prepared->groups,
                    REGRESSION_COLUMNS "component term ratio estimate p_value conf_low conf_high "
                                       "status",
                    keep);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].fit.outcome)
            n += ratio_rows(t, r, &r->cell[i]);
    if (n == 0 && !margined_named(m, "ratios"))
        return;
    report_add_table(
        report,
        &(struct table){.id = "ratios",
                        .sheet = "Ratios",
                        .title = "Odds and rates: how many times as large",
                        .note = "exp(coefficient) of one more unit, or of a level against its "
                                "reference, with the limits of the coefficient turned likewise; "
                                "in an interaction the ratio of two such ratios. The p-value is "
                                "that of a coefficient of 0, a ratio of 1.",
                        .frame = results_finish(t),
                        .aside = true});
}

/* ---- all ---- */

/* Slopes and predictions reach from the least to the greatest value, which are single respondents':
   only as far as they may be told (--suppress-below). */
static void narrow(const struct regressions *r, struct margins *m, struct arena *keep)
{
    const struct outcome_data *data = &m->fit->data;
    const double *w = data->weight_kind == WEIGHT_FREQUENCY ? data->w : NULL;
    struct margin_variable *v = arena_copy(keep, m->variable, m->n_variables, sizeof *v);
    struct arena *scratch = arena_new();
    double *x = ARENA_NEW(scratch, double, data->design->n);
    for (size_t k = 0; k < m->n_variables; k++) {
        if (isnan(v[k].low))
            continue;
        for (size_t i = 0; i < data->design->n; i++)
            x[i] = m->data->column[v[k].column].value[data->design->row[i]];
        suppression_range(x, w, data->design->n, r->prepared->suppress_below, &v[k].low,
                          &v[k].high);
    }
    arena_free(scratch);
    m->variable = v;
}

static const struct margins *prepared_cell(const struct regressions *r,
                                           const struct regression_cell *cell, struct arena *keep)
{
    if (!cell->made || !cell->fit.outcome || cell->fit.fit.n_params == 0)
        return NULL;
    struct margins *m = ARENA_NEW(keep, struct margins, 1);
    margins_prepare(&cell->fit, r->formula, &r->data, r->prepared->threads, m, keep);
    if (r->prepared->suppress_below > 0)
        narrow(r, m, keep);
    return m;
}

/* Slopes and predictions are of interactions, unless asked for. */
static bool shown(const struct margined *m, const char *table, size_t n)
{
    return job_shows(m->job, table) && (n > 0 || margined_named(m, table));
}

void regressions_margins_tables(const struct regressions *r, const struct margins_options *o,
                                const struct job *job, struct report_builder *report,
                                struct arena *keep)
{
    struct margined m = {r, o, ARENA_NEW(keep, const struct margins *, r->n), job};
    bool effects = job_shows(job, "margins"), slopes = shown(&m, "slopes", o->n_slopes);
    bool regions = shown(&m, "johnson_neyman", o->n_slopes);
    bool curves = shown(&m, "predictions", o->n_predicted);
    for (size_t i = 0; i < r->n && (effects || slopes || regions || curves); i++)
        m.cell[i] = prepared_cell(r, &r->cell[i], keep);
    if (effects)
        margins_table(&m, report, keep);
    if (job_shows(job, "ratios"))
        ratios_table(&m, report, keep);
    if (slopes)
        margins_slopes_table(&m, report, keep);
    if (regions)
        margins_regions_table(&m, report, keep);
    if (curves)
        margins_predictions_table(&m, report, keep);
}
