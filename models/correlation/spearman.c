/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/correlation.h"

/* Exact p-values up to this n: beyond it, Student's t. */
enum { EXACT_N = 9 };

/* Spearman (1904), Am. J. Psychol. 15, 72-101, with mid-ranks for ties: the
   product-moment correlation of the ranks. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    const double *u = unit_deviations(variable_ranks(x, w, scratch), w, x->n, scratch);
    const double *v = unit_deviations(variable_ranks(y, w, scratch), w, y->n, scratch);
    return u && v ? unit_correlation(u, v, x->n) : NAN;
}

static double resampled(const struct variable *x, const struct variable *y, const double *w,
                        struct arena *scratch)
{
    return quick_correlation(variable_ranks(x, w, scratch), variable_ranks(y, w, scratch), w, x->n);
}

/* Number of permutations of n ranks with each sum of squared differences
   0..largest, [largest + 1].  Ranks are handed out one place after the other:
   ways[used][s] counts the ways to fill the first |used| places with the ranks of
   the set `used` at a sum of s. */
static const double *permutations(unsigned n, size_t largest, struct arena *scratch)
{
    size_t width = largest + 1, n_sets = (size_t)1 << n;
    double *ways = ARENA_NEW(scratch, double, n_sets *width);
    ways[0] = 1;
    for (size_t used = 0; used < n_sets; used++) {
        unsigned place = (unsigned)__builtin_popcountl(used);
        for (unsigned rank = 0; rank < n; rank++) {
            size_t d = rank > place ? rank - place : place - rank;
            if (used >> rank & 1)
                continue;
            double *next = ways + (used | (size_t)1 << rank) * width;
            for (size_t s = 0; s + d * d <= largest; s++)
                next[s + d * d] += ways[used * width + s];
        }
    }
    return ways + (n_sets - 1) * width;
}

/* Twice the smaller tail of S = sum of squared rank differences under all
   permutations (Kendall & Gibbons 1990, Rank Correlation Methods, ch. 4). */
static bool exact_test(const struct pairs *p, double rho, struct correlation_result *result,
                       struct arena *scratch)
{
    if (p->w || p->x.n_levels < p->x.n || p->y.n_levels < p->y.n || p->x.n > EXACT_N)
        return false;
    unsigned n = (unsigned)p->x.n;
    size_t largest = (size_t)n * (n * n - 1) / 3, low = 0, high = 0;
    size_t s = (size_t)lround((double)largest / 2 * (1 - rho));
    const double *ways = permutations(n, largest, scratch);
    double below = 0, above = 0, all = 0;
    for (low = 0; low <= largest; low++)
        all += ways[low];
    for (low = 0; low <= s; low++)
        below += ways[low];
    for (high = s; high <= largest; high++)
        above += ways[high];
    result->statistic = (double)s;
    result->p_value = fmin(1, 2 * fmin(below, above) / all);
    return true;
}

static void asymptotic_test(const struct pairs *p, double rho, struct correlation_result *result,
                            struct arena *scratch)
{
    (void)scratch;
    correlation_t_test(rho, p->effective - 2, result);
}

static void test(const struct pairs *p, double rho, struct correlation_result *result,
                 struct arena *scratch)
{
    if (!exact_test(p, rho, result, scratch))
        asymptotic_test(p, rho, result, scratch);
}

static void partial_test(double rho, double n, size_t k, struct correlation_result *result)
{
    correlation_t_test(rho, n - 2 - (double)k, result);
}

static const double *scores(const struct variable *v, const double *w, struct arena *scratch)
{
    return variable_ranks(v, w, scratch);
}

/* Bonett & Wright (2000), Psychometrika 65, 23-28. */
static double z_variance(double rho, double n)
{
    return n > 3 ? (1 + rho * rho / 2) / (n - 3) : NAN;
}

const struct correlation correlation_spearman = {
    .name = "spearman",
    .title = "Spearman's rank correlation",
    .symbol = "rho",
    .phrase = "how close they lie to a rising or falling curve",
    .source = "Spearman (1904), Am. J. Psychol. 15, 72-101; test: Kendall & Gibbons (1990), Rank "
              "Correlation Methods, ch. 4",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_bonett_wright,
    .estimate = estimate,
    .resampled = resampled,
    .test = test,
    .exact_test = exact_test,
    .asymptotic_test = asymptotic_test,
    .partial_test = partial_test,
    .scores = scores,
    .z_variance = z_variance,
};
