/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/correlation/correlation.h"

/* Exact p-values below this n. */
enum { EXACT_BELOW_N = 50 };

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

/* Concordant minus discordant weight of pairs.  Knight (1966, J. Am. Statist.
   Assoc. 61, 436-439) sorts by x and counts the exchanges that sort y; here they
   are counted against a tree of the y seen so far: O(n log n) as well, but
   without subtracting ties from the number of all pairs. */
static double score(const struct variable *x, const struct variable *y, const double *w,
                    struct arena *scratch)
{
    struct tree seen = {ARENA_NEW(scratch, double, y->n_levels + 1), y->n_levels};
    double s = 0, total = 0;
    for (size_t i = 0, j; i < x->n; i = j) {
        for (j = i; j < x->n && x->level[x->order[j]] == x->level[x->order[i]]; j++) {
            size_t row = x->order[j], level = y->level[row];
            double below = tree_below(&seen, level), not_above = tree_below(&seen, level + 1);
            s += (w ? w[row] : 1) * (below - (total - not_above));
        }
        for (size_t k = i; k < j; k++) {
            size_t row = x->order[k];
            tree_add(&seen, y->level[row], w ? w[row] : 1);
            total += w ? w[row] : 1;
        }
    }
    return s;
}

/* Weight of the pairs of different levels: the sum over levels of weight times
   the weight below, which cancels nothing. */
static double untied(const double *level_weight, size_t n_levels)
{
    double pairs = 0, below = 0;
    for (size_t l = 0; l < n_levels; l++) {
        pairs += level_weight[l] * below;
        below += level_weight[l];
    }
    return pairs;
}

/* tau-b: Kendall (1945), Biometrika 33, 239-251.  Pairs weigh w_i w_j, so that
   frequencies give the figure of the expanded rows. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    double nx = untied(level_weights(x, w, scratch), x->n_levels);
    double ny = untied(level_weights(y, w, scratch), y->n_levels);
    if (!(nx > 0 && ny > 0))
        return NAN;
    double tau = score(x, y, w, scratch) / (sqrt(nx) * sqrt(ny));
    /* The pairs of tau = 1 are counted exactly; only the roots round. */
    return fabs(fabs(tau) - 1) < 4e-16 ? copysign(1, tau) : tau;
}

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
static void exact_test(size_t n, double tau, struct correlation_result *result,
                       struct arena *scratch)
{
    size_t all = n * (n - 1) / 2;
    size_t concordant = (size_t)lround((tau + 1) * (double)all / 2);
    size_t fewer = concordant < all - concordant ? concordant : all - concordant;
    result->statistic = (double)concordant;
    result->p_value = fmin(1, 2 * tail(n, fewer, scratch));
}

/* Sums over groups of ties of size t. */
struct ties {
    double pairs;    /* t (t - 1) */
    double triples;  /* t (t - 1) (t - 2) */
    double variance; /* t (t - 1) (2 t + 5) */
};

static struct ties ties_of(const double *size, size_t n_levels)
{
    struct ties sum = {0, 0, 0};
    for (size_t l = 0; l < n_levels; l++) {
        double t = size[l];
        sum.pairs += t * (t - 1);
        sum.triples += t * (t - 1) * (t - 2);
        sum.variance += t * (t - 1) * (2 * t + 5);
    }
    return sum;
}

/* Standard deviation of tau-b when there is no association, given the ties
   (Kendall & Gibbons 1990, Rank Correlation Methods, ch. 4). */
static double null_sd(const struct variable *x, const struct variable *y, const double *w, double n,
                      struct arena *scratch)
{
    const double *size_x = level_weights(x, w, scratch), *size_y = level_weights(y, w, scratch);
    struct ties t = ties_of(size_x, x->n_levels), u = ties_of(size_y, y->n_levels);
    double pairs = n * (n - 1);
    double variance =
        (pairs * (2 * n + 5) - t.variance - u.variance) / 18 + t.pairs * u.pairs / (2 * pairs);
    if (n > 2)
        variance += t.triples * u.triples / (9 * pairs * (n - 2));
    return sqrt(variance / (untied(size_x, x->n_levels) * untied(size_y, y->n_levels)));
}

/* Under sampling weights the ties are those of the rows, and the variance grows
   as rows / effective n. */
static void normal_test(const struct pairs *p, double tau, struct correlation_result *result,
                        struct arena *scratch)
{
    const double *frequency = p->weight_kind == WEIGHT_FREQUENCY ? p->w : NULL;
    double sd = null_sd(&p->x, &p->y, frequency, p->size, scratch);
    result->statistic = tau / sd * sqrt(p->effective / p->size);
    result->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(result->statistic));
}

static void test(const struct pairs *p, double tau, struct correlation_result *result,
                 struct arena *scratch)
{
    bool ties = p->x.n_levels < p->x.n || p->y.n_levels < p->y.n;
    if (p->x.n < EXACT_BELOW_N && !ties && !p->w)
        exact_test(p->x.n, tau, result, scratch);
    else
        normal_test(p, tau, result, scratch);
}

/* The null variance without ties at n - k observations, as in Kim (2015), Comm.
   Statist. Appl. Methods 22, 665-674. */
static void partial_test(double tau, double n, size_t k, struct correlation_result *result)
{
    double m = n - (double)k;
    if (!(m > 2))
        return;
    result->statistic = tau / sqrt(2 * (2 * m + 5) / (9 * m * (m - 1)));
    result->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(result->statistic));
}

/* Fieller, Hartley & Pearson (1957), Biometrika 44, 470-481, as in Bonett & Wright (2000). */
static double z_variance(double tau, double n)
{
    (void)tau;
    return n > 4 ? 0.437 / (n - 4) : NAN;
}

const struct correlation correlation_kendall = {
    .name = "kendall",
    .title = "Kendall's tau-b",
    .symbol = "tau_b",
    .source = "Kendall (1945), Biometrika 33, 239-251; test: Kendall & Gibbons (1990), Rank "
              "Correlation Methods, ch. 4",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 5,
    .weights = true,
    .interval = &interval_bonett_wright,
    .estimate = estimate,
    .resampled = estimate,
    .test = test,
    .partial_test = partial_test,
    .z_variance = z_variance,
};
