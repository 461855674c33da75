/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/concordance.h"

/* d of y given x: Somers (1962), Am. Sociol. Rev. 27, 799-811: among the pairs that
   differ on x. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct concordance c = concordance_of(x, y, w, scratch);
    if (!(c.untied_x > 0 && c.untied_y > 0))
        return NAN;
    return (c.concordant - c.discordant) / c.untied_x;
}

static double std_error(const struct pairs *p, double d, struct arena *scratch)
{
    (void)d;
    struct concordance_rows r = concordance_rows_of(p, scratch);
    return concordance_somers_error(&r, r.tied_x, r.twice_untied_x, scratch);
}

const struct correlation correlation_somers_d = {
    .name = "somers_d",
    .title = "Somers' d of y given x",
    .symbol = "d",
    .phrase = "C - D among pairs that differ on x",
    .source = "Somers (1962), Am. Sociol. Rev. 27, 799-811; standard error: Goodman & Kruskal "
              "(1972), J. Am. Statist. Assoc. 67, 415-421",
    .check_r =
        "{k <- sign(outer(x, x, '-')) * sign(outer(y, y, '-')); sum(k) / sum(outer(x, x, '!='))}",
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
