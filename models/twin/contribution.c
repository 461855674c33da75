/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/twin/contribution.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"

/* 1 - leverage below this is rounding. */
#define NO_REST 1e-10

static void contributions_new(const struct outcome_fit *fit, size_t k, const char *const name[],
                              struct contributions *c, struct arena *keep)
{
    size_t n = fit->data.design->n;
    *c = (struct contributions){
        .status = fit->fit.status,
        .n = n,
        .k = k,
        .name = arena_copy(keep, name, k, sizeof *name),
        .estimate = ARENA_NEW(keep, double, k),
        .row = ARENA_NEW(keep, double, n *k),
        .df = fit_df(&fit->fit),
    };
    for (size_t j = 0; j < k; j++)
        c->estimate[j] = NAN;
}

static void no_estimates(struct contributions *c, enum fit_status status)
{
    c->status = status;
    memset(c->row, 0, c->n * c->k * sizeof *c->row);
    for (size_t j = 0; j < c->k; j++)
        c->estimate[j] = NAN;
}

/* Does a fit of this status have what its rows add to it? */
static bool has_rows(const struct fit *fit)
{
    for (size_t j = 0; j < fit->n_params; j++)
        if (isfinite(fit->estimate[j]))
            return fit->status == FIT_CONVERGED || fit->status == FIT_SEPARATION ||
                   fit->status == FIT_BOUNDARY || fit->status == FIT_PERFECT;
    return false;
}

static double *influence_of(const struct outcome_fit *fit, struct arena *scratch)
{
    double *influence = ARENA_NEW(scratch, double, fit->data.design->n * fit->fit.n_params);
    outcome_influence(fit, influence, scratch);
    return influence;
}

static double weight_of(const struct outcome_data *data, size_t i)
{
    return data->w ? data->w[i] : 1;
}

/* ---- coefficients ---- */

/* The first part of a model that has regressors. */
static const char *main_component(const struct outcome_fit *fit)
{
    for (size_t j = 0; fit->component && j < fit->fit.n_params; j++)
        if (strcmp(fit->component[j], "threshold") != 0)
            return fit->component[j];
    return NULL;
}

size_t contributions_parameter(const struct outcome_fit *fit, const char *column)
{
    const char *component = main_component(fit);
    for (size_t j = 0; j < fit->fit.n_params; j++)
        if (strcmp(fit->fit.term[j], column) == 0 &&
            (!component || strcmp(fit->component[j], component) == 0))
            return j;
    return fit->fit.n_params;
}

/* The square root of what `kind` multiplies the squares of row i by; NaN: leverage of one. */
static double leverage_factor(const struct outcome_fit *fit, const struct glm_covariance *kind,
                              size_t i)
{
    const struct glm *glm = fit->glm;
    if (!glm || !kind || !kind->leverage)
        return 1;
    double w = weight_of(&fit->data, i);
    double copies = fit->data.weight_kind == WEIGHT_FREQUENCY ? w : 1;
    double leverage = copies > 0 ? glm->leverage[i] / copies : 0;
    if (1 - leverage < NO_REST)
        return NAN;
    return sqrt(kind->row(leverage, (double)glm->rank / fit->fit.n_obs));
}

static void take_columns(const struct outcome_fit *fit, const struct glm_covariance *kind,
                         const size_t *parameter, struct contributions *c)
{
    struct arena *scratch = arena_new();
    size_t n_params = fit->fit.n_params;
    const double *influence = influence_of(fit, scratch);
    for (size_t i = 0; i < c->n && c->status != FIT_LEVERAGE; i++) {
        double factor = leverage_factor(fit, kind, i);
        if (isnan(factor))
            no_estimates(c, FIT_LEVERAGE);
        for (size_t j = 0; !isnan(factor) && j < c->k; j++)
            if (isfinite(c->estimate[j]))
                c->row[i * c->k + j] = factor * influence[i * n_params + parameter[j]];
    }
    arena_free(scratch);
}

void contributions_slopes(const struct outcome_fit *fit, const struct glm_covariance *kind,
                          struct contributions *c, struct arena *keep)
{
    const struct design *d = fit->data.design;
    size_t first = d->intercept, k = d->p - first;
    size_t *parameter = ARENA_NEW(keep, size_t, k);
    contributions_new(fit, k, d->name + first, c, keep);
    if (!has_rows(&fit->fit))
        return;
    for (size_t j = 0; j < k; j++) {
        parameter[j] = contributions_parameter(fit, c->name[j]);
        if (parameter[j] < fit->fit.n_params)
            c->estimate[j] = fit->fit.estimate[parameter[j]];
    }
    take_columns(fit, kind, parameter, c);
}

/* ---- functions of the parameters ---- */

static double total_weight(const struct outcome_data *data)
{
    struct sum total = {0, 0};
    for (size_t i = 0; i < data->design->n; i++)
        sum_add(&total, weight_of(data, i));
    return sum_value(&total);
}

/* What row i adds through the parameters. */
static double through_parameters(const struct outcome_fit *fit, const double *influence,
                                 const double *gradient)
{
    double sum = 0;
    for (size_t h = 0; h < fit->fit.n_params; h++)
        if (isfinite(fit->fit.estimate[h]))
            sum += gradient[h] * influence[h];
    return sum;
}

void contributions_of(const struct outcome_fit *fit, size_t k, const char *const name[],
                      const double estimate[], const double gradient[], const double own[],
                      const struct glm_covariance *kind, struct contributions *c,
                      struct arena *keep)
{
    contributions_new(fit, k, name, c, keep);
    if (!has_rows(&fit->fit))
        return;
    struct arena *scratch = arena_new();
    size_t p = fit->fit.n_params;
    const double *influence = influence_of(fit, scratch);
    double total = total_weight(&fit->data);
    for (size_t j = 0; j < k; j++)
        c->estimate[j] = isfinite(estimate[j]) ? estimate[j] : NAN;
    for (size_t i = 0; i < c->n && c->status != FIT_LEVERAGE; i++) {
        double factor = leverage_factor(fit, kind, i);
        if (isnan(factor))
            no_estimates(c, FIT_LEVERAGE);
        for (size_t j = 0; !isnan(factor) && j < k; j++) {
            double w = weight_of(&fit->data, i);
            double mean = own ? w * (own[i * k + j] - estimate[j]) / total : 0;
            if (isfinite(estimate[j]))
                c->row[i * k + j] =
                    factor * through_parameters(fit, influence + i * p, gradient + j * p) + mean;
        }
    }
    arena_free(scratch);
}

/* ---- scales ---- */

/* Rows, or the sum of frequencies. */
static double observations(const struct outcome_data *data)
{
    double n = 0;
    if (data->weight_kind == WEIGHT_FREQUENCY)
        return total_weight(data);
    for (size_t i = 0; i < data->design->n; i++)
        n += weight_of(data, i) > 0;
    return n;
}

/* Of the variance s^2 = n / (n - 1) sum w (y - mean)^2 / sum w, a row adds
   w (n / (n - 1) (y - mean)^2 - s^2) / sum w, and half of that over s to s. */
void contributions_in_sd(struct contributions *c, const struct outcome_data *data, const double *y,
                         bool known)
{
    assert(data->design->n == c->n);
    double n = observations(data), total = total_weight(data), m = mean(y, data->w, c->n);
    double rest = n / (n - 1), s2 = rest * cross_product(y, m, y, m, data->w, c->n) / total;
    double s = sqrt(s2);
    if (!(s > 0) || !isfinite(s)) {
        no_estimates(c, FIT_CONSTANT);
        return;
    }
    for (size_t i = 0; i < c->n; i++) {
        double r = y[i] - m;
        double adds = known ? 0 : weight_of(data, i) * (rest * r * r - s2) / total / (2 * s);
        for (size_t j = 0; j < c->k; j++)
            if (isfinite(c->estimate[j]))
                c->row[i * c->k + j] = (c->row[i * c->k + j] - c->estimate[j] / s * adds) / s;
    }
    for (size_t j = 0; j < c->k; j++)
        c->estimate[j] /= s;
}

void contributions_relative_to(struct contributions *c, size_t reference)
{
    assert(reference < c->k);
    double by = c->estimate[reference];
    if (!isfinite(by) || by == 0) {
        no_estimates(c, c->status == FIT_CONVERGED ? FIT_UNIDENTIFIED : c->status);
        return;
    }
    for (size_t j = 0; j < c->k; j++)
        c->estimate[j] = j == reference ? 1 : c->estimate[j] / by;
    for (size_t i = 0; i < c->n; i++) {
        double *row = c->row + i * c->k, adds = row[reference];
        for (size_t j = 0; j < c->k; j++)
            if (isfinite(c->estimate[j]))
                row[j] = j == reference ? 0 : (row[j] - c->estimate[j] * adds) / by;
    }
}
