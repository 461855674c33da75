/* SPDX-License-Identifier: GPL-3.0-or-later
   Published correlations and p values against our t test: which degrees of freedom
   stand behind them?  PUBLISHED_TABLE=1 prints the table (scripts/published-p). */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/correlation/correlation.h"

static const char path[] = "datasets/published/keiningham2007-jm.csv";

enum { MAX_DF = 60 };

static double p_value(double r, double df)
{
    struct correlation_result result = {0};
    correlation_t_test(r, df, &result);
    return result.p_value;
}

/* p falls as |r| grows: the p of all r that are printed as this one lie between
   these. */
static double lowest_p(double r, double df)
{
    return p_value(fmin(fabs(r) + 0.005, 1 - 1e-12), df);
}

static double highest_p(double r, double df)
{
    return p_value(fmax(fabs(r) - 0.005, 0), df);
}

static bool reproduces(double r, double p, double df)
{
    const double edge = 1e-9; /* a printed digit's own rounding in binary */
    return lowest_p(r, df) <= p + 0.005 + edge && highest_p(r, df) >= p - 0.005 - edge;
}

/* Printed p of an industry that this df reproduces; *printed takes their number. */
static size_t count(const struct reference *table, const char *industry, double df, size_t *printed)
{
    size_t hits = 0;
    *printed = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        double p = reference_real(table, i, "p");
        if (strcmp(reference_text(table, i, "industry"), industry) != 0 || isnan(p))
            continue;
        ++*printed;
        hits += reproduces(reference_real(table, i, "r"), p, df);
    }
    return hits;
}

/* The df that reproduces most, the smallest such; *unique: no other does as well. */
static size_t best_df(const struct reference *table, const char *industry, bool *unique)
{
    size_t best = 0, most = 0, printed;
    for (size_t df = 1; df <= MAX_DF; df++) {
        size_t hits = count(table, industry, (double)df, &printed);
        *unique = hits > most || (*unique && hits < most);
        if (hits > most) {
            best = df;
            most = hits;
        }
    }
    return best;
}

static struct reference *read_table(struct arena *keep)
{
    struct reference *table = reference_read(path, ',', keep);
    assert_non_null(table);
    assert_int_equal(table->n_rows, 55);
    return table;
}

static void check_industry(const char *industry, size_t df)
{
    struct arena *keep = arena_new();
    struct reference *table = read_table(keep);
    size_t printed;
    bool unique = false;
    assert_int_equal(best_df(table, industry, &unique), df);
    assert_true(unique);
    assert_int_equal(count(table, industry, (double)df, &printed), 11);
    assert_int_equal(printed, 11);
    arena_free(keep);
}

static void test_banking_has_10_degrees_of_freedom(void **state)
{
    (void)state;
    check_industry("banking", 10);
}

static void test_gasoline_has_2_degrees_of_freedom(void **state)
{
    (void)state;
    check_industry("gasoline", 2);
}

static void test_with_2_degrees_of_freedom_p_is_one_less_r(void **state)
{
    (void)state;
    for (int i = -99; i <= 99; i++)
        assert_digits(p_value(i / 100.0, 2), 1 - fabs(i / 100.0), 12);
}

static void test_others_print_no_p(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct reference *table = read_table(keep);
    static const char *const others[] = {"home_furnishings", "security", "transportation"};
    for (size_t k = 0; k < 3; k++) {
        size_t printed;
        assert_int_equal(count(table, others[k], 2, &printed), 0);
        assert_int_equal(printed, 0);
    }
    arena_free(keep);
}

static void print_industry(const struct reference *table, const char *industry)
{
    bool unique = false;
    size_t printed, df = best_df(table, industry, &unique);
    size_t hits = count(table, industry, (double)df, &printed);
    print_message("%s: df = %zu reproduces %zu of %zu printed p%s;", industry, df, hits, printed,
                  unique ? ", no other df does as well" : "");
    print_message(" df = %zu: %zu, df = %zu: %zu\n", df - 1,
                  count(table, industry, (double)df - 1, &printed), df + 1,
                  count(table, industry, (double)df + 1, &printed));
    print_message("  %-18s %6s %9s %9s %17s\n", "metric", "r", "printed", "p", "p of r's rounding");
    for (size_t i = 0; i < table->n_rows; i++) {
        if (strcmp(reference_text(table, i, "industry"), industry) != 0)
            continue;
        double r = reference_real(table, i, "r");
        print_message("  %-18s %6.2f %9.2f %9.4f %8.4f-%.4f\n", reference_text(table, i, "metric"),
                      r, reference_real(table, i, "p"), p_value(r, (double)df),
                      lowest_p(r, (double)df), highest_p(r, (double)df));
    }
}

static int print_table(void)
{
    struct arena *keep = arena_new();
    struct reference *table = reference_read(path, ',', keep);
    if (!table)
        return 1;
    print_industry(table, "banking");
    print_industry(table, "gasoline");
    arena_free(keep);
    return 0;
}

int main(void)
{
    if (getenv("PUBLISHED_TABLE"))
        return print_table();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_banking_has_10_degrees_of_freedom),
        cmocka_unit_test(test_gasoline_has_2_degrees_of_freedom),
        cmocka_unit_test(test_with_2_degrees_of_freedom_p_is_one_less_r),
        cmocka_unit_test(test_others_print_no_p),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
