/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "models/correlation/correlation.h"

static bool two_values(const struct pairs *p)
{
    return p->y.n_levels == 2;
}

/* The normal variable behind y and its cut: p the share of the larger y. */
struct cut {
    double p, z, density; /* P(Z > z) = p, and the normal density at z */
};

static struct cut cut_of(const struct variable *y, const double *w, struct arena *scratch)
{
    const double *group = level_weights(y, w, scratch);
    double p = group[1] / (group[0] + group[1]), z = gsl_cdf_ugaussian_Qinv(p);
    return (struct cut){p, z, gsl_ran_ugaussian_pdf(z)};
}

/* From point-biserial to biserial; that of psych::biserial, which divides by n - 1 in one place,
   differs a little. */
static double factor(const struct variable *y, const double *w, struct arena *scratch)
{
    struct cut c = cut_of(y, w, scratch);
    return sqrt(c.p * (1 - c.p)) / c.density;
}

/* r_b = r_pb sqrt(p q) / phi(z): Pearson (1909), Biometrika 7, 96-105. */
static double estimate(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch)
{
    double r = correlation_point_biserial.estimate(x, y, w, scratch);
    return isnan(r) ? NAN : r * factor(y, w, scratch);
}

static double resampled(const struct variable *x, const struct variable *y, const double *w,
                        struct arena *scratch)
{
    double r = correlation_point_biserial.resampled(x, y, w, scratch);
    return isnan(r) ? NAN : r * factor(y, w, scratch);
}

/* Soper (1914), Biometrika 10, 384-390, in the form of Tate (1955), J. Am. Statist. Assoc.
   50, 1078-1095, and with n - 1, as Jacobs & Viechtbauer (2017), Res. Synth. Methods 8,
   161-180, take it.  For normal x. */
static double std_error(const struct pairs *p, double r, struct arena *scratch)
{
    struct cut c = cut_of(&p->y, p->w, scratch);
    double q = 1 - c.p, u = c.z / c.density, r2 = r * r;
    double variance =
        c.p * q / (c.density * c.density) - (1.5 + (1 - c.p * u) * (1 + q * u)) * r2 + r2 * r2;
    return sqrt(variance / (p->effective - 1));
}

/* No association is no association of either kind: the t test of point-biserial. */
static void test(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch)
{
    double r_pb = r / factor(&p->y, p->w, scratch);
    correlation_point_biserial.test(p, fmax(-1, fmin(1, r_pb)), result, scratch);
}

const struct correlation correlation_biserial = {
    .name = "biserial",
    .title = "Biserial correlation",
    .symbol = "r_b",
    .phrase = "y of two values: r with the normal variable that was cut in two",
    .source = "Pearson (1909), Biometrika 7, 96-105; standard error: Soper (1914), Biometrika 10, "
              "384-390",
    .check_r = "{p <- mean(y == max(y)); cor(x, y) * sqrt(p * (1 - p)) / dnorm(qnorm(p))}",
    .measure = MEASURE_SCALE,
    .smallest_n = 4,
    .weights = true,
    .interval = &interval_asymptotic,
    .in_domain = two_values,
    .estimate = estimate,
    .resampled = resampled,
    .std_error = std_error,
    .test = test,
    .asymptotic_test = test,
};
