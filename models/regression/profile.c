/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/regression/profile.h"

#include <math.h>
#include <string.h>

#include "models/base/critical.h"
#include "models/regression/bounded.h"

#define MAX_OUTWARD 60 /* steps to bracket a limit */
#define MAX_INWARD 60  /* steps to close the bracket */
#define FARTHEST 1e6   /* standard errors */
#define CLOSE 1e-11    /* of the distance from the estimate */

/* One side of one parameter. */
struct side {
    const struct regression *r;
    const struct curve_options *options;
    const struct fit *fit;
    size_t parameter;
    double sign, std_error, t;
    double *b;             /* [n_params] the last solution: where the next one starts */
    double *lower, *upper; /* [n_params] of the parameters that are free */
    enum fit_status status;
};

/* The others, nearby: starts with the last solution. */
static double minimise_others(struct side *s, const struct reduced *others, struct arena *scratch)
{
    const struct least_squares *p = &others->problem;
    double *free = ARENA_NEW(scratch, double, p->n_params);
    size_t n_iter = 0;
    for (size_t k = 0; k < p->n_params; k++) {
        size_t j = others->free[k];
        free[k] = s->b[j];
        s->lower[k] = s->options->lower ? s->options->lower[j] : -INFINITY;
        s->upper[k] = s->options->upper ? s->options->upper[j] : INFINITY;
    }
    double *near = arena_copy(scratch, free, p->n_params, sizeof *free);
    s->status = least_squares_polish(p, near, &n_iter, scratch);
    if (s->status == FIT_CONVERGED && within_bounds(near, s->lower, s->upper, p->n_params))
        memcpy(free, near, p->n_params * sizeof *free);
    else
        s->status = least_squares_bounded(p, s->lower, s->upper, free, &n_iter, scratch);
    double deviance = least_squares_deviance(p, free, scratch);
    for (size_t k = 0; isfinite(deviance) && k < p->n_params; k++)
        s->b[others->free[k]] = free[k];
    return deviance;
}

/* The profile t at this distance from the estimate; INFINITY where no fit is possible, NaN
   where the deviance falls below the fit's. */
static double profile_t(struct side *s, double distance)
{
    struct arena *scratch = arena_new();
    const struct fit *fit = s->fit;
    size_t p = fit->n_params;
    bool *fixed = ARENA_NEW(scratch, bool, p);
    double before = s->b[s->parameter];
    fixed[s->parameter] = true;
    s->b[s->parameter] = fit->estimate[s->parameter] + s->sign * distance;
    struct reduced *others = reduced_of(&s->r->problem, fixed, s->b, scratch);
    double deviance = p > 1 ? minimise_others(s, others, scratch)
                            : least_squares_deviance(&s->r->problem, s->b, scratch);
    if (!isfinite(deviance))
        s->b[s->parameter] = before;
    arena_free(scratch);
    double excess = (deviance - fit->deviance) / (fit->sigma * fit->sigma);
    return isnan(deviance) ? INFINITY : excess >= -1e-9 ? sqrt(fmax(excess, 0)) : NAN;
}

/* From a distance within to one beyond, until both are close: Illinois variant of the
   false position (Dowell & Jarratt 1971, BIT 11, 168-174). */
static double close_in(struct side *s, double within, double t_within, double beyond,
                       double t_beyond)
{
    double low = t_within - s->t, high = t_beyond - s->t;
    for (int i = 0; i < MAX_INWARD && beyond - within > CLOSE * beyond; i++) {
        double middle =
            isfinite(high) ? (within * high - beyond * low) / (high - low) : (within + beyond) / 2;
        double at = profile_t(s, middle) - s->t;
        if (isnan(at))
            return NAN;
        if (at == 0 || fabs(at) < 1e-13 * s->t)
            return middle;
        if (at > 0) {
            beyond = middle;
            high = at;
            low /= 2;
        } else {
            within = middle;
            low = at;
            high /= isfinite(high) ? 2 : 1;
        }
    }
    return isfinite(high) ? (within + beyond) / 2 : NAN;
}

/* Farthest that the parameter may go. */
static double room_of(const struct side *s)
{
    double b = s->fit->estimate[s->parameter], room = INFINITY;
    if (s->sign < 0 && s->options->lower)
        room = b - s->options->lower[s->parameter];
    if (s->sign > 0 && s->options->upper)
        room = s->options->upper[s->parameter] - b;
    return fmin(room, FARTHEST * s->std_error);
}

/* The distance at which the profile t is s->t; NaN if there is none. */
static double distance_of(struct side *s)
{
    double within = 0, t_within = 0, room = room_of(s), step = s->t * s->std_error;
    for (int i = 0; i < MAX_OUTWARD; i++) {
        double beyond = fmin(within + step, room), t = profile_t(s, beyond);
        if (isnan(t))
            return NAN;
        if (t >= s->t)
            return close_in(s, within, t_within, beyond, t);
        if (beyond >= room)
            return NAN;
        /* as far again as the slope of the profile so far says, within reason */
        double wanted = (s->t - t) * (beyond - within) / fmax(t - t_within, 1e-3 * s->t);
        step = fmin(fmax(1.05 * wanted, 0.1 * beyond), 2 * beyond);
        within = beyond;
        t_within = t;
    }
    return NAN;
}

/* One limit.  The others start where the tangent plane puts them. */
static double limit_of(const struct regression *r, const struct curve_options *options,
                       const struct fit *fit, size_t j, double sign, double t,
                       struct arena *scratch)
{
    struct side s = {.r = r, .options = options, .fit = fit, .parameter = j, .sign = sign, .t = t};
    s.std_error = fit_std_error(fit, j);
    s.b = arena_copy(scratch, fit->estimate, fit->n_params, sizeof *fit->estimate);
    s.lower = ARENA_NEW(scratch, double, fit->n_params);
    s.upper = ARENA_NEW(scratch, double, fit->n_params);
    double distance = distance_of(&s);
    bool lost = fit->n_params > 1 && s.status != FIT_CONVERGED;
    return lost ? NAN : fit->estimate[j] + sign * distance;
}

void profile_limits(const struct regression *r, const struct curve_options *options,
                    const struct fit *fit, double conf_level, double low[], double high[],
                    struct arena *scratch)
{
    double t = two_sided_t(conf_level, fit->df_residual);
    bool known = fit->status == FIT_CONVERGED && isfinite(fit->deviance) && !r->exact;
    for (size_t j = 0; j < fit->n_params; j++) {
        double half = t * fit_std_error(fit, j);
        low[j] = high[j] = NAN;
        if (!known || !(half > 0))
            continue;
        bool plain = r->linear && !options->lower && !options->upper;
        low[j] = plain ? fit->estimate[j] - half : limit_of(r, options, fit, j, -1, t, scratch);
        high[j] = plain ? fit->estimate[j] + half : limit_of(r, options, fit, j, 1, t, scratch);
    }
}
