/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/correlation.h"
#include "models/resample/permutation.h"

/* Of a coefficient, whose largest value is about one; a search ends within 1e-8. */
static double rounding_of(const struct correlation *c)
{
    return c->latent_details ? 1e-7 : 1e-12;
}

static bool defined(const struct correlation *c)
{
    (void)c;
    return true;
}

/* ---- persons: rows of frequency f stand for f of them ---- */

static const double *repeated(const double *value, const double *times, size_t n, size_t total,
                              struct arena *keep)
{
    double *all = ARENA_NEW(keep, double, total);
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        for (double k = 0; k < times[i]; k++)
            all[at++] = value[i];
    return all;
}

static struct pairs persons(const struct pairs *p, struct arena *keep)
{
    if (!p->w)
        return *p;
    size_t n = (size_t)p->size;
    struct pairs all = {.size = p->size, .effective = p->effective};
    all.x = variable_ordered(repeated(p->x.value, p->w, p->x.n, n, keep), n, keep);
    all.y = variable_ordered(repeated(p->y.value, p->w, p->x.n, n, keep), n, keep);
    return all;
}

/* ---- a coefficient of products: the inner product of the dealt unit vectors ---- */

struct products {
    const double *u, *v;
    size_t n;
};

static const struct products *products_start(const struct correlation *c, const struct pairs *p,
                                             struct arena *keep)
{
    struct products *of = ARENA_NEW(keep, struct products, 1);
    of->n = p->x.n;
    of->u = unit_deviations(c->scores(&p->x, NULL, keep), NULL, of->n, keep);
    of->v = unit_deviations(c->scores(&p->y, NULL, keep), NULL, of->n, keep);
    return of;
}

static double products_permuted(const uint32_t *place, const void *context, struct arena *scratch)
{
    const struct products *of = context;
    double r = 0;
    (void)scratch;
    for (size_t i = 0; i < of->n; i++)
        r += of->u[i] * of->v[place[i]];
    return r;
}

/* ---- one that has a way of its own ---- */

struct own {
    const struct correlation *c;
    const void *start;
};

static double own_permuted(const uint32_t *place, const void *context, struct arena *scratch)
{
    const struct own *own = context;
    return own->c->permuted(own->start, place, scratch);
}

/* ---- any other: y with its levels and its order, permuted without a sort ---- */

struct dealt {
    const struct correlation *c;
    const struct pairs *p;
    const double *ones;
};

static double dealt_permuted(const uint32_t *place, const void *context, struct arena *scratch)
{
    const struct dealt *d = context;
    const struct variable *y = &d->p->y;
    size_t n = y->n;
    double *value = ARENA_NEW(scratch, double, n);
    uint32_t *level = ARENA_NEW(scratch, uint32_t, n), *order = ARENA_NEW(scratch, uint32_t, n),
             *row_of = ARENA_NEW(scratch, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        value[i] = y->value[place[i]];
        level[i] = y->level[place[i]];
        row_of[place[i]] = (uint32_t)i;
    }
    for (size_t k = 0; k < n; k++)
        order[k] = row_of[y->order[k]];
    const struct variable permuted = {n, value, order, level, y->n_levels};
    return d->c->resampled(&d->p->x, &permuted, d->ones, scratch);
}

static const double *ones(size_t n, struct arena *keep)
{
    double *one = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        one[i] = 1;
    return one;
}

static void test(const struct correlation *c, const struct pairs *p,
                 const struct correlation_options *options, struct correlation_result *result,
                 struct arena *scratch)
{
    if (p->weight_kind == WEIGHT_SAMPLING) /* the rows are not exchangeable */
        return;
    struct pairs all = persons(p, scratch);
    const struct permutation_options how = {options->permutations, options->threads, options->seed,
                                            rounding_of(c)};
    struct permutation_result r;
    if (c->scores) {
        permutation_test(products_permuted, products_start(c, &all, scratch), all.x.n, &how, &r,
                         scratch);
    } else if (c->permuted) {
        const struct own own = {c, c->permutation_start(&all, scratch)};
        permutation_test(own_permuted, &own, all.x.n, &how, &r, scratch);
    } else {
        all.x.value = unit_deviations(all.x.value, NULL, all.x.n, scratch);
        all.y.value = unit_deviations(all.y.value, NULL, all.y.n, scratch);
        const struct dealt dealt = {c, &all, ones(all.x.n, scratch)};
        permutation_test(dealt_permuted, &dealt, all.x.n, &how, &r, scratch);
    }
    result->statistic = result->estimate;
    result->p_value = r.p_value;
}

const struct p_value p_value_permutation = {
    .name = "permutation",
    .title = "Permutation",
    .source = "Phipson & Smyth (2010), Statist. Appl. Genet. Mol. Biol. 9, art. 39",
    .defined = defined,
    .test = test,
};
