/* SPDX-License-Identifier: GPL-3.0-or-later
   Marginal effects are differences of mean predictions, their gradients differences by the
   parameters, whatever the family; a linear model's are its coefficients; nothing depends on
   threads, frequencies are doubled rows; data that allow no effect give a status. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/design/basis.h"
#include "models/margins/slopes.h"
#include "tests/margins_case.h"

static const struct outcome_options plain = {.left = -INFINITY, .right = INFINITY};
static const struct outcome_options from_zero = {.right = INFINITY};
static const struct outcome_options log_link = {
    .left = -INFINITY, .right = INFINITY, .link = "log"};
static const struct outcome_options fourfold = {
    .left = -INFINITY, .right = INFINITY, .amount = "gamma"};

static const struct model {
    const char *family, *formula;
    const struct outcome_options *options;
} models[] = {
    {"gaussian", "line ~ x * z + seg + ns(exposure, 2)", &plain},
    {"binomial", "hit ~ scale(x) * seg + log(z) + g + offset(exposure / 10)", &plain},
    {"poisson", "count ~ poly(x, 3, raw = TRUE):g + z + offset(log(exposure))", &plain},
    {"negative_binomial", "visits ~ x * g + I(z > 1) * x", &plain},
    {"gamma", "spend ~ z + g + I(z * exposure)", &plain},
    {"inverse_gaussian", "spend ~ x + g", &log_link},
    {"quasipoisson", "count ~ x * z", &plain},
    {"fractional", "fraction ~ x + C(wave):z", &plain},
    {"ordinal", "answer ~ x * g + poly(z, 2)", &plain},
    {"ordinal", "answer ~ x + g | z + seg", &plain},
    {"tobit", "paid ~ x * z + seg", &from_zero},
    {"two_part", "bought ~ x * g", &plain},
    {"two_part", "bought ~ x + z | seg * x", &fourfold},
    {"hurdle_poisson", "visits ~ x + g + offset(log(exposure)) | z * x", &plain},
    {"hurdle_negative_binomial", "visits ~ x + g", &plain},
    {"zero_inflated_poisson", "visits ~ x * z | g", &plain},
    {"zero_inflated_negative_binomial", "visits ~ x + seg | z + x", &plain},
};

enum { MODELS = sizeof models / sizeof *models };

struct table {
    struct arena *keep;
    struct model_data data;
};

static int open_table(void **state)
{
    struct arena *keep = arena_new();
    struct table *t = ARENA_NEW(keep, struct table, 1);
    const struct reference *table = reference_read("tests/reference/margins_data.csv", ',', keep);
    if (!table)
        return 1;
    *t = (struct table){keep, data_of(table, keep)};
    *state = t;
    return 0;
}

static int close_table(void **state)
{
    arena_free(((struct table *)*state)->keep);
    return 0;
}

/* ---- against the means ---- */

/* The mean of the means, with data of the same rows. */
static void average_means(const struct fitted_case *c, const struct model_data *changed,
                          double average[], struct arena *keep)
{
    size_t n = changed->n, k = c->fit.n_means;
    const struct model_formula *behind = model_formula_second(c->formula);
    struct outcome_rows rows = {.n = n};
    double *x = ARENA_NEW(keep, double, n * c->design.p), *offset = ARENA_NEW(keep, double, n);
    double *x2 = x, *offset2 = offset, *mean = ARENA_NEW(keep, double, n *k);
    model_design_like(c->formula, &c->design, changed, x, offset, keep);
    if (behind) {
        x2 = ARENA_NEW(keep, double, n * c->second.p);
        offset2 = ARENA_NEW(keep, double, n);
        model_design_like(behind, &c->second, changed, x2, offset2, keep);
    }
    rows = (struct outcome_rows){n, x, offset, x2, offset2};
    outcome_means(&c->fit, &rows, mean, NULL, keep);
    for (size_t h = 0; h < k; h++) {
        average[h] = 0;
        for (size_t i = 0; i < n; i++)
            average[h] += mean[i * k + h] / (double)n;
    }
}

/* The data with a variable moved by `by`, or, without, at its level. */
static struct model_data changed(const struct fitted_case *c, const struct margin_variable *v,
                                 double by, size_t level, struct arena *keep)
{
    struct model_column *column =
        arena_copy(keep, c->data.column, c->data.n_columns, sizeof *column);
    double *value = ARENA_NEW(keep, double, c->data.n);
    int32_t *code = ARENA_NEW(keep, int32_t, c->data.n);
    struct model_column *moved = &column[v->column];
    for (size_t i = 0; i < c->data.n; i++) {
        value[i] = v->n_levels == 0 ? moved->value[i] + by : v->value ? v->value[level] : 0;
        code[i] = v->code ? v->code[level] : 0;
    }
    if (moved->value)
        moved->value = value;
    else
        moved->code = code;
    return (struct model_data){c->data.n, c->data.n_columns, column};
}

static void effect_by_means(const struct fitted_case *c, const struct margin_query *q,
                            double effect[], struct arena *keep)
{
    static const double at[] = {-2, -1, 1, 2}, share[] = {1. / 12, -8. / 12, 8. / 12, -1. / 12};
    double average[8], step = 1e-3 * fmin(1, q->of->sd);
    memset(effect, 0, c->fit.n_means * sizeof *effect);
    for (size_t s = 0; s < (q->of->n_levels ? 2 : 4); s++) {
        struct model_data other = changed(c, q->of, at[s] * step, s == 0 ? q->level : 0, keep);
        average_means(c, &other, average, keep);
        for (size_t h = 0; h < c->fit.n_means; h++)
            effect[h] += average[h] * (q->of->n_levels ? s == 0 ? 1 : -1 : share[s] / step);
    }
}

static void effects_are_differences(void **state)
{
    const struct table *t = *state;
    for (size_t i = 0; i < MODELS; i++) {
        const struct model *m = &models[i];
        struct fitted_case *c =
            fit_case(&t->data, m->family, m->formula, NULL, m->options, t->keep);
        size_t n;
        struct margin_query *query = margins_effects(&c->margins, &n, t->keep);
        struct margin *answer = ARENA_NEW(t->keep, struct margin, n);
        double want[8];
        assert_true(n > 0);
        margins_average(&c->margins, query, n, answer, t->keep);
        for (size_t q = 0; q < n; q++) {
            if (answer[q].status != FIT_OK)
                fail_msg("%s: %s", m->formula, fit_status_word(answer[q].status));
            if (query[q].of->column == SIZE_MAX)
                continue;
            effect_by_means(c, &query[q], want, t->keep);
            for (size_t h = 0; h < answer[q].n; h++)
                if (!agrees(answer[q].estimate[h], want[h], 1e-9, 1e-8))
                    fail_msg("%s: %s: got %.12g, want %.12g", m->formula, query[q].of->name,
                             answer[q].estimate[h], want[h]);
        }
    }
}

/* ---- gradients ---- */

/* Adds to parameter j wherever a fit keeps it. */
static void shift(struct outcome_fit *fit, size_t j, double by)
{
    double *kept = fit->fit.estimate + j;
    if (fit->ordinal)
        kept = fit->ordinal->at + j;
    else if (fit->tobit)
        kept = fit->tobit->at + j;
    else if (fit->count)
        kept = fit->count->at + j;
    else if (fit->two_part) {
        struct two_part_fit *two = (struct two_part_fit *)(uintptr_t)fit->two_part;
        size_t q = two->amount.n_params, p = two->any.n_params;
        kept = j < q ? two->at_amount + j : j < q + p ? two->at_any + (j - q) : &two->smearing;
    }
    *kept += by;
    if (kept != fit->fit.estimate + j)
        fit->fit.estimate[j] += by;
}

static void gradients_are_differences(void **state)
{
    const struct table *t = *state;
    for (size_t i = 0; i < MODELS; i++) {
        const struct model *m = &models[i];
        struct fitted_case *c =
            fit_case(&t->data, m->family, m->formula, NULL, m->options, t->keep);
        size_t n, p = c->fit.fit.n_params;
        struct margin_query *query = margins_effects(&c->margins, &n, t->keep);
        struct margin *here = ARENA_NEW(t->keep, struct margin, n);
        struct margin *there = ARENA_NEW(t->keep, struct margin, n);
        struct margin *back = ARENA_NEW(t->keep, struct margin, n);
        margins_average(&c->margins, query, n, here, t->keep);
        for (size_t j = 0; j < p; j++) {
            double step = 1e-5 * fmax(fit_std_error(&c->fit.fit, j), 1e-3);
            shift(&c->fit, j, step);
            margins_average(&c->margins, query, n, there, t->keep);
            shift(&c->fit, j, -2 * step);
            margins_average(&c->margins, query, n, back, t->keep);
            shift(&c->fit, j, step);
            for (size_t q = 0; q < n; q++)
                for (size_t h = 0; h < here[q].n; h++) {
                    double want = (there[q].estimate[h] - back[q].estimate[h]) / (2 * step);
                    if (!agrees(here[q].gradient[h * p + j], want, 2e-5, 1e-5))
                        fail_msg("%s: %s by %s: got %.12g, want %.12g", m->formula,
                                 query[q].of->name, c->fit.fit.term[j], here[q].gradient[h * p + j],
                                 want);
                }
        }
    }
}

/* ---- what is known ---- */

/* Of a linear model without products the effects are the coefficients, errors and all. */
static void linear_effects_are_coefficients(void **state)
{
    const struct table *t = *state;
    struct fitted_case *c =
        fit_case(&t->data, "gaussian", "line ~ x + z + g + seg", "weight", &plain, t->keep);
    size_t n;
    struct margin_query *query = margins_effects(&c->margins, &n, t->keep);
    struct margin answer[5];
    assert_int_equal(n, 5);
    margins_average(&c->margins, query, n, answer, t->keep);
    for (size_t q = 0; q < n; q++) {
        assert_digits(answer[q].estimate[0], c->fit.fit.estimate[q + 1], 12);
        assert_digits(answer[q].std_error[0], fit_std_error(&c->fit.fit, q + 1), 12);
    }
}

/* Probabilities of all answers sum to one: their effects to nothing. */
static void effects_on_categories_sum_to_zero(void **state)
{
    const struct table *t = *state;
    struct fitted_case *c =
        fit_case(&t->data, "ordinal", "answer ~ x * g + z", NULL, &plain, t->keep);
    size_t n;
    struct margin_query *query = margins_effects(&c->margins, &n, t->keep);
    struct margin answer[3];
    assert_int_equal(n, 3);
    margins_average(&c->margins, query, n, answer, t->keep);
    for (size_t q = 0; q < n; q++) {
        double total = 0;
        for (size_t h = 0; h < answer[q].n; h++)
            total += answer[q].estimate[h];
        assert_true(fabs(total) < 1e-12);
    }
}

/* Doubles the rows whose weight is 2: frequencies of 2 are two rows. */
static void frequencies_are_rows(void **state)
{
    const struct table *t = *state;
    size_t n = t->data.n, n_double = 0, k;
    uint32_t *row = ARENA_NEW(t->keep, uint32_t, 2 * n);
    double *w = ARENA_NEW(t->keep, double, n);
    for (size_t i = 0; i < n; i++) {
        w[i] = i % 3 == 0 ? 2 : i % 7 == 0 ? 0 : 1;
        for (double f = w[i]; f > 0; f--)
            row[n_double++] = (uint32_t)i;
    }
    struct fitted_case *c =
        fit_case(&t->data, "poisson", "count ~ x * seg + z", NULL, &plain, t->keep);
    struct outcome_data weighted = {.design = &c->design, .w = w, .weight_kind = WEIGHT_FREQUENCY};
    struct outcome_data doubled = {0};
    struct design design;
    struct design_problem problem;
    struct outcome_fit fit[2];
    struct margins m[2];
    struct margin answer[2][4];
    assert_true(model_design(c->formula, &t->data, row, n_double, &design, &problem, t->keep));
    doubled.design = &design;
    outcome_fit(&outcome_poisson, &weighted, &plain, &fit[0], t->keep);
    outcome_fit(&outcome_poisson, &doubled, &plain, &fit[1], t->keep);
    for (size_t i = 0; i < 2; i++) {
        margins_prepare(&fit[i], c->formula, &t->data, 0, &m[i], t->keep);
        struct margin_query *query = margins_effects(&m[i], &k, t->keep);
        assert_int_equal(k, 4);
        margins_average(&m[i], query, k, answer[i], t->keep);
        assert_digits(m[i].variable[0].sd, m[0].variable[0].sd, 12);
    }
    for (size_t q = 0; q < k; q++) {
        assert_digits(answer[0][q].estimate[0], answer[1][q].estimate[0], 10);
        assert_digits(answer[0][q].std_error[0], answer[1][q].std_error[0], 10);
    }
}

static void threads_change_nothing(void **state)
{
    const struct table *t = *state;
    struct fitted_case *c =
        fit_case(&t->data, "ordinal", "answer ~ x * seg | z", NULL, &plain, t->keep);
    struct margin answer[2][8];
    size_t n;
    for (size_t i = 0; i < 2; i++) {
        c->margins.threads = i + 1;
        struct margin_query *query = margins_effects(&c->margins, &n, t->keep);
        assert_true(n <= 8);
        margins_average(&c->margins, query, n, answer[i], t->keep);
    }
    for (size_t q = 0; q < n; q++)
        for (size_t h = 0; h < answer[0][q].n; h++) {
            assert_true(answer[0][q].estimate[h] == answer[1][q].estimate[h]);
            assert_true(answer[0][q].std_error[h] == answer[1][q].std_error[h]);
        }
}

/* Bases know their own derivatives. */
static void slopes_of_bases(void **state)
{
    const struct table *t = *state;
    const double *x = numbers_of(&t->data, "x");
    const double at[] = {-3.5, -1.1, 0, 0.333, 1.7, 4}, step = 1e-5;
    for (size_t b = 0; b < n_bases; b++) {
        double argument[BASIS_MAX_ARGUMENTS] = {3, 0}, low[8], high[8], got[8];
        const double *state_of = bases[b]->make(x, t->data.n, argument, t->keep);
        assert_non_null(state_of);
        for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
            bases[b]->values(state_of, argument, at[i] - step, low);
            bases[b]->values(state_of, argument, at[i] + step, high);
            bases[b]->slopes(state_of, argument, at[i], got);
            for (size_t k = 0; k < bases[b]->width(argument); k++)
                assert_true(agrees(got[k], (high[k] - low[k]) / (2 * step), 1e-8, 1e-8));
        }
    }
}

/* ---- hard data ---- */

static struct margin one_effect(const struct model_data *data, const char *family,
                                const char *formula, const char *variable, struct arena *keep)
{
    struct fitted_case *c = fit_case(data, family, formula, NULL, &plain, keep);
    const struct margin_variable *v = margins_variable(&c->margins, variable);
    assert_non_null(v);
    struct margin_query q = {.of = v, .level = v->n_levels ? 1 : 0};
    struct margin a;
    margins_average(&c->margins, &q, 1, &a, keep);
    assert_true(a.status == FIT_OK || isnan(a.std_error[0]));
    return a;
}

static void hard_data(void **state)
{
    const struct table *t = *state;
    enum { N = 8 };
    static const double y[N] = {0, 0, 0, 0, 1, 1, 1, 1}, x[N] = {1, 2, 3, 4, 5, 6, 7, 8},
                        twice[N] = {2, 4, 6, 8, 10, 12, 14, 16}, z[N] = {3, 1, 4, 1, 5, 9, 2, 6},
                        zero[N] = {0}, large[N] = {1e9, 2e9, 3e9, 1e9, 2e9, 3e9, 5e9, 4e9};
    const struct model_column column[] = {
        {.name = "y", .value = y},     {.name = "x", .value = x},    {.name = "z", .value = z},
        {.name = "t", .value = twice}, {.name = "o", .value = zero}, {.name = "b", .value = large}};
    const struct model_data data = {N, sizeof column / sizeof *column, column};
    assert_int_equal(one_effect(&data, "binomial", "y ~ x", "x", t->keep).status, FIT_SEPARATION);
    assert_int_equal(one_effect(&data, "poisson", "o ~ x", "x", t->keep).status, FIT_CONSTANT);
    /* collinear: the second has no effect of its own, as R's NA counts for nothing */
    struct margin a = one_effect(&data, "gaussian", "z ~ x + t", "t", t->keep);
    assert_true(a.estimate[0] == 0 && a.std_error[0] == 0);
    a = one_effect(&data, "binomial", "y ~ z", "z", t->keep);
    struct margin b = one_effect(&data, "binomial", "y ~ I(z / 1e9)", "z", t->keep);
    assert_digits(a.estimate[0], b.estimate[0], 9);
    a = one_effect(&data, "poisson", "y ~ b", "b", t->keep);
    b = one_effect(&data, "poisson", "y ~ I(b / 1e9)", "b", t->keep);
    assert_int_equal(a.status, FIT_OK);
    assert_digits(a.std_error[0], b.std_error[0], 9);
    a = one_effect(&data, "gaussian", "t ~ x", "x", t->keep); /* a perfect fit */
    assert_digits(a.estimate[0], 2, 12);
}

/* log(z) has no mean at z = 0: the answer has a status, and the others are untouched. */
static void settings_beyond_the_domain(void **state)
{
    const struct table *t = *state;
    struct fitted_case *c =
        fit_case(&t->data, "binomial", "hit ~ x + log(z)", NULL, &plain, t->keep);
    const struct margin_variable *z = margins_variable(&c->margins, "z");
    struct margin_query q[2] = {{.n_settings = 1, .setting = {{.variable = z, .value = -1}}}, {0}};
    struct margin a[2];
    margins_average(&c->margins, q, 2, a, t->keep);
    assert_int_equal(a[0].status, FIT_DOMAIN);
    assert_true(isnan(a[0].estimate[0]));
    assert_int_equal(a[1].status, FIT_OK);
}

/* ---- coverage ---- */

enum { SIMULATED = 300, TRIES = 2000 };

static double logistic(double eta)
{
    return 1 / (1 + exp(-eta));
}

/* Intervals of average marginal effects on the same rows hold the true effect in 95 of 100 trials:
   2000 trials tell that to about one. */
static void coverage(void **state)
{
    (void)state;
    const double b[] = {-0.5, 0.8, -0.6, 0.5};
    static double y[SIMULATED], x[SIMULATED], z[SIMULATED];
    const struct model_column column[] = {
        {.name = "y", .value = y}, {.name = "x", .value = x}, {.name = "z", .value = z}};
    const struct model_data data = {SIMULATED, 3, column};
    double truth[2] = {0, 0};
    size_t held[2] = {0, 0};
    gsl_rng *rng = rng_stream(7, 1, ((struct table *)*state)->keep);
    if (!getenv("SLOW"))
        skip();
    for (size_t i = 0; i < SIMULATED; i++) {
        x[i] = gsl_ran_ugaussian(rng);
        z[i] = gsl_ran_ugaussian(rng);
        double p = logistic(b[0] + b[1] * x[i] + b[2] * z[i] + b[3] * x[i] * z[i]);
        truth[0] += p * (1 - p) * (b[1] + b[3] * z[i]) / SIMULATED;
        truth[1] += p * (1 - p) * (b[2] + b[3] * x[i]) / SIMULATED;
    }
    for (size_t k = 0; k < TRIES; k++) {
        struct arena *scratch = arena_new();
        for (size_t i = 0; i < SIMULATED; i++)
            y[i] = gsl_rng_uniform(rng) <
                   logistic(b[0] + b[1] * x[i] + b[2] * z[i] + b[3] * x[i] * z[i]);
        for (size_t v = 0; v < 2; v++) {
            struct margin a = one_effect(&data, "binomial", "y ~ x * z", v ? "z" : "x", scratch);
            held[v] += fabs(a.estimate[0] - truth[v]) < 1.959964 * a.std_error[0];
        }
        arena_free(scratch);
    }
    for (size_t v = 0; v < 2; v++)
        assert_true(fabs((double)held[v] / TRIES - 0.95) < 0.015);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_are_differences),
        cmocka_unit_test(gradients_are_differences),
        cmocka_unit_test(linear_effects_are_coefficients),
        cmocka_unit_test(effects_on_categories_sum_to_zero),
        cmocka_unit_test(frequencies_are_rows),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(slopes_of_bases),
        cmocka_unit_test(hard_data),
        cmocka_unit_test(settings_beyond_the_domain),
        cmocka_unit_test(coverage),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, open_table, close_table);
}
