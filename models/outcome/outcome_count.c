/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/outcome/outcome_count.h"

#include <math.h>

#include "models/outcome/parts.h"

/* Log(theta) belongs to the count part, as pscl's summary() has it. */
void outcome_count_fit(const struct count_kind *kind, const struct count_distribution *distribution,
                       const struct outcome_data *data, const struct outcome_options *options,
                       struct outcome_fit *fit, struct arena *keep)
{
    const struct design *second = parts_second(data);
    struct count_options o = {kind, distribution, parts_equation(data->design),
                              parts_equation(second)};
    const struct limited_rows *rows = parts_rows(data, data->design->y, options, keep);
    struct count_fit *count = ARENA_NEW(keep, struct count_fit, 1), null;
    count_fit(rows, &o, count, keep);
    const struct component component[] = {
        {"count", 0}, {"zero", count->n_count}, {"count", count->n_count + count->n_zero}};
    fit->count = count;
    parts_take(&count->fit, fit, keep);
    fit->component = parts_components(count->fit.n_params, component, 3, keep);
    fit->theta = count->theta;
    fit->theta_std_error = count->theta_std_error;
    struct arena *scratch = arena_new();
    o.count = parts_intercept(data->design, scratch);
    o.zero = parts_intercept(second, scratch);
    count_fit(rows, &o, &null, scratch);
    parts_take_null(null.fit.log_lik, fit);
    arena_free(scratch);
    fit->n_means = 1;
    parts_take_means(fit, keep);
}

static struct count_at at_row(const struct count_fit *count, const struct outcome_rows *rows,
                              const double *x2, const double *offset2, size_t i)
{
    size_t p = count->n_count, q = count->n_zero;
    struct count_at at = {.eta = rows->offset ? rows->offset[i] : 0,
                          .zeta = offset2 ? offset2[i] : 0};
    at.eta += parts_predictor(rows->x + i * p, count->at, p, 0);
    at.zeta += parts_predictor(x2 + i * q, count->at + p, q, 0);
    if (count->distribution->has_theta)
        at.log_theta = count->at[p + q];
    return at;
}

void outcome_count_means(const struct outcome_fit *fit, const struct outcome_rows *rows,
                         double mean[], double gradient[], struct arena *scratch)
{
    const struct count_fit *count = fit->count;
    size_t k = fit->fit.n_params, p = count->n_count, q = count->n_zero;
    const double *x2 = rows->x2 ? rows->x2 : rows->x;
    const double *offset2 = rows->x2 ? rows->offset2 : rows->offset;
    bool known = !isnan(fit->fit.log_lik);
    (void)scratch;
    for (size_t i = 0; i < rows->n; i++) {
        const struct count_at at = at_row(count, rows, x2, offset2, i);
        double slope[COUNT_PREDICTORS] = {NAN, NAN, NAN};
        mean[i] = known ? count->kind->mean(count->distribution, &at, slope) : NAN;
        if (!gradient)
            continue;
        double *g = gradient + i * k;
        for (size_t j = 0; j < p; j++)
            g[j] = slope[COUNT_ETA] * rows->x[i * p + j];
        for (size_t j = 0; j < q; j++)
            g[p + j] = slope[COUNT_ZETA] * x2[i * q + j];
        if (k > p + q)
            g[k - 1] = slope[COUNT_LOG_THETA];
        if (known)
            parts_mask(fit, g);
    }
}

void outcome_count_influence(const struct outcome_fit *fit, double influence[],
                             struct arena *scratch)
{
    if (isnan(fit->fit.log_lik))
        return;
    count_scores(fit->count, influence);
    parts_times_covariance(fit, influence, scratch);
}

bool outcome_count_in_domain(double y, const struct outcome_options *options)
{
    (void)options;
    return y >= 0 && isfinite(y) && y == floor(y);
}

const char *const outcome_count_links[] = {"log", NULL};
