/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/concordance.h"

enum {
    EXACT_BELOW_N = 50,   /* in each group, as R's wilcox.test has it */
    EXACT_LARGEST_N = 200 /* in all, where the exact test is asked for */
};

static bool two_values(const struct pairs *p)
{
    return p->y.n_levels == 2;
}

/* 2 U / (n1 n0) - 1 with Mann and Whitney's U: of the pairs of one customer from each
   group, the share where the one of larger y has the larger x, less that where it has
   the smaller: Cureton (1956), Psychometrika 21, 287-290; Glass (1966), Educ. Psychol.
   Meas. 26, 623-631.  It is Somers' d of x given y. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct concordance c = concordance_of(x, y, w, scratch);
    if (!(c.untied_x > 0 && c.untied_y > 0))
        return NAN;
    return (c.concordant - c.discordant) / c.untied_y;
}

static double std_error(const struct pairs *p, double r_rb, struct arena *scratch)
{
    (void)r_rb;
    struct concordance_rows r = concordance_rows_of(p, scratch);
    return concordance_somers_error(&r, r.tied_y, r.twice_untied_y, scratch);
}

/* Ways to choose k of the ranks 1..n with rank sum k (k + 1) / 2 + u, for u = 0..most,
   added up, and divided by those of any sum: P(U <= most) (Mann & Whitney 1947,
   Ann. Math. Statist. 18, 50-60). */
static double tail(size_t k, size_t n, size_t most, struct arena *scratch)
{
    double *ways = ARENA_NEW(scratch, double, (k + 1) * (most + 1)), total = 0, all = 1;
    size_t width = most + 1;
    ways[0] = 1;
    for (size_t rank = 1; rank <= n; rank++)
        for (size_t chosen = rank < k ? rank : k; chosen >= 1; chosen--)
            /* The chosen-th smallest adds rank - chosen to u. */
            for (size_t u = rank - chosen; u <= most; u++)
                ways[chosen * width + u] += ways[(chosen - 1) * width + u - (rank - chosen)];
    for (size_t u = 0; u <= most; u++)
        total += ways[k * width + u];
    for (size_t i = 1; i <= k; i++)
        all *= (double)(n - k + i) / (double)i;
    return total / all;
}

static bool exact_test(const struct pairs *p, double r_rb, struct correlation_result *result,
                       struct arena *scratch)
{
    if (p->w || p->x.n_levels < p->x.n || p->x.n > EXACT_LARGEST_N)
        return false;
    const double *group = level_weights(&p->y, NULL, scratch);
    double pairs = group[0] * group[1], u = round((r_rb + 1) / 2 * pairs);
    result->statistic = u;
    result->p_value =
        fmin(1, 2 * tail((size_t)group[1], p->x.n, (size_t)fmin(u, pairs - u), scratch));
    return true;
}

static void test(const struct pairs *p, double r_rb, struct correlation_result *result,
                 struct arena *scratch)
{
    const double *group = level_weights(&p->y, NULL, scratch);
    if (!(fmax(group[0], group[1]) < EXACT_BELOW_N && exact_test(p, r_rb, result, scratch)))
        concordance_normal_test(p, r_rb, result, scratch);
}

const struct correlation correlation_rank_biserial = {
    .name = "rank_biserial",
    .title = "Rank-biserial correlation",
    .symbol = "r_rb",
    .phrase = "y of two values: 2U/(n1 n0) - 1 of Mann & Whitney's U",
    .source = "Cureton (1956), Psychometrika 21, 287-290; test: Mann & Whitney (1947), Ann. Math. "
              "Statist. 18, 50-60",
    .check_r = "{g <- y == max(y); 2 * unname(wilcox.test(x[g], x[!g], exact = FALSE)$statistic) / "
               "(sum(g) * sum(!g)) - 1}",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 5,
    .weights = true,
    .interval = &interval_asymptotic,
    .in_domain = two_values,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = test,
    .exact_test = exact_test,
    .asymptotic_test = concordance_normal_test,
};
