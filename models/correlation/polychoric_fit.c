/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/polychoric_fit.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/bivariate_normal.h"
#include "models/base/normal.h"
#include "models/correlation/polychoric_cell.h"
#include "models/correlation/polychoric_information.h"

enum { MOST_STEPS = 200 };

/* rho = tanh(z) stays below 1 in doubles. */
static const double largest_z = 17;

/* ---- the likelihood in rho, thresholds given ---- */

/* Log-likelihood, its slope and curvature in z = atanh(rho). */
struct profile {
    double log_lik, slope, curvature;
};

/* p: room for rows * cols probabilities. */
static struct profile profile_at(const struct latent_table *t, double z, double *p)
{
    double rho = tanh(z), by_z = 1 / (cosh(z) * cosh(z)), slope = 0, curvature = 0, first, second;
    struct profile at = {.log_lik = polychoric_log_lik(t, t->row_cut, t->col_cut, rho, p)};
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->cols; j++) {
            double n = t->count[i * t->cols + j], cell = p[i * t->cols + j];
            if (!(n > 0))
                continue;
            polychoric_cell_in_rho(&t->row_cut[i], &t->col_cut[j], rho, &first, &second);
            slope += n * first / cell;
            curvature += n * (second / cell - (first / cell) * (first / cell));
        }
    at.slope = slope * by_z;
    at.curvature = (curvature * by_z - 2 * rho * slope) * by_z;
    return at;
}

/* Correlation of the numbers of the levels, as a start. */
static double start_of(const struct latent_table *t)
{
    double si = 0, sj = 0, ii = 0, jj = 0, ij = 0;
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->cols; j++) {
            double w = t->count[i * t->cols + j] / t->n, x = (double)i, y = (double)j;
            si += w * x;
            sj += w * y;
            ii += w * x * x;
            jj += w * y * y;
            ij += w * x * y;
        }
    double r = (ij - si * sj) / sqrt((ii - si * si) * (jj - sj * sj));
    return fmax(-0.95, fmin(0.95, r));
}

/* The root of the slope by Newton's method within a bracket that shrinks: with pairs of
   both kinds the likelihood falls to zero at either end. */
static double root_of_slope(const struct latent_table *t, size_t *n_iter, double *p)
{
    double low = -largest_z, high = largest_z, z = atanh(start_of(t)), finite = 0;
    for (*n_iter = 1; *n_iter <= MOST_STEPS; ++*n_iter) {
        struct profile at = profile_at(t, z, p);
        if (!isfinite(at.log_lik) || !isfinite(at.slope) || !isfinite(at.curvature)) {
            z = (z + finite) / 2;
            continue;
        }
        finite = z;
        *(at.slope > 0 ? &low : &high) = z;
        double step = at.curvature < 0 ? -at.slope / at.curvature : at.slope > 0 ? 0.5 : -0.5;
        step = fmax(-1, fmin(1, step));
        if (z + step <= low || z + step >= high)
            step = fabs(step) < 1e-9 ? step : (low + high) / 2 - z;
        if (at.slope == 0 || fabs(step) < 1e-13 * (1 + fabs(z)))
            return z + (at.slope == 0 ? 0 : step);
        z += step;
    }
    return NAN;
}

double polychoric_two_step_rho(const struct latent_table *t, struct arena *scratch)
{
    size_t n_iter;
    double *p = ARENA_NEW(scratch, double, t->rows * t->cols);
    if (!t->concordant || !t->discordant)
        return t->concordant ? 1 : -1;
    return tanh(root_of_slope(t, &n_iter, p));
}

/* ---- fits ---- */

static double plogp(double count, double n)
{
    return count > 0 ? count * log(count / n) : 0;
}

static double independent_log_lik(const struct latent_table *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->rows; i++) {
        double row = 0;
        for (size_t j = 0; j < t->cols; j++)
            row += t->count[i * t->cols + j];
        sum += plogp(row, t->n);
    }
    for (size_t j = 0; j < t->cols; j++) {
        double col = 0;
        for (size_t i = 0; i < t->rows; i++)
            col += t->count[i * t->cols + j];
        sum += plogp(col, t->n);
    }
    return sum;
}

static double saturated_log_lik(const struct latent_table *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->rows * t->cols; i++)
        sum += plogp(t->count[i], t->n);
    return sum;
}

void polychoric_judge(const struct latent_table *t, struct polychoric_fit *fit)
{
    fit->df = (double)(t->rows * t->cols) - (double)(t->rows + t->cols);
    fit->chi_square =
        fit->df > 0 ? fmax(0, 2 * (saturated_log_lik(t) - fit->log_lik)) : 0; /* four cells fit */
    fit->p_value = fit->df > 0 ? gsl_cdf_chisq_Q(fit->chi_square, fit->df) : NAN;
}

static const double *missing(size_t n, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        x[i] = NAN;
    return x;
}

struct polychoric_fit polychoric_start(const struct latent_table *t, struct arena *keep)
{
    struct polychoric_fit fit = {.status = FIT_BOUNDARY,
                                 .rho = t->concordant ? 1 : -1,
                                 .std_error = NAN,
                                 .std_error_given_cuts = NAN,
                                 .row_cut = t->row_cut,
                                 .col_cut = t->col_cut,
                                 .row_error = missing(t->rows + 1, keep),
                                 .col_error = missing(t->cols + 1, keep),
                                 .log_lik = saturated_log_lik(t),
                                 .log_lik_0 = independent_log_lik(t)};
    if (t->concordant && t->discordant) {
        double *p = ARENA_NEW(keep, double, t->rows * t->cols);
        double z = root_of_slope(t, &fit.n_iter, p), by_z = 1 / (cosh(z) * cosh(z));
        struct profile at = profile_at(t, z, p);
        fit.status = isnan(z) ? FIT_MAX_ITER : FIT_CONVERGED;
        fit.rho = tanh(z);
        fit.log_lik = at.log_lik;
        fit.std_error_given_cuts = by_z / sqrt(-at.curvature);
    }
    return fit;
}

/* ---- standard errors of two steps ---- */

static double covariance_in_margin(double a, double b)
{
    double low = fmin(a, b), high = fmax(a, b);
    return normal_cdf(low) * normal_cdf(-high) / (normal_density(a) * normal_density(b));
}

static double covariance_across(double a, double b, double rho)
{
    double joint = bivariate_normal_rectangle(-INFINITY, a, -INFINITY, b, rho);
    return (joint - normal_cdf(a) * normal_cdf(b)) / (normal_density(a) * normal_density(b));
}

/* Asymptotic covariance of two marginal thresholds, times n: each is Phi^-1 of a share. */
static double threshold_covariance(const struct latent_table *t, size_t i, size_t j, double rho)
{
    size_t r = t->rows - 1;
    if (i < r && j < r)
        return covariance_in_margin(t->row_cut[i + 1], t->row_cut[j + 1]);
    if (i >= r && j >= r)
        return covariance_in_margin(t->col_cut[i - r + 1], t->col_cut[j - r + 1]);
    return i < r ? covariance_across(t->row_cut[i + 1], t->col_cut[j - r + 1], rho)
                 : covariance_across(t->row_cut[j + 1], t->col_cut[i - r + 1], rho);
}

static const double *marginal_errors(const double *cut, size_t n_levels, double n,
                                     struct arena *keep)
{
    double *error = ARENA_NEW(keep, double, n_levels + 1);
    error[0] = error[n_levels] = NAN;
    for (size_t i = 1; i < n_levels; i++)
        error[i] = sqrt(covariance_in_margin(cut[i], cut[i]) / n);
    return error;
}

static void find_errors(const struct latent_table *t, struct polychoric_fit *fit,
                        struct arena *keep)
{
    struct polychoric_information at = polychoric_information_new(t, keep);
    size_t cuts = at.m - 1;
    double sum = 0;
    fit->row_error = marginal_errors(t->row_cut, t->rows, t->n, keep);
    fit->col_error = marginal_errors(t->col_cut, t->cols, t->n, keep);
    if (fit->status != FIT_CONVERGED)
        return;
    polychoric_information_at(t, t->row_cut, t->col_cut, fit->rho, true, &at);
    const double *across = at.expected + cuts * at.m, own = across[cuts];
    for (size_t i = 0; i < cuts; i++)
        for (size_t j = 0; j < cuts; j++)
            sum += across[i] * across[j] * threshold_covariance(t, i, j, fit->rho) / t->n;
    fit->std_error = sqrt((1 + sum / own) / own);
}

struct polychoric_fit polychoric_two_step(const struct latent_table *t, bool errors,
                                          struct arena *keep)
{
    struct polychoric_fit fit = polychoric_start(t, keep);
    polychoric_judge(t, &fit);
    if (errors)
        find_errors(t, &fit, keep);
    return fit;
}
