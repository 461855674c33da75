/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/distribution.h"

#include <math.h>

#include "models/glm/density.h"

/* y (log(mu / y) - mu / y + 1) - stirling: the terms of y log mu - mu - log y! cancel for large y.
 */
static double log_density(double y, double eta, double log_theta, double first[], double second[])
{
    double mu = exp(eta), d = y > 0 ? eta - log(y) : 0;
    (void)log_theta;
    if (first) {
        first[0] = y - mu;
        second[0] = -mu;
        first[1] = second[1] = second[2] = 0;
    }
    return y > 0 ? y * (d - expm1(d)) - log(2 * M_PI * y) / 2 - stirling_error(y) : -mu;
}

const struct count_distribution count_distribution_poisson = {
    .name = "poisson",
    .title = "Poisson",
    .source = "Nelder & Wedderburn 1972, J. R. Statist. Soc. A 135, 370-384",
    .log_density = log_density,
};
