/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/tobit.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/normal.h"
#include "models/limited/normal.h"

enum { MEAN, LOG_SIGMA, INVERSE = LOG_SIGMA };

/* What the densities know: y, or its limit, and on which side of it the response lies. */
struct censored {
    const double *t; /* [n] */
    const int *side; /* [n] -1: below t, 1: above it, 0: at it */
};

/* log Phi(s v) by v, for s = 1 (the response is below) or -1. */
static double tail(double v, double s, double *first, double *second)
{
    double m = normal_mills(s * v);
    *first = s * m;
    *second = -m * (s * v + m);
    return normal_log_cdf(s * v);
}

/* In (mean, log sigma), v = (t - mean) / sigma. */
static double model_density(const void *context, size_t i, const double u[], double first[],
                            double second[])
{
    const struct censored *c = context;
    double s = exp(-u[LOG_SIGMA]), v = (c->t[i] - u[MEAN]) * s, g, h, f;
    int side = c->side[i];
    if (side)
        f = tail(v, -side, &g, &h);
    else {
        f = normal_log_density(v) - u[LOG_SIGMA];
        g = -v;
        h = -1;
    }
    if (first) {
        first[MEAN] = -s * g;
        first[LOG_SIGMA] = -v * g - (side == 0);
        second[0] = s * s * h;
        second[1] = second[2] = s * (g + v * h);
        second[3] = v * (g + v * h);
    }
    return f;
}

/* In (mean / sigma, 1 / sigma) = (d, r), v = r t - d. */
static double olsen_density(const void *context, size_t i, const double u[], double first[],
                            double second[])
{
    const struct censored *c = context;
    double t = c->t[i], r = u[INVERSE], v = r * t - u[MEAN], g, h, f, by_r = 0;
    int side = c->side[i];
    if (!(r > 0))
        return -INFINITY;
    if (side)
        f = tail(v, -side, &g, &h);
    else {
        f = normal_log_density(v) + log(r);
        g = -v;
        h = -1;
        by_r = 1 / r;
    }
    if (first) {
        first[MEAN] = -g;
        first[INVERSE] = t * g + by_r;
        second[0] = h;
        second[1] = second[2] = -t * h;
        second[3] = t * t * h - by_r * by_r;
    }
    return f;
}

/* ---- the rows ---- */

static struct censored *censored_of(const struct limited_rows *rows, const struct tobit_options *o,
                                    struct tobit_fit *fit, struct arena *keep)
{
    double *t = ARENA_NEW(keep, double, rows->n);
    int *side = ARENA_NEW(keep, int, rows->n);
    struct censored *c = ARENA_NEW(keep, struct censored, 1);
    *c = (struct censored){t, side};
    for (size_t i = 0; i < rows->n; i++) {
        double y = rows->y[i], w = rows->w ? rows->w[i] : 1;
        side[i] = y <= o->left ? -1 : y >= o->right ? 1 : 0;
        t[i] = side[i] < 0 ? o->left : side[i] > 0 ? o->right : y;
        double times = rows->weight_kind == WEIGHT_FREQUENCY ? w : w > 0;
        *(side[i] < 0 ? &fit->n_left : side[i] > 0 ? &fit->n_right : &fit->n_uncensored) += times;
    }
    return c;
}

static struct likelihood likelihood_of(const struct limited_rows *rows,
                                       const struct tobit_options *o, const struct censored *c)
{
    size_t p = o->mean.p;
    return (struct likelihood){
        .n = rows->n,
        .n_params = p + 1,
        .n_predictors = 2,
        .w = rows->w,
        .density = model_density,
        .context = c,
        .threads = rows->threads,
        .predictor = {{.first = 0, .p = p, .x = o->mean.x, .offset = o->mean.offset},
                      {.first = p, .p = 1}},
    };
}

/* ---- the fit ---- */

/* The least-squares fit theta of t, its residuals and their root mean square. */
static double *residuals(const struct censored *c, const struct working *working,
                         const double *offset, double theta[], double *scale, struct arena *keep)
{
    const struct column_basis *s = &working->basis[MEAN];
    const double *w = working->model->w;
    size_t n = working->model->n;
    double *r = ARENA_NEW(keep, double, n), sum = 0, total = 0;
    for (size_t i = 0; i < n; i++)
        r[i] = c->t[i] - (offset ? offset[i] : 0);
    basis_project(s, r, theta);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < s->rank; j++)
            r[i] -= s->q[i * s->rank + j] * theta[j];
        sum += (w ? w[i] : 1) * r[i] * r[i];
        total += w ? w[i] : 1;
    }
    *scale = sqrt(sum / total);
    return r;
}

/* From Olsen's parameters about the least-squares fit, a = (d, r): b = b0 + scale d / r,
   log sigma = log(scale / r); J takes the inverse of the information along. */
static void from_olsen(const double b0[], double scale, double a[], double *inverse, size_t k,
                       struct arena *scratch)
{
    size_t p = k - 1;
    double r = a[p], *j = ARENA_NEW(scratch, double, k *k),
           *half = ARENA_NEW(scratch, double, k *k);
    for (size_t i = 0; i < p; i++) {
        j[i * k + i] = scale / r;
        j[i * k + p] = -scale * a[i] / (r * r);
    }
    j[p * k + p] = -1 / r;
    for (size_t i = 0; i < k; i++)
        for (size_t h = 0; h < k; h++)
            for (size_t g = 0; g < k; g++)
                half[i * k + h] += j[i * k + g] * inverse[g * k + h];
    memset(inverse, 0, k * k * sizeof *inverse);
    for (size_t i = 0; i < k; i++)
        for (size_t h = 0; h < k; h++)
            for (size_t g = 0; g < k; g++)
                inverse[i * k + h] += half[i * k + g] * j[h * k + g];
    for (size_t i = 0; i < p; i++)
        a[i] = b0[i] + scale * a[i] / r;
    a[p] = log(scale) - log(r);
}

/* The likelihood in Olsen's parameters, of residuals in units of their scale. */
static struct likelihood olsen_of(const struct working *working, const struct censored *c,
                                  const double *residual, double scale, struct arena *keep)
{
    struct likelihood l = working->likelihood;
    double *t = ARENA_NEW(keep, double, l.n);
    struct censored *in_units = ARENA_NEW(keep, struct censored, 1);
    for (size_t i = 0; i < l.n; i++)
        t[i] = residual[i] / scale;
    *in_units = (struct censored){t, c->side};
    l.predictor[MEAN].offset = NULL;
    l.density = olsen_density;
    l.context = in_units;
    return l;
}

static double uncensored_weight(const struct likelihood *l)
{
    const struct censored *c = l->context;
    double sum = 0;
    for (size_t i = 0; i < l->n; i++)
        if (c->side[i] == 0)
            sum += l->w ? l->w[i] : 1;
    return sum;
}

static void find(const struct limited_rows *rows, const struct tobit_options *o,
                 const struct censored *c, struct tobit_fit *fit, struct arena *keep)
{
    struct working working;
    struct maximum max;
    working_of(&fit->model, &(struct working_plan){.weight = {NULL}}, &working, keep);
    size_t k = working.likelihood.n_params;
    double *theta = ARENA_NEW(keep, double, k), *b0 = ARENA_NEW(keep, double, k), scale;
    const double *residual = residuals(c, &working, o->mean.offset, b0, &scale, keep);
    double size = 0;
    for (size_t j = 0; j < k; j++)
        size = fmax(size, fabs(b0[j]));
    if (!(scale > 1e-13 * size)) {
        fit->fit.status = FIT_PERFECT;
        return;
    }
    struct likelihood olsen = olsen_of(&working, c, residual, scale, keep);
    theta[k - 1] = 1;
    maximum_find(&olsen, theta, &max, keep);
    /* on the way to sigma = 0, of which the likelihood has no bound */
    bool perfect = max.status != FIT_CONVERGED && theta[k - 1] > 1e4;
    from_olsen(b0, scale, theta, max.inverse, k, keep);
    max.log_lik -= uncensored_weight(&fit->model) * log(scale);
    working_report(&working, theta, &max, rows, &fit->fit, fit->at);
    if (perfect) {
        fit_init(&fit->fit, fit->fit.n_params, fit->fit.term, keep);
        fit->fit.status = FIT_PERFECT;
    }
}

void tobit_fit(const struct limited_rows *rows, const struct tobit_options *options,
               struct tobit_fit *fit, struct arena *keep)
{
    size_t p = options->mean.p;
    assert(options->left < options->right);
    *fit = (struct tobit_fit){.left = options->left, .right = options->right};
    const struct censored *c = censored_of(rows, options, fit, keep);
    const char **term = ARENA_NEW(keep, const char *, p + 1);
    if (p)
        memcpy(term, equation_names(&options->mean, keep), p * sizeof *term);
    term[p] = "Log(scale)";
    fit_init(&fit->fit, p + 1, term, keep);
    fit->at = ARENA_NEW(keep, double, p + 1);
    fit->model = likelihood_of(rows, options, c);
    fit->fit.n_obs = limited_rows_size(rows);
    if (!(fit->n_uncensored > 0)) {
        fit->fit.status = FIT_CONSTANT;
        return;
    }
    find(rows, options, c, fit, keep);
    fit->fit.n_obs = limited_rows_size(rows);
    fit->fit.deviance = -2 * fit->fit.log_lik;
    fit->fit.sigma = exp(fit->fit.estimate[p]);
    if (fit->fit.status == FIT_CONVERGED && !(fit->fit.df_residual > 0))
        fit->fit.status = FIT_TOO_FEW;
}

/* ---- what the fit says of the rows ---- */

/* E(y) = left P(left) + right P(right) + E(response; between the limits). */
double tobit_seen(const struct tobit_fit *fit, double mean, double sigma, double first[])
{
    double left = fit->left, right = fit->right;
    double a = (left - mean) / sigma, b = (right - mean) / sigma;
    double below = isinf(a) ? 0 : exp(normal_log_cdf(a)),
           above = isinf(b) ? 0 : exp(normal_log_cdf(-b));
    double at_a = isinf(a) ? 0 : exp(normal_log_density(a));
    double at_b = isinf(b) ? 0 : exp(normal_log_density(b));
    double sum = mean * (1 - below - above) + sigma * (at_a - at_b);
    if (first) {
        first[MEAN] = normal_between(a, b);
        first[LOG_SIGMA] = sigma * (at_a - at_b);
    }
    return sum + (below > 0 ? left * below : 0) + (above > 0 ? right * above : 0);
}

void tobit_means(const struct tobit_fit *fit, double latent[], double seen[])
{
    double u[MOST_PREDICTORS];
    for (size_t i = 0; i < fit->model.n; i++) {
        likelihood_predictors(&fit->model, fit->at, i, u);
        bool known = isfinite(fit->fit.sigma);
        if (latent)
            latent[i] = known ? u[MEAN] : NAN;
        if (seen)
            seen[i] = known ? tobit_seen(fit, u[MEAN], exp(u[LOG_SIGMA]), NULL) : NAN;
    }
}

void tobit_scores(const struct tobit_fit *fit, double scores[])
{
    likelihood_scores(&fit->model, fit->at, scores);
}
