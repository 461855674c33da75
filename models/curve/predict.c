/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/predict.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "models/base/critical.h"
double *equidistant(double low, double high, size_t n, struct arena *keep)
{
    assert(n >= 2);
    double *x = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        x[i] = i + 1 == n ? high : low + (high - low) * (double)i / (double)(n - 1);
    return x;
}

static double quadratic_form(const double *g, const double *v, size_t k)
{
    double total = 0;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (!isnan(v[i * k + j])) /* else a parameter at its bound */
                total += g[i] * v[i * k + j] * g[j];
    return total;
}

static bool has_estimate(const struct fit *fit)
{
    return fit->status == FIT_CONVERGED || fit->status == FIT_PERFECT;
}

struct prediction curve_predict(const struct curve *c, const struct fit *fit, const double *x,
                                size_t n, double conf_level, struct arena *keep)
{
    struct prediction p = {n,
                           x,
                           ARENA_NEW(keep, double, n),
                           ARENA_NEW(keep, double, n),
                           ARENA_NEW(keep, double, n),
                           ARENA_NEW(keep, double, n)};
    double t = two_sided_t(conf_level, fit_df(fit)), g[CURVE_MAX_PARAMS];
    for (size_t i = 0; i < n; i++) {
        p.estimate[i] = p.std_error[i] = p.low[i] = p.high[i] = NAN;
        if (!has_estimate(fit) || !c->in_domain(x[i]))
            continue;
        c->gradient(x[i], fit->estimate, g);
        p.estimate[i] = c->mean(x[i], fit->estimate);
        p.std_error[i] = sqrt(fmax(0, quadratic_form(g, fit->vcov, fit->n_params)));
        if (fit->status != FIT_CONVERGED)
            p.std_error[i] = NAN;
        p.low[i] = p.estimate[i] - t * p.std_error[i];
        p.high[i] = p.estimate[i] + t * p.std_error[i];
    }
    return p;
}

void prediction_bootstrap(const struct curve *c, const struct fit *fit, const double *replicate,
                          size_t n_replicates, const struct bootstrap_limits *limits,
                          double conf_level, struct prediction *p)
{
    struct arena *scratch = arena_new();
    double *value = ARENA_NEW(scratch, double, n_replicates), b[CURVE_MAX_PARAMS];
    memcpy(b, fit->estimate, (fit->n_params + fit->n_constants) * sizeof *b);
    for (size_t i = 0; i < p->n; i++) {
        for (size_t k = 0; k < n_replicates; k++) {
            memcpy(b, replicate + k * fit->n_params, fit->n_params * sizeof *b);
            value[k] = isnan(b[0]) || !c->in_domain(p->x[i]) ? NAN : c->mean(p->x[i], b);
        }
        bootstrap_summary(value, n_replicates, p->estimate[i], conf_level, limits, &p->std_error[i],
                          &p->low[i], &p->high[i]);
    }
    arena_free(scratch);
}
