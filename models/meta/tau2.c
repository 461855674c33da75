/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

#include "models/base/sum.h"

double effects_df(const struct effects *e, const struct design *d)
{
    return (double)e->k - (d ? (double)d->p : 1);
}

/* sum w r^2 and sum w^2 r^2 from the residuals r sqrt(w) of a design, and its trace. */
static struct weighing weigh_design(const struct effects *e, const struct design *d, double tau2)
{
    struct sum w = {0}, trace = {0}, q = {0}, w2r2 = {0};
    /* The rank of a design does not depend on the weights: it is looked at once, before. */
    if (!design_fit(d, e->y, e->v, tau2))
        return (struct weighing){NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < e->k; i++) {
        double weight = 1 / (e->v[i] + tau2), square = d->rest[i] * d->rest[i];
        sum_add(&w, weight);
        sum_add(&trace, weight * (1 - design_leverage(d, i)));
        sum_add(&q, square);
        sum_add(&w2r2, weight * square);
    }
    return (struct weighing){.mean = NAN,
                             .w = sum_value(&w),
                             .trace = sum_value(&trace),
                             .q = sum_value(&q),
                             .w2r2 = sum_value(&w2r2),
                             .log_information = design_log_information(d)};
}

static struct weighing weigh_mean(const struct effects *e, double tau2)
{
    struct sum w = {0}, w2 = {0}, wy = {0}, q = {0}, w2r2 = {0};
    double origin = e->y[0]; /* differences from it keep the digits of effects that are close */
    for (size_t i = 0; i < e->k; i++) {
        double weight = 1 / (e->v[i] + tau2);
        sum_add(&w, weight);
        sum_add(&w2, weight * weight);
        sum_add(&wy, weight * (e->y[i] - origin));
    }
    double shift = sum_value(&wy) / sum_value(&w);
    for (size_t i = 0; i < e->k; i++) {
        double weight = 1 / (e->v[i] + tau2), r = e->y[i] - origin - shift;
        sum_add(&q, weight * r * r);
        sum_add(&w2r2, weight * r * weight * r);
    }
    return (struct weighing){.mean = origin + shift,
                             .w = sum_value(&w),
                             .trace = sum_value(&w) - sum_value(&w2) / sum_value(&w),
                             .q = sum_value(&q),
                             .w2r2 = sum_value(&w2r2),
                             .log_information = log(sum_value(&w))};
}

struct weighing weigh(const struct effects *e, const struct design *d, double tau2)
{
    return d ? weigh_design(e, d, tau2) : weigh_mean(e, tau2);
}

double effects_squares(const struct effects *e)
{
    double m = mean(e->y, NULL, e->k);
    return cross_product(e->y, m, e->y, m, NULL, e->k);
}

/* A function of tau2 that is positive left of the wanted root and negative right of it. */
struct crossing {
    const struct effects *e;
    const struct design *d;
    double target;
    double (*height)(const struct crossing *c, double tau2);
};

/* Bisection to neighbouring doubles. */
static double bisect(const struct crossing *c, double low, double high)
{
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return middle;
        if (c->height(c, middle) > 0)
            low = middle;
        else
            high = middle;
    }
}

static double height_at(double tau2, void *crossing)
{
    const struct crossing *c = crossing;
    return c->height(c, tau2);
}

/* Brent's method until the bracket is a few units in the last place wide: no stop rule in
   the units of the data.  What it cannot finish is bisected. */
static double root(struct crossing *c, double low, double high)
{
    enum { MOST = 100 };
    gsl_function f = {height_at, c};
    gsl_root_fsolver *s = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    bool searching = s && gsl_root_fsolver_set(s, &f, low, high) == GSL_SUCCESS;
    bool found = false;
    double at = low;
    for (int i = 0; i < MOST && searching && !found; i++) {
        searching = gsl_root_fsolver_iterate(s) == GSL_SUCCESS;
        low = gsl_root_fsolver_x_lower(s);
        high = gsl_root_fsolver_x_upper(s);
        at = gsl_root_fsolver_root(s);
        found = high - low <= 4 * DBL_EPSILON * high;
    }
    gsl_root_fsolver_free(s);
    return found ? at : bisect(c, low, high);
}

static double q_above_target(const struct crossing *c, double tau2)
{
    return weigh(c->e, c->d, tau2).q - c->target;
}

double generalised_q_root(const struct effects *e, const struct design *d, double target)
{
    assert(target > 0);
    struct crossing c = {e, d, target, q_above_target};
    if (q_above_target(&c, 0) <= 0)
        return 0;
    /* Q(tau2) <= sum (y - ybar)^2 / tau2 */
    return root(&c, 0, 2 * effects_squares(e) / target);
}

/* Twice the derivative of the log-likelihood by tau2 (Viechtbauer 2005, J. Educ.
   Behav. Stat. 30, 261-293). */
static double score(const struct crossing *c, double tau2)
{
    struct weighing w = weigh(c->e, c->d, tau2);
    return w.w2r2 - w.w;
}

static double restricted_score(const struct crossing *c, double tau2)
{
    struct weighing w = weigh(c->e, c->d, tau2);
    return w.w2r2 - w.trace;
}

/* sum w and sum w (y - mean)^2 by plain sums, which are enough to tell where on a grid
   the likelihood is highest. */
static double plain_q(const struct effects *e, double tau2, double *weights)
{
    double w = 0, wy = 0, q = 0, origin = e->y[0];
    for (size_t i = 0; i < e->k; i++) {
        double weight = 1 / (e->v[i] + tau2);
        w += weight;
        wy += weight * (e->y[i] - origin);
    }
    for (size_t i = 0; i < e->k; i++) {
        double r = e->y[i] - origin - wy / w;
        q += r * r / (e->v[i] + tau2);
    }
    *weights = w;
    return q;
}

/* Without its constant. */
static double log_likelihood(const struct crossing *c, bool restricted, double tau2)
{
    double logs = 0, q, information;
    for (size_t i = 0; i < c->e->k; i++)
        logs += log(c->e->v[i] + tau2);
    if (c->d) {
        struct weighing w = weigh(c->e, c->d, tau2);
        q = w.q;
        information = w.log_information;
    } else {
        q = plain_q(c->e, tau2, &information);
        information = log(information);
    }
    return -(logs + q + (restricted ? information : 0)) / 2;
}

double likelihood_maximum(const struct effects *e, const struct design *d, bool restricted)
{
    enum { STEPS = 96 };
    struct crossing c = {e, d, 0, restricted ? restricted_score : score};
    double least = e->v[0], top = 10 * effects_squares(e);
    for (size_t i = 1; i < e->k; i++)
        least = fmin(least, e->v[i]);
    double bottom = fmin(least, top) * 1e-4;
    /* 0 and a geometric grid, because the likelihood may have two maxima */
    double best = 0, highest = log_likelihood(&c, restricted, 0);
    double below = 0, above = bottom, previous = 0;
    bool next_is_above = false;
    for (int i = 0; i <= STEPS && top > 0; i++) {
        double tau2 = bottom * pow(top / bottom, (double)i / STEPS);
        double here = log_likelihood(&c, restricted, tau2);
        if (next_is_above)
            above = tau2;
        next_is_above = here > highest;
        if (next_is_above) {
            highest = here;
            best = tau2;
            below = previous;
            above = tau2;
        }
        previous = tau2;
    }
    if (best == 0 && c.height(&c, 0) <= 0)
        return 0;
    return root(&c, below, above);
}
