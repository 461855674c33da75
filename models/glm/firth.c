/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/firth.h"

#include <math.h>
#include <string.h>

#include "models/glm/triangle.h"

enum { MAX_STEPS = 1000, MAX_HALVINGS = 40 };

#define SMALL_STEP 1e-11

/* The score in units in which the information is the identity, so that u'u is the leverage of
   a row of weight one. */
static void add_score(const struct rows_of *r, size_t i, const double *u, const void *context,
                      double *sum)
{
    double eta = rows_predictor(r, i, context), mu = r->link->mean(eta), w = r->w ? r->w[i] : 1;
    double h = 0;
    for (size_t j = 0; j < r->k; j++)
        h += u[j] * u[j];
    h *= rows_weight(r, i, eta);
    for (size_t j = 0; j < r->k; j++)
        sum[j] += u[j] * (w * (r->y[i] - mu) + h * (0.5 - mu));
}

/* log det(R) of the coordinates */
static double log_det(const struct rows_of *r, const struct pass *pass)
{
    double total = 0;
    for (size_t j = 0; j < r->k; j++)
        total += log(fabs(pass->r[j * (r->k + 1) + j]));
    return total;
}

static bool advance(const struct rows_of *r, struct irls *irls, const double *step, double *from)
{
    double before = irls->pass.deviance - 2 * log_det(r, &irls->pass), share = 1;
    memcpy(from, irls->beta, r->k * sizeof *from);
    for (int i = 0; i < MAX_HALVINGS; i++, share /= 2) {
        for (size_t j = 0; j < r->k; j++)
            irls->beta[j] = from[j] + share * step[j];
        rows_pass(r, irls->beta, &irls->pass);
        double after = irls->pass.deviance - 2 * log_det(r, &irls->pass);
        if (irls->pass.valid && after <= before + 1e-10 * (fabs(before) + 0.1))
            return true;
    }
    return false;
}

/* Takes off a step q, in units of the information, what would move hold'beta. */
static void keep_held(const struct pass *pass, const double *hold, size_t k, double *q, double *d)
{
    double along = 0, length = 0;
    triangle_solve_transposed(pass->r, k + 1, k, hold, d);
    for (size_t j = 0; j < k; j++) {
        along += d[j] * q[j];
        length += d[j] * d[j];
    }
    for (size_t j = 0; j < k; j++)
        q[j] -= along / length * d[j];
}

void firth_fit(const struct rows_of *r, const double *hold, struct irls *irls, double *penalty,
               struct arena *scratch)
{
    size_t k = r->k, m = k + 1;
    double *q = ARENA_NEW(scratch, double, k), *d = ARENA_NEW(scratch, double, k);
    double *step = ARENA_NEW(scratch, double, k), *from = ARENA_NEW(scratch, double, k);
    if (!hold)
        memset(irls->beta, 0, k * sizeof *irls->beta);
    rows_pass(r, irls->beta, &irls->pass);
    double last = INFINITY, share = 1;
    irls->status = irls->pass.valid ? FIT_OK : FIT_NO_START;
    while (irls->status == FIT_OK) {
        double length = 0;
        rows_sum(r, irls->pass.r, k, add_score, irls->beta, q, scratch);
        if (hold)
            keep_held(&irls->pass, hold, k, q, d);
        triangle_solve(irls->pass.r, m, k, q, step);
        for (size_t j = 0; j < k; j++)
            length = hypot(length, q[j]);
        share *= length > 0.9 * last ? 0.5 : 1; /* steps that turn back and forth */
        last = length;
        for (size_t j = 0; j < k; j++)
            step[j] *= share;
        if (length <= SMALL_STEP)
            irls->status = FIT_CONVERGED;
        else if (irls->n_iter++ == MAX_STEPS)
            irls->status = FIT_MAX_ITER;
        else if (!advance(r, irls, step, from))
            irls->status = FIT_NO_PROGRESS;
    }
    *penalty = log_det(r, &irls->pass);
    for (size_t j = 0; j < k; j++)
        *penalty -= log(r->scale[j]);
}
