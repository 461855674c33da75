/* SPDX-License-Identifier: GPL-3.0-or-later
   The tables terms, models, diagnostics and fitted of regressions.h. */
#include <math.h>
#include <string.h>

#include "analysis/glm/checks.h"
#include "analysis/glm/scoring.h"
#include "analysis/study/phrases.h"
#include "models/base/term.h"
#include "models/multiple/adjust.h"
#include "models/regression/criteria.h"

static const char *component_of(const struct outcome_fit *fit, size_t j)
{
    return fit->component ? fit->component[j] : "";
}

/* ---- terms ---- */

/* One parameter of one cell, for the adjustment of its p-value. */
struct family_member {
    size_t cell, param;
};

static bool same_term(const struct regressions *r, struct family_member a, struct family_member b)
{
    const struct outcome_fit *f = &r->cell[a.cell].fit, *g = &r->cell[b.cell].fit;
    return strcmp(f->fit.term[a.param], g->fit.term[b.param]) == 0 &&
           strcmp(component_of(f, a.param), component_of(g, b.param)) == 0;
}

/* The parameter of this cell that is the same term; SIZE_MAX: it has none. */
static size_t same_in(const struct regressions *r, struct family_member of, size_t cell)
{
    for (size_t j = 0; j < r->cell[cell].fit.fit.n_params; j++)
        if (same_term(r, of, (struct family_member){cell, j}))
            return j;
    return SIZE_MAX;
}

/* p-values of a term over the cells that are no margins, adjusted: out[cell]. */
static void adjust_term(const struct regressions *r, struct family_member of, double **out,
                        struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, r->n), *adjusted = ARENA_NEW(scratch, double, r->n);
    struct family_member *member = ARENA_NEW(scratch, struct family_member, r->n);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        size_t j = r->cell[i].group->margin ? SIZE_MAX : same_in(r, of, i);
        if (j == SIZE_MAX)
            continue;
        member[n] = (struct family_member){i, j};
        p[n++] = regressions_term(r, &r->cell[i], j).p_value;
    }
    adjust_p_values(adjustment_find(r->prepared->adjust), p, n, adjusted, scratch);
    for (size_t k = 0; k < n; k++)
        out[member[k].cell][member[k].param] = adjusted[k];
}

/* adjusted[cell][param], NaN for margins. */
static double **adjusted_terms(const struct regressions *r, struct arena *scratch)
{
    double **out = ARENA_NEW(scratch, double *, r->n);
    bool **done = ARENA_NEW(scratch, bool *, r->n);
    for (size_t i = 0; i < r->n; i++) {
        size_t k = r->cell[i].fit.fit.n_params;
        out[i] = ARENA_NEW(scratch, double, k);
        done[i] = ARENA_NEW(scratch, bool, k);
        for (size_t j = 0; j < k; j++)
            out[i][j] = NAN;
    }
    for (size_t i = 0; i < r->n; i++)
        for (size_t j = 0; j < r->cell[i].fit.fit.n_params && !r->cell[i].group->margin; j++) {
            struct family_member of = {i, j};
            if (done[i][j])
                continue;
            adjust_term(r, of, out, scratch);
            for (size_t c = i; c < r->n; c++) {
                size_t at = r->cell[c].group->margin ? SIZE_MAX : same_in(r, of, c);
                if (at != SIZE_MAX)
                    done[c][at] = true;
            }
        }
    return out;
}

/* Has a fit no estimate of a parameter, since it is collinear with those before it? */
static bool is_left_out(const struct outcome_fit *fit, size_t j)
{
    bool missing = isnan(fit->fit.estimate[j]);
    return missing && (fit->glm ? fit->glm->aliased[j] : fit->fit.status == FIT_CONVERGED);
}

static void term_row(struct results *t, const struct regressions *r,
                     const struct regression_cell *cell, size_t j, double p_adjusted)
{
    struct term row = regressions_term(r, cell, j);
    regressions_identify(t, r, cell);
    results_text(t, "component", component_of(&cell->fit, j));
    results_text(t, "term", row.name);
    results_real(t, "estimate", row.estimate);
    results_real(t, "std_error", row.std_error);
    results_real(t, "statistic", row.statistic);
    results_real(t, "df", isinf(row.df) ? NAN : row.df);
    results_real(t, "p_value", row.p_value);
    results_real(t, "conf_low", row.conf_low);
    results_real(t, "conf_high", row.conf_high);
    results_real(t, "p_adjusted", p_adjusted);
    enum fit_status status = regressions_status(cell);
    if (is_left_out(&cell->fit, j))
        status = FIT_UNIDENTIFIED;
    if (status == FIT_CONVERGED && isnan(row.std_error)) /* no error is to be had in doubles */
        status = FIT_SINGULAR;
    results_status(t, status == FIT_CONVERGED ? row.status : status);
}

static const struct frame *terms_frame(const struct regressions *r, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct results *t =
        results_new("terms", &r->prepared->groups,
                    REGRESSION_COLUMNS "component term estimate std_error statistic df p_value "
                                       "conf_low conf_high p_adjusted status",
                    keep);
    double **adjusted = adjusted_terms(r, scratch);
    for (size_t i = 0; i < r->n; i++) {
        const struct regression_cell *cell = &r->cell[i];
        for (size_t j = 0; j < cell->fit.fit.n_params; j++)
            term_row(t, r, cell, j, adjusted[i][j]);
        if (cell->fit.fit.n_params == 0) {
            regressions_identify(t, r, cell);
            results_status(t, regressions_status(cell));
        }
    }
    arena_free(scratch);
    return results_finish(t);
}

/* ---- models ---- */

static size_t n_estimated(const struct fit *fit)
{
    size_t n = 0;
    for (size_t j = 0; j < fit->n_params; j++)
        n += !isnan(fit->estimate[j]);
    return n;
}

static void model_row(struct results *t, const struct regressions *r,
                      const struct regression_cell *cell)
{
    const struct fit *fit = &cell->fit.fit;
    size_t k = n_estimated(fit);
    struct criteria c = criteria_of(fit->log_lik, cell->fit.n_parameters, fit->n_obs);
    regressions_identify(t, r, cell);
    results_real(t, "n_obs", fit->n_obs);
    if (cell->made && cell->fit.outcome) {
        results_whole(t, "n_params", (int64_t)k);
        results_real(t, "df_residual", fit->df_residual);
        results_real(t, "sigma", fit->sigma);
        results_real(t, "deviance", fit->deviance);
        results_real(t, "r_squared", fit->r_squared);
        results_real(
            t, "adj_r_squared",
            adjusted_r_squared(fit->r_squared, !cell->design.intercept, fit->n_obs, (double)k));
        results_real(t, "log_lik", fit->log_lik);
        results_real(t, "aic", c.aic);
        results_real(t, "aicc", c.aicc);
        results_real(t, "bic", c.bic);
        results_whole(t, "n_iter", (int64_t)fit->n_iter);
    }
    results_status(t, regressions_status(cell));
}

static const struct frame *models_frame(const struct regressions *r, struct arena *keep)
{
    struct results *t =
        results_new("models", &r->prepared->groups,
                    REGRESSION_COLUMNS "n_obs n_params df_residual sigma deviance r_squared "
                                       "adj_r_squared log_lik aic aicc bic weight n_iter status",
                    keep);
    for (size_t i = 0; i < r->n; i++)
        model_row(t, r, &r->cell[i]);
    return results_finish(t);
}

/* ---- diagnostics ---- */

static void plain(struct results *t, const struct regressions *r,
                  const struct regression_cell *cell, const char *name, double estimate)
{
    struct diagnostic d = {estimate, NAN, NAN, NAN};
    regressions_diagnostic(t, r, cell, name, &d);
}

static void limited_diagnostics(struct results *t, const struct regressions *r,
                                const struct regression_cell *cell)
{
    const struct outcome_fit *fit = &cell->fit;
    if (fit->tobit) {
        plain(t, r, cell, "scale", fit->tobit->fit.sigma);
        plain(t, r, cell, "n_left", fit->tobit->n_left);
        plain(t, r, cell, "n_uncensored", fit->tobit->n_uncensored);
        plain(t, r, cell, "n_right", fit->tobit->n_right);
    }
    if (fit->two_part)
        plain(t, r, cell, "smearing", fit->two_part->smearing);
    if (!fit->count)
        return;
    struct arena *scratch = arena_new();
    double *zero = ARENA_NEW(scratch, double, cell->design.n), observed = 0, expected = 0;
    count_means(fit->count, NULL, zero);
    for (size_t i = 0; i < cell->design.n; i++) {
        double w = cell->data.w ? cell->data.w[i] : 1;
        observed += cell->design.y[i] == 0 ? w : 0;
        expected += w > 0 ? w * zero[i] : 0;
    }
    plain(t, r, cell, "zeros", observed);
    plain(t, r, cell, "expected_zeros", expected);
    arena_free(scratch);
}

static void cell_diagnostics(struct results *t, const struct regressions *r,
                             const struct regression_cell *cell)
{
    const struct outcome_fit *fit = &cell->fit;
    plain(t, r, cell, "null_deviance", fit->null_deviance);
    plain(t, r, cell, "null_log_lik", fit->null_log_lik);
    if (fit->glm)
        plain(t, r, cell, "pearson", fit->glm->pearson);
    plain(t, r, cell, "dispersion", fit->dispersion);
    plain(t, r, cell, "theta", fit->theta);
    plain(t, r, cell, "theta_std_error", fit->theta_std_error);
    limited_diagnostics(t, r, cell);
    regressions_scoring_diagnostics(t, r, cell);
    regressions_check_diagnostics(t, r, cell);
}

static const struct frame *diagnostics_frame(const struct regressions *r, struct arena *keep)
{
    struct results *t =
        results_new("diagnostics", &r->prepared->groups,
                    REGRESSION_COLUMNS "name estimate conf_low conf_high p_value status", keep);
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].fit.outcome)
            cell_diagnostics(t, r, &r->cell[i]);
    return results_finish(t);
}

/* ---- fitted ---- */

static void fitted_rows(struct results *t, const struct regressions *r,
                        const struct regression_cell *cell)
{
    const struct design *d = &cell->design;
    const struct outcome_fit *fit = &cell->fit;
    const struct frame *f = r->prepared->frame;
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; k < fit->n_means; k++) {
            double mean = fit->mean[i * fit->n_means + k];
            regressions_identify(t, r, cell);
            if (f->line)
                results_whole(t, "line", (int64_t)f->line[d->row[i]]);
            if (fit->mean_name)
                results_text(t, "component", fit->mean_name[k]);
            results_real(t, "response", d->y[i]);
            results_real(t, "fitted", mean);
            if (fit->n_means == 1)
                results_real(t, "residual", d->y[i] - mean);
            results_status(t, regressions_status(cell));
        }
}

static const struct frame *fitted_frame(const struct regressions *r, struct arena *keep)
{
    struct results *t =
        results_new("fitted", &r->prepared->groups,
                    REGRESSION_COLUMNS "line component response fitted residual status", keep);
    for (size_t i = 0; i < r->n; i++)
        if (r->cell[i].fit.mean && (!r->cell[i].group->margin || r->n == 1))
            fitted_rows(t, r, &r->cell[i]);
    return results_finish(t);
}

/* ---- the tables ---- */

void regressions_tables(const struct regressions *r, bool fitted, struct report_builder *report,
                        struct arena *keep)
{
    const char *check = regressions_check_r(r, keep), *text = r->options.text;
    const char *model = arena_printf(keep, "%s. %s, link %s.", text, r->options.outcome->title,
                                     regressions_link(&r->options));
    const char *note =
        arena_printf(keep, "%s std_error %s; %s intervals.", model,
                     regressions_errors_note(r, keep), phrase_level(r->prepared->conf_level, keep));
    report_add_table(report, &(struct table){.id = "terms",
                                             .sheet = "Regression",
                                             .title = "What goes with the outcome",
                                             .note = note,
                                             .check_r = check,
                                             .frame = terms_frame(r, keep)});
    report_add_table(report, &(struct table){.id = "models",
                                             .sheet = "Regression fit",
                                             .title = "How well the regression fits",
                                             .note = model,
                                             .check_r = check,
                                             .frame = models_frame(r, keep)});
    report_add_table(report,
                     &(struct table){.id = "diagnostics",
                                     .sheet = "Diagnostics",
                                     .title = "Further figures and checks of the regression",
                                     .note = model,
                                     .frame = diagnostics_frame(r, keep),
                                     .aside = true});
    if (fitted)
        report_add_table(report, &(struct table){.id = "fitted",
                                                 .sheet = "Fitted",
                                                 .title = "Observed and fitted, row by row",
                                                 .note = model,
                                                 .frame = fitted_frame(r, keep),
                                                 .aside = true});
}
