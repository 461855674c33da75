/* SPDX-License-Identifier: GPL-3.0-or-later
   How often the 95 % intervals of latent correlations cover the truth, on simulated normal
   variables cut at thresholds.  The figures of docs/methods/latent.md. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/correlation/correlation.h"

enum { MOST = 1000, METHODS = 5 };

static const struct correlation *const methods[METHODS] = {
    &correlation_polychoric, &correlation_polychoric_ml, &correlation_tetrachoric,
    &correlation_polyserial, &correlation_polyserial_ml};

struct draw {
    double x[MOST], y[MOST];
};

static double cut(double u, const double *at, size_t n)
{
    double level = 0;
    for (size_t i = 0; i < n; i++)
        level += u > at[i];
    return level;
}

/* Answers of 5 levels, of 2, or a scale with 5, by the method. */
static void draw(size_t method, size_t n, double rho, gsl_rng *rng, struct draw *d)
{
    static const double five[] = {-1.2, -0.4, 0.4, 1.2}, skew[] = {-1, -0.2, 0.6, 1.2};
    static const double high[] = {0.5}, low[] = {-0.3};
    for (size_t i = 0; i < n; i++) {
        double u = gsl_ran_ugaussian(rng);
        double v = rho * u + sqrt(1 - rho * rho) * gsl_ran_ugaussian(rng);
        d->x[i] = method < 2 ? cut(u, five, 4) : method == 2 ? cut(u, high, 1) : u;
        d->y[i] = method == 2 ? cut(v, low, 1) : cut(v, skew, 4);
    }
}

struct tally {
    size_t covered, with_interval, boundary, rejected;
    double sum, squares, variance;
};

static struct tally simulate(size_t method, size_t n, double rho, size_t runs)
{
    struct tally t = {0};
    struct arena *a = arena_new();
    for (size_t i = 0; i < runs; i++) {
        const struct correlation_options wald = {.conf_level = 0.95,
                                                 .interval = &interval_asymptotic},
                                         own = {.conf_level = 0.95};
        struct correlation_result r;
        arena_reset(a);
        struct draw *d = ARENA_NEW(a, struct draw, 1);
        draw(method, n, rho, rng_stream(17, i, a), d);
        struct sample s = {n, d->x, d->y, NULL, WEIGHT_NONE};
        correlation_compute(methods[method], &s, &wald, &r, a);
        t.boundary += r.status == FIT_BOUNDARY;
        t.rejected += r.p_value < 0.05;
        if (r.status != FIT_OK)
            continue;
        t.with_interval++;
        t.sum += r.estimate;
        t.squares += r.estimate * r.estimate;
        t.variance += r.std_error * r.std_error;
        correlation_compute(methods[method], &s, &own, &r, a);
        t.covered += r.conf_low <= rho && rho <= r.conf_high;
    }
    arena_free(a);
    return t;
}

/* Within 93 and 97 %, and three standard errors of the simulation; where most tables of four
   lack a cell the interval is that of the few that do not, and is not judged. */
static void check(size_t method, size_t n, double rho, size_t runs)
{
    struct tally t = simulate(method, n, rho, runs);
    double k = (double)t.with_interval, covered = (double)t.covered / k;
    double sd = sqrt(t.squares / k - t.sum / k * (t.sum / k)), error = sqrt(t.variance / k);
    double slack = 3 * sqrt(0.05 * 0.95 / k);
    print_message("%s n = %zu rho = %.1f: covered %.3f, sd %.4f, std_error %.4f, boundary %.3f, "
                  "p < .05 %.3f\n",
                  methods[method]->name, n, rho, covered, sd, error,
                  (double)t.boundary / (double)runs, (double)t.rejected / (double)runs);
    if (t.boundary > runs / 20)
        return;
    assert_true(covered > 0.93 - slack && covered < 0.97 + slack);
    if (n >= 200)
        assert_true(fabs(error / sd - 1) < 0.1);
    if (rho == 0)
        assert_true((double)t.rejected / (double)runs < 0.07 + slack);
}

static void intervals_cover(void **state)
{
    (void)state;
    static const double rho[] = {0, 0.3, 0.6, 0.9};
    static const size_t n[] = {50, 200, 1000};
    bool slow = getenv("SLOW");
    for (size_t m = 0; m < METHODS; m++)
        for (size_t i = 0; i < (slow ? 3 : 1); i++)
            for (size_t k = 0; k < 4; k += slow ? 1 : 2)
                check(m, n[i], rho[k], slow ? 2000 : 300);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(intervals_cover)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
