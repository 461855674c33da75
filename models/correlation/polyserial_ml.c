/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/correlation/latent.h"

/* All parameters together: Olsson, Drasgow & Dorans (1982). */
static bool one_has_few_levels(const struct pairs *p)
{
    return p->x.n_levels <= LATENT_MOST_LEVELS || p->y.n_levels <= LATENT_MOST_LEVELS;
}

static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    struct polyserial_data d;
    return latent_serial_data(x, y, w, 0, &d, scratch) ? polyserial_joint(&d, false, scratch).rho
                                                       : NAN;
}

static struct polyserial_fit fit_of(const struct pairs *p, bool errors, struct polyserial_data *d,
                                    struct arena *keep)
{
    latent_serial_data(&p->x, &p->y, p->w, p->effective, d, keep);
    return polyserial_joint(d, errors, keep);
}

static double std_error(const struct pairs *p, double r, struct arena *scratch)
{
    struct polyserial_data d;
    (void)r;
    return fit_of(p, true, &d, scratch).std_error;
}

static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    struct polyserial_data d;
    (void)r;
    struct polyserial_fit fit = fit_of(p, false, &d, scratch);
    latent_test(fit.rho, fit.log_lik, fit.log_lik_0, result);
}

static struct latent_details details(const struct pairs *p, struct arena *keep)
{
    struct polyserial_data d;
    struct polyserial_fit fit = fit_of(p, true, &d, keep);
    return latent_details_of_serial(&d, latent_x_is_ordinal(&p->x, &p->y), &fit);
}

const struct correlation correlation_polyserial_ml = {
    .name = "polyserial_ml",
    .title = "Polyserial correlation, maximum likelihood",
    .symbol = "ρ_psml",
    .source = "Olsson, Drasgow & Dorans (1982), Psychometrika 47, 337-347",
    .phrase = "the same, by full maximum likelihood",
    .check_r = "{t <- length(unique(x)) < length(unique(y)); z <- if (t) y else x; z <- (z - "
               "mean(z)) / sqrt(mean((z - mean(z))^2)); b <- MASS::polr(factor(if (t) x else y) ~ "
               "z, method = 'probit')$coefficients; b / sqrt(1 + b^2)}",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_asymptotic_z,
    .in_domain = one_has_few_levels,
    .estimate = estimate,
    .resampled = estimate,
    .std_error = std_error,
    .test = test,
    .asymptotic_test = test,
    .latent_details = details,
};
