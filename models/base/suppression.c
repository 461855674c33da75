/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/suppression.h"

#include <math.h>
#include <string.h>

#include "models/base/order.h"
#include "models/base/sum.h"

/* A search for further cells to hide. */
struct search {
    const struct suppression_cell *cell;
    const struct suppression_line *line;
    size_t n_cells, n_lines;
    double below;
    bool *hidden;
};

/* ---- one line ---- */

/* Respondents of the total who are in no cell of the line. */
static double rest_of(const struct search *s, const struct suppression_line *l)
{
    double rest = l->total == SUPPRESSION_ELSEWHERE ? 0 : s->cell[l->total].n;
    for (size_t i = 0; i < l->n && l->total != SUPPRESSION_ELSEWHERE; i++)
        rest -= s->cell[l->cell[i]].n;
    return rest > 1e-6 ? rest : 0; /* sums of frequencies are rounded */
}

static bool total_is_told(const struct search *s, const struct suppression_line *l)
{
    return l->total == SUPPRESSION_ELSEWHERE || !s->hidden[l->total];
}

/* Can a hidden cell, or a few of them as one, be had from the rest of the line? */
static bool gives_away(const struct search *s, const struct suppression_line *l)
{
    const double rest = rest_of(s, l);
    const bool told = total_is_told(s, l);
    double sum = rest;
    size_t n = (rest > 0) + !told;
    bool any = !told || (rest > 0 && rest < s->below);
    for (size_t i = 0; i < l->n; i++)
        if (s->hidden[l->cell[i]]) {
            sum += s->cell[l->cell[i]].least;
            any |= s->cell[l->cell[i]].least > 0;
            n++;
        }
    return any && (n < 2 + l->sums || (told && sum < s->below));
}

/* Hides the smallest cell of a line that is told, else its total; false: all are hidden. */
static bool hide_one(struct search *s, const struct suppression_line *l)
{
    uint32_t next = l->total;
    for (size_t i = 0; i < l->n; i++) {
        const uint32_t c = l->cell[i];
        if (!s->hidden[c] && s->cell[c].least > 0 &&
            (next == l->total || s->cell[c].least < s->cell[next].least))
            next = c;
    }
    if (next == SUPPRESSION_ELSEWHERE || s->hidden[next])
        return false;
    return s->hidden[next] = true;
}

static void by_lines(struct search *s)
{
    bool more = true;
    while (more) {
        more = false;
        for (size_t k = 0; k < s->n_lines; k++)
            more |= gives_away(s, &s->line[k]) && hide_one(s, &s->line[k]);
    }
}

/* ---- all lines together ---- */

enum { MOST_UNKNOWNS = 600 };

#define PRIME 2147483629U /* below 2^31: products fit into 64 bits */

static uint32_t power(uint32_t a, uint32_t k)
{
    uint64_t result = 1, base = a;
    for (; k; k >>= 1, base = base * base % PRIME)
        if (k & 1)
            result = result * base % PRIME;
    return (uint32_t)result;
}

/* Hidden cells that lines join, by number. */
static uint32_t root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static uint32_t *components(const struct search *s, struct arena *scratch)
{
    uint32_t *parent = ARENA_NEW(scratch, uint32_t, s->n_cells);
    for (size_t i = 0; i < s->n_cells; i++)
        parent[i] = (uint32_t)i;
    for (size_t k = 0; k < s->n_lines; k++) {
        const struct suppression_line *l = &s->line[k];
        uint32_t first = !total_is_told(s, l) ? l->total : SUPPRESSION_ELSEWHERE;
        for (size_t i = 0; i < l->n; i++) {
            const uint32_t c = l->cell[i];
            if (!s->hidden[c])
                continue;
            if (first == SUPPRESSION_ELSEWHERE)
                first = c;
            parent[root_of(parent, c)] = root_of(parent, first);
        }
    }
    return parent;
}

/* Equations of the unknown cells of one component, modulo a large prime: nothing is rounded. */
struct equations {
    uint32_t *a; /* [n_rows * n] row major */
    size_t n_rows, n;
    const uint32_t *cell; /* [n] */
};

/* place [n_cells]: number of each unknown of the component, UINT32_MAX of other cells. */
static bool has_unknown(const struct suppression_line *l, const uint32_t *place)
{
    bool any = l->total != SUPPRESSION_ELSEWHERE && place[l->total] != UINT32_MAX;
    for (size_t i = 0; i < l->n && !any; i++)
        any = place[l->cell[i]] != UINT32_MAX;
    return any;
}

/* A line as an equation: all that its total sums are cells. */
static void add_equation(struct equations *e, const struct suppression_line *l,
                         const uint32_t *place)
{
    uint32_t *row = e->a + e->n_rows++ * e->n;
    for (size_t i = 0; i < l->n; i++)
        if (place[l->cell[i]] != UINT32_MAX)
            row[place[l->cell[i]]] = 1;
    if (l->total != SUPPRESSION_ELSEWHERE && place[l->total] != UINT32_MAX)
        row[place[l->total]] = PRIME - 1;
}

static void subtract(uint32_t *row, const uint32_t *pivot, uint32_t times, size_t n)
{
    for (size_t j = 0; j < n; j++)
        row[j] = (uint32_t)((row[j] + (uint64_t)(PRIME - times) * pivot[j]) % PRIME);
}

/* Reduced row echelon form. */
static void reduce(struct equations *e)
{
    size_t rank = 0;
    for (size_t j = 0; j < e->n && rank < e->n_rows; j++) {
        size_t r = rank;
        while (r < e->n_rows && e->a[r * e->n + j] == 0)
            r++;
        if (r == e->n_rows)
            continue;
        uint32_t *pivot = e->a + rank * e->n, *found = e->a + r * e->n;
        const uint32_t inverse = power(found[j], PRIME - 2);
        for (size_t k = 0; k < e->n; k++) {
            const uint32_t held = pivot[k];
            pivot[k] = (uint32_t)((uint64_t)found[k] * inverse % PRIME);
            if (r != rank)
                found[k] = held;
        }
        for (size_t i = 0; i < e->n_rows; i++)
            if (i != rank && e->a[i * e->n + j])
                subtract(e->a + i * e->n, pivot, e->a[i * e->n + j], e->n);
        rank++;
    }
}

/* An unknown that an equation of the reduced form tells alone, or UINT32_MAX. */
static uint32_t determined(const struct equations *e)
{
    for (size_t i = 0; i < e->n_rows; i++) {
        size_t n = 0, at = 0;
        for (size_t j = 0; j < e->n; j++)
            if (e->a[i * e->n + j]) {
                n++;
                at = j;
            }
        if (n == 1)
            return e->cell[at];
    }
    return UINT32_MAX;
}

/* A hidden cell of the component that follows from its lines, or UINT32_MAX. */
static uint32_t follows(const struct search *s, const uint32_t *unknown, size_t n,
                        struct arena *scratch)
{
    uint32_t *place = ARENA_NEW(scratch, uint32_t, s->n_cells);
    size_t n_rows = 1;
    memset(place, 0xff, s->n_cells * sizeof *place);
    for (size_t i = 0; i < n; i++)
        place[unknown[i]] = (uint32_t)i;
    for (size_t k = 0; k < s->n_lines; k++)
        n_rows += has_unknown(&s->line[k], place);
    struct equations e = {ARENA_NEW(scratch, uint32_t, n_rows * n), 0, n, unknown};
    for (size_t k = 0; k < s->n_lines; k++)
        if (has_unknown(&s->line[k], place) && rest_of(s, &s->line[k]) == 0)
            add_equation(&e, &s->line[k], place);
    reduce(&e);
    return determined(&e);
}

/* Hides one cell beside a hidden one in one of its lines. */
static bool hide_beside(struct search *s, uint32_t c)
{
    for (size_t k = 0; k < s->n_lines; k++) {
        const struct suppression_line *l = &s->line[k];
        bool in_line = l->total == c;
        for (size_t i = 0; i < l->n; i++)
            in_line |= l->cell[i] == c;
        if (in_line && hide_one(s, l))
            return true;
    }
    return false;
}

/* The hidden cells by component: begin [n_cells + 1] of each root's in the list. */
static uint32_t *by_component(const struct search *s, size_t *begin, struct arena *scratch)
{
    uint32_t *parent = components(s, scratch), *list = ARENA_NEW(scratch, uint32_t, s->n_cells);
    size_t *next = ARENA_NEW(scratch, size_t, s->n_cells);
    for (size_t i = 0; i < s->n_cells; i++)
        begin[root_of(parent, (uint32_t)i) + 1] += s->hidden[i];
    for (size_t r = 0; r < s->n_cells; r++)
        begin[r + 1] += next[r] = begin[r];
    for (size_t i = 0; i < s->n_cells; i++)
        if (s->hidden[i])
            list[next[root_of(parent, (uint32_t)i)]++] = (uint32_t)i;
    return list;
}

static bool hide_what_follows(struct search *s)
{
    struct arena *scratch = arena_new(), *each = arena_new();
    size_t *begin = ARENA_NEW(scratch, size_t, s->n_cells + 1);
    const uint32_t *list = by_component(s, begin, scratch);
    bool more = false;
    for (size_t r = 0; r < s->n_cells; r++) {
        const size_t n = begin[r + 1] - begin[r];
        if (n < 2 || n > MOST_UNKNOWNS)
            continue;
        const uint32_t c = follows(s, list + begin[r], n, each);
        more |= c != UINT32_MAX && hide_beside(s, c);
        arena_reset(each);
    }
    arena_free(each);
    arena_free(scratch);
    return more;
}

void suppression_complete(const struct suppression_cell cell[], size_t n_cells,
                          const struct suppression_line line[], size_t n_lines, double below,
                          bool hidden[])
{
    struct search s = {cell, line, n_cells, n_lines, below, hidden};
    do
        by_lines(&s);
    while (hide_what_follows(&s));
}

/* ---- ends of a range ---- */

/* The first value in this order with `below` respondents up to it, NaN: there are fewer. */
static double reached(const double x[], const double w[], const uint32_t *order, size_t n,
                      bool from_end, double below)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t at = order[from_end ? n - 1 - i : i];
        total += w ? w[at] : 1;
        if (total >= below - 1e-6)
            return x[at];
    }
    return NAN;
}

void suppression_range(const double x[], const double w[], size_t n, double below, double *low,
                       double *high)
{
    struct arena *scratch = arena_new();
    const uint32_t *order = order_real(x, n, scratch);
    *low = reached(x, w, order, n, false, below);
    *high = reached(x, w, order, n, true, below);
    if (!(*low <= *high))
        *low = *high = mean(x, w, n);
    arena_free(scratch);
}
