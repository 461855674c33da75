/* SPDX-License-Identifier: GPL-3.0-or-later
   The curves against R's lm and nls: scripts/reference/curve.R. */
#include "tests/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/curve/curve.h"
#include "models/curve/predict.h"
#include "models/curve/saturated.h"
#include "models/regression/criteria.h"

#define DIGITS 9

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

/* A fit and all that is compared of it. */
struct results {
    struct fit fit;
    struct criteria criteria;
    struct saturated full;
    struct test_result lack;
    struct prediction prediction;
};

static struct results results_of(const struct curve *c, const struct sample *s, struct arena *keep)
{
    struct results r;
    double *at = ARENA_NEW(keep, double, 1);
    at[0] = 2.5;
    curve_fit(c, s, NULL, NULL, &r.fit, keep);
    assert_string_equal(fit_status_word(r.fit.status), "converged");
    r.criteria = criteria_of(r.fit.log_lik, (double)c->n_params + 1, r.fit.n_obs);
    saturated_fit(s, 0.95, &r.full, keep);
    r.lack = lack_of_fit(&r.full, &r.fit);
    r.prediction = curve_predict(c, &r.fit, at, 1, 0.95, keep);
    return r;
}

/* Where x = 3 is among the points. */
static size_t point_3(const struct saturated *full)
{
    size_t j = 0;
    while (j + 1 < full->n && full->x[j] != 3)
        j++;
    return j;
}

static double figure(const struct results *r, const char *q)
{
    const struct {
        const char *name;
        double value;
    } table[] = {
        {"deviance", r->fit.deviance},
        {"sigma", r->fit.sigma},
        {"df", r->fit.df_residual},
        {"n", r->fit.n_obs},
        {"log_lik", r->fit.log_lik},
        {"aic", r->criteria.aic},
        {"bic", r->criteria.bic},
        {"r_squared", r->fit.r_squared},
        {"adj_r_squared", adjusted_r_squared(r->fit.r_squared, r->fit.about_zero, r->fit.n_obs,
                                             (double)r->fit.n_params)},
        {"predict", r->prediction.estimate[0]},
        {"predict_low", r->prediction.low[0]},
        {"predict_high", r->prediction.high[0]},
        {"lack_f", r->lack.statistic},
        {"lack_df", r->lack.df1},
        {"lack_p", r->lack.p_value},
        {"saturated_log_lik", r->full.log_lik},
        {"saturated_sigma", r->full.sigma},
        {"saturated_3", r->full.estimate[point_3(&r->full)]},
        {"saturated_3_low", r->full.conf_low[point_3(&r->full)]},
        {"saturated_3_high", r->full.conf_high[point_3(&r->full)]},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, q) == 0)
            return table[i].value;
    size_t j = (size_t)strtoul(q + strcspn(q, "0123456789"), NULL, 10) - 1;
    assert_true(j < r->fit.n_params);
    return q[0] == 'b' ? r->fit.estimate[j] : fit_std_error(&r->fit, j);
}

static void test_against_r(void **state)
{
    const struct fixture *f = *state;
    struct results r = {0};
    char last[64] = "";
    for (size_t i = 0; i < f->want->n_rows; i++) {
        const char *set = reference_text(f->want, i, "set");
        const char *curve = reference_text(f->want, i, "curve");
        const char *weights = reference_text(f->want, i, "weights");
        char now[64];
        snprintf(now, sizeof now, "%s %s %s", set, curve, weights);
        if (strcmp(now, last) != 0) {
            struct sample s = sample_of(f, set, weights);
            r = results_of(curve_find(curve), &s, f->keep);
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
    f->data = reference_read("tests/reference/curve_data.csv", ',', keep);
    f->want = reference_read("tests/reference/curve.csv", ',', keep);
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
