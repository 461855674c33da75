/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/robust.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "models/base/order.h"
#include "models/regression/bounded.h"
#include "models/regression/loss.h"

#define MAX_ROUNDS 2000
#define MAX_STEPS 20000   /* of the searches in all rounds: some fits never settle */
#define STILL 1e-11       /* of the scale: nothing moves */
#define MAD_NORMAL 0.6745 /* median of |N(0, 1)|, to the digits that R's programs use */

/* Weighted median of size[0..n-1]: between two values where exactly half of the
   weight lies below (MASS::rlm's wmad). */
static double weighted_median(const double *size, const double *w, size_t n, struct arena *scratch)
{
    uint32_t *order = order_real(size, n, scratch);
    double total = 0, below = 0;
    for (size_t i = 0; i < n; i++)
        total += w ? w[i] : 1;
    for (size_t i = 0; i < n; i++) {
        below += w ? w[order[i]] : 1;
        if (below > total / 2)
            return size[order[i]];
        if (below == total / 2 && i + 1 < n)
            return (size[order[i]] + size[order[i + 1]]) / 2;
    }
    return NAN;
}

static double largest(const double *x, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

/* Residuals of the rows at the fitted means, and their scale. */
static double scale_of(const struct regression *r, const double *mean, double *residual,
                       struct arena *scratch)
{
    double *size = ARENA_NEW(scratch, double, r->n_rows);
    for (size_t i = 0; i < r->n_rows; i++) {
        residual[i] = r->row_y[i] - mean[r->point ? r->point[i] : i];
        size[i] = fabs(residual[i]);
    }
    return weighted_median(size, r->row_w, r->n_rows, scratch) / MAD_NORMAL;
}

/* Weighted least squares from b nearby. */
static enum fit_status reweighted(const struct regression *r, const struct curve_options *options,
                                  double b[], size_t *n_steps, struct arena *scratch)
{
    size_t p = r->problem.n_params, n_iter = 0;
    double deviance, *near = arena_copy(scratch, b, p, sizeof *b);
    if (!r->exact && least_squares_polish(&r->problem, near, &n_iter, scratch) == FIT_CONVERGED &&
        within_bounds(near, options->lower, options->upper, p)) {
        memcpy(b, near, p * sizeof *b);
        return FIT_CONVERGED;
    }
    enum fit_status status = regression_squares(r, options, b, &deviance, &n_iter, scratch);
    *n_steps += n_iter;
    return status;
}

static enum fit_status iterate(const struct regression *r, const struct curve_options *options,
                               double b[], double *scale, size_t *n_iter, struct arena *keep)
{
    const struct least_squares *p = &r->problem;
    double *mean = ARENA_NEW(keep, double, p->n), *next = ARENA_NEW(keep, double, p->n);
    double *residual = ARENA_NEW(keep, double, r->n_rows);
    double *weight = ARENA_NEW(keep, double, r->n_rows), size = largest(r->row_y, r->n_rows);
    struct arena *scratch = arena_new();
    enum fit_status status = FIT_MAX_ITER;
    size_t n_steps = 0;
    p->mean(p->context, b, mean);
    for (size_t round = 0; round < MAX_ROUNDS && n_steps < MAX_STEPS && status == FIT_MAX_ITER;
         round++, ++*n_iter) {
        arena_reset(scratch);
        *scale = scale_of(r, mean, residual, scratch);
        if (!(*scale > 64 * DBL_EPSILON * size)) {
            status = FIT_NO_SCALE;
            break;
        }
        for (size_t i = 0; i < r->n_rows; i++)
            weight[i] = options->loss->weight(residual[i] / *scale);
        struct regression now = regression_counted(r, weight, scratch);
        enum fit_status ended = reweighted(&now, options, b, &n_steps, scratch);
        p->mean(p->context, b, next);
        double moved = 0;
        for (size_t i = 0; i < p->n; i++)
            moved = fmax(moved, fabs(next[i] - mean[i]));
        memcpy(mean, next, p->n * sizeof *mean);
        if (ended != FIT_CONVERGED)
            status = ended;
        else if (moved <= fmax(STILL * *scale, 16 * DBL_EPSILON * largest(mean, p->n)))
            status = FIT_CONVERGED;
    }
    if (status == FIT_CONVERGED)
        *scale = scale_of(r, mean, residual, scratch);
    arena_free(scratch);
    return status;
}

enum fit_status robust_estimate(const struct regression *r, const struct curve_options *options,
                                double b[], double *scale, size_t *n_iter, struct arena *scratch)
{
    if (options->loss->first) {
        struct curve_options first = *options;
        first.loss = options->loss->first;
        enum fit_status status = robust_estimate(r, &first, b, scale, n_iter, scratch);
        if (status != FIT_CONVERGED)
            return status;
    }
    return iterate(r, options, b, scale, n_iter, scratch);
}
