/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/outcome/parts.h"

static void fit_tobit(const struct outcome_data *data, const struct outcome_options *options,
                      struct outcome_fit *fit, struct arena *keep)
{
    struct tobit_options o = {parts_equation(data->design), options->left, options->right};
    struct tobit_fit *tobit = ARENA_NEW(keep, struct tobit_fit, 1), null;
    const struct limited_rows *rows = parts_rows(data, data->design->y, options, keep);
    tobit_fit(rows, &o, tobit, keep);
    fit->tobit = tobit;
    parts_take(&tobit->fit, fit, keep);
    struct arena *scratch = arena_new();
    o.mean = parts_intercept(data->design, scratch);
    tobit_fit(rows, &o, &null, scratch);
    parts_take_null(null.fit.log_lik, fit);
    arena_free(scratch);
    fit->n_means = 1;
    parts_take_means(fit, keep);
}

/* Of y as it is seen, with limits in the place of what is beyond them. */
static void means_tobit(const struct outcome_fit *fit, const struct outcome_rows *rows,
                        double mean[], double gradient[], struct arena *scratch)
{
    const struct tobit_fit *tobit = fit->tobit;
    size_t k = fit->fit.n_params, p = k - 1;
    bool known = isfinite(tobit->fit.sigma);
    (void)scratch;
    for (size_t i = 0; i < rows->n; i++) {
        const double *x = rows->x + i * p;
        double u = parts_predictor(x, tobit->at, p, 0) + (rows->offset ? rows->offset[i] : 0);
        double slope[2] = {NAN, NAN};
        mean[i] = known ? tobit_seen(tobit, u, exp(tobit->at[p]), slope) : NAN;
        if (!gradient)
            continue;
        for (size_t j = 0; j < p; j++)
            gradient[i * k + j] = slope[0] * x[j];
        gradient[i * k + p] = slope[1];
        if (known)
            parts_mask(fit, gradient + i * k);
    }
}

static void influence(const struct outcome_fit *fit, double influence[], struct arena *scratch)
{
    if (isnan(fit->fit.log_lik))
        return;
    tobit_scores(fit->tobit, influence);
    parts_times_covariance(fit, influence, scratch);
}

static bool in_domain(double y, const struct outcome_options *options)
{
    (void)options;
    return isfinite(y);
}

static const char *const words[] = {"identity", NULL};

const struct outcome outcome_tobit = {
    .name = "tobit",
    .title = "Tobit: a normal response seen between limits",
    .source = "Tobin 1958, Econometrica 26, 24-36",
    .link = words,
    .domain = "a finite number",
    .in_domain = in_domain,
    .fit = fit_tobit,
    .means = means_tobit,
    .influence = influence,
};
