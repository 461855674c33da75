/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/glm.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/glm/covariance.h"
#include "models/glm/estimate.h"
#include "models/glm/information.h"
#include "models/glm/likelihood.h"
#include "models/glm/rows_inside.h"

/* Residuals of this share of y are rounding. */
#define PERFECT 3e-14

size_t glm_first_outside(const struct design *d, const struct glm_options *options)
{
    for (size_t i = 0; i < d->n; i++) {
        double w = options->weight ? options->weight[d->row ? d->row[i] : i] : 1;
        if (!options->family->in_domain(d->y[i]) || !(w >= 0) || !isfinite(w))
            return i;
    }
    return d->n;
}

double glm_n_parameters(const struct glm *glm)
{
    bool dispersion = glm->family->likelihood && !glm->family->dispersion_known;
    return (double)(glm->rank + dispersion + glm->theta_estimated);
}

double glm_aic(const struct glm *glm)
{
    return 2 * (glm_n_parameters(glm) - glm->fit.log_lik);
}

double glm_bic(const struct glm *glm)
{
    return log(glm->fit.n_obs) * glm_n_parameters(glm) - 2 * glm->fit.log_lik;
}

/* ---- beginning ---- */

static const double *weights_of(const struct design *d, const struct glm_options *options,
                                struct arena *keep)
{
    if (!options->weight)
        return NULL;
    double *w = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0; i < d->n; i++)
        w[i] = options->weight[d->row ? d->row[i] : i];
    return w;
}

static double observations(const double *w, size_t n, enum weight_kind kind)
{
    struct sample s = {.n = n, .w = w, .weight_kind = kind};
    return sample_size(&s);
}

static void begin(const struct design *d, const struct glm_options *o, struct glm *glm,
                  struct arena *keep)
{
    const struct link *link = o->link ? o->link : o->family->canonical;
    assert(family_has_link(o->family, link));
    assert(!o->firth || (o->family == &family_binomial && link == &link_logit));
    *glm = (struct glm){.family = o->family, .link = link, .design = d};
    glm->weight_kind = o->weight_kind;
    fit_init(&glm->fit, d->p, d->name, keep);
    glm->w = weights_of(d, o, keep);
    glm->eta = ARENA_NEW(keep, double, d->n);
    glm->mu = ARENA_NEW(keep, double, d->n);
    glm->working = ARENA_NEW(keep, double, d->n);
    glm->leverage = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0; i < d->n; i++)
        glm->eta[i] = glm->mu[i] = glm->working[i] = glm->leverage[i] = NAN;
    glm->aliased = ARENA_NEW(keep, bool, d->p);
    glm->bread = ARENA_NEW(keep, double, d->p * d->p);
    glm->null_deviance = glm->null_log_lik = glm->pearson = glm->dispersion = NAN;
    glm->theta = glm->theta_std_error = NAN;
    glm->fit.n_obs = observations(glm->w, d->n, o->weight_kind);
}

/* Are all responses the same?  And on a border of the mean, where the model has no variance? */
static bool all_one_value(const struct glm *glm, bool *on_border)
{
    const struct design *d = glm->design;
    double first = NAN;
    for (size_t i = 0; i < d->n; i++) {
        if (glm->w && !(glm->w[i] > 0))
            continue;
        if (isnan(first))
            first = d->y[i];
        if (d->y[i] != first)
            return false;
    }
    *on_border =
        (first == 0 && glm->family->border_at_zero) || (first == 1 && glm->family->border_at_one);
    return true;
}

/* ---- the end ---- */

struct visit {
    struct glm *glm;
    const struct estimate *e;
};

static void set_row(const struct rows_of *r, size_t i, const double *t, void *context)
{
    const struct visit *v = context;
    struct glm *glm = v->glm;
    double square = 0;
    if (glm->separated && glm->separated[i]) {
        glm->mu[i] = r->y[i];
        glm->eta[i] = r->y[i] > 0 ? INFINITY : -INFINITY;
        glm->working[i] = glm->leverage[i] = 0;
        return;
    }
    glm->eta[i] = rows_predictor(r, i, v->e->irls.beta);
    glm->mu[i] = r->link->mean(glm->eta[i]);
    glm->working[i] = rows_weight(r, i, glm->eta[i]);
    for (size_t j = 0; j < r->k; j++)
        square += t[j] * t[j];
    glm->leverage[i] = glm->working[i] * square;
}

/* sum of w y^2 / V(mu): what Pearson's chi-squared would be of a mean of 0. */
static double response_size(const struct glm *glm)
{
    double total = 0;
    for (size_t i = 0; i < glm->design->n; i++) {
        double w = glm->w ? glm->w[i] : 1, y = glm->design->y[i];
        if (w > 0 && glm->mu[i] != y)
            total += w * y * y / glm->family->variance(glm->mu[i], glm->theta);
        else if (w > 0)
            total += w;
    }
    return total;
}

static void set_coefficients(const struct estimate *e, struct glm *glm, struct arena *scratch)
{
    const struct rows_of *r = &e->rows;
    size_t p = r->p, k = r->k;
    double *inverse = ARENA_NEW(scratch, double, k *k), *vcov = glm->fit.vcov;
    double log_theta = NAN;
    glm_information_inverse(e, glm->theta_estimated, false, inverse, NULL, scratch);
    rows_coefficients(r, e->irls.beta, glm->fit.estimate);
    rows_covariance(r, inverse, glm->bread, scratch);
    memcpy(vcov, glm->bread, p * p * sizeof *vcov);
    if (e->observed &&
        glm_information_inverse(e, glm->theta_estimated, true, inverse, &log_theta, scratch))
        rows_covariance(r, inverse, vcov, scratch);
    else if (e->observed)
        glm->fit.status = FIT_SINGULAR;
    if (isfinite(log_theta))
        glm->theta_std_error = glm->theta * sqrt(log_theta);
    for (size_t i = 0; i < p * p; i++)
        vcov[i] *= glm->dispersion;
    for (size_t j = 0; j < p; j++) {
        bool left_out = glm->aliased[j] || (e->loose && e->loose[j]);
        glm->fit.estimate[j] = left_out ? NAN : glm->fit.estimate[j];
        for (size_t i = 0; left_out && i < p; i++)
            vcov[i * p + j] = vcov[j * p + i] = NAN;
    }
}

static void set_figures(const struct estimate *e, struct glm *glm, struct arena *scratch)
{
    struct fit *fit = &glm->fit;
    bool frequency = glm->weight_kind == WEIGHT_FREQUENCY;
    fit->n_iter = e->irls.n_iter;
    fit->deviance = e->irls.pass.deviance;
    glm->pearson = e->irls.pass.pearson;
    fit->df_residual = fit->n_obs - (double)glm->rank;
    glm->dispersion = glm->family->dispersion_known ? 1
                      : fit->df_residual > 0        ? glm->pearson / fit->df_residual
                                                    : NAN;
    if (glm->family == &family_gaussian)
        fit->sigma = sqrt(glm->dispersion);
    fit->df_test = glm->family->dispersion_known ? INFINITY : fit->df_residual;
    fit->log_lik =
        likelihood_of(&e->all, glm->mu, glm->separated, frequency, fit->deviance, scratch);
}

/* The deviance and likelihood of a model of a constant. */
struct null {
    double deviance, log_lik;
};

static struct null iterated_null(const struct glm_options *options, const struct glm *glm,
                                 double theta, struct arena *scratch)
{
    const struct design *d = glm->design;
    double *ones = ARENA_NEW(scratch, double, d->n);
    static const char *const name[] = {"(Intercept)"};
    static const size_t term[] = {SIZE_MAX};
    struct design null = *d;
    struct glm_options plain = *options;
    struct glm of_null;
    for (size_t i = 0; i < d->n; i++)
        ones[i] = 1;
    null.p = d->intercept;
    null.x = ones;
    null.name = name;
    null.term = term;
    plain.observed_information = plain.firth = false;
    plain.theta = theta;
    if (options->family == &family_negative_binomial && isinf(theta))
        plain.family = &family_poisson;
    glm_fit_without_null(&null, &plain, &of_null, scratch);
    return (struct null){of_null.fit.deviance, of_null.fit.log_lik};
}

/* The score of a constant is 0 at the mean of y, whatever the link.  NaN where this is not the
   model: there is no constant, rows have offsets of their own, or the link lacks that mean. */
static double null_mean(const struct glm *glm)
{
    const struct design *d = glm->design;
    struct sum total = {0}, weight = {0};
    if (!d->intercept || d->offset)
        return NAN;
    for (size_t i = 0; i < d->n; i++) {
        double w = glm->w ? glm->w[i] : 1;
        sum_add(&total, w * d->y[i]);
        sum_add(&weight, w);
    }
    double mean = sum_value(&total) / sum_value(&weight);
    bool reached = glm->family->mean_in_domain(mean) && glm->link->in_domain(glm->link->eta(mean));
    return reached ? mean : NAN;
}

static void add_deviance(const struct rows_of *r, size_t i, const double *u, const void *mean,
                         double *sum)
{
    (void)u;
    *sum +=
        rows_weight_at(r, i) * r->family->unit_deviance(r->y[i], *(const double *)mean, r->theta);
}

static struct null null_at(const struct glm *glm, double theta, double mean, size_t threads,
                           struct arena *scratch)
{
    const struct design *d = glm->design;
    bool poisson = glm->family == &family_negative_binomial && isinf(theta);
    const struct rows_of rows = {.n = d->n,
                                 .y = d->y,
                                 .w = glm->w,
                                 .family = poisson ? &family_poisson : glm->family,
                                 .link = glm->link,
                                 .theta = theta,
                                 .threads = threads};
    struct null null;
    double *mu = ARENA_NEW(scratch, double, d->n);
    for (size_t i = 0; i < d->n; i++)
        mu[i] = mean;
    rows_sum(&rows, NULL, 1, add_deviance, &mean, &null.deviance, scratch);
    null.log_lik = likelihood_of(&rows, mu, NULL, glm->weight_kind == WEIGHT_FREQUENCY,
                                 null.deviance, scratch);
    return null;
}

/* The deviance is of the model's theta; the likelihood of the constant's own. */
static void set_null(const struct glm_options *options, struct glm *glm, struct arena *scratch)
{
    double mean = null_mean(glm);
    struct null null = isnan(mean) ? iterated_null(options, glm, glm->theta, scratch)
                                   : null_at(glm, glm->theta, mean, options->threads, scratch);
    glm->null_deviance = null.deviance;
    glm->null_log_lik =
        glm->theta_estimated ? iterated_null(options, glm, 0, scratch).log_lik : null.log_lik;
    if (options->family == &family_gaussian && glm->null_deviance > 0)
        glm->fit.r_squared = 1 - glm->fit.deviance / glm->null_deviance;
}

static void finish(struct estimate *e, struct glm *glm, struct arena *keep, struct arena *scratch)
{
    struct visit visit = {glm, e};
    glm->fit.status = e->irls.status;
    glm->theta = e->theta;
    glm->theta_std_error = e->theta_std_error;
    glm->theta_estimated = e->theta_estimated;
    glm->penalty = e->penalty;
    glm->separated = e->separated;
    glm->n_separated = e->n_separated;
    if (!e->irls.pass.valid)
        return;
    rows_each(&e->rows, e->irls.pass.r, set_row, &visit);
    set_figures(e, glm, scratch);
    bool done = e->irls.status == FIT_CONVERGED || e->irls.status == FIT_SEPARATION ||
                e->irls.status == FIT_BOUNDARY;
    if (done) {
        glm->rows = arena_copy(keep, &e->rows, 1, sizeof e->rows);
        glm->beta = e->irls.beta;
        glm->triangle = e->irls.pass.r;
        set_coefficients(e, glm, scratch);
    }
    if (glm->fit.status == FIT_CONVERGED && glm->pearson <= PERFECT * PERFECT * response_size(glm))
        glm->fit.status = FIT_PERFECT;
}

void glm_fit_without_null(const struct design *d, const struct glm_options *options,
                          struct glm *glm, struct arena *keep)
{
    bool on_border = false, constant;
    begin(d, options, glm, keep);
    if (glm_first_outside(d, options) < d->n)
        glm->fit.status = FIT_DOMAIN;
    else if (!(glm->fit.n_obs > 0))
        glm->fit.status = FIT_TOO_FEW;
    if (glm->fit.status != FIT_OK)
        return;
    constant = all_one_value(glm, &on_border);
    struct arena *scratch = arena_new();
    struct estimate e;
    if (on_border && !options->firth) {
        glm->fit.status = FIT_CONSTANT;
    } else {
        estimate_begin(d, options, glm, &e, keep);
        estimate_run(&e, options, keep, scratch);
        finish(&e, glm, keep, scratch);
        if (constant && glm->fit.status == FIT_PERFECT)
            glm->fit.status = FIT_CONSTANT;
    }
    arena_free(scratch);
}

void glm_fit(const struct design *d, const struct glm_options *options, struct glm *glm,
             struct arena *keep)
{
    struct arena *scratch = arena_new();
    glm_fit_without_null(d, options, glm, keep);
    if (glm->fit.status == FIT_CONVERGED || glm->fit.status == FIT_PERFECT ||
        glm->fit.status == FIT_SEPARATION || glm->fit.status == FIT_BOUNDARY)
        set_null(options, glm, scratch);
    if (options->weight_kind == WEIGHT_SAMPLING && options->weight)
        glm_covariance(glm, &glm_covariance_HC0, NULL, glm->fit.vcov, scratch);
    arena_free(scratch);
}
