/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/subset/candidates.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"

/* A column is not identified below this share of itself. */
#define COLLINEAR 1e-11

static uint64_t bit(size_t term)
{
    return (uint64_t)1 << term;
}

static uint64_t margins_of(const struct subset_terms *terms, size_t term)
{
    return terms->margins ? terms->margins[term] : 0;
}

/* ---- coordinates ---- */

/* Without an intercept in every subset columns stay about zero. */
static void uncentre(struct rows_of *r)
{
    r->ones = r->k;
    for (size_t j = 0; j < r->k; j++) {
        double widest = 0;
        int exponent = 0;
        for (size_t i = 0; i < r->n; i++)
            widest = fmax(widest, fabs(r->x[i * r->p + j]));
        frexp(widest, &exponent);
        r->centre[j] = 0;
        r->scale[j] = widest > 0 ? ldexp(1, -exponent) : 0;
    }
}

/* The rows with the columns of some terms, and the intercept, in this order: first those of
   `first`, then those of `then`; columns of the design that are `gone` are left out. */
static struct rows_of rows_with(const struct rows_of *all, const struct design *d, uint64_t first,
                                uint64_t then, const bool *gone, struct arena *keep)
{
    struct rows_of r = *all;
    r.k = 0;
    r.column = ARENA_NEW(keep, size_t, d->p);
    r.centre = ARENA_NEW(keep, double, d->p);
    r.scale = ARENA_NEW(keep, double, d->p);
    for (size_t turn = 0; turn < 3; turn++)
        for (size_t j = 0; j < d->p; j++) {
            bool intercept = d->term[j] == SIZE_MAX;
            uint64_t of = intercept ? 0 : bit(d->term[j]);
            bool now = turn == 0 ? intercept : turn == 1 ? (of & first) : (of & then & ~first);
            if (!now || gone[j])
                continue;
            r.column[r.k] = j;
            r.centre[r.k] = all->centre[j];
            r.scale[r.k++] = all->scale[j];
        }
    r.ones = all->ones < all->k ? 0 : r.k;
    return r;
}

/* Adds the terms' columns that depend on those before them to `missing` [p]; is there one? */
static bool find_dependent(const struct rows_of *all, const struct design *d, uint64_t first,
                           uint64_t then, const bool *gone, bool *missing, struct arena *scratch)
{
    struct rows_of r = rows_with(all, d, first, then, gone, scratch);
    size_t before = r.k;
    bool *there = ARENA_NEW(scratch, bool, d->p);
    size_t *column = arena_copy(scratch, r.column, r.k, sizeof *r.column);
    rows_drop_collinear(&r, NULL, scratch);
    for (size_t j = 0; j < r.k; j++)
        there[r.column[j]] = true;
    for (size_t j = 0; j < before; j++)
        missing[column[j]] = missing[column[j]] || !there[column[j]];
    return r.k < before;
}

/* Columns that no subset with their term can identify are `gone`; terms that others make
   superfluous are excluded, with those that need them. */
static void leave_out_dependent(const struct rows_of *all, const struct design *d,
                                const struct subset_terms *terms, struct candidates *c, bool *gone,
                                struct arena *scratch)
{
    uint64_t every = terms->n == 64 ? UINT64_MAX : bit(terms->n) - 1;
    bool *missing = ARENA_NEW(scratch, bool, d->p);
    if (!find_dependent(all, d, c->always, every, gone, missing, scratch))
        return;
    for (size_t t = 0; t < terms->n; t++) {
        memset(missing, 0, d->p * sizeof *missing);
        find_dependent(all, d, c->always | margins_of(terms, t), bit(t), gone, missing, scratch);
        for (size_t j = 0; j < d->p; j++)
            gone[j] = gone[j] || (missing[j] && d->term[j] == t);
    }
    memset(missing, 0, d->p * sizeof *missing);
    find_dependent(all, d, c->always, every, gone, missing, scratch);
    for (size_t j = 0; j < d->p; j++)
        if (missing[j] && d->term[j] != SIZE_MAX && !(c->always & bit(d->term[j])))
            c->excluded |= bit(d->term[j]);
    for (size_t t = 0; t < terms->n; t++)
        c->excluded |= margins_of(terms, t) & c->excluded ? bit(t) : 0;
}

/* ---- the response ---- */

/* y less its offset and, where every subset has the intercept, its mean. */
static void set_response(struct candidates *c, struct arena *keep)
{
    const struct design *d = c->design;
    double *y = ARENA_NEW(keep, double, d->n), centre;
    struct sum size = {0};
    for (size_t i = 0; i < d->n; i++) {
        y[i] = d->y[i] - (d->offset ? d->offset[i] : 0);
        sum_add(&size, (c->w ? c->w[i] : 1) * d->y[i] * d->y[i]);
    }
    centre = c->n_intercept > 0 ? mean(y, c->w, d->n) : 0;
    for (size_t i = 0; i < d->n; i++)
        y[i] -= centre;
    c->response_size = sum_value(&size);
    c->rows.y = y;
    c->rows.offset = NULL;
    c->rows.offset_mean = 0;
    c->rows.family = &family_gaussian;
    c->rows.link = &link_identity;
}

static bool is_constant(const struct candidates *c)
{
    double first = NAN;
    for (size_t i = 0; i < c->design->n; i++) {
        if (c->w && !(c->w[i] > 0))
            continue;
        first = isnan(first) ? c->design->y[i] : first;
        if (c->design->y[i] != first)
            return false;
    }
    return true;
}

/* ---- terms ---- */

/* Numbers the free terms; those that a term needs, without the ones that are always there. */
static void set_free(struct candidates *c, const struct subset_terms *terms, struct arena *keep)
{
    size_t number[64];
    c->term = ARENA_NEW(keep, size_t, terms->n);
    c->size = ARENA_NEW(keep, size_t, terms->n);
    c->needs = ARENA_NEW(keep, uint64_t, terms->n);
    for (size_t t = 0; t < terms->n; t++) {
        if ((c->always | c->excluded) & bit(t))
            continue;
        for (size_t m = 0; m < t; m++)
            if (margins_of(terms, t) & bit(m) & ~c->always)
                c->needs[c->n] |= bit(number[m]);
        number[t] = c->n;
        c->term[c->n++] = t;
    }
    for (size_t j = 0; j < c->rows.k; j++) {
        size_t term = c->design->term[c->rows.column[j]];
        if (term == SIZE_MAX || c->always & bit(term))
            c->n_always++;
        else
            c->size[number[term]]++;
    }
}

/* A free term may have no column of its own left: cells without rows. */
static void leave_out_empty(struct candidates *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->size[i] == 0)
            c->excluded |= bit(c->term[i]);
}

static void set_columns(struct candidates *c, const struct subset_terms *terms, struct arena *keep)
{
    const struct design *d = c->design;
    struct rows_of all;
    bool *gone = ARENA_NEW(keep, bool, d->p);
    rows_init(&all, d, c->w, keep);
    if (!d->intercept)
        uncentre(&all);
    leave_out_dependent(&all, d, terms, c, gone, keep);
    for (uint64_t before = ~c->excluded; before != c->excluded; leave_out_empty(c)) {
        before = c->excluded;
        c->n = c->n_always = 0;
        for (size_t t = 0; t < terms->n; t++)
            c->excluded |= margins_of(terms, t) & c->excluded ? bit(t) : 0;
        c->rows = rows_with(&all, d, c->always, ~c->excluded, gone, keep);
        set_free(c, terms, keep);
    }
}

void candidates_of(const struct design *d, const struct glm_options *options,
                   const struct subset_terms *terms, struct candidates *c, struct arena *keep)
{
    *c = (struct candidates){.status = FIT_OK, .design = d, .weight_kind = options->weight_kind};
    double *w = options->weight ? ARENA_NEW(keep, double, d->n) : NULL;
    for (size_t i = 0; w && i < d->n; i++)
        w[i] = options->weight[d->row ? d->row[i] : i];
    struct sample s = {.n = d->n, .w = w, .weight_kind = options->weight_kind};
    c->w = w;
    c->n_obs = sample_size(&s);
    c->n_intercept = d->intercept;
    c->always = terms->forced;
    for (size_t t = 0; t < terms->n; t++)
        c->always |= terms->forced & bit(t) ? margins_of(terms, t) : 0;
    if (glm_first_outside(d, options) < d->n)
        c->status = FIT_DOMAIN;
    else if (!(c->n_obs > (double)d->p))
        c->status = FIT_TOO_FEW;
    else if (is_constant(c))
        c->status = FIT_CONSTANT;
    if (c->status != FIT_OK)
        return;
    set_columns(c, terms, keep);
    set_response(c, keep);
    c->rows.threads = options->threads;
    if (c->n == 0)
        c->status = FIT_UNIDENTIFIED;
}

uint64_t candidates_terms(const struct candidates *c, uint64_t free_terms)
{
    uint64_t terms = c->always;
    for (size_t j = 0; j < c->n; j++)
        terms |= free_terms & bit(j) ? bit(c->term[j]) : 0;
    return terms;
}

void candidates_triangle(const struct candidates *c, const double *w, double *triangle,
                         struct arena *scratch)
{
    struct rows_of r = c->rows;
    struct pass pass;
    r.w = w;
    pass_init(&r, &pass, scratch);
    rows_pass(&r, NULL, &pass);
    memcpy(triangle, pass.r, (r.k + 1) * (r.k + 1) * sizeof *triangle);
}

/* ---- the tree ---- */

/* The first column whose diagonal is but rounding; m: none. */
static size_t first_dependent(const double *r, size_t m)
{
    for (size_t j = 0; j < m; j++) {
        double length = 0;
        for (size_t i = 0; i <= j; i++)
            length = hypot(length, r[i * (m + 1) + j]);
        if (!(fabs(r[j * (m + 1) + j]) > COLLINEAR * length))
            return j;
    }
    return m;
}

bool *candidates_kept(const struct candidates *c, const double *triangle, struct arena *keep)
{
    size_t k = c->rows.k, *from = ARENA_NEW(keep, size_t, k), n = k, out;
    double *r = ARENA_NEW(keep, double, (k + 1) * (k + 1));
    double *carry = ARENA_NEW(keep, double, k + 1);
    bool *kept = ARENA_NEW(keep, bool, k);
    for (size_t j = 0; j < k; j++) {
        from[j] = j;
        kept[j] = true;
    }
    for (;; n--) {
        triangle_select(triangle, k, 0, from, n, r, carry);
        out = first_dependent(r, n);
        if (out == n)
            return kept;
        kept[from[out]] = false;
        memmove(from + out, from + out + 1, (n - out - 1) * sizeof *from);
    }
}

double *candidates_select(const struct candidates *c, const double *triangle, const bool *kept,
                          size_t *columns, size_t *n_always, struct arena *keep)
{
    size_t k = c->rows.k, *from = ARENA_NEW(keep, size_t, k), m = 0;
    *n_always = 0;
    for (size_t j = 0; j < k; j++)
        if (!kept || kept[j]) {
            *n_always += j < c->n_always;
            from[m++] = j;
        }
    double *all = ARENA_NEW(keep, double, (m + 1) * (m + 1));
    double left = triangle_select(triangle, k, 0, from, m, all, ARENA_NEW(keep, double, m + 1));
    double last = triangle[k * (k + 1) + k];
    all[m * (m + 1) + m] = sqrt(last * last + left);
    *columns = m;
    return all;
}

struct subset_tree candidates_tree_of(const struct candidates *c, const double *triangle,
                                      const bool *kept, struct arena *keep)
{
    size_t m, always, column = c->n_always, *width = ARENA_NEW(keep, size_t, c->n);
    const double *all = candidates_select(c, triangle, kept, &m, &always, keep);
    size_t n = m - always;
    double *out = ARENA_NEW(keep, double, (n + 1) * (n + 1));
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= n; j++)
            out[i * (n + 1) + j] = all[(always + i) * (m + 1) + always + j];
    for (size_t j = 0; j < c->n; j++)
        for (size_t i = 0; i < c->size[j]; i++, column++)
            width[j] += !kept || kept[column];
    return (struct subset_tree){c->n, c->size, width, c->needs, n, out};
}

struct subset_tree candidates_tree(const struct candidates *c, const double *triangle,
                                   struct arena *keep)
{
    return candidates_tree_of(c, triangle, NULL, keep);
}

size_t candidates_columns(const struct candidates *c, uint64_t free_terms, size_t *from)
{
    size_t m = 0, column = c->n_always;
    for (size_t j = 0; j < c->n_always; j++)
        from[m++] = j;
    for (size_t j = 0; j < c->n; column += c->size[j], j++)
        for (size_t i = 0; free_terms & bit(j) && i < c->size[j]; i++)
            from[m++] = column + i;
    return m;
}
