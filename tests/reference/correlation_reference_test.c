/* SPDX-License-Identifier: GPL-3.0-or-later
   Against R: scripts/reference/correlation.R wrote the values and says how. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/correlation/ceiling.h"
#include "models/correlation/correlation.h"
#include "models/correlation/homogeneity.h"
#include "models/correlation/partial.h"
#include "models/multiple/adjust.h"
#include "models/resample/bca.h"

struct fixture {
    struct arena *arena;
    const struct reference *value, *data;
    size_t n;
    const double *x, *y, *z1, *z2, *b, *f;
};

static int set_up(void **state)
{
    struct arena *a = arena_new();
    struct fixture *fx = ARENA_NEW(a, struct fixture, 1);
    fx->arena = a;
    fx->value = reference_read("tests/reference/correlation.csv", ',', a);
    fx->data = reference_read("tests/reference/correlation_data.csv", ',', a);
    assert_true(fx->value && fx->data);
    fx->n = fx->data->n_rows;
    fx->x = reference_column(fx->data, "x", a);
    fx->y = reference_column(fx->data, "y", a);
    fx->z1 = reference_column(fx->data, "z1", a);
    fx->z2 = reference_column(fx->data, "z2", a);
    fx->b = reference_column(fx->data, "b", a);
    fx->f = reference_column(fx->data, "f", a);
    *state = fx;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fx = *state;
    arena_free(fx->arena);
    return 0;
}

/* The value of a case and quantity; fails if there is none. */
static double want(const struct fixture *fx, const char *name, const char *quantity)
{
    for (size_t i = 0; i < fx->value->n_rows; i++)
        if (strcmp(reference_text(fx->value, i, "case"), name) == 0 &&
            strcmp(reference_text(fx->value, i, "quantity"), quantity) == 0)
            return reference_real(fx->value, i, "value");
    fail_msg("no %s of %s", quantity, name);
    return NAN;
}

static struct correlation_result compute(const struct fixture *fx, const char *method,
                                         const double *y, enum weight_kind kind)
{
    struct correlation_result r;
    const struct sample s = {fx->n, fx->x, y, kind == WEIGHT_NONE ? NULL : fx->f, kind};
    const struct correlation_options options = {.conf_level = 0.95};
    correlation_compute(correlation_find(method), &s, &options, &r, fx->arena);
    return r;
}

static void check(const struct fixture *fx, const char *name, const struct correlation_result *r)
{
    assert_int_equal(r->status, FIT_OK);
    assert_digits(r->estimate, want(fx, name, "estimate"), 14);
    assert_digits(r->statistic, want(fx, name, "statistic"), 12);
    assert_digits(r->p_value, want(fx, name, "p_value"), 11);
    if (!strstr(name, "kendall"))
        assert_digits(r->df, want(fx, name, "df"), 16);
    if (!strstr(name, "partial")) {
        assert_digits(r->conf_low, want(fx, name, "conf_low"), 13);
        assert_digits(r->conf_high, want(fx, name, "conf_high"), 13);
    }
}

static void coefficients(void **state)
{
    const struct fixture *fx = *state;
    const char *const method[] = {"pearson", "spearman", "kendall"};
    for (size_t m = 0; m < 3; m++) {
        struct correlation_result r = compute(fx, method[m], fx->y, WEIGHT_NONE);
        check(fx, method[m], &r);
        r = compute(fx, method[m], fx->y, WEIGHT_FREQUENCY);
        check(fx, arena_printf(fx->arena, "frequency %s", method[m]), &r);
    }
    struct correlation_result r = compute(fx, "point_biserial", fx->b, WEIGHT_NONE);
    check(fx, "point_biserial", &r);
    r = compute(fx, "pearson", fx->y, WEIGHT_SAMPLING);
    assert_digits(r.estimate, want(fx, "sampling pearson", "estimate"), 14);
}

static void exact_tests(void **state)
{
    const struct fixture *fx = *state;
    const struct reference *e =
        reference_read("tests/reference/correlation_exact.csv", ',', fx->arena);
    assert_non_null(e);
    assert_true(e->n_rows >= 40);
    for (size_t i = 0; i < e->n_rows; i++) {
        double x[64], y[64];
        char *text = arena_strdup(fx->arena, reference_text(e, i, "y"));
        size_t n = 0;
        for (char *end; *text; text = end, n++) {
            x[n] = (double)n;
            y[n] = strtod(text, &end);
        }
        struct correlation_result r;
        const struct sample s = {.n = n, .x = x, .y = y};
        const struct correlation_options options = {.conf_level = 0.95};
        correlation_compute(correlation_find(reference_text(e, i, "method")), &s, &options, &r,
                            fx->arena);
        assert_digits(r.statistic, reference_real(e, i, "statistic"), 13);
        assert_digits(r.p_value, reference_real(e, i, "p_value"), 12);
        assert_true(isnan(r.df));
    }
}

static void partial(const struct fixture *fx, const char *name, const char *method, size_t k)
{
    struct correlation_result r;
    const struct sample s = {.n = fx->n, .x = fx->x, .y = fx->y};
    const double *const z[] = {fx->z1, fx->z2};
    correlation_partial(correlation_find(method), &s, z, k, 0.95, &r, fx->arena);
    check(fx, name, &r);
}

static void partials(void **state)
{
    const struct fixture *fx = *state;
    partial(fx, "partial pearson 1", "pearson", 1);
    partial(fx, "partial pearson 2", "pearson", 2);
    partial(fx, "partial spearman 2", "spearman", 2);
    partial(fx, "partial kendall 2", "kendall", 2);
}

/* Car weight against fuel use within 4, 6 and 8 cylinders, as r and n of each. */
static void homogeneity(void **state)
{
    const struct fixture *fx = *state;
    const double cylinders[] = {6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8,
                                8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4};
    struct correlation_result cells[4];
    for (size_t c = 0; c < 3; c++) {
        double w[32];
        for (size_t i = 0; i < 32; i++)
            w[i] = cylinders[i] == 4 + 2 * (double)c;
        const struct sample s = {32, fx->x, fx->y, w, WEIGHT_FREQUENCY};
        const struct correlation_options options = {.conf_level = 0.95};
        correlation_compute(&correlation_pearson, &s, &options, &cells[c], fx->arena);
    }
    cells[3] = correlation_missing(FIT_TOO_FEW, 2, 2);
    struct homogeneity h;
    correlation_homogeneity(&correlation_pearson, cells, 4, 0.95, &h);
    const char *name = "homogeneity pearson";
    assert_int_equal(h.k, 3);
    assert_int_equal(h.dropped, 1);
    assert_digits(h.q, want(fx, name, "q"), 12);
    assert_digits(h.df, want(fx, name, "df"), 16);
    assert_digits(h.p_value, want(fx, name, "p_value"), 12);
    assert_digits(h.i2, want(fx, name, "i2"), 12);
    assert_digits(h.pooled_z, want(fx, name, "pooled_z"), 13);
    assert_digits(h.std_error, want(fx, name, "std_error"), 14);
}

static double weighted_mean(const double *count, const void *context, struct arena *scratch)
{
    const struct fixture *fx = context;
    (void)scratch;
    return mean(fx->x, count, fx->n);
}

static void bca_of_given_replicates(void **state)
{
    const struct fixture *fx = *state;
    const struct reference *file = reference_read("tests/reference/bca.csv", ',', fx->arena);
    assert_non_null(file);
    const double level[] = {0.8, 0.95, 0.999};
    const char *const name[] = {"bca 0.8", "bca 0.95", "bca 0.999"};
    for (size_t i = 0; i < 3; i++) {
        struct bca_result b;
        const struct bca_options options = {
            .conf_level = level[i], .replicates = 100, .threads = 1};
        bca_interval(weighted_mean, fx, fx->n, NULL, &options, &b, fx->arena);
        assert_digits(b.acceleration, want(fx, name[i], "acceleration"), 11);
        bca_limits(reference_column(file, "replicate", fx->arena), file->n_rows, level[i], &b);
        assert_digits(b.conf_low, want(fx, name[i], "conf_low"), 13);
        assert_digits(b.conf_high, want(fx, name[i], "conf_high"), 13);
        assert_digits(b.std_error, want(fx, name[i], "std_error"), 13);
        assert_digits(b.bias, want(fx, name[i], "bias"), 11);
    }
}

/* Two bootstraps, of 20,000 and 50,000: their limits differ by Monte Carlo error,
   a few per cent of the standard error (0.03 to 0.06) here. */
static void bca_of_correlations(void **state)
{
    const struct fixture *fx = *state;
    const struct sample s = {.n = fx->n, .x = fx->x, .y = fx->y};
    const struct correlation_options options = {
        .interval = &interval_bca, .conf_level = 0.95, .replicates = 20000, .seed = 1};
    for (size_t m = 0; m < 3; m++) {
        struct correlation_result r;
        const char *name = arena_printf(fx->arena, "boot %s", correlations[m]->name);
        correlation_compute(correlations[m], &s, &options, &r, fx->arena);
        double se = want(fx, name, "std_error");
        assert_int_equal(r.status, FIT_OK);
        assert_true(fabs(r.std_error - se) < 0.02 * se);
        assert_true(fabs(r.conf_low - want(fx, name, "conf_low")) < 0.12 * se);
        assert_true(fabs(r.conf_high - want(fx, name, "conf_high")) < 0.12 * se);
    }
}

static void ceilings(void **state)
{
    const struct fixture *fx = *state;
    assert_digits(ceiling_of_rate(0.03), want(fx, "ceiling", "p03"), 14);
    assert_digits(ceiling_of_rate(0.05), want(fx, "ceiling", "p05"), 14);
    assert_digits(ceiling_of_rate(0.1), want(fx, "ceiling", "p10"), 14);
    assert_digits(ceiling_of_rate(0.2), want(fx, "ceiling", "p20"), 14);
    assert_digits(ceiling_of_rate(0.5), want(fx, "ceiling", "p50"), 14);
}

static void adjusted(void **state)
{
    const struct fixture *fx = *state;
    const struct reference *r = reference_read("tests/reference/adjust.csv", ',', fx->arena);
    assert_non_null(r);
    const double *p = reference_column(r, "p", fx->arena);
    double *got = ARENA_NEW(fx->arena, double, r->n_rows);
    for (size_t a = 0; a < n_adjustments; a++) {
        adjust_p_values(adjustments[a], p, r->n_rows, got, fx->arena);
        for (size_t i = 0; i < r->n_rows; i++)
            assert_digits(got[i], reference_real(r, i, adjustments[a]->name), 15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coefficients),
        cmocka_unit_test(exact_tests),
        cmocka_unit_test(partials),
        cmocka_unit_test(homogeneity),
        cmocka_unit_test(bca_of_given_replicates),
        cmocka_unit_test(bca_of_correlations),
        cmocka_unit_test(ceilings),
        cmocka_unit_test(adjusted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
