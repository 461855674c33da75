/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>

#include "models/curve/line_sums.h"

static double mean(double x, const double b[])
{
    return b[0] + b[1] * x + b[2] * fmax(0, x - b[3]);
}

/* Where x equals the knot, the derivative in the knot is the mean of those from
   the left and from the right. */
static void gradient(double x, const double b[], double g[])
{
    g[0] = 1;
    g[1] = x;
    g[2] = fmax(0, x - b[3]);
    g[3] = x > b[3] ? -b[2] : x == b[3] ? -b[2] / 2 : 0;
}

/* ---- the exact search ---- */

/* First row whose x is above that of row i. */
static size_t next_point(const struct sample *s, size_t i)
{
    size_t next = i + 1;
    while (next < s->n && s->x[next] == s->x[i])
        next++;
    return next;
}

struct knot {
    double at, rss; /* at: about the origin */
};

static void keep_better(struct knot *best, double at, double rss)
{
    if (rss < best->rss)
        *best = (struct knot){at, rss};
}

/* Every x and every gap between neighbours, with two distinct x at least on either
   side of the knot.  In a gap the best knot is where the two free lines cross, if
   they cross there (Hudson 1966). */
static struct knot search(const struct sample *s, const struct origin *o)
{
    struct line_sums all = line_sums_of(s, o, 0, s->n), below = {0};
    struct knot best = {NAN, INFINITY};
    size_t second = next_point(s, 0);
    for (size_t i = 0, next; i < s->n; i = next) {
        next = next_point(s, i);
        for (size_t k = i; k < next; k++)
            line_sums_add(&below, sample_weight(s, k), s->x[k] - o->x, s->y[k] - o->y);
        if (i < second || next >= s->n)
            continue;
        struct line_sums above = line_sums_rest(&all, &below);
        double at = s->x[i] - o->x;
        keep_better(&best, at, line_bent_at(&all, &above, at).rss);
        if (next_point(s, next) >= s->n)
            continue;
        struct straight left = line_through(&below), right = line_through(&above);
        double cross = line_crossing(&left, &right);
        if (cross > at && cross < s->x[next] - o->x)
            keep_better(&best, cross, left.rss + right.rss);
    }
    return best;
}

/* ---- the estimate ---- */

/* From two lines about their own means (x1, y1), (x2, y2), with all their digits. */
static void two_lines(const struct sample *s, size_t split, double b[])
{
    double slope[2], mx[2], my[2];
    for (int side = 0; side < 2; side++) {
        size_t from = side ? split : 0, to = side ? s->n : split;
        struct origin o = {s->x[from], s->y[from]};
        struct line_sums a = line_sums_of(s, &o, from, to);
        o = (struct origin){o.x + a.x / a.w, o.y + a.y / a.w};
        a = line_sums_of(s, &o, from, to);
        slope[side] = line_through(&a).slope;
        mx[side] = o.x;
        my[side] = o.y;
    }
    double gap = my[0] - my[1] + slope[0] * (mx[1] - mx[0]);
    b[3] = mx[1] + gap / (slope[1] - slope[0]);
    b[2] = slope[1] - slope[0];
    b[1] = slope[0];
    b[0] = my[0] - slope[0] * mx[0];
}

/* The other three for a knot on a point, by a second pass over centred columns. */
static void given_knot(const struct sample *s, double knot, double b[])
{
    double sw = 0, mx = 0, mh = 0, my = 0;
    for (size_t i = 0; i < s->n; i++) {
        sw += sample_weight(s, i);
        mx += sample_weight(s, i) * s->x[i];
        mh += sample_weight(s, i) * fmax(0, s->x[i] - knot);
        my += sample_weight(s, i) * s->y[i];
    }
    mx /= sw, mh /= sw, my /= sw;
    double xx = 0, xh = 0, hh = 0, xy = 0, hy = 0;
    for (size_t i = 0; i < s->n; i++) {
        double w = sample_weight(s, i), x = s->x[i] - mx, y = s->y[i] - my;
        double h = fmax(0, s->x[i] - knot) - mh;
        xx += w * x * x, xh += w * x * h, hh += w * h * h, xy += w * x * y, hy += w * h * y;
    }
    b[2] = (hy - xh / xx * xy) / (hh - xh / xx * xh);
    b[1] = (xy - b[2] * xh) / xx;
    b[0] = my - b[1] * mx - b[2] * mh;
    b[3] = knot;
}

static bool start(const struct sample *s, double b[])
{
    struct origin o = origin_of(s);
    struct knot knot = search(s, &o);
    if (!isfinite(knot.rss) && !isfinite(knot.at))
        return false;
    size_t split = 0;
    while (split < s->n && s->x[split] - o.x < knot.at)
        split++;
    if (split < s->n && s->x[split] - o.x == knot.at)
        given_knot(s, s->x[split], b);
    else
        two_lines(s, split, b);
    return isfinite(b[2]);
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
    .n_knots = 1,
    .first_knot = 3,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
