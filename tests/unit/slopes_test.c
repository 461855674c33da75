/* SPDX-License-Identifier: GPL-3.0-or-later
   Simple slopes against R's emmeans::emtrends, bounds of Johnson & Neyman against the roots of
   |t| = critical value, mean predictions against their definition (scripts/reference/margins.R). */
#include "models/margins/slopes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "tests/margins_case.h"

static const struct outcome_options plain = {.left = -INFINITY, .right = INFINITY};

struct tables {
    struct arena *keep;
    struct model_data data;
    const struct reference *want;
};

static int open_tables(void **state)
{
    struct arena *keep = arena_new();
    struct tables *t = ARENA_NEW(keep, struct tables, 1);
    const struct reference *table = reference_read("tests/reference/margins_data.csv", ',', keep);
    t->want = reference_read("tests/reference/slopes.csv", ',', keep);
    t->keep = keep;
    if (!table || !t->want)
        return 1;
    t->data = data_of(table, keep);
    *state = t;
    return 0;
}

static int close_tables(void **state)
{
    arena_free(((struct tables *)*state)->keep);
    return 0;
}

static double want(const struct tables *t, const char *name, const char *quantity, size_t k)
{
    const char *indexed = arena_printf(t->keep, "%s.%zu", quantity, k);
    for (size_t i = 0; i < t->want->n_rows; i++)
        if (strcmp(reference_text(t->want, i, "case"), name) == 0 &&
            (strcmp(reference_text(t->want, i, "quantity"), indexed) == 0 ||
             strcmp(reference_text(t->want, i, "quantity"), quantity) == 0))
            return reference_real(t->want, i, "value");
    fail_msg("no %s %s", name, indexed);
    return NAN;
}

static size_t count(const struct tables *t, const char *name, const char *quantity)
{
    size_t n = 0;
    for (size_t i = 0; i < t->want->n_rows; i++)
        n += strcmp(reference_text(t->want, i, "case"), name) == 0 &&
             strncmp(reference_text(t->want, i, "quantity"), quantity, strlen(quantity)) == 0;
    return n;
}

static void slopes_of(const struct tables *t, const char *name, const char *family,
                      const char *formula, const char *moderator)
{
    struct fitted_case *c = fit_case(&t->data, family, formula, NULL, &plain, t->keep);
    const struct margin_variable *x = margins_variable(&c->margins, "x");
    size_t n;
    struct slope_point *point = slope_points(margins_variable(&c->margins, moderator), &n, t->keep);
    assert_int_equal(n, count(t, name, "slope"));
    for (size_t k = 0; k < n; k++) {
        struct margin_query q = slope_query(x, 0, &point[k], true, 0);
        struct margin a;
        margins_average(&c->margins, &q, 1, &a, t->keep);
        assert_int_equal(a.status, FIT_OK);
        struct tested got = tested_of(a.estimate[0], a.std_error[0], fit_df(&c->fit.fit), 0.95);
        assert_digits(got.estimate, want(t, name, "slope", k), 10);
        assert_digits(got.std_error, want(t, name, "error", k), 10);
        assert_digits(got.p_value, want(t, name, "p", k), 9);
        assert_digits(got.conf_low, want(t, name, "low", k), 9);
        assert_digits(got.conf_high, want(t, name, "high", k), 9);
    }
}

static void simple_slopes(void **state)
{
    const struct tables *t = *state;
    slopes_of(t, "line", "gaussian", "line ~ x * z + g", "z");
    slopes_of(t, "hit", "binomial", "hit ~ x * seg + z", "seg");
}

static void bounds_of(const struct tables *t, const char *name, const char *formula, const char *x,
                      const char *z)
{
    struct fitted_case *c = fit_case(&t->data, "gaussian", formula, NULL, &plain, t->keep);
    const struct margin_variable *of = margins_variable(&c->margins, x);
    struct johnson_neyman jn;
    johnson_neyman(&c->margins, of, 0, margins_variable(&c->margins, z), 0, 0.95,
                   strstr(name, "fdr"), &jn);
    assert_int_equal(jn.status, FIT_OK);
    assert_digits(jn.critical, want(t, name, "critical", 0), 11);
    assert_int_equal(jn.n, 1 + count(t, name, "bound"));
    double share = 0;
    for (size_t k = 0; k + 1 < jn.n; k++) {
        share += jn.region[k].share;
        assert_digits(jn.region[k].to, want(t, name, "bound", k), 10);
        assert_digits(share, want(t, name, "below", k), 12);
        assert_true(jn.region[k].to == jn.region[k + 1].from);
        assert_int_not_equal(jn.region[k].direction, jn.region[k + 1].direction);
        struct tested at = johnson_neyman_at(&jn, jn.region[k].to, 0.95);
        assert_digits(fabs(at.statistic), jn.critical, 10);
        assert_digits(at.estimate, jn.region[k].slope_to, 12);
    }
}

static void bounds(void **state)
{
    const struct tables *t = *state;
    bounds_of(t, "line_jn", "line ~ x * z + g", "x", "z");
    bounds_of(t, "line_fdr", "line ~ x * z + g", "x", "z");
    bounds_of(t, "two_jn", "line ~ x * exposure + g", "x", "exposure");
    bounds_of(t, "two_fdr", "line ~ x * exposure + g", "x", "exposure");
    bounds_of(t, "zx_jn", "line ~ z * x", "z", "x");
    bounds_of(t, "zx_fdr", "line ~ z * x", "z", "x");
}

/* A slope that bends with its moderator has no two bounds. */
static void bent(void **state)
{
    const struct tables *t = *state;
    struct johnson_neyman jn;
    struct fitted_case *c =
        fit_case(&t->data, "gaussian", "line ~ x * log(z)", NULL, &plain, t->keep);
    johnson_neyman(&c->margins, margins_variable(&c->margins, "x"), 0,
                   margins_variable(&c->margins, "z"), 0, 0.95, false, &jn);
    assert_int_equal(jn.status, FIT_DOMAIN);
    c = fit_case(&t->data, "gaussian", "line ~ x * I(z - 2)", NULL, &plain, t->keep);
    johnson_neyman(&c->margins, margins_variable(&c->margins, "x"), 0,
                   margins_variable(&c->margins, "z"), 0, 0.95, false, &jn);
    assert_int_equal(jn.status, FIT_OK);
    struct johnson_neyman plainly;
    c = fit_case(&t->data, "gaussian", "line ~ x * z", NULL, &plain, t->keep);
    johnson_neyman(&c->margins, margins_variable(&c->margins, "x"), 0,
                   margins_variable(&c->margins, "z"), 0, 0.95, false, &plainly);
    assert_int_equal(jn.n, plainly.n);
    assert_digits(jn.region[0].to, plainly.region[0].to, 11);
}

static void predicted(const struct tables *t, const char *name, const char *family,
                      const char *formula, const char *factor)
{
    struct fitted_case *c = fit_case(&t->data, family, formula, NULL, &plain, t->keep);
    struct margin_query q = {.n_settings = 1};
    struct margin a;
    q.setting[0] = (struct margin_setting){margins_variable(&c->margins, "x"), 1.5, 0};
    if (factor)
        q.setting[q.n_settings++] =
            (struct margin_setting){.variable = margins_variable(&c->margins, factor), .level = 1};
    margins_average(&c->margins, &q, 1, &a, t->keep);
    struct tested got = tested_of(a.estimate[0], a.std_error[0], fit_df(&c->fit.fit), 0.95);
    tested_mean_limits(c->fit.outcome, 0.95, &got);
    assert_digits(got.estimate, want(t, name, "slope", 0), 11);
    assert_digits(got.std_error, want(t, name, "error", 0), 11);
    assert_digits(got.conf_low, want(t, name, "low", 0), 10);
    assert_digits(got.conf_high, want(t, name, "high", 0), 10);
}

static void mean_predictions(void **state)
{
    const struct tables *t = *state;
    predicted(t, "hit_mean", "binomial", "hit ~ x * seg + z", "seg");
    predicted(t, "count_mean", "poisson", "count ~ x * g + z", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simple_slopes),
        cmocka_unit_test(bounds),
        cmocka_unit_test(bent),
        cmocka_unit_test(mean_predictions),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
