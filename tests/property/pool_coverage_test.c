/* SPDX-License-Identifier: GPL-3.0-or-later
   How often the intervals of pooled correlations hold the truth.  Slow: SLOW=1 runs it and
   prints the figures of docs/methods/pooling.md. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/workers.h"
#include "models/meta/effect.h"
#include "models/meta/pool.h"
#include "tests/check.h"

enum { REPLICATES = 4000, BLOCKS = 8, MOST_K = 20 };

/* One design: k cells of n respondents whose true z are normal about atanh(0.3). */
struct scene {
    size_t k;
    double n, tau2;
    uint64_t seed;
};

/* How many intervals held the truth. */
struct held {
    size_t reml_hartung, dl_normal, prediction, tau2;
};

/* Pearson's r of n pairs from a bivariate normal distribution with correlation rho, by
   Bartlett's decomposition of the Wishart matrix (Anderson 2003, sec. 7.2). */
static double draw_correlation(double rho, double n, gsl_rng *rng)
{
    double a = sqrt(gsl_ran_chisq(rng, n - 1)), b = gsl_ran_gaussian(rng, 1),
           c = sqrt(gsl_ran_chisq(rng, n - 2)), rest = sqrt(1 - rho * rho);
    double cross = rho * a + rest * b;
    return cross / hypot(cross, rest * c);
}

static bool holds(double low, double value, double high)
{
    return low <= value && value <= high;
}

static void once(const struct scene *s, gsl_rng *rng, struct held *h)
{
    double y[MOST_K], v[MOST_K], mu = atanh(0.3);
    for (size_t i = 0; i < s->k; i++) {
        double zeta = mu + sqrt(s->tau2) * gsl_ran_gaussian(rng, 1);
        struct effect e = effect_from_correlation(draw_correlation(tanh(zeta), s->n, rng), s->n,
                                                  effect_method("pearson"));
        y[i] = e.z;
        v[i] = e.variance;
    }
    double next = mu + sqrt(s->tau2) * gsl_ran_gaussian(rng, 1);
    struct effects e = {s->k, y, v};
    struct pooled p = pool_effects(&e, &pool_reml, &(struct pool_options){0.95, true, false});
    struct pooled d = pool_effects(&e, &pool_dl, &(struct pool_options){0.95, false, false});
    h->reml_hartung += holds(p.conf_low, mu, p.conf_high);
    h->dl_normal += holds(d.conf_low, mu, d.conf_high);
    h->prediction += holds(p.pred_low, next, p.pred_high);
    h->tau2 += holds(p.tau2_low, s->tau2, p.tau2_high);
}

struct simulation {
    const struct scene *scene;
    struct held held[BLOCKS];
};

static void block(size_t index, void *context)
{
    struct simulation *s = context;
    struct arena *scratch = arena_new();
    gsl_rng *rng = rng_stream(s->scene->seed, index, scratch);
    for (int i = 0; i < REPLICATES / BLOCKS; i++)
        once(s->scene, rng, &s->held[index]);
    arena_free(scratch);
}

static struct held simulate(const struct scene *scene)
{
    struct simulation s = {.scene = scene};
    struct held all = {0};
    workers_run(BLOCKS, 0, block, &s);
    for (size_t i = 0; i < BLOCKS; i++) {
        all.reml_hartung += s.held[i].reml_hartung;
        all.dl_normal += s.held[i].dl_normal;
        all.prediction += s.held[i].prediction;
        all.tau2 += s.held[i].tau2;
    }
    return all;
}

static double percent(size_t held)
{
    return 100.0 * (double)held / REPLICATES;
}

/* Knapp and Hartung's interval must hold what it promises, within 3 standard errors of the
   simulation (1.03 points) of 93 to 97 %; the others are measured. */
static void covers(void **state)
{
    (void)state;
    static const size_t k[] = {5, 10, 20};
    static const double tau2[] = {0, 0.01, 0.05}, n[] = {50, 200, 1000};
    if (!getenv("SLOW"))
        skip();
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++) {
                struct scene s = {k[i], n[j], tau2[t], 1 + 9 * t + 3 * i + j};
                struct held h = simulate(&s);
                print_message("| %.2f | %zu | %.0f | %.1f | %.1f | %.1f | %.1f |\n", s.tau2, s.k,
                              s.n, percent(h.reml_hartung), percent(h.dl_normal),
                              percent(h.prediction), percent(h.tau2));
                assert_true(fabs(percent(h.reml_hartung) - 95) < 2 + 1.03);
            }
}

/* The decomposition draws what it says: mean of z near atanh(rho), variance near 1/(n - 3). */
static void draws_correlations(void **state)
{
    (void)state;
    struct arena *scratch = arena_new();
    gsl_rng *rng = rng_stream(1, 0, scratch);
    enum { DRAWS = 20000 };
    double sum = 0, squares = 0, n = 100, mu = atanh(0.3) + 0.3 / (2 * (n - 1));
    for (int i = 0; i < DRAWS; i++) {
        double z = atanh(draw_correlation(0.3, n, rng)) - mu;
        sum += z;
        squares += z * z;
    }
    assert_true(fabs(sum / DRAWS) < 4 * 0.1 / sqrt(DRAWS));
    assert_true(fabs(squares / DRAWS * (n - 3) - 1) < 0.04);
    arena_free(scratch);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_correlations),
        cmocka_unit_test(covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
