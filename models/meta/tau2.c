/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

#include <assert.h>
#include <math.h>

#include "models/base/sum.h"

struct weighing weigh(const struct effects *e, double tau2)
{
    struct sum w = {0}, w2 = {0}, wy = {0}, q = {0}, w2r2 = {0}, log_var = {0};
    double origin = e->y[0]; /* differences from it keep the digits of effects that are close */
    for (size_t i = 0; i < e->k; i++) {
        double weight = 1 / (e->v[i] + tau2);
        sum_add(&w, weight);
        sum_add(&w2, weight * weight);
        sum_add(&wy, weight * (e->y[i] - origin));
        sum_add(&log_var, log(e->v[i] + tau2));
    }
    double shift = sum_value(&wy) / sum_value(&w);
    for (size_t i = 0; i < e->k; i++) {
        double weight = 1 / (e->v[i] + tau2), r = e->y[i] - origin - shift;
        sum_add(&q, weight * r * r);
        sum_add(&w2r2, weight * r * weight * r);
    }
    return (struct weighing){.mean = origin + shift,
                             .w = sum_value(&w),
                             .w2 = sum_value(&w2),
                             .q = sum_value(&q),
                             .w2r2 = sum_value(&w2r2),
                             .log_likelihood = -(sum_value(&log_var) + sum_value(&q)) / 2};
}

double effects_mean(const struct effects *e)
{
    return mean(e->y, NULL, e->k);
}

double effects_squares(const struct effects *e)
{
    double m = effects_mean(e);
    return cross_product(e->y, m, e->y, m, NULL, e->k);
}

/* A function of tau2 that is positive left of the wanted root and negative right of it. */
struct crossing {
    const struct effects *e;
    double target;
    double (*height)(const struct crossing *c, double tau2);
};

/* Bisection to neighbouring doubles: about a hundred sums over k terms, and no
   stop rule in the units of the data. */
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

static double q_above_target(const struct crossing *c, double tau2)
{
    return weigh(c->e, tau2).q - c->target;
}

double generalised_q_root(const struct effects *e, double target)
{
    assert(target > 0);
    struct crossing c = {e, target, q_above_target};
    if (q_above_target(&c, 0) <= 0)
        return 0;
    /* Q(tau2) <= sum (y - ybar)^2 / tau2 */
    return bisect(&c, 0, 2 * effects_squares(e) / target);
}

/* Twice the derivative of the log-likelihood by tau2 (Viechtbauer 2005, J. Educ.
   Behav. Stat. 30, 261-293). */
static double score(const struct crossing *c, double tau2)
{
    struct weighing w = weigh(c->e, tau2);
    return w.w2r2 - w.w;
}

static double restricted_score(const struct crossing *c, double tau2)
{
    struct weighing w = weigh(c->e, tau2);
    return w.w2r2 - w.w + w.w2 / w.w;
}

static double log_likelihood(const struct effects *e, bool restricted, double tau2)
{
    struct weighing w = weigh(e, tau2);
    return w.log_likelihood - (restricted ? log(w.w) / 2 : 0);
}

double likelihood_maximum(const struct effects *e, bool restricted)
{
    enum { STEPS = 96 };
    struct crossing c = {e, 0, restricted ? restricted_score : score};
    double least = e->v[0], top = 10 * effects_squares(e);
    for (size_t i = 1; i < e->k; i++)
        least = fmin(least, e->v[i]);
    double bottom = fmin(least, top) * 1e-4;
    /* 0 and a geometric grid, because the likelihood may have two maxima */
    double best = 0, highest = log_likelihood(e, restricted, 0);
    double below = 0, above = bottom, previous = 0;
    bool next_is_above = false;
    for (int i = 0; i <= STEPS && top > 0; i++) {
        double tau2 = bottom * pow(top / bottom, (double)i / STEPS);
        double here = log_likelihood(e, restricted, tau2);
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
    return bisect(&c, below, above);
}
