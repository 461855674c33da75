/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/critical.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

/* The continued fraction of the incomplete beta function by Lentz's algorithm
   (Thompson & Barnett 1986, J. Comput. Phys. 64, 490-509); it takes some
   sqrt(max(a, b)) steps where x < (a + 1)/(a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), f = d;
    for (double m = 1; m < 1e6; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        f *= c * d;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        f *= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return f;
}

/* The regularised incomplete beta function I_x(a, b); y = 1 - x. */
static double beta_share(double a, double b, double x, double y)
{
    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;
    double log_x = x < 0.5 ? log(x) : log1p(-y), log_y = y < 0.5 ? log(y) : log1p(-x);
    double factor = exp(a * log_x + b * log_y - gsl_sf_lnbeta(a, b));
    if (x < (a + 1) / (a + b + 2))
        return factor * beta_fraction(a, b, x) / a;
    return 1 - factor * beta_fraction(b, a, y) / b;
}

static double f_below(double x, double df_1, double df_2)
{
    double total = df_1 * x + df_2;
    return beta_share(df_1 / 2, df_2 / 2, df_1 * x / total, df_2 / total);
}

double f_exceeds(double x, double df_1, double df_2)
{
    assert(x >= 0 && df_1 > 0 && df_2 > 0);
    double total = df_1 * x + df_2;
    return beta_share(df_2 / 2, df_1 / 2, df_2 / total, df_1 * x / total);
}

/* A distribution on the positive axis and one of its tails. */
struct tail {
    double df_1, df_2; /* df_2 = 0: chi-square */
    bool upper;
    double probability;
};

/* Positive as long as x lies left of the quantile. */
static bool left_of(const struct tail *t, double x)
{
    double df = t->df_1;
    if (t->upper)
        return (t->df_2 > 0 ? f_exceeds(x, df, t->df_2) : gsl_cdf_chisq_Q(x, df)) > t->probability;
    return (t->df_2 > 0 ? f_below(x, df, t->df_2) : gsl_cdf_chisq_P(x, df)) < t->probability;
}

/* Bisection on the exponent, then to neighbouring doubles. */
static double invert(const struct tail *t)
{
    assert(t->probability > 0 && t->probability < 1 && t->df_1 > 0);
    double high = 1;
    while (high < DBL_MAX / 2 && left_of(t, high))
        high *= 2;
    double low = high / 2;
    while (low > DBL_MIN && !left_of(t, low))
        low /= 2;
    high = fmin(high, 2 * low);
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return middle;
        if (left_of(t, middle))
            low = middle;
        else
            high = middle;
    }
}

double chi_square_lower(double tail, double df)
{
    return invert(&(struct tail){df, 0, false, tail});
}

double chi_square_upper(double tail, double df)
{
    return invert(&(struct tail){df, 0, true, tail});
}

double f_lower(double tail, double df_1, double df_2)
{
    assert(df_2 > 0);
    return invert(&(struct tail){df_1, df_2, false, tail});
}

double f_upper(double tail, double df_1, double df_2)
{
    assert(df_2 > 0);
    return invert(&(struct tail){df_1, df_2, true, tail});
}

double two_sided_t(double conf_level, double df)
{
    double tail = (1 - conf_level) / 2;
    if (isinf(df))
        return gsl_cdf_ugaussian_Qinv(tail);
    return df > 0 ? gsl_cdf_tdist_Qinv(tail, df) : NAN;
}

double two_sided_p(double t, double df)
{
    if (isnan(t) || !(df > 0))
        return NAN;
    return 2 * (isinf(df) ? gsl_cdf_ugaussian_Q(fabs(t)) : gsl_cdf_tdist_Q(fabs(t), df));
}
