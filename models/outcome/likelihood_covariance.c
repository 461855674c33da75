/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/likelihood_covariance.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/limited/score_covariance.h"

void outcome_likelihood_influence(const struct outcome_fit *fit, double influence[],
                                  struct arena *scratch)
{
    memset(influence, 0, fit->data.design->n * fit->fit.n_params * sizeof *influence);
    fit->outcome->influence(fit, influence, scratch);
}

/* A bread of one: influences are scores that have been multiplied by theirs. */
static struct fit unit_bread(const struct outcome_fit *fit, struct arena *scratch)
{
    size_t k = fit->fit.n_params;
    double *one = ARENA_NEW(scratch, double, k *k);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            one[i * k + j] = isnan(fit->model_vcov[i * k + j]) ? NAN : i == j;
    return (struct fit){.n_params = k, .vcov = one};
}

struct score_clusters outcome_score_clusters(const struct glm_clusters *c, double factor)
{
    struct score_clusters s = {.n_ways = c->n_ways};
    for (size_t w = 0; w < c->n_ways; w++) {
        s.code[w] = c->code[w];
        s.n_clusters[w] = c->n_clusters[w];
    }
    s.by_rows = c->n_ways == 2 && c->whole_rows ? 1 / factor : 0;
    return s;
}

static enum fit_status own(const struct outcome_fit *fit, double *vcov)
{
    size_t k = fit->fit.n_params, known = 0;
    memcpy(vcov, fit->model_vcov, k * k * sizeof *vcov);
    for (size_t j = 0; j < k; j++)
        known += !isnan(vcov[j * k + j]);
    return known > 0 ? FIT_CONVERGED : FIT_UNIDENTIFIED;
}

enum fit_status outcome_likelihood_covariance(const struct outcome_fit *fit, const char *kind,
                                              const struct glm_clusters *clusters, double *vcov,
                                              struct arena *scratch)
{
    const struct glm_covariance *how = glm_covariance_find(kind);
    size_t k = fit->fit.n_params, n = fit->data.design->n;
    assert(how && !how->leverage && (!how->clusters || clusters));
    if (!how->row)
        return own(fit, vcov);
    double *influence = ARENA_NEW(scratch, double, n *k), n_obs = fit->fit.n_obs;
    const struct fit one = unit_bread(fit, scratch);
    const struct score_rows rows = {n, influence, fit->data.w, fit->data.weight_kind};
    struct score_clusters by = {0};
    double factor = how->sample(n_obs, n_obs - fit->fit.df_residual);
    outcome_likelihood_influence(fit, influence, scratch);
    if (how->clusters)
        by = outcome_score_clusters(clusters, factor);
    enum fit_status status = score_covariance(&one, &rows, &by, vcov, scratch);
    bool enough = isfinite(factor) && factor > 0;
    for (size_t j = 0; j < k * k; j++)
        vcov[j] = enough ? vcov[j] * factor : NAN;
    return status == FIT_CONVERGED && !enough ? FIT_TOO_FEW : status;
}
