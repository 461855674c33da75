/* SPDX-License-Identifier: GPL-3.0-or-later
   The rows of scoring.h in the table diagnostics. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "analysis/glm/scoring.h"
#include "models/base/sum.h"
#include "models/scoring/auc.h"
#include "models/scoring/brier.h"
#include "models/scoring/calibration.h"
#include "models/scoring/hosmer_lemeshow.h"
#include "models/scoring/lift.h"
#include "models/scoring/pseudo_r_squared.h"

/* Where the rows go. */
struct place {
    struct results *t;
    const struct regressions *r;
    const struct regression_cell *cell;
    const struct scored *scored;
    struct arena *scratch;
};

static void put(const struct place *at, const char *name, double estimate, double conf_low,
                double conf_high, double p_value)
{
    bool fitted = at->scored->folds == 0;
    struct diagnostic d = {estimate, conf_low, conf_high, p_value};
    const char *full = fitted ? name : arena_printf(at->scratch, "%s_cross_fitted", name);
    regressions_diagnostic(at->t, at->r, at->cell, full, &d);
}

static void put_plain(const struct place *at, const char *name, double estimate)
{
    put(at, name, estimate, NAN, NAN, NAN);
}

/* A coefficient with its interval and the test that it is `right`, which it may be up to rounding:
   a fit of its own rows. */
static void put_tested(const struct place *at, const char *name, double estimate, double std_error,
                       double right)
{
    const struct predictions *s = &at->scored->s;
    double level = at->r->prepared->conf_level, df = prediction_df(s, at->scratch);
    if (fabs(estimate - right) < 1e-9 * std_error)
        estimate = right;
    double half = prediction_critical(s, level, at->scratch) * std_error;
    double statistic = fabs(estimate - right) / std_error;
    put(at, name, estimate, estimate - half, estimate + half,
        2 * (isinf(df) ? gsl_cdf_ugaussian_Q(statistic) : gsl_cdf_tdist_Q(statistic, df)));
}

/* Chi-squared tests know of no clusters: under them their statistics stand without a p-value. */
static void put_losses(const struct place *at)
{
    const struct predictions *s = &at->scored->s;
    double level = at->r->prepared->conf_level;
    struct mean_loss brier = brier_score(s, level), log_loss = log_score(s, level);
    struct brier_parts parts = brier_decomposition(s, &at->scored->groups);
    struct spiegelhalter z = spiegelhalter_test(s);
    put(at, "brier", brier.estimate, brier.conf_low, brier.conf_high, NAN);
    put_plain(at, "brier_reliability", parts.reliability);
    put_plain(at, "brier_resolution", parts.resolution);
    put_plain(at, "brier_uncertainty", parts.uncertainty);
    put_plain(at, "brier_within", parts.within_variance - parts.within_covariance);
    put_plain(at, "brier_skill", parts.skill);
    put(at, "log_score", log_loss.estimate, log_loss.conf_low, log_loss.conf_high, NAN);
    put(at, "spiegelhalter", z.statistic, NAN, NAN, s->cluster ? NAN : z.p_value);
}

static void put_calibration(const struct place *at)
{
    const struct predictions *s = &at->scored->s;
    struct calibration c;
    calibration_fit(s, &c, at->scratch);
    put_tested(at, "calibration_in_the_large", c.in_large, c.in_large_std_error, 0);
    put_tested(at, "calibration_intercept", c.intercept, c.intercept_std_error, 0);
    put_tested(at, "calibration_slope", c.slope, c.slope_std_error, 1);
    put(at, "calibration_test", c.statistic < 1e-9 ? 0 : c.statistic, NAN, NAN, c.p_value);
    put_plain(at, "calibration_error", calibration_error(&at->scored->groups));
    struct hosmer_lemeshow h = hosmer_lemeshow(s, &at->scored->groups, at->scored->folds == 0);
    put(at, "hosmer_lemeshow", h.statistic, NAN, NAN, s->cluster ? NAN : h.p_value);
}

static void put_scores(const struct place *at)
{
    struct auc auc = auc_delong(&at->scored->s, at->r->prepared->conf_level, at->scratch);
    put(at, "auc", auc.estimate, auc.conf_low, auc.conf_high, NAN);
    put_plain(at, "gini", 2 * auc.estimate - 1);
    put_losses(at);
    put_calibration(at);
}

/* ---- pseudo R squared ---- */

/* Likelihoods of sampling weights have no unit: shares of them are taken per unit of weight, and
   parameters cannot be counted against them. */
static struct scored_fit fit_to_score(const struct regression_cell *cell)
{
    const struct outcome_fit *fit = &cell->fit;
    struct scored_fit f = {.log_lik = fit->fit.log_lik,
                           .null_log_lik = fit->null_log_lik,
                           .n_obs = fit->fit.n_obs,
                           .n_parameters = fit->n_parameters};
    if (cell->data.w && cell->data.weight_kind == WEIGHT_SAMPLING) {
        struct sum weight = {0};
        for (size_t i = 0; i < cell->design.n; i++)
            sum_add(&weight, cell->data.w[i]);
        f.n_obs = sum_value(&weight);
        f.n_parameters = NAN;
    }
    return f;
}

static void add_pseudo_r_squared(struct results *t, const struct regressions *r,
                                 const struct regression_cell *cell, const struct predictions *s)
{
    const struct outcome *is = r->options.outcome;
    struct scored_fit f = fit_to_score(cell);
    bool discrete = is->binary || is->ordered || is->counts;
    if (s) {
        f.n = s->n;
        f.y = s->y;
        f.mean = s->p;
        f.w = s->w;
        f.binary = true;
    }
    for (size_t k = 0; k < n_pseudo_r_squareds; k++) {
        const struct pseudo_r_squared *of = pseudo_r_squareds[k];
        struct diagnostic d = {NAN, NAN, NAN, NAN};
        if ((!of->discrete || discrete) && (!of->means || s))
            d.estimate = of->value(&f);
        regressions_diagnostic(t, r, cell, of->name, &d);
    }
}

void regressions_scoring_diagnostics(struct results *t, const struct regressions *r,
                                     const struct regression_cell *cell)
{
    const struct scored_cell *cells = r->scoring ? &r->scoring->cell[cell - r->cell] : NULL;
    bool scored = cells && cells->of[0].s.n > 0;
    add_pseudo_r_squared(t, r, cell, scored ? &cells->of[0].s : NULL);
    for (size_t k = 0; cells && k < cells->n; k++) {
        struct place at = {t, r, cell, &cells->of[k], arena_new()};
        if (at.scored->s.n > 0)
            put_scores(&at);
        arena_free(at.scratch);
    }
}
