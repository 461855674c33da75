/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/parts.h"

#include <math.h>
#include <string.h>

const struct limited_rows *parts_rows(const struct outcome_data *data, const double *y,
                                      const struct outcome_options *options, struct arena *keep)
{
    const struct limited_rows rows = {.n = data->design->n,
                                      .y = y,
                                      .w = data->w,
                                      .weight_kind = data->weight_kind,
                                      .threads = options->threads};
    return arena_copy(keep, &rows, 1, sizeof rows);
}

const struct design *parts_second(const struct outcome_data *data)
{
    return data->second ? data->second : data->design;
}

/* ---- equations ---- */

struct equation parts_equation(const struct design *d)
{
    return (struct equation){.x = d->x, .p = d->p, .name = d->name, .offset = d->offset};
}

struct equation parts_slopes(const struct design *d, struct arena *keep)
{
    size_t first = d->intercept, p = d->p - first;
    if (!first)
        return parts_equation(d);
    double *x = ARENA_NEW(keep, double, d->n *p);
    for (size_t i = 0; p > 0 && i < d->n; i++)
        memcpy(x + i * p, d->x + i * d->p + 1, p * sizeof *x);
    return (struct equation){.x = x, .p = p, .name = d->name + 1, .offset = d->offset};
}

struct equation parts_intercept(const struct design *d, struct arena *keep)
{
    double *one = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0; i < d->n; i++)
        one[i] = 1;
    return (struct equation){.x = one, .p = d->intercept, .name = d->name, .offset = d->offset};
}

/* ---- figures ---- */

void parts_take(const struct fit *from, struct outcome_fit *fit, struct arena *keep)
{
    size_t k = from->n_params;
    fit->fit = *from;
    fit->fit.vcov = arena_copy(keep, from->vcov, k * k, sizeof(double));
    fit->fit.deviance = -2 * from->log_lik;
    fit->fit.df_test = INFINITY;
    fit->model_vcov = from->vcov;
    fit->n_parameters = from->n_obs - from->df_residual;
}

void parts_take_means(struct outcome_fit *fit, struct arena *keep)
{
    const struct design *d = fit->data.design, *second = fit->data.second;
    if (!second && fit->outcome->second == SECOND_REPEATED)
        second = d;
    const struct outcome_rows rows = {.n = d->n,
                                      .x = d->x,
                                      .offset = d->offset,
                                      .x2 = second ? second->x : NULL,
                                      .offset2 = second ? second->offset : NULL};
    struct arena *scratch = arena_new();
    fit->mean = ARENA_NEW(keep, double, d->n * fit->n_means);
    fit->outcome->means(fit, &rows, fit->mean, NULL, scratch);
    arena_free(scratch);
}

void parts_take_null(double log_lik, struct outcome_fit *fit)
{
    fit->null_log_lik = log_lik;
    fit->null_deviance = -2 * log_lik;
}

const char *const *parts_components(size_t n_params, const struct component *component, size_t n,
                                    struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, n_params);
    for (size_t c = 0; c < n; c++)
        for (size_t j = component[c].first; j < n_params; j++)
            name[j] = component[c].name;
    return name;
}

/* ---- rows ---- */

double parts_predictor(const double *x, const double *b, size_t p, size_t first)
{
    double u = 0;
    for (size_t j = first; j < p; j++)
        u += x[j] * b[j - first];
    return u;
}

void parts_mask(const struct outcome_fit *fit, double gradient[])
{
    for (size_t j = 0; j < fit->fit.n_params; j++)
        if (isnan(fit->fit.estimate[j]))
            gradient[j] = 0;
}

void parts_times_covariance(const struct outcome_fit *fit, double scores[], struct arena *scratch)
{
    size_t k = fit->fit.n_params;
    double *row = ARENA_NEW(scratch, double, k), *bread = ARENA_NEW(scratch, double, k *k);
    for (size_t j = 0; j < k * k; j++)
        bread[j] = isnan(fit->model_vcov[j]) ? 0 : fit->model_vcov[j];
    for (size_t i = 0; i < fit->data.design->n; i++) {
        double *score = scores + i * k;
        memcpy(row, score, k * sizeof *row);
        for (size_t j = 0; j < k; j++) {
            score[j] = 0;
            for (size_t h = 0; h < k; h++)
                score[j] += bread[j * k + h] * row[h];
        }
    }
}
