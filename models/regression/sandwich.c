/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/sandwich.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "models/base/sum.h"
#include "models/regression/bounded.h"
#include "models/regression/qr.h"

/* 1 - leverage below this is rounding. */
#define NO_REST 1e-10

/* The derivatives at the points in coordinates in which J'WJ is the identity. */
struct tangent {
    size_t n, k;
    double *t; /* [n * k] */
    struct qr qr;
    size_t ones;  /* the column about whose mean the others are; k: there is none */
    double *mean; /* [k] of the columns, 0 for that of ones */
};

static size_t column_of_ones(const double *j, size_t n, size_t k)
{
    for (size_t c = 0; c < k; c++) {
        size_t i = 0;
        while (i < n && j[i * k + c] == 1)
            i++;
        if (i == n)
            return c;
    }
    return k;
}

static void centre_columns(const struct least_squares *p, struct tangent *t, struct arena *scratch)
{
    double *column = ARENA_NEW(scratch, double, t->n);
    t->ones = column_of_ones(t->t, t->n, t->k);
    t->mean = ARENA_NEW(scratch, double, t->k);
    for (size_t c = 0; t->ones < t->k && c < t->k; c++) {
        for (size_t i = 0; i < t->n; i++)
            column[i] = t->t[i * t->k + c];
        if (c != t->ones)
            t->mean[c] = mean(column, p->w, t->n);
        for (size_t i = 0; i < t->n; i++)
            t->t[i * t->k + c] -= t->mean[c];
    }
}

static bool tangent_at(const struct least_squares *p, const double b[], struct tangent *t,
                       struct arena *scratch)
{
    *t = (struct tangent){.n = p->n, .k = p->n_params};
    t->t = ARENA_NEW(scratch, double, t->n * t->k);
    double *a = ARENA_NEW(scratch, double, t->n * t->k);
    double *g = ARENA_NEW(scratch, double, t->k);
    p->jacobian(p->context, b, t->t);
    centre_columns(p, t, scratch);
    for (size_t i = 0; i < t->n * t->k; i++)
        a[i] = (p->w ? sqrt(p->w[i / t->k]) : 1) * t->t[i];
    if (t->n < t->k || !qr_of(a, t->n, t->k, &t->qr, scratch))
        return false;
    for (size_t i = 0; i < t->n; i++) {
        memcpy(g, t->t + i * t->k, t->k * sizeof *g);
        qr_project(&t->qr, g, t->t + i * t->k);
    }
    return true;
}

static size_t point_of(const struct regression *r, size_t row)
{
    return r->point ? r->point[row] : row;
}

static double times_of(const struct scores *s, size_t row)
{
    return s->times ? s->times[row] : 1;
}

/* Weight of one copy of a row. */
static double copy_weight(const struct regression *r, const struct scores *s, size_t row)
{
    return s->times || !r->row_w ? 1 : r->row_w[row];
}

/* sum over points of factor[i] t t' */
static void add_squares(const struct tangent *t, const double *factor, double *sum)
{
    for (size_t i = 0; i < t->n; i++)
        for (size_t j = 0; j < t->k * t->k; j++)
            sum[j] += factor[i] * t->t[i * t->k + j / t->k] * t->t[i * t->k + j % t->k];
}

static enum fit_status meat_of_rows(const struct regression *r, const struct covariance *kind,
                                    const struct scores *s, const struct tangent *t, double *meat,
                                    struct arena *scratch)
{
    double *square = ARENA_NEW(scratch, double, t->n);
    double *length = ARENA_NEW(scratch, double, t->n);
    for (size_t i = 0; i < t->n * t->k; i++)
        length[i / t->k] += t->t[i] * t->t[i];
    for (size_t i = 0; i < r->n_rows; i++) {
        size_t at = point_of(r, i);
        double leverage = copy_weight(r, s, i) * length[at];
        if (kind->leverage && 1 - leverage < NO_REST)
            return FIT_LEVERAGE;
        square[at] += times_of(s, i) * s->score[i] * s->score[i] * kind->row(leverage);
    }
    add_squares(t, square, meat);
    return FIT_CONVERGED;
}

static enum fit_status meat_of_clusters(const struct regression *r, const struct scores *s,
                                        const struct tangent *t, double *meat,
                                        struct arena *scratch)
{
    size_t k = t->k;
    double *sum = ARENA_NEW(scratch, double, r->n_clusters *k);
    if (r->n_clusters < 2)
        return FIT_FEW_CLUSTERS;
    for (size_t i = 0; i < r->n_rows; i++)
        for (size_t j = 0; j < k; j++)
            sum[r->cluster[i] * k + j] +=
                times_of(s, i) * s->score[i] * t->t[point_of(r, i) * k + j];
    for (size_t c = 0; c < r->n_clusters; c++)
        for (size_t j = 0; j < k * k; j++)
            meat[j] += sum[c * k + j / k] * sum[c * k + j % k];
    return FIT_CONVERGED;
}

/* meat becomes bread * meat * bread, bread the inverse of sum curvature t t'. */
static bool bake(const struct regression *r, const struct scores *s, const struct tangent *t,
                 double *meat, struct arena *scratch)
{
    size_t k = t->k;
    double *sum = ARENA_NEW(scratch, double, k *k), *bread = ARENA_NEW(scratch, double, k *k);
    double *at = ARENA_NEW(scratch, double, t->n);
    size_t *order = ARENA_NEW(scratch, size_t, k);
    int sign;
    for (size_t i = 0; i < r->n_rows; i++)
        at[point_of(r, i)] += s->curvature[i];
    add_squares(t, at, sum);
    gsl_matrix_view m = gsl_matrix_view_array(sum, k, k), out = gsl_matrix_view_array(bread, k, k);
    gsl_permutation p = {k, order};
    if (gsl_linalg_LU_decomp(&m.matrix, &p, &sign))
        return false;
    for (size_t j = 0; j < k; j++)
        if (!(fabs(sum[j * k + j]) > 1e-12))
            return false;
    if (gsl_linalg_LU_invert(&m.matrix, &p, &out.matrix))
        return false;
    sandwich_of(bread, arena_copy(scratch, meat, k * k, sizeof *meat), k, meat, scratch);
    return true;
}

/* Columns of m [k * k] from the coordinates of the tangent to those of the
   parameters, transposed: twice gives a covariance. */
static void transform(const struct tangent *t, double *m, struct arena *scratch)
{
    size_t k = t->k;
    double *column = ARENA_NEW(scratch, double, k), *out = ARENA_NEW(scratch, double, k *k);
    for (size_t c = 0; c < k; c++) {
        for (size_t i = 0; i < k; i++)
            column[i] = m[i * k + c];
        qr_coefficients(&t->qr, column, out + c * k);
        for (size_t i = 0; t->ones < k && i < k; i++)
            if (i != t->ones)
                out[c * k + t->ones] -= t->mean[i] * out[c * k + i];
    }
    memcpy(m, out, k * k * sizeof *m);
}

static void give(const struct reduced *r, const bool fixed[], size_t n_params, double factor,
                 const double *from, double vcov[])
{
    size_t k = r->problem.n_params;
    for (size_t i = 0; i < n_params * n_params; i++)
        if (fixed[i / n_params] || fixed[i % n_params])
            vcov[i] = NAN;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            vcov[r->free[i] * n_params + r->free[j]] =
                factor * (from[i * k + j] + from[j * k + i]) / 2;
}

enum fit_status sandwich_covariance(const struct regression *r, const struct covariance *kind,
                                    const struct scores *scores, const double b[],
                                    const bool fixed[], double n_estimated, double vcov[],
                                    struct arena *scratch)
{
    struct reduced *reduced = reduced_of(&r->problem, fixed, b, scratch);
    size_t k = reduced->problem.n_params, p = r->problem.n_params;
    double *free = ARENA_NEW(scratch, double, k), *meat = ARENA_NEW(scratch, double, k *k);
    struct tangent t;
    for (size_t j = 0; j < k; j++)
        free[j] = b[reduced->free[j]];
    if (k > 0 && !tangent_at(&reduced->problem, free, &t, scratch))
        return FIT_SINGULAR;
    enum fit_status status = k == 0           ? FIT_CONVERGED
                             : kind->clusters ? meat_of_clusters(r, scores, &t, meat, scratch)
                                              : meat_of_rows(r, kind, scores, &t, meat, scratch);
    if (status != FIT_CONVERGED)
        return status;
    if (k > 0 && scores->curvature && !bake(r, scores, &t, meat, scratch))
        return FIT_SINGULAR;
    for (int twice = 0; twice < 2 && k > 0; twice++)
        transform(&t, meat, scratch);
    give(reduced, fixed, p, kind->sample(r->n_obs, n_estimated, (double)r->n_clusters), meat, vcov);
    return FIT_CONVERGED;
}
