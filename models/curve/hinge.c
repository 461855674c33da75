/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"
#include "models/curve/start.h"

#include <math.h>

/* Where x equals the knot the derivative in the knot is taken from the left. */
static double mean(double x, const double b[])
{
    return b[0] + b[1] * x + b[2] * fmax(0, x - b[3]);
}

static void gradient(double x, const double b[], double g[])
{
    g[0] = 1;
    g[1] = x;
    g[2] = fmax(0, x - b[3]);
    g[3] = x > b[3] ? -b[2] : 0;
}

/* Sums of one side of a split, about a common origin. */
struct side {
    double w, x, y, xx, xy;
};

static void side_add(struct side *a, double w, double x, double y)
{
    a->w += w;
    a->x += w * x;
    a->y += w * y;
    a->xx += w * x * x;
    a->xy += w * x * y;
}

static void side_line(const struct side *a, double *intercept, double *slope)
{
    *slope = (a->xy - a->x * a->y / a->w) / (a->xx - a->x * a->x / a->w);
    *intercept = (a->y - *slope * a->x) / a->w;
}

static double residual_sum(const struct sample *s, const double b[])
{
    double rss = 0;
    for (size_t i = 0; i < s->n; i++) {
        double r = s->y[i] - mean(s->x[i], b);
        rss += (s->w ? s->w[i] : 1) * r * r;
    }
    return rss;
}

/* Least squares for a given knot: y on 1, x and the hinge h, by sweeping out 1,
   then x from h (Frisch & Waugh). */
static void given_knot(const struct sample *s, double knot, double b[])
{
    double sw = 0, mx = 0, mh = 0, my = 0;
    for (size_t i = 0; i < s->n; i++) {
        double w = s->w ? s->w[i] : 1;
        sw += w;
        mx += w * s->x[i];
        mh += w * fmax(0, s->x[i] - knot);
        my += w * s->y[i];
    }
    mx /= sw, mh /= sw, my /= sw;
    double xx = 0, xh = 0, hh = 0, xy = 0, hy = 0;
    for (size_t i = 0; i < s->n; i++) {
        double w = s->w ? s->w[i] : 1, x = s->x[i] - mx, y = s->y[i] - my;
        double h = fmax(0, s->x[i] - knot) - mh;
        xx += w * x * x, xh += w * x * h, hh += w * h * h, xy += w * x * y, hy += w * h * y;
    }
    b[2] = (hy - xh / xx * xy) / (hh - xh / xx * xh);
    b[1] = (xy - b[2] * xh) / xx;
    b[0] = my - b[1] * mx - b[2] * mh;
    b[3] = knot;
}

/* Keeps the better of two sets of parameters. */
static void keep_better(const struct sample *s, const double trial[], double b[], double *best)
{
    double rss = residual_sum(s, trial);
    if (!(rss < *best))
        return;
    *best = rss;
    for (size_t j = 0; j < 4; j++)
        b[j] = trial[j];
}

/* The smallest x above `after`, INFINITY if there is none. */
static double next_x(const struct sample *s, double after)
{
    double next = INFINITY;
    for (size_t i = 0; i < s->n; i++)
        if (s->x[i] > after)
            next = fmin(next, s->x[i]);
    return next;
}

/* The two free lines left and right of the gap (left, right): if they cross in
   it, that is the best knot of this gap (Hudson 1966, J. Amer. Statist. Assoc. 61, 1097-1129). */
static void try_gap(const struct sample *s, double left, double right, double b[], double *best)
{
    struct side below = {0}, above = {0};
    for (size_t i = 0; i < s->n; i++)
        side_add(s->x[i] <= left ? &below : &above, s->w ? s->w[i] : 1, s->x[i] - left, s->y[i]);
    double a1, b1, a2, b2;
    side_line(&below, &a1, &b1);
    side_line(&above, &a2, &b2);
    double knot = left + (a1 - a2) / (b2 - b1);
    if (knot > left && knot < right)
        keep_better(s, (const double[]){a1 - b1 * left, b1, b2 - b1, knot}, b, best);
}

/* Hudson's exact search: every gap between neighbouring x, and every x itself,
   with two distinct x at least on either side of the knot. */
static bool start(const struct sample *s, double b[])
{
    double low, high, best = INFINITY, trial[4];
    start_range(s, &low, &high);
    for (double left = next_x(s, low); next_x(s, next_x(s, left)) < INFINITY;
         left = next_x(s, left)) {
        given_knot(s, left, trial);
        keep_better(s, trial, b, &best);
        try_gap(s, left, next_x(s, left), b, &best);
        given_knot(s, next_x(s, left), trial);
        keep_better(s, trial, b, &best);
    }
    return isfinite(best);
}

const struct curve curve_hinge = {
    .name = "hinge",
    .title = "Hinge: two lines that meet in a free knot",
    .formula = "a + b * x + c * max(0, x - knot)",
    .source = "Hudson 1966, J. Amer. Statist. Assoc. 61, 1097-1129; Muggeo 2003, Statistics in "
              "Medicine 22, 3055-3071, eq. 2",
    .n_params = 4,
    .param = (const char *const[]){"a", "b", "c", "knot"},
    .example = (const double[]){10, 1, 9, 4.4},
    .exact_start = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
