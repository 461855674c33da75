/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/shared.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "models/base/critical.h"

/* ---- the groups that can be compared ---- */

static bool left_out(const struct fit *fit)
{
    return fit->status == FIT_TOO_FEW || fit->status == FIT_CONSTANT;
}

static size_t comparable(const struct fit fit[], size_t n, size_t *which, struct shared *out)
{
    size_t k = 0;
    out->status = FIT_OK;
    for (size_t i = 0; i < n; i++) {
        if (left_out(&fit[i]))
            continue;
        if (fit[i].status != FIT_CONVERGED && out->status == FIT_OK)
            out->status = fit[i].status;
        which[k++] = i;
    }
    if (k < 2 && out->status == FIT_OK)
        out->status = FIT_TOO_FEW;
    return k;
}

/* All their rows as one sample. */
static struct sample together(const struct sample group[], const size_t *which, size_t k,
                              struct arena *scratch)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < k; i++)
        n += group[which[i]].n;
    double *x = ARENA_NEW(scratch, double, n), *y = ARENA_NEW(scratch, double, n);
    double *w = group[which[0]].w ? ARENA_NEW(scratch, double, n) : NULL;
    for (size_t i = 0; i < k; i++) {
        const struct sample *g = &group[which[i]];
        memcpy(x + at, g->x, g->n * sizeof *x);
        memcpy(y + at, g->y, g->n * sizeof *y);
        if (w)
            memcpy(w + at, g->w, g->n * sizeof *w);
        at += g->n;
    }
    return (struct sample){n, x, y, w, group[which[0]].weight_kind};
}

/* ---- Wald ---- */

/* A covariance matrix nearer to singular than this leaves its inverse less than some five
   digits: that of intercept and slope where x is far from 0, years as days, say. */
static const double least_rcond = 1e-11;

/* The inverse of a covariance matrix, its parameters in units of `scale`; false if
   it has none in doubles. */
static bool precision(const struct fit *fit, const double *scale, gsl_matrix *out,
                      struct arena *scratch)
{
    size_t p = fit->n_params;
    double rcond = 0;
    gsl_vector_view work = gsl_vector_view_array(ARENA_NEW(scratch, double, 3 * p), 3 * p);
    for (size_t i = 0; i < p * p; i++)
        gsl_matrix_set(out, i / p, i % p, fit->vcov[i] / (scale[i / p] * scale[i % p]));
    for (size_t i = 0; i < p; i++)
        if (!(gsl_matrix_get(out, i, i) > 0))
            return false;
    return gsl_linalg_cholesky_decomp1(out) == 0 &&
           gsl_linalg_cholesky_rcond(out, &rcond, &work.vector) == 0 && rcond > least_rcond &&
           gsl_linalg_cholesky_invert(out) == 0;
}

/* The weighted mean of the parameters, and what lies between the groups and it. */
static double distance(const struct fit fit[], const size_t *which, size_t k, const double *scale,
                       struct arena *scratch)
{
    size_t p = fit[which[0]].n_params;
    double *cell = ARENA_NEW(scratch, double, (k + 1) * p * p), *b = ARENA_NEW(scratch, double, p);
    double *gap = ARENA_NEW(scratch, double, p), *product = ARENA_NEW(scratch, double, p);
    gsl_matrix_view total = gsl_matrix_view_array(cell + k * p * p, p, p);
    gsl_vector_view mean = gsl_vector_view_array(b, p), d = gsl_vector_view_array(gap, p);
    gsl_vector_view v = gsl_vector_view_array(product, p);
    const double *origin = fit[which[0]].estimate; /* about it, for the digits */
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
        gsl_matrix_view m = gsl_matrix_view_array(cell + i * p * p, p, p);
        if (!precision(&fit[which[i]], scale, &m.matrix, scratch))
            return NAN;
        for (size_t j = 0; j < p; j++)
            gap[j] = (fit[which[i]].estimate[j] - origin[j]) / scale[j];
        gsl_matrix_add(&total.matrix, &m.matrix);
        gsl_blas_dgemv(CblasNoTrans, 1, &m.matrix, &d.vector, 1, &mean.vector);
    }
    if (gsl_linalg_cholesky_decomp1(&total.matrix) ||
        gsl_linalg_cholesky_svx(&total.matrix, &mean.vector))
        return NAN;
    for (size_t i = 0; i < k; i++) {
        gsl_matrix_view m = gsl_matrix_view_array(cell + i * p * p, p, p);
        double square;
        for (size_t j = 0; j < p; j++)
            gap[j] = (fit[which[i]].estimate[j] - origin[j]) / scale[j] - b[j];
        gsl_blas_dgemv(CblasNoTrans, 1, &m.matrix, &d.vector, 0, &v.vector);
        gsl_blas_ddot(&v.vector, &d.vector, &square);
        sum += square;
    }
    return sum;
}

static struct test_result test_of(double statistic, double df1, double df2)
{
    bool there = isfinite(statistic) && df2 > 0;
    return (struct test_result){there ? statistic : NAN, df1, df2,
                                there ? f_exceeds(fmax(0, statistic), df1, df2) : NAN};
}

/* ---- both ---- */

/* Have the fits, and the shared one, the same constants `from` .. `to`? */
static bool same_constants(const struct fit fit[], const size_t *which, size_t k,
                           const struct fit *one, size_t from, size_t to)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = one->n_params + from; j < one->n_params + to; j++)
            if (fit[which[i]].estimate[j] != one->estimate[j])
                return false;
    return true;
}

static void set_shared_status(struct shared *out, enum fit_status status)
{
    out->status = out->f_status = out->wald_status = status;
}

static enum fit_status status_of_test(const struct test_result *t, enum fit_status otherwise)
{
    return !isnan(t->p_value) ? FIT_OK : t->df2 > 0 ? otherwise : FIT_TOO_FEW;
}

static void test_shared(const struct fit fit[], const size_t *which, size_t k,
                        const struct fit *one, bool sampling, struct shared *out,
                        struct arena *scratch)
{
    size_t p = one->n_params, estimated = fit_n_estimated(one);
    double separate = 0, *scale = ARENA_NEW(scratch, double, p), df1 = (double)((k - 1) * p);
    double free = (double)((k - 1) * estimated), df2 = out->n_obs - (double)(k * estimated);
    bool nested = same_constants(fit, which, k, one, one->n_chosen, one->n_constants);
    bool alike = nested && same_constants(fit, which, k, one, 0, one->n_chosen);
    for (size_t i = 0; i < k; i++)
        separate += fit[which[i]].deviance;
    for (size_t j = 0; j < p; j++)
        scale[j] = fit_std_error(&fit[which[0]], j);
    out->deviance_shared = one->deviance;
    out->deviance_separate = separate;
    double f = nested && !sampling ? (one->deviance - separate) / free / (separate / df2) : NAN;
    double wald = alike ? distance(fit, which, k, scale, scratch) / df1 : NAN;
    out->f = test_of(f, free, df2);
    out->wald = test_of(wald, df1, df2);
    out->f_status = status_of_test(&out->f, FIT_DOMAIN);
    out->wald_status = status_of_test(&out->wald, alike ? FIT_SINGULAR : FIT_DOMAIN);
}

void shared_curves(const struct curve *c, const struct sample group[], const struct fit fit[],
                   size_t n, const struct fit *whole, size_t n_whole,
                   const struct curve_options *options, struct shared *out, struct arena *scratch)
{
    const struct test_result none = {NAN, NAN, NAN, NAN};
    *out =
        (struct shared){.deviance_shared = NAN, .deviance_separate = NAN, .f = none, .wald = none};
    size_t *which = ARENA_NEW(scratch, size_t, n), k = comparable(fit, n, which, out);
    struct fit here;
    out->k = k;
    for (size_t i = 0; i < k; i++)
        out->n_obs += fit[which[i]].n_obs;
    set_shared_status(out, out->status);
    if (out->status != FIT_OK)
        return;
    struct sample all = together(group, which, k, scratch);
    if (!whole || n_whole != all.n)
        curve_fit(c, &all, NULL, options, &here, scratch);
    const struct fit *one = !whole || n_whole != all.n ? &here : whole;
    if (one->status != FIT_CONVERGED)
        set_shared_status(out, one->status);
    else
        test_shared(fit, which, k, one, all.w && all.weight_kind == WEIGHT_SAMPLING, out, scratch);
}
