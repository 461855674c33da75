/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/curve.h"

#include <math.h>
#include <string.h>

#include "models/curve/line_sums.h"
#include "models/curve/points.h"
#include "models/regression/least_squares.h"

static double mean(double x, const double b[])
{
    return b[0] + b[1] * x + b[2] * fmax(0, x - b[4]) + b[3] * fmax(0, x - b[5]);
}

static double at_knot(double x, double knot, double bend)
{
    return x > knot ? -bend : x == knot ? -bend / 2 : 0;
}

/* Where x equals a knot, the derivative in the knot is the mean of those from
   both sides, as in hinge.c. */
static void gradient(double x, const double b[], double g[])
{
    g[0] = 1;
    g[1] = x;
    g[2] = fmax(0, x - b[4]);
    g[3] = fmax(0, x - b[5]);
    g[4] = at_knot(x, b[4], b[2]);
    g[5] = at_knot(x, b[5], b[3]);
}

/* ---- the exact search ----

   A knot stands on a point or in the gap after one.  In a gap its best place is
   where the lines on either side of it cross, each free of the other, if they
   cross there (Hudson 1966); on a point the lines meet there.  So every pair of
   places has its least squares in closed form, and the smallest of them all is the
   minimum.  Each zone holds two points at least, one on a knot counted for one of the two
   zones it joins: with less a line could turn about a point at will. */

struct place {
    size_t point;
    bool gap; /* between this point and the next */
};

struct places {
    struct place first, second;
    double rss;
};

/* The points, and their sums before each of them. */
struct searched {
    const struct sample *s;
    struct origin o;
    struct line_sums *before; /* [n + 1] */
};

static struct line_sums between(const struct searched *at, size_t from, size_t to)
{
    return line_sums_rest(&at->before[to], &at->before[from]);
}

static double point_x(const struct searched *at, size_t i)
{
    return at->s->x[i] - at->o.x;
}

static bool cross_in_gap(const struct searched *at, size_t i, const struct straight *left,
                         const struct straight *right)
{
    double cross = line_crossing(left, right);
    return cross > point_x(at, i) && cross < point_x(at, i + 1);
}

/* Does each of the zones hold two of the n points? */
static bool room(size_t n, struct place first, struct place second)
{
    for (size_t a = first.gap; a <= 1; a++)
        for (size_t b = second.gap; b <= 1; b++)
            if (first.point + a >= 2 && second.point + b >= first.point + a + 2 &&
                second.point + b + 2 <= n)
                return true;
    return false;
}

static void keep_better(struct places *best, struct place first, struct place second, double rss)
{
    if (rss < best->rss)
        *best = (struct places){first, second, rss};
}

/* Both knots on points: what a hinge at the second saves after the first. */
static double rss_on_points(const struct searched *at, size_t i, size_t j)
{
    size_t n = at->s->n;
    double k1 = point_x(at, i), k2 = point_x(at, j);
    struct line_sums a = between(at, 0, n), b = between(at, i + 1, n), c = between(at, j + 1, n);
    double h = b.x - k1 * b.w, g = c.x - k2 * c.w;
    double xx = a.xx - a.x * a.x / a.w, xy = a.xy - a.x * a.y / a.w, yy = a.yy - a.y * a.y / a.w;
    double xh = b.xx - k1 * b.x - a.x * h / a.w, xg = c.xx - k2 * c.x - a.x * g / a.w;
    double hh = b.xx - 2 * k1 * b.x + k1 * k1 * b.w - h * h / a.w;
    double gg = c.xx - 2 * k2 * c.x + k2 * k2 * c.w - g * g / a.w;
    double hg = c.xx - (k1 + k2) * c.x + k1 * k2 * c.w - h * g / a.w;
    double hy = b.xy - k1 * b.y - h * a.y / a.w, gy = c.xy - k2 * c.y - g * a.y / a.w;
    hh -= xh * xh / xx, hg -= xh * xg / xx, gg -= xg * xg / xx;
    hy -= xh * xy / xx, gy -= xg * xy / xx, yy -= xy * xy / xx;
    gg -= hg * hg / hh, gy -= hg * hy / hh, yy -= hy * hy / hh;
    return yy - gy * gy / gg;
}

/* The four ways to place the knots on or after the points i and j. */
static void try_pair(const struct searched *at, size_t i, size_t j, struct places *best)
{
    size_t n = at->s->n;
    struct place on_i = {i, false}, after_i = {i, true}, on_j = {j, false}, after_j = {j, true};
    if (room(n, on_i, on_j))
        keep_better(best, on_i, on_j, rss_on_points(at, i, j));
    struct line_sums left = between(at, 0, i + 1), right = between(at, j + 1, n);
    struct straight first = line_through(&left), last = line_through(&right);
    if (room(n, on_i, after_j)) {
        struct line_sums all = between(at, 0, j + 1), above = between(at, i + 1, j + 1);
        struct bent bent = line_bent_at(&all, &above, point_x(at, i));
        if (cross_in_gap(at, j, &bent.above, &last))
            keep_better(best, on_i, after_j, bent.rss + last.rss);
    }
    if (room(n, after_i, on_j)) {
        struct line_sums all = between(at, i + 1, n);
        struct bent bent = line_bent_at(&all, &right, point_x(at, j));
        if (cross_in_gap(at, i, &first, &bent.below))
            keep_better(best, after_i, on_j, first.rss + bent.rss);
    }
    if (room(n, after_i, after_j)) {
        struct line_sums own = between(at, i + 1, j + 1);
        struct straight middle = line_through(&own);
        if (cross_in_gap(at, i, &first, &middle) && cross_in_gap(at, j, &middle, &last))
            keep_better(best, after_i, after_j, first.rss + middle.rss + last.rss);
    }
}

struct window {
    size_t from, to;
};

static struct searched searched_of(const struct sample *s, struct arena *scratch)
{
    struct searched at = {s, origin_of(s), ARENA_NEW(scratch, struct line_sums, s->n + 1)};
    for (size_t i = 0; i < s->n; i++) {
        at.before[i + 1] = at.before[i];
        line_sums_add(&at.before[i + 1], sample_weight(s, i), s->x[i] - at.o.x, s->y[i] - at.o.y);
    }
    return at;
}

static struct places search(const struct searched *at, const struct window window[2])
{
    struct places best = {.rss = INFINITY};
    for (size_t i = window[0].from > 1 ? window[0].from : 1; i < window[0].to; i++)
        for (size_t j = window[1].from > i + 1 ? window[1].from : i + 1;
             j < window[1].to && j + 2 <= at->s->n; j++)
            try_pair(at, i, j, &best);
    return best;
}

/* Points whose pairs are all tried. */
#define MOST_POINTS 256

/* The two groups on either side of a knot, in points, when n points were drawn
   together to MOST_POINTS groups. */
static struct window around(size_t group, size_t n)
{
    size_t from = group > 2 ? group - 2 : 0, to = group + 4;
    to = to > MOST_POINTS ? MOST_POINTS : to;
    return (struct window){from * n / MOST_POINTS, to * n / MOST_POINTS};
}

static struct places best_places(const struct points *p, struct arena *scratch)
{
    struct sample s = points_condensed(p, MOST_POINTS, scratch);
    struct searched at = searched_of(&s, scratch);
    struct places best = search(&at, (const struct window[]){{0, s.n}, {0, s.n}});
    if (p->n <= MOST_POINTS || isinf(best.rss))
        return best;
    struct sample all = points_sample(p);
    at = searched_of(&all, scratch);
    const struct window near[] = {around(best.first.point, p->n), around(best.second.point, p->n)};
    return search(&at, near);
}

/* ---- the estimate ---- */

/* A run of points with lines that meet on points within it: y on 1, x and a
   hinge at each of these, x about an origin. */
struct piece {
    const struct sample *s;
    double x0, knot[2];
    size_t n_knots, from, to;
};

static void piece_jacobian(const void *context, const double b[], double jacobian[])
{
    const struct piece *p = context;
    (void)b;
    for (size_t i = p->from; i < p->to; i++) {
        *jacobian++ = 1;
        *jacobian++ = p->s->x[i] - p->x0;
        for (size_t k = 0; k < p->n_knots; k++)
            *jacobian++ = fmax(0, p->s->x[i] - p->x0 - p->knot[k]);
    }
}

/* Its coefficients [2 + n_knots] by QR. */
static bool fit_piece(const struct piece *p, double b[], struct arena *scratch)
{
    double inverse[16], deviance;
    const struct least_squares problem = {.n = p->to - p->from,
                                          .n_params = 2 + p->n_knots,
                                          .y = p->s->y + p->from,
                                          .w = p->s->w + p->from,
                                          .jacobian = piece_jacobian,
                                          .context = p};
    return least_squares_linear(&problem, b, &deviance, inverse, scratch) == FIT_CONVERGED;
}

/* Appends the lines of a piece, as intercepts and slopes about x0. */
static size_t append_lines(const struct piece *p, const double b[], struct straight line[],
                           size_t n)
{
    line[n++] = (struct straight){b[0], b[1], 0};
    for (size_t k = 0; k < p->n_knots; k++, n++)
        line[n] = (struct straight){line[n - 1].intercept - b[2 + k] * p->knot[k],
                                    line[n - 1].slope + b[2 + k], 0};
    return n;
}

/* The three lines about x0, and where they meet. */
static bool lines_at(const struct sample *s, const struct places *places, double x0,
                     struct straight line[3], double knot[2], struct arena *scratch)
{
    const struct place place[] = {places->first, places->second};
    struct piece piece = {.s = s, .x0 = x0};
    size_t n = 0;
    for (size_t k = 0; k <= 2; k++) {
        if (k < 2 && !place[k].gap) {
            knot[k] = s->x[place[k].point] - x0;
            piece.knot[piece.n_knots++] = knot[k];
            continue;
        }
        double b[4];
        piece.to = k < 2 ? place[k].point + 1 : s->n;
        if (!fit_piece(&piece, b, scratch))
            return false;
        n = append_lines(&piece, b, line, n);
        piece.from = piece.to;
        piece.n_knots = 0;
    }
    for (size_t k = 0; k < 2; k++)
        if (place[k].gap)
            knot[k] = line_crossing(&line[k], &line[k + 1]);
    return true;
}

static bool estimate(const struct points *p, double b[], struct arena *scratch)
{
    struct places places = best_places(p, scratch);
    struct sample s = points_sample(p);
    struct straight line[3];
    double knot[2], x0 = origin_of(&s).x;
    if (isinf(places.rss) || !lines_at(&s, &places, x0, line, knot, scratch))
        return false;
    b[0] = line[0].intercept - line[0].slope * x0;
    b[1] = line[0].slope;
    b[2] = line[1].slope - line[0].slope;
    b[3] = line[2].slope - line[1].slope;
    b[4] = x0 + knot[0];
    b[5] = x0 + knot[1];
    return isfinite(b[2]) && isfinite(b[3]);
}

static bool start(const struct sample *s, double b[])
{
    struct arena *scratch = arena_new();
    struct points p;
    points_of(s, &p, scratch);
    bool found = estimate(&p, b, scratch);
    arena_free(scratch);
    return found;
}

const struct curve curve_three_zone = {
    .name = "three_zone",
    .title = "Three zones: three lines that meet in two free knots",
    .formula = "a + b * x + c * max(0, x - knot1) + d * max(0, x - knot2)",
    .source = "Hudson 1966, J. Amer. Statist. Assoc. 61, 1097-1129; Muggeo 2003, Statistics in "
              "Medicine 22, 3055-3071",
    .n_params = 6,
    .param = (const char *const[]){"a", "b", "c", "d", "knot1", "knot2"},
    .example = (const double[]){10, 1, 14, -13, 3.4, 5.6},
    .exact_start = true,
    .n_knots = 2,
    .first_knot = 4,
    .on_request = true,
    .in_domain = curve_any_x,
    .mean = mean,
    .gradient = gradient,
    .start = start,
};
