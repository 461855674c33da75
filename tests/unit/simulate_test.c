/* SPDX-License-Identifier: GPL-3.0-or-later
   The simulated market: its truth against closed forms and against its own draws. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/simulate/purchases.h"
#include "models/simulate/survey.h"

enum { PEOPLE = 40000, RESPONDENTS = 24000, FIRST_DAY = 19358 };

/* Moments of Beta(a, b): E(p^k) = prod (a + i) / (a + b + i). */
static double beta_moment(const struct true_cell *cell, int k)
{
    double product = 1;
    for (int i = 0; i < k; i++)
        product *= (cell->alpha + i) / (cell->alpha + cell->beta + i);
    return product;
}

/* Those who answer are weighted by (1 + p) / 2. */
static double mean_propensity(const struct true_cell *cell)
{
    double p1 = beta_moment(cell, 1), p2 = beta_moment(cell, 2);
    return (p1 + p2) / (1 + p1);
}

static void test_means_have_closed_forms(void **state)
{
    (void)state;
    for (size_t c = 0; c < n_true_cells; c++) {
        struct cell_truth truth;
        cell_truth(&true_cells[c], &truth);
        double p = mean_propensity(&true_cells[c]);
        assert_digits(truth.scale_mean[SCALE_PROPENSITY], p, 12);
        /* styles: 70 % p, 15 % 0.3 + 0.7 p, 15 % 0.2 + 0.55 p */
        double stated = 0.7 * p + 0.15 * (0.3 + 0.7 * p) + 0.15 * (0.2 + 0.55 * p);
        assert_digits(truth.scale_mean[SCALE_INTENT], 1 + 6 * stated, 12);
        double q = 0.22 + 0.42 * p + 0.28 / 2; /* the items' ease adds up to 0 */
        stated = 0.7 * q + 0.15 * (0.3 + 0.7 * q) + 0.15 * (0.2 + 0.55 * q);
        assert_digits(truth.scale_mean[SCALE_SATISFACTION], 1 + 6 * stated, 12);
        /* activity: 0.35 * 0.7 + 0.45 * 0.85 + 0.2 * 1 = 0.8275 of (1 + E p) / 2 answer */
        double response = 0.8275 * (1 + beta_moment(&true_cells[c], 1)) / 2;
        assert_digits(truth.response, response, 12);
    }
}

static void test_curve_is_the_regression_of_doing_on_saying(void **state)
{
    (void)state;
    for (size_t c = 0; c < n_true_cells; c++) {
        const struct true_cell *cell = &true_cells[c];
        struct cell_truth truth;
        cell_truth(cell, &truth);
        struct sum share = {0};
        for (int x = 1; x <= N_POINTS; x++) {
            double q = cell->retained_at_1 + cell->retained_slope * (x - 1);
            assert_digits(truth.at_point[OUTCOME_SPEND][x - 1],
                          cell->curve->mean(x, cell->parameter), 12);
            assert_digits(truth.at_point[OUTCOME_RETAINED][x - 1], q, 12);
            assert_digits(truth.at_point[OUTCOME_PURCHASES][x - 1], q * (1 + cell->further), 12);
            sum_add(&share, truth.point_share[x - 1]);
        }
        assert_digits(sum_value(&share), 1, 12);
    }
}

static void test_named_shapes_are_the_shapes(void **state)
{
    (void)state;
    for (size_t c = 0; c < n_true_cells; c++) {
        const struct true_curve *curve = true_cells[c].curve;
        double low = 0, high = 0; /* extremes of the second differences */
        for (int x = 2; x < N_POINTS; x++) {
            const double *b = true_cells[c].parameter;
            double bend = curve->mean(x + 1, b) - 2 * curve->mean(x, b) + curve->mean(x - 1, b);
            low = fmin(low, bend);
            high = fmax(high, bend);
        }
        bool concave = low<-1e-9, convex = high> 1e-9;
        const char *shape = concave && convex ? "S-shaped" : concave ? "concave" : "convex";
        if (!concave && !convex)
            shape =
                curve->mean(2, true_cells[c].parameter) > curve->mean(1, true_cells[c].parameter)
                    ? "linear"
                    : "flat";
        assert_string_equal(curve->shape, shape);
    }
}

/* What one large market shows of one cell. */
struct seen {
    size_t n;
    double *scale[N_TRUE_SCALES], *outcome[N_TRUE_OUTCOMES];
};

static void look(const struct market *m, const struct doing *doing, size_t c, struct seen *seen,
                 struct arena *keep)
{
    seen->n = 0;
    for (size_t s = 0; s < N_TRUE_SCALES; s++)
        seen->scale[s] = ARENA_NEW(keep, double, m->n_people);
    for (size_t o = 0; o < N_TRUE_OUTCOMES; o++)
        seen->outcome[o] = ARENA_NEW(keep, double, m->n_people);
    for (size_t i = 0; i < m->n_people; i++) {
        const struct person *p = &m->people[i];
        if (p->cell != c || p->wave == NO_WAVE || !doing[i].covered)
            continue;
        size_t n = seen->n++;
        seen->scale[SCALE_INTENT][n] = p->intent;
        seen->scale[SCALE_SATISFACTION][n] = (p->item[0] + p->item[1] + p->item[2]) / 3.0;
        seen->scale[SCALE_RECOMMEND][n] = p->recommend;
        seen->scale[SCALE_PROPENSITY][n] = p->propensity;
        seen->outcome[OUTCOME_RETAINED][n] = doing[i].purchases > 0;
        seen->outcome[OUTCOME_PURCHASES][n] = doing[i].purchases;
        seen->outcome[OUTCOME_SPEND][n] = (double)doing[i].spend / 100;
    }
}

static double variance(const double *x, size_t n)
{
    double m = mean(x, NULL, n);
    return cross_product(x, m, x, m, NULL, n) / (double)(n - 1);
}

/* The draws of a fixed seed lie within 4.5 standard errors of the truth: 207
   comparisons, each of which chance would fail once in 150,000 seeds. */
static void check_cell(const struct cell_truth *truth, const struct seen *seen)
{
    double root = sqrt((double)seen->n);
    for (size_t s = 0; s < N_TRUE_SCALES; s++) {
        double got = mean(seen->scale[s], NULL, seen->n);
        assert_true(fabs(got - truth->scale_mean[s]) < 4.5 * truth->scale_sd[s] / root);
        double sd = sqrt(variance(seen->scale[s], seen->n));
        assert_true(fabs(sd / truth->scale_sd[s] - 1) < 4.5 / root);
    }
    for (size_t o = 0; o < N_TRUE_OUTCOMES; o++) {
        double y = mean(seen->outcome[o], NULL, seen->n);
        assert_true(fabs(y - truth->outcome_mean[o]) < 4.5 * truth->outcome_sd[o] / root);
        for (size_t s = 0; s < N_TRUE_SCALES; s++) {
            double x = mean(seen->scale[s], NULL, seen->n);
            double r =
                cross_product(seen->scale[s], x, seen->outcome[o], y, NULL, seen->n) /
                sqrt(variance(seen->scale[s], seen->n) * variance(seen->outcome[o], seen->n)) /
                (double)(seen->n - 1);
            assert_true(fabs(atanh(r) - atanh(truth->correlation[s][o])) < 4.5 / root);
        }
    }
}

static void test_draws_follow_the_truth(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct market m;
    assert_true(market_draw(PEOPLE, RESPONDENTS, FIRST_DAY, 20250601, &m, keep));
    struct ledger_lines lines = market_purchases(&m, keep);
    struct doing *doing = market_recount(&m, &lines, keep);
    for (size_t c = 0; c < n_true_cells; c++) {
        struct seen seen;
        look(&m, doing, c, &seen, keep);
        assert_true(seen.n > 1000);
        check_cell(&m.truth[c], &seen);
    }
    arena_free(keep);
}

static void test_ledger_is_in_order(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct market m;
    assert_true(market_draw(2000, 800, FIRST_DAY, 3, &m, keep));
    struct ledger_lines l = market_purchases(&m, keep);
    assert_int_equal(l.at[0].document, 1);
    for (size_t i = 0; i < l.n; i++) {
        const struct ledger_line *now = &l.at[i], *last = i ? now - 1 : now;
        bool refund = now->kind == LINE_RETURN || now->kind == LINE_PAYMENT;
        assert_true(refund ? now->minor < 0 : now->minor > 0);
        assert_true(now->day >= m.calendar.first && now->day <= m.calendar.last);
        assert_true(now->day >= last->day);
        if (now->document == last->document)
            assert_true(i == 0 || (now->person == last->person && now->day == last->day &&
                                   now->position == last->position + 1));
        else
            assert_true(now->document == last->document + 1 && now->position == 0);
    }
    arena_free(keep);
}

static void test_recount_is_what_the_definitions_say(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct person person = {.wave = 0, .anchor = 1000};
    struct market m = {.n_people = 1, .people = &person, .calendar = {0, 1365, {0, 0}}};
    struct ledger_line at[] = {
        {100, 0, 1, 634, 0, LINE_SALE},   /* a day too early */
        {250, 0, 2, 635, 0, LINE_SALE},   /* first day of the baseline */
        {-50, 0, 3, 999, 0, LINE_RETURN}, /* last day of the baseline */
        {777, 0, 4, 1000, 0, LINE_SALE},  /* on the day of the answer */
        {1000, 0, 5, 1001, 0, LINE_SALE}, /* first day of the window */
        {500, 0, 5, 1001, 1, LINE_SALE},    {200, 0, 6, 1001, 0, LINE_SALE},
        {900, 0, 7, 1001, 0, LINE_FOREIGN}, {900, NOBODY, 8, 1001, 0, LINE_SALE},
        {-300, 0, 9, 1200, 0, LINE_RETURN}, {-900, 0, 10, 1200, 0, LINE_PAYMENT},
        {40, 0, 11, 1365, 0, LINE_SALE}, /* last day of the window */
        {60, 0, 12, 1366, 0, LINE_SALE}, /* a day too late */
    };
    struct ledger_lines lines = {sizeof at / sizeof *at, 0, at};
    struct doing *d = market_recount(&m, &lines, keep);
    assert_int_equal(d->purchases, 3);
    assert_int_equal(d->purchase_days, 2);
    assert_int_equal(d->lines, 4);
    assert_int_equal(d->gross, 1740);
    assert_int_equal(d->returned, -300);
    assert_int_equal(d->spend, 1440);
    assert_int_equal(d->baseline_purchases, 1);
    assert_int_equal(d->baseline_spend, 200);
    assert_true(d->covered);
    m.calendar.last = 1364;
    assert_false(market_recount(&m, &lines, keep)->covered);
    arena_free(keep);
}

static void test_every_respondent_has_one_last_answer(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct market m;
    assert_true(market_draw(3000, 1500, FIRST_DAY, 5, &m, keep));
    struct responses r = market_responses(&m, keep);
    uint32_t *final = ARENA_NEW(keep, uint32_t, m.n_people);
    size_t strangers = 0, superseded = 0, unfinished = 0;
    for (size_t i = 0; i < r.n; i++) {
        const struct response *row = &r.at[i];
        unfinished += !row->finished;
        superseded += row->finished && row->superseded;
        if (row->person == NOBODY)
            strangers++;
        else if (row->superseded)
            assert_true(row->day < m.people[row->person].anchor);
        else if (row->finished)
            final[row->person]++;
    }
    for (size_t i = 0; i < m.n_people; i++)
        assert_int_equal(final[i], m.people[i].wave != NO_WAVE);
    assert_int_equal(strangers, 10); /* 0.7 % of 1500 */
    assert_true(superseded > 0 && unfinished > 0);
    for (size_t i = 1; i < m.n_people; i++)
        assert_true(m.people[i].number > m.people[i - 1].number);
    assert_true(m.people[m.n_people - 1].number < 900001);
    arena_free(keep);
}

static void test_seed_decides(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct market a, b, c;
    assert_true(market_draw(500, 200, FIRST_DAY, 1, &a, keep));
    assert_true(market_draw(500, 200, FIRST_DAY, 1, &b, keep));
    assert_true(market_draw(500, 200, FIRST_DAY, 2, &c, keep));
    struct ledger_lines x = market_purchases(&a, keep), y = market_purchases(&b, keep);
    assert_int_equal(x.n, y.n);
    size_t different = 0;
    for (size_t i = 0; i < x.n; i++)
        assert_true(x.at[i].minor == y.at[i].minor && x.at[i].person == y.at[i].person);
    for (size_t i = 0; i < 500; i++) {
        assert_true(a.people[i].propensity == b.people[i].propensity);
        different += a.people[i].propensity != c.people[i].propensity;
    }
    assert_true(different > 490);
    arena_free(keep);
}

static void test_too_few_willing_is_said(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct market m;
    assert_false(market_draw(1000, 999, FIRST_DAY, 1, &m, keep));
    assert_true(m.n_willing > 500 && m.n_willing < 800);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_means_have_closed_forms),
        cmocka_unit_test(test_curve_is_the_regression_of_doing_on_saying),
        cmocka_unit_test(test_named_shapes_are_the_shapes),
        cmocka_unit_test(test_draws_follow_the_truth),
        cmocka_unit_test(test_ledger_is_in_order),
        cmocka_unit_test(test_recount_is_what_the_definitions_say),
        cmocka_unit_test(test_every_respondent_has_one_last_answer),
        cmocka_unit_test(test_seed_decides),
        cmocka_unit_test(test_too_few_willing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
