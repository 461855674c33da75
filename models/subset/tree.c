/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/subset/tree.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/glm/triangle.h"

/* Nodes of fewer free terms are not worth putting in order. */
#define ORDERED_FROM 4

/* Bounds are lowered by this share: a subset is never lost to rounding. */
#define ROUNDING 1e-10

/* A set of terms; those fixed are left out of the triangle. */
struct node {
    size_t n, k;  /* free terms and their columns */
    size_t *term; /* [n] */
    double *r;    /* [(k + 1)^2] */
    double *cost; /* [n] leaving the term out adds at least this much */
    double rss;   /* of fixed and free terms together */
    uint64_t fixed;
    size_t fixed_size;
};

struct search {
    const struct subset_tree *tree;
    uint64_t *needed_by;    /* [n] */
    struct node *level;     /* [n + 1] */
    size_t *from;           /* [k + 1] */
    double *carry;          /* [k + 1] */
    double *block;          /* [(k + 1)^2] */
    struct kept_list *list; /* NULL: a sweep, which fills */
    double *all;
};

static uint64_t bit(size_t term)
{
    return (uint64_t)1 << term;
}

/* ---- triangles ---- */

/* Rotates a row, of which entries before `at` are 0, into the triangle; gives what is left of its
   last entry. */
static double rotate_in(double *r, size_t m, size_t at, double *row)
{
    for (size_t q = at; q < m; q++) {
        double *to = r + q * (m + 1), a = to[q], b = row[q];
        if (b == 0)
            continue;
        double h = sqrt(a * a + b * b), c = a / h, s = b / h;
        to[q] = h;
        for (size_t j = q + 1; j <= m; j++) {
            double t = to[j];
            to[j] = c * t + s * row[j];
            row[j] = c * row[j] - s * t;
        }
    }
    return row[m];
}

double triangle_select(const double *r, size_t last, size_t first, const size_t *from, size_t m,
                       double *out, double *carry)
{
    double left = 0;
    memset(out, 0, (m + 1) * (m + 1) * sizeof *out);
    for (size_t q = 0; q < m; q++) {
        const double *row = r + from[q] * (last + 1);
        for (size_t j = q; j < m; j++)
            out[q * (m + 1) + j] = row[from[j]];
        out[q * (m + 1) + m] = row[last];
    }
    for (size_t t = first, at = 0; t < last; t++) {
        if (at < m && from[at] == t) {
            at++;
            continue;
        }
        for (size_t j = at; j < m; j++)
            carry[j] = r[t * (last + 1) + from[j]];
        carry[m] = r[t * (last + 1) + last];
        double rest = rotate_in(out, m, at, carry);
        left += rest * rest;
    }
    return left;
}

/* ---- the order of a node's terms ---- */

/* What leaving out column c adds to the residual sum of squares: its coefficient's square over the
   diagonal of (R'R)^-1. */
static double column_cost(const struct node *v, size_t c, double *x)
{
    size_t m = v->k + 1;
    double size = 0, b = 0;
    for (size_t l = c; l < v->k; l++) {
        double rest = l == c;
        for (size_t t = c; t < l; t++)
            rest -= x[t] * v->r[t * m + l];
        x[l] = rest / v->r[l * m + l];
        size += x[l] * x[l];
        b += x[l] * v->r[l * m + v->k];
    }
    return b * b / size;
}

/* Of several columns, at least what the dearest of them adds. */
static void set_costs(const struct search *s, struct node *v)
{
    for (size_t i = 0, c = 0; i < v->n; i++) {
        v->cost[i] = 0;
        for (size_t end = c + s->tree->width[v->term[i]]; c < end; c++)
            v->cost[i] = fmax(v->cost[i], column_cost(v, c, s->carry));
    }
}

/* The dearest of the terms that are left whose margins are not. */
static size_t dearest(const struct search *s, const struct node *v, uint64_t left)
{
    size_t best = v->n;
    for (size_t i = 0; i < v->n; i++)
        if (left & bit(v->term[i]) && !(s->tree->needs[v->term[i]] & left) &&
            (best == v->n || v->cost[i] > v->cost[best]))
            best = i;
    assert(best < v->n);
    return best;
}

/* Columns in the order of the terms, as the block of a new triangle. */
static void rebuild(const struct search *s, struct node *v, const size_t *start,
                    const size_t *order)
{
    size_t m = v->k + 1, c = 0;
    memset(s->block, 0, m * m * sizeof *s->block);
    for (size_t i = 0; i < v->n; i++)
        for (size_t w = 0; w < s->tree->width[v->term[order[i]]]; w++, c++)
            for (size_t row = 0; row <= start[order[i]] + w; row++)
                s->block[c * m + row] = v->r[row * m + start[order[i]] + w];
    for (size_t row = 0; row < v->k; row++)
        s->block[v->k * m + row] = v->r[row * m + v->k];
    memset(v->r, 0, m * m * sizeof *v->r);
    triangle_absorb(v->r, m, s->block, v->k, m);
}

static void put_in_order(const struct search *s, struct node *v)
{
    size_t start[64], order[64], term[64];
    double cost[64];
    bool same = true;
    uint64_t left = 0;
    for (size_t i = 0, c = 0; i < v->n; c += s->tree->width[v->term[i]], i++) {
        start[i] = c;
        left |= bit(v->term[i]);
    }
    set_costs(s, v);
    for (size_t i = 0; i < v->n; i++) {
        order[i] = dearest(s, v, left);
        term[i] = v->term[order[i]];
        cost[i] = v->cost[order[i]];
        left &= ~bit(term[i]);
        same = same && order[i] == i;
    }
    if (same)
        return;
    rebuild(s, v, start, order);
    memcpy(v->term, term, v->n * sizeof *term);
    memcpy(v->cost, cost, v->n * sizeof *cost);
}

/* ---- the walk ---- */

static void offer(const struct search *s, uint64_t terms, size_t size, double rss)
{
    if (s->list)
        kept_offer(s->list, terms, size, rss);
    else
        s->all[terms] = rss;
}

/* Every leading set that is longer than what is fixed. */
static void offer_leading(const struct search *s, const struct node *v)
{
    uint64_t terms = v->fixed;
    size_t size = v->fixed_size, c = v->k;
    double rss = v->rss;
    for (size_t i = 0; i < v->n; i++) {
        terms |= bit(v->term[i]);
        size += s->tree->size[v->term[i]];
    }
    for (size_t i = v->n; i-- > 0;) {
        offer(s, terms, size, rss);
        terms &= ~bit(v->term[i]);
        size -= s->tree->size[v->term[i]];
        for (size_t w = s->tree->width[v->term[i]]; w > 0; w--) {
            double z = v->r[--c * (v->k + 1) + v->k];
            rss += z * z;
        }
    }
}

/* The child that leaves out term i, whose columns begin at `start`, all but its triangle: its
   columns go to s->from.  False where no term is left free. */
static bool begin_child(const struct search *s, const struct node *v, size_t i, size_t start,
                        struct node *child)
{
    const struct subset_tree *tree = s->tree;
    uint64_t dead = s->needed_by[v->term[i]];
    size_t c = start + tree->width[v->term[i]];
    child->n = child->k = 0;
    child->fixed = v->fixed;
    child->fixed_size = v->fixed_size;
    for (size_t j = 0; j < i; j++) {
        child->fixed |= bit(v->term[j]);
        child->fixed_size += tree->size[v->term[j]];
    }
    for (size_t j = i + 1; j < v->n; c += tree->width[v->term[j]], j++) {
        if (dead & bit(v->term[j]))
            continue;
        child->term[child->n++] = v->term[j];
        for (size_t w = 0; w < tree->width[v->term[j]]; w++)
            s->from[child->k++] = c + w;
    }
    return child->n > 0;
}

/* Can one of the sets below the child still be kept, if all have at least this deviance? */
static bool is_promising(const struct search *s, const struct node *child, double rss)
{
    if (!s->list)
        return true;
    size_t least = SIZE_MAX, most = 0;
    for (size_t j = 0; j < child->n; j++) {
        size_t size = s->tree->size[child->term[j]];
        least = size < least ? size : least;
        most += size;
    }
    return kept_is_open(s->list, child->fixed_size + least, child->fixed_size + most,
                        rss * (1 - ROUNDING));
}

static void walk(const struct search *s, size_t depth)
{
    struct node *v = &s->level[depth];
    bool ordered = s->list && v->n >= ORDERED_FROM;
    if (ordered)
        put_in_order(s, v);
    offer_leading(s, v);
    size_t start = v->k - s->tree->width[v->term[v->n - 1]];
    for (size_t i = v->n - 1; i-- > 0;) {
        struct node *child = &s->level[depth + 1];
        start -= s->tree->width[v->term[i]];
        if (!begin_child(s, v, i, start, child) ||
            !is_promising(s, child, v->rss + (ordered ? v->cost[i] : 0)))
            continue;
        child->rss =
            v->rss + triangle_select(v->r, v->k, start, s->from, child->k, child->r, s->carry);
        if (is_promising(s, child, child->rss))
            walk(s, depth + 1);
    }
}

static struct search search_of(const struct subset_tree *tree, struct arena *scratch)
{
    size_t n = tree->n, m = tree->k + 1;
    struct search s = {.tree = tree, .needed_by = ARENA_NEW(scratch, uint64_t, n)};
    s.level = ARENA_NEW(scratch, struct node, n + 1);
    s.from = ARENA_NEW(scratch, size_t, m);
    s.carry = ARENA_NEW(scratch, double, m);
    s.block = ARENA_NEW(scratch, double, m *m);
    for (size_t j = 0; j < n; j++) {
        assert(tree->needs[j] < bit(j));
        for (size_t i = 0; i < j; i++)
            s.needed_by[i] |= tree->needs[j] & bit(i) ? bit(j) : 0;
    }
    for (size_t d = 0; d <= n; d++) {
        s.level[d].term = ARENA_NEW(scratch, size_t, n);
        s.level[d].cost = ARENA_NEW(scratch, double, n);
        s.level[d].r = ARENA_NEW(scratch, double, m *m);
    }
    return s;
}

/* All subsets, that of no term included. */
static void walk_all(const struct search *s)
{
    const struct subset_tree *tree = s->tree;
    struct node *root = &s->level[0];
    size_t k = tree->k;
    double last = tree->triangle[k * (k + 1) + k], empty;
    root->n = tree->n;
    root->k = k;
    root->rss = empty = last * last;
    memcpy(root->r, tree->triangle, (k + 1) * (k + 1) * sizeof *root->r);
    for (size_t j = 0; j < tree->n; j++)
        root->term[j] = j;
    for (size_t c = 0; c < k; c++)
        empty += root->r[c * (k + 1) + k] * root->r[c * (k + 1) + k];
    offer(s, 0, 0, empty);
    if (tree->n > 0)
        walk(s, 0);
}

void tree_search(const struct subset_tree *tree, struct kept_list *list, struct arena *scratch)
{
    assert(tree->n <= 64);
    struct search s = search_of(tree, scratch);
    s.list = list;
    walk_all(&s);
}

void tree_sweep(const struct subset_tree *tree, double *rss, struct arena *scratch)
{
    assert(tree->n <= 30);
    struct search s = search_of(tree, scratch);
    s.all = rss;
    for (size_t i = 0; i < (size_t)1 << tree->n; i++)
        rss[i] = NAN;
    walk_all(&s);
}
