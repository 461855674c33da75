/* SPDX-License-Identifier: GPL-3.0-or-later
   The outcomes that are generalised linear models: words for the families of models/glm. */
#include "models/outcome/outcome_glm.h"

#include <math.h>
#include <string.h>

/* The design with its rows numbered from 0, as the weights are. */
static const struct design *own_rows(const struct design *design, struct arena *keep)
{
    struct design *d = arena_copy(keep, design, 1, sizeof *design);
    d->row = NULL;
    return d;
}

static void fit_glm(const struct outcome_data *data, const struct outcome_options *options,
                    struct outcome_fit *fit, struct arena *keep)
{
    const struct glm_options how = {.family = fit->outcome->glm,
                                    .link = link_find(fit->link),
                                    .theta = options->theta,
                                    .weight = data->w,
                                    .weight_kind = data->weight_kind,
                                    .observed_information = options->observed,
                                    .firth = options->firth,
                                    .threads = options->threads};
    struct glm *glm = ARENA_NEW(keep, struct glm, 1);
    glm_fit(own_rows(data->design, keep), &how, glm, keep);
    fit->fit = glm->fit;
    fit->glm = glm;
    fit->n_means = 1;
    fit->mean = glm->mu;
    fit->n_parameters = glm_n_parameters(glm);
    fit->null_log_lik = glm->null_log_lik;
    fit->null_deviance = glm->null_deviance;
    fit->dispersion = glm->dispersion;
    fit->theta = glm->theta;
    fit->theta_std_error = glm->theta_std_error;
}

/* x'b, coefficients that are not estimated counting as 0. */
static double predictor(const struct outcome_fit *fit, const struct outcome_rows *rows, size_t i)
{
    size_t p = fit->fit.n_params;
    double eta = rows->offset ? rows->offset[i] : 0;
    for (size_t j = 0; j < p; j++)
        if (!isnan(fit->fit.estimate[j]))
            eta += rows->x[i * p + j] * fit->fit.estimate[j];
    return eta;
}

static void means_glm(const struct outcome_fit *fit, const struct outcome_rows *rows, double mean[],
                      double gradient[], struct arena *scratch)
{
    const struct link *link = fit->glm->link;
    size_t p = fit->fit.n_params;
    (void)scratch;
    for (size_t i = 0; i < rows->n; i++) {
        double eta = predictor(fit, rows, i);
        mean[i] = link->mean(eta);
        double slope = gradient ? link->slope(eta) : 0;
        for (size_t j = 0; gradient && j < p; j++)
            gradient[i * p + j] = isnan(fit->fit.estimate[j]) ? 0 : slope * rows->x[i * p + j];
    }
}

void outcome_glm_influence(const struct outcome_fit *fit, double influence[], struct arena *scratch)
{
    const struct glm *glm = fit->glm;
    const struct design *d = glm->design;
    size_t p = d->p;
    (void)scratch;
    for (size_t i = 0; i < d->n; i++) {
        double w = glm->w ? glm->w[i] : 1, score = 0;
        bool separated = glm->separated && glm->separated[i];
        if (w > 0 && !separated)
            score = w * (d->y[i] - glm->mu[i]) * glm->link->slope(glm->eta[i]) /
                    glm->family->variance(glm->mu[i], glm->theta);
        for (size_t j = 0; j < p; j++) {
            double sum = 0;
            for (size_t k = 0; k < p; k++)
                sum += glm->bread[j * p + k] * d->x[i * p + k];
            influence[i * p + j] = score * sum;
        }
    }
}

/* ---- words ---- */

static const char *const share_words[] = {"logit", "probit", "cloglog", "cauchit", "log", NULL};
static const char *const count_words[] = {"log", "identity", "sqrt", NULL};
static const char *const gaussian_words[] = {"identity", "log", "inverse", NULL};
static const char *const gamma_words[] = {"inverse", "log", "identity", NULL};
static const char *const inverse_gaussian_words[] = {"inverse_squared", "log", "inverse",
                                                     "identity", NULL};

const struct outcome outcome_gaussian = {
    .name = "gaussian",
    .title = "Gaussian, least squares",
    .link = gaussian_words,
    .glm = &family_gaussian,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_binomial = {
    .name = "binomial",
    .title = "Binomial: yes or no",
    .link = share_words,
    .glm = &family_binomial,
    .binary = true,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_poisson = {
    .name = "poisson",
    .title = "Poisson counts",
    .link = count_words,
    .glm = &family_poisson,
    .counts = true,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_negative_binomial = {
    .name = "negative_binomial",
    .title = "Negative binomial counts (NB2)",
    .link = count_words,
    .glm = &family_negative_binomial,
    .counts = true,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_gamma = {
    .name = "gamma",
    .title = "Gamma: positive, skewed amounts",
    .link = gamma_words,
    .glm = &family_gamma,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_inverse_gaussian = {
    .name = "inverse_gaussian",
    .title = "Inverse Gaussian: positive, very skewed amounts",
    .link = inverse_gaussian_words,
    .glm = &family_inverse_gaussian,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_quasibinomial = {
    .name = "quasibinomial",
    .title = "Quasi-binomial: shares with a dispersion",
    .link = share_words,
    .glm = &family_quasibinomial,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_quasipoisson = {
    .name = "quasipoisson",
    .title = "Quasi-Poisson: counts with a dispersion",
    .link = count_words,
    .glm = &family_quasipoisson,
    .counts = true,
    .fit = fit_glm,
    .means = means_glm,
};

const struct outcome outcome_fractional = {
    .name = "fractional",
    .title = "Fractional response: a share, robust errors",
    .link = share_words,
    .glm = &family_quasibinomial,
    .fit = fit_glm,
    .means = means_glm,
};
