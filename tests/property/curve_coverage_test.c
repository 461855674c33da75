/* SPDX-License-Identifier: GPL-3.0-or-later
   How often 95 % intervals of curve parameters hold the truth, by simulation: Wald, profile and
   bootstrap, on a scale of seven.  Slow: only where SLOW is set.  docs/methods/fitting.md tells
   the figures. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/term.h"
#include "models/base/workers.h"
#include "models/curve/curve.h"
#include "models/regression/bootstrap.h"
#include "models/regression/profile.h"
#include "models/regression/regression.h"

#define STUDIES 2000
#define REPLICATES 399
enum { WALD, PROFILE, BOOTSTRAP, N_KINDS };

struct design {
    const struct curve *curve;
    double b[3];
    size_t parameter; /* the one that is looked at */
    double sigma;     /* of normal errors */
};

static const struct design designs[] = {
    {&curve_power, {10, 0.7}, 1, 8},
    {&curve_asymptotic, {50, 0.35}, 0, 8},
    {&curve_asymptotic, {50, 0.35}, 1, 8},
    {&curve_logistic, {40, 4, 1}, 2, 8},
};

struct outcome {
    bool converged, held[N_KINDS], open;
};

struct study {
    const struct design *design;
    size_t n;
    struct outcome *outcome; /* [STUDIES] */
};

static bool holds(double low, double high, double truth)
{
    return !(truth < low) && !(truth > high); /* an open end holds */
}

static void draw(const struct study *s, size_t index, double *x, double *y, struct arena *keep)
{
    gsl_rng *rng = rng_stream(20251121, rng_mix(s->n, index), keep);
    for (size_t i = 0; i < s->n; i++) {
        x[i] = 1 + (double)rng_below(rng, 7);
        y[i] = s->design->curve->mean(x[i], s->design->b) + gsl_ran_gaussian(rng, s->design->sigma);
    }
}

static bool bootstrap_holds(const struct regression *r, const struct fit *fit, size_t j,
                            double truth, size_t index, struct arena *keep)
{
    const struct curve_options o = {0};
    const struct bootstrap how = {REPLICATES, 1, index};
    double value[REPLICATES], spread, low, high;
    double *all = bootstrap_estimates(r, &o, fit, &how, keep);
    for (size_t i = 0; i < REPLICATES; i++)
        value[i] = all[i * fit->n_params + j];
    bootstrap_summary(value, REPLICATES, fit->estimate[j], 0.95, &bootstrap_percentile, &spread,
                      &low, &high);
    return holds(low, high, truth);
}

static void one_study(size_t index, void *context)
{
    const struct study *s = context;
    const struct curve_options o = {0};
    size_t j = s->design->parameter;
    double truth = s->design->b[j], low[3], high[3];
    struct arena *keep = arena_new();
    struct fit fit;
    double *x = ARENA_NEW(keep, double, s->n), *y = ARENA_NEW(keep, double, s->n);
    struct sample sample = {.n = s->n, .x = x, .y = y};
    struct outcome *out = &s->outcome[index];
    draw(s, index, x, y, keep);
    curve_fit(s->design->curve, &sample, NULL, NULL, &fit, keep);
    out->converged = fit.status == FIT_CONVERGED;
    if (out->converged) {
        const struct regression *r = curve_regression(s->design->curve, &sample, &o, keep);
        struct term t = term_of(&fit, j, 0.95);
        profile_limits(r, &o, &fit, 0.95, low, high, keep);
        out->held[WALD] = holds(t.conf_low, t.conf_high, truth);
        out->held[PROFILE] = holds(low[j], high[j], truth);
        out->open = isnan(low[j]) || isnan(high[j]);
        out->held[BOOTSTRAP] = bootstrap_holds(r, &fit, j, truth, index, keep);
    }
    arena_free(keep);
}

static void check_design(const struct design *d, size_t n, struct arena *keep)
{
    struct study s = {d, n, ARENA_NEW(keep, struct outcome, STUDIES)};
    double converged = 0, open = 0, held[N_KINDS] = {0};
    workers_run(STUDIES, 0, one_study, &s);
    for (size_t i = 0; i < STUDIES; i++) {
        converged += s.outcome[i].converged;
        open += s.outcome[i].open;
        for (size_t k = 0; k < N_KINDS; k++)
            held[k] += s.outcome[i].held[k];
    }
    print_message("| %s %s | %zu | %.1f | %.1f | %.1f | %.1f | %.1f |\n", d->curve->name,
                  d->curve->param[d->parameter], n, 100 * held[WALD] / converged,
                  100 * held[PROFILE] / converged, 100 * held[BOOTSTRAP] / converged,
                  100 * open / converged, 100 * converged / STUDIES);
    for (size_t k = 0; k < N_KINDS; k++) {
        double share = held[k] / converged, least = k == BOOTSTRAP ? 0.92 : 0.93;
        assert_true(share > least && share < 0.97);
    }
}

static void test_coverage(void **state)
{
    (void)state;
    if (!getenv("SLOW"))
        skip();
    static const size_t sizes[] = {50, 200, 1000};
    struct arena *keep = arena_new();
    print_message("| parameter | n | Wald | profile | bootstrap | open | converged |\n");
    for (size_t i = 0; i < sizeof designs / sizeof *designs; i++)
        for (size_t k = 0; k < 3; k++)
            check_design(&designs[i], sizes[k], keep);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_coverage)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
