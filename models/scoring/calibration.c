/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/calibration.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"
#include "models/glm/covariance.h"
#include "models/glm/glm.h"

static const char *const names[] = {"(Intercept)", "logit"};

/* A logit model of y: an intercept with `logit` as offset, or as a column. */
static struct design design_of_logit(const struct predictions *s, const double *logit, bool slope,
                                     struct arena *scratch)
{
    size_t p = slope ? 2 : 1;
    double *x = ARENA_NEW(scratch, double, s->n *p);
    uint32_t *row = ARENA_NEW(scratch, uint32_t, s->n);
    size_t *term = ARENA_NEW(scratch, size_t, p);
    term[0] = SIZE_MAX;
    for (size_t i = 0; i < s->n; i++) {
        row[i] = (uint32_t)i;
        x[i * p] = 1;
        if (slope)
            x[i * p + 1] = logit[i];
    }
    return (struct design){.n = s->n,
                           .p = p,
                           .x = x,
                           .y = s->y,
                           .offset = slope ? NULL : logit,
                           .row = row,
                           .name = names,
                           .term = term,
                           .intercept = true,
                           .response = "y"};
}

static void fit_logit(const struct predictions *s, const double *logit, bool slope, struct glm *glm,
                      struct arena *scratch)
{
    struct design *d = ARENA_NEW(scratch, struct design, 1);
    bool sampled = s->w && s->weight_kind == WEIGHT_SAMPLING;
    struct glm_options options = {.family = &family_binomial,
                                  .weight = s->w,
                                  .weight_kind = sampled ? WEIGHT_SAMPLING
                                                 : s->w  ? WEIGHT_FREQUENCY
                                                         : WEIGHT_NONE,
                                  .threads = 1};
    *d = design_of_logit(s, logit, slope, scratch);
    glm_fit(d, &options, glm, scratch);
    struct glm_clusters clusters = {
        .n_ways = 1, .code = {s->cluster}, .n_clusters = {s->n_clusters}};
    if (s->cluster && glm->fit.status == FIT_CONVERGED)
        glm_covariance(glm, &glm_covariance_cluster_HC0, &clusters, glm->fit.vcov, scratch);
}

static bool strictly_inside(const struct predictions *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0 && !(s->p[i] > 0 && s->p[i] < 1))
            return false;
    return true;
}

/* Minus twice the log-likelihood of the predictions as they are. */
static double deviance_of_predictions(const struct predictions *s)
{
    struct sum d = {0};
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0)
            sum_add(&d,
                    -2 * prediction_weight(s, i) * (s->y[i] == 1 ? log(s->p[i]) : log1p(-s->p[i])));
    return sum_value(&d);
}

static void read_slope(const struct predictions *s, const struct glm *glm, struct calibration *c)
{
    c->status = glm->fit.status == FIT_CONVERGED ? FIT_OK : glm->fit.status;
    if (c->status == FIT_OK && glm->aliased[1])
        c->status = FIT_CONSTANT;
    if (c->status != FIT_OK)
        return;
    c->intercept = glm->fit.estimate[0];
    c->intercept_std_error = fit_std_error(&glm->fit, 0);
    c->slope = glm->fit.estimate[1];
    c->slope_std_error = fit_std_error(&glm->fit, 1);
    if (s->cluster || (s->w && s->weight_kind == WEIGHT_SAMPLING))
        return;
    c->statistic = fmax(0, deviance_of_predictions(s) - glm->fit.deviance);
    c->df = 2;
    c->p_value = gsl_cdf_chisq_Q(c->statistic, c->df);
}

void calibration_fit(const struct predictions *s, struct calibration *c, struct arena *scratch)
{
    enum fit_status status = predictions_status(s, true);
    *c =
        (struct calibration){status, status, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (status != FIT_OK && status != FIT_CONSTANT)
        return;
    struct prediction_totals all = prediction_totals(s);
    struct sum predicted = {0};
    double *logit = ARENA_NEW(scratch, double, s->n);
    for (size_t i = 0; i < s->n; i++)
        if (prediction_weight(s, i) > 0) {
            sum_add(&predicted, prediction_weight(s, i) * s->p[i]);
            logit[i] = log(s->p[i]) - log1p(-s->p[i]);
        }
    c->observed = all.events / all.n;
    c->predicted = sum_value(&predicted) / all.n;
    if (!strictly_inside(s))
        c->status = c->large_status = FIT_DOMAIN;
    if (c->status != FIT_OK)
        return;
    struct glm glm;
    fit_logit(s, logit, false, &glm, scratch);
    c->large_status = glm.fit.status == FIT_CONVERGED ? FIT_OK : glm.fit.status;
    c->in_large = glm.fit.estimate[0];
    c->in_large_std_error = fit_std_error(&glm.fit, 0);
    fit_logit(s, logit, true, &glm, scratch);
    read_slope(s, &glm, c);
}

struct proportion calibration_rate(const struct prediction_group *group, double conf_level)
{
    return proportion_wilson(group->events / group->n, group->n_eff, conf_level);
}

double calibration_error(const struct prediction_groups *groups)
{
    struct sum n = {0}, off = {0};
    for (size_t j = 0; j < groups->n; j++) {
        const struct prediction_group *g = &groups->group[j];
        sum_add(&n, g->n);
        sum_add(&off, g->n * fabs(g->predicted - g->events / g->n));
    }
    return sum_value(&off) / sum_value(&n);
}
