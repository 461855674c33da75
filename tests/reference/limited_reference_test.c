/* SPDX-License-Identifier: GPL-3.0-or-later
   Models of models/ordinal, models/limited and models/count against likelihoods written in R and
   maximised by Newton's method (scripts/reference/{ordinal,limited,count}.R). */
#include "tests/limited_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/count/vuong.h"
#include "models/limited/score_covariance.h"
#include "models/limited/tobit.h"
#include "models/limited/two_part.h"
#include "models/ordinal/ordinal.h"

static const struct design_column intercept_a_b[] = {
    {"(Intercept)", "1", NULL}, {"a", "a", NULL}, {"b", "b", NULL}, {NULL, NULL, NULL}};
static const struct design_column intercept_b[] = {
    {"(Intercept)", "1", NULL}, {"b", "b", NULL}, {NULL, NULL, NULL}};

struct state {
    struct arena *keep;
};

static const struct reference *table(const struct state *s, const char *name)
{
    const struct reference *r =
        reference_read(arena_printf(s->keep, "tests/reference/%s.csv", name), ',', s->keep);
    assert_non_null(r);
    return r;
}

static double value_of(const struct reference *r, const char *name, const char *quantity)
{
    for (size_t i = 0; i < r->n_rows; i++)
        if (strcmp(reference_text(r, i, "case"), name) == 0 &&
            strcmp(reference_text(r, i, "quantity"), quantity) == 0)
            return reference_real(r, i, "value");
    fail_msg("no %s of %s", quantity, name);
    return NAN;
}

static void compare(const struct state *s, const struct reference *r, const char *name,
                    const struct fit *fit)
{
    assert_int_equal(fit->status, FIT_CONVERGED);
    for (size_t j = 0; j < fit->n_params; j++) {
        double b = value_of(r, name, arena_printf(s->keep, "b%zu", j + 1));
        double se = value_of(r, name, arena_printf(s->keep, "se%zu", j + 1));
        assert_true(fabs(fit->estimate[j] - b) < 1e-10 * (1 + fabs(b)));
        assert_digits(fit_std_error(fit, j), se, 9);
    }
    assert_digits(fit->log_lik, value_of(r, name, "log_lik"), 12);
}

/* ---- ordered ---- */

static struct ordinal_fit ordered(const struct state *s, const char *threshold, size_t first,
                                  size_t p, bool scaled, bool weighted)
{
    const struct reference *data = table(s, "ordinal_data");
    struct design_column x[3] = {{NULL, NULL, NULL}}, z[2] = {{"b", "b", NULL}};
    for (size_t j = 0; j < p; j++)
        x[j] = intercept_a_b[first + j];
    struct ordinal_fit fit;
    struct ordinal_options o = {.threshold = threshold_find(threshold),
                                .location = equation_of(data, x, s->keep),
                                .n_levels = 4};
    struct limited_rows rows = {.n = data->n_rows, .y = reference_column(data, "y", s->keep)};
    if (scaled)
        o.scale = equation_of(data, z, s->keep);
    if (weighted) {
        rows.w = reference_column(data, "w", s->keep);
        rows.weight_kind = WEIGHT_FREQUENCY;
        o.location.offset = reference_column(data, "offset", s->keep);
    }
    ordinal_fit(&rows, &o, &fit, s->keep);
    return fit;
}

static void ordinal_as_in_r(void **state)
{
    const struct state *s = *state;
    const struct reference *r = table(s, "ordinal");
    for (size_t t = 0; t < n_thresholds; t++) {
        struct ordinal_fit fit = ordered(s, thresholds[t]->name, 1, 2, false, false);
        compare(s, r, thresholds[t]->name, &fit.fit);
    }
    struct ordinal_fit weighted = ordered(s, "logit", 1, 2, false, true);
    struct ordinal_fit scaled = ordered(s, "logit", 1, 2, true, false);
    struct ordinal_fit hazards = ordered(s, "cloglog", 1, 1, true, false);
    compare(s, r, "logit_weighted_offset", &weighted.fit);
    compare(s, r, "logit_scale", &scaled.fit);
    compare(s, r, "cloglog_scale", &hazards.fit);
}

/* Two levels are a binary regression: glm()'s, with the sign of the threshold turned. */
static void two_levels_are_probit(void **state)
{
    const struct state *s = *state;
    const struct reference *r = table(s, "ordinal"), *data = table(s, "ordinal_data");
    struct ordinal_fit fit;
    double *y = reference_column(data, "y", s->keep);
    for (size_t i = 0; i < data->n_rows; i++)
        y[i] = y[i] > 1;
    const struct limited_rows rows = {.n = data->n_rows, .y = y};
    const struct ordinal_options o = {.threshold = &threshold_probit,
                                      .location = equation_of(data, intercept_a_b + 1, s->keep),
                                      .n_levels = 2};
    ordinal_fit(&rows, &o, &fit, s->keep);
    for (size_t j = 0; j < 3; j++) {
        double b = value_of(r, "binary_probit", arena_printf(s->keep, "b%zu", j + 1));
        assert_digits(fit.fit.estimate[j], b, 10);
    }
    assert_digits(fit.fit.log_lik, value_of(r, "binary_probit", "log_lik"), 12);
}

/* ---- censored, two parts ---- */

static void tobit_as_in_r(void **state)
{
    const struct state *s = *state;
    const struct reference *r = table(s, "limited"), *data = table(s, "limited_data");
    static const struct {
        const char *name;
        double left, right;
        bool weighted;
    } cases[] = {{"left", 0, INFINITY, false},
                 {"right", -INFINITY, 4, false},
                 {"both", 0, 4, false},
                 {"weighted_offset", 0, 4, true},
                 {"uncensored", -INFINITY, INFINITY, false}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct tobit_fit fit;
        struct limited_rows rows = {.n = data->n_rows, .y = reference_column(data, "y", s->keep)};
        struct tobit_options o = {equation_of(data, intercept_a_b, s->keep), cases[c].left,
                                  cases[c].right};
        if (cases[c].weighted) {
            rows.w = reference_column(data, "w", s->keep);
            rows.weight_kind = WEIGHT_FREQUENCY;
            o.mean.offset = reference_column(data, "offset", s->keep);
        }
        tobit_fit(&rows, &o, &fit, s->keep);
        compare(s, r, cases[c].name, &fit.fit);
        assert_true(score_size(&fit.model, fit.at, &fit.fit, s->keep) < 1e-10);
    }
}

static void two_part_case(const struct state *s, const char *name, const struct threshold *link,
                          const struct amount *amount)
{
    const struct reference *r = table(s, "limited"), *data = table(s, "limited_data");
    const struct limited_rows rows = {.n = data->n_rows,
                                      .y = reference_column(data, "spend", s->keep)};
    const struct equation e = equation_of(data, intercept_a_b, s->keep);
    const struct two_part_options o = {link, amount, e, e};
    struct two_part_fit fit;
    double *spend = ARENA_NEW(s->keep, double, rows.n), *error = ARENA_NEW(s->keep, double, rows.n);
    double average[2];
    two_part_fit(&rows, &o, &fit, s->keep);
    two_part_expected(&fit, rows.n, &e, &e, spend, error, average, s->keep);
    const struct fit *part[] = {&fit.any, &fit.amount};
    for (size_t p = 0; p < 2; p++)
        for (size_t j = 0; j < 3; j++) {
            const char *word = p == 0 ? "any" : "amount";
            /* R's vcov of a probit or Gamma glm stands for the expected information */
            assert_digits(part[p]->estimate[j],
                          value_of(r, name, arena_printf(s->keep, "%s_b%zu", word, j + 1)), 10);
            assert_digits(fit_std_error(part[p], j),
                          value_of(r, name, arena_printf(s->keep, "%s_se%zu", word, j + 1)), 9);
        }
    assert_true(isinf(fit_df(&fit.any)) && fit_df(&fit.amount) == fit.amount.df_residual);
    assert_digits(fit.smearing, value_of(r, name, "smearing"), 11);
    assert_digits(fit.log_lik, value_of(r, name, "log_lik"), 11);
    assert_digits(spend[0], value_of(r, name, "expected1"), 10);
    assert_digits(error[0], value_of(r, name, "error1"), 9);
    assert_digits(average[0], value_of(r, name, "average"), 10);
    assert_digits(average[1], value_of(r, name, "average_error"), 9);
}

static void two_part_as_in_r(void **state)
{
    two_part_case(*state, "two_part_lognormal", &threshold_logit, &amount_lognormal);
    two_part_case(*state, "two_part_gamma", &threshold_probit, &amount_gamma);
}

/* ---- counts ---- */

static struct count_fit counted(const struct state *s, const struct count_kind *kind,
                                const struct count_distribution *distribution, bool weighted)
{
    const struct reference *data = table(s, "count_data");
    struct limited_rows rows = {.n = data->n_rows, .y = reference_column(data, "y", s->keep)};
    struct count_options o = {kind, distribution, equation_of(data, intercept_a_b, s->keep),
                              equation_of(data, intercept_b, s->keep)};
    struct count_fit fit;
    if (weighted) {
        rows.w = reference_column(data, "w", s->keep);
        rows.weight_kind = WEIGHT_FREQUENCY;
        o.count.offset = reference_column(data, "offset", s->keep);
    }
    count_fit(&rows, &o, &fit, s->keep);
    return fit;
}

static void counts_as_in_r(void **state)
{
    const struct state *s = *state;
    const struct reference *r = table(s, "count");
    for (size_t k = 0; k < n_count_kinds; k++)
        for (size_t d = 0; d < n_count_distributions; d++)
            for (int weighted = 0; weighted < 2; weighted++) {
                struct count_fit fit = counted(s, count_kinds[k], count_distributions[d], weighted);
                compare(s, r,
                        arena_printf(s->keep, "%s/%s/%s", count_kinds[k]->name,
                                     count_distributions[d]->name,
                                     weighted ? "weighted_offset" : "rows"),
                        &fit.fit);
                assert_true(score_size(&fit.model, fit.at, &fit.fit, s->keep) < 1e-9);
            }
}

static void what_count_fits_say(void **state)
{
    const struct state *s = *state;
    const struct reference *r = table(s, "count");
    struct count_fit plain = counted(s, &count_kind_plain, &count_distribution_poisson, false);
    struct count_fit zip =
        counted(s, &count_kind_zero_inflated, &count_distribution_poisson, false);
    struct count_fit hurdle =
        counted(s, &count_kind_hurdle, &count_distribution_negative_binomial, false);
    struct vuong v = count_vuong(&zip, &plain, s->keep);
    assert_digits(v.raw, value_of(r, "vuong", "raw"), 10);
    assert_digits(v.aic, value_of(r, "vuong", "aic"), 10);
    assert_digits(v.bic, value_of(r, "vuong", "bic"), 10);
    double *mean = ARENA_NEW(s->keep, double, hurdle.model.n), observed[61], expected[61], sum = 0;
    count_means(&hurdle, mean, NULL);
    count_rootogram(&hurdle, 60, observed, expected);
    assert_digits(mean[0], value_of(r, "hurdle_means", "mean1"), 10);
    assert_digits(expected[3], value_of(r, "hurdle_means", "expected3"), 10);
    assert_digits(expected[0], observed[0], 11); /* the zero part has an intercept */
    for (size_t k = 0; k <= 60; k++)
        sum += observed[k];
    assert_true(sum <= (double)hurdle.model.n);
}

/* ---- robust covariances ---- */

/* Standard errors of the rows' scores, or clustered by row % 12 and row / 20.  R has parameter
   order[j] where we have j. */
static void robust(const struct state *s, const char *name, const struct fit *fit,
                   const double *score, size_t n, size_t n_ways, const size_t *order, double digits)
{
    const struct reference *r = table(s, "limited_robust");
    size_t k = fit->n_params;
    uint32_t *a = ARENA_NEW(s->keep, uint32_t, n), *b = ARENA_NEW(s->keep, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        a[i] = (uint32_t)((i + 1) % 12);
        b[i] = (uint32_t)((i + 1) / 20);
    }
    double *v = ARENA_NEW(s->keep, double, k *k);
    const struct score_rows rows = {.n = n, .score = score};
    const struct score_clusters clusters = {n_ways, {a, b}, {12, n / 20 + 1}, 0};
    enum fit_status status = score_covariance(fit, &rows, &clusters, v, s->keep);
    assert_int_equal(status, n_ways == 2 ? FIT_IMPROPER : FIT_CONVERGED);
    for (size_t j = 0; j < k; j++) {
        size_t at = order ? order[j] : j;
        double want = value_of(r, name, arena_printf(s->keep, "se%zu", at + 1));
        assert_true(isnan(want) ? v[j * k + j] < 0
                                : fabs(sqrt(v[j * k + j]) / want - 1) < pow(10, -digits));
    }
}

static void robust_as_in_r(void **state)
{
    const struct state *s = *state;
    const struct reference *data = table(s, "limited_data");
    static const size_t order[] = {2, 3, 4, 0, 1}; /* polr has its thresholds last */
    const struct limited_rows rows = {.n = data->n_rows, .y = reference_column(data, "y", s->keep)};
    const struct tobit_options o = {equation_of(data, intercept_a_b, s->keep), 0, 4};
    struct tobit_fit tobit;
    tobit_fit(&rows, &o, &tobit, s->keep);
    double *score = ARENA_NEW(s->keep, double, 5 * 250);
    tobit_scores(&tobit, score);
    robust(s, "tobit/rows", &tobit.fit, score, rows.n, 0, NULL, 9);
    robust(s, "tobit/cluster", &tobit.fit, score, rows.n, 1, NULL, 9);
    robust(s, "tobit/two", &tobit.fit, score, rows.n, 2, NULL, 9);
    struct ordinal_fit ordinal = ordered(s, "logit", 1, 2, false, false);
    ordinal_scores(&ordinal, score);
    robust(s, "ordinal/rows", &ordinal.fit, score, ordinal.model.n, 0, order, 6);
    robust(s, "ordinal/cluster", &ordinal.fit, score, ordinal.model.n, 1, order, 6);
    struct count_fit count =
        counted(s, &count_kind_zero_inflated, &count_distribution_poisson, false);
    count_scores(&count, score);
    robust(s, "count/rows", &count.fit, score, count.model.n, 0, NULL, 6);
    robust(s, "count/cluster", &count.fit, score, count.model.n, 1, NULL, 6);
}

static int open_state(void **state)
{
    struct arena *keep = arena_new();
    struct state *s = ARENA_NEW(keep, struct state, 1);
    s->keep = keep;
    *state = s;
    return 0;
}

static int close_state(void **state)
{
    arena_free(((struct state *)*state)->keep);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinal_as_in_r), cmocka_unit_test(two_levels_are_probit),
        cmocka_unit_test(tobit_as_in_r),   cmocka_unit_test(two_part_as_in_r),
        cmocka_unit_test(counts_as_in_r),  cmocka_unit_test(what_count_fits_say),
        cmocka_unit_test(robust_as_in_r),
    };
    return cmocka_run_group_tests(tests, open_state, close_state);
}
