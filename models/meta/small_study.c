/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/small_study.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"
#include "models/correlation/correlation.h"
#include "models/meta/regression.h"
#include "models/meta/tau2.h"

static const struct asymmetry nothing = {.status = FIT_TOO_FEW,
                                         .estimate = NAN,
                                         .std_error = NAN,
                                         .statistic = NAN,
                                         .df = NAN,
                                         .p_value = NAN,
                                         .limit = NAN,
                                         .limit_low = NAN,
                                         .limit_high = NAN};

/* The regression of the effects on their standard errors. */
static void on_standard_error(const struct effects *e, const struct pool_method *method,
                              const struct pool_options *o, struct asymmetry *a,
                              struct arena *scratch)
{
    double *x = ARENA_NEW(scratch, double, 2 * e->k);
    struct meta_regression m;
    for (size_t i = 0; i < e->k; i++) {
        x[i] = 1;
        x[e->k + i] = sqrt(e->v[i]);
    }
    meta_regression_fit(e, x, 2, method, o, &m, scratch);
    *a = (struct asymmetry){.status = m.status,
                            .k = e->k,
                            .estimate = m.estimate[1],
                            .std_error = m.std_error[1],
                            .statistic = m.statistic[1],
                            .df = m.df,
                            .p_value = m.p_value[1],
                            .limit = m.estimate[0],
                            .limit_low = m.conf_low[0],
                            .limit_high = m.conf_high[0]};
}

static void egger(const struct effects *e, const struct pool_method *method, double conf_level,
                  struct asymmetry *a, struct arena *scratch)
{
    on_standard_error(e, method, &(struct pool_options){.conf_level = conf_level}, a, scratch);
}

/* The weighted regression with its own residual variance is the common-effect model with
   Knapp and Hartung's factor. */
static void egger_regression(const struct effects *e, const struct pool_method *method,
                             double conf_level, struct asymmetry *a, struct arena *scratch)
{
    (void)method;
    on_standard_error(e, &pool_fe,
                      &(struct pool_options){.conf_level = conf_level, .knapp_hartung = true}, a,
                      scratch);
}

/* Kendall's tau of the standardised deviates from the common effect with the variances. */
static void begg(const struct effects *e, const struct pool_method *method, double conf_level,
                 struct asymmetry *a, struct arena *scratch)
{
    *a = nothing;
    a->k = e->k;
    (void)method;
    if (e->k < 3)
        return;
    a->status = effects_in_domain(e) ? FIT_OK : FIT_DOMAIN;
    if (a->status != FIT_OK)
        return;
    struct weighing w = weigh(e, NULL, 0);
    double *deviate = ARENA_NEW(scratch, double, e->k);
    for (size_t i = 0; i < e->k; i++)
        deviate[i] = (e->y[i] - w.mean) / sqrt(e->v[i] - 1 / w.w);
    struct sample s = {.n = e->k, .x = deviate, .y = e->v, .weight_kind = WEIGHT_NONE};
    struct correlation_result r;
    correlation_compute(&correlation_kendall, &s,
                        &(struct correlation_options){.conf_level = conf_level}, &r, scratch);
    a->status = r.status == FIT_PERFECT ? FIT_OK : r.status;
    a->estimate = r.estimate;
    a->statistic = r.statistic;
    a->p_value = r.p_value;
}

const struct asymmetry_test asymmetry_egger = {
    .name = "egger",
    .title = "Egger's test in the random-effects model",
    .source = "Sterne & Egger 2005, in Rothstein et al., Publication Bias in Meta-Analysis, ch. 6",
    .run = egger,
};

const struct asymmetry_test asymmetry_egger_regression = {
    .name = "egger_regression",
    .title = "Egger's weighted regression",
    .source = "Egger, Davey Smith, Schneider & Minder 1997, BMJ 315, 629-634",
    .run = egger_regression,
};

const struct asymmetry_test asymmetry_begg = {
    .name = "begg",
    .title = "Begg and Mazumdar's rank correlation",
    .source = "Begg & Mazumdar 1994, Biometrics 50, 1088-1101",
    .run = begg,
};

const struct asymmetry_test *const asymmetry_tests[] = {
#define X(name) &asymmetry_##name,
    ASYMMETRY_LIST(X)
#undef X
};

const size_t n_asymmetry_tests = sizeof asymmetry_tests / sizeof *asymmetry_tests;

double fail_safe_number(const struct effects *e)
{
    struct sum z = {0};
    if (e->k == 0 || !effects_in_domain(e))
        return NAN;
    for (size_t i = 0; i < e->k; i++)
        sum_add(&z, e->y[i] / sqrt(e->v[i]));
    double ratio = sum_value(&z) / gsl_cdf_ugaussian_Qinv(0.05);
    return ceil(fmax(0, ratio * ratio - (double)e->k));
}
