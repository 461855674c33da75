/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/sum.h"
#include "models/regression/criteria.h"
#include "models/subset/table.h"

/* Residuals of this share of y are rounding. */
#define PERFECT 3e-14

/* What every subset's figures need. */
struct whole {
    const struct candidates *c;
    const double *triangle; /* [(k + 1)^2] */
    double null, sigma2;    /* RSS of the intercept alone; variance about all terms */
    double log_weights;     /* sum of log w */
};

static double squared(double x)
{
    return x * x;
}

/* The triangle of one subset, anew from that of all: what the walk found is free of its path.
   Gives its residual sum of squares. */
static double refine(const struct whole *whole, const size_t *from, size_t m, double *out,
                     struct arena *scratch)
{
    size_t k = whole->c->rows.k;
    double *carry = ARENA_NEW(scratch, double, m + 1);
    double left = triangle_select(whole->triangle, k, 0, from, m, out, carry);
    return left + squared(whole->triangle[k * (k + 1) + k]);
}

static struct whole whole_of(const struct candidates *c, const double *triangle,
                             struct arena *scratch)
{
    size_t k = c->rows.k, intercept = 0;
    double rss = squared(triangle[k * (k + 1) + k]), constant[4];
    struct whole whole = {c, triangle, NAN, NAN, 0};
    whole.null = refine(&whole, &intercept, c->n_intercept, constant, scratch);
    if (rss > squared(PERFECT) * c->response_size)
        whole.sigma2 = rss / (c->n_obs - (double)k);
    struct sum logs = {0};
    for (size_t i = 0; c->w && c->weight_kind != WEIGHT_FREQUENCY && i < c->rows.n; i++)
        if (c->w[i] > 0)
            sum_add(&logs, log(c->w[i]));
    whole.log_weights = sum_value(&logs);
    return whole;
}

static void set_figures(const struct whole *whole, struct subset_model *m)
{
    const struct candidates *c = whole->c;
    double n = c->n_obs, p = (double)m->n_params;
    m->r_squared = 1 - m->deviance / whole->null;
    m->adj_r_squared = adjusted_r_squared(m->r_squared, c->n_intercept == 0, n, p);
    if (m->deviance <= squared(PERFECT) * c->response_size) {
        m->status = FIT_PERFECT;
        return;
    }
    m->cp = m->deviance / whole->sigma2 - n + 2 * p;
    table_criteria(m, (whole->log_weights - n * (log(2 * M_PI * m->deviance / n) + 1)) / 2, p + 1,
                   n);
}

/* ---- PRESS ---- */

struct press {
    const double *triangle; /* of the subset, its last column Q'y */
    bool frequency;
    double *lost; /* [n] */
};

/* t = R^-T u: the fitted value is t'Q'y, the leverage w t't. */
static void leave_one_out(const struct rows_of *r, size_t i, const double *t, void *context)
{
    const struct press *press = context;
    double w = r->w ? r->w[i] : 1, fitted = 0, square = 0;
    for (size_t j = 0; j < r->k; j++) {
        fitted += t[j] * press->triangle[j * (r->k + 1) + r->k];
        square += t[j] * t[j];
    }
    double rest = 1 - square * (press->frequency ? 1 : w);
    press->lost[i] = w > 0 ? w * squared((r->y[i] - fitted) / rest) : 0;
    if (w > 0 && rest < 1e-10)
        press->lost[i] = NAN;
}

static double press_of(const struct whole *whole, const size_t *from, size_t m,
                       const double *triangle, struct arena *scratch)
{
    const struct candidates *c = whole->c;
    struct rows_of r = c->rows;
    struct sum total = {0};
    struct press press = {triangle, c->weight_kind == WEIGHT_FREQUENCY,
                          ARENA_NEW(scratch, double, r.n)};
    r.k = m;
    r.w = c->w;
    r.column = ARENA_NEW(scratch, size_t, m);
    r.centre = ARENA_NEW(scratch, double, m);
    r.scale = ARENA_NEW(scratch, double, m);
    for (size_t j = 0; j < m; j++) {
        r.column[j] = c->rows.column[from[j]];
        r.centre[j] = c->rows.centre[from[j]];
        r.scale[j] = c->rows.scale[from[j]];
    }
    rows_each(&r, triangle, leave_one_out, &press);
    for (size_t i = 0; i < r.n; i++)
        sum_add(&total, press.lost[i]);
    return sum_value(&total);
}

/* ---- all of it ---- */

static void finish(const struct whole *whole, uint64_t free_terms, bool press,
                   struct subset_model *m)
{
    struct arena *scratch = arena_new();
    size_t k = whole->c->rows.k, *from = ARENA_NEW(scratch, size_t, k);
    double *triangle = ARENA_NEW(scratch, double, (k + 1) * (k + 1));
    size_t n = candidates_columns(whole->c, free_terms, from);
    set_figures(whole, m);
    if (press) {
        refine(whole, from, n, triangle, scratch);
        m->press = press_of(whole, from, n, triangle, scratch);
    }
    arena_free(scratch);
}

/* The walk's sums of squares carry its rounding: take them anew, and order by them. */
static void refine_list(const struct whole *whole, struct kept_list *list, struct arena *scratch)
{
    size_t k = whole->c->rows.k, *from = ARENA_NEW(scratch, size_t, k);
    double *triangle = ARENA_NEW(scratch, double, (k + 1) * (k + 1));
    for (size_t s = 0; s < list->n_sizes; s++)
        for (size_t i = 0; i < list->n[s]; i++) {
            struct kept *at = &list->at[s * list->n_best + i];
            size_t m = candidates_columns(whole->c, at->terms, from);
            at->deviance = refine(whole, from, m, triangle, scratch);
        }
    kept_sort(list);
}

void linear_best_subsets(const struct candidates *c, const struct subset_options *o,
                         struct subset_table *table, struct arena *keep, struct arena *scratch)
{
    size_t k = c->rows.k;
    double *triangle = ARENA_NEW(scratch, double, (k + 1) * (k + 1));
    uint64_t *free_terms;
    candidates_triangle(c, c->w, triangle, scratch);
    struct whole whole = whole_of(c, triangle, scratch);
    struct subset_tree tree = candidates_tree(c, triangle, scratch);
    struct kept_list list = kept_list_of(tree.size, tree.n, o->n_best, scratch);
    tree_search(&tree, &list, scratch);
    refine_list(&whole, &list, scratch);
    table_begin(c, &list, table, &free_terms, keep);
    for (size_t i = 0; i < table->n; i++)
        finish(&whole, free_terms[i], o->press, &table->model[i]);
    if (o->n_folds > 0)
        linear_validate(c, o, free_terms, table, scratch);
}
