/* SPDX-License-Identifier: GPL-3.0-or-later
   How often do 95 % intervals of regressions hold the truth?  Only when SLOW is set: a hundred
   thousand fits.  docs/methods/glm.md has the table. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/term.h"
#include "models/base/workers.h"
#include "models/glm/firth.h"
#include "models/outcome/wild.h"
#include "tests/check.h"
#include "tests/glm_data.h"

enum { MOST = 1000, PER_CLUSTER = 20, MOST_KINDS = 5 };

/* ---- samples ---- */

struct sample_of {
    size_t n;
    double x[MOST], y[MOST];
    uint32_t cluster[MOST];
    struct design design;
};

static double answer(const struct outcome *o, double eta, gsl_rng *rng)
{
    double u = gsl_rng_uniform_pos(rng);
    if (o == &outcome_binomial)
        return u < 1 / (1 + exp(-eta));
    if (o == &outcome_poisson)
        return gsl_ran_poisson(rng, exp(eta));
    if (o == &outcome_negative_binomial)
        return gsl_ran_poisson(rng, exp(eta) * gsl_ran_gamma(rng, 1.5, 1 / 1.5));
    double latent = eta + log(u / (1 - u));
    if (o == &outcome_ordinal)
        return (latent > -1) + (latent > 0.5) + (latent > 2);
    double normal = eta + gsl_ran_ugaussian(rng);
    return o == &outcome_tobit ? fmax(0, normal) : normal;
}

static void set_design(struct sample_of *s, struct arena *keep)
{
    const double *const column[] = {NULL, s->x};
    s->design = design_of_columns(s->n, 2, column, s->y, keep);
}

static struct outcome_fit fit_of(const struct outcome *o, const struct sample_of *s,
                                 const struct outcome_options *options, struct arena *keep)
{
    const struct outcome_data data = {&s->design, NULL, NULL, WEIGHT_NONE};
    struct outcome_fit fit;
    outcome_fit(o, &data, options, &fit, keep);
    return fit;
}

/* ---- counting ---- */

enum verdict { NO_ANSWER, MISSED, HELD };

static enum verdict within(double truth, double low, double high)
{
    return isnan(low) || isnan(high) ? NO_ANSWER : truth >= low && truth <= high ? HELD : MISSED;
}

struct simulation {
    const char *title, *kind[MOST_KINDS];
    size_t n_kinds, n, replicates;
    const struct outcome *outcome;
    bool firth;
    enum verdict *verdict; /* [replicates * n_kinds] */
    void (*replicate)(const struct simulation *s, gsl_rng *rng, enum verdict *verdict,
                      struct arena *keep);
    uint64_t seed;
};

static void run_one(size_t task, void *context)
{
    const struct simulation *s = context;
    struct arena *keep = arena_new();
    s->replicate(s, rng_stream(s->seed, task, keep), s->verdict + task * s->n_kinds, keep);
    arena_free(keep);
}

/* Prints each kind's coverage, and compares it with low and high [n_kinds], which allow for three
   errors of the simulation. */
static void run(struct simulation *s, const double *low, const double *high)
{
    struct arena *keep = arena_new();
    s->verdict = ARENA_NEW(keep, enum verdict, s->replicates * s->n_kinds);
    workers_run(s->replicates, 1, run_one, s);
    for (size_t k = 0; k < s->n_kinds; k++) {
        double held = 0, known = 0;
        for (size_t r = 0; r < s->replicates; r++) {
            enum verdict v = s->verdict[r * s->n_kinds + k];
            known += v != NO_ANSWER;
            held += v == HELD;
        }
        double slack = 3 * sqrt(0.95 * 0.05 / known), covered = held / known;
        print_message("%-18s n = %4zu  %-22s covers %.4f  without an answer %.4f\n", s->title, s->n,
                      s->kind[k], covered, 1 - known / (double)s->replicates);
        assert_true(covered > low[k] - slack && covered < high[k] + slack);
        assert_true(known > 0.9 * (double)s->replicates);
    }
    arena_free(keep);
}

/* ---- coefficients and average marginal effects ---- */

/* Slope 0.7 of a normal regressor. */
static enum verdict held_by(const struct outcome_fit *fit, size_t j, double truth)
{
    if (fit->fit.status != FIT_CONVERGED && fit->fit.status != FIT_BOUNDARY)
        return NO_ANSWER;
    struct term t = term_of(&fit->fit, j, 0.95);
    return within(truth, t.conf_low, t.conf_high);
}

/* The average of dP/dx over these rows, with the delta method's error. */
static enum verdict effect_held(const struct outcome_fit *fit, const struct sample_of *s, double b0,
                                double b1)
{
    double effect = 0, g0 = 0, g1 = 0, truth = 0, n = (double)s->n;
    const double *v = fit->fit.vcov;
    if (fit->fit.status != FIT_CONVERGED)
        return NO_ANSWER;
    for (size_t i = 0; i < s->n; i++) {
        double p = fit->mean[i], d = p * (1 - p), bend = d * (1 - 2 * p), b = fit->fit.estimate[1];
        double q = 1 / (1 + exp(-b0 - b1 * s->x[i]));
        truth += q * (1 - q) * b1 / n;
        effect += d * b / n;
        g0 += bend * b / n;
        g1 += (bend * b * s->x[i] + d) / n;
    }
    double error = 1.959964 * sqrt(g0 * g0 * v[0] + 2 * g0 * g1 * v[1] + g1 * g1 * v[3]);
    return within(truth, effect - error, effect + error);
}

static void replicate_plain(const struct simulation *sim, gsl_rng *rng, enum verdict *verdict,
                            struct arena *keep)
{
    struct sample_of *s = ARENA_NEW(keep, struct sample_of, 1);
    const struct outcome *o = sim->outcome;
    double b0 = sim->firth ? -1.5 : 0.3, b1 = 0.7, low = NAN, high = NAN;
    s->n = sim->n;
    for (size_t i = 0; i < s->n; i++) {
        s->x[i] = gsl_ran_ugaussian(rng);
        s->y[i] = answer(o, b0 + b1 * s->x[i], rng);
    }
    set_design(s, keep);
    const struct outcome_options options = {
        .firth = sim->firth, .left = 0, .right = INFINITY, .threads = 1};
    struct outcome_fit fit = fit_of(o, s, &options, keep);
    verdict[0] = held_by(&fit, o->ordered ? 3 : 1, b1);
    if (sim->n_kinds > 1 && sim->firth) {
        firth_interval(fit.glm, 1, 0.95, &low, &high);
        verdict[1] = within(b1, low, high);
    } else if (sim->n_kinds > 1) {
        verdict[1] = effect_held(&fit, s, b0, b1);
    }
}

static void test_coefficients(void **state)
{
    static const struct {
        struct simulation s;
        double low[3][2]; /* least coverage at 50, 200, 1000 */
    } cells[] = {
        {{"logit", {"slope", "marginal effect"}, 2, .outcome = &outcome_binomial},
         {{0.94, 0.91}, {0.94, 0.93}, {0.94, 0.94}}},
        {{"Firth's logit",
          {"slope", "slope, profile"},
          2,
          .outcome = &outcome_binomial,
          .firth = true},
         {{0.95, 0.94}, {0.95, 0.94}, {0.94, 0.94}}},
        {{"Poisson", {"slope"}, 1, .outcome = &outcome_poisson}, {{0.94}, {0.94}, {0.94}}},
        {{"negative binomial", {"slope"}, 1, .outcome = &outcome_negative_binomial},
         {{0.91}, {0.93}, {0.94}}},
        {{"ordered logit", {"slope"}, 1, .outcome = &outcome_ordinal}, {{0.93}, {0.94}, {0.94}}},
        {{"tobit", {"slope"}, 1, .outcome = &outcome_tobit}, {{0.92}, {0.94}, {0.94}}},
    };
    static const size_t n[] = {50, 200, 1000};
    static const double high[] = {0.985, 0.985};
    (void)state;
    if (!getenv("SLOW"))
        skip();
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
        for (size_t i = 0; i < 3; i++) {
            struct simulation s = cells[c].s;
            s.n = n[i];
            s.replicates = i < 2 ? 3000 : 1500;
            s.replicate = replicate_plain;
            s.seed = 100 + c * 10 + i;
            run(&s, cells[c].low[i], high);
        }
}

/* ---- clusters ---- */

/* A regressor of the cluster and rows that share an effect: what is hardest for cluster-robust
   errors. */
static void draw_clusters(struct sample_of *s, const struct outcome *o, size_t n_clusters,
                          double slope, gsl_rng *rng, struct arena *keep)
{
    s->n = n_clusters * PER_CLUSTER;
    double x = 0, effect = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (i % PER_CLUSTER == 0) {
            x = gsl_ran_ugaussian(rng);
            effect = 0.5 * gsl_ran_ugaussian(rng);
        }
        s->cluster[i] = (uint32_t)(i / PER_CLUSTER);
        s->x[i] = x;
        s->y[i] = answer(o, 0.3 + slope * x + effect, rng);
    }
    set_design(s, keep);
}

static enum verdict by_p(const struct wild_test *test)
{
    return isnan(test->p_value) ? NO_ANSWER : test->p_value > 0.05 ? HELD : MISSED;
}

/* The slope is 0, so that the marginal logit and ordinal slopes are 0 too. */
static void replicate_clusters(const struct simulation *sim, gsl_rng *rng, enum verdict *verdict,
                               struct arena *keep)
{
    struct sample_of *s = ARENA_NEW(keep, struct sample_of, 1);
    const struct outcome *o = sim->outcome;
    size_t n_clusters = sim->n / PER_CLUSTER, j = o->ordered ? 3 : 1;
    draw_clusters(s, o, n_clusters, 0, rng, keep);
    const struct glm_clusters c = {.n_ways = 1, .code = {s->cluster}, .n_clusters = {n_clusters}};
    const struct outcome_options options = {
        .left = 0, .right = INFINITY, .threads = 1, .clusters = &c};
    struct outcome_fit fit = fit_of(o, s, &options, keep);
    struct wild_options w = {.replicates = 499, .threads = 1, .seed = gsl_rng_get(rng)};
    struct wild_test test;
    double z = fit.fit.estimate[j] / fit_std_error(&fit.fit, j);
    bool known = fit.fit.status == FIT_CONVERGED;
    verdict[0] = !known ? NO_ANSWER : fabs(z) <= 1.959964 ? HELD : MISSED;
    verdict[1] = held_by(&fit, j, 0);
    verdict[2] = NO_ANSWER;
    if (!known)
        return;
    outcome_wild_test(&fit, &c, j, 0, &w, &test, keep);
    verdict[2] = by_p(&test);
}

static void test_clusters(void **state)
{
    static const struct {
        struct simulation s;
        double low[2][3]; /* at 10 and 40 clusters */
    } cells[] = {
        {{"gaussian", .outcome = &outcome_gaussian}, {{0.83, 0.87, 0.94}, {0.91, 0.92, 0.94}}},
        {{"logit", .outcome = &outcome_binomial}, {{0.83, 0.87, 0.94}, {0.91, 0.92, 0.94}}},
        {{"Poisson", .outcome = &outcome_poisson}, {{0.81, 0.85, 0.93}, {0.91, 0.92, 0.94}}},
        {{"ordered logit", .outcome = &outcome_ordinal}, {{0.82, 0.86, 0.93}, {0.90, 0.91, 0.94}}},
        {{"tobit", .outcome = &outcome_tobit}, {{0.82, 0.86, 0.93}, {0.90, 0.91, 0.94}}},
    };
    static const char *const kind[] = {"cluster, normal", "cluster, t(G - 1)", "wild bootstrap"};
    static const double high[] = {0.96, 0.96, 0.96};
    (void)state;
    if (!getenv("SLOW"))
        skip();
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
        for (size_t i = 0; i < 2; i++) {
            struct simulation s = cells[c].s;
            s.n_kinds = 3;
            for (size_t k = 0; k < s.n_kinds; k++)
                s.kind[k] = kind[k];
            s.n = (i ? 40 : 10) * PER_CLUSTER;
            s.replicates = 2000;
            s.replicate = replicate_clusters;
            s.seed = 300 + c * 10 + i;
            run(&s, cells[c].low[i], high);
        }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coefficients),
        cmocka_unit_test(test_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
