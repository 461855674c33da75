/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/separation.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "models/base/workers.h"
#include "models/glm/rows_inside.h"
#include "models/glm/triangle.h"

/* A cosine, or a singular value of rows of unit second moments, that is 0. */
#define NOTHING 1e-11

/* The rows a in the q coordinates orthogonal to the rows that are on no border. */
struct cone {
    const struct rows_of *r;
    const bool *out; /* [n] rows taken away */
    size_t q;
    double *map; /* [q * k] from coordinates u to those */
    double *to;  /* [q] the vector found */
};

/* 1 and -1 on the upper and the lower border, 0 on none. */
static int border_of(const struct rows_of *r, size_t i)
{
    if (r->family->border_at_zero && r->link->to_zero && r->y[i] <= 0)
        return -1;
    return r->family->border_at_one && r->link->to_one && r->y[i] >= 1;
}

/* The triangle [(k + 1)^2] of the rows of all kinds, or of those on no border. */
static void triangle_of(const struct rows_of *r, bool all, double *triangle, struct arena *scratch)
{
    size_t m = r->k + 1, line = 0;
    double *block = ARENA_NEW(scratch, double, m *ROWS_BLOCK), *u = ARENA_NEW(scratch, double, m);
    memset(triangle, 0, m * m * sizeof *triangle);
    for (size_t i = 0; i < r->n; i++) {
        if (!(rows_weight_at(r, i) > 0) || (!all && border_of(r, i) != 0))
            continue;
        rows_coordinates(r, i, u);
        for (size_t j = 0; j < r->k; j++)
            block[j * ROWS_BLOCK + line] = u[j];
        block[r->k * ROWS_BLOCK + line] = 0;
        if (++line == ROWS_BLOCK) {
            triangle_absorb(triangle, m, block, line, ROWS_BLOCK);
            line = 0;
        }
    }
    triangle_absorb(triangle, m, block, line, ROWS_BLOCK);
}

/* The map: u to t = R^-T u, in which all rows have unit second moments, then onto the directions
   in which the rows on no border do not reach. */
static void set_map(struct cone *c, struct arena *scratch)
{
    size_t k = c->r->k, m = k + 1;
    double *all = ARENA_NEW(scratch, double, m *m), *inner = ARENA_NEW(scratch, double, m *m);
    double *t = ARENA_NEW(scratch, double, k *k), *v = ARENA_NEW(scratch, double, k *k);
    double *s = ARENA_NEW(scratch, double, k), *work = ARENA_NEW(scratch, double, k);
    triangle_of(c->r, true, all, scratch);
    triangle_of(c->r, false, inner, scratch);
    for (size_t i = 0; i < k; i++) /* rows of inner R^-1 */
        triangle_solve_transposed(all, m, k, inner + i * m, t + i * k);
    gsl_matrix_view a = gsl_matrix_view_array(t, k, k), right = gsl_matrix_view_array(v, k, k);
    gsl_vector_view values = gsl_vector_view_array(s, k), room = gsl_vector_view_array(work, k);
    c->q = 0;
    c->map = ARENA_NEW(scratch, double, k *k);
    if (gsl_linalg_SV_decomp(&a.matrix, &right.matrix, &values.vector, &room.vector))
        return;
    for (size_t j = 0; j < k; j++) {
        if (s[j] > 1e-9)
            continue;
        for (size_t i = 0; i < k; i++)
            work[i] = v[i * k + j];
        triangle_solve(all, m, k, work, c->map + c->q++ * k); /* z' R^-T u = (R^-1 z)' u */
    }
}

/* a of row i; false where it has none. */
static bool direction(const struct cone *c, size_t i, double *u, double *a)
{
    int border = border_of(c->r, i);
    double length = 0, reach = 0;
    if (border == 0 || c->out[i] || !(rows_weight_at(c->r, i) > 0))
        return false;
    rows_coordinates(c->r, i, u);
    for (size_t d = 0; d < c->q; d++) {
        a[d] = 0;
        for (size_t j = 0; j < c->r->k; j++) {
            double part = c->map[d * c->r->k + j] * u[j];
            a[d] += part;
            reach = fmax(reach, fabs(part));
        }
        length = hypot(length, a[d]);
    }
    for (size_t d = 0; d < c->q; d++)
        a[d] *= border / length;
    return length > 1e-12 * reach;
}

/* ---- passes over the rows ---- */

struct found {
    double least;
    size_t at;
};

struct search {
    const struct cone *c;
    struct found *found; /* [tasks] */
    double *sum;         /* [tasks * q] */
};

static void search_task(size_t task, void *context)
{
    const struct search *s = context;
    const struct cone *c = s->c;
    struct arena *own = arena_new();
    double *u = ARENA_NEW(own, double, c->r->k), *a = ARENA_NEW(own, double, c->q);
    struct found found = {INFINITY, 0};
    memset(s->sum + task * c->q, 0, c->q * sizeof *s->sum);
    for (size_t i = task * ROWS_TASK; i < rows_task_end(c->r, task); i++) {
        double product = 0;
        if (!direction(c, i, u, a))
            continue;
        for (size_t d = 0; d < c->q; d++) {
            product += a[d] * c->to[d];
            s->sum[task * c->q + d] += a[d];
        }
        if (product < found.least)
            found = (struct found){product, i};
    }
    s->found[task] = found;
    arena_free(own);
}

/* The row of least a'to, and sum a [q]. */
static struct found search_rows(const struct cone *c, double *sum, struct arena *scratch)
{
    size_t n_tasks = rows_n_tasks(c->r);
    struct search s = {c, ARENA_NEW(scratch, struct found, n_tasks),
                       ARENA_NEW(scratch, double, n_tasks * c->q)};
    struct found least = {INFINITY, 0};
    workers_run(n_tasks, c->r->threads, search_task, &s);
    memset(sum, 0, c->q * sizeof *sum);
    for (size_t t = 0; t < n_tasks; t++) {
        least = s.found[t].least < least.least ? s.found[t] : least;
        for (size_t d = 0; d < c->q; d++)
            sum[d] += s.sum[t * c->q + d];
    }
    return least;
}

/* ---- non-negative least squares ---- */

struct active {
    size_t n;
    double *a; /* [q + 1][q] directions with positive v */
    double *v; /* [q + 1] */
};

static double length_of(const double *x, size_t n)
{
    double length = 0;
    for (size_t i = 0; i < n; i++)
        length = hypot(length, x[i]);
    return length;
}

/* The v that minimise |sum + A'v| over the active directions, of either sign. */
static bool solve_free(const struct active *p, const double *sum, size_t q, double *v,
                       struct arena *scratch)
{
    gsl_matrix *m = gsl_matrix_alloc(q, p->n);
    double *tau = ARENA_NEW(scratch, double, q), *rest = ARENA_NEW(scratch, double, q);
    double *right = ARENA_NEW(scratch, double, q);
    for (size_t d = 0; d < q; d++) {
        right[d] = -sum[d];
        for (size_t j = 0; j < p->n; j++)
            gsl_matrix_set(m, d, j, p->a[j * q + d]);
    }
    gsl_vector_view t = gsl_vector_view_array(tau, p->n), x = gsl_vector_view_array(v, p->n);
    gsl_vector_view b = gsl_vector_view_array(right, q), e = gsl_vector_view_array(rest, q);
    bool solved = gsl_linalg_QR_decomp(m, &t.vector) == 0 &&
                  gsl_linalg_QR_lssolve(m, &t.vector, &b.vector, &x.vector, &e.vector) == 0;
    for (size_t j = 0; j < p->n; j++)
        solved = solved && isfinite(v[j]);
    gsl_matrix_free(m);
    return solved;
}

static void drop(struct active *p, size_t j, size_t q)
{
    p->n--;
    memmove(p->a + j * q, p->a + (j + 1) * q, (p->n - j) * q * sizeof *p->a);
    memmove(p->v + j, p->v + j + 1, (p->n - j) * sizeof *p->v);
}

/* Moves v to the optimum of its face, giving up the directions whose v falls to 0 on the way. */
static bool settle(struct active *p, const double *sum, size_t q, struct arena *scratch)
{
    double *goal = ARENA_NEW(scratch, double, q + 1);
    while (p->n > 0) {
        double share = 1;
        size_t first = p->n;
        if (!solve_free(p, sum, q, goal, scratch))
            return false;
        for (size_t j = 0; j < p->n; j++)
            if (goal[j] <= 0 && p->v[j] / (p->v[j] - goal[j]) < share) {
                share = p->v[j] / (p->v[j] - goal[j]);
                first = j;
            }
        for (size_t j = 0; j < p->n; j++)
            p->v[j] += share * (goal[j] - p->v[j]);
        if (first == p->n)
            return true;
        drop(p, first, q);
    }
    return true;
}

/* c->to becomes the shortest sum (1 + v) a.  True if it separates. */
static bool shortest(struct cone *c, struct arena *scratch)
{
    size_t q = c->q;
    double *sum = ARENA_NEW(scratch, double, q), *u = ARENA_NEW(scratch, double, c->r->k);
    struct active p = {0, ARENA_NEW(scratch, double, (q + 1) * q),
                       ARENA_NEW(scratch, double, q + 1)};
    memset(c->to, 0, q * sizeof *c->to);
    search_rows(c, sum, scratch);
    double whole = length_of(sum, q);
    memcpy(c->to, sum, q * sizeof *sum);
    for (size_t turn = 0; turn < 100 * q + 100; turn++) {
        double length = length_of(c->to, q);
        if (!(length > 1e-13 * whole) || p.n == q)
            return false;
        struct found least = search_rows(c, sum, scratch);
        if (least.least >= -(NOTHING * length + 64 * DBL_EPSILON * whole))
            return true;
        direction(c, least.at, u, p.a + p.n * q);
        p.v[p.n++] = 0;
        if (!settle(&p, sum, q, scratch))
            return false;
        memcpy(c->to, sum, q * sizeof *sum);
        for (size_t j = 0; j < p.n; j++)
            for (size_t d = 0; d < q; d++)
                c->to[d] += p.v[j] * p.a[j * q + d];
    }
    return false;
}

/* Marks the rows that c->to separates; how many. */
static size_t mark(const struct cone *c, bool *separated, struct arena *scratch)
{
    double *u = ARENA_NEW(scratch, double, c->r->k), *a = ARENA_NEW(scratch, double, c->q);
    double length = length_of(c->to, c->q);
    size_t n = 0;
    for (size_t i = 0; i < c->r->n; i++) {
        double product = 0;
        if (!direction(c, i, u, a))
            continue;
        for (size_t d = 0; d < c->q; d++)
            product += a[d] * c->to[d];
        if (product > 10 * NOTHING * length) {
            separated[i] = true;
            n++;
        }
    }
    return n;
}

size_t separation_find(const struct rows_of *r, bool *separated, struct arena *scratch)
{
    struct cone c = {.r = r, .out = separated, .to = ARENA_NEW(scratch, double, r->k)};
    size_t total = 0;
    memset(separated, 0, r->n * sizeof *separated);
    if (r->k > 0)
        set_map(&c, scratch);
    while (c.q > 0 && shortest(&c, scratch)) {
        size_t n = mark(&c, separated, scratch);
        if (n == 0)
            break;
        total += n;
    }
    return total;
}
