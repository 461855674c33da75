/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/influence.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/diagnostic/influence.h"

/* ---- rows ---- */

/* Whose row it is: the line of a table, the customer of a study. */
static void identify_row(struct results *t, const struct regressions *r, uint32_t row)
{
    const struct frame *f = r->prepared->frame;
    const struct column *key = f->line ? NULL : frame_column(f, "key");
    if (f->line)
        results_whole(t, "line", (int64_t)f->line[row]);
    if (key && key->type == COLUMN_TEXT)
        results_text(t, "key", key->as.text[row]);
}

static const char *flag_of(const struct row_influence *row, const struct influence_limits *limits)
{
    bool cook = row->cook > limits->cook, leverage = row->leverage > limits->leverage;
    return cook && leverage ? "cook and leverage" : cook ? "cook" : leverage ? "leverage" : NULL;
}

static void influence_row(struct results *t, const struct regressions *r,
                          const struct regression_cell *cell, const struct row_influence *row,
                          size_t i)
{
    const struct outcome_fit *fit = &cell->fit;
    const struct influence_limits limits = influence_limits(fit);
    regressions_identify(t, r, cell);
    identify_row(t, r, cell->design.row[i]);
    results_real(t, "response", cell->design.y[i]);
    if (fit->n_means == 1) {
        results_real(t, "fitted", fit->mean[i]);
        results_real(t, "residual", cell->design.y[i] - fit->mean[i]);
    }
    results_real(t, "std_residual", row->standardised);
    results_real(t, "leverage", row->leverage);
    results_real(t, "cook", row->cook);
    results_text(t, "flag", flag_of(row, &limits));
    results_status(t, isnan(row->cook) ? FIT_LEVERAGE : regressions_status(cell));
}

static bool has_estimates(const struct regression_cell *cell)
{
    enum fit_status status = cell->fit.fit.status;
    return cell->made && (status == FIT_CONVERGED || status == FIT_BOUNDARY);
}

static void influence_rows(struct results *t, const struct regressions *r,
                           const struct regression_cell *cell, size_t most)
{
    struct arena *scratch = arena_new();
    size_t n = cell->design.n;
    struct row_influence *row = ARENA_NEW(scratch, struct row_influence, n);
    influence_of_rows(&cell->fit, row, scratch);
    const uint32_t *order = influence_order(row, n, scratch);
    for (size_t k = 0; k < n && k < most; k++)
        influence_row(t, r, cell, &row[order[k]], order[k]);
    arena_free(scratch);
}

static void influence_table(const struct regressions *r, size_t most, struct report_builder *report,
                            struct arena *keep)
{
    struct results *t = results_new("influence", &r->prepared->groups,
                                    REGRESSION_COLUMNS "line key response fitted residual "
                                                       "std_residual leverage cook flag status",
                                    keep);
    for (size_t i = 0; i < r->n; i++)
        if (has_estimates(&r->cell[i]))
            influence_rows(t, r, &r->cell[i], most);
    report_add_table(
        report,
        &(struct table){.id = "influence",
                        .sheet = "Influence",
                        .title = "Which rows decide the estimates?",
                        .note = arena_printf(keep,
                                             "%s. The %zu rows of the largest Cook's distance. A "
                                             "flag: Cook's distance above 4/n, leverage above "
                                             "2 p/n. Look at such rows; do not delete them for "
                                             "their size alone.",
                                             r->options.text, most),
                        .frame = results_finish(t),
                        .aside = true});
}

/* ---- without the largest responses ---- */

static bool has_size(const struct outcome *is)
{
    return !is->binary && !is->ordered;
}

static bool refuse_top(const struct regressions *r, struct err *err)
{
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = "--without-top",
                                    .value = r->options.outcome->name,
                                    .what = "is a family whose response has no largest values",
                                    .mend = "leave it out, or take a family of amounts or counts"});
}

static void top_row(struct results *t, const struct regressions *r,
                    const struct regression_cell *cell, const struct outcome_fit *without,
                    double n_without, size_t j)
{
    const struct fit *all = &cell->fit.fit, *rest = &without->fit;
    bool same = rest->n_params == all->n_params;
    double estimate = all->estimate[j], other = same ? rest->estimate[j] : NAN;
    regressions_identify(t, r, cell);
    results_text(t, "component", cell->fit.component ? cell->fit.component[j] : NULL);
    results_text(t, "term", all->term[j]);
    results_real(t, "n_obs", all->n_obs);
    results_real(t, "n_without", n_without);
    results_real(t, "estimate", estimate);
    results_real(t, "std_error", fit_std_error(all, j));
    results_real(t, "estimate_without", other);
    results_real(t, "std_error_without", same ? fit_std_error(rest, j) : NAN);
    results_real(t, "change", estimate == 0 ? NAN : (other - estimate) / fabs(estimate));
    results_status(t, isnan(estimate)                 ? FIT_UNIDENTIFIED
                      : rest->status == FIT_CONVERGED ? regressions_status(cell)
                                                      : rest->status);
}

static void top_rows(struct results *t, const struct regressions *r,
                     const struct regression_cell *cell, double share)
{
    struct arena *scratch = arena_new();
    struct outcome_options how = r->options.fit;
    struct outcome_fit without;
    double n_without;
    how.clusters = cell->clusters.n_ways ? &cell->clusters : NULL;
    how.threads = r->prepared->threads;
    influence_without_top(&cell->fit, &how, share, &without, &n_without, scratch);
    for (size_t j = 0; j < cell->fit.fit.n_params; j++)
        top_row(t, r, cell, &without, n_without, j);
    arena_free(scratch);
}

static void top_table(const struct regressions *r, double share, struct report_builder *report,
                      struct arena *keep)
{
    struct results *t =
        results_new("without_top", &r->prepared->groups,
                    REGRESSION_COLUMNS "component term n_obs n_without estimate std_error "
                                       "estimate_without std_error_without change status",
                    keep);
    for (size_t i = 0; i < r->n; i++)
        if (has_estimates(&r->cell[i]))
            top_rows(t, r, &r->cell[i], share);
    report_add_table(
        report,
        &(struct table){.id = "without_top",
                        .sheet = "Without top",
                        .title = "What is left without the largest responses?",
                        .note = arena_printf(keep,
                                             "%s, and again without the %s of rows with the "
                                             "largest %s. Leaving rows out for their response "
                                             "biases the estimates: this says how much few rows "
                                             "decide, not what is true of the others.",
                                             r->options.text, phrase_percent(share, keep),
                                             regressions_response(r)),
                        .frame = results_finish(t),
                        .aside = true});
}

bool regressions_influence_tables(const struct regressions *r, const struct influence_options *o,
                                  const struct job *job, struct report_builder *report,
                                  struct arena *keep, struct err *err)
{
    if (o->top > 0 && !has_size(r->options.outcome))
        return refuse_top(r, err);
    if (o->rows && job_shows(job, "influence"))
        influence_table(r, o->rows, report, keep);
    if (o->top > 0 && job_shows(job, "without_top"))
        top_table(r, o->top, report, keep);
    return true;
}
