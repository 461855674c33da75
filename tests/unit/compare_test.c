/* SPDX-License-Identifier: GPL-3.0-or-later
   Comparisons of correlations against published figures; what every method must do. */
#include "models/compare/compare.h"

#include <math.h>
#include <string.h>

#include "tests/check.h"

/* A printed figure agrees within half a unit of its last digit. */
static void assert_printed(double got, double printed, int decimals)
{
    double half = 0.5 * pow(10, -decimals);
    if (!(fabs(got - printed) <= half * 1.000001))
        fail_msg("got %.10g, printed %.*f", got, decimals, printed);
}

static struct comparison overlapping(const char *name, double jk, double jh, double kh, double n)
{
    const struct overlapping_method *m = overlapping_find(name);
    assert_non_null(m);
    return compare_overlapping(m, &(struct overlapping){jk, jh, kh, n}, 0.95);
}

/* Printed in the papers, as the tests of cocor 1.1-4 quote them with their pages.  Where a
   paper computed from rounded figures, cocor's value stands with the paper's behind it. */
static void published_overlapping(void **state)
{
    static const struct {
        const char *name;
        double jk, jh, kh, n, statistic;
        int decimals;
    } cases[] = {
        /* Glass & Stanley 1984, p. 311; Guilford & Fruchter 1978, p. 164 */
        {"hotelling", .612, .541, .466, 157, 1.158, 3},
        {"hotelling", .55, .45, .60, 200, 1.91, 2},
        /* May & Hittner 1997, Psych. Rep. 80, p. 477 */
        {"hendrickson", .5, .2, .3, 50, 2.01, 2},
        {"olkin", .5, .2, .3, 50, 2.00, 2},
        /* Glass & Stanley 1970, p. 314 (1.60) */
        {"olkin", .56, .43, .52, 100, 1.59, 2},
        /* Silver, Hittner & May 2006, depcor */
        {"williams", .3, .4, .5, 100, -1.0767, 4},
        {"dunn_clark", .3, .4, .5, 100, -1.0730, 4},
        {"steiger", .3, .4, .5, 100, -1.0718, 4},
        {"hittner", .3, .4, .5, 100, -1.0715, 4},
        {"meng", .3, .4, .5, 100, -1.0707, 4},
        /* stat-help.com's spreadsheet */
        {"dunn_clark", .5, .6, .7, 100, -1.5838851123, 10},
        /* Steiger 1980, p. 249, case A (-.8913 from a covariance of two digits) */
        {"steiger", .4, .5, .1, 103, -0.8887185, 7},
        /* psych::r.test of the same */
        {"williams", .4, .5, .1, 103, -0.89127990, 8},
        /* Meng, Rosenthal & Rubin 1992, p. 174 */
        {"meng", .63, -.03, -.19, 15, 1.68, 2},
        /* cocor's help example */
        {"hotelling", .2, .5, .1, 315, -4.6314145, 7},
        {"williams", .2, .5, .1, 315, -4.4949925, 7},
        {"dunn_clark", .2, .5, .1, 315, -4.4411553, 7},
        {"steiger", .2, .5, .1, 315, -4.4151828, 7},
        {"hittner", .2, .5, .1, 315, -4.4077440, 7},
        {"meng", .2, .5, .1, 315, -4.3899321, 7},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_printed(
            overlapping(cases[i].name, cases[i].jk, cases[i].jh, cases[i].kh, cases[i].n).statistic,
            cases[i].statistic, cases[i].decimals);
    assert_printed(overlapping("williams", .3, .4, .5, 100).p_value, 0.2843, 4);
    assert_printed(overlapping("dunn_clark", .3, .4, .5, 100).p_value, 0.2833, 4);
    assert_printed(overlapping("steiger", .3, .4, .5, 100).p_value, 0.2838, 4);
    assert_printed(overlapping("hittner", .3, .4, .5, 100).p_value, 0.2839, 4);
    assert_printed(overlapping("meng", .3, .4, .5, 100).p_value, 0.2843, 4);
    assert_printed(overlapping("dunn_clark", .5, .6, .7, 100).p_value, 0.1132198659, 10);
    assert_printed(overlapping("williams", .4, .5, .1, 103).p_value, 0.37491852, 8);
    assert_printed(overlapping("meng", .63, -.03, -.19, 15).p_value / 2, 0.047, 3); /* one-sided */
}

/* May & Hittner (1997), Psych. Rep. 80, 475-480: kh = 0, .1, ... .8, n = 50. */
static void may_and_hittner(void **state)
{
    static const double hotelling_52[] = {1.73, 1.80, 1.89, 2.01, 2.17, 2.38, 2.68, 3.16, 4.07};
    static const double hotelling_74[] = {2.46, 2.42, 2.45, 2.53, 2.67, 2.89, 3.22, 3.78, 4.91};
    static const double meng_52[] = {1.62, 1.70, 1.80, 1.91, 2.06, 2.245, 2.50, 2.87, 3.50};
    static const double meng_74[] = {2.03, 2.10, 2.20, 2.32, 2.47, 2.66, 2.94, 3.35, 4.05};
    (void)state;
    for (int i = 0; i < 9; i++) {
        double kh = i / 10.0;
        assert_printed(overlapping("hotelling", .5, .2, kh, 50).statistic, hotelling_52[i], 2);
        assert_printed(overlapping("hotelling", .7, .4, kh, 50).statistic, hotelling_74[i], 2);
        assert_printed(overlapping("meng", .5, .2, kh, 50).statistic, meng_52[i], i == 5 ? 3 : 2);
        assert_printed(overlapping("meng", .7, .4, kh, 50).statistic, meng_74[i], 2);
    }
}

static struct comparison non_overlapping(const char *name, const struct non_overlapping *r)
{
    const struct non_overlapping_method *m = non_overlapping_find(name);
    assert_non_null(m);
    return compare_non_overlapping(m, r, 0.95);
}

static void published_non_overlapping(void **state)
{
    /* Raghunathan, Rosenthal & Rubin 1996, p. 180; Steiger 1980, p. 249, case B (-1.4045);
       depcor; Zou 2007 */
    const struct non_overlapping raghunathan = {.38, .25, .45, .53, .31, .55, 603};
    const struct non_overlapping steiger = {.5, .6, .8, .5, .5, .7, 103};
    const struct non_overlapping depcor = {.3, .4, .5, .8, .6, .7, 100};
    const struct non_overlapping sheet = {.3, .4, .5, .6, .7, .8, 100};
    (void)state;
    assert_printed(non_overlapping("pearson_filon", &raghunathan).statistic, 2.88, 2);
    assert_printed(non_overlapping("raghunathan", &raghunathan).statistic, 2.869174, 6);
    assert_printed(non_overlapping("steiger", &steiger).statistic, -1.4050, 4);
    assert_printed(non_overlapping("dunn_clark", &depcor).statistic, -1.0723, 4);
    assert_printed(non_overlapping("dunn_clark", &depcor).p_value, 0.2836, 4);
    assert_printed(non_overlapping("steiger", &depcor).statistic, -1.0744, 4);
    assert_printed(non_overlapping("steiger", &depcor).p_value, 0.2827, 4);
    assert_printed(non_overlapping("silver", &depcor).statistic, -1.0737, 4);
    assert_printed(non_overlapping("silver", &depcor).p_value, 0.2830, 4);
    assert_printed(non_overlapping("dunn_clark", &sheet).statistic, -1.06, 2);
    assert_printed(non_overlapping("dunn_clark", &sheet).p_value, 0.2892685563, 10);
}

static struct comparison independent(const char *name, double r_1, double n_1, double r_2,
                                     double n_2)
{
    const struct independent_method *m = independent_find(name);
    const struct independent r = independent_pearson(r_1, n_1, r_2, n_2);
    assert_non_null(m);
    return compare_independent(m, &r, 0.95);
}

/* stat-help.com; Cohen et al. 2003, p. 49 (2.13 of two digits); Guilford & Fruchter 1978, p. 164
   (2.18); Glass & Stanley 1970, p. 312 (4.40). */
static void published_independent(void **state)
{
    (void)state;
    assert_printed(independent("fisher", .4, 100, .5, 100).statistic, -0.8751012342, 10);
    assert_printed(independent("fisher", .4, 100, .5, 100).p_value, 0.3815188256, 10);
    assert_printed(independent("fisher", .657, 62, .430, 143).statistic, 2.110737, 6);
    assert_printed(independent("fisher", .92, 60, .82, 50).statistic, 2.19, 2);
    assert_printed(independent("fisher", .71, 200, .28, 78).statistic, 4.42, 2);
}

static void assert_limits(struct comparison c, double low, double high, int decimals)
{
    assert_printed(c.conf_low, low, decimals);
    assert_printed(c.conf_high, high, decimals);
}

/* Zou (2007), pp. 406 and 409: the third example prints .500 from a dependence of .0917, which
   his own equation gives as .0891.  Meng et al. (1992), p. 174, print 1.671 of rounded z's. */
static void published_intervals(void **state)
{
    (void)state;
    assert_limits(independent("zou", .49, 145, .36, 87), -.087, .359, 3);
    assert_limits(overlapping("zou", .396, .179, .088, 66), -.093, .517, 3);
    assert_limits(overlapping("zou", .2, .5, .1, 315), -.4307124, -.1674904, 7);
    assert_limits(
        non_overlapping("zou", &(struct non_overlapping){.396, .189, .208, .143, .023, .423, 66}),
        -.096, .501, 3);
    assert_limits(overlapping("meng", .63, -.03, -.19, 15), -.129, 1.672, 3);
    assert_limits(overlapping("meng", .2, .5, .1, 315), -.5013076, -.1918396, 7);
}

/* ---- every method ---- */

static void assert_same(double a, double b)
{
    if (isnan(a) || isnan(b))
        assert_true(isnan(a) && isnan(b));
    else
        assert_digits(a, b, fabs(b) < 1e-6 ? 6 : 11);
}

/* b is a with the two correlations exchanged. */
static void assert_turned(struct comparison a, struct comparison b)
{
    assert_int_equal(a.status, b.status);
    assert_same(a.difference, -b.difference);
    assert_same(a.statistic, -b.statistic);
    assert_same(a.p_value, b.p_value);
    assert_same(a.conf_low, -b.conf_high);
    assert_same(a.conf_high, -b.conf_low);
}

static void exchange(void **state)
{
    const struct non_overlapping r = {.6, .2, .3, .25, .1, .35, 40};
    const struct non_overlapping turned = {.2, .6, .3, .1, .25, .35, 40};
    const struct non_overlapping renamed = {.6, .2, .1, .35, .3, .25, 40}; /* j and k exchanged */
    (void)state;
    for (size_t i = 0; i < n_overlapping_methods; i++) {
        const char *name = overlapping_methods[i]->name;
        assert_turned(overlapping(name, .5, .2, .3, 40), overlapping(name, .2, .5, .3, 40));
        /* j turned round: both correlations change sign, and so does their difference */
        assert_turned(overlapping(name, .5, .2, .3, 40), overlapping(name, -.5, -.2, .3, 40));
    }
    for (size_t i = 0; i < n_non_overlapping_methods; i++) {
        const char *name = non_overlapping_methods[i]->name;
        assert_turned(non_overlapping(name, &r), non_overlapping(name, &turned));
        assert_same(non_overlapping(name, &r).statistic, non_overlapping(name, &renamed).statistic);
    }
    for (size_t i = 0; i < n_independent_methods; i++)
        assert_turned(independent(independent_methods[i]->name, .5, 40, .2, 90),
                      independent(independent_methods[i]->name, .2, 90, .5, 40));
}

/* Williams's t of jh = 0 and kh = 0 by hand: det = 1 - a, a = jk^2, mean^2 = a / 4, so
   t = jk sqrt((n - 1) / (2 (n - 1) (1 - a) / (n - 3) + a / 4)). */
static void williams_by_hand(void **state)
{
    (void)state;
    double a = 0.36, n = 23, t = 0.6 * sqrt(22 / (2 * 22 * (1 - a) / 20 + a / 4));
    struct comparison c = overlapping("williams", 0.6, 0, 0, n);
    assert_digits(c.statistic, t, 14);
    assert_digits(c.df, 20, 15);
}

/* Equal correlations: no difference, p = 1, an interval that lies evenly about 0. */
static void no_difference(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_overlapping_methods; i++) {
        struct comparison c = overlapping(overlapping_methods[i]->name, .4, .4, .2, 60);
        assert_int_equal(c.status, FIT_OK);
        if (overlapping_methods[i]->symbol)
            assert_digits(c.p_value, 1, 15);
        if (!isnan(c.conf_low))
            assert_digits(c.conf_low, -c.conf_high, 13);
    }
}

static void assert_no_figures(struct comparison c, enum fit_status status)
{
    assert_int_equal(c.status, status);
    assert_true(isnan(c.statistic) && isnan(c.df) && isnan(c.p_value));
    assert_true(isnan(c.conf_low) && isnan(c.conf_high));
}

static void hard(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_overlapping_methods; i++) {
        const char *name = overlapping_methods[i]->name;
        assert_no_figures(overlapping(name, .1, .2, .3, 3), FIT_TOO_FEW);
        assert_no_figures(overlapping(name, .9, -.9, .9, 50), FIT_SINGULAR);
        assert_no_figures(overlapping(name, .4, .4, 1, 50), FIT_SINGULAR); /* k is h */
        assert_no_figures(overlapping(name, .4, -.4, -1, 50), FIT_SINGULAR);
        assert_no_figures(overlapping(name, 1, .5, .5, 50), FIT_PERFECT);
        assert_no_figures(overlapping(name, .5, -1, -.5, 50), FIT_PERFECT);
        assert_no_figures(overlapping(name, NAN, .5, .5, 50), FIT_CONSTANT);
        assert_no_figures(overlapping(name, .2, .5, .5, NAN), FIT_TOO_FEW);
        struct comparison four = overlapping(name, .1, .2, .3, 4);
        assert_int_equal(four.status, FIT_OK);
        assert_true(overlapping_methods[i]->symbol ? four.p_value > 0.5 && four.p_value < 1
                                                   : four.conf_low < 0 && four.conf_high > 0);
    }
    for (size_t i = 0; i < n_non_overlapping_methods; i++) {
        const char *name = non_overlapping_methods[i]->name;
        struct non_overlapping r = {.2, .3, .1, .1, .1, .1, 3};
        assert_no_figures(non_overlapping(name, &r), FIT_TOO_FEW);
        r = (struct non_overlapping){.2, .3, .9, .9, -.9, .1, 50};
        assert_no_figures(non_overlapping(name, &r), FIT_SINGULAR);
        r = (struct non_overlapping){1, .3, .1, .1, .1, .1, 50};
        assert_no_figures(non_overlapping(name, &r), FIT_PERFECT);
    }
    for (size_t i = 0; i < n_independent_methods; i++) {
        const char *name = independent_methods[i]->name;
        assert_no_figures(independent(name, .2, 3, .3, 50), FIT_TOO_FEW);
        assert_no_figures(independent(name, .2, 50, -1, 50), FIT_PERFECT);
        assert_no_figures(independent(name, NAN, 50, 0, 50), FIT_CONSTANT);
    }
}

/* The tanh of the mean z of .999 and 0 is .956, which does not go with two metrics that are
   themselves uncorrelated: cocor 1.1-4 gives NaN for Hittner's z.  The others have an answer. */
static void mean_out_of_domain(void **state)
{
    (void)state;
    assert_no_figures(overlapping("hittner", .999, 0, 0, 100), FIT_SINGULAR);
    assert_int_equal(overlapping("steiger", .999, 0, 0, 100).status, FIT_OK);
    assert_int_equal(overlapping("dunn_clark", .999, 0, 0, 100).status, FIT_OK);
}

static void named(void **state)
{
    (void)state;
    assert_string_equal(overlapping_methods[0]->name, "williams");
    assert_string_equal(non_overlapping_methods[0]->name, "steiger");
    assert_null(overlapping_find("silver"));
    assert_null(non_overlapping_find("williams"));
    assert_null(independent_find("williams"));
    for (size_t i = 0; i < n_overlapping_methods; i++)
        assert_non_null(strstr(overlapping_methods[i]->source, "("));
    for (size_t i = 0; i < n_non_overlapping_methods; i++)
        assert_non_null(strstr(non_overlapping_methods[i]->source, "("));
    for (size_t i = 0; i < n_independent_methods; i++)
        assert_non_null(strstr(independent_methods[i]->source, "("));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_overlapping),
        cmocka_unit_test(may_and_hittner),
        cmocka_unit_test(published_non_overlapping),
        cmocka_unit_test(published_independent),
        cmocka_unit_test(published_intervals),
        cmocka_unit_test(exchange),
        cmocka_unit_test(williams_by_hand),
        cmocka_unit_test(no_difference),
        cmocka_unit_test(hard),
        cmocka_unit_test(mean_out_of_domain),
        cmocka_unit_test(named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
