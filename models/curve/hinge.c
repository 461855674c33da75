/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>

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

/* Weighted sums of some rows. */
struct sums {
    double w, x, y, xx, xy, yy;
};

static void add_row(struct sums *a, double w, double x, double y)
{
    a->w += w;
    a->x += w * x;
    a->y += w * y;
    a->xx += w * x * x;
    a->xy += w * x * y;
    a->yy += w * y * y;
}

static struct sums rest(const struct sums *all, const struct sums *part)
{
    return (struct sums){all->w - part->w,   all->x - part->x,   all->y - part->y,
                         all->xx - part->xx, all->xy - part->xy, all->yy - part->yy};
}

struct straight {
    double intercept, slope, rss;
};

static struct straight line_through(const struct sums *a)
{
    double sxx = a->xx - a->x * a->x / a->w, sxy = a->xy - a->x * a->y / a->w;
    double slope = sxy / sxx;
    return (struct straight){(a->y - slope * a->x) / a->w, slope,
                             a->yy - a->y * a->y / a->w - slope * sxy};
}

/* Residual sum of squares of y on 1, x and the hinge, given the knot and the sums
   of the rows above it: 1 is swept out, then x from the hinge (Frisch & Waugh 1933). */
static double rss_given_knot(const struct sums *all, const struct sums *above, double knot)
{
    double h = above->x - knot * above->w;
    double xx = all->xx - all->x * all->x / all->w, xy = all->xy - all->x * all->y / all->w;
    double xh = above->xx - knot * above->x - all->x * h / all->w;
    double hh = above->xx - 2 * knot * above->x + knot * knot * above->w - h * h / all->w;
    double hy = above->xy - knot * above->y - all->y * h / all->w;
    double rest_h = hh - xh * xh / xx, rest_y = hy - xh * xy / xx;
    return all->yy - all->y * all->y / all->w - xy * xy / xx - rest_y * rest_y / rest_h;
}

/* The rows, about their means so that the sums keep their digits. */
struct rows_about {
    const struct sample *s;
    double x0, y0;
};

static double weight(const struct sample *s, size_t i)
{
    return s->w ? s->w[i] : 1;
}

static struct sums sums_of(const struct rows_about *r, size_t from, size_t to)
{
    struct sums a = {0};
    for (size_t i = from; i < to; i++)
        add_row(&a, weight(r->s, i), r->s->x[i] - r->x0, r->s->y[i] - r->y0);
    return a;
}

/* First row whose x is above that of row i. */
static size_t next_point(const struct sample *s, size_t i)
{
    size_t next = i + 1;
    while (next < s->n && s->x[next] == s->x[i])
        next++;
    return next;
}

struct knot {
    double at, rss; /* at: about x0 */
};

static void keep_better(struct knot *best, double at, double rss)
{
    if (rss < best->rss)
        *best = (struct knot){at, rss};
}

/* Every x and every gap between neighbours, with two distinct x at least on either
   side of the knot.  In a gap the best knot is where the two free lines cross, if
   they cross there (Hudson 1966). */
static struct knot search(const struct rows_about *r)
{
    const struct sample *s = r->s;
    struct sums all = sums_of(r, 0, s->n), below = {0};
    struct knot best = {NAN, INFINITY};
    size_t second = next_point(s, 0);
    for (size_t i = 0, next; i < s->n; i = next) {
        next = next_point(s, i);
        for (size_t k = i; k < next; k++)
            add_row(&below, weight(s, k), s->x[k] - r->x0, s->y[k] - r->y0);
        if (i < second || next >= s->n)
            continue;
        struct sums above = rest(&all, &below);
        keep_better(&best, s->x[i] - r->x0, rss_given_knot(&all, &above, s->x[i] - r->x0));
        if (next_point(s, next) >= s->n)
            continue;
        struct straight left = line_through(&below), right = line_through(&above);
        double cross = (left.intercept - right.intercept) / (right.slope - left.slope);
        if (cross > s->x[i] - r->x0 && cross < s->x[next] - r->x0)
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
        struct rows_about r = {s, s->x[from], s->y[from]};
        struct sums a = sums_of(&r, from, to);
        r = (struct rows_about){s, r.x0 + a.x / a.w, r.y0 + a.y / a.w};
        a = sums_of(&r, from, to);
        slope[side] = line_through(&a).slope;
        mx[side] = r.x0;
        my[side] = r.y0;
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
        sw += weight(s, i);
        mx += weight(s, i) * s->x[i];
        mh += weight(s, i) * fmax(0, s->x[i] - knot);
        my += weight(s, i) * s->y[i];
    }
    mx /= sw, mh /= sw, my /= sw;
    double xx = 0, xh = 0, hh = 0, xy = 0, hy = 0;
    for (size_t i = 0; i < s->n; i++) {
        double w = weight(s, i), x = s->x[i] - mx, y = s->y[i] - my;
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
    struct rows_about r = {s, 0, 0};
    struct sums all = sums_of(&r, 0, s->n);
    r = (struct rows_about){s, all.x / all.w, all.y / all.w};
    struct knot knot = search(&r);
    if (!isfinite(knot.rss) && !isfinite(knot.at))
        return false;
    size_t split = 0;
    while (split < s->n && s->x[split] - r.x0 < knot.at)
        split++;
    if (split < s->n && s->x[split] - r.x0 == knot.at)
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
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
