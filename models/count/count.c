/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/count.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/limited/offset_shift.h"

/* ---- the density of a row ---- */

struct counts {
    const double *y;
    const struct count_kind *kind;
    const struct count_distribution *distribution;
    size_t n_used, used[COUNT_PREDICTORS]; /* which of the three predictors the model has */
};

static struct count_at unpack(const struct counts *c, const double u[])
{
    double all[COUNT_PREDICTORS] = {0};
    for (size_t a = 0; a < c->n_used; a++)
        all[c->used[a]] = u[a];
    return (struct count_at){all[COUNT_ETA], all[COUNT_ZETA], all[COUNT_LOG_THETA]};
}

static double density(const void *context, size_t i, const double u[], double first[],
                      double second[])
{
    const struct counts *c = context;
    const struct count_at at = unpack(c, u);
    size_t m = c->n_used;
    double g[COUNT_PREDICTORS], h[COUNT_PREDICTORS * COUNT_PREDICTORS];
    double f =
        c->kind->log_density(c->distribution, c->y[i], &at, first ? g : NULL, first ? h : NULL);
    for (size_t a = 0; first && a < m; a++) {
        first[a] = g[c->used[a]];
        for (size_t b = 0; b < m; b++)
            second[a * m + b] = h[c->used[a] * COUNT_PREDICTORS + c->used[b]];
    }
    return f;
}

/* ---- the likelihood ---- */

static struct predictor predictor_of(const struct equation *e, const double *offset, size_t first)
{
    return (struct predictor){.first = first, .p = e->p, .x = e->x, .offset = offset};
}

static struct likelihood likelihood_of(const struct limited_rows *rows,
                                       const struct count_options *o, struct arena *keep)
{
    struct counts *c = ARENA_NEW(keep, struct counts, 1);
    struct likelihood l = {.n = rows->n,
                           .n_predictors = 1,
                           .w = rows->w,
                           .density = density,
                           .context = c,
                           .threads = rows->threads};
    *c = (struct counts){rows->y, o->kind, o->distribution, .n_used = 1, .used = {COUNT_ETA}};
    l.predictor[0] = predictor_of(&o->count, o->count.offset, 0);
    l.n_params = o->count.p;
    if (o->kind->has_zero_part) {
        c->used[c->n_used++] = COUNT_ZETA;
        l.predictor[l.n_predictors++] = predictor_of(&o->zero, o->zero.offset, l.n_params);
        l.n_params += o->zero.p;
    }
    if (o->distribution->has_theta) {
        c->used[c->n_used++] = COUNT_LOG_THETA;
        l.predictor[l.n_predictors++] = (struct predictor){.first = l.n_params, .p = 1};
        l.n_params++;
    }
    return l;
}

static const char *const *terms(const struct count_options *o, size_t n, struct arena *keep)
{
    const char **term = ARENA_NEW(keep, const char *, n);
    size_t zero = o->kind->has_zero_part ? o->zero.p : 0;
    if (o->count.p)
        memcpy(term, equation_names(&o->count, keep), o->count.p * sizeof *term);
    if (zero)
        memcpy(term + o->count.p, equation_names(&o->zero, keep), zero * sizeof *term);
    if (o->distribution->has_theta)
        term[n - 1] = "Log(theta)";
    return term;
}

/* ---- starts ---- */

/* Starting values: rows' log means between their count and the mean of all, a zero part of one
   probability, and log theta. */
struct count_start {
    double towards_mean;  /* 0: log(y + 1/2); 1: the mean */
    double positive_only; /* 1: the mean is that of positive counts */
    double zeta, log_theta;
};

static const struct count_start starts[] = {
    {0.5, 0, 0, 0}, {0.9, 1, -1, 1}, {0.9, 0, -4, 0.5}, {0.5, 1, 1, -1}};

static double mean_count(const struct limited_rows *rows, bool positive)
{
    struct sum sum = {0}, total = {0};
    for (size_t i = 0; i < rows->n; i++) {
        double w = rows->w ? rows->w[i] : 1;
        if (!positive || rows->y[i] > 0) {
            sum_add(&sum, w * rows->y[i]);
            sum_add(&total, w);
        }
    }
    return sum_value(&sum) / sum_value(&total);
}

static void start_at(const struct limited_rows *rows, const struct working *working,
                     const struct count_start *start, double theta[], struct arena *scratch)
{
    const struct likelihood *l = &working->likelihood;
    const struct counts *c = l->context;
    double *target = ARENA_NEW(scratch, double, l->n);
    double mean = mean_count(rows, start->positive_only > 0), a = start->towards_mean;
    for (size_t p = 0; p < l->n_predictors; p++) {
        const struct predictor *to = &l->predictor[p];
        for (size_t i = 0; i < l->n; i++) {
            double offset = to->offset ? to->offset[i] : 0;
            target[i] = c->used[p] == COUNT_ZETA ? start->zeta
                                                 : log(a * mean + (1 - a) * (rows->y[i] + 0.5));
            target[i] -= offset;
        }
        if (c->used[p] == COUNT_LOG_THETA)
            theta[to->first] = start->log_theta;
        else
            basis_project(&working->basis[p], target, theta + to->first);
    }
}

/* ---- the fit ---- */

static bool better(const struct maximum *a, const struct maximum *than)
{
    bool a_done = a->status == FIT_CONVERGED || a->status == FIT_SEPARATION;
    bool than_done = than->status == FIT_CONVERGED || than->status == FIT_SEPARATION;
    if (a_done != than_done)
        return a_done;
    double slack = 1e-9 * fabs(than->log_lik);
    return a->log_lik > than->log_lik + slack || isnan(than->log_lik);
}

static bool same_maximum(const struct maximum *a, const struct maximum *b)
{
    return a->status == FIT_CONVERGED && b->status == FIT_CONVERGED &&
           fabs(a->log_lik - b->log_lik) < 1e-9 * fabs(b->log_lik);
}

/* The best of the maxima that the starts lead to.  Plain and hurdle models have one; of others
   two starts that lead to the same are enough. */
static void search(const struct limited_rows *rows, const struct working *working, double theta[],
                   struct maximum *best, struct arena *keep)
{
    const struct counts *c = working->likelihood.context;
    size_t k = working->likelihood.n_params, n_starts = sizeof starts / sizeof *starts;
    double *trial = ARENA_NEW(keep, double, k);
    struct maximum max = {0};
    size_t wanted = c->kind->mixture ? 2 : 1, found = 0;
    for (size_t s = 0; s < n_starts && found < wanted; s++) {
        start_at(rows, working, &starts[s], trial, keep);
        maximum_find(&working->likelihood, trial, &max, keep);
        if (s == 0 || better(&max, best)) {
            *best = max;
            memcpy(theta, trial, k * sizeof *theta);
            found = max.status == FIT_CONVERGED;
        } else
            found += same_maximum(&max, best);
    }
}

/* Rows that inform the count part: of a hurdle, those above it. */
static const double *count_weight(const struct limited_rows *rows, const struct count_options *o,
                                  struct arena *keep)
{
    if (!o->kind->truncated)
        return rows->w;
    double *w = ARENA_NEW(keep, double, rows->n);
    for (size_t i = 0; i < rows->n; i++)
        w[i] = rows->y[i] > 0 ? rows->w ? rows->w[i] : 1 : 0;
    return w;
}

static void find_theta(struct count_fit *fit)
{
    size_t last = fit->fit.n_params - 1;
    fit->theta = fit->theta_std_error = NAN;
    if (!fit->distribution->has_theta)
        return;
    fit->theta = exp(fit->fit.estimate[last]);
    fit->theta_std_error = fit->theta * fit_std_error(&fit->fit, last);
}

/* The largest of predictor a over rows with more than `y`. */
static double largest(const struct count_fit *fit, size_t a, double y)
{
    double most = -INFINITY, u[MOST_PREDICTORS];
    for (size_t i = 0; i < fit->model.n; i++) {
        likelihood_predictors(&fit->model, fit->at, i, u);
        if (fit->y[i] > y)
            most = fmax(most, u[a]);
    }
    return most;
}

static void blank(struct fit *fit, size_t first, size_t n)
{
    for (size_t j = first; j < first + n; j++) {
        fit->estimate[j] = NAN;
        for (size_t h = 0; h < fit->n_params; h++)
            fit->vcov[j * fit->n_params + h] = fit->vcov[h * fit->n_params + j] = NAN;
    }
}

/* A direction of recession is separation, unless it leads to a simpler model: no part of its own
   for the zeros, no spread above a hurdle, no theta.  Then that part has no estimates. */
static void judge(struct count_fit *fit)
{
    size_t last = fit->fit.n_params - 1;
    bool theta = fit->distribution->has_theta && isnan(fit->fit.estimate[last]);
    bool no_extra = fit->kind->mixture && largest(fit, COUNT_ZETA, -1) < -8;
    bool all_one = fit->kind->truncated && largest(fit, COUNT_ETA, 0) < -8;
    if (theta && fit->at[last] > 0)
        fit->theta = INFINITY;
    if (no_extra)
        blank(&fit->fit, fit->n_count, fit->n_zero);
    if (all_one)
        blank(&fit->fit, 0, fit->n_count);
    if (theta || no_extra || all_one)
        fit->fit.status = FIT_BOUNDARY;
}

static void find(const struct limited_rows *rows, const struct count_options *o,
                 struct count_fit *fit, struct arena *keep)
{
    struct offset_shift count = offset_shift_of(&o->count, 0, rows->n, keep),
                        zero = {.offset = NULL};
    struct likelihood near = fit->model;
    struct working_plan plan = {.weight = {count_weight(rows, o, keep)}};
    struct working working;
    struct maximum max = {.log_lik = NAN};
    near.predictor[0].offset = count.offset;
    if (fit->n_zero) {
        zero = offset_shift_of(&o->zero, fit->n_count, rows->n, keep);
        near.predictor[1].offset = zero.offset;
    }
    working_of(&near, &plan, &working, keep);
    double *theta = ARENA_NEW(keep, double, working.likelihood.n_params);
    search(rows, &working, theta, &max, keep);
    working_report(&working, theta, &max, rows, &fit->fit, fit->at);
    if (fit->n_count) {
        fit->fit.estimate[count.param] += count.by;
        fit->at[count.param] += count.by;
    }
    if (fit->n_zero) {
        fit->fit.estimate[zero.param] += zero.by;
        fit->at[zero.param] += zero.by;
    }
}

void count_fit(const struct limited_rows *rows, const struct count_options *options,
               struct count_fit *fit, struct arena *keep)
{
    *fit = (struct count_fit){.kind = options->kind,
                              .distribution = options->distribution,
                              .n_count = options->count.p,
                              .n_zero = options->kind->has_zero_part ? options->zero.p : 0,
                              .theta = NAN,
                              .theta_std_error = NAN,
                              .y = rows->y};
    fit->model = likelihood_of(rows, options, keep);
    size_t k = fit->model.n_params;
    fit_init(&fit->fit, k, terms(options, k, keep), keep);
    fit->at = ARENA_NEW(keep, double, k);
    fit->fit.n_obs = limited_rows_size(rows);
    if (!(mean_count(rows, false) > 0)) {
        fit->fit.status = FIT_CONSTANT;
        return;
    }
    find(rows, options, fit, keep);
    find_theta(fit);
    if (fit->fit.status == FIT_SEPARATION)
        judge(fit);
    fit->fit.deviance = -2 * fit->fit.log_lik;
    if (fit->fit.status == FIT_CONVERGED && !(fit->fit.df_residual > 0))
        fit->fit.status = FIT_TOO_FEW;
}

/* ---- what the fit says of the rows ---- */

static struct count_at at_row(const struct count_fit *fit, size_t i)
{
    double u[MOST_PREDICTORS];
    likelihood_predictors(&fit->model, fit->at, i, u);
    return unpack(fit->model.context, u);
}

double count_probability(const struct count_fit *fit, size_t i, double k)
{
    const struct count_at at = at_row(fit, i);
    if (isnan(fit->fit.log_lik))
        return NAN;
    return exp(fit->kind->log_density(fit->distribution, k, &at, NULL, NULL));
}

void count_means(const struct count_fit *fit, double mean[], double zero[])
{
    for (size_t i = 0; i < fit->model.n; i++) {
        const struct count_at at = at_row(fit, i);
        bool known = !isnan(fit->fit.log_lik);
        if (mean)
            mean[i] = known ? fit->kind->mean(fit->distribution, &at, NULL) : NAN;
        if (zero)
            zero[i] = count_probability(fit, i, 0);
    }
}

void count_scores(const struct count_fit *fit, double scores[])
{
    likelihood_scores(&fit->model, fit->at, scores);
}

void count_rootogram(const struct count_fit *fit, size_t most, double observed[], double expected[])
{
    for (size_t k = 0; k <= most; k++) {
        struct sum has = {0}, should = {0};
        for (size_t i = 0; i < fit->model.n; i++) {
            double w = fit->model.w ? fit->model.w[i] : 1;
            sum_add(&has, fit->y[i] == (double)k ? w : 0);
            sum_add(&should, w * count_probability(fit, i, (double)k));
        }
        observed[k] = sum_value(&has);
        expected[k] = sum_value(&should);
    }
}
