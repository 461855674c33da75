/* SPDX-License-Identifier: GPL-3.0-or-later
   The curves beyond the first thirteen, and isotonic regression, against R and
   brute force: scripts/reference/curve_forms.R. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/curve/curve.h"
#include "models/curve/predict.h"
#include "models/regression/criteria.h"
#include "models/shape/isotonic.h"

#define DIGITS 10

struct fixture {
    struct arena *keep;
    struct reference *data, *want;
};

/* One set of the data file under one kind of weights. */
static struct sample sample_of(const struct fixture *f, const char *set, const char *weights)
{
    double *x = ARENA_NEW(f->keep, double, f->data->n_rows);
    double *y = ARENA_NEW(f->keep, double, f->data->n_rows);
    double *w = ARENA_NEW(f->keep, double, f->data->n_rows);
    size_t n = 0;
    bool weighted = strcmp(weights, "none") != 0;
    for (size_t i = 0; i < f->data->n_rows; i++) {
        if (strcmp(reference_text(f->data, i, "set"), set) != 0)
            continue;
        x[n] = reference_real(f->data, i, "x");
        y[n] = reference_real(f->data, i, "y");
        w[n++] = weighted ? reference_real(f->data, i, weights) : 1;
    }
    return (struct sample){
        .n = n,
        .x = x,
        .y = y,
        .w = weighted ? w : NULL,
        .weight_kind = !weighted                          ? WEIGHT_NONE
                       : strcmp(weights, "sampling") == 0 ? WEIGHT_SAMPLING
                                                          : WEIGHT_FREQUENCY,
    };
}

/* "3;5" as two knots. */
static struct curve_options options_of(const char *knots, double room[])
{
    struct curve_options o = {.knots = room};
    for (char *end; *knots; knots = *end ? end + 1 : end)
        room[o.n_knots++] = strtod(knots, &end);
    return o;
}

struct results {
    const char *curve;
    struct fit fit;
    struct criteria criteria;
    struct prediction prediction;
    struct isotonic isotonic;
};

static struct results results_of(const char *curve, const struct sample *s, const char *knots,
                                 struct arena *keep)
{
    struct results r = {.curve = curve};
    double room[8], *at = ARENA_NEW(keep, double, 1);
    const struct curve *c = curve_find(curve);
    struct curve_options options = options_of(knots, room);
    at[0] = 2.5;
    if (!c) {
        isotonic_fit(s, &r.isotonic, keep);
        assert_string_equal(fit_status_word(r.isotonic.status), "ok");
        return r;
    }
    curve_fit(c, s, NULL, &options, &r.fit, keep);
    if (r.fit.status != FIT_CONVERGED)
        fail_msg("%s: %s", curve, fit_status_word(r.fit.status));
    r.criteria = criteria_of(r.fit.log_lik, (double)fit_n_estimated(&r.fit) + 1, r.fit.n_obs);
    r.prediction = curve_predict(c, &r.fit, at, 1, 0.95, keep);
    return r;
}

struct figure {
    const char *name;
    double value;
};

static double figure_of(const struct figure *table, size_t n, const char *q)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(table[i].name, q) == 0)
            return table[i].value;
    fail_msg("no figure %s", q);
    return NAN;
}

static double isotonic_figure(const struct isotonic *iso, const char *q)
{
    const struct figure table[] = {
        {"rising", iso->rising},       {"n_blocks", (double)iso->n_blocks},
        {"sigma", iso->sigma},         {"deviance", iso->deviance},
        {"df", iso->df_residual},      {"log_lik", iso->log_lik},
        {"r_squared", iso->r_squared},
    };
    size_t digit = strcspn(q, "0123456789"), k = strtoul(q + digit, NULL, 10) - 1;
    if (!q[digit])
        return figure_of(table, sizeof table / sizeof *table, q);
    assert_true(k < iso->n_blocks);
    return q[0] == 'b' ? iso->estimate[k] : iso->to[k];
}

static double figure(const struct results *r, const char *q)
{
    const struct figure table[] = {
        {"deviance", r->fit.deviance},
        {"sigma", r->fit.sigma},
        {"df", r->fit.df_residual},
        {"n", r->fit.n_obs},
        {"log_lik", r->fit.log_lik},
        {"aic", r->criteria.aic},
        {"bic", r->criteria.bic},
        {"r_squared", r->fit.r_squared},
        {"predict", r->prediction.n ? r->prediction.estimate[0] : NAN},
        {"predict_low", r->prediction.n ? r->prediction.low[0] : NAN},
        {"predict_high", r->prediction.n ? r->prediction.high[0] : NAN},
    };
    if (!curve_find(r->curve))
        return isotonic_figure(&r->isotonic, q);
    size_t digit = strcspn(q, "0123456789"), j = strtoul(q + digit, NULL, 10) - 1;
    if (!q[digit])
        return figure_of(table, sizeof table / sizeof *table, q);
    assert_true(j < r->fit.n_params + r->fit.n_constants);
    return q[0] == 'b' ? r->fit.estimate[j] : fit_std_error(&r->fit, j);
}

static void test_against_r(void **state)
{
    const struct fixture *f = *state;
    struct results r = {0};
    char last[96] = "";
    for (size_t i = 0; i < f->want->n_rows; i++) {
        const char *set = reference_text(f->want, i, "set");
        const char *curve = reference_text(f->want, i, "curve");
        const char *weights = reference_text(f->want, i, "weights");
        const char *knots = reference_text(f->want, i, "knots");
        char now[96];
        snprintf(now, sizeof now, "%s %s %s %s", set, curve, weights, knots);
        if (strcmp(now, last) != 0) {
            struct sample s = sample_of(f, set, weights);
            r = results_of(curve, &s, knots, f->keep);
            memcpy(last, now, sizeof now);
        }
        const char *q = reference_text(f->want, i, "quantity");
        check_digits(arena_printf(f->keep, "%s: %s", now, q), figure(&r, q),
                     reference_real(f->want, i, "value"), DIGITS, __FILE__, __LINE__);
    }
}

static int open_tables(void **state)
{
    gsl_set_error_handler_off();
    struct arena *keep = arena_new();
    struct fixture *f = ARENA_NEW(keep, struct fixture, 1);
    f->keep = keep;
    f->data = reference_read("tests/reference/curve_forms_data.csv", ',', keep);
    f->want = reference_read("tests/reference/curve_forms.csv", ',', keep);
    *state = f;
    return f->data && f->want ? 0 : -1;
}

static int close_tables(void **state)
{
    arena_free(((struct fixture *)*state)->keep);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_r)};
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
