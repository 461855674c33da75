/* SPDX-License-Identifier: GPL-3.0-or-later
   Coefficients of order, of two groups and of curves against values of R and of printed
   formulas: scripts/reference/association.R. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "models/correlation/correlation.h"
#include "models/correlation/partial.h"

struct fixture {
    struct arena *arena;
    const struct reference *expected, *data;
};

static int set_up(void **state)
{
    struct arena *a = arena_new();
    struct fixture *fx = ARENA_NEW(a, struct fixture, 1);
    fx->arena = a;
    fx->expected = reference_read("tests/reference/association.csv", ',', a);
    fx->data = reference_read("tests/reference/association_data.csv", ',', a);
    *state = fx;
    return fx->expected && fx->data ? 0 : -1;
}

static int tear_down(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

static double *column(const struct fixture *fx, const char *name)
{
    return reference_column(fx->data, name, fx->arena);
}

static struct sample of_data(const struct fixture *fx, const char *x, const char *y,
                             enum weight_kind kind)
{
    return (struct sample){fx->data->n_rows, column(fx, x), column(fx, y),
                           kind == WEIGHT_NONE ? NULL : column(fx, "f"), kind};
}

/* All figures that R has of the case. */
static void check(const struct fixture *fx, const char *name, const struct correlation_result *r)
{
    const struct {
        const char *quantity;
        double got;
    } figures[] = {{"estimate", r->estimate},   {"std_error", r->std_error},
                   {"statistic", r->statistic}, {"df", r->df},
                   {"p_value", r->p_value},     {"conf_low", r->conf_low},
                   {"conf_high", r->conf_high}};
    size_t compared = 0;
    for (size_t i = 0; i < fx->expected->n_rows; i++) {
        if (strcmp(reference_text(fx->expected, i, "case"), name) != 0)
            continue;
        for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
            if (strcmp(reference_text(fx->expected, i, "quantity"), figures[k].quantity) == 0) {
                double want = reference_real(fx->expected, i, "value");
                if (!agrees(figures[k].got, want, 1e-13, 1e-11))
                    fail_msg("%s %s: got %.17g, want %.17g", name, figures[k].quantity,
                             figures[k].got, want);
                compared++;
            }
    }
    assert_true(compared > 0);
}

static void check_sample(const struct fixture *fx, const char *name, const char *method,
                         const struct sample *s)
{
    struct correlation_result r;
    const struct correlation_options how = {
        .conf_level = 0.95, .replicates = 20, .permutations = 19, .threads = 1};
    correlation_compute(correlation_find(method), s, &how, &r, fx->arena);
    check(fx, arena_printf(fx->arena, "%s %s", name, method), &r);
}

static const char *const of_order[] = {"kendall", "kendall_a", "kendall_c", "gamma", "somers_d"};

/* R has the standard errors of tau-b by `asymptotic`, which is not its default here. */
static void check_order(const struct fixture *fx, const char *name, const struct sample *s)
{
    for (size_t m = 0; m < sizeof of_order / sizeof *of_order; m++) {
        struct correlation_result r;
        const struct correlation_options how = {.interval = &interval_asymptotic,
                                                .conf_level = 0.95};
        correlation_compute(correlation_find(of_order[m]), s, &how, &r, fx->arena);
        check(fx, arena_printf(fx->arena, "%s %s", name, of_order[m]), &r);
    }
}

static void order(void **state)
{
    const struct fixture *fx = *state;
    struct sample s = of_data(fx, "x", "y", WEIGHT_NONE);
    check_order(fx, "grouped", &s);
    s = of_data(fx, "u", "v", WEIGHT_NONE);
    check_order(fx, "negative", &s);
    s = of_data(fx, "u", "v", WEIGHT_FREQUENCY);
    check_order(fx, "frequency", &s);
    double x[20], y[] = {2, 1, 4, 8, 3, 5, 7, 6, 12, 9, 20, 10, 14, 11, 13, 19, 15, 18, 16, 17};
    for (size_t i = 0; i < 20; i++)
        x[i] = (double)i;
    s = (struct sample){.n = 20, .x = x, .y = y};
    check_order(fx, "no ties", &s);
}

/* Agresti's income and job satisfaction: one row per cell of the table, with its count. */
static void job_satisfaction(void **state)
{
    const struct fixture *fx = *state;
    const double count[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
    double income[16], satisfaction[16];
    for (size_t i = 0; i < 16; i++) {
        income[i] = (double)(i / 4);
        satisfaction[i] = (double)(i % 4);
    }
    const struct sample s = {16, income, satisfaction, count, WEIGHT_FREQUENCY};
    check_order(fx, "job satisfaction", &s);
}

static void two_groups(void **state)
{
    const struct fixture *fx = *state;
    struct sample s = of_data(fx, "u", "b", WEIGHT_NONE);
    check_sample(fx, "tied", "biserial", &s);
    check_sample(fx, "tied", "rank_biserial", &s);
    s = of_data(fx, "v", "b", WEIGHT_FREQUENCY);
    check_sample(fx, "frequency", "biserial", &s);
    check_sample(fx, "frequency", "rank_biserial", &s);
    const double x[] = {3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93, 23, 84};
    const double g[] = {0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1};
    s = (struct sample){.n = 14, .x = x, .y = g};
    check_sample(fx, "exact", "rank_biserial", &s);
}

static void ratio(void **state)
{
    const struct fixture *fx = *state;
    struct sample s = of_data(fx, "x", "u", WEIGHT_NONE);
    check_sample(fx, "grouped", "eta_squared", &s);
    s = of_data(fx, "y", "v", WEIGHT_NONE);
    check_sample(fx, "fine", "eta_squared", &s);
    s = of_data(fx, "x", "u", WEIGHT_FREQUENCY);
    check_sample(fx, "frequency", "eta_squared", &s);
    s = of_data(fx, "x", "u", WEIGHT_SAMPLING);
    check_sample(fx, "sampling", "eta_squared", &s);
}

static void distances(void **state)
{
    const struct fixture *fx = *state;
    struct sample s = of_data(fx, "x", "y", WEIGHT_NONE);
    check_sample(fx, "grouped", "distance", &s);
    s = of_data(fx, "u", "v", WEIGHT_NONE);
    check_sample(fx, "negative", "distance", &s);
    s = of_data(fx, "u", "b", WEIGHT_NONE);
    check_sample(fx, "binary", "distance", &s);
    s = of_data(fx, "u", "v", WEIGHT_FREQUENCY);
    check_sample(fx, "frequency", "distance", &s);
    double x[300], y[300];
    for (size_t i = 0; i < 41; i++) {
        x[i] = ((double)i - 20) / 20;
        y[i] = x[i] * x[i];
    }
    s = (struct sample){.n = 41, .x = x, .y = y};
    check_sample(fx, "parabola", "distance", &s);
    for (size_t i = 0; i < 300; i++) {
        x[i] = (double)i + 1;
        y[i] = sin(7 * x[i]);
    }
    s.n = 300;
    check_sample(fx, "wave", "distance", &s);
}

static void sampling_weights(void **state)
{
    const struct fixture *fx = *state;
    const struct sample s = of_data(fx, "u", "v", WEIGHT_SAMPLING);
    check_sample(fx, "sampling", "gamma", &s);
    check_sample(fx, "sampling", "somers_d", &s);
    check_sample(fx, "sampling", "kendall_c", &s);
}

static void given_controls(void **state)
{
    const struct fixture *fx = *state;
    const char *const method[] = {"pearson", "spearman", "kendall"};
    const struct sample s = of_data(fx, "u", "v", WEIGHT_NONE);
    const double *const z[] = {column(fx, "z1"), column(fx, "z2")};
    for (size_t m = 0; m < 3; m++)
        for (size_t k = 1; k <= 2; k++) {
            const struct correlation *c = correlation_find(method[m]);
            struct correlation_result r;
            correlation_partial(c, &s, z, k, 0.95, &r, fx->arena);
            check(fx, arena_printf(fx->arena, "partial %s %zu", c->name, k), &r);
            correlation_semipartial(c, &s, z, k, &r, fx->arena);
            check(fx, arena_printf(fx->arena, "semipartial %s %zu", c->name, k), &r);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),          cmocka_unit_test(job_satisfaction),
        cmocka_unit_test(two_groups),     cmocka_unit_test(ratio),
        cmocka_unit_test(distances),      cmocka_unit_test(sampling_weights),
        cmocka_unit_test(given_controls),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
