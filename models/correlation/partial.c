/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/partial.h"

#include <assert.h>
#include <math.h>

#include "models/base/sum.h"

/* What is left of a unit vector counts as nothing below this norm. */
static const double nothing = 1e-10;

static double norm(const double *u, size_t n)
{
    return sqrt(cross_product(u, 0, u, 0, NULL, n));
}

/* Takes from u its part along each of the k orthonormal q, twice, which leaves it
   orthogonal to working precision (Giraud, Langou & Rozloznik 2005, Comput. Math.
   Appl. 50, 1069-1075).  Makes u a unit vector; false if nothing is left of it. */
static bool orthogonalise(double *u, double *const q[], size_t k, size_t n)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t j = 0; j < k; j++) {
            double along = cross_product(q[j], 0, u, 0, NULL, n);
            for (size_t i = 0; i < n; i++)
                u[i] -= along * q[j][i];
        }
    double left = norm(u, n);
    if (!(left > nothing))
        return false;
    for (size_t i = 0; i < n; i++)
        u[i] /= left;
    return true;
}

/* The coefficient of what is left of x and y, and of y with what is left of x. */
struct given {
    double partial, semipartial;
};

/* v holds the k controls, then x and y. */
static enum fit_status by_residuals(const struct correlation *c, const struct variable *v, size_t k,
                                    const double *w, struct given *r, struct arena *scratch)
{
    double **u = ARENA_NEW(scratch, double *, k + 2);
    size_t n = v->n;
    for (size_t j = 0; j < k + 2; j++) {
        u[j] = unit_deviations(c->scores(&v[j], w, scratch), w, n, scratch);
        if (u[j] && j == k + 1)
            r->semipartial = unit_correlation(u[k], u[j], n);
        if (!u[j] || !orthogonalise(u[j], u, j < k ? j : k, n))
            return j < k ? FIT_SINGULAR : FIT_CONSTANT;
    }
    r->partial = unit_correlation(u[k], u[k + 1], n);
    return FIT_OK;
}

/* Row i of Cholesky's factor L (m columns, row major) of the matrix in whose place
   it comes; false if the variable of the row is determined by those before. */
static bool cholesky_row(double *l, size_t m, size_t i, size_t n_before)
{
    for (size_t j = 0; j < n_before; j++) {
        for (size_t p = 0; p < j; p++)
            l[i * m + j] -= l[i * m + p] * l[j * m + p];
        l[i * m + j] /= l[j * m + j];
        l[i * m + i] -= l[i * m + j] * l[i * m + j];
    }
    if (!(l[i * m + i] > nothing))
        return false;
    l[i * m + i] = sqrt(l[i * m + i]);
    return true;
}

/* The recursion r_xy.z = (r_xy - r_xz r_yz) / sqrt(...) over all controls at once: with
   the controls first in the matrix it is what Cholesky's factor leaves of the last two. */
static enum fit_status by_recursion(const struct correlation *c, const struct variable *v, size_t k,
                                    const double *w, struct given *r, struct arena *scratch)
{
    size_t m = k + 2, x = k, y = k + 1;
    double *l = ARENA_NEW(scratch, double, m *m);
    for (size_t i = 0; i < m; i++) {
        l[i * m + i] = 1;
        for (size_t j = 0; j < i; j++) {
            l[i * m + j] = c->estimate(&v[i], &v[j], w, scratch);
            if (isnan(l[i * m + j]))
                return FIT_SINGULAR;
        }
        if (!cholesky_row(l, m, i, i < k ? i : k))
            return i < k ? FIT_SINGULAR : FIT_CONSTANT;
    }
    double product = l[y * m + x];
    for (size_t p = 0; p < k; p++)
        product -= l[y * m + p] * l[x * m + p];
    r->partial = fmax(-1, fmin(1, product / (l[x * m + x] * l[y * m + y])));
    r->semipartial = fmax(-1, fmin(1, product / l[x * m + x]));
    return FIT_OK;
}

/* Prepares the pairs in p; both coefficients, or why there are none. */
static enum fit_status given_controls(const struct correlation *c, const struct sample *s,
                                      const double *const z[], size_t k, const struct pairs *p,
                                      struct given *r, struct arena *scratch)
{
    if (!(p->effective - (double)k > 2))
        return FIT_TOO_FEW;
    if (p->x.n_levels < 2 || p->y.n_levels < 2)
        return FIT_CONSTANT;
    if (!c->partial_test || (c->in_domain && !c->in_domain(p)))
        return FIT_DOMAIN;
    struct variable *v = ARENA_NEW(scratch, struct variable, k + 2);
    for (size_t j = 0; j < k; j++)
        v[j] = variable_ordered(pairs_column(s, z[j], scratch), p->x.n, scratch);
    v[k] = p->x;
    v[k + 1] = p->y;
    return (c->scores ? by_residuals : by_recursion)(c, v, k, p->w, r, scratch);
}

void correlation_partial(const struct correlation *c, const struct sample *s,
                         const double *const z[], size_t k, double conf_level,
                         struct correlation_result *result, struct arena *scratch)
{
    assert(k >= 1 && conf_level > 0 && conf_level < 1);
    struct pairs p = pairs_of(s, scratch);
    struct given r;
    *result = correlation_missing(FIT_TOO_FEW, p.size, p.effective);
    result->status = given_controls(c, s, z, k, &p, &r, scratch);
    if (result->status != FIT_OK)
        return;
    result->estimate = r.partial;
    c->partial_test(result->estimate, p.effective, k, result);
    double variance = c->z_variance(result->estimate, p.effective - (double)k);
    result->status = correlation_z_limits(variance, conf_level, result);
    if (result->status == FIT_OK && fabs(result->estimate) == 1)
        result->status = FIT_PERFECT;
}

void correlation_semipartial(const struct correlation *c, const struct sample *s,
                             const double *const z[], size_t k, struct correlation_result *result,
                             struct arena *scratch)
{
    assert(k >= 1);
    struct pairs p = pairs_of(s, scratch);
    struct given r = {NAN, NAN};
    *result = correlation_missing(FIT_TOO_FEW, p.size, p.effective);
    result->status = given_controls(c, s, z, k, &p, &r, scratch);
    /* Controls that leave nothing of y leave something of x to correlate it with. */
    if (result->status != FIT_OK && isnan(r.semipartial))
        return;
    result->status = FIT_OK;
    result->estimate = r.semipartial;
    c->partial_test(result->estimate, p.effective, k, result);
}
