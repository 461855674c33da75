/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/regression.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/meta/tau2.h"

static double *empty(size_t n, struct arena *keep)
{
    double *a = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        a[i] = NAN;
    return a;
}

static void nothing(struct meta_regression *m, size_t k, size_t p, const struct pool_method *method,
                    struct arena *keep)
{
    *m = (struct meta_regression){.method = method,
                                  .status = FIT_TOO_FEW,
                                  .k = k,
                                  .p = p,
                                  .estimate = empty(p, keep),
                                  .std_error = empty(p, keep),
                                  .statistic = empty(p, keep),
                                  .p_value = empty(p, keep),
                                  .conf_low = empty(p, keep),
                                  .conf_high = empty(p, keep),
                                  .vcov = empty(p * p, keep),
                                  .df = NAN,
                                  .tau2 = NAN,
                                  .i2 = NAN,
                                  .h2 = NAN,
                                  .tau2_low = NAN,
                                  .tau2_high = NAN,
                                  .r_squared = NAN,
                                  .qm = NAN,
                                  .qm_df = NAN,
                                  .qm_p_value = NAN,
                                  .qm_df_residual = NAN,
                                  .qe = NAN,
                                  .qe_df = NAN,
                                  .qe_p_value = NAN};
}

/* QE, and what tau2 is of the whole variance. */
static void heterogeneity(struct meta_regression *m, const struct effects *e,
                          const struct design *d, double conf_level)
{
    struct weighing w = weigh(e, d, 0);
    double df = effects_df(e, d), typical = df / w.trace, tail = (1 - conf_level) / 2;
    m->qe = w.q;
    m->qe_df = df;
    m->qe_p_value = gsl_cdf_chisq_Q(w.q, df);
    if (!m->method->tau2) {
        m->i2 = w.q > df ? (w.q - df) / w.q : 0;
        m->h2 = w.q / df;
        return;
    }
    m->i2 = m->tau2 / (m->tau2 + typical);
    m->h2 = m->tau2 / typical + 1;
    m->tau2_low = generalised_q_root(e, d, chi_square_upper(tail, df));
    m->tau2_high = generalised_q_root(e, d, chi_square_lower(tail, df));
}

static void explained(struct meta_regression *m, const struct effects *e)
{
    double before = 0;
    if (m->p == 1)
        return;
    if (!m->method->tau2) {
        struct weighing w = weigh(e, NULL, 0);
        m->r_squared =
            w.q > 0 ? fmax(0, 1 - (m->qe / m->qe_df) / (w.q / effects_df(e, NULL))) : NAN;
        return;
    }
    m->method->tau2(e, NULL, &before);
    m->r_squared = before > 0 ? fmax(0, 1 - m->tau2 / before) : NAN;
}

static void test_coefficients(struct meta_regression *m, double conf_level)
{
    double tail = (1 - conf_level) / 2;
    double c = isnan(m->df) ? gsl_cdf_ugaussian_Qinv(tail) : gsl_cdf_tdist_Qinv(tail, m->df);
    for (size_t j = 0; j < m->p; j++) {
        double z = fabs(m->estimate[j] / (m->std_error[j] = sqrt(m->vcov[j * m->p + j])));
        m->statistic[j] = m->estimate[j] / m->std_error[j];
        m->p_value[j] = 2 * (isnan(m->df) ? gsl_cdf_ugaussian_Q(z) : gsl_cdf_tdist_Q(z, m->df));
        m->conf_low[j] = m->estimate[j] - c * m->std_error[j];
        m->conf_high[j] = m->estimate[j] + c * m->std_error[j];
    }
}

/* Wald's statistic b'V^-1 b of all columns but the intercept is what they take out of
   the weighted squares after it: with Q orthonormal, the squares of the rotated y. */
static void test_moderators(struct meta_regression *m, const struct design *d, double scale)
{
    double squares = 0, n = (double)m->p - 1;
    if (m->p == 1)
        return;
    for (size_t j = 1; j < m->p; j++)
        squares += d->rotated[j] * d->rotated[j];
    m->qm_df = n;
    if (isnan(m->df)) {
        m->qm = squares;
        m->qm_p_value = gsl_cdf_chisq_Q(m->qm, n);
        return;
    }
    m->qm = squares / scale / n;
    m->qm_df_residual = m->df;
    m->qm_p_value = f_exceeds(m->qm, n, m->df);
}

static void infer(struct meta_regression *m, const struct effects *e, const struct design *d,
                  const struct pool_options *o, struct arena *keep)
{
    struct weighing w = weigh(e, d, m->tau2);
    /* What rounding leaves of an exact line is nothing. */
    bool exact = w.q <= 1e-24 * weigh(e, NULL, m->tau2).q;
    double scale = variance_scale(exact ? 0 : w.q, effects_df(e, d), o);
    m->df = o->knapp_hartung ? effects_df(e, d) : NAN;
    design_coefficients(d, m->estimate, m->vcov, keep);
    m->estimate[0] += e->y[0];
    for (size_t i = 0; i < m->p * m->p; i++)
        m->vcov[i] *= scale;
    if (scale == 0)
        m->status = FIT_PERFECT;
    test_coefficients(m, o->conf_level);
    if (scale > 0)
        test_moderators(m, d, scale);
}

void meta_regression_fit(const struct effects *e, const double *x, size_t p,
                         const struct pool_method *method, const struct pool_options *o,
                         struct meta_regression *m, struct arena *keep)
{
    assert(p >= 1 && o->conf_level > 0 && o->conf_level < 1);
    nothing(m, e->k, p, method, keep);
    if (e->k <= p)
        return;
    m->status = effects_in_domain(e) ? FIT_OK : FIT_DOMAIN;
    if (m->status == FIT_DOMAIN)
        return;
    struct design *d = design_new(x, e->k, p, keep);
    if (!design_fit(d, e->y, e->v, 0) || !design_fit(d, e->y, NULL, 0)) {
        m->status = FIT_SINGULAR;
        return;
    }
    m->tau2 = 0;
    if (method->tau2)
        m->status = method->tau2(e, d, &m->tau2);
    heterogeneity(m, e, d, o->conf_level);
    explained(m, e);
    infer(m, e, d, o, keep);
}
