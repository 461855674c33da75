/* SPDX-License-Identifier: GPL-3.0-or-later
   models/scale against R (scripts/reference/scale.R) and psych's alpha. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/scale/difference.h"
#include "models/scale/distribution.h"
#include "models/scale/net_promoter.h"
#include "models/scale/proportion.h"
#include "models/scale/reliability.h"
#include "tests/check.h"

struct fixture {
    struct arena *keep;
    struct reference *answers, *want;
};

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct fixture *f = ARENA_NEW(keep, struct fixture, 1);
    f->keep = keep;
    f->answers = reference_read("tests/reference/scale_answers.csv", ',', keep);
    f->want = reference_read("tests/reference/scale.csv", ',', keep);
    *state = f;
    return f->answers && f->want ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->keep);
    return 0;
}

static double want(const struct fixture *f, const char *name, const char *quantity)
{
    for (size_t i = 0; i < f->want->n_rows; i++)
        if (strcmp(reference_text(f->want, i, "case"), name) == 0 &&
            strcmp(reference_text(f->want, i, "quantity"), quantity) == 0)
            return reference_real(f->want, i, "value");
    fail_msg("no reference value for %s, %s", name, quantity);
    return NAN;
}

static struct sample column(const struct fixture *f, const char *x, const char *w,
                            enum weight_kind kind)
{
    return (struct sample){.n = f->answers->n_rows,
                           .x = reference_column(f->answers, x, f->keep),
                           .w = w ? reference_column(f->answers, w, f->keep) : NULL,
                           .weight_kind = kind};
}

static void check_distribution(const struct fixture *f, const char *name, const struct sample *s)
{
    struct distribution d = distribution(s, 0.95, f->keep);
    assert_int_equal(d.status, FIT_OK);
    assert_digits(d.n, want(f, name, "n"), 15);
    assert_digits(d.mean, want(f, name, "mean"), 14);
    assert_digits(d.sd, want(f, name, "sd"), 14);
    assert_digits(d.std_error, want(f, name, "std_error"), 14);
    assert_digits(d.df, want(f, name, "df"), 15);
    assert_digits(d.conf_low, want(f, name, "conf_low"), 12);
    assert_digits(d.conf_high, want(f, name, "conf_high"), 12);
    assert_digits(d.min, want(f, name, "min"), 15);
    assert_digits(d.lower_quartile, want(f, name, "lower_quartile"), 14);
    assert_digits(d.median, want(f, name, "median"), 14);
    assert_digits(d.upper_quartile, want(f, name, "upper_quartile"), 14);
    assert_digits(d.max, want(f, name, "max"), 15);
    assert_digits(d.skewness, want(f, name, "skewness"), 12);
}

static void distributions_are_those_of_r(void **state)
{
    struct fixture *f = *state;
    struct sample x = column(f, "x", NULL, WEIGHT_NONE);
    struct sample spend = column(f, "spend", NULL, WEIGHT_NONE);
    struct sample x_f = column(f, "x", "frequency", WEIGHT_FREQUENCY);
    struct sample spend_f = column(f, "spend", "frequency", WEIGHT_FREQUENCY);
    check_distribution(f, "x", &x);
    check_distribution(f, "spend", &spend);
    check_distribution(f, "x_frequency", &x_f);
    check_distribution(f, "spend_frequency", &spend_f);
}

static void sampling_weights_follow_their_definitions(void **state)
{
    struct fixture *f = *state;
    struct sample s = column(f, "spend", "weight", WEIGHT_SAMPLING);
    struct distribution d = distribution(&s, 0.95, f->keep);
    assert_digits(d.n, 60, 15);
    assert_digits(d.n_eff, want(f, "spend_weight", "n_eff"), 14);
    assert_digits(d.mean, want(f, "spend_weight", "mean"), 14);
    assert_digits(d.sd, want(f, "spend_weight", "sd"), 14);
    assert_digits(d.std_error, want(f, "spend_weight", "std_error"), 14);
    assert_digits(d.conf_low, want(f, "spend_weight", "conf_low"), 12);
    assert_digits(d.conf_high, want(f, "spend_weight", "conf_high"), 12);
    assert_digits(d.lower_quartile, want(f, "spend_weight", "lower_quartile"), 14);
    assert_digits(d.median, want(f, "spend_weight", "median"), 14);
    assert_digits(d.upper_quartile, want(f, "spend_weight", "upper_quartile"), 14);
}

static void wilson_is_prop_test(void **state)
{
    struct fixture *f = *state;
    size_t n_cases = 0;
    for (size_t i = 0; i < f->want->n_rows; i++) {
        const char *name = reference_text(f->want, i, "case");
        char *text = arena_strdup(f->keep, name);
        if (strcmp(strsep(&text, ":"), "wilson") != 0)
            continue;
        double x = strtod(strsep(&text, ":"), NULL), n = strtod(strsep(&text, ":"), NULL);
        struct proportion p = proportion_wilson(x / n, n, strtod(text, NULL));
        assert_int_equal(p.status, FIT_OK);
        assert_digits(p.conf_low, want(f, name, "conf_low"), 12);
        assert_digits(p.conf_high, want(f, name, "conf_high"), 12);
        n_cases++;
    }
    assert_int_equal(n_cases, 30);
}

static void check_box(const struct fixture *f, const char *name, const struct proportion *p)
{
    assert_digits(p->estimate, want(f, "boxes", name), 14);
    assert_digits(p->conf_low, want(f, "boxes", arena_printf(f->keep, "%s_low", name)), 12);
    assert_digits(p->conf_high, want(f, "boxes", arena_printf(f->keep, "%s_high", name)), 12);
}

static void boxes_are_those_of_r(void **state)
{
    struct fixture *f = *state;
    struct sample s = column(f, "x", NULL, WEIGHT_NONE);
    struct scale_points p = scale_points(&s, 1, 7, 0.95, f->keep);
    assert_int_equal(p.status, FIT_OK);
    check_box(f, "top_box", &p.top_box);
    check_box(f, "top_2", &p.top_2);
    check_box(f, "bottom_box", &p.bottom_box);
    check_box(f, "bottom_2", &p.bottom_2);
}

static void net_promoter_is_the_mean_of_scores(void **state)
{
    struct fixture *f = *state;
    struct sample s = column(f, "recommend", NULL, WEIGHT_NONE);
    struct net_promoter r = net_promoter(&s, &(struct net_promoter_cuts){9, 6}, 0.95);
    assert_int_equal(r.status, FIT_OK);
    assert_digits(r.estimate, want(f, "nps", "estimate"), 13);
    assert_digits(r.std_error, want(f, "nps", "std_error"), 13);
    assert_digits(r.conf_low, want(f, "nps", "conf_low"), 12);
    assert_digits(r.conf_high, want(f, "nps", "conf_high"), 12);
    assert_digits(r.adj_low, want(f, "nps", "adj_low"), 12);
    assert_digits(r.adj_high, want(f, "nps", "adj_high"), 12);
}

static void check_reliability(const struct fixture *f, const char *name, const double *frequency)
{
    static const char *const item[] = {"item1", "item2", "item3", "item4"};
    size_t n = f->answers->n_rows, k = 4;
    double *matrix = ARENA_NEW(f->keep, double, n *k);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++)
            matrix[i * k + j] = reference_real(f->answers, i, item[j]);
    struct reliability r = reliability_alpha(matrix, frequency, n, k, 0.95, f->keep);
    assert_int_equal(r.status, FIT_OK);
    assert_digits(r.alpha, want(f, name, "alpha"), 13);
    assert_digits(r.std_alpha, want(f, name, "std_alpha"), 13);
    assert_digits(r.mean_correlation, want(f, name, "mean_correlation"), 13);
    assert_digits(r.conf_low, want(f, name, "conf_low"), 11);
    assert_digits(r.conf_high, want(f, name, "conf_high"), 11);
    for (size_t j = 0; j < k; j++) {
        size_t one = j + 1;
        assert_digits(r.item_rest[j], want(f, name, arena_printf(f->keep, "item_rest%zu", one)),
                      12);
        assert_digits(r.alpha_if_dropped[j],
                      want(f, name, arena_printf(f->keep, "alpha_if_dropped%zu", one)), 12);
        assert_digits(r.item_mean[j], want(f, name, arena_printf(f->keep, "item_mean%zu", one)),
                      14);
        assert_digits(r.item_sd[j], want(f, name, arena_printf(f->keep, "item_sd%zu", one)), 14);
    }
}

static void alpha_is_that_of_psych(void **state)
{
    struct fixture *f = *state;
    check_reliability(f, "alpha", NULL);
    check_reliability(f, "alpha_frequency", reference_column(f->answers, "frequency", f->keep));
}

static void welch_is_t_test(void **state)
{
    struct fixture *f = *state;
    struct sample first = column(f, "spend", NULL, WEIGHT_NONE), second = first;
    first.n = 25;
    second.n -= 25;
    second.x += 25;
    struct distribution a = distribution(&first, 0.95, f->keep);
    struct distribution b = distribution(&second, 0.95, f->keep);
    struct difference d = difference_of_means(&a, &b, 0.95);
    assert_int_equal(d.status, FIT_OK);
    assert_digits(d.estimate, want(f, "welch", "estimate"), 12);
    assert_digits(d.std_error, want(f, "welch", "std_error"), 13);
    assert_digits(d.statistic, want(f, "welch", "statistic"), 12);
    assert_digits(d.df, want(f, "welch", "df"), 13);
    assert_digits(d.p_value, want(f, "welch", "p_value"), 12);
    assert_digits(d.conf_low, want(f, "welch", "conf_low"), 11);
    assert_digits(d.conf_high, want(f, "welch", "conf_high"), 11);
}

static void shares_are_prop_test(void **state)
{
    struct fixture *f = *state;
    struct proportion a = proportion_wilson(56.0 / 70, 70, 0.95);
    struct proportion b = proportion_wilson(48.0 / 80, 80, 0.95);
    struct difference d = difference_of_proportions(&a, &b);
    assert_int_equal(d.status, FIT_OK);
    assert_digits(d.statistic, want(f, "shares", "statistic"), 13);
    assert_digits(d.p_value, want(f, "shares", "p_value"), 12);
    assert_digits(d.conf_low, want(f, "shares", "conf_low"), 12);
    assert_digits(d.conf_high, want(f, "shares", "conf_high"), 12);
    /* as printed by Newcombe 1998, table II, method 10 */
    assert_true(fabs(d.conf_low - 0.0524) < 5e-5);
    assert_true(fabs(d.conf_high - 0.3339) < 5e-5);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions_are_those_of_r),
        cmocka_unit_test(sampling_weights_follow_their_definitions),
        cmocka_unit_test(wilson_is_prop_test),
        cmocka_unit_test(boxes_are_those_of_r),
        cmocka_unit_test(net_promoter_is_the_mean_of_scores),
        cmocka_unit_test(alpha_is_that_of_psych),
        cmocka_unit_test(welch_is_t_test),
        cmocka_unit_test(shares_are_prop_test),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
