/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/concordance.h"

/* Goodman & Kruskal (1954), J. Am. Statist. Assoc. 49, 732-764: among the pairs that are
   tied on neither, of which there are some where both vary. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct concordance c = concordance_of(x, y, w, scratch);
    double pairs = c.concordant + c.discordant;
    return pairs > 0 ? (c.concordant - c.discordant) / pairs : NAN;
}

/* Goodman & Kruskal (1963), J. Am. Statist. Assoc. 58, 310-364; Agresti (2013),
   Categorical Data Analysis, 3rd ed., sec. 3.4.3. */
static double std_error(const struct pairs *p, double gamma, struct arena *scratch)
{
    (void)gamma;
    struct concordance_rows r = concordance_rows_of(p, scratch);
    double *g = ARENA_NEW(scratch, double, r.n_rows);
    double all = r.twice_concordant + r.twice_discordant;
    double share_c = r.twice_concordant / all, share_d = r.twice_discordant / all;
    for (size_t i = 0; i < r.n_rows; i++)
        g[i] = 4 * (share_d * r.concordant[i] - share_c * r.discordant[i]) / all;
    return concordance_std_error(&r, g);
}

const struct correlation correlation_gamma = {
    .name = "gamma",
    .title = "Goodman & Kruskal's gamma",
    .symbol = "gamma",
    .phrase = "C - D among pairs tied on neither",
    .source = "Goodman & Kruskal (1954), J. Am. Statist. Assoc. 49, 732-764; standard error: "
              "(1963), J. Am. Statist. Assoc. 58, 310-364",
    .check_r = "{k <- sign(outer(x, x, '-')) * sign(outer(y, y, '-')); sum(k) / sum(abs(k))}",
    .measure = MEASURE_ORDINAL,
    .smallest_n = 5,
    .weights = true,
    .interval = &interval_asymptotic,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = concordance_test,
    .exact_test = concordance_exact_test,
    .asymptotic_test = concordance_normal_test,
};
