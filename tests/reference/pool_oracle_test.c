/* SPDX-License-Identifier: GPL-3.0-or-later
   Pooling against metafor 3.8-1 (oracles/metafor), case by case. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/meta/effect.h"
#include "models/meta/pool.h"
#include "tests/check.h"

/* The figure of ours that a quantity of metafor names; false if there is none. */
static bool figure(const struct pooled *p, const char *quantity, double *value)
{
    const struct {
        const char *quantity;
        double value;
    } table[] = {
        {"k", (double)p->k},
        {"tau2", p->tau2},
        {"mu.beta", p->estimate},
        {"mu.se", p->std_error},
        {"mu.zval", p->statistic},
        {"mu.pval", p->p_value},
        {"mu.ci.lb", p->conf_low},
        {"mu.ci.ub", p->conf_high},
        {"QE", p->q},
        {"QEp", p->q_p_value},
        {"I2_percent", 100 * p->i2},
        {"H2", p->h2},
        {"pi.lb", p->pred_low},
        {"pi.ub", p->pred_high},
        {"tau2.ci.lb", p->tau2_low},
        {"tau2.ci.ub", p->tau2_high},
        {"tau.ci.lb", sqrt(p->tau2_low)},
        {"tau.ci.ub", sqrt(p->tau2_high)},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].quantity, quantity) == 0) {
            *value = table[i].value;
            return true;
        }
    return false;
}

static bool effects_read(const char *data, struct effects *e, struct arena *keep)
{
    const char *path = oracle_path(arena_printf(keep, "metafor/data/%s.csv", data), keep);
    if (!path)
        return false;
    struct reference *r = reference_read(path, ',', keep);
    e->k = r->n_rows;
    e->y = reference_column(r, "yi", keep);
    e->v = reference_column(r, "vi", keep);
    return true;
}

/* "data:METHOD" and "data:METHOD:knha", "data:METHOD:confint"; false for other cases. */
static bool case_pool(const char *name, struct pooled *p, struct arena *keep)
{
    char *rest = arena_strdup(keep, name);
    const char *data = strsep(&rest, ":"), *word = rest ? strsep(&rest, ":") : NULL;
    if (!word || (rest && strcmp(rest, "knha") != 0 && strcmp(rest, "adhoc") != 0 &&
                  strcmp(rest, "confint") != 0))
        return false;
    const struct pool_method *method = pool_method(strcmp(word, "EE") == 0 ? "FE" : word);
    struct effects e;
    if (!method || !effects_read(data, &e, keep))
        return false;
    bool floor = rest && strcmp(rest, "adhoc") == 0;
    struct pool_options o = {0.95, floor || (rest && strcmp(rest, "knha") == 0), floor};
    *p = pool_effects(&e, method, &o);
    return true;
}

/* metafor looks for the upper limit of tau2 no further than 100; with k = 2 it lies beyond. */
static bool cut_off(const char *name, const char *quantity)
{
    return strncmp(name, "k2:", 3) == 0 && strstr(quantity, ".ci.ub") && strstr(name, "confint");
}

static void agrees_with_metafor(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("metafor/expected.tsv", keep);
    if (!path)
        skip();
    struct reference *r = reference_read(path, '\t', keep);
    int agreed = 0, differed = 0;
    const char *last = "";
    struct pooled p = {0};
    bool ours = false;
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *name = reference_text(r, i, "case"), *q = reference_text(r, i, "quantity");
        if (strcmp(name, last) != 0)
            ours = case_pool(name, &p, keep);
        last = name;
        double got, want = reference_real(r, i, "value");
        if (!ours || cut_off(name, q) || !figure(&p, q, &got))
            continue;
        if (agrees(got, want, reference_real(r, i, "abs_tol"), reference_real(r, i, "rel_tol"))) {
            agreed++;
            continue;
        }
        differed++;
        print_error("%s %s: got %.15g, want %.15g\n", name, q, got, want);
    }
    print_message("%d of %d figures of metafor agree\n", agreed, agreed + differed);
    assert_true(agreed > 1500);
    assert_int_equal(differed, 0);
    arena_free(keep);
}

/* The same effects in other units: metafor's absolute stop rules fail on the small ones. */
static void scales_with_the_units(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct effects small, large;
    if (!effects_read("tiny_variances", &small, keep) ||
        !effects_read("tiny_variances_scaled", &large, keep))
        skip();
    for (size_t m = 0; m < pool_n_methods; m++) {
        struct pool_options o = {0.95, true, false};
        struct pooled a = pool_effects(&small, pool_methods[m], &o);
        struct pooled b = pool_effects(&large, pool_methods[m], &o);
        /* 1.0000001 holds its 1e-7 to nine digits only */
        assert_digits(a.tau2 * 1e14, b.tau2, 7);
        assert_digits(a.std_error * 1e7, b.std_error, 7);
        assert_digits(a.i2, b.i2, 7);
    }
    arena_free(keep);
}

static void transforms_correlations(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("metafor/data/mcdaniel1994_zcor.csv", keep);
    if (!path)
        skip();
    struct reference *r = reference_read(path, ',', keep);
    const struct effect_method *pearson = effect_method("pearson");
    for (size_t i = 0; i < r->n_rows; i++) {
        double n = reference_real(r, i, "ni");
        struct effect e = effect_from_correlation(reference_real(r, i, "ri"), n, pearson);
        assert_int_equal(e.status, FIT_OK);
        assert_digits(e.z, reference_real(r, i, "yi"), 13);
        assert_digits(e.variance, reference_real(r, i, "vi"), 13);
    }
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_metafor),
        cmocka_unit_test(scales_with_the_units),
        cmocka_unit_test(transforms_correlations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
