/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/likelihood.h"

#include <math.h>

#include "models/base/sum.h"

struct at {
    const double *mu;
    const bool *separated;
    bool frequency;
    double dispersion;
};

static void add_density(const struct rows_of *r, size_t i, const double *u, const void *context,
                        double *sum)
{
    const struct at *at = context;
    double w = r->w ? r->w[i] : 1, times = at->frequency ? w : 1;
    (void)u;
    if (!at->separated || !at->separated[i])
        *sum += times * r->family->log_density(r->y[i], at->mu[i], at->frequency ? 1 : w,
                                               at->dispersion, r->theta);
}

static double counted(const struct rows_of *r, bool frequency)
{
    struct sum total = {0};
    for (size_t i = 0; i < r->n; i++) {
        double w = r->w ? r->w[i] : 1;
        sum_add(&total, r->family->dispersion_counts_rows && !frequency ? w > 0 : w);
    }
    return sum_value(&total);
}

double likelihood_of(const struct rows_of *r, const double *mu, const bool *separated,
                     bool frequency, double deviance, struct arena *scratch)
{
    struct at at = {mu, separated, frequency, deviance / counted(r, frequency)};
    double total = 0;
    if (!r->family->likelihood)
        return NAN;
    rows_sum(r, NULL, 1, add_density, &at, &total, scratch);
    return total;
}
