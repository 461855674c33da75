/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "models/glm/triangle.h"
#include "models/subset/table.h"

/* One pass over the rows gives a triangle for each fold.  Those of all but one, joined, are what a
   fit without it needs; and the squared error of its rows is that of its own triangle, for
   |y - X b| is |Q'(y - X b)|. */
struct folds {
    const struct candidates *c;
    size_t n, m;         /* m = k + 1 */
    double *of, *weight; /* [n * m^2], [n] */
    double *without;     /* [m^2] of the others */
    const bool *kept;    /* [k] columns that they identify */
};

static double *triangle_of(const struct folds *f, size_t fold)
{
    return f->of + fold * f->m * f->m;
}

static struct folds folds_of(const struct candidates *c, const struct subset_options *o,
                             struct arena *scratch)
{
    size_t m = c->rows.k + 1;
    struct folds f = {c,
                      o->n_folds,
                      m,
                      ARENA_NEW(scratch, double, o->n_folds *m *m),
                      ARENA_NEW(scratch, double, o->n_folds),
                      ARENA_NEW(scratch, double, m *m),
                      NULL};
    double *w = ARENA_NEW(scratch, double, c->rows.n);
    struct arena *own = arena_new();
    for (size_t k = 0; k < f.n; k++) {
        struct sum total = {0};
        for (size_t i = 0; i < c->rows.n; i++) {
            w[i] = o->fold[i] != k ? 0 : c->w ? c->w[i] : 1;
            sum_add(&total, w[i]);
        }
        f.weight[k] = sum_value(&total);
        candidates_triangle(c, w, triangle_of(&f, k), own);
        arena_reset(own);
    }
    arena_free(own);
    return f;
}

static void join_others(struct folds *f, size_t fold, struct arena *scratch)
{
    double *block = ARENA_NEW(scratch, double, f->m * f->m);
    memset(f->without, 0, f->m * f->m * sizeof *f->without);
    for (size_t k = 0; k < f->n; k++)
        if (k != fold)
            triangle_join(f->without, triangle_of(f, k), f->m, block);
    f->kept = candidates_kept(f->c, f->without, scratch);
}

/* Squared errors in a fold of a subset fitted to the others. */
static double loss(const struct folds *f, size_t fold, uint64_t free_terms, struct arena *scratch)
{
    size_t k = f->m - 1, *from = ARENA_NEW(scratch, size_t, k), n = 0;
    double *r = ARENA_NEW(scratch, double, f->m * f->m), *b = ARENA_NEW(scratch, double, f->m);
    double *q = ARENA_NEW(scratch, double, f->m), total = 0;
    const double *of = triangle_of(f, fold);
    size_t all = candidates_columns(f->c, free_terms, from);
    for (size_t j = 0; j < all; j++)
        if (f->kept[from[j]])
            from[n++] = from[j];
    triangle_select(f->without, k, 0, from, n, r, q);
    for (size_t j = 0; j < n; j++)
        q[j] = r[j * (n + 1) + n];
    triangle_solve(r, n + 1, n, q, b);
    for (size_t i = 0; i <= k; i++) {
        double rest = of[i * f->m + k];
        for (size_t j = 0; j < n; j++)
            rest -= from[j] >= i ? of[i * f->m + from[j]] * b[j] : 0;
        total += rest * rest;
    }
    return total;
}

static void one_fold(struct folds *f, size_t fold, const uint64_t *free_terms,
                     const struct subset_table *table, struct losses *losses)
{
    struct arena *own = arena_new();
    join_others(f, fold, own);
    struct subset_tree tree = candidates_tree_of(f->c, f->without, f->kept, own);
    struct kept_list list = kept_list_of(tree.size, tree.n, 1, own);
    tree_search(&tree, &list, own);
    for (size_t i = 0; i < table->n; i++) {
        bool there;
        uint64_t best = table_best(f->c, &list, table->model[i].n_params, &there);
        sum_add(&losses[i].fixed, loss(f, fold, free_terms[i], own));
        if (table->model[i].rank == 1)
            sum_add(&losses[i].selected, there ? loss(f, fold, best, own) : NAN);
    }
    arena_free(own);
}

void linear_validate(const struct candidates *c, const struct subset_options *o,
                     const uint64_t *free_terms, struct subset_table *table, struct arena *scratch)
{
    struct folds f = folds_of(c, o, scratch);
    struct losses *losses = ARENA_NEW(scratch, struct losses, table->n);
    struct sum weight = {0};
    size_t n_folds = 0;
    for (size_t k = 0; k < f.n; k++)
        n_folds += f.weight[k] > 0;
    for (size_t k = 0; k < f.n && n_folds > 1; k++)
        if (f.weight[k] > 0) {
            one_fold(&f, k, free_terms, table, losses);
            sum_add(&weight, f.weight[k]);
        }
    for (size_t i = 0; i < table->n && n_folds > 1; i++) {
        struct subset_model *m = &table->model[i];
        m->cv = sqrt(sum_value(&losses[i].fixed) / sum_value(&weight));
        if (m->rank == 1)
            m->cv_selected = sqrt(sum_value(&losses[i].selected) / sum_value(&weight));
    }
}
