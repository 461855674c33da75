/* SPDX-License-Identifier: GPL-3.0-or-later
   Is the minimum that a curve finds by itself the smallest?  Each curve on noisy
   data of every curve's making, against many random starts. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/curve/curve.h"

#define N 120

static void make(const struct curve *truth, double noise, gsl_rng *rng, double *x, double *y)
{
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)(1 + rng_below(rng, 7));
        y[i] = truth->mean(x[i], truth->example) + gsl_ran_gaussian(rng, noise);
    }
}

struct tally {
    size_t fits, converged, beaten;
};

static void challenge(const struct curve *c, const struct sample *s, size_t n_starts, gsl_rng *rng,
                      struct tally *tally, struct arena *keep)
{
    struct fit own, other;
    double b[CURVE_MAX_PARAMS];
    curve_fit(c, s, NULL, NULL, &own, keep);
    tally->fits++;
    tally->converged += own.status == FIT_CONVERGED;
    for (size_t k = 0; k < n_starts; k++) {
        for (size_t j = 0; j < c->n_params; j++)
            b[j] = c->example[j] * exp(gsl_ran_gaussian(rng, 1));
        curve_fit(c, s, b, NULL, &other, keep);
        /* Where a parameter runs to infinity the own search ends lower than a local
           minimum: that is not beaten by it. */
        double least = own.deviance * (own.status == FIT_CONVERGED ? 1 - 1e-9 : 1 + 1e-6);
        if (other.status != FIT_CONVERGED || other.deviance > least)
            continue;
        tally->beaten++;
        print_message("%s (%s): deviance %.12g, from a random start %.12g\n", c->name,
                      fit_status_word(own.status), own.deviance, other.deviance);
        break;
    }
}

static void test_random_starts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    size_t n_starts = getenv("SLOW") ? 100 : 2, n_studies = getenv("SLOW") ? 10 : 1, beaten = 0;
    double x[N], y[N];
    struct sample s = {.n = N, .x = x, .y = y};
    for (size_t i = 0; i < n_curves; i++) {
        struct tally tally = {0};
        for (size_t t = 0; t < n_curves && !curves[i]->linear && !curves[i]->exact_start; t++)
            for (size_t k = 0; k < n_studies; k++) {
                gsl_rng *rng = rng_stream(rng_mix(t, i), k, keep);
                make(curves[t], k % 2 ? 2 : 10, rng, x, y);
                challenge(curves[i], &s, n_starts, rng, &tally, keep);
                arena_reset(keep);
            }
        if (tally.fits)
            print_message("%-16s %3zu fits, %3zu converged, %zu beaten\n", curves[i]->name,
                          tally.fits, tally.converged, tally.beaten);
        beaten += tally.beaten;
    }
    assert_int_equal(beaten, 0);
    arena_free(keep);
}

/* The hinge against 501 knots, each with its best lines. */
static void test_hinge_against_grid(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    double x[N], y[N], b[4] = {0};
    struct sample s = {.n = N, .x = x, .y = y};
    for (size_t k = 0; k < 2 * n_curves; k++) {
        gsl_rng *rng = rng_stream(99, k, keep);
        struct fit fit, line;
        make(curves[k / 2], k % 2 ? 2 : 10, rng, x, y);
        curve_fit(&curve_hinge, &s, NULL, NULL, &fit, keep);
        assert_string_equal(fit_status_word(fit.status), "converged");
        for (size_t g = 0; g <= 500; g++) {
            b[3] = 2 + 4 * (double)g / 500; /* two points on either side */
            /* best lines given the knot: the part of y that is not the hinge's, on x */
            double h[N], hr[N], yr[N], hh = 0, hy = 0, deviance = 0;
            for (size_t i = 0; i < N; i++)
                h[i] = fmax(0, x[i] - b[3]);
            struct sample on_h = {.n = N, .x = x, .y = h};
            curve_fit(&curve_linear, &on_h, NULL, NULL, &line, keep);
            for (size_t i = 0; i < N; i++)
                hr[i] = h[i] - curve_linear.mean(x[i], line.estimate);
            curve_fit(&curve_linear, &s, NULL, NULL, &line, keep);
            for (size_t i = 0; i < N; i++) {
                yr[i] = y[i] - curve_linear.mean(x[i], line.estimate);
                hh += hr[i] * hr[i];
                hy += hr[i] * yr[i];
            }
            for (size_t i = 0; i < N; i++)
                deviance += (yr[i] - hy / hh * hr[i]) * (yr[i] - hy / hh * hr[i]);
            assert_true(fit.deviance <= deviance * (1 + 1e-12));
        }
        arena_reset(keep);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_starts),
        cmocka_unit_test(test_hinge_against_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
