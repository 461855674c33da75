/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/pool.h"

#include <assert.h>
#include <math.h>
#include <strings.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/meta/tau2.h"

const struct pool_method *const pool_methods[] = {
#define X(name) &pool_##name,
    POOL_LIST(X)
#undef X
};

const size_t pool_n_methods = sizeof pool_methods / sizeof *pool_methods;

const struct pool_method *pool_method(const char *name)
{
    for (size_t i = 0; i < pool_n_methods; i++)
        if (strcasecmp(pool_methods[i]->name, name) == 0)
            return pool_methods[i];
    return NULL;
}

bool effects_in_domain(const struct effects *e)
{
    for (size_t i = 0; i < e->k; i++)
        if (!isfinite(e->y[i]) || !(e->v[i] > 1e-150 && e->v[i] < 1e150))
            return false;
    return true;
}

static struct pooled nothing(const struct pool_method *method, size_t k, enum fit_status status)
{
    return (struct pooled){.method = method,
                           .status = status,
                           .k = k,
                           .estimate = NAN,
                           .std_error = NAN,
                           .statistic = NAN,
                           .df = NAN,
                           .p_value = NAN,
                           .conf_low = NAN,
                           .conf_high = NAN,
                           .pred_low = NAN,
                           .pred_high = NAN,
                           .tau2 = NAN,
                           .tau2_low = NAN,
                           .tau2_high = NAN,
                           .i2 = NAN,
                           .h2 = NAN,
                           .q = NAN,
                           .q_df = NAN,
                           .q_p_value = NAN};
}

/* Q, and for k > 1 the fractions that depend on it. */
static void heterogeneity(struct pooled *p, const struct effects *e, double conf_level)
{
    struct weighing w = weigh(e, NULL, 0);
    double df = (double)e->k - 1;
    p->q = w.q;
    p->q_df = df;
    p->q_p_value = df > 0 ? gsl_cdf_chisq_Q(p->q, df) : 1;
    if (!p->method->tau2) {
        p->i2 = p->q > df ? (p->q - df) / p->q : 0;
        p->h2 = df > 0 ? p->q / df : 1;
        return;
    }
    if (df < 1)
        return;
    double typical = df / w.trace;
    p->i2 = p->tau2 / (p->tau2 + typical);
    p->h2 = p->tau2 / typical + 1;
    double tail = (1 - conf_level) / 2;
    p->tau2_low = generalised_q_root(e, NULL, chi_square_upper(tail, df));
    p->tau2_high = generalised_q_root(e, NULL, chi_square_lower(tail, df));
}

double variance_scale(double q, double df, const struct pool_options *o)
{
    if (!o->knapp_hartung)
        return 1;
    return o->floor ? fmax(1, q / df) : q / df;
}

/* Standard error, test and intervals of the mean, from the weights at p->tau2. */
static void inference(struct pooled *p, const struct weighing *w, const struct pool_options *o)
{
    double df = (double)p->k - 1, tail = (1 - o->conf_level) / 2, c;
    p->std_error = sqrt(variance_scale(w->q, df, o) / w->w);
    p->statistic = p->estimate / p->std_error;
    if (o->knapp_hartung) {
        p->df = df;
        p->p_value = 2 * gsl_cdf_tdist_Q(fabs(p->statistic), df);
        c = gsl_cdf_tdist_Qinv(tail, df);
    } else {
        p->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(p->statistic));
        c = gsl_cdf_ugaussian_Qinv(tail);
    }
    p->conf_low = p->estimate - c * p->std_error;
    p->conf_high = p->estimate + c * p->std_error;
    if (!p->method->tau2 || isnan(p->tau2))
        return;
    double spread = c * hypot(p->std_error, sqrt(p->tau2));
    p->pred_low = p->estimate - spread;
    p->pred_high = p->estimate + spread;
}

struct pooled pool_effects(const struct effects *e, const struct pool_method *method,
                           const struct pool_options *o)
{
    assert(o->conf_level > 0 && o->conf_level < 1);
    struct pooled p = nothing(method, e->k, FIT_TOO_FEW);
    if (e->k == 0)
        return p;
    if (!effects_in_domain(e)) {
        p.status = FIT_DOMAIN;
        return p;
    }
    if (!method->tau2) {
        p.tau2 = 0;
        p.status = FIT_OK;
    } else if (e->k > 1) {
        p.status = method->tau2(e, NULL, &p.tau2);
    }
    struct weighing w = weigh(e, NULL, isnan(p.tau2) ? 0 : p.tau2);
    p.estimate = w.mean;
    heterogeneity(&p, e, o->conf_level);
    if (o->knapp_hartung && e->k < 2)
        p.status = FIT_TOO_FEW;
    else
        inference(&p, &w, o);
    if (p.std_error == 0)
        p.status = FIT_PERFECT;
    return p;
}
