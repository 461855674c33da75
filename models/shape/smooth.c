/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/smooth.h"

#include <math.h>
#include <stddef.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "models/base/sum.h"

enum { MOST_KNOTS = 10 };

/* ---- the spline, by its values at the knots ---- */

struct knots {
    size_t n;
    double at[MOST_KNOTS];
    double bend[MOST_KNOTS][MOST_KNOTS]; /* second derivatives at the knots from the values */
};

/* Quantiles of the distinct x, R's type 7. */
static void place(const struct points *p, struct knots *k)
{
    k->n = p->n < MOST_KNOTS ? p->n : MOST_KNOTS;
    for (size_t i = 0; i < k->n; i++) {
        double h = (double)(i * (p->n - 1)) / (double)(k->n - 1);
        size_t below = (size_t)h;
        double next = below + 1 < p->n ? p->x[below + 1] : p->x[below];
        k->at[i] = p->x[below] + (h - (double)below) * (next - p->x[below]);
    }
}

/* Row i of D: differences of the slopes beside the inner knot i + 1. */
static void slope_change(const struct knots *k, size_t i, double row[])
{
    double left = k->at[i + 1] - k->at[i], right = k->at[i + 2] - k->at[i + 1];
    row[i] = 1 / left;
    row[i + 1] = -1 / left - 1 / right;
    row[i + 2] = 1 / right;
}

/* bend = B^-1 D of the inner knots (Wood 2017, table 5.1), 0 at the ends; B is
   tridiagonal and diagonally dominant: eliminated without pivots. */
static void solve_bends(struct knots *k)
{
    size_t inner = k->n - 2;
    double diagonal[MOST_KNOTS] = {0}, above[MOST_KNOTS] = {0};
    for (size_t i = 0; i < k->n; i++)
        for (size_t j = 0; j < k->n; j++)
            k->bend[i][j] = 0;
    for (size_t i = 0; i < inner; i++) {
        double *row = k->bend[i + 1];
        slope_change(k, i, row);
        diagonal[i] = (k->at[i + 2] - k->at[i]) / 3;
        above[i] = (k->at[i + 2] - k->at[i + 1]) / 6;
        double factor = i > 0 ? above[i - 1] / diagonal[i - 1] : 0;
        diagonal[i] -= i > 0 ? factor * above[i - 1] : 0;
        for (size_t j = 0; j < k->n; j++)
            row[j] -= factor * k->bend[i][j];
    }
    for (size_t i = inner; i-- > 0;)
        for (size_t j = 0; j < k->n; j++) {
            double next = i + 1 < inner ? above[i] * k->bend[i + 2][j] : 0;
            k->bend[i + 1][j] = (k->bend[i + 1][j] - next) / diagonal[i];
        }
}

/* What the values at the knots give at x. */
static void basis_at(const struct knots *k, double x, double row[])
{
    size_t j = 0;
    while (j + 2 < k->n && x > k->at[j + 1])
        j++;
    double h = k->at[j + 1] - k->at[j], right = k->at[j + 1] - x, left = x - k->at[j];
    double bend_left = (right * right * right / h - h * right) / 6;
    double bend_right = (left * left * left / h - h * left) / 6;
    for (size_t i = 0; i < k->n; i++)
        row[i] = bend_left * k->bend[j][i] + bend_right * k->bend[j + 1][i];
    row[j] += right / h;
    row[j + 1] += left / h;
}

/* The integral of the squared second derivative, D'B^-1 D = D' bend. */
static void penalty_of(const struct knots *k, gsl_matrix *s)
{
    gsl_matrix_set_zero(s);
    for (size_t i = 0; i + 2 < k->n; i++) {
        double row[MOST_KNOTS] = {0};
        slope_change(k, i, row);
        for (size_t a = i; a < i + 3; a++)
            for (size_t b = 0; b < k->n; b++)
                *gsl_matrix_ptr(s, a, b) += row[a] * k->bend[i + 1][b];
    }
}

/* ---- the fit, in the basis where data and penalty are diagonal ---- */

struct diagonal {
    size_t n, k;
    double *g; /* [n * k] basis with g'Wg = 1, g'Sg = diag(d) */
    double d[MOST_KNOTS], z[MOST_KNOTS];
    double rest; /* deviance without a penalty */
    double n_obs;
};

/* With B = LL', the singular vectors of the symmetric L^-1 S L^-T solve S v = d B v;
   v becomes L^-T of them.  Of d the two least belong to the straight lines. */
static bool eigen(gsl_matrix *s, gsl_matrix *b, gsl_matrix *v, double d[])
{
    double value[MOST_KNOTS];
    gsl_vector_view values = gsl_vector_view_array(value, s->size1);
    if (gsl_linalg_cholesky_decomp1(b) ||
        gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, b, s) ||
        gsl_blas_dtrsm(CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, b, s) ||
        gsl_linalg_SV_decomp_jacobi(s, v, &values.vector) ||
        gsl_blas_dtrsm(CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1, b, v))
        return false;
    for (size_t i = 0; i < s->size1; i++)
        d[i] = i + 2 < s->size1 ? value[i] : 0;
    return true;
}

static bool rotate(const struct points *p, const struct knots *k, const double *x,
                   struct diagonal *out)
{
    double cell[3][MOST_KNOTS * MOST_KNOTS] = {{0}};
    gsl_matrix_view s = gsl_matrix_view_array(cell[0], k->n, k->n);
    gsl_matrix_view b = gsl_matrix_view_array(cell[1], k->n, k->n);
    gsl_matrix_view v = gsl_matrix_view_array(cell[2], k->n, k->n);
    penalty_of(k, &s.matrix);
    for (size_t j = 0; j < p->n; j++)
        for (size_t i = 0; i < k->n * k->n; i++)
            cell[1][i] += p->w[j] * x[j * k->n + i / k->n] * x[j * k->n + i % k->n];
    if (!eigen(&s.matrix, &b.matrix, &v.matrix, out->d))
        return false;
    for (size_t j = 0; j < p->n; j++)
        for (size_t i = 0; i < k->n * k->n; i++)
            out->g[j * k->n + i / k->n] +=
                x[j * k->n + i % k->n] * gsl_matrix_get(&v.matrix, i % k->n, i / k->n);
    return true;
}

static void project(const struct points *p, const double *y, struct diagonal *o)
{
    o->rest = p->within;
    for (size_t j = 0; j < p->n; j++)
        for (size_t i = 0; i < o->k; i++)
            o->z[i] += p->w[j] * y[j] * o->g[j * o->k + i];
    for (size_t j = 0; j < p->n; j++) {
        double fitted = 0;
        for (size_t i = 0; i < o->k; i++)
            fitted += o->z[i] * o->g[j * o->k + i];
        o->rest += p->w[j] * (y[j] - fitted) * (y[j] - fitted);
    }
}

/* n deviance / (n - edf)^2 */
static double score(const struct diagonal *o, double lambda, double *edf, double *deviance)
{
    *edf = 0;
    *deviance = o->rest;
    for (size_t i = 0; i < o->k; i++) {
        double shrunk = 1 / (1 + lambda * o->d[i]), lost = (1 - shrunk) * o->z[i];
        *edf += shrunk;
        *deviance += lost * lost;
    }
    return o->n_obs > *edf ? o->n_obs * *deviance / ((o->n_obs - *edf) * (o->n_obs - *edf))
                           : INFINITY;
}

/* The least score over the logarithm of lambda: a grid, then golden section. */
static double choose(const struct diagonal *o)
{
    enum { STEPS = 60 };
    const double golden = (sqrt(5) - 1) / 2;
    double low = log(1e-8 / o->d[0]), high = log(1e8 / o->d[o->k - 3]), edf, deviance;
    double step = (high - low) / STEPS, best = low, least = INFINITY;
    for (int i = 0; i <= STEPS; i++) {
        double now = score(o, exp(low + i * step), &edf, &deviance);
        if (now < least) {
            least = now;
            best = low + i * step;
        }
    }
    double from = fmax(low, best - step), to = fmin(high, best + step);
    for (int i = 0; i < 60; i++) {
        double left = to - golden * (to - from), right = from + golden * (to - from);
        if (score(o, exp(left), &edf, &deviance) < score(o, exp(right), &edf, &deviance))
            to = right;
        else
            from = left;
    }
    return exp((from + to) / 2);
}

static void figures(const struct points *p, const struct diagonal *o, double lambda, double grand,
                    struct smooth *out)
{
    double deviance;
    score(o, lambda, &out->edf, &deviance);
    out->sigma2 = deviance / (o->n_obs - out->edf);
    for (size_t j = 0; j < p->n; j++) {
        double variance = 0;
        out->fitted[j] = grand;
        for (size_t i = 0; i < o->k; i++) {
            double g = o->g[j * o->k + i], shrunk = 1 / (1 + lambda * o->d[i]);
            out->fitted[j] += g * shrunk * o->z[i];
            variance += g * g * shrunk;
        }
        out->std_error[j] = sqrt(out->sigma2 * variance);
    }
}

bool smooth_of(const struct points *p, struct smooth *out, struct arena *keep)
{
    if (p->n < 3 || p->n_obs <= (double)p->n)
        return false;
    struct knots k;
    place(p, &k);
    solve_bends(&k);
    double *x = ARENA_NEW(keep, double, p->n *k.n), *y = ARENA_NEW(keep, double, p->n);
    double grand = mean(p->y, p->w, p->n);
    struct diagonal o = {.n = p->n, .k = k.n, .n_obs = p->n_obs};
    o.g = ARENA_NEW(keep, double, p->n *k.n);
    for (size_t j = 0; j < p->n; j++) {
        basis_at(&k, p->x[j], x + j * k.n);
        y[j] = p->y[j] - grand;
    }
    if (!rotate(p, &k, x, &o))
        return false;
    project(p, y, &o);
    *out = (struct smooth){.fitted = ARENA_NEW(keep, double, p->n),
                           .std_error = ARENA_NEW(keep, double, p->n)};
    figures(p, &o, choose(&o), grand, out);
    return true;
}
