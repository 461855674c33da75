/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/two_part.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/limited/offset_shift.h"

/* ---- densities ---- */

/* What the two likelihoods know. */
struct spend {
    const double *y;
    const struct threshold *link;
    const struct amount *amount;
};

static double any_density(const void *context, size_t i, const double u[], double first[],
                          double second[])
{
    const struct spend *s = context;
    double g[2], h[3], infinity = INFINITY;
    bool some = s->y[i] > 0;
    double f = threshold_between(s->link, some ? -infinity : u[0], some ? u[0] : infinity,
                                 first ? g : NULL, first ? h : NULL);
    if (first) {
        first[0] = some ? g[1] : g[0];
        second[0] = some ? h[2] : h[0];
    }
    return f;
}

static double amount_density(const void *context, size_t i, const double u[], double first[],
                             double second[])
{
    const struct spend *s = context;
    return s->amount->objective(s->y[i], u[0], first, second);
}

static struct likelihood likelihood_of(const struct limited_rows *rows, const struct equation *e,
                                       const struct spend *s, const double *w)
{
    return (struct likelihood){.n = rows->n,
                               .n_params = e->p,
                               .n_predictors = 1,
                               .w = w,
                               .context = s,
                               .threads = rows->threads,
                               .predictor = {{.p = e->p, .x = e->x, .offset = e->offset}}};
}

/* ---- the parts ---- */

static double *buyers(const struct limited_rows *rows, double *share, struct arena *keep)
{
    double *w = ARENA_NEW(keep, double, rows->n), some = 0, total = 0;
    for (size_t i = 0; i < rows->n; i++) {
        double wi = rows->w ? rows->w[i] : 1;
        w[i] = rows->y[i] > 0 ? wi : 0;
        some += w[i];
        total += wi;
    }
    *share = some / total;
    return w;
}

static void fit_part(const struct likelihood *model, const struct limited_rows *rows, double start,
                     struct fit *fit, double at[], struct working *working, struct arena *keep)
{
    const struct predictor *given = &model->predictor[0];
    const struct equation e = {.x = given->x, .p = given->p, .offset = given->offset};
    const struct offset_shift shift = offset_shift_of(&e, 0, rows->n, keep);
    struct likelihood *near = arena_copy(keep, model, 1, sizeof *model);
    struct maximum max;
    near->predictor[0].offset = shift.offset;
    working_of(near, &(struct working_plan){.weight = {NULL}}, working, keep);
    double *theta = ARENA_NEW(keep, double, working->likelihood.n_params);
    double *target = ARENA_NEW(keep, double, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        double level = isnan(start) ? log(rows->y[i] > 0 ? rows->y[i] : 1) : start;
        target[i] = level - (shift.offset ? shift.offset[i] : 0);
    }
    basis_project(&working->basis[0], target, theta);
    maximum_find(&working->likelihood, theta, &max, keep);
    working_report(working, theta, &max, rows, fit, at);
    if (e.p > 0) {
        fit->estimate[shift.param] += shift.by;
        at[shift.param] += shift.by;
    }
    if (fit->status == FIT_CONVERGED && !(fit->df_residual > 0))
        fit->status = FIT_TOO_FEW;
}

/* dispersion (X'WX)^-1, of which the basis is the root. */
static void amount_errors(const struct working *working, double dispersion, double total,
                          struct fit *fit)
{
    const struct column_basis *s = &working->basis[0];
    for (size_t i = 0; i < s->p; i++)
        for (size_t j = 0; j < s->p; j++) {
            double sum = 0;
            for (size_t h = 0; h < s->rank; h++)
                sum += s->map[i * s->rank + h] * s->map[j * s->rank + h];
            bool none = s->aliased[i] || s->aliased[j];
            fit->vcov[i * s->p + j] = none ? NAN : dispersion * sum / total;
        }
}

/* Dispersion, errors, likelihood and smearing factor of the positive amounts. */
static void judge_amount(struct two_part_fit *fit, const struct working *working)
{
    const struct likelihood *l = &fit->amount_model;
    struct sum pearson = {0}, deviance = {0}, smear = {0}, density = {0};
    double u, total = 0, size = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (!(l->w[i] > 0))
            continue;
        double y = fit->rows->y[i], w = l->w[i];
        likelihood_predictors(l, fit->at_amount, i, &u);
        sum_add(&pearson, w * fit->kind->pearson(y, u));
        sum_add(&deviance, w * fit->kind->deviance(y, u));
        sum_add(&smear, w * exp(log(y) - u));
        size = fmax(size, fabs(log(y)));
        total += w;
    }
    double dispersion = sum_value(&pearson) / fit->amount.df_residual;
    double of_likelihood = sum_value(&deviance) / total;
    for (size_t i = 0; i < l->n; i++) {
        likelihood_predictors(l, fit->at_amount, i, &u);
        if (l->w[i] > 0)
            sum_add(&density, l->w[i] * fit->kind->log_density(fit->rows->y[i], u, of_likelihood));
    }
    fit->smearing = fit->kind->smeared ? sum_value(&smear) / total : 1;
    fit->amount.sigma = sqrt(dispersion);
    fit->amount.df_test = NAN; /* t, since the dispersion is estimated */
    fit->amount.deviance = sum_value(&deviance);
    fit->amount.log_lik = sum_value(&density);
    amount_errors(working, dispersion, total, &fit->amount);
    if (of_likelihood < 1e-24 * (1 + size * size)) {
        fit->amount.status = FIT_PERFECT;
        fit->amount.log_lik = NAN;
    }
}

static bool usable(const struct fit *fit)
{
    return fit->status == FIT_CONVERGED || fit->status == FIT_PERFECT;
}

static void find_joint(struct two_part_fit *fit, struct arena *keep)
{
    size_t n = fit->rows->n, k = fit->n_joint;
    const struct limited_rows *rows = fit->rows;
    struct arena *scratch = arena_new();
    double *influence = ARENA_NEW(scratch, double, n *k);
    fit->joint = ARENA_NEW(keep, double, k *k);
    two_part_influence(fit, influence, scratch);
    for (size_t i = 0; i < n; i++) {
        double w = rows->w && rows->weight_kind == WEIGHT_FREQUENCY ? rows->w[i] : 1;
        for (size_t a = 0; w > 0 && a < k; a++)
            for (size_t b = 0; b < k; b++)
                fit->joint[a * k + b] += influence[i * k + a] * influence[i * k + b] / w;
    }
    arena_free(scratch);
}

static void fit_amount(const struct limited_rows *rows, const struct two_part_options *o,
                       struct two_part_fit *fit, struct arena *keep)
{
    struct limited_rows positive = *rows;
    struct working working;
    positive.w = fit->amount_model.w;
    if (positive.weight_kind == WEIGHT_NONE)
        positive.weight_kind = WEIGHT_SAMPLING; /* n counts the rows above zero */
    fit->amount_model.density = amount_density;
    fit_part(&fit->amount_model, &positive, NAN, &fit->amount, fit->at_amount, &working, keep);
    fit->amount_bread =
        arena_copy(keep, fit->amount.vcov, o->amount_of.p * o->amount_of.p, sizeof(double));
    if (fit->amount.status == FIT_CONVERGED)
        judge_amount(fit, &working);
}

void two_part_fit(const struct limited_rows *rows, const struct two_part_options *options,
                  struct two_part_fit *fit, struct arena *keep)
{
    struct spend *s = ARENA_NEW(keep, struct spend, 1);
    const struct equation *any = &options->any, *amount = &options->amount_of;
    struct working working;
    double share, *w = buyers(rows, &share, keep);
    *s = (struct spend){rows->y, options->link, options->amount};
    *fit = (struct two_part_fit){.link = options->link,
                                 .kind = options->amount,
                                 .smearing = NAN,
                                 .rows = rows,
                                 .at_any = ARENA_NEW(keep, double, any->p),
                                 .at_amount = ARENA_NEW(keep, double, amount->p),
                                 .any_model = likelihood_of(rows, any, s, rows->w),
                                 .amount_model = likelihood_of(rows, amount, s, w),
                                 .n_joint = any->p + amount->p + 1};
    fit->any_model.density = any_density;
    fit_init(&fit->any, any->p, equation_names(any, keep), keep);
    fit_init(&fit->amount, amount->p, equation_names(amount, keep), keep);
    fit->any.status = fit->amount.status = FIT_CONSTANT;
    fit->any.n_obs = limited_rows_size(rows);
    fit->any.log_lik = 0;
    if (share > 0 && share < 1)
        fit_part(&fit->any_model, rows, 0, &fit->any, fit->at_any, &working, keep);
    if (share > 0)
        fit_amount(rows, options, fit, keep);
    fit->log_lik = fit->any.log_lik + fit->amount.log_lik;
    find_joint(fit, keep);
}

/* ---- expected spend ---- */

/* bread times the rows' scores, into the columns from `column` of influence.  Parameters without
   an error have none. */
static void add_part(const struct likelihood *l, const double at[], const double *bread,
                     double influence[], size_t column, size_t k, struct arena *scratch)
{
    size_t p = l->n_params;
    double *score = ARENA_NEW(scratch, double, l->n *p);
    likelihood_scores(l, at, score);
    for (size_t i = 0; i < l->n; i++)
        for (size_t a = 0; a < p; a++)
            for (size_t b = 0; b < p; b++)
                if (!isnan(bread[a * p + b]))
                    influence[i * k + column + a] += bread[a * p + b] * score[i * p + b];
}

/* S is the mean of e = y exp(-x'b) of buyers: its own deviation, and what b adds to it. */
static void add_smearing(const struct two_part_fit *fit, double influence[], struct arena *scratch)
{
    const struct likelihood *l = &fit->amount_model;
    size_t p = l->n_params, k = fit->n_joint, from = fit->any_model.n_params;
    double *slope = ARENA_NEW(scratch, double, p), *e = ARENA_NEW(scratch, double, l->n), u;
    double total = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (!(l->w[i] > 0))
            continue;
        likelihood_predictors(l, fit->at_amount, i, &u);
        e[i] = exp(log(fit->rows->y[i]) - u);
        total += l->w[i];
        for (size_t j = 0; j < p; j++)
            slope[j] -= l->w[i] * e[i] * l->predictor[0].x[i * p + j];
    }
    for (size_t i = 0; i < l->n; i++) {
        double *row = influence + i * k;
        row[k - 1] = l->w[i] > 0 ? l->w[i] * (e[i] - fit->smearing) / total : 0;
        for (size_t j = 0; j < p; j++)
            row[k - 1] += slope[j] / total * row[from + j];
    }
}

void two_part_influence(const struct two_part_fit *fit, double influence[], struct arena *scratch)
{
    size_t p = fit->any_model.n_params, k = fit->n_joint;
    memset(influence, 0, fit->rows->n * k * sizeof *influence);
    if (usable(&fit->any))
        add_part(&fit->any_model, fit->at_any, fit->any.vcov, influence, 0, k, scratch);
    if (!usable(&fit->amount))
        return;
    add_part(&fit->amount_model, fit->at_amount, fit->amount_bread, influence, p, k, scratch);
    if (fit->kind->smeared)
        add_smearing(fit, influence, scratch);
}

double two_part_expected_of(const struct two_part_fit *fit, const struct equation *any,
                            const struct equation *amount, size_t i, double gradient[])
{
    size_t p = any->p, q = amount->p;
    double u = equation_at(any, fit->at_any, i) + (any->offset ? any->offset[i] : 0);
    double v = equation_at(amount, fit->at_amount, i) + (amount->offset ? amount->offset[i] : 0);
    bool all = fit->any.status == FIT_CONSTANT;
    double share = all ? 1 : exp(fit->link->log_below(u));
    double slope = all ? 0 : exp(fit->link->log_density(u)), mean = fit->smearing * exp(v);
    for (size_t j = 0; j < p; j++)
        gradient[j] = slope * mean * any->x[i * p + j];
    for (size_t j = 0; j < q; j++)
        gradient[p + j] = share * mean * amount->x[i * q + j];
    gradient[p + q] = share * exp(v);
    return usable(&fit->amount) && (all || usable(&fit->any)) ? share * mean : NAN;
}

static double error_of(const struct two_part_fit *fit, const double gradient[])
{
    size_t k = fit->n_joint;
    double sum = 0;
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++)
            sum += gradient[a] * fit->joint[a * k + b] * gradient[b];
    return sqrt(fmax(0, sum));
}

void two_part_expected(const struct two_part_fit *fit, size_t n, const struct equation *any,
                       const struct equation *amount_of, double expected[], double std_error[],
                       double average[2], struct arena *scratch)
{
    size_t k = fit->n_joint;
    double *gradient = ARENA_NEW(scratch, double, k), *mean = ARENA_NEW(scratch, double, k);
    struct sum sum = {0};
    for (size_t i = 0; i < n; i++) {
        double value = two_part_expected_of(fit, any, amount_of, i, gradient);
        sum_add(&sum, value);
        for (size_t j = 0; j < k; j++)
            mean[j] += gradient[j] / (double)n;
        if (expected)
            expected[i] = value;
        if (std_error)
            std_error[i] = isnan(value) ? NAN : error_of(fit, gradient);
    }
    average[0] = sum_value(&sum) / (double)n;
    average[1] = isnan(average[0]) ? NAN : error_of(fit, mean);
}
