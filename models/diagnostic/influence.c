/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/influence.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "models/base/order.h"
#include "models/glm/residual.h"

/* ---- rows ---- */

static void of_glm(const struct glm *glm, struct row_influence row[])
{
    for (size_t i = 0; i < glm->design->n; i++) {
        row[i].leverage = glm->leverage[i];
        row[i].standardised = glm_standardised(glm, &glm_residual_deviance, i);
        row[i].cook = glm_cook(glm, i);
    }
}

/* The Cholesky factor of the covariance of the estimated parameters, scaled to a unit diagonal;
   the places of these parameters and their errors. */
struct metric {
    size_t k;
    size_t *at;
    double *error, *factor;
};

static bool metric_of(const struct outcome_fit *fit, struct metric *m, struct arena *scratch)
{
    size_t p = fit->fit.n_params;
    const double *v = fit->model_vcov;
    m->at = ARENA_NEW(scratch, size_t, p);
    m->error = ARENA_NEW(scratch, double, p);
    m->k = 0;
    for (size_t j = 0; v && j < p; j++)
        if (v[j * p + j] > 0 && isfinite(fit->fit.estimate[j])) {
            m->error[m->k] = sqrt(v[j * p + j]);
            m->at[m->k++] = j;
        }
    m->factor = ARENA_NEW(scratch, double, m->k * m->k);
    for (size_t i = 0; i < m->k; i++)
        for (size_t j = 0; j < m->k; j++)
            m->factor[i * m->k + j] =
                i == j ? 1 : v[m->at[i] * p + m->at[j]] / m->error[i] / m->error[j];
    if (m->k == 0)
        return false;
    gsl_matrix_view factor = gsl_matrix_view_array(m->factor, m->k, m->k);
    return gsl_linalg_cholesky_decomp1(&factor.matrix) == 0;
}

static void of_scores(const struct outcome_fit *fit, struct row_influence row[],
                      struct arena *scratch)
{
    size_t n = fit->data.design->n, p = fit->fit.n_params;
    double *step = ARENA_NEW(scratch, double, n *p), *d = ARENA_NEW(scratch, double, p);
    struct metric m;
    if (isnan(fit->fit.log_lik) || !metric_of(fit, &m, scratch))
        return;
    outcome_influence(fit, step, scratch);
    gsl_matrix_view factor = gsl_matrix_view_array(m.factor, m.k, m.k);
    gsl_vector_view whitened = gsl_vector_view_array(d, m.k);
    for (size_t i = 0; i < n; i++) {
        double square = 0;
        for (size_t j = 0; j < m.k; j++)
            d[j] = step[i * p + m.at[j]] / m.error[j];
        if (gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &factor.matrix,
                           &whitened.vector))
            return;
        for (size_t j = 0; j < m.k; j++)
            square += d[j] * d[j];
        row[i].cook = square / (double)m.k;
    }
}

void influence_of_rows(const struct outcome_fit *fit, struct row_influence row[],
                       struct arena *scratch)
{
    for (size_t i = 0; i < fit->data.design->n; i++)
        row[i] = (struct row_influence){NAN, NAN, NAN};
    if (fit->glm)
        of_glm(fit->glm, row);
    else
        of_scores(fit, row, scratch);
}

struct influence_limits influence_limits(const struct outcome_fit *fit)
{
    const struct outcome_data *data = &fit->data;
    double n = 0, p = fit->glm ? (double)fit->glm->rank : NAN;
    for (size_t i = 0; i < data->design->n; i++)
        n += !data->w || data->w[i] > 0;
    return (struct influence_limits){4 / n, 2 * p / n};
}

uint32_t *influence_order(const struct row_influence row[], size_t n, struct arena *keep)
{
    double *key = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        key[i] = isnan(row[i].cook) ? -INFINITY : -row[i].cook;
    return order_real(key, n, keep);
}

/* ---- without the largest ---- */

static double weight_at(const struct outcome_data *data, size_t i)
{
    return data->w ? data->w[i] : 1;
}

/* The least response that is among the largest. */
static double top_from(const struct outcome_data *data, double share, struct arena *scratch)
{
    const double *y = data->design->y;
    size_t n = data->design->n;
    const uint32_t *order = order_real(y, n, scratch);
    double total = 0, above = 0;
    for (size_t i = 0; i < n; i++)
        total += weight_at(data, i);
    for (size_t i = n; i-- > 0;) {
        above += weight_at(data, order[i]);
        if (above >= share * total)
            return y[order[i]];
    }
    return -INFINITY;
}

static const double *kept_values(const double *value, size_t width, const size_t *kept, size_t n,
                                 struct arena *keep)
{
    if (!value)
        return NULL;
    double *part = ARENA_NEW(keep, double, n *width);
    for (size_t i = 0; i < n; i++)
        memcpy(part + i * width, value + kept[i] * width, width * sizeof *part);
    return part;
}

static const uint32_t *kept_codes(const uint32_t *code, const size_t *kept, size_t n,
                                  struct arena *keep)
{
    if (!code)
        return NULL;
    uint32_t *part = ARENA_NEW(keep, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        part[i] = code[kept[i]];
    return part;
}

static const struct design *kept_rows(const struct design *d, const size_t *kept, size_t n,
                                      struct arena *keep)
{
    if (!d)
        return NULL;
    struct design *part = arena_copy(keep, d, 1, sizeof *part);
    part->n = n;
    part->x = kept_values(d->x, d->p, kept, n, keep);
    part->y = kept_values(d->y, 1, kept, n, keep);
    part->offset = kept_values(d->offset, 1, kept, n, keep);
    part->row = kept_codes(d->row, kept, n, keep);
    return part;
}

/* Numbers of clusters, of which those that no row has any more do not count. */
static const struct glm_clusters *kept_clusters(const struct glm_clusters *c, const size_t *kept,
                                                size_t n, struct arena *keep)
{
    if (!c)
        return NULL;
    struct glm_clusters *part = arena_copy(keep, c, 1, sizeof *part);
    for (size_t way = 0; way < c->n_ways; way++) {
        uint32_t *number = ARENA_NEW(keep, uint32_t, c->n_clusters[way]);
        uint32_t *code = ARENA_NEW(keep, uint32_t, n), next = 0;
        for (size_t i = 0; i < n; i++) {
            uint32_t *to = &number[c->code[way][kept[i]]];
            if (*to == 0)
                *to = ++next;
            code[i] = *to - 1;
        }
        part->code[way] = code;
        part->n_clusters[way] = next;
    }
    return part;
}

void influence_without_top(const struct outcome_fit *fit, const struct outcome_options *options,
                           double share, struct outcome_fit *without, double *n_without,
                           struct arena *keep)
{
    const struct outcome_data *all = &fit->data;
    struct outcome_options how = *options;
    struct outcome_data data = *all;
    size_t *kept = ARENA_NEW(keep, size_t, all->design->n), n = 0;
    double from = top_from(all, share, keep);
    *n_without = 0;
    for (size_t i = 0; i < all->design->n; i++)
        if (all->design->y[i] < from)
            kept[n++] = i;
        else
            *n_without += weight_at(all, i);
    data.design = kept_rows(all->design, kept, n, keep);
    data.second = kept_rows(all->second, kept, n, keep);
    data.w = kept_values(all->w, 1, kept, n, keep);
    how.clusters = kept_clusters(options->clusters, kept, n, keep);
    outcome_fit(fit->outcome, &data, &how, without, keep);
}
