/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "models/base/order.h"
#include "models/outcome/parts.h"

enum { MOST_CATEGORIES = 100 };

/* ---- categories ---- */

struct categories {
    size_t n;
    const char *const *name;
    const double *code; /* [rows] 0 .. n - 1 */
};

static size_t place(const double *value, size_t n, double y)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (value[middle] < y)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Numbers: their distinct values in order.  False for more than can be categories. */
static bool of_numbers(const struct design *d, struct categories *c, struct arena *keep)
{
    double *value = sorted(d->y, d->n, keep), *code = ARENA_NEW(keep, double, d->n);
    const char **name = ARENA_NEW(keep, const char *, MOST_CATEGORIES);
    for (size_t i = 0; i < d->n; i++)
        if (i == 0 || value[i] != value[i - 1]) {
            if (c->n == MOST_CATEGORIES)
                return false;
            name[c->n] = arena_printf(keep, "%.15g", value[i]);
            value[c->n++] = value[i];
        }
    for (size_t i = 0; i < d->n; i++)
        code[i] = (double)place(value, c->n, d->y[i]);
    c->name = name;
    c->code = code;
    return true;
}

static bool find_categories(const struct design *d, struct categories *c, struct arena *keep)
{
    *c = (struct categories){d->n_response_levels, d->response_level, d->y};
    return c->n <= MOST_CATEGORIES && (c->n > 0 || of_numbers(d, c, keep));
}

/* ---- the fit ---- */

/* Names of what would be estimated, when there are no thresholds. */
static void without_fit(const struct ordinal_options *o, enum fit_status status, double n_obs,
                        struct outcome_fit *fit, struct arena *keep)
{
    size_t p = o->location.p, q = o->scale.p;
    const char **term = ARENA_NEW(keep, const char *, p + q);
    const struct component component[] = {{"location", 0}, {"scale", p}};
    if (p)
        memcpy(term, o->location.name, p * sizeof *term);
    if (q)
        memcpy(term + p, o->scale.name, q * sizeof *term);
    fit_init(&fit->fit, p + q, term, keep);
    fit->fit.status = status;
    fit->fit.n_obs = n_obs;
    fit->model_vcov = fit->fit.vcov;
    fit->component = parts_components(p + q, component, 2, keep);
}

static void name_means(const struct ordinal_fit *ordinal, const struct categories *c,
                       struct outcome_fit *fit, struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, ordinal->n_used);
    for (size_t j = 0; j < ordinal->n_used; j++)
        name[j] = c->name[ordinal->used[j]];
    fit->n_means = ordinal->n_used;
    fit->mean_name = name;
}

static void take(const struct ordinal_fit *ordinal, struct outcome_fit *fit, struct arena *keep)
{
    size_t cuts = ordinal->n_used - 1;
    const struct component component[] = {
        {"threshold", 0}, {"location", cuts}, {"scale", cuts + ordinal->n_location}};
    fit->ordinal = ordinal;
    parts_take(&ordinal->fit, fit, keep);
    parts_take_null(ordinal->null_log_lik, fit);
    fit->component = parts_components(ordinal->fit.n_params, component, 3, keep);
}

/* The intercept's columns are dropped: thresholds take its place. */
static void fit_ordinal(const struct outcome_data *data, const struct outcome_options *options,
                        struct outcome_fit *fit, struct arena *keep)
{
    struct ordinal_options o = {.threshold = threshold_find(fit->link),
                                .location = parts_slopes(data->design, keep)};
    struct ordinal_fit *ordinal = ARENA_NEW(keep, struct ordinal_fit, 1);
    struct categories c;
    if (data->second)
        o.scale = parts_slopes(data->second, keep);
    bool found = find_categories(data->design, &c, keep);
    const struct limited_rows *rows = parts_rows(data, c.code, options, keep);
    if (found) {
        o.n_levels = c.n;
        o.level = c.name;
        ordinal_fit(rows, &o, ordinal, keep);
        name_means(ordinal, &c, fit, keep);
    }
    if (ordinal->n_used > 1)
        take(ordinal, fit, keep);
    else
        without_fit(&o, found ? FIT_CONSTANT : FIT_UNIDENTIFIED, limited_rows_size(rows), fit,
                    keep);
    parts_take_means(fit, keep);
}

/* ---- means ---- */

/* A row: its regressors without the intercept, its location, and 1 / scale. */
struct answer {
    const double *x, *z;
    double location, s;
};

static struct answer answer_of(const struct outcome_fit *fit, const struct outcome_rows *rows,
                               size_t i)
{
    const struct design *d = fit->data.design, *second = fit->data.second;
    const struct ordinal_fit *o = fit->ordinal;
    const double *b = o->at + o->n_used - 1, *x = rows->x + i * d->p;
    struct answer a = {.x = x + d->intercept, .s = 1};
    a.location = parts_predictor(x, b, d->p, d->intercept) + (rows->offset ? rows->offset[i] : 0);
    if (second) {
        const double *z = rows->x2 + i * second->p;
        double u = parts_predictor(z, b + o->n_location, second->p, second->intercept);
        a.z = z + second->intercept;
        a.s = exp(-u - (rows->offset2 ? rows->offset2[i] : 0));
    }
    return a;
}

/* P(below < answer <= above), and its derivatives by all parameters. */
static double category(const struct ordinal_fit *o, size_t j, const struct answer *row,
                       double gradient[])
{
    size_t cuts = o->n_used - 1;
    bool low = j > 0, high = j < cuts;
    double a = low ? (o->at[j - 1] - row->location) * row->s : -INFINITY;
    double b = high ? (o->at[j] - row->location) * row->s : INFINITY;
    if (gradient) {
        double by_a = low ? -exp(o->threshold->log_density(a)) : 0;
        double by_b = high ? exp(o->threshold->log_density(b)) : 0;
        double by_scale = -((low ? by_a * a : 0) + (high ? by_b * b : 0));
        memset(gradient, 0, o->fit.n_params * sizeof *gradient);
        if (low)
            gradient[j - 1] = by_a * row->s;
        if (high)
            gradient[j] = by_b * row->s;
        for (size_t h = 0; h < o->n_location; h++)
            gradient[cuts + h] = -(by_a + by_b) * row->s * row->x[h];
        for (size_t h = 0; h < o->n_scale; h++)
            gradient[cuts + o->n_location + h] = by_scale * row->z[h];
    }
    return exp(threshold_between(o->threshold, a, b, NULL, NULL));
}

static void means_ordinal(const struct outcome_fit *fit, const struct outcome_rows *rows,
                          double mean[], double gradient[], struct arena *scratch)
{
    size_t m = fit->n_means, k = fit->fit.n_params;
    bool known = fit->ordinal && !isnan(fit->fit.log_lik);
    (void)scratch;
    for (size_t i = 0; i < rows->n; i++) {
        struct answer row = {0};
        if (known)
            row = answer_of(fit, rows, i);
        for (size_t j = 0; j < m; j++) {
            double *g = gradient ? gradient + (i * m + j) * k : NULL;
            mean[i * m + j] = known ? category(fit->ordinal, j, &row, g) : NAN;
            if (g && known)
                parts_mask(fit, g);
            for (size_t h = 0; g && !known && h < k; h++)
                g[h] = NAN;
        }
    }
}

static void influence(const struct outcome_fit *fit, double influence[], struct arena *scratch)
{
    if (!fit->ordinal)
        return;
    ordinal_scores(fit->ordinal, influence);
    parts_times_covariance(fit, influence, scratch);
}

static bool in_domain(double y, const struct outcome_options *options)
{
    (void)options;
    return isfinite(y);
}

static const char *const words[] = {"logit", "probit", "cloglog", "loglog", "cauchit", NULL};

const struct outcome outcome_ordinal = {
    .name = "ordinal",
    .title = "Ordered answers: cumulative link model",
    .source = "McCullagh 1980, J. R. Statist. Soc. B 42, 109-142",
    .link = words,
    .second = SECOND_OPTIONAL,
    .second_title = "the scale part",
    .ordered = true,
    .domain = "a factor with ordered levels, or a number",
    .in_domain = in_domain,
    .fit = fit_ordinal,
    .means = means_ordinal,
    .influence = influence,
};
