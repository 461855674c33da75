/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/bounded.h"

#include <math.h>
#include <string.h>

#include "models/regression/qr.h"

#define MAX_ROUNDS 30 /* changes of the set of free parameters */
#define MAX_STEPS 300 /* within a round */

/* ---- fewer parameters ---- */

struct reduction {
    const struct least_squares *full;
    size_t n_free;
    const size_t *free;
    double *b;    /* [full->n_params] */
    double *wide; /* the full jacobian */
};

static void put_free(const struct reduction *r, const double b[])
{
    for (size_t k = 0; k < r->n_free; k++)
        r->b[r->free[k]] = b[k];
}

static void reduced_mean(const void *context, const double b[], double mean[])
{
    const struct reduction *r = context;
    put_free(r, b);
    r->full->mean(r->full->context, r->b, mean);
}

static void reduced_jacobian(const void *context, const double b[], double jacobian[])
{
    const struct reduction *r = context;
    put_free(r, b);
    r->full->jacobian(r->full->context, r->b, r->wide);
    for (size_t i = 0; i < r->full->n; i++)
        for (size_t k = 0; k < r->n_free; k++)
            jacobian[i * r->n_free + k] = r->wide[i * r->full->n_params + r->free[k]];
}

struct reduced *reduced_of(const struct least_squares *p, const bool fixed[], const double b[],
                           struct arena *keep)
{
    struct reduced *out = ARENA_NEW(keep, struct reduced, 1);
    struct reduction *r = ARENA_NEW(keep, struct reduction, 1);
    out->free = ARENA_NEW(keep, size_t, p->n_params);
    out->problem = *p;
    *r = (struct reduction){.full = p,
                            .free = out->free,
                            .b = arena_copy(keep, b, p->n_params, sizeof *b),
                            .wide = ARENA_NEW(keep, double, p->n * p->n_params)};
    for (size_t j = 0; j < p->n_params; j++)
        if (!fixed[j])
            out->free[r->n_free++] = j;
    out->problem.n_params = r->n_free;
    out->problem.mean = reduced_mean;
    out->problem.jacobian = reduced_jacobian;
    out->problem.design = NULL;
    out->problem.context = r;
    return out;
}

/* ---- bounds ---- */

static double low_of(const double lower[], size_t j)
{
    return lower ? lower[j] : -INFINITY;
}

static double high_of(const double upper[], size_t j)
{
    return upper ? upper[j] : INFINITY;
}

bool within_bounds(const double b[], const double lower[], const double upper[], size_t n)
{
    for (size_t j = 0; j < n; j++)
        if (!(b[j] >= low_of(lower, j) && b[j] <= high_of(upper, j)))
            return false;
    return true;
}

bool at_bounds(const double b[], const double lower[], const double upper[], size_t n, bool fixed[])
{
    bool any = false;
    for (size_t j = 0; j < n; j++) {
        fixed[j] = b[j] <= low_of(lower, j) || b[j] >= high_of(upper, j);
        any = any || fixed[j];
    }
    return any;
}

/* ---- the search ---- */

struct search {
    const struct least_squares *p;
    const double *lower, *upper;
    double *r, *j, *slope; /* residuals, jacobian, J'r: where the deviance falls */
    double *length;        /* [n_params] longest columns so far (More 1978) */
    bool *fixed;
    struct arena *scratch;
};

static double clamp(const struct search *s, size_t j, double b)
{
    return fmin(fmax(b, low_of(s->lower, j)), high_of(s->upper, j));
}

/* Residuals and derivatives at b, weighted; false where they are not finite. */
static bool look(struct search *s, const double b[])
{
    const struct least_squares *p = s->p;
    bool finite = true;
    p->mean(p->context, b, s->r);
    p->jacobian(p->context, b, s->j);
    memset(s->slope, 0, p->n_params * sizeof *s->slope);
    for (size_t i = 0; i < p->n; i++) {
        double w = p->w ? sqrt(p->w[i]) : 1;
        s->r[i] = w * (p->y[i] - s->r[i]);
        for (size_t k = 0; k < p->n_params; k++) {
            double g = s->j[i * p->n_params + k] *= w;
            s->slope[k] += g * s->r[i];
            finite = finite && isfinite(g);
        }
    }
    for (size_t k = 0; k < p->n_params; k++) {
        double length = 0;
        for (size_t i = 0; i < p->n; i++)
            length = hypot(length, s->j[i * p->n_params + k]);
        s->length[k] = fmax(s->length[k], length);
    }
    return finite;
}

/* Those at a bound that the deviance would fall beyond. */
static size_t hold(struct search *s, const double b[])
{
    size_t n_free = 0;
    for (size_t j = 0; j < s->p->n_params; j++) {
        double low = low_of(s->lower, j), high = high_of(s->upper, j);
        s->fixed[j] =
            low == high || (b[j] <= low && s->slope[j] <= 0) || (b[j] >= high && s->slope[j] >= 0);
        n_free += !s->fixed[j];
    }
    return n_free;
}

/* The damped step of the free parameters: least squares of r on J and, below it,
   sqrt(damping) * length on the diagonal. */
static bool damped_step(struct search *s, size_t n_free, double damping, double step[],
                        struct arena *scratch)
{
    size_t n = s->p->n, p = s->p->n_params;
    double *a = ARENA_NEW(scratch, double, (n + n_free) * n_free);
    double *y = ARENA_NEW(scratch, double, n + n_free);
    struct qr qr;
    for (size_t j = 0, k = 0; j < p; j++) {
        if (s->fixed[j])
            continue;
        for (size_t i = 0; i < n; i++)
            a[i * n_free + k] = s->j[i * p + j];
        a[(n + k) * n_free + k] = sqrt(damping) * s->length[j];
        k++;
    }
    memcpy(y, s->r, n * sizeof *y);
    if (!qr_of(a, n + n_free, n_free, &qr, scratch))
        return false;
    qr_rotate(&qr, y);
    qr_coefficients(&qr, y, step);
    return true;
}

/* A damped, projected step from b; its deviance, INFINITY if there is none. */
static double try_step(struct search *s, const double b[], size_t n_free, double damping,
                       double trial[], struct arena *scratch)
{
    size_t p = s->p->n_params;
    double *step = ARENA_NEW(scratch, double, p);
    if (!damped_step(s, n_free, damping, step, scratch))
        return INFINITY;
    for (size_t j = 0, k = 0; j < p; j++)
        trial[j] = s->fixed[j] ? b[j] : clamp(s, j, b[j] + step[k++]);
    return least_squares_deviance(s->p, trial, scratch);
}

/* Projected steps from b until the deviance hardly falls. */
static void descend(struct search *s, double b[], size_t *n_iter)
{
    struct arena *scratch = arena_new();
    size_t p = s->p->n_params;
    double *trial = ARENA_NEW(s->scratch, double, p), damping = 1e-3;
    double here = least_squares_deviance(s->p, b, scratch), gain = INFINITY;
    for (size_t i = 0; i < MAX_STEPS && gain >= 1e-12 * here && look(s, b) && damping < 1e20; i++) {
        size_t n_free = hold(s, b);
        if (n_free == 0)
            break;
        arena_reset(scratch);
        double there = try_step(s, b, n_free, damping, trial, scratch);
        ++*n_iter;
        if (there < here) {
            gain = here - there;
            here = there;
            memcpy(b, trial, p * sizeof *b);
            damping = fmax(damping / 10, 1e-12);
        } else {
            damping *= 8;
        }
    }
    arena_free(scratch);
}

/* The free parameters to the last digit; those that leave their bounds are put
   on them.  True if none did. */
static bool settle(struct search *s, double b[], enum fit_status *status, size_t *n_iter)
{
    struct reduced *r = reduced_of(s->p, s->fixed, b, s->scratch);
    size_t n_free = r->problem.n_params, n = 0;
    double *free = ARENA_NEW(s->scratch, double, n_free);
    bool inside = true;
    *status = FIT_CONVERGED;
    if (n_free == 0)
        return true;
    for (size_t k = 0; k < n_free; k++)
        free[k] = b[r->free[k]];
    *status = least_squares_solve(&r->problem, free, &n, s->scratch);
    *n_iter += n;
    if (*status != FIT_CONVERGED)
        return true;
    for (size_t k = 0; k < n_free; k++) {
        b[r->free[k]] = clamp(s, r->free[k], free[k]);
        inside = inside && b[r->free[k]] == free[k];
    }
    return inside;
}

/* Would any held parameter lower the deviance by leaving its bound? */
static bool wants_to_leave(struct search *s, const double b[])
{
    bool *held = arena_copy(s->scratch, s->fixed, s->p->n_params, sizeof *held);
    double length = 0;
    look(s, b);
    hold(s, b);
    for (size_t i = 0; i < s->p->n; i++)
        length = hypot(length, s->r[i]);
    for (size_t j = 0; j < s->p->n_params; j++)
        if (held[j] && !s->fixed[j] && fabs(s->slope[j]) > 1e-9 * length * s->length[j])
            return true;
    return false;
}

enum fit_status least_squares_bounded(const struct least_squares *p, const double lower[],
                                      const double upper[], double b[], size_t *n_iter,
                                      struct arena *scratch)
{
    double *free = arena_copy(scratch, b, p->n_params, sizeof *b);
    enum fit_status status = least_squares_solve(p, free, n_iter, scratch);
    if (status == FIT_CONVERGED && within_bounds(free, lower, upper, p->n_params)) {
        memcpy(b, free, p->n_params * sizeof *b);
        return status;
    }
    struct search s = {p,
                       lower,
                       upper,
                       ARENA_NEW(scratch, double, p->n),
                       ARENA_NEW(scratch, double, p->n * p->n_params),
                       ARENA_NEW(scratch, double, p->n_params),
                       ARENA_NEW(scratch, double, p->n_params),
                       ARENA_NEW(scratch, bool, p->n_params),
                       scratch};
    for (size_t j = 0; j < p->n_params; j++)
        b[j] = clamp(&s, j, b[j]);
    if (!isfinite(least_squares_deviance(p, b, scratch)))
        return FIT_NO_START;
    for (size_t round = 0; round < MAX_ROUNDS; round++) {
        descend(&s, b, n_iter);
        look(&s, b);
        hold(&s, b);
        if (settle(&s, b, &status, n_iter) && !wants_to_leave(&s, b))
            return status;
    }
    return FIT_NO_PROGRESS;
}

enum fit_status least_squares_near(const struct least_squares *p, const double lower[],
                                   const double upper[], double b[], size_t *n_iter,
                                   struct arena *scratch)
{
    double *near = arena_copy(scratch, b, p->n_params, sizeof *b);
    *n_iter = 0;
    if (least_squares_polish(p, near, n_iter, scratch) != FIT_CONVERGED ||
        !within_bounds(near, lower, upper, p->n_params))
        return least_squares_bounded(p, lower, upper, b, n_iter, scratch);
    memcpy(b, near, p->n_params * sizeof *b);
    return FIT_CONVERGED;
}
