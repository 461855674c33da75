/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/pairs.h"

#include <math.h>
#include <stdbool.h>

#include "models/base/order.h"
#include "models/base/sum.h"

struct variable variable_ordered(const double *value, size_t n, struct arena *keep)
{
    uint32_t *order = order_real(value, n, keep), *level = ARENA_NEW(keep, uint32_t, n);
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        at += i > 0 && value[order[i]] != value[order[i - 1]];
        level[order[i]] = at;
    }
    return (struct variable){n, value, order, level, n > 0 ? (size_t)at + 1 : 0};
}

const double *pairs_column(const struct sample *s, const double *column, struct arena *keep)
{
    double *kept = ARENA_NEW(keep, double, s->n);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (!s->w || s->w[i] > 0)
            kept[n++] = column[i];
    return kept;
}

/* Do these positive weights say anything?  Frequencies of one and equal
   sampling weights do not. */
static bool weights_matter(const double *w, size_t n, enum weight_kind kind)
{
    for (size_t i = 0; i < n; i++)
        if (w[i] != (kind == WEIGHT_FREQUENCY ? 1 : w[0]))
            return true;
    return false;
}

/* Multiplies by the power of two that brings the largest |u| into [1/2, 1):
   exact, so that squares neither overflow nor vanish.  False if all are zero. */
static bool scale_to_one(double *u, size_t n)
{
    double largest = 0;
    int exponent;
    for (size_t i = 0; i < n; i++)
        largest = fabs(u[i]) > largest ? fabs(u[i]) : largest;
    if (largest == 0)
        return false;
    frexp(largest, &exponent);
    /* In two factors: 2^1060, for the smallest numbers, is no double. */
    double half = ldexp(1, -exponent / 2), rest = ldexp(1, -exponent - -exponent / 2);
    for (size_t i = 0; i < n; i++)
        u[i] = u[i] * half * rest;
    return true;
}

/* Sampling weights in units of a power of two near their largest: their unit means
   nothing, and ranks under weights of 1e-9 would lose digits. */
static const double *unit_weights(const double *w, size_t n, struct arena *keep)
{
    double *u = arena_copy(keep, w, n, sizeof *w);
    scale_to_one(u, n);
    return u;
}

struct pairs pairs_of(const struct sample *s, struct arena *keep)
{
    struct pairs p = {.size = sample_size(s), .effective = sample_effective_size(s)};
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += !s->w || s->w[i] > 0;
    p.x = variable_ordered(pairs_column(s, s->x, keep), n, keep);
    p.y = variable_ordered(pairs_column(s, s->y, keep), n, keep);
    const double *w = s->w ? pairs_column(s, s->w, keep) : NULL;
    if (w && weights_matter(w, n, s->weight_kind)) {
        p.w = s->weight_kind == WEIGHT_SAMPLING ? unit_weights(w, n, keep) : w;
        p.weight_kind = s->weight_kind;
    } else {
        p.effective = p.size = (double)n;
    }
    return p;
}

double *level_weights(const struct variable *v, const double *w, struct arena *keep)
{
    double *total = ARENA_NEW(keep, double, v->n_levels);
    for (size_t i = 0; i < v->n; i++)
        total[v->level[i]] += w ? w[i] : 1;
    return total;
}

double *variable_ranks(const struct variable *v, const double *w, struct arena *keep)
{
    double *of_level = level_weights(v, w, keep), *rank = ARENA_NEW(keep, double, v->n);
    double below = 0;
    for (size_t l = 0; l < v->n_levels; l++) {
        double here = of_level[l];
        of_level[l] = below + (here + 1) / 2;
        below += here;
    }
    for (size_t i = 0; i < v->n; i++)
        rank[i] = of_level[v->level[i]];
    return rank;
}

static void centre(double *u, const double *w, size_t n)
{
    double m = mean(u, w, n);
    for (size_t i = 0; i < n; i++)
        u[i] -= m;
}

/* Constant data centre to rounding noise, so that they are looked for first. */
bool values_vary(const double *value, const double *w, size_t n)
{
    const double *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (w && !(w[i] > 0))
            continue;
        if (!first)
            first = &value[i];
        else if (value[i] != *first)
            return true;
    }
    return false;
}

double *unit_deviations(const double *value, const double *w, size_t n, struct arena *keep)
{
    if (!values_vary(value, w, n))
        return NULL;
    double *u = arena_copy(keep, value, n, sizeof *value);
    scale_to_one(u, n);
    centre(u, w, n);
    if (!scale_to_one(u, n))
        return NULL;
    centre(u, w, n);
    double norm = sqrt(cross_product(u, 0, u, 0, w, n));
    for (size_t i = 0; i < n; i++)
        u[i] *= (w ? sqrt(w[i]) : 1) / norm;
    return u;
}

double unit_correlation(const double *u, const double *v, size_t n)
{
    struct sum distance = {0};
    double r = cross_product(u, 0, v, 0, NULL, n), sign = r < 0 ? -1 : 1;
    if (fabs(r) < 0.5)
        return r;
    for (size_t i = 0; i < n; i++)
        sum_add(&distance, (u[i] - sign * v[i]) * (u[i] - sign * v[i]));
    return sign * (1 - sum_value(&distance) / 2);
}

double quick_correlation(const double *u, const double *v, const double *w, size_t n)
{
    double sw = 0, su = 0, sv = 0, uu = 0, vv = 0, uv = 0;
    if (!values_vary(u, w, n) || !values_vary(v, w, n))
        return NAN;
    for (size_t i = 0; i < n; i++) {
        sw += w[i];
        su += w[i] * u[i];
        sv += w[i] * v[i];
    }
    su /= sw;
    sv /= sw;
    for (size_t i = 0; i < n; i++) {
        double du = u[i] - su, dv = v[i] - sv;
        uu += w[i] * du * du;
        vv += w[i] * dv * dv;
        uv += w[i] * du * dv;
    }
    return fmax(-1, fmin(1, uv / (sqrt(uu) * sqrt(vv))));
}
