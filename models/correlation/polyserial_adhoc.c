/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/latent.h"

/* Pearson's r with the numbers of the levels, enlarged: Olsson, Drasgow & Dorans (1982), eq.
   20.  May exceed 1; then it is outside the domain. */
static bool one_has_few_levels(const struct pairs *p)
{
    return p->x.n_levels <= LATENT_MOST_LEVELS || p->y.n_levels <= LATENT_MOST_LEVELS;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct polyserial_data d;
    return latent_serial_data(x, y, w, 0, &d, scratch) ? polyserial_adhoc(&d) : NAN;
}

/* That of Pearson's r with the numbers of the levels, of which it is a multiple. */
static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    struct polyserial_data d;
    double mean = 0, square = 0, product = 0;
    (void)r;
    latent_serial_data(&p->x, &p->y, p->w, p->effective, &d, scratch);
    for (size_t i = 0; i < d.n; i++)
        mean += d.w[i] * (double)d.level[i] / d.size;
    for (size_t i = 0; i < d.n; i++) {
        double level = (double)d.level[i] - mean;
        square += d.w[i] * level * level;
        product += d.w[i] * d.z[i] * level;
    }
    correlation_t_test(product / sqrt(square * d.size), p->effective - 2, result);
}

const struct correlation correlation_polyserial_adhoc = {
    .name = "polyserial_adhoc",
    .title = "Polyserial correlation, ad hoc",
    .symbol = "ρ_ah",
    .source = "Olsson, Drasgow & Dorans (1982), Psychometrika 47, 337-347",
    .phrase = "the same, quickly, from Pearson's r; may pass 1",
    .check_r = "if (length(unique(x)) < length(unique(y))) polycor::polyserial(y, x) else "
               "polycor::polyserial(x, y)",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_bca,
    .in_domain = one_has_few_levels,
    .estimate = estimate,
    .resampled = estimate,
    .test = test,
    .asymptotic_test = test,
};
