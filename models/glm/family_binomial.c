/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/family.h"

#include <math.h>

#include "models/glm/density.h"

const struct link *const share_links[5] = {&link_logit, &link_probit, &link_cloglog, &link_cauchit,
                                           &link_log};

bool share_in_domain(double y)
{
    return y >= 0 && y <= 1;
}

bool share_mean_in_domain(double mu)
{
    return mu > 0 && mu < 1;
}

double share_variance(double mu, double theta)
{
    (void)theta;
    return mu * (1 - mu);
}

double share_variance_slope(double mu, double theta)
{
    (void)theta;
    return 1 - 2 * mu;
}

double share_deviance(double y, double mu, double theta)
{
    (void)theta;
    if (y <= 0)
        return -2 * log1p(-mu);
    if (y >= 1)
        return -2 * log(mu);
    return 2 * (deviance_part(y, mu) + deviance_part(1 - y, 1 - mu));
}

double share_start(double y, double w)
{
    return (w * y + 0.5) / (w + 1);
}

/* w trials of which the share y are hits: R asks that w y be whole; here it need not be. */
static double log_density(double y, double mu, double w, double dispersion, double theta)
{
    (void)dispersion, (void)theta;
    return log_binomial(w * y, w, mu);
}

const struct family family_binomial = {
    .name = "binomial",
    .title = "Binomial",
    .source = "McCullagh & Nelder 1989, Generalized Linear Models, ch. 4",
    .canonical = &link_logit,
    .link = share_links,
    .n_links = 5,
    .domain = "0 or 1, or a share between them",
    .in_domain = share_in_domain,
    .mean_in_domain = share_mean_in_domain,
    .dispersion_known = true,
    .likelihood = true,
    .border_at_zero = true,
    .border_at_one = true,
    .variance = share_variance,
    .variance_slope = share_variance_slope,
    .unit_deviance = share_deviance,
    .log_density = log_density,
    .start = share_start,
};
