/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/outcome.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/outcome/likelihood_covariance.h"
#include "models/outcome/outcome_glm.h"

const struct outcome *const outcomes[] = {
#define X(word) &outcome_##word,
    OUTCOME_LIST(X)
#undef X
};
const size_t n_outcomes = sizeof outcomes / sizeof *outcomes;

const struct outcome *outcome_find(const char *name)
{
    for (size_t i = 0; i < n_outcomes; i++)
        if (strcmp(outcomes[i]->name, name) == 0)
            return outcomes[i];
    return NULL;
}

/* The outcome's own word for a link, NULL if it has none of that name. */
static const char *link_word(const struct outcome *outcome, const char *link)
{
    for (const char *const *word = outcome->link; *word; word++)
        if (strcmp(*word, link) == 0)
            return *word;
    return NULL;
}

bool outcome_has_link(const struct outcome *outcome, const char *link)
{
    return link_word(outcome, link) != NULL;
}

const char *outcome_domain(const struct outcome *outcome)
{
    return outcome->glm ? outcome->glm->domain : outcome->domain;
}

size_t outcome_first_outside(const struct outcome *outcome, const struct outcome_data *data,
                             const struct outcome_options *options)
{
    for (size_t i = 0; i < data->design->n; i++) {
        double y = data->design->y[i];
        if (outcome->glm ? !outcome->glm->in_domain(y) : !outcome->in_domain(y, options))
            return i;
    }
    return data->design->n;
}

/* ---- covariance ---- */

static bool is_one_of(const char *name, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

bool outcome_has_covariance(const struct outcome *outcome, const char *covariance)
{
    static const char *const of_any[] = {"model", "HC0", "HC1", "cluster", "cluster_HC0"};
    return outcome->glm ? glm_covariance_find(covariance) != NULL
                        : is_one_of(covariance, of_any, sizeof of_any / sizeof *of_any);
}

/* HC0 and HC1 of clusters have words of their own. */
static const char *of_clusters(const struct outcome *outcome, const char *covariance)
{
    if (!covariance)
        return outcome->glm == &family_gaussian ? "cluster" : "cluster_HC0";
    return strcmp(covariance, "HC1") == 0   ? "cluster"
           : strcmp(covariance, "HC0") == 0 ? "cluster_HC0"
                                            : covariance;
}

static const char *kind_of(const struct outcome *outcome, const struct outcome_data *data,
                           const struct outcome_options *options)
{
    bool sampling = data->w && data->weight_kind == WEIGHT_SAMPLING;
    if (options->clusters)
        return of_clusters(outcome, options->covariance);
    if (options->covariance)
        return options->covariance;
    return sampling || outcome == &outcome_fractional ? "HC0" : "model";
}

static double fewest_clusters(const struct glm_clusters *c)
{
    size_t n = c->n_clusters[0];
    if (c->n_ways == 2 && c->n_clusters[1] < n)
        n = c->n_clusters[1];
    return (double)n;
}

static void take_covariance(struct outcome_fit *fit, const struct outcome_options *options,
                            struct arena *scratch)
{
    const struct glm_covariance *kind = glm_covariance_find(fit->covariance);
    size_t p = fit->fit.n_params;
    bool has_one = fit->fit.vcov && p > 0;
    double *vcov = ARENA_NEW(scratch, double, p *p);
    assert(kind);
    fit->covariance_status = FIT_CONVERGED;
    if (!kind->row || !has_one)
        return;
    fit->covariance_status =
        fit->glm ? glm_covariance(fit->glm, kind, options->clusters, vcov, scratch)
                 : outcome_likelihood_covariance(fit, kind->name, options->clusters, vcov, scratch);
    for (size_t j = 0; j < p * p; j++)
        fit->fit.vcov[j] = fit->covariance_status == FIT_CONVERGED ? vcov[j] : NAN;
    if (kind->clusters)
        fit->fit.df_test = fewest_clusters(options->clusters) - 1;
}

/* ---- fit ---- */

void outcome_fit(const struct outcome *outcome, const struct outcome_data *data,
                 const struct outcome_options *options, struct outcome_fit *fit, struct arena *keep)
{
    struct arena *scratch = arena_new();
    *fit = (struct outcome_fit){.outcome = outcome, .data = *data};
    fit->link = link_word(outcome, options->link ? options->link : outcome->link[0]);
    assert(fit->link && data->design->y);
    assert(outcome->second != SECOND_NONE || !data->second);
    fit->null_log_lik = fit->null_deviance = fit->dispersion = NAN;
    fit->theta = fit->theta_std_error = fit->n_parameters = NAN;
    fit->covariance = kind_of(outcome, data, options);
    outcome->fit(data, options, fit, keep);
    if (outcome == &outcome_fractional)
        fit->fit.df_test = INFINITY;
    take_covariance(fit, options, scratch);
    arena_free(scratch);
}

void outcome_means(const struct outcome_fit *fit, const struct outcome_rows *rows, double mean[],
                   double gradient[], struct arena *scratch)
{
    size_t n = rows->n * fit->n_means;
    if (fit->mean) {
        fit->outcome->means(fit, rows, mean, gradient, scratch);
        return;
    }
    for (size_t i = 0; i < n; i++)
        mean[i] = NAN;
    for (size_t i = 0; gradient && i < n * fit->fit.n_params; i++)
        gradient[i] = NAN;
}

void outcome_influence(const struct outcome_fit *fit, double influence[], struct arena *scratch)
{
    if (fit->glm)
        outcome_glm_influence(fit, influence, scratch);
    else
        outcome_likelihood_influence(fit, influence, scratch);
}
