/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/concordance.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

enum {
    EXACT_BELOW_N = 50,   /* exact p-values below this n, as R's cor.test has it */
    EXACT_LARGEST_N = 500 /* the largest n where one is given when it is asked for */
};

/* Cumulated weights by level, in Fenwick's tree (1994, Softw. Pract. Exper. 24,
   327-336): adding one and summing those below a level take O(log n). */
struct tree {
    double *node; /* [n + 1] */
    size_t n;
};

static void tree_add(struct tree *t, size_t level, double w)
{
    for (size_t i = level + 1; i <= t->n; i += i & -i)
        t->node[i] += w;
}

static double tree_below(const struct tree *t, size_t level)
{
    double total = 0;
    for (size_t i = level; i > 0; i -= i & -i)
        total += t->node[i];
    return total;
}

/* For each row the weight of the rows of smaller x (of larger x: descending) whose y
   is smaller and larger.  Knight (1966, J. Am. Statist. Assoc. 61, 436-439) sorts by x
   and counts the exchanges that sort y; here they are counted against a tree of the y
   seen so far: O(n log n) as well, but without subtracting ties from the number of all
   pairs. */
static void sweep(const struct variable *x, const struct variable *y, const double *w,
                  bool descending, double *smaller, double *larger, struct arena *scratch)
{
    struct tree seen = {ARENA_NEW(scratch, double, y->n_levels + 1), y->n_levels};
    size_t n = x->n;
    double total = 0;
    for (size_t i = 0, j; i < n; i = j) {
        size_t first = x->order[descending ? n - 1 - i : i];
        for (j = i; j < n; j++) {
            size_t row = x->order[descending ? n - 1 - j : j], level = y->level[row];
            if (x->level[row] != x->level[first])
                break;
            smaller[row] += tree_below(&seen, level);
            larger[row] += total - tree_below(&seen, level + 1);
        }
        for (size_t k = i; k < j; k++) {
            size_t row = x->order[descending ? n - 1 - k : k];
            tree_add(&seen, y->level[row], w ? w[row] : 1);
            total += w ? w[row] : 1;
        }
    }
}

/* Weight of the pairs of different levels: the sum over levels of weight times
   the weight below, which cancels nothing. */
static double untied(const struct variable *v, const double *w, struct arena *scratch)
{
    const double *level_weight = level_weights(v, w, scratch);
    double pairs = 0, below = 0;
    for (size_t l = 0; l < v->n_levels; l++) {
        pairs += level_weight[l] * below;
        below += level_weight[l];
    }
    return pairs;
}

/* Both orders give the same pairs; the tree is quicker over few levels. */
static void sweep_quickly(const struct variable *x, const struct variable *y, const double *w,
                          double *smaller, double *larger, struct arena *scratch)
{
    if (x->n_levels < y->n_levels)
        sweep(y, x, w, false, smaller, larger, scratch);
    else
        sweep(x, y, w, false, smaller, larger, scratch);
}

struct concordance concordance_of(const struct variable *x, const struct variable *y,
                                  const double *w, struct arena *scratch)
{
    double *smaller = ARENA_NEW(scratch, double, x->n), *larger = ARENA_NEW(scratch, double, x->n);
    struct concordance c = {.untied_x = untied(x, w, scratch), .untied_y = untied(y, w, scratch)};
    sweep_quickly(x, y, w, smaller, larger, scratch);
    for (size_t i = 0; i < x->n; i++) {
        double wi = w ? w[i] : 1;
        c.n += wi;
        c.concordant += wi * smaller[i];
        c.discordant += wi * larger[i];
    }
    return c;
}

static const double *scaled_weights(const struct pairs *p, struct arena *keep)
{
    double *w = ARENA_NEW(keep, double, p->x.n), total = 0;
    for (size_t i = 0; i < p->x.n; i++)
        total += p->w ? p->w[i] : 1;
    for (size_t i = 0; i < p->x.n; i++)
        w[i] = (p->w ? p->w[i] : 1) * (p->effective / total);
    return w;
}

static const double *tied(const struct variable *v, const double *w, struct arena *keep)
{
    double *of_level = level_weights(v, w, keep), *of_row = ARENA_NEW(keep, double, v->n);
    for (size_t i = 0; i < v->n; i++)
        of_row[i] = of_level[v->level[i]];
    return of_row;
}

struct concordance_rows concordance_rows_of(const struct pairs *p, struct arena *keep)
{
    size_t n = p->x.n;
    const double *w = scaled_weights(p, keep);
    double *concordant = ARENA_NEW(keep, double, n), *discordant = ARENA_NEW(keep, double, n);
    sweep(&p->x, &p->y, w, false, concordant, discordant, keep);
    sweep(&p->x, &p->y, w, true, discordant, concordant, keep);
    return (struct concordance_rows){
        .n_rows = n,
        .n = p->effective,
        .w = w,
        .concordant = concordant,
        .discordant = discordant,
        .tied_x = tied(&p->x, w, keep),
        .tied_y = tied(&p->y, w, keep),
        .twice_concordant = cross_product(w, 0, concordant, 0, NULL, n),
        .twice_discordant = cross_product(w, 0, discordant, 0, NULL, n),
        .twice_untied_x = 2 * untied(&p->x, w, keep),
        .twice_untied_y = 2 * untied(&p->y, w, keep),
    };
}

double concordance_std_error(const struct concordance_rows *r, const double *g)
{
    double m = mean(g, r->w, r->n_rows);
    return sqrt(cross_product(g, m, g, m, r->w, r->n_rows));
}

double concordance_somers_error(const struct concordance_rows *r, const double *tied,
                                double twice_untied, struct arena *scratch)
{
    double *g = ARENA_NEW(scratch, double, r->n_rows);
    double d = (r->twice_concordant - r->twice_discordant) / twice_untied;
    for (size_t i = 0; i < r->n_rows; i++)
        g[i] = 2 * (r->concordant[i] - r->discordant[i] - d * (r->n - tied[i])) / twice_untied;
    return concordance_std_error(r, g);
}

/* ---- the test ---- */

/* P(at most q discordant pairs) in a random permutation of n, by the recursion of
   Mann (1945, Econometrica 13, 245-259): element i makes 0..i-1 new inversions. */
static double tail(size_t n, size_t q, struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, q + 1), *next = ARENA_NEW(scratch, double, q + 1);
    p[0] = 1;
    for (size_t i = 2; i <= n; i++) {
        double window = 0;
        for (size_t k = 0; k <= q; k++) {
            window += p[k];
            if (k >= i)
                window -= p[k - i];
            next[k] = window / (double)i;
        }
        double *swap = p;
        p = next;
        next = swap;
    }
    double total = 0;
    for (size_t k = 0; k <= q; k++)
        total += p[k];
    return total;
}

/* Twice the smaller tail; by symmetry both are tails from zero. */
bool concordance_exact_test(const struct pairs *p, double estimate,
                            struct correlation_result *result, struct arena *scratch)
{
    (void)estimate;
    if (p->w || p->x.n_levels < p->x.n || p->y.n_levels < p->y.n || p->x.n > EXACT_LARGEST_N)
        return false;
    struct concordance c = concordance_of(&p->x, &p->y, NULL, scratch);
    size_t fewer = (size_t)fmin(c.concordant, c.discordant);
    result->statistic = c.concordant;
    result->p_value = fmin(1, 2 * tail(p->x.n, fewer, scratch));
    return true;
}

/* Sums over groups of ties of size t. */
struct ties {
    double pairs;    /* t (t - 1) */
    double triples;  /* t (t - 1) (t - 2) */
    double variance; /* t (t - 1) (2 t + 5) */
};

static struct ties ties_of(const struct variable *v, const double *w, struct arena *scratch)
{
    const double *size = level_weights(v, w, scratch);
    struct ties sum = {0, 0, 0};
    for (size_t l = 0; l < v->n_levels; l++) {
        double t = size[l];
        sum.pairs += t * (t - 1);
        sum.triples += t * (t - 1) * (t - 2);
        sum.variance += t * (t - 1) * (2 * t + 5);
    }
    return sum;
}

/* Variance of S when there is no association, given the ties. */
static double null_variance(const struct pairs *p, const double *w, struct arena *scratch)
{
    struct ties t = ties_of(&p->x, w, scratch), u = ties_of(&p->y, w, scratch);
    double n = p->size, pairs = n * (n - 1);
    double variance =
        (pairs * (2 * n + 5) - t.variance - u.variance) / 18 + t.pairs * u.pairs / (2 * pairs);
    if (n > 2)
        variance += t.triples * u.triples / (9 * pairs * (n - 2));
    return variance;
}

/* S of weighted pairs is brought to the scale of the rows: the share of the pairs
   untied in both that it is, times those of the rows. */
void concordance_normal_test(const struct pairs *p, double estimate,
                             struct correlation_result *result, struct arena *scratch)
{
    (void)estimate;
    struct concordance c = concordance_of(&p->x, &p->y, p->w, scratch);
    const double *frequency = p->weight_kind == WEIGHT_FREQUENCY ? p->w : NULL;
    double s = c.concordant - c.discordant;
    if (p->weight_kind == WEIGHT_SAMPLING) {
        double rows = sqrt(untied(&p->x, NULL, scratch)) * sqrt(untied(&p->y, NULL, scratch));
        s *= rows / (sqrt(c.untied_x) * sqrt(c.untied_y)) * sqrt(p->effective / p->size);
    }
    result->statistic = s / sqrt(null_variance(p, frequency, scratch));
    result->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(result->statistic));
}

void concordance_test(const struct pairs *p, double estimate, struct correlation_result *result,
                      struct arena *scratch)
{
    if (!(p->x.n < EXACT_BELOW_N && concordance_exact_test(p, estimate, result, scratch)))
        concordance_normal_test(p, estimate, result, scratch);
}
