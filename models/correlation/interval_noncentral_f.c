/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

#include "models/base/critical.h"
#include "models/base/sum.h"
#include "models/correlation/correlation.h"

static bool defined(const struct correlation *c)
{
    return c == &correlation_eta_squared;
}

/* P(eta squared of the sample < ratio) when the noncentrality is lambda: a mixture of
   beta distributions with Poisson weights. */
struct noncentral {
    double ratio, df_1, df_2, probability;
};

/* P(X < x) of a beta distribution, as a tail of F. */
static double beta_below(double x, double a, double b)
{
    return f_exceeds(a * (1 - x) / (b * x), 2 * b, 2 * a);
}

/* Poisson's probability of j by Loader's saddle point (2000, Fast and accurate computation of
   binomial probabilities), which keeps its digits where j log(mean) - mean is large. */
static double poisson(double j, double mean)
{
    if (j < 16)
        return exp(j * log(mean) - mean) / gsl_sf_gamma(j + 1);
    double j2 = j * j, stirling = (1. / 12 - (1. / 360 - 1. / 1260 / j2) / j2) / j;
    double deviance = -j * gsl_sf_log_1plusx_mx((mean - j) / j);
    return exp(-stirling - deviance) / sqrt(2 * M_PI * j);
}

/* Terms of the mixture: beyond twelve standard deviations of the Poisson weights there is
   1e-30, and 16 of them to a standard deviation give the sum to rounding, as the trapezoidal
   rule does that of any function as smooth as a normal density. */
static double excess(double lambda, void *context)
{
    const struct noncentral *f = context;
    struct sum total = {0};
    if (lambda == 0)
        return beta_below(f->ratio, f->df_1 / 2, f->df_2 / 2) - f->probability;
    double half = lambda / 2, spread = 12 * sqrt(half) + 40, step = fmax(1, floor(sqrt(half) / 16));
    for (double j = fmax(0, floor(half - spread)); j <= half + spread; j += step)
        sum_add(&total,
                step * poisson(j, half) * beta_below(f->ratio, f->df_1 / 2 + j, f->df_2 / 2));
    return sum_value(&total) - f->probability;
}

/* Beyond this lambda the numerator of F varies too little to matter. */
static const double LARGEST = 1e9;

/* The lambda >= 0 under which `ratio` is that quantile; 0 where it is too small for any. */
static double noncentrality(const struct noncentral *f)
{
    struct noncentral of = *f;
    double high = 1 + 2 * f->df_2 * f->ratio / (1 - f->ratio);
    if (f->ratio <= 0 || excess(0, &of) <= 0)
        return 0;
    if (high > LARGEST)
        return chi_square_upper(f->probability, f->df_2) * f->ratio / (1 - f->ratio) - f->df_1;
    while (excess(high, &of) > 0)
        high *= 2;
    gsl_function function = {excess, &of};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double low = 0;
    int status = gsl_root_fsolver_set(solver, &function, 0, high);
    for (int i = 0; i < 200 && status == GSL_SUCCESS; i++) {
        status = gsl_root_fsolver_iterate(solver);
        low = gsl_root_fsolver_x_lower(solver);
        high = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(low, high, 1e-12, 1e-13) == GSL_SUCCESS)
            break;
    }
    double root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return status == GSL_SUCCESS ? root : NAN;
}

/* eta squared of the population is lambda / (lambda + n). */
static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    (void)c, (void)scratch;
    double k = (double)p->x.n_levels, n = p->effective, tail = (1 - options->conf_level) / 2;
    if (result->estimate == 1) {
        result->conf_low = result->conf_high = 1;
        return FIT_OK;
    }
    struct noncentral f = {result->estimate, k - 1, n - k, 1 - tail};
    double low = noncentrality(&f);
    f.probability = tail;
    double high = noncentrality(&f);
    if (isnan(low) || isnan(high))
        return FIT_TOO_FEW;
    result->conf_low = low / (low + n);
    result->conf_high = high / (high + n);
    return FIT_OK;
}

const struct interval interval_noncentral_f = {
    .name = "noncentral_f",
    .title = "Noncentral F",
    .source = "Steiger (2004), Psychol. Methods 9, 164-182",
    .std_error = "not given",
    .defined = defined,
    .limits = limits,
};
