/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/least_squares.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "models/base/sum.h"
#include "models/regression/qr.h"

#define CONVERGED 1e-6 /* relative offset; R's nls asks for 1e-5 */
#define MAX_ITER 500   /* of one trust-region method */
#define FAR 1e3        /* a parameter over its start, or under it */
#define FLAT 1e-10     /* relative fall of the residuals' length in a step */
#define FLAT_STEPS 50  /* fewer lose fits from starts that are orders of magnitude off */
#define MAX_POLISH 60  /* Gauss-Newton steps */

/* What stands for the residuals where the mean is not finite: large enough to
   be refused, small enough to be squared. */
#define IMPOSSIBLE 1e100

static double root_weight(const struct least_squares *p, size_t i)
{
    return p->w ? sqrt(p->w[i]) : 1;
}

/* sqrt(w) (y - mean) at b; false where b is not possible. */
static bool residuals(const struct least_squares *p, const double b[], double r[])
{
    bool possible = true;
    p->mean(p->context, b, r);
    for (size_t i = 0; i < p->n; i++) {
        r[i] = root_weight(p, i) * (p->y[i] - r[i]);
        possible = possible && isfinite(r[i]);
    }
    return possible;
}

static double deviance_of(const struct least_squares *p, const double r[])
{
    struct sum total = {0};
    for (size_t i = 0; i < p->n; i++)
        sum_add(&total, r[i] * r[i]);
    return p->fixed + sum_value(&total);
}

double least_squares_deviance(const struct least_squares *p, const double b[],
                              struct arena *scratch)
{
    double *r = ARENA_NEW(scratch, double, p->n);
    return residuals(p, b, r) ? deviance_of(p, r) : INFINITY;
}

static double *weighted_jacobian(const struct least_squares *p, const double b[], double *j)
{
    p->jacobian(p->context, b, j);
    for (size_t i = 0; p->w && i < p->n; i++) {
        double root = root_weight(p, i);
        for (size_t k = 0; k < p->n_params; k++)
            j[i * p->n_params + k] *= root;
    }
    return j;
}

/* ---- trust region, by GSL ---- */

/* What GSL carries for us; it wants it not const. */
struct carried {
    const struct least_squares *problem;
};

static int gsl_residuals(const gsl_vector *b, void *params, gsl_vector *f)
{
    const struct least_squares *p = ((struct carried *)params)->problem;
    bool possible = residuals(p, b->data, f->data);
    for (size_t i = 0; i < p->n; i++)
        f->data[i] = possible ? -f->data[i] : IMPOSSIBLE;
    return GSL_SUCCESS;
}

static int gsl_jacobian(const gsl_vector *b, void *params, gsl_matrix *j)
{
    const struct least_squares *p = ((struct carried *)params)->problem;
    weighted_jacobian(p, b->data, j->data);
    for (size_t i = 0; i < p->n * p->n_params; i++)
        if (!isfinite(j->data[i]))
            return GSL_EDOM;
    return GSL_SUCCESS;
}

/* Ways down, in the order tried, each from the given start: one may leap into a
   flat region that another enters with care. */
struct method {
    const gsl_multifit_nlinear_trs *const *region;
    const gsl_multifit_nlinear_scale *const *scale;
};

static const struct method methods[] = {
    {&gsl_multifit_nlinear_trs_lm, &gsl_multifit_nlinear_scale_more},
    {&gsl_multifit_nlinear_trs_lmaccel, &gsl_multifit_nlinear_scale_more},
    {&gsl_multifit_nlinear_trs_dogleg, &gsl_multifit_nlinear_scale_more},
    {&gsl_multifit_nlinear_trs_lm, &gsl_multifit_nlinear_scale_levenberg},
};

/* Has a parameter left its start for zero or infinity? */
static bool far_from(const double start[], const gsl_vector *b)
{
    for (size_t j = 0; j < b->size; j++) {
        double from = fabs(start[j]), now = fabs(gsl_vector_get(b, j));
        if (from > 0 && (now > FAR * from || now < from / FAR))
            return true;
    }
    return false;
}

/* As gsl_multifit_nlinear_driver(), but it ends as well where the search has gone far and for
   FLAT_STEPS steps in a row the squares have hardly fallen: the minimum is at infinity. */
static int drive(const double start[], gsl_multifit_nlinear_workspace *w)
{
    int status = GSL_CONTINUE, info;
    double here = gsl_blas_dnrm2(gsl_multifit_nlinear_residual(w));
    for (size_t i = 0, flat = 0; status == GSL_CONTINUE; i++) {
        if (i == MAX_ITER || flat == FLAT_STEPS)
            return GSL_EMAXITER;
        if (gsl_multifit_nlinear_iterate(w) == GSL_ENOPROG && i == 0)
            return GSL_EMAXITER;
        double there = gsl_blas_dnrm2(gsl_multifit_nlinear_residual(w));
        bool falls = there < here * (1 - FLAT);
        flat = falls || !far_from(start, gsl_multifit_nlinear_position(w)) ? 0 : flat + 1;
        here = there;
        status = gsl_multifit_nlinear_test(1e-13, 0, 0, &info, w);
    }
    return status;
}

/* Improves b as far as this method goes; true unless the iterations ran out. */
static bool trust_region(const struct least_squares *p, const struct method *method, double b[],
                         size_t *n_iter)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    how.trs = *method->region;
    how.scale = *method->scale;
    gsl_multifit_nlinear_workspace *w =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, p->n, p->n_params);
    if (!w)
        return true;
    struct carried carried = {p};
    gsl_multifit_nlinear_fdf fdf = {
        .f = gsl_residuals, .df = gsl_jacobian, .n = p->n, .p = p->n_params, .params = &carried};
    gsl_vector_view start = gsl_vector_view_array(b, p->n_params);
    int status = gsl_multifit_nlinear_init(&start.vector, &fdf, w);
    if (status == GSL_SUCCESS) {
        status = drive(b, w);
        *n_iter += gsl_multifit_nlinear_niter(w);
        gsl_vector_memcpy(&start.vector, gsl_multifit_nlinear_position(w));
    }
    gsl_multifit_nlinear_free(w);
    return status != GSL_EMAXITER;
}

/* ---- the last digits, by Gauss-Newton ---- */

/* Room for the steps. */
struct room {
    double *r, *j, *gradient, *along, *step, *trial, *best;
    double rounding; /* length of the residuals that rounding alone leaves */
    struct arena *scratch;
};

/* Length of the residuals that rounding alone leaves. */
static double rounding(const struct least_squares *p)
{
    double total = 0;
    for (size_t i = 0; i < p->n; i++) {
        double unit = 8 * DBL_EPSILON * root_weight(p, i) * p->y[i];
        total += unit * unit;
    }
    return sqrt(total);
}

static struct room room_for(const struct least_squares *p, struct arena *scratch)
{
    return (struct room){.r = ARENA_NEW(scratch, double, p->n),
                         .j = ARENA_NEW(scratch, double, p->n * p->n_params),
                         .gradient = ARENA_NEW(scratch, double, p->n_params),
                         .along = ARENA_NEW(scratch, double, p->n_params),
                         .step = ARENA_NEW(scratch, double, p->n_params),
                         .trial = ARENA_NEW(scratch, double, p->n_params),
                         .best = ARENA_NEW(scratch, double, p->n_params),
                         .rounding = rounding(p),
                         .scratch = scratch};
}

/* J'r with products and sums compensated (Ogita, Rump & Oishi 2005, SIAM J. Sci.
   Comput. 26, 1955-1988): near the minimum it is what is left of long sums. */
static void gradient_of(const struct least_squares *p, const double j[], const double r[],
                        double gradient[], struct arena *scratch)
{
    struct sum *total = ARENA_NEW(scratch, struct sum, p->n_params);
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->n_params; k++) {
            double term = j[i * p->n_params + k] * r[i];
            sum_add(&total[k], term);
            total[k].low += fma(j[i * p->n_params + k], r[i], -term);
        }
    for (size_t k = 0; k < p->n_params; k++)
        gradient[k] = sum_value(&total[k]);
}

/* The Gauss-Newton step at b, whose residuals stand in the room, and the relative offset there: the
   length of the residuals in the tangent plane over that orthogonal to it, each per degree of
   freedom.  False if the Jacobian is singular. */
static bool tangent(const struct least_squares *p, const double b[], double deviance,
                    struct room *room, double *offset)
{
    struct qr qr;
    weighted_jacobian(p, b, room->j);
    gradient_of(p, room->j, room->r, room->gradient, room->scratch);
    if (!isfinite(deviance) || !qr_triangle(room->j, p->n, p->n_params, &qr, room->scratch))
        return false;
    qr_project(&qr, room->gradient, room->along);
    qr_coefficients(&qr, room->along, room->step);
    double along = 0;
    for (size_t k = 0; k < p->n_params; k++)
        along += room->along[k] * room->along[k];
    *offset = sqrt(along) <= 4 * room->rounding
                  ? 0
                  : sqrt(along / (double)p->n_params) / sqrt(fmax(deviance - along, 0) / p->df);
    return true;
}

/* b plus the step or a part of it, the first that does not raise the deviance by
   more than rounding can; its residuals are left in the room. */
static bool advance(const struct least_squares *p, double b[], double *deviance, struct room *room)
{
    double most = *deviance * (1 + 1e-13) + 2 * sqrt(*deviance) * room->rounding;
    for (double part = 1; part > 1e-4; part /= 2) {
        for (size_t k = 0; k < p->n_params; k++)
            room->trial[k] = b[k] + part * room->step[k];
        double there = residuals(p, room->trial, room->r) ? deviance_of(p, room->r) : INFINITY;
        if (there <= most) {
            *deviance = there;
            memcpy(b, room->trial, p->n_params * sizeof *b);
            return true;
        }
    }
    return false;
}

enum fit_status least_squares_polish(const struct least_squares *p, double b[], size_t *n_iter,
                                     struct arena *scratch)
{
    struct room room = room_for(p, scratch);
    double lowest = INFINITY, offset;
    double deviance = residuals(p, b, room.r) ? deviance_of(p, room.r) : INFINITY;
    for (size_t i = 0, stalled = 0; i < MAX_POLISH && stalled < 3; i++) {
        if (!tangent(p, b, deviance, &room, &offset)) {
            if (isinf(lowest))
                return FIT_SINGULAR;
            break;
        }
        stalled = offset < 0.9 * lowest ? 0 : stalled + 1;
        if (offset < lowest) {
            lowest = offset;
            memcpy(room.best, b, p->n_params * sizeof *b);
        }
        *n_iter += i > 0;
        if (lowest < 1e-14 || !advance(p, b, &deviance, &room))
            break;
    }
    memcpy(b, room.best, p->n_params * sizeof *b);
    return lowest < CONVERGED ? FIT_CONVERGED : FIT_NO_PROGRESS;
}

/* Ends that are worth another method: a lower deviance, or convergence. */
struct end {
    enum fit_status status;
    double deviance;
    double *b;
};

static void keep_better(struct end *best, const struct end *other, size_t n_params)
{
    if (other->status != FIT_CONVERGED && best->deviance <= other->deviance)
        return;
    best->status = other->status;
    best->deviance = other->deviance;
    memcpy(best->b, other->b, n_params * sizeof *best->b);
}

enum fit_status least_squares_solve(const struct least_squares *p, double b[], size_t *n_iter,
                                    struct arena *scratch)
{
    struct end best = {FIT_NO_START, INFINITY, ARENA_NEW(scratch, double, p->n_params)};
    struct end end = {FIT_NO_START, INFINITY, ARENA_NEW(scratch, double, p->n_params)};
    *n_iter = 0;
    if (!isfinite(least_squares_deviance(p, b, scratch)))
        return FIT_NO_START;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        memcpy(end.b, b, p->n_params * sizeof *b);
        bool stopped = trust_region(p, &methods[i], end.b, n_iter);
        end.status = least_squares_polish(p, end.b, n_iter, scratch);
        if (end.status == FIT_NO_PROGRESS && !stopped)
            end.status = FIT_MAX_ITER;
        end.deviance = least_squares_deviance(p, end.b, scratch);
        keep_better(&best, &end, p->n_params);
        if (best.status == FIT_CONVERGED)
            break;
    }
    if (isfinite(best.deviance))
        memcpy(b, best.b, p->n_params * sizeof *b);
    return best.status;
}

bool least_squares_inverse(const struct least_squares *p, const double b[], double inverse[],
                           struct arena *scratch)
{
    struct qr qr;
    double *j = weighted_jacobian(p, b, ARENA_NEW(scratch, double, p->n * p->n_params));
    if (!qr_triangle(j, p->n, p->n_params, &qr, scratch))
        return false;
    qr_inverse(&qr, inverse, scratch);
    return true;
}

void sandwich_of(const double *bread, const double *meat, size_t k, double *vcov,
                 struct arena *scratch)
{
    double *left = ARENA_NEW(scratch, double, k *k);
    for (size_t j = 0; j < k * k; j++)
        for (size_t m = 0; m < k; m++)
            left[j] += bread[j / k * k + m] * meat[m * k + j % k];
    for (size_t j = 0; j < k * k; j++) {
        vcov[j] = 0;
        for (size_t m = 0; m < k; m++)
            vcov[j] += left[j / k * k + m] * bread[m * k + j % k];
    }
}
