/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/one_factor.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "models/base/sum.h"

enum { MOST_STEPS = 500, MOST_HALVINGS = 60 };

/* The model is fitted to the correlation matrix, of which its maximum is that of the
   covariances rescaled.  Discrepancy F = log|Sigma| + tr(R Sigma^-1) - log|R| - k. */
struct fitting {
    size_t k;
    const double *r; /* [k * k] the correlations */
    double log_det_r;
    double *b; /* [2 k] loadings, then residual variances */
    double f;
    double *a;         /* [k * k] Sigma^-1 */
    double *c;         /* [k * k] Sigma^-1 R Sigma^-1 */
    double *u, *v;     /* [k] a and c times the loadings */
    double *gradient;  /* [2 k] of F */
    double *curvature; /* [2 k * 2 k] its second derivatives */
    double *expected;  /* [2 k * 2 k] their expectation: 2 / n times the information */
};

/* ---- small symmetric matrices ---- */

/* Inverts a positive definite m[n * n] in place and gives log|m|; NaN if it is none. */
static double invert(double *m, size_t n)
{
    gsl_matrix_view view = gsl_matrix_view_array(m, n, n);
    double log_det = 0;
    if (gsl_linalg_cholesky_decomp1(&view.matrix) != GSL_SUCCESS)
        return NAN;
    for (size_t i = 0; i < n; i++)
        log_det += 2 * log(m[i * n + i]);
    if (!isfinite(log_det) || gsl_linalg_cholesky_invert(&view.matrix) != GSL_SUCCESS)
        return NAN;
    return log_det;
}

/* Solves m x = rhs into x; m[n * n] is lost.  False if m is not positive definite. */
static bool solve(double *m, const double *rhs, double *x, size_t n)
{
    gsl_matrix_view view = gsl_matrix_view_array(m, n, n);
    gsl_vector_const_view right = gsl_vector_const_view_array(rhs, n);
    gsl_vector_view to = gsl_vector_view_array(x, n);
    return gsl_linalg_cholesky_decomp1(&view.matrix) == GSL_SUCCESS &&
           gsl_linalg_cholesky_solve(&view.matrix, &right.vector, &to.vector) == GSL_SUCCESS;
}

static double dot(const double *x, const double *y, size_t n)
{
    struct sum s = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&s, x[i] * y[i]);
    return sum_value(&s);
}

/* ---- the discrepancy ---- */

/* F and Sigma^-1 at f->b; false where Sigma is not positive definite. */
static bool evaluate(struct fitting *f)
{
    size_t k = f->k;
    const double *loading = f->b, *residual = f->b + k;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            f->a[i * k + j] = loading[i] * loading[j] + (i == j ? residual[i] : 0);
    double log_det = invert(f->a, k);
    f->f = log_det + dot(f->r, f->a, k * k) - f->log_det_r - (double)k;
    return isfinite(f->f);
}

/* Sigma^-1 R Sigma^-1 and the products with the loadings. */
static void multiply(struct fitting *f, struct arena *scratch)
{
    size_t k = f->k;
    double *ra = ARENA_NEW(scratch, double, k *k);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            ra[j * k + i] = dot(f->r + i * k, f->a + j * k, k); /* transposed */
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            f->c[i * k + j] = dot(f->a + i * k, ra + j * k, k);
    for (size_t i = 0; i < k; i++) {
        f->u[i] = dot(f->a + i * k, f->b, k);
        f->v[i] = dot(f->c + i * k, f->b, k);
    }
}

/* With Sigma_p the derivative by parameter p, A = Sigma^-1 and C = A R A, the second
   derivatives are tr(2 A Sigma_p C Sigma_q - A Sigma_p A Sigma_q) + tr((A - C) Sigma_pq),
   of expectation tr(A Sigma_p A Sigma_q). */
static void differentiate(struct fitting *f, struct arena *scratch)
{
    size_t k = f->k, n = 2 * k;
    multiply(f, scratch);
    const double *u = f->u, *v = f->v;
    double lu = dot(f->b, u, k), lv = dot(f->b, v, k);
    for (size_t i = 0; i < k; i++) {
        f->gradient[i] = 2 * (u[i] - v[i]);
        f->gradient[k + i] = f->a[i * k + i] - f->c[i * k + i];
        for (size_t j = 0; j < k; j++) {
            double a = f->a[i * k + j], c = f->c[i * k + j];
            double *e = f->expected, *h = f->curvature;
            size_t ll = i * n + j, lr = i * n + k + j, rl = (k + j) * n + i,
                   rr = (k + i) * n + k + j;
            e[ll] = 2 * (a * lu + u[i] * u[j]);
            h[ll] = 2 * (u[i] * v[j] + u[j] * v[i] + a * lv + c * lu) - e[ll] + 2 * (a - c);
            e[lr] = e[rl] = 2 * a * u[j];
            h[lr] = h[rl] = 2 * (a * v[j] + c * u[j]) - e[lr];
            e[rr] = a * a;
            h[rr] = 2 * a * c - e[rr];
        }
    }
}

/* ---- the start ---- */

/* The largest eigenvalue and its vector of m[k * k], which is lost. */
static double largest_eigenvalue(double *m, size_t k, double *vector, struct arena *scratch)
{
    double *from = ARENA_NEW(scratch, double, k), value = 0;
    for (size_t i = 0; i < k; i++)
        vector[i] = 1 / sqrt((double)k) * (1 + 1e-3 * (double)i); /* no eigenvector by symmetry */
    for (int step = 0; step < 200; step++) {
        memcpy(from, vector, k * sizeof *from);
        for (size_t i = 0; i < k; i++)
            vector[i] = dot(m + i * k, from, k);
        value = sqrt(dot(vector, vector, k));
        for (size_t i = 0; i < k && value > 0; i++)
            vector[i] /= value;
    }
    return value;
}

/* Joereskog's start: residual variances from the multiple correlations, loadings from
   the first eigenvector of the rescaled correlations. */
static void start(struct fitting *f, const double *inverse_r, struct arena *scratch)
{
    size_t k = f->k;
    double *m = ARENA_NEW(scratch, double, k *k), *vector = ARENA_NEW(scratch, double, k);
    double *residual = f->b + k;
    for (size_t i = 0; i < k; i++)
        residual[i] = (1 - 0.5 / (double)k) / inverse_r[i * k + i];
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            m[i * k + j] = f->r[i * k + j] / sqrt(residual[i] * residual[j]);
    double value = largest_eigenvalue(m, k, vector, scratch);
    for (size_t i = 0; i < k; i++)
        f->b[i] = sqrt(residual[i]) * sqrt(fmax(value - 1, 0.1)) * vector[i];
}

/* ---- the maximum ---- */

/* The direction of descent: Newton's, or Fisher's scoring where F is not convex. */
static bool direction(const struct fitting *f, double *step, struct arena *scratch)
{
    size_t n = 2 * f->k;
    double *down = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++)
        down[i] = -f->gradient[i];
    return solve(arena_copy(scratch, f->curvature, n * n, sizeof(double)), down, step, n) ||
           solve(arena_copy(scratch, f->expected, n * n, sizeof(double)), down, step, n);
}

/* Goes along the step, halved until F falls (or stays, to rounding). */
static bool advance(struct fitting *f, const double *step, struct arena *scratch)
{
    size_t n = 2 * f->k;
    const double *from = arena_copy(scratch, f->b, n, sizeof(double));
    double before = f->f, slope = dot(f->gradient, step, n), length = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
        for (size_t i = 0; i < n; i++)
            f->b[i] = from[i] + length * step[i];
        if (evaluate(f) && f->f <= before + 1e-4 * length * slope + 1e-13)
            return true;
    }
    memcpy(f->b, from, n * sizeof *f->b);
    return false;
}

static double largest(const double *x, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

static enum fit_status maximise(struct fitting *f, size_t *n_iter, struct arena *scratch)
{
    size_t n = 2 * f->k;
    double *step = ARENA_NEW(scratch, double, n);
    if (!evaluate(f))
        return FIT_NO_START;
    differentiate(f, scratch);
    for (*n_iter = 1; *n_iter <= MOST_STEPS; ++*n_iter) {
        struct arena *brief = arena_new();
        bool moved = direction(f, step, brief) && advance(f, step, brief);
        if (moved)
            differentiate(f, brief);
        arena_free(brief);
        if (!moved)
            return FIT_NO_PROGRESS;
        if (largest(step, n) < 1e-9) /* the next would be its square */
            return largest(f->gradient, n) < 1e-9 ? FIT_CONVERGED : FIT_NO_PROGRESS;
    }
    return FIT_MAX_ITER;
}

/* ---- what follows ---- */

static void set_loadings(const struct fitting *f, const double *cov, struct one_factor *o)
{
    struct sum sum = {0};
    size_t k = f->k;
    for (size_t i = 0; i < k; i++)
        sum_add(&sum, f->b[i] * sqrt(cov[i * k + i]));
    double sign = sum_value(&sum) < 0 ? -1 : 1;
    for (size_t i = 0; i < k; i++) {
        f->b[i] *= sign;
        o->std_loading[i] = f->b[i];
        o->loading[i] = f->b[i] * sqrt(cov[i * k + i]);
        o->residual[i] = f->b[k + i] * cov[i * k + i];
        if (o->residual[i] < 0)
            o->status = FIT_IMPROPER;
    }
}

static double total(const double *x, size_t n)
{
    struct sum s = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&s, x[i]);
    return sum_value(&s);
}

static void set_reliability(const struct fitting *f, struct one_factor *o)
{
    size_t k = f->k;
    double sum = total(o->loading, k), rest = total(o->residual, k);
    double std_sum = total(o->std_loading, k), std_rest = total(f->b + k, k);
    o->omega = sum * sum / (sum * sum + rest);
    o->composite_reliability = std_sum * std_sum / (std_sum * std_sum + std_rest);
    o->ave = dot(o->std_loading, o->std_loading, k) / (double)k;
}

static double quadratic_form(const double *g, const double *m, size_t n, struct arena *scratch)
{
    double *mg = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++)
        mg[i] = dot(m + i * n, g, n);
    return dot(g, mg, n);
}

/* Standard errors by the delta method; the covariance matrix of the parameters is
   2 / n times the inverse of `expected`. */
static void set_errors(const struct fitting *f, const double *cov, double conf_level,
                       struct one_factor *o, struct arena *scratch)
{
    size_t k = f->k, n = 2 * k;
    double *vcov = arena_copy(scratch, f->expected, n * n, sizeof(double));
    double *g = ARENA_NEW(scratch, double, n), z = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    if (isnan(invert(vcov, n)))
        return;
    for (size_t i = 0; i < n * n; i++)
        vcov[i] *= 2 / o->n;
    for (size_t i = 0; i < k; i++) {
        double l = o->std_loading[i], dl = 1 - l * l, dr = -l / 2;
        o->std_loading_error[i] =
            sqrt(dl * dl * vcov[i * n + i] + 2 * dl * dr * vcov[i * n + k + i] +
                 dr * dr * vcov[(k + i) * n + k + i]);
    }
    double sum = total(o->loading, k), rest = total(o->residual, k), all = sum * sum + rest;
    for (size_t i = 0; i < k; i++) {
        g[i] = 2 * sum * rest / (all * all) * sqrt(cov[i * k + i]);
        g[k + i] = -sum * sum / (all * all) * cov[i * k + i];
    }
    o->omega_std_error = sqrt(quadratic_form(g, vcov, n, scratch));
    if (!(o->omega < 1))
        return;
    double factor = exp(z * o->omega_std_error / (1 - o->omega));
    o->omega_low = 1 - (1 - o->omega) * factor;
    o->omega_high = 1 - (1 - o->omega) / factor;
}

static double standardised_residual(const struct fitting *f)
{
    struct sum s = {0};
    size_t k = f->k;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            double sigma = f->b[i] * f->b[j] + (i == j ? f->b[k + i] : 0);
            double off = f->r[i * k + j] - sigma;
            sum_add(&s, off * off);
        }
    return sqrt(sum_value(&s) / ((double)(k * (k + 1)) / 2));
}

static void set_fit(const struct fitting *f, struct one_factor *o)
{
    double k = (double)f->k, independent = -o->n * f->log_det_r, independent_df = k * (k - 1) / 2;
    o->chi_square = o->n_items > 3 ? fmax(0, o->n * f->f) : 0; /* three items fit exactly */
    o->df = k * (k - 3) / 2;
    o->srmr = standardised_residual(f);
    if (!(o->df > 0))
        return;
    double excess = fmax(0, o->chi_square - o->df),
           most = fmax(excess, independent - independent_df);
    o->p_value = gsl_cdf_chisq_Q(o->chi_square, o->df);
    o->cfi = most > 0 ? 1 - excess / most : 1;
    o->rmsea = sqrt(excess / (o->n * o->df));
    o->tli =
        (independent / independent_df - o->chi_square / o->df) / (independent / independent_df - 1);
}

/* ---- the whole ---- */

static double *missing_figures(size_t k, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, k);
    for (size_t i = 0; i < k; i++)
        x[i] = NAN;
    return x;
}

static struct one_factor without_figures(size_t k, double n, struct arena *keep)
{
    return (struct one_factor){.n_items = k,
                               .n = n,
                               .loading = missing_figures(k, keep),
                               .residual = missing_figures(k, keep),
                               .std_loading = missing_figures(k, keep),
                               .std_loading_error = missing_figures(k, keep),
                               .omega = NAN,
                               .omega_std_error = NAN,
                               .omega_low = NAN,
                               .omega_high = NAN,
                               .ave = NAN,
                               .composite_reliability = NAN,
                               .chi_square = NAN,
                               .df = NAN,
                               .p_value = NAN,
                               .cfi = NAN,
                               .tli = NAN,
                               .rmsea = NAN,
                               .srmr = NAN};
}

static const double *correlations_of(const double *cov, size_t k, struct arena *scratch)
{
    double *r = ARENA_NEW(scratch, double, k *k);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            r[i * k + j] =
                i == j ? 1 : cov[i * k + j] / (sqrt(cov[i * k + i]) * sqrt(cov[j * k + j]));
    return r;
}

static enum fit_status obstacle(const double *cov, size_t k, double n)
{
    if (k < 3)
        return k == 2 ? FIT_UNIDENTIFIED : FIT_TOO_FEW;
    for (size_t i = 0; i < k; i++)
        if (!(cov[i * k + i] > 0))
            return FIT_CONSTANT;
    return n > (double)k ? FIT_OK : FIT_TOO_FEW;
}

static struct fitting fitting_new(const double *cov, size_t k, struct arena *scratch)
{
    return (struct fitting){.k = k,
                            .r = correlations_of(cov, k, scratch),
                            .b = ARENA_NEW(scratch, double, 2 * k),
                            .a = ARENA_NEW(scratch, double, k *k),
                            .c = ARENA_NEW(scratch, double, k *k),
                            .u = ARENA_NEW(scratch, double, k),
                            .v = ARENA_NEW(scratch, double, k),
                            .gradient = ARENA_NEW(scratch, double, 2 * k),
                            .curvature = ARENA_NEW(scratch, double, 4 * k * k),
                            .expected = ARENA_NEW(scratch, double, 4 * k * k)};
}

/* The smallest 1 - R^2 of an item given the others that is not rounding. */
static bool is_collinear(const double *inverse_r, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (!(inverse_r[i * k + i] < 1e10))
            return true;
    return false;
}

struct one_factor one_factor_fit(const double *covariance, size_t k, double n, double conf_level,
                                 struct arena *keep)
{
    assert(conf_level > 0 && conf_level < 1);
    struct one_factor o = without_figures(k, n, keep);
    o.status = obstacle(covariance, k, n);
    if (o.status != FIT_OK)
        return o;
    struct arena *scratch = arena_new();
    struct fitting f = fitting_new(covariance, k, scratch);
    double *inverse_r = arena_copy(scratch, f.r, k * k, sizeof(double));
    f.log_det_r = invert(inverse_r, k);
    if (isnan(f.log_det_r) || is_collinear(inverse_r, k)) {
        o.status = FIT_SINGULAR;
    } else {
        start(&f, inverse_r, scratch);
        o.status = maximise(&f, &o.n_iter, scratch);
    }
    if (o.status == FIT_CONVERGED) {
        set_loadings(&f, covariance, &o);
        set_reliability(&f, &o);
        set_errors(&f, covariance, conf_level, &o, scratch);
        set_fit(&f, &o);
    }
    arena_free(scratch);
    return o;
}
