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

static struct score_clusters ways(const struct glm_clusters *c, size_t from, size_t n)
{
    struct score_clusters s = {.n_ways = n};
    for (size_t w = 0; w < n; w++) {
        s.code[w] = c->code[from + w];
        s.n_clusters[w] = c->n_clusters[from + w];
    }
    return s;
}

/* By the first way and by the second, less that of rows over `factor`: its factor is one. */
static enum fit_status whole_rows(const struct fit *one, const struct score_rows *rows,
                                  const struct glm_clusters *c, double factor, double *vcov,
                                  struct arena *scratch)
{
    size_t k = one->n_params;
    double *part = ARENA_NEW(scratch, double, k *k);
    const struct score_clusters first = ways(c, 0, 1), second = ways(c, 1, 1);
    enum fit_status status = score_covariance(one, rows, &first, vcov, scratch);
    if (status != FIT_CONVERGED)
        return status;
    status = score_covariance(one, rows, &second, part, scratch);
    for (size_t j = 0; j < k * k; j++)
        vcov[j] += part[j];
    if (status != FIT_CONVERGED)
        return status;
    score_covariance(one, rows, NULL, part, scratch);
    for (size_t j = 0; j < k * k; j++)
        vcov[j] -= part[j] / factor;
    for (size_t j = 0; j < k; j++)
        if (vcov[j * k + j] < 0)
            status = FIT_IMPROPER;
    return status;
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
    enum fit_status status;
    double factor = how->sample(n_obs, n_obs - fit->fit.df_residual);
    outcome_likelihood_influence(fit, influence, scratch);
    if (how->clusters)
        by = ways(clusters, 0, clusters->n_ways);
    if (by.n_ways == 2 && clusters->whole_rows)
        status = whole_rows(&one, &rows, clusters, factor, vcov, scratch);
    else
        status = score_covariance(&one, &rows, &by, vcov, scratch);
    bool enough = isfinite(factor) && factor > 0;
    for (size_t j = 0; j < k * k; j++)
        vcov[j] = enough ? vcov[j] * factor : NAN;
    return status == FIT_CONVERGED && !enough ? FIT_TOO_FEW : status;
}
