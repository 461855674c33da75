/* SPDX-License-Identifier: GPL-3.0-or-later
   Correlations against the values of R and of exact rational arithmetic, on
   clean, tied, tiny and ill-conditioned data. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "models/correlation/correlation.h"
#include "models/correlation/partial.h"

enum field { N, R, STATISTIC, DF, P, LOW, HIGH, SE };

/* Which of our figures a quantity of the oracle is. */
static const struct {
    const char *quantity, *method;
    enum field field;
} figures[] = {
    {"n_pairs", "pearson", N},
    {"pearson.r", "pearson", R},
    {"pearson.t", "pearson", STATISTIC},
    {"pearson.df", "pearson", DF},
    {"pearson.p", "pearson", P},
    {"pearson.ci_lo", "pearson", LOW},
    {"pearson.ci_hi", "pearson", HIGH},
    {"fisher.se", "pearson", SE},
    {"spearman.rho", "spearman", R},
    {"spearman.stat_exact", "spearman", STATISTIC},
    {"spearman.p_exact", "spearman", P},
    {"spearman.p_asym", "spearman", P},
    {"kendall.tau_b", "kendall", R},
    {"kendall.stat_exact", "kendall", STATISTIC},
    {"kendall.p_exact", "kendall", P},
    {"kendall.stat_asym", "kendall", STATISTIC},
    {"kendall.p_asym", "kendall", P},
    {"kendall.tau_a", "kendall_a", R},
    {"kendall.tau_c", "kendall_c", R},
    {"kendall.stat_asym", "kendall_c", STATISTIC},
    {"kendall.p_asym", "kendall_a", P},
    {"kendall.p_exact", "somers_d", P},
    {"goodman_kruskal.gamma", "gamma", R},
    {"kendall.p_asym", "gamma", P},
    {"somers.d_y_given_x", "somers_d", R},
    {"biserial", "biserial", R},
    {"t_equal_var", "biserial", STATISTIC},
    {"p", "biserial", P},
    {"rank_biserial", "rank_biserial", R},
    {"point_biserial", "point_biserial", R},
    {"t_equal_var", "point_biserial", STATISTIC},
    {"p", "point_biserial", P},
};

struct state {
    struct arena *keep, *scratch;
    const struct reference *expected;
    size_t compared, agreed;
};

static double field_of(const struct correlation_result *r, enum field f)
{
    const double value[] = {r->n,       r->estimate, r->statistic, r->df,
                            r->p_value, r->conf_low, r->conf_high, r->std_error};
    return value[f];
}

/* A column as numbers; the groups of a text column as their first letters. */
static double *column_of(const struct reference *file, const char *name, struct arena *a)
{
    double *x = reference_column(file, name, a);
    for (size_t i = 0; i < file->n_rows; i++) {
        char first = *reference_text(file, i, name);
        if (first >= 'A' && first <= 'Z' && !isnan(x[i]))
            x[i] = first;
    }
    return x;
}

/* The columns named in vars ("x,y" or "x,y|z") where all are present: [k][n]. */
static size_t complete(const char *data, const char *vars, double *col[3], size_t *k,
                       struct arena *a)
{
    char *names = arena_strdup(a, vars), *name = names;
    const char *path = oracle_path(arena_printf(a, "correlation/data/%s.csv", data), a);
    const struct reference *file = path ? reference_read(path, ',', a) : NULL;
    assert_non_null(file);
    for (*k = 0; name && *k < 3; ++*k) {
        char *end = strpbrk(name, ",|");
        if (end)
            *end++ = '\0';
        col[*k] = column_of(file, name, a);
        name = end;
    }
    size_t n = 0;
    for (size_t i = 0; i < file->n_rows; i++) {
        bool whole = true;
        for (size_t j = 0; j < *k; j++)
            whole = whole && !isnan(col[j][i]);
        for (size_t j = 0; whole && j < *k; j++)
            col[j][n] = col[j][i];
        n += whole;
    }
    return n;
}

static struct correlation_result compute(const char *method, const char *data, const char *vars,
                                         struct arena *scratch)
{
    const struct correlation_options options = {.conf_level = 0.95};
    struct correlation_result r;
    double *col[3] = {NULL, NULL, NULL};
    size_t k, n = complete(data, vars, col, &k, scratch);
    const struct sample s = {.n = n, .x = col[0], .y = col[1]};
    const double *const z[] = {col[2]};
    if (strchr(vars, '|'))
        correlation_partial(correlation_find(method), &s, z, 1, 0.95, &r, scratch);
    else
        correlation_compute(correlation_find(method), &s, &options, &r, scratch);
    return r;
}

static void compare(struct state *st, size_t row, double got)
{
    double want = reference_real(st->expected, row, "value");
    st->compared++;
    if (agrees(got, want, reference_real(st->expected, row, "abs_tol"),
               reference_real(st->expected, row, "rel_tol")))
        st->agreed++;
    else
        print_error("%s %s: got %.17g, want %.17g\n", reference_text(st->expected, row, "case"),
                    reference_text(st->expected, row, "quantity"), got, want);
}

static bool has_row(const struct reference *e, const char *name, const char *quantity)
{
    for (size_t i = 0; i < e->n_rows; i++)
        if (strcmp(reference_text(e, i, "case"), name) == 0 &&
            strcmp(reference_text(e, i, "quantity"), quantity) == 0)
            return true;
    return false;
}

/* The asymptotic test is not ours where the exact one is. */
static bool exact_instead(const struct state *st, const char *name, const char *quantity)
{
    const char *dot = strchr(quantity, '.');
    if (!strstr(quantity, "_asym") || !dot)
        return false;
    const char *exact = arena_printf(st->scratch, "%.*s.p_exact", (int)(dot - quantity), quantity);
    return has_row(st->expected, name, exact);
}

static void check_figure(struct state *st, size_t row, size_t figure)
{
    const struct reference *e = st->expected;
    const char *name = reference_text(e, row, "case"), *quantity = figures[figure].quantity;
    arena_reset(st->scratch);
    if (exact_instead(st, name, quantity))
        return;
    struct correlation_result r = compute(figures[figure].method, reference_text(e, row, "data"),
                                          reference_text(e, row, "vars"), st->scratch);
    double got = field_of(&r, figures[figure].field);
    /* R leaves 1 - 1e-16 of a perfect rho, and makes p = 1e-62 of that: noise. */
    if (strcmp(quantity, "spearman.p_asym") == 0 && fabs(r.estimate) == 1) {
        assert_true(got == 0 && reference_real(e, row, "value") < 1e-60);
        return;
    }
    /* Without variation R still prints the degrees of freedom; we print no figure. */
    if (r.status == FIT_CONSTANT && figures[figure].field == DF) {
        assert_true(isnan(got));
        return;
    }
    compare(st, row, got);
}

/* Listwise cases of the only file with gaps: its third column counts as well. */
static const char *listwise(const char *name, const char *vars, struct arena *a)
{
    if (strcmp(strrchr(name, ':'), ":complete.obs") != 0 || !strstr(name, "missing_pattern"))
        return vars;
    return arena_printf(a, "%s,%s", vars, !strchr(vars, 'x') ? "x" : strchr(vars, 'y') ? "z" : "y");
}

static void check_matrix(struct state *st, size_t row, const char *name)
{
    const struct reference *e = st->expected;
    arena_reset(st->scratch);
    const char *vars = listwise(name, reference_text(e, row, "vars"), st->scratch);
    for (size_t m = 0; m < n_correlations; m++)
        if (strstr(name, correlations[m]->name)) {
            struct correlation_result r =
                compute(correlations[m]->name, reference_text(e, row, "data"), vars, st->scratch);
            compare(st, row, r.estimate);
        }
}

static void check_partial(struct state *st, size_t row, const char *quantity)
{
    static const struct {
        const char *quantity;
        enum field field;
    } partial[] = {{"r", R}, {"t", STATISTIC}, {"df", DF},       {"p", P},
                   {"n", N}, {"z_ci_lo", LOW}, {"z_ci_hi", HIGH}};
    for (size_t i = 0; i < sizeof partial / sizeof *partial; i++) {
        if (strcmp(quantity, partial[i].quantity) != 0)
            continue;
        arena_reset(st->scratch);
        struct correlation_result r =
            compute("pearson", reference_text(st->expected, row, "data"),
                    reference_text(st->expected, row, "vars"), st->scratch);
        compare(st, row, field_of(&r, partial[i].field));
    }
}

static void check_row(struct state *st, size_t row)
{
    const char *name = reference_text(st->expected, row, "case");
    const char *quantity = reference_text(st->expected, row, "quantity");
    if (strncmp(name, "matrix:", 7) == 0)
        check_matrix(st, row, name);
    if (strncmp(name, "partial:", 8) == 0)
        check_partial(st, row, quantity);
    if (strncmp(name, "bivariate:", 10) != 0 && strncmp(name, "numeric:", 8) != 0 &&
        strncmp(name, "biserial:", 9) != 0)
        return;
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
        if (strcmp(quantity, figures[f].quantity) == 0)
            check_figure(st, row, f);
}

static void check_file(const char *file, size_t at_least)
{
    struct state st = {.keep = arena_new(), .scratch = arena_new()};
    const char *path = oracle_path(file, st.keep);
    if (path) {
        st.expected = reference_read(path, '\t', st.keep);
        assert_non_null(st.expected);
        for (size_t i = 0; i < st.expected->n_rows; i++)
            check_row(&st, i);
        print_message("%s: %zu of %zu figures agree\n", file, st.agreed, st.compared);
        assert_true(st.compared >= at_least);
        assert_int_equal(st.agreed, st.compared);
    }
    arena_free(st.keep);
    arena_free(st.scratch);
}

static void agrees_with_r(void **state)
{
    (void)state;
    check_file("correlation/expected.tsv", 500);
}

static void agrees_with_exact_arithmetic(void **state)
{
    (void)state;
    check_file("correlation/expected_highprec.tsv", 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(agrees_with_exact_arithmetic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
