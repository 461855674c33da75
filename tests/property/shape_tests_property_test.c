/* SPDX-License-Identifier: GPL-3.0-or-later
   Tests of turns and knots: what must not change them, what they say of hard data, and
   (SLOW=1: with more studies) how often they refuse what is true and cover what is. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "models/base/rng.h"
#include "models/curve/shared.h"
#include "models/curve/validation.h"
#include "models/shape/knot.h"
#include "models/shape/two_lines.h"
#include "models/shape/u_test.h"

#define MAX_ROWS 1000

/* ---- studies ---- */

/* Answers as surveys have them: few at the lower end. */
static double draw_answer(size_t n_points, double lowest, gsl_rng *rng)
{
    double total = 0, u;
    for (size_t k = 0; k < n_points; k++)
        total += 1 + (double)k;
    u = gsl_rng_uniform(rng) * (total + (double)n_points);
    for (size_t k = 0; k < n_points; k++)
        if ((u -= 2 + (double)k) < 0)
            return lowest + (double)k;
    return lowest + (double)n_points - 1;
}

static double flat(double t)
{
    (void)t;
    return 20;
}

static double line(double t)
{
    return 10 + 30 * t;
}

static double saturating(double t)
{
    return 10 - 30 * expm1(-5 * t);
}

static double kinked(double t)
{
    return 10 + 10 * t + 60 * fmax(0, t - 0.6);
}

static double u_shaped(double t)
{
    return 20 + 80 * (t - 0.4) * (t - 0.4);
}

struct design {
    size_t n, n_points;
    double lowest;
    bool skewed; /* gamma, its standard deviation 0.6 of its mean, instead of normal with 12 */
};

static struct sample study_of(const struct design *d, double (*mean)(double), gsl_rng *rng,
                              struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, d->n), *y = ARENA_NEW(keep, double, d->n);
    for (size_t i = 0; i < d->n; i++) {
        x[i] = draw_answer(d->n_points, d->lowest, rng);
        double m = mean((x[i] - d->lowest) / (double)(d->n_points - 1));
        y[i] = d->skewed ? gsl_ran_gamma(rng, 1 / 0.36, 0.36 * m) : m + gsl_ran_gaussian(rng, 12);
    }
    return (struct sample){.n = d->n, .x = x, .y = y};
}

/* ---- levels ---- */

struct rates {
    double sup_f, davies, naive, u, inverse_u, lines, knot, boot, fieller;
};

static void count_one(const struct sample *s, double knot, double turn, uint64_t task, double each,
                      struct rates *r, struct arena *keep)
{
    struct knot_options how = {.conf_level = 0.95, .n_replicates = 199, .seed = 3, .task = task};
    struct knot_test k;
    struct u_test u;
    struct two_lines l;
    knot_test_of(s, &how, &k, keep);
    u_test_of(s, 0.95, &u, keep);
    two_lines_of(s, 0.95, &l, keep);
    r->sup_f += each * (k.p_value <= 0.05);
    r->davies += each * (k.davies_p_value < 0.05);
    r->naive += each * (k.naive_p_value < 0.05);
    r->u += each * (u.u.p_value < 0.05);
    r->inverse_u += each * (u.inverse_u.p_value < 0.05);
    r->lines += each * (l.p_value < 0.05);
    r->knot += each * !(k.knot.low > knot || k.knot.high < knot);
    r->boot += each * (k.bootstrap.low <= knot && k.bootstrap.high >= knot);
    bool open = isnan(u.fieller.low) || isnan(u.fieller.high);
    r->fieller += each * (open || (u.fieller.low <= turn && u.fieller.high >= turn));
}

static struct rates rates_of(const struct design *d, double (*mean)(double), size_t n_studies)
{
    struct rates r = {0};
    struct arena *keep = arena_new();
    double range = (double)(d->n_points - 1);
    for (size_t i = 0; i < n_studies; i++) {
        struct sample s = study_of(d, mean, rng_stream(17 + d->n, i, keep), keep);
        count_one(&s, d->lowest + 0.6 * range, d->lowest + 0.4 * range, i, 1.0 / (double)n_studies,
                  &r, keep);
        arena_reset(keep);
    }
    arena_free(keep);
    return r;
}

static const struct design designs[] = {
    {50, 7, 1, false},   {50, 7, 1, true},   {200, 7, 1, false},   {200, 7, 1, true},
    {1000, 7, 1, false}, {1000, 7, 1, true}, {50, 11, 0, false},   {50, 11, 0, true},
    {200, 11, 0, false}, {200, 11, 0, true}, {1000, 11, 0, false}, {1000, 11, 0, true},
};

/* 5 % tests refuse a true line, or a relation without a turn, in about 5 % of studies. */
static void test_levels(void **state)
{
    (void)state;
    size_t n_studies = getenv("SLOW") ? 1000 : 40, n = sizeof designs / sizeof *designs;
    double chance = getenv("SLOW") ? 0.025 : 0.12;
    for (size_t i = 0; i < n; i++) {
        const struct design *d = &designs[i];
        if (!getenv("SLOW") && d->n == 1000)
            continue;
        struct rates r = rates_of(d, line, n_studies), none = rates_of(d, flat, n_studies);
        struct rates bend = rates_of(d, saturating, n_studies);
        print_message("0/%zu points, n = %4zu, %s: line: sup F %.1f %% Davies %.1f %% naive %.1f "
                      "%%; flat: U %.1f, inverse %.1f, two lines %.1f %%; saturating: inverse U "
                      "%.1f, two lines %.1f %%\n",
                      d->n_points, d->n, d->skewed ? "gamma " : "normal", 100 * r.sup_f,
                      100 * r.davies, 100 * r.naive, 100 * none.u, 100 * none.inverse_u,
                      100 * none.lines, 100 * bend.inverse_u, 100 * bend.lines);
        assert_true(r.sup_f < 0.07 + chance);
        assert_true(d->skewed || r.davies < 0.07 + chance);
        assert_true(none.u < 0.06 + chance && none.lines < 0.07 + chance);
        assert_true(r.u < 0.06 && bend.u < 0.06);
    }
}

static void test_coverage(void **state)
{
    (void)state;
    size_t n_studies = getenv("SLOW") ? 1000 : 40, n = sizeof designs / sizeof *designs;
    for (size_t i = 0; i < n; i++) {
        const struct design *d = &designs[i];
        if (!getenv("SLOW") && d->n != 200)
            continue;
        struct rates k = rates_of(d, kinked, n_studies), u = rates_of(d, u_shaped, n_studies);
        print_message("%zu points, n = %4zu, %s: knot: found %.1f %%, profile covers %.1f %%, "
                      "bootstrap %.1f %%; U: found %.1f %%, two lines %.1f %%, Fieller covers "
                      "%.1f %%\n",
                      d->n_points, d->n, d->skewed ? "gamma " : "normal", 100 * k.sup_f,
                      100 * k.knot, 100 * k.boot, 100 * u.u, 100 * u.lines, 100 * u.fieller);
        assert_true(k.knot > (getenv("SLOW") ? 0.88 : 0.8));
        assert_true(u.fieller > (getenv("SLOW") ? 0.9 : 0.8));
    }
}

static double *louder(const struct sample *s, gsl_rng *rng, struct arena *keep)
{
    double *y = ARENA_NEW(keep, double, s->n);
    for (size_t i = 0; i < s->n; i++)
        y[i] = s->y[i] + gsl_ran_gaussian(rng, 40);
    return y;
}

/* Three groups of equal lines and unequal spreads: F errs, Wald holds. */
static void test_level_of_shared(void **state)
{
    (void)state;
    size_t n_studies = getenv("SLOW") ? 2000 : 200;
    static const size_t rows[] = {50, 200, 1000};
    for (size_t i = 0; i < (getenv("SLOW") ? 3 : 2); i++)
        for (int unequal = 0; unequal <= 1; unequal++) {
            double f = 0, wald = 0, each = 1 / (double)n_studies;
            struct arena *keep = arena_new();
            for (size_t k = 0; k < n_studies; k++) {
                struct sample s[3];
                struct fit fit[3];
                struct shared out;
                gsl_rng *rng = rng_stream(5, k, keep);
                for (size_t g = 0; g < 3; g++) {
                    struct design d = {unequal ? rows[i] / 2 * (g + 1) : rows[i], 7, 1, false};
                    s[g] = study_of(&d, line, rng, keep);
                    if (unequal && g == 0)
                        s[g].y = louder(&s[g], rng, keep);
                    curve_fit(&curve_linear, &s[g], NULL, NULL, &fit[g], keep);
                }
                shared_curves(&curve_linear, s, fit, 3, NULL, 0, NULL, &out, keep);
                f += each * (out.f.p_value < 0.05);
                wald += each * (out.wald.p_value < 0.05);
                arena_reset(keep);
            }
            arena_free(keep);
            print_message("three lines, n = %zu, %s spreads: F %.1f %%, Wald %.1f %%\n", rows[i],
                          unequal ? "unequal" : "equal", 100 * f, 100 * wald);
            assert_true(unequal || fabs(f - 0.05) < (getenv("SLOW") ? 0.015 : 0.05));
            assert_true(wald < (getenv("SLOW") ? 0.08 : 0.12));
        }
}

/* ---- what must not matter ---- */

static struct sample changed(const struct sample *s, double xa, double xb, double ya, double yb,
                             struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, s->n), *y = ARENA_NEW(keep, double, s->n);
    for (size_t i = 0; i < s->n; i++) {
        size_t from = s->n - 1 - i; /* backwards, too */
        x[i] = xa + xb * s->x[from];
        y[i] = ya + yb * s->y[from];
    }
    return (struct sample){.n = s->n, .x = x, .y = y};
}

static void test_units(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct design d = {200, 7, 1, false};
    struct sample s = study_of(&d, kinked, rng_stream(1, 1, keep), keep);
    struct knot_options how = {.conf_level = 0.95, .n_replicates = 99, .seed = 1};
    const double units[][4] = {{0, 1, 0, 1}, {1e6, 1, 0, 1}, {0, 0.01, 1e5, 3}, {-4, 2, 7, -2}};
    struct knot_test k0, k;
    struct u_test u0, u;
    struct two_lines l0, l;
    knot_test_of(&s, &how, &k0, keep);
    u_test_of(&s, 0.95, &u0, keep);
    two_lines_of(&s, 0.95, &l0, keep);
    for (size_t i = 0; i < 4; i++) {
        const double *c = units[i];
        struct sample t = changed(&s, c[0], c[1], c[2], c[3], keep);
        knot_test_of(&t, &how, &k, keep);
        u_test_of(&t, 0.95, &u, keep);
        two_lines_of(&t, 0.95, &l, keep);
        assert_digits(k.sup_f, k0.sup_f, 8);
        assert_digits(k.p_value, k0.p_value, 8);
        assert_digits((k.knot.estimate - c[0]) / c[1], k0.knot.estimate, 6);
        assert_digits((k.knot.low - c[0]) / c[1], k0.knot.low, 6);
        assert_digits(k.slope_above * c[1] / c[3], k0.slope_above, 6);
        assert_digits(c[3] > 0 ? u.u.statistic : u.inverse_u.statistic, u0.u.statistic, 8);
        assert_digits((u.fieller.high - c[0]) / c[1], u0.fieller.high, 8);
        assert_digits((l.breakpoint - c[0]) / c[1], l0.breakpoint, 8);
        assert_digits(l.p_value, l0.p_value, 7);
    }
    arena_free(keep);
}

/* A study, and the same as frequencies. */
static void test_frequencies(void **state)
{
    (void)state;
    enum { n = 30 };
    struct arena *keep = arena_new();
    double x[n], y[n], w[n], xs[3 * n], ys[3 * n];
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        x[i] = (double)(1 + i % 6);
        y[i] = fabs(x[i] - 3) + (double)(i * 7 % 11) / 4;
        w[i] = (double)(1 + i % 3);
        for (size_t k = 0; k < 1 + i % 3; k++) {
            xs[m] = x[i];
            ys[m++] = y[i];
        }
    }
    struct sample counted = {n, x, y, w, WEIGHT_FREQUENCY}, rows = {m, xs, ys, NULL, WEIGHT_NONE};
    struct knot_options how = {.conf_level = 0.95, .n_replicates = 49, .seed = 1};
    struct knot_test k[2];
    struct u_test u[2];
    struct two_lines l[2];
    for (int i = 0; i < 2; i++) {
        const struct sample *s = i ? &rows : &counted;
        knot_test_of(s, &how, &k[i], keep);
        u_test_of(s, 0.95, &u[i], keep);
        two_lines_of(s, 0.95, &l[i], keep);
    }
    assert_digits(k[0].sup_f, k[1].sup_f, 10);
    assert_digits(k[0].p_value, k[1].p_value, 10);
    assert_digits(k[0].bootstrap.low, k[1].bootstrap.low, 10);
    assert_digits(u[0].u.p_value, u[1].u.p_value, 9);
    assert_digits(l[0].breakpoint, l[1].breakpoint, 10);
    assert_digits(l[0].p_value, l[1].p_value, 9);
    arena_free(keep);
}

/* ---- hard data ---- */

struct words {
    const char *u, *lines, *knot;
};

static void check_words(size_t n, const double *x, const double *y, const double *w,
                        struct words want, struct arena *keep)
{
    struct sample s = {n, x, y, w, WEIGHT_SAMPLING};
    struct knot_options how = {.conf_level = 0.95, .n_replicates = 19, .seed = 1};
    struct knot_test k;
    struct u_test u;
    struct two_lines l;
    knot_test_of(&s, &how, &k, keep);
    u_test_of(&s, 0.95, &u, keep);
    two_lines_of(&s, 0.95, &l, keep);
    assert_string_equal(fit_status_word(u.status), want.u);
    assert_string_equal(fit_status_word(l.status), want.lines);
    assert_string_equal(fit_status_word(k.status), want.knot);
    assert_true((u.status == FIT_OK) == !isnan(u.u.p_value));
    assert_true((l.status == FIT_OK) == !isnan(l.p_value));
    assert_true((k.status == FIT_OK) == !isnan(k.p_value));
}

static void test_hard_data(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *few = "too few observations", *same = "no variation", *ok = "ok";
    const char *perfect = "perfect fit";
    const double x[] = {1, 2, 3, 4, 1, 2, 3, 4, 5, 5}, y[] = {2, 4, 5, 3, 4, 6, 5, 2, 9, 7};
    const double one[] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, two[] = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
    const double three[] = {1, 2, 3, 1, 2, 3, 1, 2, 3, 3};
    const double exact[] = {2, 4, 6, 8, 2, 4, 6, 8, 10, 10};
    const double none[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, some[] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
    for (size_t n = 0; n <= 3; n++)
        check_words(n, x, y, NULL, (struct words){few, few, few}, keep);
    check_words(4, x, y, NULL, (struct words){ok, few, few}, keep);
    check_words(10, x, y, NULL, (struct words){ok, ok, ok}, keep);
    check_words(10, x, y, some, (struct words){ok, ok, ok}, keep);
    check_words(10, x, y, none, (struct words){few, few, few}, keep);
    check_words(10, one, y, NULL, (struct words){same, same, same}, keep);
    check_words(10, x, one, NULL, (struct words){same, same, same}, keep);
    check_words(10, two, y, NULL, (struct words){few, few, few}, keep);
    check_words(10, three, y, NULL, (struct words){ok, ok, few}, keep);
    check_words(10, x, exact, NULL, (struct words){perfect, perfect, perfect}, keep);
    arena_free(keep);
}

/* A line is never a U and an inverse U at once, nor does either come without a turn inside. */
static void test_not_both(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct design d = {60, 5, 1, false};
    for (size_t i = 0; i < 300; i++) {
        struct sample s = study_of(&d, i % 2 ? flat : u_shaped, rng_stream(9, i, keep), keep);
        struct u_test u;
        u_test_of(&s, 0.95, &u, keep);
        assert_true(u.u.p_value > 0.5 || u.inverse_u.p_value > 0.5);
        assert_true(fmin(u.u.p_value, u.inverse_u.p_value) > 0.5 || u.inside);
        arena_reset(keep);
    }
    arena_free(keep);
}

/* ---- groups ---- */

static void test_groups_left_out(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct design d = {60, 5, 1, false};
    struct sample s[4];
    struct fit fit[4];
    struct shared three, four;
    for (size_t g = 0; g < 4; g++) {
        s[g] = study_of(&d, line, rng_stream(2, g, keep), keep);
        s[g].n = g == 3 ? 1 : s[g].n;
        curve_fit(&curve_quadratic, &s[g], NULL, NULL, &fit[g], keep);
    }
    shared_curves(&curve_quadratic, s, fit, 3, NULL, 0, NULL, &three, keep);
    shared_curves(&curve_quadratic, s, fit, 4, NULL, 0, NULL, &four, keep);
    assert_int_equal(three.status, FIT_OK);
    assert_int_equal(four.k, 3);
    assert_digits(four.f.statistic, three.f.statistic, 14);
    shared_curves(&curve_quadratic, s + 2, fit + 2, 2, NULL, 0, NULL, &four, keep);
    assert_int_equal(four.status, FIT_TOO_FEW);
    assert_true(isnan(four.f.p_value));
    shared_curves(&curve_quadratic, s, fit, 0, NULL, 0, NULL, &four, keep);
    assert_int_equal(four.status, FIT_TOO_FEW);
    arena_free(keep);
}

/* Two equal groups: nothing is gained by two curves. */
static void test_equal_groups(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct design d = {60, 5, 1, false};
    struct sample s[2];
    struct fit fit[2];
    struct shared out;
    s[0] = s[1] = study_of(&d, line, rng_stream(2, 7, keep), keep);
    for (size_t g = 0; g < 2; g++)
        curve_fit(&curve_cubic, &s[g], NULL, NULL, &fit[g], keep);
    shared_curves(&curve_cubic, s, fit, 2, NULL, 0, NULL, &out, keep);
    assert_true(fabs(out.f.statistic) < 1e-9 && fabs(out.wald.statistic) < 1e-9);
    assert_digits(out.f.p_value, 1, 9);
    arena_free(keep);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),           cmocka_unit_test(test_frequencies),
        cmocka_unit_test(test_hard_data),       cmocka_unit_test(test_not_both),
        cmocka_unit_test(test_groups_left_out), cmocka_unit_test(test_equal_groups),
        cmocka_unit_test(test_levels),          cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_level_of_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
