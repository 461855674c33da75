/* SPDX-License-Identifier: GPL-3.0-or-later
   Every family through one door: means, gradients, influences and covariances. */
#include "tests/outcome_case.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/outcome/likelihood_covariance.h"
#include "models/outcome/parts.h"

/* ---- data ---- */

enum { PEOPLE = 240, COLUMNS = 12 };

static const char *const segments[] = {"A", "B", "C"};
static const char *const answers[] = {"never", "perhaps", "surely", "always"};

struct people {
    struct model_column column[COLUMNS];
    struct model_data data;
    double *weight;
};

static double *add_number(struct people *d, const char *name, struct arena *keep)
{
    double *value = ARENA_NEW(keep, double, PEOPLE);
    d->column[d->data.n_columns++] = (struct model_column){.name = name, .value = value};
    return value;
}

static int32_t *add_factor(struct people *d, const char *name, const char *const *level, size_t n,
                           struct arena *keep)
{
    int32_t *code = ARENA_NEW(keep, int32_t, PEOPLE);
    d->column[d->data.n_columns++] =
        (struct model_column){.name = name, .code = code, .n_levels = n, .level = level};
    return code;
}

/* People with an answer, spend, visits and money that stops at 3. */
static struct people *draw(struct arena *keep)
{
    struct people *d = ARENA_NEW(keep, struct people, 1);
    double *x = add_number(d, "x", keep), *z = add_number(d, "z", keep);
    double *spend = add_number(d, "spend", keep), *visits = add_number(d, "visits", keep);
    double *seen = add_number(d, "seen", keep), *twice = add_number(d, "twice", keep);
    double *many = add_number(d, "many", keep), *none = add_number(d, "none", keep);
    double *some = add_number(d, "some", keep), *score = add_number(d, "score", keep);
    int32_t *segment = add_factor(d, "segment", segments, 3, keep);
    int32_t *answer = add_factor(d, "answer", answers, 4, keep);
    gsl_rng *rng = rng_stream(11, 1, keep);
    d->weight = ARENA_NEW(keep, double, PEOPLE);
    d->data.n = PEOPLE;
    d->data.column = d->column;
    for (size_t i = 0; i < PEOPLE; i++) {
        x[i] = gsl_ran_gaussian(rng, 1);
        z[i] = gsl_ran_flat(rng, -1, 1);
        segment[i] = (int32_t)rng_below(rng, 3);
        double latent = 0.8 * x[i] + 0.4 * segment[i] + gsl_ran_logistic(rng, exp(0.3 * z[i]));
        double amount = exp(2 + 0.5 * x[i] + 0.7 * gsl_ran_gaussian(rng, 1));
        double mean = exp(0.5 + 0.4 * x[i] - 0.3 * z[i]) * gsl_ran_gamma(rng, 2, 0.5);
        answer[i] = (latent > -1) + (latent > 0.6) + (latent > 1.9);
        score[i] = (double[]){2, 4.5, 10, 11}[answer[i]];
        spend[i] = latent > 0 ? amount : 0;
        some[i] = amount;
        visits[i] = gsl_rng_uniform(rng) < 0.3 ? 0 : gsl_ran_poisson(rng, mean);
        seen[i] = fmax(0, fmin(3, 1 + latent));
        twice[i] = 2 * x[i];
        many[i] = (double)(i % 101);
        none[i] = 0;
        d->weight[i] = (double)(1 + rng_below(rng, 3));
    }
    return d;
}

/* ---- fits ---- */

static const struct asked cases[] = {
    {&outcome_ordinal, "answer ~ x + segment", {.link = "logit"}},
    {&outcome_ordinal, "answer ~ x + segment | z", {.link = "probit"}},
    {&outcome_ordinal, "score ~ x + twice + offset(z / 9) | z + offset(x / 9)", {.link = "loglog"}},
    {&outcome_tobit, "seen ~ x * z", {.left = 0, .right = INFINITY}},
    {&outcome_tobit, "seen ~ x + segment + offset(z)", {.left = 0, .right = 3}},
    {&outcome_two_part, "spend ~ x + segment", {.link = "logit"}},
    {&outcome_two_part, "spend ~ x + twice | x + z + offset(z / 9)", {.link = "probit"}},
    {&outcome_two_part, "spend ~ x | z", {.amount = "gamma"}},
    {&outcome_hurdle_poisson, "visits ~ x + z + twice | x", {0}},
    {&outcome_hurdle_negative_binomial, "visits ~ x + z + offset(x / 9)", {0}},
    {&outcome_zero_inflated_poisson, "visits ~ x + z | x + offset(z / 9)", {0}},
    {&outcome_zero_inflated_negative_binomial, "visits ~ x + z | z", {0}},
    {&outcome_gaussian, "z ~ x * segment", {0}},
    {&outcome_gaussian, "some ~ x + twice", {.link = "log"}},
    {&outcome_binomial, "spend > 0 ~ x + twice + offset(z)", {.link = "cloglog"}},
    {&outcome_poisson, "visits ~ x + z + offset(x / 9)", {0}},
    {&outcome_negative_binomial, "visits ~ x + z", {0}},
    {&outcome_gamma, "some ~ x + segment", {.link = "log"}},
    {&outcome_inverse_gaussian, "some ~ x", {.link = "log"}},
    {&outcome_quasibinomial, "spend > 0 ~ x + segment", {.link = "probit"}},
    {&outcome_quasipoisson, "visits ~ x + z", {.link = "log"}},
    {&outcome_fractional, "seen / 3 ~ x + z", {0}},
};
enum { N_CASES = sizeof cases / sizeof *cases };

/* The regressors that the fit was made of. */
static struct outcome_rows rows_of(const struct outcome_fit *fit, size_t n)
{
    const struct design *d = fit->data.design, *second = fit->data.second;
    if (!second && fit->outcome->second == SECOND_REPEATED)
        second = d;
    return (struct outcome_rows){.n = n,
                                 .x = d->x,
                                 .offset = d->offset,
                                 .x2 = second ? second->x : NULL,
                                 .offset2 = second ? second->offset : NULL};
}

/* ---- means ---- */

/* Where the fit keeps parameter j. */
static double *parameter(const struct outcome_fit *fit, struct two_part_fit *two, size_t j)
{
    if (fit->glm)
        return fit->glm->fit.estimate + j;
    if (fit->ordinal)
        return fit->ordinal->at + j;
    if (fit->tobit)
        return fit->tobit->at + j;
    if (fit->count)
        return fit->count->at + j;
    size_t q = two->amount.n_params, p = two->any.n_params;
    return j < q ? two->at_amount + j : j < q + p ? two->at_any + j - q : &two->smearing;
}

/* Derivatives of all means by parameter j, from four points. */
static double *differences(const struct outcome_fit *fit, size_t j, struct arena *keep)
{
    const double step[4] = {-2, -1, 1, 2}, times[4] = {1, -8, 8, -1};
    const struct outcome_rows rows = rows_of(fit, 40);
    size_t m = rows.n * fit->n_means;
    double *sum = ARENA_NEW(keep, double, m), *mean = ARENA_NEW(keep, double, m);
    struct outcome_fit moved = *fit;
    struct two_part_fit two;
    if (fit->two_part) {
        two = *fit->two_part;
        moved.two_part = &two;
    }
    double *at = parameter(fit, &two, j), was = *at, h = 1e-3 * fmax(0.5, fabs(was));
    for (size_t s = 0; s < 4; s++) {
        *at = was + step[s] * h;
        outcome_means(&moved, &rows, mean, NULL, keep);
        for (size_t i = 0; i < m; i++)
            sum[i] += times[s] * mean[i] / (12 * h);
    }
    *at = was;
    return sum;
}

static void gradients_are_differences(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    for (size_t c = 0; c < N_CASES; c++) {
        struct outcome_fit fit = fit_formula(&cases[c], &d->data, NULL, WEIGHT_NONE, keep);
        assert_int_equal(fit.fit.status, FIT_CONVERGED);
        const struct outcome_rows rows = rows_of(&fit, 40);
        size_t m = rows.n * fit.n_means, k = fit.fit.n_params;
        double *mean = ARENA_NEW(keep, double, m), *gradient = ARENA_NEW(keep, double, m *k);
        outcome_means(&fit, &rows, mean, gradient, keep);
        for (size_t j = 0; j < k; j++) {
            const double *want = differences(&fit, j, keep);
            bool missing = isnan(fit.fit.estimate[j]);
            for (size_t i = 0; i < m; i++) {
                double got = gradient[i * k + j], wanted = missing ? 0 : want[i];
                if (fabs(got - wanted) > 1e-8 * (fabs(mean[i]) + fabs(wanted)))
                    fail_msg("%s by %s: %.15g, want %.15g", cases[c].formula, fit.fit.term[j], got,
                             wanted);
            }
        }
    }
}

/* The models' own functions of their rows. */
static void own_means(const struct outcome_fit *fit, double *mean, struct arena *keep)
{
    double average[2];
    if (fit->glm)
        memcpy(mean, fit->glm->mu, PEOPLE * sizeof *mean);
    else if (fit->ordinal)
        ordinal_probabilities(fit->ordinal, mean);
    else if (fit->tobit)
        tobit_means(fit->tobit, NULL, mean);
    else if (fit->count)
        count_means(fit->count, mean, NULL);
    else {
        const struct design *second = parts_second(&fit->data);
        const struct equation any = parts_equation(second),
                              amount = parts_equation(fit->data.design);
        two_part_expected(fit->two_part, second->n, &any, &amount, mean, NULL, average, keep);
    }
}

static void means_are_the_models_own(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    for (size_t c = 0; c < N_CASES; c++) {
        struct outcome_fit fit = fit_formula(&cases[c], &d->data, NULL, WEIGHT_NONE, keep);
        double *want = ARENA_NEW(keep, double, PEOPLE *fit.n_means);
        own_means(&fit, want, keep);
        for (size_t i = 0; i < PEOPLE * fit.n_means; i++)
            assert_digits(fit.mean[i], want[i], 13);
    }
}

/* Thresholds are named after the numbers that were answered. */
static void categories_of_numbers(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    const struct asked texts = {&outcome_ordinal, "answer ~ x | z", {.link = "logit"}};
    const struct asked numbers = {&outcome_ordinal, "score ~ x | z", {.link = "logit"}};
    struct outcome_fit a = fit_formula(&texts, &d->data, NULL, WEIGHT_NONE, keep);
    struct outcome_fit b = fit_formula(&numbers, &d->data, NULL, WEIGHT_NONE, keep);
    const char *const term[] = {"2|4.5", "4.5|10", "10|11", "x", "z"};
    const char *const part[] = {"threshold", "threshold", "threshold", "location", "scale"};
    assert_int_equal(b.fit.n_params, 5);
    assert_int_equal(b.n_means, 4);
    assert_string_equal(a.fit.term[0], "never|perhaps");
    assert_string_equal(a.mean_name[3], "always");
    assert_string_equal(b.mean_name[1], "4.5");
    for (size_t j = 0; j < 5; j++) {
        assert_string_equal(b.fit.term[j], term[j]);
        assert_string_equal(b.component[j], part[j]);
        assert_digits(a.fit.estimate[j], b.fit.estimate[j], 15);
    }
    const struct asked alone = {&outcome_ordinal, "answer ~ 1", {.link = "logit"}};
    assert_digits(fit_formula(&alone, &d->data, NULL, WEIGHT_NONE, keep).fit.log_lik,
                  a.null_log_lik, 12);
}

/* ---- covariances ---- */

static const double *covariance(const struct outcome_fit *fit, const struct asked *a,
                                const char *kind, const struct glm_clusters *clusters,
                                struct arena *keep)
{
    struct outcome_options options = a->options;
    struct outcome_fit again;
    options.covariance = kind;
    options.clusters = clusters;
    outcome_fit(fit->outcome, &fit->data, &options, &again, keep);
    assert_string_equal(again.covariance, kind);
    assert_int_equal(again.covariance_status, FIT_CONVERGED);
    return again.fit.vcov;
}

static void assert_near(const double *got, const double *want, size_t k, double times)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double unit = sqrt(want[i * k + i] * want[j * k + j]);
            assert_true(isnan(got[i * k + j]) == isnan(want[i * k + j]));
            if (!isnan(unit))
                assert_true(fabs(got[i * k + j] - times * want[i * k + j]) <= 1e-11 * times * unit);
        }
}

/* HC0 is the sum of the influences' squares; a cluster of one row each is HC0 n/(n - 1); two equal
   ways are one. */
static void influences_add_up(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    uint32_t *each = ARENA_NEW(keep, uint32_t, PEOPLE);
    const double n = PEOPLE;
    for (uint32_t i = 0; i < PEOPLE; i++)
        each[i] = i;
    const struct glm_clusters one = {1, {each}, {PEOPLE}, false};
    const struct glm_clusters two = {2, {each, each}, {PEOPLE, PEOPLE}, false};
    const struct glm_clusters whole = {2, {each, each}, {PEOPLE, PEOPLE}, true};
    for (size_t c = 0; c < N_CASES; c++) {
        struct outcome_fit fit = fit_formula(&cases[c], &d->data, NULL, WEIGHT_NONE, keep);
        size_t k = fit.fit.n_params;
        double *influence = ARENA_NEW(keep, double, PEOPLE *k),
               *sum = ARENA_NEW(keep, double, k *k);
        double p = n - fit.fit.df_residual;
        outcome_influence(&fit, influence, keep);
        for (size_t i = 0; i < PEOPLE; i++)
            for (size_t j = 0; j < k * k; j++)
                sum[j] += influence[i * k + j / k] * influence[i * k + j % k];
        const double *hc0 = covariance(&fit, &cases[c], "HC0", NULL, keep);
        for (size_t j = 0; j < k; j++)
            assert_true(isnan(hc0[j * k + j]) == isnan(fit.fit.estimate[j]));
        if (fit.model_vcov)
            assert_near(covariance(&fit, &cases[c], "model", NULL, keep), fit.model_vcov, k, 1);
        for (size_t j = 0; j < k * k; j++)
            sum[j] = isnan(hc0[j]) ? NAN : sum[j];
        assert_near(hc0, sum, k, 1);
        assert_near(covariance(&fit, &cases[c], "HC1", NULL, keep), sum, k, n / (n - p));
        assert_near(covariance(&fit, &cases[c], "cluster_HC0", &one, keep), sum, k, n / (n - 1));
        assert_near(covariance(&fit, &cases[c], "cluster_HC0", &two, keep), sum, k, n / (n - 1));
        assert_near(covariance(&fit, &cases[c], "cluster", &one, keep), sum, k, n / (n - p));
        assert_near(covariance(&fit, &cases[c], "cluster", &whole, keep), sum, k,
                    2 * n / (n - p) - 1);
    }
}

/* Two parts: the joint covariance that they have themselves, in another order. */
static void robust_is_the_two_parts_own(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    for (size_t c = 0; c < N_CASES; c++) {
        if (cases[c].outcome != &outcome_two_part)
            continue;
        struct outcome_fit fit = fit_formula(&cases[c], &d->data, NULL, WEIGHT_NONE, keep);
        const struct two_part_fit *two = fit.two_part;
        size_t k = fit.fit.n_params, p = two->any.n_params, q = two->amount.n_params;
        const double *hc0 = covariance(&fit, &cases[c], "HC0", NULL, keep);
        for (size_t i = 0; i < k; i++) {
            size_t own = i < q ? p + i : i < p + q ? i - q : i;
            if (!isnan(fit.fit.estimate[i]))
                assert_digits(hc0[i * k + i], two->joint[own * two->n_joint + own], 11);
        }
    }
}

/* Frequencies are copies: the same fit, HC0 and clusters. */
static void frequencies_are_copies(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    uint32_t row[3 * PEOPLE], once[PEOPLE], copied[3 * PEOPLE], n = 0;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        once[i] = i / 7;
        for (size_t c = 0; c < (size_t)d->weight[i]; c++) {
            row[n] = i;
            copied[n++] = i / 7;
        }
    }
    const struct glm_clusters a = {1, {once}, {PEOPLE}, false}, b = {1, {copied}, {PEOPLE}, false};
    for (size_t c = 0; c < N_CASES; c++) {
        const struct model_formula *f;
        struct formula_error error;
        struct design *twice = ARENA_NEW(keep, struct design, 1), *second = NULL;
        struct design_problem problem;
        assert_true(model_formula_parse(cases[c].formula, &d->data, &f, &error, keep));
        assert_true(model_design(f, &d->data, row, n, twice, &problem, keep));
        if (model_formula_second(f)) {
            second = ARENA_NEW(keep, struct design, 1);
            assert_true(
                model_design(model_formula_second(f), &d->data, row, n, second, &problem, keep));
        }
        struct outcome_fit weighted =
            fit_formula(&cases[c], &d->data, d->weight, WEIGHT_FREQUENCY, keep);
        const struct outcome_data data = {twice, second, NULL, WEIGHT_NONE};
        struct outcome_fit copies;
        outcome_fit(cases[c].outcome, &data, &cases[c].options, &copies, keep);
        assert_digits(weighted.fit.log_lik, copies.fit.log_lik, 12);
        assert_digits(weighted.null_log_lik, copies.null_log_lik, 11);
        assert_digits(weighted.n_parameters, copies.n_parameters, 14);
        size_t k = weighted.fit.n_params;
        for (size_t j = 0; j < k; j++)
            assert_digits(weighted.fit.estimate[j], copies.fit.estimate[j], 9);
        const char *const kinds[] = {"model", "HC0", "cluster"};
        for (size_t v = 0; v < 3; v++) {
            const double *x = covariance(&weighted, &cases[c], kinds[v], v == 2 ? &a : NULL, keep);
            const double *y = covariance(&copies, &cases[c], kinds[v], v == 2 ? &b : NULL, keep);
            for (size_t j = 0; j < k; j++)
                assert_digits(x[j * k + j], y[j * k + j], 8);
        }
    }
}

/* Without regressors expected spend is the share of buyers times their mean: its errors are those
   of a share and of a mean, whatever the logs between. */
static void spend_of_all(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    const double *y = d->column[2].value;
    double buyers = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        buyers += y[i] > 0;
        sum += y[i];
    }
    double mean = sum / buyers, share = buyers / PEOPLE;
    for (size_t i = 0; i < PEOPLE; i++)
        squares += y[i] > 0 ? (y[i] - mean) * (y[i] - mean) : 0;
    const struct asked alone = {&outcome_two_part, "spend ~ 1", {0}};
    struct outcome_fit fit = fit_formula(&alone, &d->data, NULL, WEIGHT_NONE, keep);
    double amount = squares / (buyers - 1) / buyers, any = share * (1 - share) / PEOPLE;
    double want = share * share * amount + mean * mean * any, got = 0, g[3], value;
    const struct outcome_rows rows = rows_of(&fit, 1);
    outcome_means(&fit, &rows, &value, g, keep);
    for (size_t j = 0; j < 9; j++)
        got += g[j / 3] * fit.fit.vcov[j] * g[j % 3];
    assert_string_equal(fit.fit.term[2], "Smearing");
    assert_digits(value, sum / PEOPLE, 13);
    assert_digits(got, want, 12);
    /* robust: sums of squares over n, and no covariance of the two */
    const double *hc0 = covariance(&fit, &alone, "HC0", NULL, keep);
    got = 0;
    for (size_t j = 0; j < 9; j++)
        got += g[j / 3] * hc0[j] * g[j % 3];
    double whole = 0;
    for (size_t i = 0; i < PEOPLE; i++)
        whole += pow(y[i] - sum / PEOPLE, 2);
    assert_digits(got, whole / PEOPLE / PEOPLE, 12);
    assert_digits(fit.null_log_lik, fit.fit.log_lik, 13);
}

/* ---- hard data ---- */

static void no_fit(const struct people *d, const struct asked *a, enum fit_status want,
                   struct arena *keep)
{
    struct outcome_fit fit = fit_formula(a, &d->data, NULL, WEIGHT_NONE, keep);
    size_t k = fit.fit.n_params;
    assert_int_equal(fit.fit.status, want);
    assert_true(k > 0 && fit.fit.term);
    for (size_t j = 0; j < k; j++)
        assert_true(isnan(fit.fit.estimate[j]) && isnan(fit_std_error(&fit.fit, j)));
    double *influence = ARENA_NEW(keep, double, PEOPLE *k), *vcov = ARENA_NEW(keep, double, k *k);
    outcome_influence(&fit, influence, keep);
    for (size_t i = 0; i < PEOPLE * k; i++)
        assert_true(influence[i] == 0);
    assert_int_equal(outcome_likelihood_covariance(&fit, "HC0", NULL, vcov, keep),
                     FIT_UNIDENTIFIED);
    for (size_t i = 0; i < PEOPLE * fit.n_means; i++)
        assert_true(isnan(fit.mean[i]));
}

static void hard_data_have_a_status(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    static const struct asked constant[] = {
        {&outcome_ordinal, "none ~ x | z", {.link = "logit"}},
        {&outcome_tobit, "none ~ x", {.left = 0, .right = INFINITY}},
        {&outcome_two_part, "none ~ x", {0}},
        {&outcome_hurdle_poisson, "none ~ x", {0}},
        {&outcome_hurdle_negative_binomial, "none ~ x", {0}},
        {&outcome_zero_inflated_poisson, "none ~ x", {0}},
        {&outcome_zero_inflated_negative_binomial, "none ~ x", {0}},
    };
    for (size_t c = 0; c < sizeof constant / sizeof *constant; c++)
        no_fit(d, &constant[c], FIT_CONSTANT, keep);
    no_fit(d, &(struct asked){&outcome_ordinal, "many ~ x", {.link = "logit"}}, FIT_UNIDENTIFIED,
           keep);
}

/* All buy: the part of who buys has no estimates, and expected spend is the amount. */
static void all_buy(void **state)
{
    struct arena *keep = *state;
    struct people *d = draw(keep);
    const struct asked a = {&outcome_two_part, "some ~ x", {0}};
    struct outcome_fit fit = fit_formula(&a, &d->data, NULL, WEIGHT_NONE, keep);
    assert_int_equal(fit.fit.status, FIT_CONSTANT);
    assert_true(isfinite(fit.fit.estimate[0]) && isnan(fit.fit.estimate[2]));
    assert_true(fit_std_error(&fit.fit, 1) > 0);
    assert_true(fit.mean[0] > 0);
    assert_digits(fit.n_parameters, 3, 15);
    const double *hc0 = covariance(&fit, &a, "HC0", NULL, keep);
    assert_true(hc0[0] > 0 && isnan(hc0[2 * 5 + 2]) && hc0[4 * 5 + 4] > 0);
}

static void domains(void **state)
{
    (void)state;
    static const struct {
        const struct outcome *outcome;
        double y;
        bool inside;
    } rows[] = {
        {&outcome_ordinal, -2.5, true},
        {&outcome_ordinal, INFINITY, false},
        {&outcome_tobit, -1, true},
        {&outcome_tobit, INFINITY, false},
        {&outcome_two_part, 0, true},
        {&outcome_two_part, -1, false},
        {&outcome_hurdle_poisson, 3, true},
        {&outcome_hurdle_poisson, 1.5, false},
        {&outcome_zero_inflated_poisson, 0, true},
        {&outcome_zero_inflated_poisson, -1, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(rows[i].outcome->in_domain(rows[i].y, NULL), rows[i].inside);
}

static int begin(void **state)
{
    *state = arena_new();
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gradients_are_differences, begin, end),
        cmocka_unit_test_setup_teardown(means_are_the_models_own, begin, end),
        cmocka_unit_test_setup_teardown(categories_of_numbers, begin, end),
        cmocka_unit_test_setup_teardown(influences_add_up, begin, end),
        cmocka_unit_test_setup_teardown(robust_is_the_two_parts_own, begin, end),
        cmocka_unit_test_setup_teardown(frequencies_are_copies, begin, end),
        cmocka_unit_test_setup_teardown(spend_of_all, begin, end),
        cmocka_unit_test_setup_teardown(hard_data_have_a_status, begin, end),
        cmocka_unit_test_setup_teardown(all_buy, begin, end),
        cmocka_unit_test_setup_teardown(domains, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
