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

/* Sum over all ordered pairs of w_i w_j |u_i - u_j| |v_i - v_j|, u of the rows in x's
   order and v with the levels of y; O(n log n), memory O(n): Huo & Szekely (2016),
   Technometrics 58, 435-447, here with the rows of smaller u split by whether their v is smaller.
 */
static double distance_products(const uint32_t *order, const double *u, const double *v,
                                const uint32_t *level, const double *w, size_t n, size_t n_levels,
                                struct arena *scratch)
{
    struct tree seen = {ARENA_NEW(scratch, struct moments, n_levels + 1), n_levels};
    struct moments all = {0, 0, 0, 0};
    struct sum total = {0};
    for (size_t k = 0; k < n; k++) {
        size_t i = order[k];
        double wi = w ? w[i] : 1;
        struct moments below = tree_below(&seen, level[i]);
        double p = 2 * products(below, u[i], v[i]) - products(all, u[i], v[i]);
        sum_add(&total, wi * p);
        struct moments one = {wi, wi * u[i], wi * v[i], wi * u[i] * v[i]};
        tree_add(&seen, level[i], one);
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

/* The root of dCov^2 / sqrt(dVar dVar); within rounding of 1 it is 1, which only exactly
   linear data reach. */
static double ratio(double cov, const struct distances *a, const struct distances *b)
{
    double r = sqrt(fmax(0, cov) / (sqrt(a->variance) * sqrt(b->variance)));
    return fabs(r - 1) < 1e-13 ? 1 : r;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    size_t n = x->n;
    double sw = weight_sum(w, n);
    struct distances a = distances_of(x, w, sw, scratch), b = distances_of(y, w, sw, scratch);
    if (!(a.variance > 0 && b.variance > 0))
        return NAN;
    double sum = distance_products(x->order, a.u, b.u, y->level, w, n, y->n_levels, scratch);
    return ratio(covariance(sum / sw / sw, &a, &b, NULL, w, sw, n), &a, &b);
}

/* ---- by permutation: only the products change ---- */

struct start {
    const struct variable *x, *y;
    struct distances a, b;
};

static const void *permutation_start(const struct pairs *p, struct arena *keep)
{
    struct start *s = ARENA_NEW(keep, struct start, 1);
    struct variable *v = arena_copy(keep, (struct variable[]){p->x, p->y}, 2, sizeof *v);
    double n = (double)p->x.n;
    *s = (struct start){&v[0], &v[1], distances_of(&p->x, NULL, n, keep),
                        distances_of(&p->y, NULL, n, keep)};
    return s;
}

static double permuted(const void *start, const uint32_t *place, struct arena *scratch)
{
    const struct start *s = start;
    size_t n = s->x->n;
    double *v = ARENA_NEW(scratch, double, n);
    uint32_t *level = ARENA_NEW(scratch, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        v[i] = s->b.u[place[i]];
        level[i] = s->y->level[place[i]];
    }
    double sum = distance_products(s->x->order, s->a.u, v, level, NULL, n, s->y->n_levels, scratch);
    double mean_product = sum / (double)n / (double)n;
    return ratio(covariance(mean_product, &s->a, &s->b, place, NULL, (double)n, n), &s->a, &s->b);
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
    .interval = &interval_bca,
    .estimate = estimate,
    .resampled = estimate,
    .permutation_start = permutation_start,
    .permuted = permuted,
};
