/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/pseudo_r_squared.h"

#include <math.h>

#include "models/base/sum.h"

static double mcfadden(const struct scored_fit *f)
{
    return f->null_log_lik < 0 ? 1 - f->log_lik / f->null_log_lik : NAN;
}

static double mcfadden_adjusted(const struct scored_fit *f)
{
    return f->null_log_lik < 0 ? 1 - (f->log_lik - f->n_parameters) / f->null_log_lik : NAN;
}

static double cox_snell(const struct scored_fit *f)
{
    return f->n_obs > 0 ? -expm1(2 * (f->null_log_lik - f->log_lik) / f->n_obs) : NAN;
}

static double nagelkerke(const struct scored_fit *f)
{
    return f->null_log_lik < 0 ? cox_snell(f) / -expm1(2 * f->null_log_lik / f->n_obs) : NAN;
}

static double weight_at(const struct scored_fit *f, size_t i)
{
    return f->w ? f->w[i] : 1;
}

static double tjur(const struct scored_fit *f)
{
    struct sum weight[2] = {{0}}, mean[2] = {{0}};
    for (size_t i = 0; i < f->n; i++)
        if (weight_at(f, i) > 0) {
            if (!f->binary || !(f->y[i] == 0 || f->y[i] == 1))
                return NAN;
            sum_add(&weight[f->y[i] == 1], weight_at(f, i));
            sum_add(&mean[f->y[i] == 1], weight_at(f, i) * f->mean[i]);
        }
    return sum_value(&mean[1]) / sum_value(&weight[1]) -
           sum_value(&mean[0]) / sum_value(&weight[0]);
}

static double efron(const struct scored_fit *f)
{
    struct sum left = {0};
    double centre = mean(f->y, f->w, f->n);
    double total = cross_product(f->y, centre, f->y, centre, f->w, f->n);
    for (size_t i = 0; i < f->n; i++)
        if (weight_at(f, i) > 0)
            sum_add(&left, weight_at(f, i) * (f->y[i] - f->mean[i]) * (f->y[i] - f->mean[i]));
    return total > 0 ? 1 - sum_value(&left) / total : NAN;
}

const struct pseudo_r_squared pseudo_r_squared_mcfadden = {
    .name = "mcfadden",
    .title = "McFadden",
    .source = "McFadden 1974, in Zarembka (ed.), Frontiers in Econometrics, 105-142",
    .discrete = true,
    .value = mcfadden,
};

const struct pseudo_r_squared pseudo_r_squared_mcfadden_adjusted = {
    .name = "mcfadden_adjusted",
    .title = "McFadden, less the number of parameters",
    .source = "Ben-Akiva & Lerman 1985, Discrete Choice Analysis, p. 167",
    .discrete = true,
    .value = mcfadden_adjusted,
};

const struct pseudo_r_squared pseudo_r_squared_cox_snell = {
    .name = "cox_snell",
    .title = "Cox and Snell",
    .source = "Cox & Snell 1989, Analysis of Binary Data, sec. 5.6; Maddala 1983, p. 39",
    .value = cox_snell,
};

const struct pseudo_r_squared pseudo_r_squared_nagelkerke = {
    .name = "nagelkerke",
    .title = "Nagelkerke",
    .source = "Nagelkerke 1991, Biometrika 78, 691-692",
    .discrete = true,
    .value = nagelkerke,
};

const struct pseudo_r_squared pseudo_r_squared_tjur = {
    .name = "tjur",
    .title = "Tjur's coefficient of discrimination",
    .source = "Tjur 2009, Am. Statist. 63, 366-372",
    .means = true,
    .binary = true,
    .value = tjur,
};

const struct pseudo_r_squared pseudo_r_squared_efron = {
    .name = "efron",
    .title = "Efron",
    .source = "Efron 1978, J. Am. Statist. Assoc. 73, 113-121",
    .means = true,
    .value = efron,
};

const struct pseudo_r_squared *const pseudo_r_squareds[] = {
#define X(word) &pseudo_r_squared_##word,
    PSEUDO_R_SQUARED_LIST(X)
#undef X
};

const size_t n_pseudo_r_squareds = sizeof pseudo_r_squareds / sizeof *pseudo_r_squareds;
