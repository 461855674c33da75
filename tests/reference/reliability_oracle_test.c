/* SPDX-License-Identifier: GPL-3.0-or-later
   Cronbach's alpha against psych 2.2.9, the one-factor model against lavaan 0.6-14
   (oracles/correlation). */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/scale/item_covariance.h"
#include "models/scale/one_factor.h"
#include "models/scale/reliability.h"
#include "tests/check.h"

enum { MAX_ITEMS = 16 };

struct scale_case {
    size_t k;
    const char *item[MAX_ITEMS];
    struct reliability r;
    struct one_factor f;
};

/* "-A1,A2": the items; a minus reverses about (smallest + largest answer of all items). */
static bool fit_case(const char *data, const char *vars, struct scale_case *c, struct arena *keep)
{
    const char *path = oracle_path(arena_printf(keep, "correlation/data/%s.csv", data), keep);
    if (!path)
        return false;
    struct reference *t = reference_read(path, ',', keep);
    char *rest = arena_strdup(keep, vars);
    double *column[MAX_ITEMS];
    bool reversed[MAX_ITEMS];
    for (c->k = 0; rest; c->k++) {
        const char *name = strsep(&rest, ",");
        assert_true(c->k < MAX_ITEMS);
        reversed[c->k] = *name == '-';
        c->item[c->k] = name + reversed[c->k];
        column[c->k] = reference_column(t, c->item[c->k], keep);
    }
    double *item = ARENA_NEW(keep, double, t->n_rows * c->k), low = INFINITY, high = -INFINITY;
    size_t n = 0;
    for (size_t i = 0; i < t->n_rows; i++) {
        bool complete = true;
        for (size_t j = 0; j < c->k; j++) {
            item[n * c->k + j] = column[j][i];
            complete = complete && !isnan(column[j][i]);
        }
        n += complete;
    }
    for (size_t i = 0; i < n * c->k; i++) {
        low = fmin(low, item[i]);
        high = fmax(high, item[i]);
    }
    for (size_t i = 0; i < n * c->k; i++)
        if (reversed[i % c->k])
            item[i] = low + high - item[i];
    c->r = reliability_alpha(item, NULL, n, c->k, 0.95, keep);
    double *means = ARENA_NEW(keep, double, c->k);
    c->f = one_factor_fit(item_covariance(item, NULL, n, c->k, means, keep), c->k, (double)n, 0.95,
                          keep);
    return true;
}

static double smallest(const double *x, size_t n)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, x[i]);
    return least;
}

static bool figure(const struct scale_case *c, const char *quantity, double *value)
{
    const struct reliability *r = &c->r;
    const struct one_factor *f = &c->f;
    double to_n = (r->n - 1) / r->n; /* lavaan's divisor */
    if (c->k > 2 && strcmp(quantity, "odd_even_spearman_brown") == 0)
        return false; /* of halves */
    const struct {
        const char *quantity;
        double value;
    } table[] = {
        {"n", r->n},
        {"raw_alpha", r->alpha},
        {"std.alpha", r->std_alpha},
        {"average_r", r->mean_correlation},
        {"feldt_lo", r->conf_low},
        {"feldt_hi", r->conf_high},
        {"odd_even_spearman_brown", spearman_brown(r->mean_correlation, 2)},
        {"omega_cfa_cov", f->omega},
        {"AVE_std", f->ave},
        {"CR_std", f->composite_reliability},
        {"cfa_min_residual_variance", smallest(f->residual, c->k) * to_n},
        {"cfa_chisq", f->chi_square},
        {"cfa_df", f->df},
        {"cfa_cfi", f->cfi},
        {"cfa_tli", f->tli},
        {"cfa_rmsea", f->rmsea},
        {"cfa_srmr", f->srmr},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].quantity, quantity) == 0) {
            *value = table[i].value;
            return true;
        }
    const char *dot = strchr(quantity, '.');
    for (size_t j = 0; dot && j < c->k; j++) {
        if (strcmp(dot + 1, c->item[j]) != 0)
            continue;
        if (strncmp(quantity, "r_item_rest.", 12) == 0) {
            *value = r->item_rest[j];
            return true;
        }
        if (strncmp(quantity, "std_loading.", 12) == 0) {
            *value = c->f.std_loading[j];
            return true;
        }
        /* psych prints the correlation as the alpha of the one item that is left */
        if (strncmp(quantity, "alpha_if_dropped.", 17) == 0 && c->k > 2) {
            *value = r->alpha_if_dropped[j];
            return true;
        }
    }
    return false;
}

static void agrees_with_psych_and_lavaan(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("correlation/expected.tsv", keep);
    if (!path)
        skip();
    struct reference *t = reference_read(path, '\t', keep);
    const char *last = "";
    struct scale_case c = {0};
    int agreed = 0, differed = 0;
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *name = reference_text(t, i, "case"), *q = reference_text(t, i, "quantity");
        if (strncmp(name, "reliability:", 12) != 0)
            continue;
        if (strcmp(name, last) != 0 &&
            !fit_case(reference_text(t, i, "data"), reference_text(t, i, "vars"), &c, keep))
            skip();
        last = name;
        double got, want = reference_real(t, i, "value");
        if (!figure(&c, q, &got))
            continue;
        if (agrees(got, want, reference_real(t, i, "abs_tol"), reference_real(t, i, "rel_tol"))) {
            agreed++;
            continue;
        }
        differed++;
        print_error("%s %s: got %.15g, want %.15g\n", name, q, got, want);
    }
    print_message("%d of %d figures of psych and lavaan agree\n", agreed, agreed + differed);
    assert_true(agreed > 230);
    assert_int_equal(differed, 0);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_psych_and_lavaan)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
