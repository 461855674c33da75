/* SPDX-License-Identifier: GPL-3.0-or-later
   How often the comparisons are wrong where the truth is known: level of Williams's t, coverage of
   Zou's interval, family-wise error of maxT.  SLOW=1 repeats it until the figures of
   docs/methods/comparisons.md are known to a third of a percentage point, and prints them. */
#include "models/compare/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/base/workers.h"
#include "models/multiple/max_t.h"
#include "tests/check.h"

static bool slow(void)
{
    return getenv("SLOW") != NULL;
}

/* What is drawn: normal; x on a scale of 1..7; y skewed like spend besides. */
enum { NORMAL, SCALE, SPEND };

/* j with k at jk, j with h at jh, k with h at kh, before they are made coarse or skewed. */
struct plan {
    const char *what;
    size_t n, replicates;
    int kind;
    struct overlapping r;
};

struct outcome {
    bool rejected, covered;
};

struct simulation {
    const struct plan *plan;
    double truth; /* the difference of the population correlations */
    struct outcome *outcome;
};

static double on_scale(double x)
{
    return fmin(7, fmax(1, round(4.5 + 1.5 * x)));
}

static void draw(const struct plan *p, size_t n, gsl_rng *rng, double *j, double *k, double *h)
{
    double b = (p->r.kh - p->r.jk * p->r.jh) / sqrt(1 - p->r.jk * p->r.jk);
    for (size_t i = 0; i < n; i++) {
        double u = gsl_ran_gaussian_ziggurat(rng, 1), v = gsl_ran_gaussian_ziggurat(rng, 1);
        double w = gsl_ran_gaussian_ziggurat(rng, 1);
        j[i] = p->kind == SPEND ? exp(u) : u;
        k[i] = p->r.jk * u + sqrt(1 - p->r.jk * p->r.jk) * v;
        h[i] = p->r.jh * u + b * v + sqrt(1 - p->r.jh * p->r.jh - b * b) * w;
        if (p->kind != NORMAL) {
            k[i] = on_scale(k[i]);
            h[i] = on_scale(h[i]);
        }
    }
}

static double correlation(const double *x, const double *y, size_t n)
{
    double mx = mean(x, NULL, n), my = mean(y, NULL, n);
    return cross_product(x, mx, y, my, NULL, n) /
           sqrt(cross_product(x, mx, x, mx, NULL, n) * cross_product(y, my, y, my, NULL, n));
}

static struct overlapping observed(const struct plan *p, size_t n, uint64_t task,
                                   struct arena *scratch)
{
    double *j = ARENA_NEW(scratch, double, n), *k = ARENA_NEW(scratch, double, n);
    double *h = ARENA_NEW(scratch, double, n);
    draw(p, n, rng_stream(77, task, scratch), j, k, h);
    return (struct overlapping){correlation(j, k, n), correlation(j, h, n), correlation(k, h, n),
                                (double)n};
}

static void replicate(size_t index, void *context)
{
    const struct simulation *s = context;
    struct arena *scratch = arena_new();
    const struct overlapping r = observed(s->plan, s->plan->n, index, scratch);
    struct comparison t = compare_overlapping(&overlapping_williams, &r, 0.95);
    struct comparison zou = compare_overlapping(&overlapping_zou, &r, 0.95);
    s->outcome[index] =
        (struct outcome){t.p_value < 0.05, zou.conf_low <= s->truth && s->truth <= zou.conf_high};
    arena_free(scratch);
}

static void shares(const struct plan *p, double *rejected, double *covered)
{
    struct arena *keep = arena_new();
    struct simulation s = {p, p->r.jk - p->r.jh, ARENA_NEW(keep, struct outcome, p->replicates)};
    if (p->kind != NORMAL && p->r.jk != p->r.jh) { /* the truth of coarse data: from many */
        const struct overlapping many = observed(p, 4000000, UINT64_MAX, keep);
        s.truth = many.jk - many.jh;
    }
    workers_run(p->replicates, 0, replicate, &s);
    *rejected = *covered = 0;
    for (size_t i = 0; i < p->replicates; i++) {
        *rejected += s.outcome[i].rejected / (double)p->replicates;
        *covered += s.outcome[i].covered / (double)p->replicates;
    }
    arena_free(keep);
}

/* Four standard errors around 5 and 95 per cent, and the margin that the page states. */
static void check_plan(const struct plan *p, double margin)
{
    double rejected, covered, error = 4 * sqrt(0.05 * 0.95 / (double)p->replicates);
    shares(p, &rejected, &covered);
    if (slow())
        print_message("%-22s n %4zu: level %.3f, coverage %.3f\n", p->what, p->n, rejected,
                      covered);
    if (p->r.jk == p->r.jh)
        assert_true(fabs(rejected - 0.05) < error + margin);
    assert_true(fabs(covered - 0.95) < error + margin);
}

static void level_and_coverage(void **state)
{
    static const struct overlapping truths[] = {
        {0, 0, .5, 0}, {.3, .3, .5, 0}, {.6, .6, .3, 0}, {.5, .3, .4, 0}};
    static const size_t sizes[] = {50, 200, 1000};
    static const char *const names[] = {"normal", "scales of 1..7", "and skewed spend"};
    (void)state;
    for (int kind = NORMAL; kind <= SPEND; kind++)
        for (size_t t = 0; t < 4; t++)
            for (size_t i = 0; i < (slow() ? 3 : 1); i++) {
                char what[64];
                snprintf(what, sizeof what, "%s %g %g", names[kind], truths[t].jk, truths[t].jh);
                struct plan p = {what, sizes[i], slow() ? 20000 : 2000, kind, truths[t]};
                check_plan(&p, kind == SPEND ? 0.045 : 0.01);
            }
}

/* ---- maxT ---- */

enum { METRICS = 11 };

/* Metrics that correlate .5 with each other; the first `related` of them go with y, and are
   apart from the others, so that these do not. */
static bool any_false(size_t n, size_t related, bool step_down, uint64_t task,
                      struct arena *scratch)
{
    gsl_rng *rng = rng_stream(11, task, scratch);
    double *x[METRICS], *y = ARENA_NEW(scratch, double, n);
    for (size_t j = 0; j < METRICS; j++)
        x[j] = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++) {
        double g = gsl_ran_gaussian_ziggurat(rng, 1), f = gsl_ran_gaussian_ziggurat(rng, 1);
        y[i] = (related ? 0.7 * f : 0) + gsl_ran_gaussian_ziggurat(rng, 1);
        for (size_t j = 0; j < METRICS; j++)
            x[j][i] = (j < related ? f : g) + gsl_ran_gaussian_ziggurat(rng, 1);
    }
    const struct max_t_data data = {n, METRICS, (const double *const *)x, y, NULL};
    const struct max_t_options how = {slow() ? 999 : 199, task, 1};
    struct max_t_metric metric[METRICS];
    struct max_t_result result;
    max_t(&data, &how, &result, metric, scratch);
    for (size_t j = related; j < METRICS; j++)
        if ((step_down ? metric[j].p_step_down : metric[j].p_single_step) <= 0.05)
            return true;
    return false;
}

struct family {
    size_t n, related;
    bool step_down;
    bool *wrong;
};

static void family_replicate(size_t index, void *context)
{
    const struct family *f = context;
    struct arena *scratch = arena_new();
    f->wrong[index] = any_false(f->n, f->related, f->step_down, index, scratch);
    arena_free(scratch);
}

static void family_wise_error(void **state)
{
    static const size_t sizes[] = {50, 200, 1000};
    size_t replicates = slow() ? 4000 : 500;
    struct arena *keep = arena_new();
    (void)state;
    for (size_t i = 0; i < (slow() ? 3 : 1); i++)
        for (size_t related = 0; related <= 3; related += 3) {
            struct family f = {sizes[i], related, related > 0, ARENA_NEW(keep, bool, replicates)};
            double wrong = 0;
            workers_run(replicates, 0, family_replicate, &f);
            for (size_t r = 0; r < replicates; r++)
                wrong += f.wrong[r] / (double)replicates;
            if (slow())
                print_message("maxT, %zu of 11 go with y, n %4zu: family-wise error %.3f\n",
                              related, f.n, wrong);
            assert_true(fabs(wrong - 0.05) < 4 * sqrt(0.05 * 0.95 / (double)replicates));
        }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_and_coverage),
        cmocka_unit_test(family_wise_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
