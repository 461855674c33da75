/* SPDX-License-Identifier: GPL-3.0-or-later
   What holds of scores of predictions whatever the data: pairs counted one by one, frequencies are
   copies, monotone transforms keep the order, parts add up, and hard data end with a status. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/scoring/auc.h"
#include "models/scoring/brier.h"
#include "models/scoring/calibration.h"
#include "models/scoring/hosmer_lemeshow.h"
#include "models/scoring/lift.h"
#include "models/scoring/pseudo_r_squared.h"
#include "models/scoring/roc.h"
#include "tests/check.h"

/* Random predictions with ties, events of every number, frequencies 0 .. 3. */
static struct predictions draw(size_t n, uint64_t task, struct arena *keep)
{
    double *p = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    double *w = ARENA_NEW(keep, double, n);
    gsl_rng *rng = rng_stream(11, task, keep);
    double steps = (double)(2 + rng_below(rng, 40));
    for (size_t i = 0; i < n; i++) {
        p[i] = (1 + floor(gsl_rng_uniform(rng) * steps)) / (steps + 2);
        y[i] = gsl_rng_uniform(rng) < p[i];
        w[i] = (double)rng_below(rng, 4);
    }
    return (struct predictions){.n = n, .p = p, .y = y, .w = w, .weight_kind = WEIGHT_FREQUENCY};
}

/* Each row w times. */
static struct predictions copies(const struct predictions *s, struct arena *keep)
{
    size_t n = 0;
    double *p = ARENA_NEW(keep, double, 3 * s->n), *y = ARENA_NEW(keep, double, 3 * s->n);
    for (size_t i = 0; i < s->n; i++)
        for (size_t c = 0; c < (size_t)s->w[i]; c++) {
            p[n] = s->p[i];
            y[n++] = s->y[i];
        }
    return (struct predictions){.n = n, .p = p, .y = y, .w = NULL, .weight_kind = WEIGHT_NONE};
}

/* ---- the area under the curve ---- */

static double area_of_pairs(const struct predictions *s)
{
    double ahead = 0, pairs = 0;
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->n; j++)
            if (s->y[i] == 1 && s->y[j] == 0) {
                double w = s->w[i] * s->w[j];
                pairs += w;
                ahead += w * ((s->p[i] > s->p[j]) + 0.5 * (s->p[i] == s->p[j]));
            }
    return ahead / pairs;
}

static void area_counts_pairs(void **state)
{
    for (uint64_t task = 0; task < 60; task++) {
        struct predictions s = draw(4 + task, task, *state);
        struct auc auc = auc_delong(&s, 0.9, *state);
        assert_digits(auc.estimate, area_of_pairs(&s), 14);
    }
}

static void same_area(const struct auc *a, const struct auc *b)
{
    assert_int_equal(a->status, b->status);
    assert_digits(a->estimate, b->estimate, 14);
    assert_digits(a->std_error, b->std_error, 12);
    assert_digits(a->conf_low, b->conf_low, 12);
    assert_digits(a->logit_high, b->logit_high, 12);
}

static void frequencies_are_copies_in_the_area(void **state)
{
    for (uint64_t task = 0; task < 60; task++) {
        struct predictions s = draw(4 + task, task, *state), c = copies(&s, *state);
        struct auc a = auc_delong(&s, 0.95, *state), b = auc_delong(&c, 0.95, *state);
        same_area(&a, &b);
    }
}

static void monotone_transforms_keep_the_area(void **state)
{
    for (uint64_t task = 0; task < 30; task++) {
        struct predictions s = draw(50, task, *state), t = s, back = s;
        double *up = ARENA_NEW(*state, double, s.n), *down = ARENA_NEW(*state, double, s.n);
        for (size_t i = 0; i < s.n; i++) {
            up[i] = 1e9 + 3 * log(s.p[i]);
            down[i] = -s.p[i];
        }
        t.p = up;
        back.p = down;
        struct auc a = auc_delong(&s, 0.95, *state), b = auc_delong(&t, 0.95, *state);
        struct auc c = auc_delong(&back, 0.95, *state);
        same_area(&a, &b);
        assert_digits(c.estimate, 1 - a.estimate, 13);
        assert_digits(c.std_error, a.std_error, 12);
        struct auc_difference d = auc_paired(&s, up, 0.95, *state);
        assert_int_equal(d.status, FIT_CONSTANT);
        assert_true(d.estimate == 0 && isnan(d.p_value));
    }
}

static void equal_sampling_weights_change_nothing(void **state)
{
    for (uint64_t task = 0; task < 20; task++) {
        struct predictions s = draw(60, task, *state);
        double *w = ARENA_NEW(*state, double, s.n);
        for (size_t i = 0; i < s.n; i++)
            w[i] = 0.37;
        s.w = NULL;
        struct auc a = auc_delong(&s, 0.95, *state);
        s.w = w;
        s.weight_kind = WEIGHT_SAMPLING;
        struct auc b = auc_delong(&s, 0.95, *state);
        same_area(&a, &b);
        assert_digits(b.n_events, a.n_events, 15);
    }
}

static struct auc area(size_t n, const double *p, const double *y, const double *w, void **state)
{
    struct predictions s = {.n = n, .p = p, .y = y, .w = w, .weight_kind = WEIGHT_SAMPLING};
    return auc_delong(&s, 0.95, *state);
}

static void hard_data_of_the_area(void **state)
{
    const double p[] = {0.2, 0.4, 0.6, 0.8}, y[] = {0, 0, 1, 1}, no[] = {0, 0, 0, 0};
    const double one[] = {0, 0, 0, 1}, flat[] = {0.3, 0.3, 0.3, 0.3}, bad[] = {0, 2, 1, 0};
    const double w[] = {0.1, 0.7, 1e-9, 1e9}, none[] = {0, 0, 0, 0}, nan[] = {0, NAN, 1, 1};
    struct auc a = area(4, p, y, w, state);
    assert_int_equal(a.status, FIT_PERFECT);
    assert_true(a.estimate == 1 && a.std_error == 0 && isnan(a.conf_low) && isnan(a.logit_low));
    a = area(4, flat, y, w, state);
    assert_int_equal(a.status, FIT_CONSTANT);
    assert_true(a.estimate == 0.5 && isnan(a.conf_high));
    a = area(4, p, no, NULL, state);
    assert_int_equal(a.status, FIT_CONSTANT);
    assert_true(isnan(a.estimate));
    a = area(4, p, one, NULL, state);
    assert_int_equal(a.status, FIT_TOO_FEW);
    assert_true(a.estimate == 1 && isnan(a.std_error));
    assert_int_equal(area(4, p, y, none, state).status, FIT_TOO_FEW);
    assert_int_equal(area(0, p, y, NULL, state).status, FIT_TOO_FEW);
    assert_int_equal(area(4, p, bad, NULL, state).status, FIT_DOMAIN);
    assert_int_equal(area(4, nan, y, NULL, state).status, FIT_DOMAIN);
}

/* ---- the others ---- */

static double sum_of(const struct brier_parts *b)
{
    return b->reliability - b->resolution + b->uncertainty + b->within_variance -
           b->within_covariance;
}

/* Rows of tied predictions have nothing within; all rows in one group have all of it there. */
static void parts_of_brier_add_up(void **state)
{
    for (uint64_t task = 0; task < 60; task++) {
        struct predictions s = draw(10 + 3 * task, task, *state);
        double brier = brier_score(&s, 0.95).estimate;
        struct prediction_groups equal = prediction_equal_groups(&s, *state);
        struct brier_parts b = brier_decomposition(&s, &equal);
        assert_digits(sum_of(&b), brier, 14);
        assert_true(b.within_variance == 0 && b.within_covariance == 0);
        for (size_t g = 1; g <= 12; g++) {
            struct prediction_groups groups = prediction_quantile_groups(&s, g, *state);
            b = brier_decomposition(&s, &groups);
            assert_digits(sum_of(&b), brier, 13);
            assert_true(groups.n >= 1 && groups.n <= g);
        }
    }
}

static void groups_hold_every_row_once(void **state)
{
    for (uint64_t task = 0; task < 40; task++) {
        struct predictions s = draw(5 + 5 * task, task, *state);
        s.weight_kind = task % 2 ? WEIGHT_SAMPLING : WEIGHT_FREQUENCY;
        struct prediction_groups groups = prediction_quantile_groups(&s, 1 + task % 11, *state);
        struct prediction_totals all = prediction_totals(&s);
        double n = 0, events = 0;
        for (size_t j = 0; j < groups.n; j++) {
            const struct prediction_group *g = &groups.group[j];
            n += g->n;
            events += g->events;
            assert_true(g->n > 0 && g->low <= g->predicted && g->predicted <= g->high);
            assert_true(j == 0 || g->low > groups.group[j - 1].high);
        }
        assert_digits(n, all.n, 14);
        assert_digits(events, all.events, 14);
    }
}

struct figures {
    struct mean_loss brier, log;
    struct calibration calibration;
    struct hosmer_lemeshow hosmer;
    struct spiegelhalter z;
    struct lift lift;
    struct roc roc;
};

static struct figures figures_of(const struct predictions *s, struct arena *keep)
{
    struct prediction_groups groups = prediction_quantile_groups(s, 6, keep);
    struct figures f = {.brier = brier_score(s, 0.9),
                        .log = log_score(s, 0.9),
                        .hosmer = hosmer_lemeshow(s, &groups, true),
                        .z = spiegelhalter_test(s),
                        .lift = lift_table(s, 5, keep),
                        .roc = roc_points(s, keep)};
    calibration_fit(s, &f.calibration, keep);
    return f;
}

static void same_figures(const struct figures *a, const struct figures *b)
{
    assert_digits(a->brier.std_error, b->brier.std_error, 12);
    assert_digits(a->log.conf_high, b->log.conf_high, 12);
    assert_int_equal(a->calibration.status, b->calibration.status);
    assert_digits(a->calibration.slope, b->calibration.slope, 9);
    assert_digits(a->calibration.in_large_std_error, b->calibration.in_large_std_error, 9);
    assert_digits(a->hosmer.statistic, b->hosmer.statistic, 11);
    assert_digits(a->z.statistic, b->z.statistic, 11);
    assert_int_equal(a->lift.n, b->lift.n);
    for (size_t j = 0; j < a->lift.n; j++)
        assert_digits(a->lift.part[j].gain, b->lift.part[j].gain, 12);
    assert_int_equal(a->roc.n, b->roc.n);
    assert_digits(a->roc.point[a->roc.best].youden, b->roc.point[b->roc.best].youden, 12);
}

static void frequencies_are_copies(void **state)
{
    for (uint64_t task = 0; task < 40; task++) {
        struct predictions s = draw(30 + 2 * task, task, *state), c = copies(&s, *state);
        struct figures a = figures_of(&s, *state), b = figures_of(&c, *state);
        same_figures(&a, &b);
    }
}

static void order_of_rows_does_not_matter(void **state)
{
    for (uint64_t task = 0; task < 20; task++) {
        struct predictions s = draw(40, task, *state), back = s;
        double *p = ARENA_NEW(*state, double, s.n), *y = ARENA_NEW(*state, double, s.n);
        double *w = ARENA_NEW(*state, double, s.n);
        for (size_t i = 0; i < s.n; i++) {
            p[i] = s.p[s.n - 1 - i];
            y[i] = s.y[s.n - 1 - i];
            w[i] = s.w[s.n - 1 - i];
        }
        back.p = p;
        back.y = y;
        back.w = w;
        struct figures a = figures_of(&s, *state), b = figures_of(&back, *state);
        same_figures(&a, &b);
    }
}

/* Predictions that are recalibrated are calibrated: intercept 0, slope 1, nothing to test. */
static void a_fit_is_calibrated_on_its_rows(void **state)
{
    for (uint64_t task = 0; task < 20; task++) {
        struct predictions s = draw(200, task, *state);
        double *p = ARENA_NEW(*state, double, s.n);
        struct calibration c;
        calibration_fit(&s, &c, *state);
        for (size_t i = 0; i < s.n; i++)
            p[i] = 1 / (1 + exp(-c.intercept - c.slope * log(s.p[i] / (1 - s.p[i]))));
        s.p = p;
        calibration_fit(&s, &c, *state);
        assert_true(fabs(c.intercept) < 1e-9 && fabs(c.slope - 1) < 1e-9);
        assert_true(fabs(c.in_large) < 1e-9 && c.statistic < 1e-9);
        assert_digits(c.observed, c.predicted, 10);
    }
}

/* With as many parts as rows the gains are a curve by trapezia, whose area gives the Gini index. */
static void gains_make_the_gini_index(void **state)
{
    for (uint64_t task = 0; task < 20; task++) {
        struct predictions s = draw(30 + task, task, *state);
        s.w = NULL;
        struct lift lift = lift_table(&s, s.n, *state);
        double area = 0, before = 0;
        for (size_t j = 0; j < lift.n; j++) {
            area += (before + lift.part[j].gain) / 2 / (double)s.n;
            before = lift.part[j].gain;
        }
        assert_digits(lift.part[lift.n - 1].gain, 1, 13);
        assert_digits((area - 0.5) / ((1 - lift.rate) / 2), lift.gini, 11);
    }
}

static void roc_makes_the_area(void **state)
{
    for (uint64_t task = 0; task < 20; task++) {
        struct predictions s = draw(30 + task, task, *state);
        struct roc roc = roc_points(&s, *state);
        double total = 0;
        for (size_t j = 0; j + 1 < roc.n; j++)
            total += (roc.point[j + 1].specificity - roc.point[j].specificity) *
                     (roc.point[j + 1].sensitivity + roc.point[j].sensitivity) / 2;
        assert_digits(total, auc_delong(&s, 0.95, *state).estimate, 13);
        assert_true(roc.point[0].sensitivity == 1 && roc.point[0].specificity == 0);
    }
}

/* ---- coverage ---- */

/* Normal scores whose difference of means gives this area; `per` rows of each customer have a
   common part of half the variance. */
static void draw_scores(double area, size_t n, size_t events, size_t per, gsl_rng *rng, double *p,
                        double *y, uint32_t *cluster)
{
    double shift = sqrt(2) * gsl_cdf_ugaussian_Pinv(area), common = 0;
    for (size_t i = 0; i < n; i++) {
        if (i % per == 0)
            common = gsl_ran_gaussian(rng, 1);
        cluster[i] = (uint32_t)(i / per);
        y[i] = i % per == 0 ? i / per < events / per : y[i - 1];
        double own = gsl_ran_gaussian(rng, 1);
        p[i] = shift * y[i] + (per > 1 ? (own + common) / sqrt(2) : own);
    }
}

struct coverage {
    double plain, logit, independent; /* shares of the intervals that hold the area */
};

static struct coverage coverage(double area, size_t n, size_t events, size_t per,
                                struct arena *keep)
{
    enum { RUNS = 4000 };
    struct coverage c = {0};
    double *p = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    uint32_t *cluster = ARENA_NEW(keep, uint32_t, n);
    struct arena *scratch = arena_new();
    for (uint64_t run = 0; run < RUNS; run++) {
        draw_scores(area, n, events, per, rng_stream(77, run, scratch), p, y, cluster);
        struct predictions s = {.n = n, .p = p, .y = y, .w = NULL, .weight_kind = WEIGHT_NONE};
        struct auc rows = auc_delong(&s, 0.95, scratch);
        s.cluster = cluster;
        s.n_clusters = n / per;
        struct auc a = per > 1 ? auc_delong(&s, 0.95, scratch) : rows;
        c.plain += a.conf_low <= area && area <= a.conf_high;
        c.logit += a.logit_low <= area && area <= a.logit_high;
        c.independent += rows.conf_low <= area && area <= rows.conf_high;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return (struct coverage){c.plain / RUNS, c.logit / RUNS, c.independent / RUNS};
}

/* How often do 95 % intervals hold the area?  docs/methods/scoring.md prints these. */
static void intervals_of_the_area_cover(void **state)
{
    const struct {
        double area;
        size_t n, events, per;
        double plain, logit; /* at least */
    } cases[] = {{0.75, 400, 200, 1, 0.94, 0.94},
                 {0.75, 60, 15, 1, 0.91, 0.93},
                 {0.95, 60, 15, 1, 0.80, 0.93},
                 {0.75, 400, 200, 4, 0.93, 0.93},
                 {0.75, 80, 40, 4, 0.90, 0.93}};
    if (!getenv("SLOW"))
        skip();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct coverage c =
            coverage(cases[k].area, cases[k].n, cases[k].events, cases[k].per, *state);
        print_message("| AUC %.2f, %zu of %zu rows, %zu per customer: plain %.3f, logit %.3f, "
                      "rows as independent %.3f |\n",
                      cases[k].area, cases[k].events, cases[k].n, cases[k].per, c.plain, c.logit,
                      c.independent);
        assert_true(c.plain >= cases[k].plain && c.logit >= cases[k].logit);
        assert_true(cases[k].per == 1 || c.independent < c.plain);
    }
}

/* ---- hard data ---- */

static void one_class(void **state)
{
    const double p[] = {0.2, 0.4, 0.6, 0.6, 0.8, 0.1}, no[] = {0, 0, 0, 0, 0, 0};
    struct predictions s = {.n = 6, .p = p, .y = no, .w = NULL, .weight_kind = WEIGHT_NONE};
    struct figures f = figures_of(&s, *state);
    struct prediction_groups groups = prediction_equal_groups(&s, *state);
    struct brier_parts b = brier_decomposition(&s, &groups);
    assert_int_equal(f.brier.status, FIT_OK);
    assert_digits(f.brier.estimate, (0.04 + 0.16 + 0.36 + 0.36 + 0.64 + 0.01) / 6, 15);
    assert_true(b.status == FIT_CONSTANT && b.uncertainty == 0 && isnan(b.skill));
    assert_digits(b.reliability, f.brier.estimate, 14);
    assert_true(f.calibration.status == FIT_CONSTANT && isnan(f.calibration.slope));
    assert_true(f.hosmer.status == FIT_CONSTANT && isnan(f.hosmer.p_value));
    assert_true(f.lift.status == FIT_CONSTANT && f.lift.n == 5 && f.lift.part[0].rate == 0);
    assert_true(isnan(f.lift.part[0].lift) && isnan(f.lift.gini));
    assert_true(f.roc.status == FIT_CONSTANT && f.roc.n == 0);
}

static void certain_predictions(void **state)
{
    const double p[] = {0, 0, 0.5, 0.5, 1, 1}, y[] = {0, 0, 0, 1, 1, 1},
                 wrong[] = {1, 0, 0, 1, 1, 1};
    struct predictions s = {.n = 6, .p = p, .y = y, .w = NULL, .weight_kind = WEIGHT_NONE};
    struct figures f = figures_of(&s, *state);
    assert_digits(f.brier.estimate, 0.5 / 6, 15);
    assert_digits(f.log.estimate, 2 * log(2) / 6, 15);
    assert_true(f.calibration.status == FIT_DOMAIN && isnan(f.calibration.in_large));
    assert_true(f.z.status == FIT_CONSTANT);
    assert_int_equal(f.hosmer.status, FIT_OK); /* what is certain happens */
    s.y = wrong;
    f = figures_of(&s, *state);
    assert_true(f.log.status == FIT_DOMAIN && isnan(f.log.estimate));
    assert_true(f.hosmer.status == FIT_DOMAIN && isnan(f.hosmer.statistic));
    assert_int_equal(f.brier.status, FIT_OK);
}

static void few_and_flat_rows(void **state)
{
    const double p[] = {0.3, 0.3, 0.3}, y[] = {0, 1, 0}, beyond[] = {0.2, 1.5, 0.4};
    struct predictions s = {.n = 3, .p = p, .y = y, .w = NULL, .weight_kind = WEIGHT_NONE},
                       none = {.n = 0, .p = p, .y = y, .w = NULL, .weight_kind = WEIGHT_NONE};
    struct figures f = figures_of(&s, *state);
    assert_int_equal(f.calibration.status, FIT_CONSTANT);
    assert_int_equal(f.calibration.large_status, FIT_OK);
    assert_digits(f.calibration.in_large, log(0.5) - log(0.3 / 0.7), 10);
    assert_int_equal(f.hosmer.status, FIT_TOO_FEW);
    assert_int_equal(f.lift.status, FIT_TOO_FEW);
    assert_int_equal(f.roc.n, 2);
    s.p = beyond;
    assert_int_equal(brier_score(&s, 0.95).status, FIT_DOMAIN);
    assert_int_equal(spiegelhalter_test(&s).status, FIT_DOMAIN);
    assert_int_equal(roc_points(&s, *state).status, FIT_OK); /* a score need not be a share */
    assert_int_equal(brier_score(&none, 0.95).status, FIT_TOO_FEW);
    assert_int_equal(lift_table(&none, 3, *state).status, FIT_TOO_FEW);
    s.n = 1;
    assert_int_equal(log_score(&s, 0.95).status, FIT_TOO_FEW);
}

static void separated_predictions(void **state)
{
    const double p[] = {0.1, 0.2, 0.3, 0.7, 0.8, 0.9}, y[] = {0, 0, 0, 1, 1, 1};
    struct predictions s = {.n = 6, .p = p, .y = y, .w = NULL, .weight_kind = WEIGHT_NONE};
    struct calibration c;
    calibration_fit(&s, &c, *state);
    assert_true(c.status == FIT_SEPARATION && isnan(c.slope) && isnan(c.p_value));
    assert_int_equal(c.large_status, FIT_OK);
    assert_true(fabs(c.in_large) < 1e-9);
}

/* Densities above 1 make log-likelihoods above 0, of which no share is taken. */
static void pseudo_r_squared_of_densities(void **state)
{
    (void)state;
    struct scored_fit fit = {.log_lik = 20, .null_log_lik = 5, .n_obs = 30, .n_parameters = 3};
    assert_true(isnan(pseudo_r_squared_mcfadden.value(&fit)));
    assert_true(isnan(pseudo_r_squared_mcfadden_adjusted.value(&fit)));
    assert_true(isnan(pseudo_r_squared_nagelkerke.value(&fit)));
    assert_digits(pseudo_r_squared_cox_snell.value(&fit), 1 - exp(-1), 14);
    assert_true(isnan(pseudo_r_squared_efron.value(&fit)));
    assert_true(isnan(pseudo_r_squared_tjur.value(&fit)));
    for (size_t j = 0; j < n_pseudo_r_squareds; j++)
        assert_true(pseudo_r_squareds[j]->title && strlen(pseudo_r_squareds[j]->source) > 10);
}

/* Every figure has a row on its page. */
static void figures_are_documented(void **state)
{
    char *page = ARENA_NEW(*state, char, 65536);
    FILE *f = fopen("docs/methods/scoring.md", "r");
    assert_non_null(f);
    page[fread(page, 1, 65535, f)] = 0;
    fclose(f);
    for (size_t j = 0; j < n_pseudo_r_squareds; j++)
        if (!strstr(page, arena_printf(*state, "\n| `%s` |", pseudo_r_squareds[j]->name)))
            fail_msg("docs/methods/scoring.md has no row for %s", pseudo_r_squareds[j]->name);
}

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(area_counts_pairs),
        cmocka_unit_test(frequencies_are_copies_in_the_area),
        cmocka_unit_test(monotone_transforms_keep_the_area),
        cmocka_unit_test(equal_sampling_weights_change_nothing),
        cmocka_unit_test(hard_data_of_the_area),
        cmocka_unit_test(parts_of_brier_add_up),
        cmocka_unit_test(groups_hold_every_row_once),
        cmocka_unit_test(frequencies_are_copies),
        cmocka_unit_test(order_of_rows_does_not_matter),
        cmocka_unit_test(a_fit_is_calibrated_on_its_rows),
        cmocka_unit_test(gains_make_the_gini_index),
        cmocka_unit_test(roc_makes_the_area),
        cmocka_unit_test(intervals_of_the_area_cover),
        cmocka_unit_test(one_class),
        cmocka_unit_test(certain_predictions),
        cmocka_unit_test(few_and_flat_rows),
        cmocka_unit_test(separated_predictions),
        cmocka_unit_test(pseudo_r_squared_of_densities),
        cmocka_unit_test(figures_are_documented),
    };
    return cmocka_run_group_tests_name("scoring properties", tests, set_up, tear_down);
}
