/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/shape_evidence.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/curve/predict.h"
#include "models/regression/qr.h"

/* The linear combination sum c_j y_j with its interval. */
static struct limits contrast(const struct on_scale *o, const double *c, double q)
{
    double estimate = 0, variance = 0;
    for (size_t j = 0; j < o->n; j++) {
        estimate += c[j] * o->y[j];
        variance += c[j] * c[j] * o->v[j];
    }
    return (struct limits){estimate, estimate - q * sqrt(variance), estimate + q * sqrt(variance)};
}

/* ---- (ii) ---- */

/* How the weighted cubic (parabola for three points) in t = (x - middle) / half the
   range depends on the means: coefficient k is sum_j of map[k * n + j] y_j. */
static double *cubic_map(const struct on_scale *o, double middle, double half, size_t *n_terms,
                         struct arena *scratch)
{
    size_t k = *n_terms = o->n > 3 ? 4 : 3, n = o->n;
    double *a = ARENA_NEW(scratch, double, n *k), *map = ARENA_NEW(scratch, double, 4 * n);
    double *unit = ARENA_NEW(scratch, double, n), b[4];
    struct qr qr;
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < k; i++)
            a[j * k + i] = sqrt(o->weight[j]) * pow((o->x[j] - middle) / half, (double)i);
    if (!qr_of(a, n, k, &qr, scratch))
        return NULL;
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < n; i++)
            unit[i] = i == j ? sqrt(o->weight[j]) : 0;
        qr_rotate(&qr, unit);
        qr_coefficients(&qr, unit, b);
        for (size_t i = 0; i < k; i++)
            map[i * n + j] = b[i];
    }
    return map;
}

void shape_curvature(const struct on_scale *o, double conf_level, struct shape *out,
                     struct arena *scratch)
{
    double low = o->x[0], high = o->x[o->n - 1], half = (high - low) / 2;
    double q = two_sided_t(conf_level, o->df), *c = ARENA_NEW(scratch, double, o->n);
    struct limits *const bend[] = {&out->bend_lower, &out->second_difference, &out->bend_upper};
    size_t n_terms;
    const double *map = cubic_map(o, low + half, half, &n_terms, scratch);
    for (int t = -1; t <= 1; t++) {
        for (size_t j = 0; map && j < o->n; j++)
            c[j] = (2 * map[2 * o->n + j] + 6 * t * map[3 * o->n + j]) / (half * half);
        *bend[t + 1] = map ? contrast(o, c, q) : (struct limits){NAN, NAN, NAN};
    }
}

/* ---- (iii) ---- */

/* The slope of the weighted line through points from..to - 1 as a contrast. */
static void slope_contrast(const struct on_scale *o, size_t from, size_t to, double *c)
{
    double sw = 0, mx = 0, xx = 0;
    for (size_t j = from; j < to; j++) {
        sw += o->weight[j];
        mx += o->weight[j] * o->x[j];
    }
    mx /= sw;
    for (size_t j = from; j < to; j++)
        xx += o->weight[j] * (o->x[j] - mx) * (o->x[j] - mx);
    for (size_t j = from; j < to; j++)
        c[j] = o->weight[j] * (o->x[j] - mx) / xx;
}

/* Wald test of equal slopes, first less second. */
static void compare_slopes(const struct on_scale *o, const double *first, const double *second,
                           double *statistic, double *p_value, struct arena *scratch)
{
    double *gap = ARENA_NEW(scratch, double, o->n);
    for (size_t j = 0; j < o->n; j++)
        gap[j] = first[j] - second[j];
    struct limits difference = contrast(o, gap, 1);
    double z = difference.estimate / (difference.high - difference.estimate);
    *statistic = z;
    *p_value = 2 * (isinf(o->df) ? gsl_cdf_ugaussian_Q(fabs(z)) : gsl_cdf_tdist_Q(fabs(z), o->df));
}

void shape_slopes(const struct on_scale *o, double conf_level, struct shape *out,
                  struct arena *scratch)
{
    double *lower = ARENA_NEW(scratch, double, o->n), *upper = ARENA_NEW(scratch, double, o->n);
    double *middle = ARENA_NEW(scratch, double, o->n);
    double third = (o->x[o->n - 1] - o->x[0]) / 3 * (1 + 1e-9), q = two_sided_t(conf_level, o->df);
    size_t end = 2, begin = o->n - 2;
    while (end < o->n && o->x[end] <= o->x[0] + third)
        end++;
    while (begin > 0 && o->x[begin - 1] >= o->x[o->n - 1] - third)
        begin--;
    slope_contrast(o, 0, end, lower);
    slope_contrast(o, begin, o->n, upper);
    out->slope_lower = contrast(o, lower, q);
    out->slope_upper = contrast(o, upper, q);
    compare_slopes(o, upper, lower, &out->slope_statistic, &out->slope_p_value, scratch);
    out->slope_middle = (struct limits){NAN, NAN, NAN};
    out->middle_lower_statistic = out->middle_lower_p_value = NAN;
    out->middle_upper_statistic = out->middle_upper_p_value = NAN;
    if (begin < end)
        return;
    slope_contrast(o, end - 1, begin + 1, middle);
    out->slope_middle = contrast(o, middle, q);
    compare_slopes(o, middle, lower, &out->middle_lower_statistic, &out->middle_lower_p_value,
                   scratch);
    compare_slopes(o, middle, upper, &out->middle_upper_statistic, &out->middle_upper_p_value,
                   scratch);
}

/* ---- (i) ---- */

#define EXPONENT_MIN 0.05
#define EXPONENT_MAX 20.0
#define EXPONENT_STEPS 60
#define MOST_POINTS 64 /* a predictor of more values is grouped before */

/* Weighted sum of squares about a + b f, and b; f [o->n]. */
static double about_multiple(const struct on_scale *o, const double *f, double *b)
{
    double sw = 0, mf = 0, my = 0, ff = 0, fy = 0, rss = 0;
    for (size_t j = 0; j < o->n; j++) {
        sw += o->weight[j];
        mf += o->weight[j] * f[j];
        my += o->weight[j] * o->y[j];
    }
    mf /= sw;
    my /= sw;
    for (size_t j = 0; j < o->n; j++) {
        ff += o->weight[j] * (f[j] - mf) * (f[j] - mf);
        fy += o->weight[j] * (f[j] - mf) * (o->y[j] - my);
    }
    *b = fy / ff;
    for (size_t j = 0; j < o->n; j++) {
        double r = o->y[j] - my - *b * (f[j] - mf);
        rss += o->weight[j] * r * r;
    }
    return rss;
}

static void powers(const double *x, size_t n, double c, double *f)
{
    double low = x[0], range = x[n - 1] - low;
    for (size_t j = 0; j < n; j++)
        f[j] = pow((x[j] - low) / range, c);
}

/* The same about a + b t^c. */
static double profile(const struct on_scale *o, double c, double *b)
{
    double f[MOST_POINTS];
    assert(o->n <= MOST_POINTS);
    powers(o->x, o->n, c, f);
    return about_multiple(o, f, b);
}

/* The exponents of the grid; the middle one is 1. */
static double exponent_at(int step)
{
    if (step == EXPONENT_STEPS / 2)
        return 1;
    return EXPONENT_MIN * pow(EXPONENT_MAX / EXPONENT_MIN, (double)step / EXPONENT_STEPS);
}

/* Golden section between two exponents around the smallest of the grid (Kiefer 1953). */
static double refine(const struct on_scale *o, double low, double high, double *rss, double *b)
{
    const double golden = (sqrt(5) - 1) / 2;
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double at_left = profile(o, left, b), at_right = profile(o, right, b);
    for (int i = 0; i < 40; i++) {
        if (at_left < at_right) {
            high = right;
            right = left, at_right = at_left;
            left = high - golden * (high - low);
            at_left = profile(o, left, b);
        } else {
            low = left;
            left = right, at_left = at_right;
            right = low + golden * (high - low);
            at_right = profile(o, right, b);
        }
    }
    double c = (low + high) / 2;
    *rss = profile(o, c, b);
    return c;
}

/* Where the profile first exceeds `limit` on the way from c to `end`, by steps and
   bisection; `open` if it does not. */
static double profile_limit(const struct on_scale *o, double c, double end, double limit,
                            double open)
{
    double b, inside = c, ratio = pow(end / c, 1.0 / EXPONENT_STEPS);
    if (c == end)
        return open;
    for (int i = 1; i <= EXPONENT_STEPS; i++) {
        double outside = c * pow(ratio, i);
        if (profile(o, outside, &b) <= limit) {
            inside = outside;
            continue;
        }
        for (int k = 0; k < 50; k++) {
            double middle = (inside + outside) / 2;
            *(profile(o, middle, &b) <= limit ? &inside : &outside) = middle;
        }
        return inside;
    }
    return open;
}

struct exponents exponents_of(const double *x, size_t n, struct arena *keep)
{
    double *at = ARENA_NEW(keep, double, (EXPONENT_STEPS + 1) * n);
    for (int i = 0; i <= EXPONENT_STEPS; i++)
        powers(x, n, exponent_at(i), at + (size_t)i * n);
    return (struct exponents){at};
}

int shape_exponent(const struct on_scale *o, const struct exponents *grid, double conf_level,
                   bool interval, struct shape *out)
{
    double b, slope, least = INFINITY;
    int best = 0;
    for (int i = 0; i <= EXPONENT_STEPS; i++) {
        double rss = about_multiple(o, grid->power + (size_t)i * o->n, &b);
        if (rss < least) {
            least = rss;
            best = i;
        }
    }
    double c = exponent_at(best);
    if (interval)
        c = refine(o, exponent_at(best > 0 ? best - 1 : 0),
                   exponent_at(best < EXPONENT_STEPS ? best + 1 : best), &least, &b);
    double q = two_sided_t(conf_level, o->df), limit = least + q * q * o->variance;
    out->exponent = (struct limits){c, NAN, NAN};
    if (interval) {
        out->exponent.low = profile_limit(o, c, EXPONENT_MIN, limit, 0);
        out->exponent.high = profile_limit(o, c, EXPONENT_MAX, limit, NAN);
    }
    if (about_multiple(o, grid->power + (size_t)EXPONENT_STEPS / 2 * o->n, &slope) <= limit)
        return 0;
    return (c > 1) == (slope > 0) ? 1 : -1;
}
