/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/working.h"

#include <math.h>

const char *const *equation_names(const struct equation *e, struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, e->p);
    for (size_t j = 0; j < e->p; j++)
        name[j] = e->name ? e->name[j] : arena_printf(keep, "x%zu", j + 1);
    return name;
}

double equation_at(const struct equation *e, const double b[], size_t i)
{
    double u = 0;
    for (size_t j = 0; j < e->p; j++)
        if (!isnan(b[j]))
            u += e->x[i * e->p + j] * b[j];
    return u;
}

double limited_rows_size(const struct limited_rows *rows)
{
    const struct sample s = {.n = rows->n, .w = rows->w, .weight_kind = rows->weight_kind};
    return sample_size(&s);
}

/* ---- coordinates ---- */

/* Has it the parameters of the one before (a threshold above, after one below)? */
static bool shared(const struct likelihood *l, size_t a)
{
    if (a == 0 || l->predictor[a].x || l->predictor[a - 1].x || l->predictor[a - 1].p == 0)
        return false;
    return l->predictor[a - 1].first == l->predictor[a].first;
}

static void count_params(const struct likelihood *model, struct working *w)
{
    size_t next = 0;
    w->likelihood = *model;
    for (size_t a = 0; a < model->n_predictors; a++) {
        struct predictor *p = &w->likelihood.predictor[a];
        p->first = shared(model, a) ? w->likelihood.predictor[a - 1].first : next;
        if (p->x) {
            p->x = w->basis[a].q;
            p->p = w->basis[a].rank;
        }
        next = shared(model, a) ? next : next + p->p;
    }
    w->likelihood.n_params = next;
}

static void map_predictor(struct working *w, size_t a)
{
    const struct predictor *from = &w->likelihood.predictor[a], *to = &w->model->predictor[a];
    size_t k = w->likelihood.n_params;
    for (size_t j = 0; j < to->p; j++)
        for (size_t h = 0; h < from->p; h++)
            w->map[(to->first + j) * k + from->first + h] =
                to->x ? w->basis[a].map[j * from->p + h] : j == h;
    for (size_t j = 0; to->x && j < to->p; j++)
        w->aliased[to->first + j] = w->basis[a].aliased[j];
}

/* Thresholds of x = thresholds of x less its centre + centre'b. */
static void uncentre(struct working *w, size_t a)
{
    const struct predictor *x = &w->model->predictor[a], *cut = &w->model->predictor[0];
    size_t k = w->likelihood.n_params;
    for (size_t t = 0; t < cut->p; t++)
        for (size_t j = 0; j < x->p; j++)
            for (size_t h = 0; h < k; h++)
                w->map[(cut->first + t) * k + h] +=
                    w->basis[a].centre[j] * w->map[(x->first + j) * k + h];
}

void working_of(const struct likelihood *model, const struct working_plan *plan,
                struct working *working, struct arena *keep)
{
    *working = (struct working){.model = model};
    for (size_t a = 0; a < model->n_predictors; a++)
        if (model->predictor[a].x)
            basis_of(model->predictor[a].x, model->n, model->predictor[a].p,
                     plan->weight[a] ? plan->weight[a] : model->w, plan->centred[a],
                     &working->basis[a], keep);
    count_params(model, working);
    working->map = ARENA_NEW(keep, double, model->n_params * working->likelihood.n_params);
    working->aliased = ARENA_NEW(keep, bool, model->n_params);
    for (size_t a = 0; a < model->n_predictors; a++)
        map_predictor(working, a);
    for (size_t a = 0; a < model->n_predictors; a++)
        if (plan->shifts[a])
            uncentre(working, a);
}

/* ---- back to the model ---- */

static void transform(const struct working *w, const double *inverse, double *vcov)
{
    size_t k = w->likelihood.n_params, m = w->model->n_params;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t g = 0; g < k; g++)
                for (size_t h = 0; w->map[i * k + g] != 0 && h < k; h++)
                    sum += w->map[i * k + g] * inverse[g * k + h] * w->map[j * k + h];
            vcov[i * m + j] = vcov[j * m + i] = sum;
        }
}

static void blank(struct fit *fit, size_t j)
{
    fit->estimate[j] = NAN;
    for (size_t h = 0; h < fit->n_params; h++)
        fit->vcov[j * fit->n_params + h] = fit->vcov[h * fit->n_params + j] = NAN;
}

/* How far the direction moves parameter j of predictor a, in units of the predictor. */
static double movement(const struct working *w, size_t a, size_t j, const double *direction)
{
    const struct predictor *p = &w->model->predictor[a];
    size_t k = w->likelihood.n_params;
    double move = 0;
    for (size_t h = 0; h < k; h++)
        move += w->map[j * k + h] * direction[h];
    return fabs(move) * (p->x ? w->basis[a].length[j - p->first] : 1);
}

/* Parameters do not exist whose movement is more than a thousandth of the largest. */
static void blank_infinite(const struct working *w, const double *direction, struct fit *fit)
{
    double most = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t a = 0; a < w->model->n_predictors; a++) {
            const struct predictor *p = &w->model->predictor[a];
            for (size_t j = p->first; j < p->first + p->p; j++) {
                double move = movement(w, a, j, direction);
                if (pass == 0)
                    most = fmax(most, move);
                else if (move > 1e-3 * most)
                    blank(fit, j);
            }
        }
}

void working_report(const struct working *working, const double theta[], const struct maximum *max,
                    const struct limited_rows *rows, struct fit *fit, double at[])
{
    size_t k = working->likelihood.n_params;
    fit->status = max->status;
    fit->log_lik = max->log_lik;
    fit->n_iter = max->n_iter;
    fit->n_obs = limited_rows_size(rows);
    fit->df_residual = fit->n_obs - (double)k;
    fit->df_test = INFINITY;
    for (size_t j = 0; j < fit->n_params; j++) {
        at[j] = 0;
        for (size_t h = 0; h < k; h++)
            at[j] += working->map[j * k + h] * theta[h];
        fit->estimate[j] = at[j];
    }
    transform(working, max->inverse, fit->vcov);
    bool no_errors = max->status != FIT_CONVERGED && max->status != FIT_SEPARATION;
    for (size_t j = 0; no_errors && j < fit->n_params * fit->n_params; j++)
        fit->vcov[j] = NAN;
    for (size_t j = 0; j < fit->n_params; j++)
        if (working->aliased[j])
            blank(fit, j);
    if (max->direction)
        blank_infinite(working, max->direction, fit);
}
