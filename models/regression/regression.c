/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/regression.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/regression/bounded.h"
#include "models/regression/loss.h"
#include "models/regression/robust.h"
#include "models/regression/sandwich.h"

const uint32_t *regression_clusters(const uint32_t *id, size_t below, const uint32_t *row, size_t n,
                                    size_t *n_clusters, struct arena *keep)
{
    uint32_t *number = ARENA_NEW(keep, uint32_t, below); /* plus one; 0: not met yet */
    uint32_t *out = ARENA_NEW(keep, uint32_t, n);
    *n_clusters = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t *at = &number[id[row ? row[i] : i]];
        if (*at == 0)
            *at = (uint32_t)++ * n_clusters;
        out[i] = *at - 1;
    }
    return out;
}

/* ---- the estimate ---- */

enum fit_status regression_squares(const struct regression *r, const struct curve_options *options,
                                   double b[], double *deviance, size_t *n_iter,
                                   struct arena *scratch)
{
    const struct least_squares *p = &r->problem;
    enum fit_status status = FIT_SINGULAR;
    const double *lower = options->lower, *upper = options->upper;
    *n_iter = 0;
    if (r->linear) {
        status = least_squares_linear(p, b, deviance, NULL, scratch);
        if (status != FIT_CONVERGED || within_bounds(b, lower, upper, p->n_params))
            return status;
    }
    if (r->exact)
        status = r->exact(p, b, scratch) ? FIT_CONVERGED : FIT_NO_START;
    else
        status = least_squares_bounded(p, lower, upper, b, n_iter, scratch);
    *deviance = least_squares_deviance(p, b, scratch);
    return status;
}

struct regression regression_counted(const struct regression *r, const double *count,
                                     struct arena *keep)
{
    struct regression out = *r;
    size_t n = r->problem.n;
    double *y = ARENA_NEW(keep, double, n), *w = ARENA_NEW(keep, double, n);
    double *row_w = ARENA_NEW(keep, double, r->n_rows);
    out.problem.y = y;
    out.problem.w = w;
    out.row_w = row_w;
    for (size_t i = 0; i < r->n_rows; i++) {
        size_t at = r->point ? r->point[i] : i;
        row_w[i] = count[i] * (r->row_w ? r->row_w[i] : 1);
        w[at] += row_w[i];
        y[at] += row_w[i] * (r->row_y[i] - r->problem.y[at]);
    }
    for (size_t j = 0; j < n; j++)
        y[j] = r->problem.y[j] + (w[j] > 0 ? y[j] / w[j] : 0);
    struct sum within = {0};
    for (size_t i = 0; r->point && i < r->n_rows; i++) {
        double gap = r->row_y[i] - y[r->point[i]];
        sum_add(&within, row_w[i] * gap * gap);
    }
    out.problem.fixed = sum_value(&within);
    return out;
}

/* ---- the figures ---- */

bool regression_perfect(const struct regression *r, double deviance)
{
    const struct least_squares *p = &r->problem;
    double size = 0;
    for (size_t i = 0; i < p->n; i++)
        size += (p->w ? p->w[i] : 1) * p->y[i] * p->y[i];
    return deviance <= size * 4096 * DBL_EPSILON * DBL_EPSILON;
}

/* Gaussian, at sigma^2 = deviance / n_obs: R's logLik of lm and nls. */
static double log_lik_of(const struct regression *r, double deviance)
{
    struct sum log_w = {0};
    for (size_t i = 0; r->kind == WEIGHT_SAMPLING && i < r->n_rows; i++)
        sum_add(&log_w, log(r->row_w[i]));
    return 0.5 * (sum_value(&log_w) - r->n_obs * (log(2 * M_PI) + 1 + log(deviance / r->n_obs)));
}

/* (J'WJ)^-1 of the parameters that are not fixed; NaN for the others. */
static bool inverse_of(const struct regression *r, const double b[], const bool fixed[],
                       double *inverse, struct arena *scratch)
{
    const struct least_squares *p = &r->problem;
    size_t n = p->n_params;
    bool any = false;
    for (size_t j = 0; j < n; j++)
        any = any || fixed[j];
    if (!any && r->linear)
        return least_squares_linear(p, NULL, NULL, inverse, scratch) == FIT_CONVERGED;
    if (!any)
        return least_squares_inverse(p, b, inverse, scratch);
    struct reduced *reduced = reduced_of(p, fixed, b, scratch);
    size_t k = reduced->problem.n_params;
    double *free = ARENA_NEW(scratch, double, k), *small = ARENA_NEW(scratch, double, k *k);
    for (size_t j = 0; j < k; j++)
        free[j] = b[reduced->free[j]];
    for (size_t j = 0; j < n * n; j++)
        inverse[j] = NAN;
    if (k > 0 && !least_squares_inverse(&reduced->problem, free, small, scratch))
        return false;
    for (size_t j = 0; j < k * k; j++)
        inverse[reduced->free[j / k] * n + reduced->free[j % k]] = small[j];
    return true;
}

static const struct covariance *kind_of(const struct regression *r,
                                        const struct curve_options *options)
{
    if (options->covariance)
        return options->covariance;
    if (r->cluster)
        return &covariance_cluster;
    return r->kind == WEIGHT_SAMPLING ? &covariance_HC0 : &covariance_classical;
}

/* Covariance of the estimate in *fit, whose scores are given. */
static enum fit_status give_covariance(const struct regression *r,
                                       const struct curve_options *options,
                                       const struct scores *scores, double variance,
                                       struct fit *fit, struct arena *scratch)
{
    size_t p = fit->n_params;
    const struct covariance *kind = kind_of(r, options);
    bool *fixed = ARENA_NEW(scratch, bool, p);
    at_bounds(fit->estimate, options->lower, options->upper, p, fixed);
    if (kind->clusters)
        fit->df_test = (double)r->n_clusters - 1;
    if (kind->row)
        return sandwich_covariance(r, kind, scores, fit->estimate, fixed,
                                   (double)fit_n_estimated(fit), fit->vcov, scratch);
    double *inverse = ARENA_NEW(scratch, double, p *p);
    if (!inverse_of(r, fit->estimate, fixed, inverse, scratch))
        return FIT_SINGULAR;
    for (size_t j = 0; j < p * p; j++)
        fit->vcov[j] = variance * inverse[j];
    return FIT_CONVERGED;
}

/* y less the mean at b, of each row. */
static void row_residuals(const struct regression *r, const double b[], double *residual,
                          struct arena *scratch)
{
    double *mean_at = ARENA_NEW(scratch, double, r->problem.n);
    r->problem.mean(r->problem.context, b, mean_at);
    for (size_t i = 0; i < r->n_rows; i++)
        residual[i] = r->row_y[i] - mean_at[r->point ? r->point[i] : i];
}

static double weight_of_copy(const struct regression *r, size_t row)
{
    return r->kind == WEIGHT_SAMPLING ? r->row_w[row] : 1;
}

/* A mean that is linear in b, without a constant and without a part that has no b: its R^2 is
   about zero, as R's lm has it (Kvalseth 1985, Amer. Statistician 39, 279-285). */
static bool is_about_zero(const struct regression *r, struct arena *scratch)
{
    size_t n = r->problem.n, p = r->problem.n_params;
    double *at_zero = ARENA_NEW(scratch, double, n), *slope = ARENA_NEW(scratch, double, n *p);
    const double *zero = ARENA_NEW(scratch, double, p);
    if (!r->linear)
        return false;
    r->problem.mean(r->problem.context, zero, at_zero);
    r->problem.jacobian(r->problem.context, zero, slope);
    for (size_t i = 0; i < n; i++)
        if (at_zero[i] != 0)
            return false;
    for (size_t k = 0; k < p; k++) {
        size_t same = 0;
        while (same < n && slope[same * p + k] == slope[k])
            same++;
        if (same == n)
            return false;
    }
    return true;
}

static enum fit_status squares_figures(const struct regression *r,
                                       const struct curve_options *options, struct fit *fit,
                                       struct arena *scratch)
{
    double *score = ARENA_NEW(scratch, double, r->n_rows);
    fit->about_zero = is_about_zero(r, scratch);
    double centre = fit->about_zero ? 0 : mean(r->row_y, r->row_w, r->n_rows);
    fit->sigma = sqrt(fit->deviance / fit->df_residual);
    fit->r_squared =
        1 - fit->deviance / cross_product(r->row_y, centre, r->row_y, centre, r->row_w, r->n_rows);
    if (regression_perfect(r, fit->deviance))
        return FIT_PERFECT;
    fit->log_lik = log_lik_of(r, fit->deviance);
    row_residuals(r, fit->estimate, score, scratch);
    for (size_t i = 0; i < r->n_rows; i++)
        score[i] *= weight_of_copy(r, i);
    struct scores scores = {.score = score, .times = r->kind == WEIGHT_FREQUENCY ? r->row_w : NULL};
    return give_covariance(r, options, &scores, fit->sigma * fit->sigma, fit, scratch);
}

/* Huber's third-order variance factor (Huber 1981, eq. 7.6.8 with its correction K), as
   summary.rlm: times (J'J)^-1. */
static double variance_of_loss(const struct regression *r, const struct scores *s, double p)
{
    struct sum psi2 = {0}, slope = {0}, slope2 = {0};
    double n = r->n_obs;
    for (size_t i = 0; i < r->n_rows; i++) {
        double times = s->times ? s->times[i] : 1, curvature = s->curvature[i] / times;
        sum_add(&psi2, times * s->score[i] * s->score[i]);
        sum_add(&slope, times * curvature);
        sum_add(&slope2, times * curvature * curvature);
    }
    double m = sum_value(&slope) / n;
    double spread = (sum_value(&slope2) - n * m * m) / (n - 1);
    double factor = (1 + p * spread / (n * m * m)) / m;
    return sum_value(&psi2) / (n - p) * factor * factor;
}

static enum fit_status loss_figures(const struct regression *r, const struct curve_options *options,
                                    struct fit *fit, struct arena *scratch)
{
    const struct loss *loss = options->loss;
    double *score = ARENA_NEW(scratch, double, r->n_rows), scale = NAN;
    double *curvature = ARENA_NEW(scratch, double, r->n_rows);
    size_t n_iter = 0;
    enum fit_status status = robust_estimate(r, options, fit->estimate, &scale, &n_iter, scratch);
    fit->n_iter += n_iter;
    fit->sigma = scale;
    if (status != FIT_CONVERGED)
        return status;
    row_residuals(r, fit->estimate, score, scratch);
    for (size_t i = 0; i < r->n_rows; i++) {
        double u = score[i] / scale;
        curvature[i] = (r->row_w ? r->row_w[i] : 1) * loss->slope(u);
        score[i] *= weight_of_copy(r, i) * loss->weight(u);
    }
    struct scores scores = {score, curvature, r->kind == WEIGHT_FREQUENCY ? r->row_w : NULL};
    return give_covariance(r, options, &scores,
                           variance_of_loss(r, &scores, (double)fit_n_estimated(fit)), fit,
                           scratch);
}

void regression_finish(const struct regression *r, const struct curve_options *options,
                       enum fit_status ended, const double b[], double deviance, size_t n_iter,
                       struct fit *fit, struct arena *scratch)
{
    fit->status = ended;
    fit->n_iter = n_iter;
    if (ended == FIT_NO_START || ended == FIT_SINGULAR)
        return;
    memcpy(fit->estimate, b, fit->n_params * sizeof *b);
    if (!isfinite(deviance)) { /* squares beyond 1.8e308 */
        fit->status = FIT_DOMAIN;
        return;
    }
    fit->deviance = deviance;
    if (ended != FIT_CONVERGED)
        return;
    fit->df_residual = r->n_obs - (double)fit_n_estimated(fit);
    if (!options->loss || !options->loss->weight || regression_perfect(r, deviance)) {
        fit->status = squares_figures(r, options, fit, scratch);
        return;
    }
    fit->deviance = NAN;
    fit->status = loss_figures(r, options, fit, scratch);
}
