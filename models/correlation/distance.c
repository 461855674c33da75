/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/sum.h"
#include "models/correlation/correlation.h"

/* Sums over the rows seen so far, below a level of y. */
struct moments {
    double w, u, v, uv;
};

/* Fenwick's tree (1994, Softw. Pract. Exper. 24, 327-336) of them. */
struct tree {
    struct moments *node; /* [n + 1] */
    size_t n;
};

static void add(struct moments *to, struct moments m)
{
    to->w += m.w;
    to->u += m.u;
    to->v += m.v;
    to->uv += m.uv;
}

static void tree_add(struct tree *t, size_t level, struct moments m)
{
    for (size_t i = level + 1; i <= t->n; i += i & -i)
        add(&t->node[i], m);
}

static struct moments tree_below(const struct tree *t, size_t level)
{
    struct moments total = {0, 0, 0, 0};
    for (size_t i = level; i > 0; i -= i & -i)
        add(&total, t->node[i]);
    return total;
}

/* Sum over the rows of m of (u - u_j)(v - v_j). */
static double products(struct moments m, double u, double v)
{
    return u * v * m.w - u * m.v - v * m.u + m.uv;
}

/* Values by ascending order, and those that they are paired with. */
struct ordered_pairs {
    const uint32_t *order; /* [n] rows by ascending u */
    const double *u, *v;   /* [n] */
    const uint32_t *level; /* [n] of v */
    size_t n, n_levels;
};

/* Sum over all ordered pairs of w_i w_j |u_i - u_j| |v_i - v_j|; O(n log n), memory O(n):
   Huo & Szekely (2016), Technometrics 58, 435-447, here with the rows of smaller u split by
   whether their v is smaller. */
static double distance_products(const struct ordered_pairs *p, const double *w,
                                struct arena *scratch)
{
    struct tree seen = {ARENA_NEW(scratch, struct moments, p->n_levels + 1), p->n_levels};
    struct moments all = {0, 0, 0, 0};
    struct sum total = {0};
    for (size_t k = 0; k < p->n; k++) {
        size_t i = p->order[k];
        double wi = w ? w[i] : 1, u = p->u[i], v = p->v[i];
        struct moments below = tree_below(&seen, p->level[i]);
        sum_add(&total, wi * (2 * products(below, u, v) - products(all, u, v)));
        struct moments one = {wi, wi * u, wi * v, wi * u * v};
        tree_add(&seen, p->level[i], one);
        add(&all, one);
    }
    return 2 * sum_value(&total);
}

/* Of one variable: its values, their mean distances a_i to all rows (a_i = sum_j w_j
   |u_i - u_j| / sum w), the mean of those, and the distance variance. */
struct distances {
    const double *u, *row_mean;
    double mean, variance;
};

static double *row_means(const struct variable *v, const double *u, const double *w, double sw,
                         struct arena *keep)
{
    double *means = ARENA_NEW(keep, double, v->n), all_w = 0, all_u = 0, below_w = 0, below_u = 0;
    for (size_t i = 0; i < v->n; i++) {
        all_w += w ? w[i] : 1;
        all_u += (w ? w[i] : 1) * u[i];
    }
    for (size_t k = 0; k < v->n; k++) {
        size_t i = v->order[k];
        double wi = w ? w[i] : 1;
        double above_w = all_w - below_w, above_u = all_u - below_u;
        means[i] = (u[i] * (below_w - above_w) - below_u + above_u) / sw;
        below_w += wi;
        below_u += wi * u[i];
    }
    return means;
}

/* dCov^2 = mean of a_ij b_ij - 2 mean of a_i b_i + a b: Szekely, Rizzo & Bakirov (2007),
   Ann. Statist. 35, 2769-2794, eq. 2.8-2.10 and the remark after. */
static double covariance(double mean_product, const struct distances *a, const struct distances *b,
                         const uint32_t *place, const double *w, double sw, size_t n)
{
    struct sum cross = {0};
    for (size_t i = 0; i < n; i++) {
        size_t j = place ? place[i] : i;
        sum_add(&cross, (w ? w[i] : 1) * (a->row_mean[i] - a->mean) * (b->row_mean[j] - b->mean));
    }
    return mean_product - a->mean * b->mean - 2 * sum_value(&cross) / sw;
}

static double weight_sum(const double *w, size_t n)
{
    struct sum total = {0};
    for (size_t i = 0; i < n; i++)
        sum_add(&total, w ? w[i] : 1);
    return sum_value(&total);
}

/* NaN where the variable does not vary under w. */
static struct distances distances_of(const struct variable *v, const double *w, double sw,
                                     struct arena *keep)
{
    struct distances d = {.mean = NAN, .variance = NAN};
    if (!values_vary(v->value, w, v->n))
        return d;
    double *u = unit_deviations(v->value, NULL, v->n, keep);
    struct sum squares = {0};
    for (size_t i = 0; i < v->n; i++)
        u[i] *= sqrt((double)v->n);
    d.u = u;
    d.row_mean = row_means(v, u, w, sw, keep);
    d.mean = mean(d.row_mean, w, v->n);
    double m = mean(u, w, v->n);
    for (size_t i = 0; i < v->n; i++)
        sum_add(&squares, (w ? w[i] : 1) * (u[i] - m) * (u[i] - m));
    /* The mean of (u_i - u_j)^2 is twice the variance. */
    d.variance = covariance(2 * sum_value(&squares) / sw, &d, &d, NULL, w, sw, v->n);
    return d;
}

/* The root of dCov^2 / sqrt(dVar dVar).  Within rounding of 0 and of 1 it is 0 and 1, which
   only a table without any association and exactly linear data reach. */
static double ratio(double cov, const struct distances *a, const struct distances *b)
{
    double square = cov / (sqrt(a->variance) * sqrt(b->variance));
    if (square < 1e-13)
        return 0;
    return fabs(square - 1) < 2e-13 ? 1 : sqrt(square);
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    size_t n = x->n;
    double sw = weight_sum(w, n);
    struct distances a = distances_of(x, w, sw, scratch), b = distances_of(y, w, sw, scratch);
    if (!(a.variance > 0 && b.variance > 0))
        return NAN;
    /* Either may be the one that is ordered; the tree is quicker over few levels. */
    struct ordered_pairs by_x = {x->order, a.u, b.u, y->level, n, y->n_levels};
    struct ordered_pairs by_y = {y->order, b.u, a.u, x->level, n, x->n_levels};
    double sum = distance_products(x->n_levels < y->n_levels ? &by_y : &by_x, w, scratch);
    return ratio(covariance(sum / sw / sw, &a, &b, NULL, w, sw, n), &a, &b);
}

/* ---- by permutation: only the products change ---- */

/* The one that is dealt is that of few levels, for the tree. */
struct start {
    struct variable kept, dealt;
    struct distances a, b;
    bool dealt_is_y;
};

static const void *permutation_start(const struct pairs *p, struct arena *keep)
{
    struct start *s = ARENA_NEW(keep, struct start, 1);
    double n = (double)p->x.n;
    s->dealt_is_y = p->y.n_levels <= p->x.n_levels;
    s->kept = s->dealt_is_y ? p->x : p->y;
    s->dealt = s->dealt_is_y ? p->y : p->x;
    s->a = distances_of(&s->kept, NULL, n, keep);
    s->b = distances_of(&s->dealt, NULL, n, keep);
    return s;
}

static const uint32_t *inverse(const uint32_t *place, size_t n, struct arena *scratch)
{
    uint32_t *of = ARENA_NEW(scratch, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        of[place[i]] = (uint32_t)i;
    return of;
}

static double permuted(const void *start, const uint32_t *place, struct arena *scratch)
{
    const struct start *s = start;
    size_t n = s->kept.n;
    const uint32_t *from = s->dealt_is_y ? place : inverse(place, n, scratch);
    double *v = ARENA_NEW(scratch, double, n);
    uint32_t *level = ARENA_NEW(scratch, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        v[i] = s->b.u[from[i]];
        level[i] = s->dealt.level[from[i]];
    }
    struct ordered_pairs pairs = {s->kept.order, s->a.u, v, level, n, s->dealt.n_levels};
    double mean_product = distance_products(&pairs, NULL, scratch) / (double)n / (double)n;
    return ratio(covariance(mean_product, &s->a, &s->b, from, NULL, (double)n, n), &s->a, &s->b);
}

const struct correlation correlation_distance = {
    .name = "distance",
    .title = "Distance correlation",
    .symbol = "dcor",
    .phrase = "0 only where y is independent of x, whatever the curve",
    .source = "Szekely, Rizzo & Bakirov (2007), Ann. Statist. 35, 2769-2794; test by permutation",
    .check_r = "energy::dcor(x, y)",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .unsigned_strength = true,
    .interval = &interval_none,
    .estimate = estimate,
    .resampled = estimate,
    .permutation_start = permutation_start,
    .permuted = permuted,
};
