/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/effect.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"

static double pearson_variance(double r, double n)
{
    (void)r;
    return 1 / (n - 3);
}

static double spearman_variance(double r, double n)
{
    return (1 + r * r / 2) / (n - 3);
}

static double kendall_variance(double r, double n)
{
    (void)r;
    return 0.437 / (n - 4);
}

static const struct effect_method effect_pearson = {
    .name = "pearson",
    .title = "Pearson's r",
    .source = "Fisher 1921, Metron 1, 3-32: 1/(n - 3)",
    .least_n = 3,
    .variance = pearson_variance,
};

static const struct effect_method effect_spearman = {
    .name = "spearman",
    .title = "Spearman's rho",
    .source = "Bonett & Wright 2000, Psychometrika 65, 23-28: (1 + r^2/2)/(n - 3)",
    .least_n = 3,
    .variance = spearman_variance,
};

static const struct effect_method effect_kendall = {
    .name = "kendall",
    .title = "Kendall's tau-b",
    .source = "Fieller, Hartley & Pearson 1957, Biometrika 44, 470-481: 0.437/(n - 4)",
    .least_n = 4,
    .variance = kendall_variance,
};

const struct effect_method *const effect_methods[] = {
#define X(name) &effect_##name,
    EFFECT_LIST(X)
#undef X
};

const size_t effect_n_methods = sizeof effect_methods / sizeof *effect_methods;

const struct effect_method *effect_method(const char *name)
{
    for (size_t i = 0; i < effect_n_methods; i++)
        if (strcmp(effect_methods[i]->name, name) == 0)
            return effect_methods[i];
    return NULL;
}

struct effect effect_from_correlation(double r, double n, const struct effect_method *method)
{
    if (!(fabs(r) < 1) || isnan(n))
        return (struct effect){FIT_DOMAIN, NAN, NAN};
    if (n <= method->least_n)
        return (struct effect){FIT_TOO_FEW, NAN, NAN};
    return (struct effect){FIT_OK, atanh(r), method->variance(r, n)};
}

double effect_to_correlation(double z)
{
    return tanh(z);
}

/* ---- scales ---- */

static double same(double y)
{
    return y;
}

/* Of Pearson's r the usual (1 - r^2)^2 / (n - 1); of others by the delta method from z. */
static double raw_variance(double r, double n, double y, const struct effect_method *method)
{
    double slope = (1 - y * y) * (1 - y * y);
    return method == &effect_pearson ? slope / (n - 1) : slope * method->variance(r, n);
}

static struct effect raw(double r, double n, const struct effect_method *method)
{
    struct effect e = effect_from_correlation(r, n, method);
    if (e.status == FIT_OK)
        e = (struct effect){FIT_OK, r, raw_variance(r, n, r, method)};
    return e;
}

/* F(1/2, 1/2; (n - 2)/2; 1 - r^2) for n > 4, as Euler's integral over t = tan(angle): the mean of
   sqrt((1 + t^2) / (t^2 + r^2)) under the density of t that is proportional to
   t^(n - 4) (1 + t^2)^(-(n - 2)/2).  In u = log t the trapezoidal rule with this step leaves
   rounding only.  (GSL 2.7's gsl_sf_hyperg_2F1 is off by up to 1e-3 for even n and small r.) */
static double hypergeometric(double r, double n)
{
    const double step = 0.125, high = 40 + log(n) / 2;
    double low = -fmin(45 / (n - 4), 45 / (n - 3) - log(fabs(r)));
    struct sum above = {0}, below = {0};
    for (double u = low; u < high; u += step) {
        double p = exp(-(n - 3) / 2 * log1p(exp(-2 * u))), t = exp(u);
        sum_add(&above, p / hypot(t, r));
        sum_add(&below, p / hypot(t, 1));
    }
    return sum_value(&above) / sum_value(&below);
}

/* r F(1/2, 1/2; (n - 2)/2; 1 - r^2) */
static struct effect unbiased(double r, double n, const struct effect_method *method)
{
    struct effect e = effect_from_correlation(r, n, method);
    if (e.status == FIT_OK && n <= 4)
        return (struct effect){FIT_TOO_FEW, NAN, NAN};
    if (e.status != FIT_OK)
        return e;
    if (r == 0)
        return (struct effect){FIT_OK, 0, raw_variance(0, n, 0, method)};
    double corrected = r * hypergeometric(r, n);
    return (struct effect){FIT_OK, corrected, raw_variance(r, n, corrected, method)};
}

static const struct effect_measure effect_measure_z = {
    .name = "z",
    .title = "Fisher's z",
    .source = "Fisher 1921, Metron 1, 3-32",
    .from = effect_from_correlation,
    .back = effect_to_correlation,
};

static const struct effect_measure effect_measure_r = {
    .name = "r",
    .title = "the correlation itself",
    .source = "Schmidt & Hunter 2015, Methods of Meta-Analysis, 3rd ed.: (1 - r^2)^2/(n - 1)",
    .from = raw,
    .back = same,
};

static const struct effect_measure effect_measure_r_unbiased = {
    .name = "r_unbiased",
    .title = "the unbiased correlation",
    .source = "Olkin & Pratt 1958, Ann. Math. Stat. 29, 201-211",
    .from = unbiased,
    .back = same,
};

const struct effect_measure *const effect_measures[] = {
#define X(name) &effect_measure_##name,
    EFFECT_MEASURE_LIST(X)
#undef X
};

const size_t n_effect_measures = sizeof effect_measures / sizeof *effect_measures;

const struct effect_measure *effect_measure(const char *name)
{
    for (size_t i = 0; i < n_effect_measures; i++)
        if (strcmp(effect_measures[i]->name, name) == 0)
            return effect_measures[i];
    return NULL;
}
