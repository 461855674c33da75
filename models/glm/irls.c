/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/irls.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "models/base/sum.h"
#include "models/glm/triangle.h"

enum { MAX_STEPS = 500, MAX_HALVINGS = 40 };

#define NEAR_BORDER 1e-6
#define SMALL_STEP 1e-11
#define LARGEST_STEP 1e-5
#define DEVIANCE_ROUNDING 1e-10

void irls_init(const struct rows_of *r, struct irls *irls, struct arena *keep)
{
    *irls = (struct irls){.status = FIT_OK, .beta = ARENA_NEW(keep, double, 3 * r->k)};
    pass_init(r, &irls->pass, keep);
}

static double total_weight(const struct rows_of *r)
{
    struct sum total = {0};
    for (size_t i = 0; i < r->n; i++)
        sum_add(&total, r->w ? r->w[i] : 1);
    return sum_value(&total);
}

/* The least-squares solution of a pass into s; false where its columns are dependent. */
static bool solve(const struct rows_of *r, const struct pass *pass, double *s)
{
    size_t m = r->k + 1;
    double *right = s + r->k;
    for (size_t j = 0; j < r->k; j++)
        right[j] = pass->r[j * m + r->k];
    triangle_solve(pass->r, m, r->k, right, s);
    for (size_t j = 0; j < r->k; j++)
        if (!isfinite(s[j]))
            return false;
    return true;
}

/* Length of a step in units of standard errors, before the dispersion. */
static double step_length(const struct rows_of *r, const struct pass *pass)
{
    double length = 0;
    for (size_t j = 0; j < r->k; j++)
        length = hypot(length, pass->r[j * (r->k + 1) + r->k]);
    return length;
}

static void add_observed(const struct rows_of *r, size_t i, const double *t, const void *context,
                         double *sum)
{
    double w = rows_weight_observed(r, i, rows_predictor(r, i, context));
    for (size_t a = 0; a < r->k; a++)
        for (size_t b = 0; b < r->k; b++)
            sum[a * r->k + b] += w * t[a] * t[b];
}

void irls_observed(const struct rows_of *r, const double *beta, const double *triangle,
                   double *information, struct arena *scratch)
{
    rows_sum(r, triangle, r->k * r->k, add_observed, beta, information, scratch);
}

/* Newton's step in the place of Fisher's, if the observed information is positive definite. */
static void solve_newton(const struct rows_of *r, const struct irls *irls, double *step)
{
    size_t k = r->k, m = k + 1;
    struct arena *own = arena_new();
    double *information = ARENA_NEW(own, double, k *k), *q = ARENA_NEW(own, double, k);
    gsl_matrix_view view = gsl_matrix_view_array(information, k, k);
    gsl_vector_view right = gsl_vector_view_array(q, k);
    bool definite = true;
    irls_observed(r, irls->beta, irls->pass.r, information, own);
    for (size_t j = 0; j < k; j++) {
        q[j] = irls->pass.r[j * m + k];
        definite = definite && information[j * m] > 0;
    }
    if (definite && gsl_linalg_cholesky_decomp1(&view.matrix) == 0 &&
        gsl_linalg_cholesky_svx(&view.matrix, &right.vector) == 0)
        triangle_solve(irls->pass.r, m, k, q, step);
    arena_free(own);
}

/* What a step may be: its share of a standard error, or what rounding makes of the score, if that
   is still a small share. */
static double allowed(const struct rows_of *r, const struct irls *irls, double weight)
{
    size_t m = r->k + 1;
    double spread = sqrt(irls->pass.pearson), size = 0;
    for (size_t i = 0; i < r->k; i++) {
        double s = 0;
        for (size_t j = i; j < r->k; j++)
            s += irls->pass.r[i * m + j] * irls->beta[j];
        size = hypot(size, s);
    }
    double one = r->family->dispersion_known ? 1 : spread / sqrt(weight);
    double rounding = 8 * DBL_EPSILON * (spread + size + sqrt(irls->pass.size));
    if (r->family->dispersion_known)
        rounding = fmin(rounding, LARGEST_STEP);
    return fmax(SMALL_STEP * one, rounding);
}

/* All rows at the mean of y. */
static void constant_start(const struct rows_of *r, double *beta)
{
    struct sum total = {0}, weight = {0};
    for (size_t i = 0; i < r->n; i++) {
        double w = r->w ? r->w[i] : 1;
        sum_add(&total, w * r->y[i]);
        sum_add(&weight, w);
    }
    memset(beta, 0, r->k * sizeof *beta);
    if (r->ones < r->k)
        beta[r->ones] = r->link->eta(sum_value(&total) / sum_value(&weight)) / r->scale[r->ones];
}

/* Every 17th row: a stride that no panel or design is likely to repeat in. */
enum { SPARSE = 17, MANY_ROWS = 1 << 16 };

static struct rows_of sparse_rows(const struct rows_of *r, struct arena *scratch)
{
    struct rows_of few = *r;
    few.n = r->n / SPARSE;
    double *x = ARENA_NEW(scratch, double, few.n * r->p), *y = ARENA_NEW(scratch, double, few.n);
    double *w = r->w ? ARENA_NEW(scratch, double, few.n) : NULL;
    double *offset = r->offset ? ARENA_NEW(scratch, double, few.n) : NULL;
    for (size_t i = 0; i < few.n; i++) {
        memcpy(x + i * r->p, r->x + SPARSE * i * r->p, r->p * sizeof *x);
        y[i] = r->y[SPARSE * i];
        if (w)
            w[i] = r->w[SPARSE * i];
        if (offset)
            offset[i] = r->offset[SPARSE * i];
    }
    few.x = x;
    few.y = y;
    few.w = w;
    few.offset = offset;
    return few;
}

/* Of many rows some tell nearly where the estimates are: within some standard errors, from where
   two or three steps of all rows go the rest of the way.  Only where the likelihood has one
   maximum, so that the start does not decide which is found. */
static bool sparse_start(const struct rows_of *r, struct irls *irls)
{
    if (r->n < MANY_ROWS || r->link != r->family->canonical)
        return false;
    struct arena *own = arena_new();
    struct rows_of few = sparse_rows(r, own);
    struct irls of_few;
    irls_init(&few, &of_few, own);
    irls_fit(&few, false, true, &of_few);
    bool found = of_few.status == FIT_CONVERGED;
    if (found)
        memcpy(irls->beta, of_few.beta, r->k * sizeof *irls->beta);
    arena_free(own);
    if (found)
        rows_pass(r, irls->beta, &irls->pass);
    return found && irls->pass.valid;
}

static bool start(const struct rows_of *r, bool warm, struct irls *irls)
{
    struct pass *pass = &irls->pass;
    if (!warm && sparse_start(r, irls))
        return true;
    if (!warm && (r->k != 1 || r->ones != 0)) {
        rows_pass(r, NULL, pass);
        if (pass->valid && solve(r, pass, irls->beta)) {
            rows_pass(r, irls->beta, pass);
            if (pass->valid)
                return true;
        }
    }
    if (!warm)
        constant_start(r, irls->beta);
    rows_pass(r, irls->beta, pass);
    return pass->valid;
}

/* beta and the pass to beta plus the longest of step, step / 2, ... that does not raise the
   deviance. */
static bool advance(const struct rows_of *r, struct irls *irls, const double *step)
{
    double *from = irls->beta + 2 * r->k, before = irls->pass.deviance, share = 1;
    memcpy(from, irls->beta, r->k * sizeof *from);
    for (int i = 0; i < MAX_HALVINGS; i++, share /= 2) {
        for (size_t j = 0; j < r->k; j++)
            irls->beta[j] = from[j] + share * step[j];
        rows_pass(r, irls->beta, &irls->pass);
        if (irls->pass.valid &&
            irls->pass.deviance <= before + DEVIANCE_ROUNDING * (fabs(before) + 0.1))
            return true;
    }
    memcpy(irls->beta, from, r->k * sizeof *from);
    rows_pass(r, irls->beta, &irls->pass);
    return false;
}

static bool move(const struct rows_of *r, struct irls *irls, bool slow, double *step)
{
    if (slow && r->link != r->family->canonical)
        solve_newton(r, irls, step);
    return advance(r, irls, step);
}

static void finish(const struct rows_of *r, struct irls *irls, const double *step)
{
    for (size_t j = 0; j < r->k; j++)
        irls->beta[j] += step[j];
    irls->status = FIT_CONVERGED;
}

void irls_fit(const struct rows_of *r, bool warm, bool watch, struct irls *irls)
{
    struct arena *own = arena_new();
    double *step = ARENA_NEW(own, double, 2 * r->k), weight = total_weight(r);
    double length, last = INFINITY;
    irls->status = start(r, warm, irls) ? FIT_OK : FIT_NO_START;
    for (; irls->status == FIT_OK; last = length) {
        length = step_length(r, &irls->pass);
        if (watch && irls->pass.nearest < NEAR_BORDER)
            irls->status = FIT_SEPARATION;
        else if (!solve(r, &irls->pass, step))
            irls->status = FIT_SINGULAR;
        else if (length <= allowed(r, irls, weight))
            finish(r, irls, step);
        else if (irls->n_iter++ == MAX_STEPS)
            irls->status = FIT_MAX_ITER;
        else if (!move(r, irls, length > last / 3, step))
            irls->status = FIT_NO_PROGRESS;
    }
    arena_free(own);
}
