/* SPDX-License-Identifier: GPL-3.0-or-later
   Measurement error and range against scripts/reference/measurement.R. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "models/correlation/disattenuated.h"
#include "models/correlation/range_restriction.h"
#include "models/scale/count_reliability.h"
#include "models/scale/item_covariance.h"
#include "models/scale/one_factor.h"
#include "models/scale/reliability.h"
#include "tests/check.h"

/* A quantity of one case. */
struct named {
    const char *name;
    double value;
};

struct fixture {
    struct arena *keep;
    struct reference *want, *items, *counts;
};

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct fixture *f = ARENA_NEW(keep, struct fixture, 1);
    f->keep = keep;
    f->want = reference_read("tests/reference/measurement.csv", ',', keep);
    f->items = reference_read("tests/reference/measurement_items.csv", ',', keep);
    f->counts = reference_read("tests/reference/measurement_counts.csv", ',', keep);
    assert_true(f->want && f->items && f->counts);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->keep);
    return 0;
}

/* All quantities of a case: each must be among the figures, and one at least. */
static void compare(const struct fixture *f, const char *name, const struct named *figures,
                    size_t n, double digits)
{
    const struct reference *t = f->want;
    size_t compared = 0;
    for (size_t i = 0; i < t->n_rows; i++) {
        const char *quantity = reference_text(t, i, "quantity");
        if (strcmp(reference_text(t, i, "case"), name) != 0)
            continue;
        size_t k = 0;
        while (k < n && strcmp(figures[k].name, quantity) != 0)
            k++;
        if (k == n)
            fail_msg("%s: no figure %s", name, quantity);
        check_digits(arena_printf(f->keep, "%s %s", name, quantity), figures[k].value,
                     reference_real(t, i, "value"), digits, __FILE__, __LINE__);
        compared++;
    }
    assert_true(compared > 0);
}

static void compare_one(const struct fixture *f, const char *name, double value, double digits)
{
    compare(f, name, &(struct named){"estimate", value}, 1, digits);
}

/* ---- the one-factor model ---- */

/* The items that a case names, "factor:a1 a2 a3:frequency". */
static size_t read_items(const struct fixture *f, const char *name, double *item, double *means,
                         double **cov, double *n)
{
    struct arena *keep = f->keep;
    char *text = arena_strdup(keep, name + strlen("factor:")), *more = text;
    char *names = strsep(&more, ":"), *word;
    double *frequency = more && strcmp(more, "frequency") == 0
                            ? reference_column(f->items, "frequency", keep)
                            : NULL;
    size_t k = 0, rows = f->items->n_rows;
    double *column[16];
    while ((word = strsep(&names, " ")))
        column[k++] = reference_column(f->items, word, keep);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < k; j++)
            item[i * k + j] = column[j][i];
    *cov = item_covariance(item, frequency, rows, k, means, keep);
    *n = item_count(frequency, rows);
    return k;
}

static void check_factor(const struct fixture *f, const char *name, enum fit_status status)
{
    double *item = ARENA_NEW(f->keep, double, f->items->n_rows * 16), means[16], *cov, n;
    size_t k = read_items(f, name, item, means, &cov, &n), m = 14;
    struct one_factor o = one_factor_fit(cov, k, n, strstr(name, ":0.9") ? 0.9 : 0.95, f->keep);
    assert_string_equal(fit_status_word(o.status), fit_status_word(status));
    struct named figures[14 + 4 * 16] = {
        {"n", o.n},
        {"omega", o.omega},
        {"omega_std_error", o.omega_std_error},
        {"omega_low", o.omega_low},
        {"omega_high", o.omega_high},
        {"ave", o.ave},
        {"composite_reliability", o.composite_reliability},
        {"chi_square", o.chi_square},
        {"df", o.df},
        {"p_value", o.p_value},
        {"cfi", o.cfi},
        {"tli", o.tli},
        {"rmsea", o.rmsea},
        {"srmr", o.srmr},
    };
    for (size_t j = 0; j < k; j++) {
        const struct named of_item[] = {
            {arena_printf(f->keep, "std_loading.%zu", j + 1), o.std_loading[j]},
            {arena_printf(f->keep, "std_loading_error.%zu", j + 1), o.std_loading_error[j]},
            {arena_printf(f->keep, "loading.%zu", j + 1), o.loading[j]},
            {arena_printf(f->keep, "residual.%zu", j + 1), o.residual[j]}};
        memcpy(figures + m, of_item, sizeof of_item);
        m += 4;
    }
    compare(f, name, figures, m, 11);
}

static void one_factor_agrees(void **state)
{
    const struct fixture *f = *state;
    check_factor(f, "factor:a1 a2 a3 a4 a5", FIT_CONVERGED);
    check_factor(f, "factor:a1 a2 a3", FIT_CONVERGED);
    check_factor(f, "factor:a1 a2 a3 a6", FIT_CONVERGED);
    check_factor(f, "factor:a1 a2 a3 a4 a5:frequency", FIT_CONVERGED);
    check_factor(f, "factor:a1 a2 a4 big", FIT_CONVERGED);
    check_factor(f, "factor:a1 a2 a3 a4 a5:0.9", FIT_CONVERGED);
    check_factor(f, "factor:h1 h2 h3", FIT_IMPROPER);
}

static void spearman_brown_agrees(void **state)
{
    const struct fixture *f = *state;
    static const double r[] = {-0.3, 0, 0.4, 0.85}, length[] = {0.5, 2, 3};
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 3; k++) {
            const char *name = arena_printf(f->keep, "spearman_brown:%g:%g", r[i], length[k]);
            compare(f, name, &(struct named){"value", spearman_brown(r[i], length[k])}, 1, 15);
        }
}

/* ---- counts ---- */

static void check_count(const struct fixture *f, const char *name, double conf_level)
{
    char *data = arena_strdup(f->keep, name + strlen("count:"));
    data[strcspn(data, ":")] = '\0';
    double *count = ARENA_NEW(f->keep, double, f->counts->n_rows),
           *frequency = ARENA_NEW(f->keep, double, f->counts->n_rows);
    size_t n = 0;
    for (size_t i = 0; i < f->counts->n_rows; i++)
        if (strcmp(reference_text(f->counts, i, "case"), data) == 0) {
            count[n] = reference_real(f->counts, i, "count");
            frequency[n++] = reference_real(f->counts, i, "frequency");
        }
    struct count_reliability r = count_reliability(count, frequency, n, conf_level, f->keep);
    const struct named figures[] = {
        {"n", r.n},
        {"mean", r.mean},
        {"mean_error", r.mean_error},
        {"shape", r.shape},
        {"shape_error", r.shape_error},
        {"reliability", r.reliability},
        {"std_error", r.std_error},
        {"delta_low", r.delta_low},
        {"delta_high", r.delta_high},
        {"conf_low", r.conf_low},
        {"conf_high", r.conf_high},
        {"ceiling", r.ceiling},
        {"ceiling_high", r.ceiling_high},
        {"log_lik", r.log_lik},
    };
    compare(f, name, figures, sizeof figures / sizeof *figures, 10);
}

static void counts_agree(void **state)
{
    const struct fixture *f = *state;
    static const char *const name[] = {"moderate", "mild", "heavy",    "mites",
                                       "few",      "long", "weighted", "boundary"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        check_count(f, arena_printf(f->keep, "count:%s", name[i]), 0.95);
    check_count(f, "count:moderate:0.8", 0.8);
}

/* European red mites on 150 apple leaves: Bliss and Fisher (1953, Biometrics 9, 176-200)
   print the maximum likelihood estimate k = 1.02459. */
static void agrees_with_bliss_and_fisher(void **state)
{
    const struct fixture *f = *state;
    static const double count[] = {0, 1, 2, 3, 4, 5, 6, 7}, leaves[] = {70, 38, 17, 10, 9, 3, 2, 1};
    struct count_reliability r = count_reliability(count, leaves, 8, 0.95, f->keep);
    assert_true(fabs(r.shape - 1.02459) < 5e-6);
}

/* ---- disattenuation and range ---- */

static void check_corrected(const struct fixture *f, int index, struct with_limits r,
                            struct with_limits x, struct with_limits y, enum fit_status status)
{
    struct disattenuated c = disattenuated(&r, &x, &y);
    const struct named figures[] = {{"estimate", c.estimate},
                                    {"known_low", c.known_low},
                                    {"known_high", c.known_high},
                                    {"low", c.low},
                                    {"high", c.high}};
    compare(f, arena_printf(f->keep, "disattenuated:%d", index), figures, 5, 13);
    assert_int_equal(c.status, status);
}

/* Fisher's interval of r in n observations. */
static struct with_limits fisher(double r, double n)
{
    double half = 1.9599639845400542 / sqrt(n - 3);
    return (struct with_limits){r, tanh(atanh(r) - half), tanh(atanh(r) + half)};
}

static double want(const struct fixture *f, const char *name, const char *quantity)
{
    for (size_t i = 0; i < f->want->n_rows; i++)
        if (strcmp(reference_text(f->want, i, "case"), name) == 0 &&
            strcmp(reference_text(f->want, i, "quantity"), quantity) == 0)
            return reference_real(f->want, i, "value");
    fail_msg("no %s %s", name, quantity);
    return NAN;
}

static void disattenuation_agrees(void **state)
{
    const struct fixture *f = *state;
    struct with_limits alpha = {0.8, want(f, "feldt", "low"), want(f, "feldt", "high")};
    struct with_limits count = {0.62, 0.55, 0.68};
    check_corrected(f, 1, fisher(0.3, 120), alpha, count, FIT_OK);
    check_corrected(f, 2, fisher(-0.3, 120), alpha, count, FIT_OK);
    check_corrected(f, 3, fisher(0.3, 120), (struct with_limits){0.8, NAN, NAN},
                    (struct with_limits){0.7, NAN, NAN}, FIT_OK);
    check_corrected(f, 4, fisher(0.9, 120), (struct with_limits){0.6, NAN, NAN},
                    (struct with_limits){0.7, 0.6, 0.75}, FIT_BEYOND_ONE);
    check_corrected(f, 5, fisher(0, 120), alpha, (struct with_limits){0.7, NAN, NAN}, FIT_OK);
}

static void range_agrees(void **state)
{
    const struct fixture *f = *state;
    static const double two[][2] = {{0.3, 1.5}, {-0.3, 1.5}, {0.6, 0.7}, {0.999, 20}, {0, 3}};
    static const double three[][4] = {
        {0.3, 0.4, 0.5, 1.5}, {0.3, -0.4, 0.2, 2}, {0.1, 0.6, 0.6, 0.8}};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        compare_one(f, arena_printf(f->keep, "case2:%g:%g", two[i][0], two[i][1]),
                    thorndike_case_2(two[i][0], two[i][1]), 12);
    for (size_t i = 0; i < sizeof three / sizeof *three; i++) {
        const double *c = three[i];
        compare_one(f, arena_printf(f->keep, "case3:%g:%g:%g:%g", c[0], c[1], c[2], c[3]),
                    thorndike_case_3(c[0], c[1], c[2], c[3]), 14);
    }
    double sd = want(f, "range_ratio", "sd"), m4 = want(f, "range_ratio", "m4");
    struct with_limits u = range_ratio(90, sd, m4, 150, 0.95);
    const struct named ratio[] = {
        {"estimate", u.estimate}, {"low", u.low}, {"high", u.high}, {"sd", sd}, {"m4", m4}};
    compare(f, "range_ratio", ratio, 5, 14);
    for (int sign = -1; sign <= 1; sign += 2) {
        struct with_limits r = fisher(0.3 * sign, 150);
        struct range_corrected c = range_corrected(&r, &u);
        const struct named figures[] = {{"estimate", c.estimate},
                                        {"known_low", c.known_low},
                                        {"known_high", c.known_high},
                                        {"low", c.low},
                                        {"high", c.high}};
        compare(f, arena_printf(f->keep, "range:%g", 0.3 * sign), figures, 5, 13);
    }
}

/* The values of the method catalogue, 8 decimals. */
static void agrees_with_the_catalogue(void **state)
{
    (void)state;
    struct with_limits r = fisher(0.3, 100), x = {0.8, NAN, NAN}, y = {0.7, NAN, NAN};
    assert_true(fabs(disattenuated(&r, &x, &y).estimate - 0.40089186) < 5e-9);
    assert_true(fabs(thorndike_case_2(0.3, 1.5) - 0.42664092) < 5e-9);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_factor_agrees),
                                       cmocka_unit_test(spearman_brown_agrees),
                                       cmocka_unit_test(counts_agree),
                                       cmocka_unit_test(agrees_with_bliss_and_fisher),
                                       cmocka_unit_test(disattenuation_agrees),
                                       cmocka_unit_test(range_agrees),
                                       cmocka_unit_test(agrees_with_the_catalogue)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
