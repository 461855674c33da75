/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/effect.h"

#include <math.h>
#include <string.h>

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
