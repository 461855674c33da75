/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/nested.h"

#include <string.h>

#include "models/diagnostic/places.h"
#include "models/glm/rows.h"

bool nested_same_rows(const struct outcome_fit *a, const struct outcome_fit *b)
{
    const struct design *d = a->data.design, *e = b->data.design;
    if (d->n != e->n || memcmp(d->row, e->row, d->n * sizeof *d->row) != 0)
        return false;
    for (size_t i = 0; i < d->n; i++) {
        double w = a->data.w ? a->data.w[i] : 1, v = b->data.w ? b->data.w[i] : 1;
        if (d->y[i] != e->y[i] || w != v)
            return false;
    }
    return true;
}

/* The columns of a, then those of b but for a constant that a has. */
static struct design *joined(const struct design *a, const struct design *b, struct arena *scratch)
{
    struct design *d = arena_copy(scratch, a, 1, sizeof *d);
    size_t first = a->intercept && b->intercept;
    d->p = a->p + b->p - first;
    double *x = ARENA_NEW(scratch, double, d->n * d->p);
    const char **name = ARENA_NEW(scratch, const char *, d->p);
    size_t *term = ARENA_NEW(scratch, size_t, d->p);
    for (size_t i = 0; i < d->n; i++) {
        memcpy(x + i * d->p, a->x + i * a->p, a->p * sizeof *x);
        memcpy(x + i * d->p + a->p, b->x + i * b->p + first, (b->p - first) * sizeof *x);
    }
    for (size_t j = 0; j < d->p; j++) {
        name[j] = j < a->p ? a->name[j] : b->name[j - a->p + first];
        term[j] = j < a->p ? a->term[j] : 0;
    }
    d->x = x;
    d->name = name;
    d->term = term;
    return d;
}

/* The difference of two offsets as a design of one column; NULL where there is none. */
static struct design *offsets_apart(const struct design *a, const struct design *b,
                                    struct arena *scratch)
{
    double *x = ARENA_NEW(scratch, double, a->n);
    bool apart = false;
    for (size_t i = 0; i < a->n; i++) {
        x[i] = (a->offset ? a->offset[i] : 0) - (b->offset ? b->offset[i] : 0);
        apart = apart || x[i] != 0;
    }
    if (!apart)
        return NULL;
    struct design *d = ARENA_NEW(scratch, struct design, 1);
    d->n = a->n;
    d->p = 1;
    d->x = x;
    d->name = ARENA_NEW(scratch, const char *, 1);
    d->term = ARENA_NEW(scratch, size_t, 1);
    return d;
}

/* Has what `d` has beyond its first p columns no dimension of its own? */
static bool adds_nothing(const struct design *d, size_t p, const double *w, struct arena *scratch)
{
    struct rows_of r;
    rows_init(&r, d, w, scratch);
    r.offset = NULL;
    rows_drop_collinear(&r, NULL, scratch);
    return r.k == 0 || r.column[r.k - 1] < p;
}

static bool spans(const struct design *larger, const struct design *smaller, const double *w,
                  struct arena *scratch)
{
    struct design *d = joined(larger, smaller, scratch);
    struct design *offset = offsets_apart(larger, smaller, scratch);
    if (offset)
        d = joined(d, offset, scratch);
    return adds_nothing(d, larger->p, w, scratch);
}

bool nested_within(const struct outcome_fit *smaller, const struct outcome_fit *larger)
{
    struct arena *scratch = arena_new();
    const struct design *s = places_second(smaller), *l = places_second(larger);
    const double *w = larger->data.w;
    bool nested = spans(larger->data.design, smaller->data.design, w, scratch);
    if (s)
        nested = nested && l && spans(l, s, w, scratch);
    arena_free(scratch);
    return nested;
}

static struct design *before(const struct design *smaller, const struct design *larger,
                             struct arena *scratch)
{
    struct design *d = joined(smaller, larger, scratch);
    d->offset = larger->offset;
    return d;
}

/* The larger model with the smaller's columns before its own: those that repeat them drop out, and
   what is estimated of its own is what it adds. */
static void by_wald(const struct outcome_fit *smaller, const struct outcome_fit *larger,
                    const struct outcome_options *options, struct tested *result,
                    struct arena *scratch)
{
    const struct design *first = smaller->data.design, *s = places_second(smaller),
                        *l = places_second(larger);
    struct outcome_data data = larger->data;
    struct outcome_fit both;
    data.design = before(first, larger->data.design, scratch);
    if (l && s)
        data.second = before(s, l, scratch);
    outcome_fit(larger->outcome, &data, options, &both, scratch);
    size_t k = both.fit.n_params, n = 0, *at = ARENA_NEW(scratch, size_t, k);
    struct place *place = ARENA_NEW(scratch, struct place, k);
    places_of_parameters(&both, place, scratch);
    for (size_t j = 0; j < k; j++) {
        size_t own = place[j].equation == 0 ? first->p : s ? s->p : l && l->intercept;
        if (place[j].equation != NO_EQUATION && place[j].column >= own)
            at[n++] = j;
    }
    tested_by_wald(&both, at, n, result);
}

void nested_test(const struct outcome_fit *smaller, const struct outcome_fit *larger,
                 const struct outcome_options *options, struct tested *result)
{
    struct arena *scratch = arena_new();
    if (tested_by_likelihood(larger))
        tested_within(larger, smaller, result, scratch);
    else
        by_wald(smaller, larger, options, result, scratch);
    arena_free(scratch);
}
