/* SPDX-License-Identifier: GPL-3.0-or-later
   maxT against the same in base R (scripts/reference/compare.R): all permutations of a small
   sample to the last permutation, random ones within their Monte Carlo error. */
#include "models/multiple/max_t.h"

#include <math.h>
#include <string.h>

#include "models/base/order.h"
#include "tests/check.h"

struct fixture {
    struct arena *arena;
    const struct reference *expected, *small, *large;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *fx = ARENA_NEW(arena, struct fixture, 1);
    fx->arena = arena;
    fx->expected = reference_read("tests/reference/max_t.csv", ',', arena);
    fx->small = reference_read("tests/reference/max_t_small.csv", ',', arena);
    fx->large = reference_read("tests/reference/max_t_large.csv", ',', arena);
    assert_true(fx->expected && fx->small && fx->large);
    *state = fx;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

enum { MOST = 11 };

struct case_of {
    size_t n, m;
    const double *metric[MOST], *outcome, *w;
};

static struct case_of case_from(const struct reference *f, size_t m, bool rank, struct arena *a)
{
    struct case_of c = {.n = f->n_rows, .m = m};
    c.outcome = reference_column(f, "y", a);
    for (size_t j = 0; j < m; j++)
        c.metric[j] = reference_column(f, arena_printf(a, "x%zu", j + 1), a);
    for (size_t j = 0; j < m && rank; j++)
        c.metric[j] = ranks(c.metric[j], c.n, a);
    if (rank)
        c.outcome = ranks(c.outcome, c.n, a);
    return c;
}

static struct max_t_result run(const struct case_of *c, size_t permutations, size_t threads,
                               struct max_t_metric *metric)
{
    const struct max_t_data data = {c->n, c->m, c->metric, c->outcome, c->w};
    const struct max_t_options how = {permutations, 42, threads};
    struct max_t_result result;
    struct arena *scratch = arena_new();
    max_t(&data, &how, &result, metric, scratch);
    arena_free(scratch);
    return result;
}

static size_t first_row(const struct reference *e, const char *name)
{
    for (size_t i = 0; i < e->n_rows; i++)
        if (strcmp(reference_text(e, i, "case"), name) == 0)
            return i;
    fail_msg("no case %s", name);
    return 0;
}

static void assert_exact(const struct fixture *fx, const char *name, const struct case_of *c)
{
    const struct reference *e = fx->expected;
    struct max_t_metric got[MOST];
    struct max_t_result result = run(c, 5040, 1, got);
    assert_int_equal(result.status, FIT_OK);
    assert_true(result.exact);
    assert_int_equal(result.permutations, 5040);
    for (size_t j = 0, i = first_row(e, name); j < c->m; j++, i++) {
        assert_digits(got[j].r, reference_real(e, i, "r"), 13);
        assert_digits(got[j].p_value, reference_real(e, i, "p_value"), 14);
        assert_digits(got[j].p_single_step, reference_real(e, i, "p_single_step"), 14);
        assert_digits(got[j].p_step_down, reference_real(e, i, "p_step_down"), 14);
    }
}

static void all_permutations(void **state)
{
    struct fixture *fx = *state;
    struct case_of c = case_from(fx->small, 4, false, fx->arena);
    assert_exact(fx, "pearson", &c);
    c.w = reference_column(fx->small, "w", fx->arena);
    assert_exact(fx, "weighted", &c);
    c = case_from(fx->small, 4, true, fx->arena);
    assert_exact(fx, "spearman", &c);
}

/* Both are random: R's 1e5 and our 1e5 permutations; five standard errors. */
static void assert_near(double got, double want)
{
    double error = sqrt(fmax(want * (1 - want), 1e-5) * 2 / 1e5);
    if (!(fabs(got - want) < 5 * error))
        fail_msg("got %g, want %g +- %g", got, want, error);
}

static void random_permutations(void **state)
{
    struct fixture *fx = *state;
    const struct reference *e = fx->expected;
    const struct case_of c = case_from(fx->large, MOST, false, fx->arena);
    struct max_t_metric got[MOST];
    struct max_t_result result = run(&c, 100000, 0, got);
    assert_false(result.exact);
    for (size_t j = 0, i = first_row(e, "monte carlo"); j < c.m; j++, i++) {
        assert_digits(got[j].r, reference_real(e, i, "r"), 12);
        assert_near(got[j].p_value, reference_real(e, i, "p_value"));
        assert_near(got[j].p_single_step, reference_real(e, i, "p_single_step"));
        assert_near(got[j].p_step_down, reference_real(e, i, "p_step_down"));
    }
}

/* Weights that are all one give what none do, to the last bit of r and permutation by
   permutation; 1, 2 and 5 threads the same. */
static void threads_and_equal_weights(void **state)
{
    struct fixture *fx = *state;
    struct case_of c = case_from(fx->large, MOST, false, fx->arena);
    struct max_t_metric one[MOST], more[MOST];
    run(&c, 999, 1, one);
    for (size_t threads = 2; threads <= 5; threads += 3) {
        run(&c, 999, threads, more);
        assert_memory_equal(one, more, sizeof one);
    }
    double *w = ARENA_NEW(fx->arena, double, c.n);
    for (size_t i = 0; i < c.n; i++)
        w[i] = 1;
    c.w = w;
    run(&c, 999, 2, more);
    for (size_t j = 0; j < c.m; j++) {
        assert_digits(more[j].r, one[j].r, 14);
        assert_digits(more[j].p_value, one[j].p_value, 15);
        assert_digits(more[j].p_single_step, one[j].p_single_step, 15);
        assert_digits(more[j].p_step_down, one[j].p_step_down, 15);
    }
}

/* A metric's own p is never above its step-down p, nor that above its single-step p; the best
   has the same of both; turned or shifted metrics change nothing, nor does their order. */
static void order_and_units(void **state)
{
    struct fixture *fx = *state;
    struct case_of c = case_from(fx->large, MOST, false, fx->arena), turned = c;
    struct max_t_metric got[MOST], other[MOST];
    size_t best = 0;
    run(&c, 1999, 1, got);
    for (size_t j = 0; j < c.m; j++) {
        assert_true(got[j].p_value <= got[j].p_step_down);
        assert_true(got[j].p_step_down <= got[j].p_single_step);
        best = fabs(got[j].r) > fabs(got[best].r) ? j : best;
    }
    assert_digits(got[best].p_step_down, got[best].p_single_step, 15);
    for (size_t j = 0; j < c.m; j++) {
        double *x = ARENA_NEW(fx->arena, double, c.n);
        for (size_t i = 0; i < c.n; i++)
            x[i] = 1e6 - 1000 * c.metric[c.m - 1 - j][i];
        turned.metric[j] = x;
    }
    run(&turned, 1999, 1, other);
    for (size_t j = 0; j < c.m; j++) {
        assert_digits(other[c.m - 1 - j].r, -got[j].r, 8);
        assert_digits(other[c.m - 1 - j].p_step_down, got[j].p_step_down, 15);
        assert_digits(other[c.m - 1 - j].p_single_step, got[j].p_single_step, 15);
    }
}

/* All permutations: the order of the rows does not matter. */
static void order_of_rows(void **state)
{
    struct fixture *fx = *state;
    struct case_of c = case_from(fx->small, 4, false, fx->arena), turned = c;
    struct max_t_metric got[MOST], other[MOST];
    for (size_t j = 0; j <= c.m; j++) {
        const double *from = j < c.m ? c.metric[j] : c.outcome;
        double *x = ARENA_NEW(fx->arena, double, c.n);
        for (size_t i = 0; i < c.n; i++)
            x[i] = from[(i * 3 + 2) % c.n];
        *(j < c.m ? &turned.metric[j] : &turned.outcome) = x;
    }
    run(&c, 10000, 1, got);
    run(&turned, 10000, 2, other);
    for (size_t j = 0; j < c.m; j++) {
        assert_digits(other[j].p_single_step, got[j].p_single_step, 15);
        assert_digits(other[j].p_step_down, got[j].p_step_down, 15);
    }
}

static void hard(void **state)
{
    static const double line[] = {1, 2, 3, 4}, flat[] = {5, 5, 5, 5},
                        big[] = {1e9 + 1, 1e9 + 2, 1e9 + 4, 1e9 + 3};
    struct case_of c = {.n = 4, .m = 3, .metric = {line, flat, big}, .outcome = line};
    struct max_t_metric got[MOST];
    (void)state;
    assert_int_equal(run(&c, 100, 1, got).status, FIT_OK);
    /* |r| = 1 for 2 of 24 orders; both metrics reach it for the other's two as well */
    assert_digits(got[0].r, 1, 16);
    assert_digits(got[0].p_value, 2.0 / 24, 15);
    assert_digits(got[0].p_single_step, 4.0 / 24, 15);
    assert_true(isnan(got[1].r) && isnan(got[1].p_value) && isnan(got[1].p_step_down));
    assert_digits(got[2].r, 0.8, 12);
    c.outcome = flat;
    assert_int_equal(run(&c, 100, 1, got).status, FIT_CONSTANT);
    c.outcome = line;
    c.metric[0] = c.metric[2] = flat;
    assert_int_equal(run(&c, 100, 1, got).status, FIT_CONSTANT);
    c.n = 2;
    assert_int_equal(run(&c, 100, 1, got).status, FIT_TOO_FEW);
    c.n = 0;
    assert_int_equal(run(&c, 100, 1, got).status, FIT_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_permutations),
        cmocka_unit_test(random_permutations),
        cmocka_unit_test(threads_and_equal_weights),
        cmocka_unit_test(order_and_units),
        cmocka_unit_test(order_of_rows),
        cmocka_unit_test(hard),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
