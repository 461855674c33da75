/* SPDX-License-Identifier: GPL-3.0-or-later
   Comparisons of correlations against cocor 1.1-4 and psych: every figure of every case. */
#include "models/compare/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check.h"

/* "r.jk=0.2, r.jh=0.5": the number behind a name; NaN if it is absent. */
static double argument(const char *call, const char *name)
{
    const char *at = strstr(call, name);
    while (at && at[strlen(name)] != '=')
        at = strstr(at + 1, name);
    return at ? strtod(at + strlen(name) + 1, NULL) : NAN;
}

static const struct {
    const char *theirs, *ours;
} names[] = {
    {"pearson1898", "pearson_filon"},
    {"hotelling1940", "hotelling"},
    {"hendrickson1970", "hendrickson"},
    {"williams1959", "williams"},
    {"olkin1967", "olkin"},
    {"dunn1969", "dunn_clark"},
    {"steiger1980", "steiger"},
    {"meng1992", "meng"},
    {"hittner2003", "hittner"},
    {"zou2007", "zou"},
    {"raghunathan1996", "raghunathan"},
    {"silver2004", "silver"},
    {"fisher1925", "fisher"},
};

static const char *our_name(const char *quantity)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(quantity, names[i].theirs, strlen(names[i].theirs)) == 0)
            return names[i].ours;
    return NULL;
}

static struct comparison compute(const char *call, const char *name)
{
    double n = argument(call, "n");
    if (strstr(call, "nonoverlap")) {
        const struct non_overlapping r = {argument(call, "r.jk"),
                                          argument(call, "r.hm"),
                                          argument(call, "r.jh"),
                                          argument(call, "r.jm"),
                                          argument(call, "r.kh"),
                                          argument(call, "r.km"),
                                          n};
        return compare_non_overlapping(non_overlapping_find(name), &r, 0.95);
    }
    if (strstr(call, "overlap")) {
        const struct overlapping r = {argument(call, "r.jk"), argument(call, "r.jh"),
                                      argument(call, "r.kh"), n};
        return compare_overlapping(overlapping_find(name), &r, 0.95);
    }
    const struct independent r = independent_pearson(argument(call, "r1.jk"), argument(call, "n1"),
                                                     argument(call, "r2.hm"), argument(call, "n2"));
    return compare_independent(independent_find(name), &r, 0.95);
}

static double figure(const struct comparison *c, const char *quantity)
{
    const char *what = strrchr(quantity, '.') + 1;
    return strcmp(what, "stat") == 0    ? c->statistic
           : strcmp(what, "p") == 0     ? c->p_value
           : strcmp(what, "df") == 0    ? c->df
           : strcmp(what, "ci_lo") == 0 ? c->conf_low
                                        : c->conf_high;
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* cocor takes an upper tail as 1 - lower: an absolute error of 1e-16 in p. */
static void cocor(void **state)
{
    struct arena *keep = arena_new();
    const char *path = oracle_path("correlation/expected.tsv", keep);
    size_t compared = 0;
    (void)state;
    if (!path) {
        arena_free(keep);
        skip();
    }
    const struct reference *e = reference_read(path, '\t', keep);
    for (size_t i = 0; i < e->n_rows; i++) {
        const char *name = reference_text(e, i, "case"), *call = reference_text(e, i, "vars");
        const char *quantity = reference_text(e, i, "quantity");
        bool ours = starts(name, "dep_overlap:") || starts(name, "dep_nonoverlap:") ||
                    starts(name, "indep:");
        if (!ours || strstr(name, "greater") || strstr(name, "less"))
            continue;
        struct comparison c = compute(call, our_name(quantity));
        double got = figure(&c, quantity), want = reference_real(e, i, "value");
        if (!agrees(got, want, fmax(5e-16, reference_real(e, i, "abs_tol")), 1e-10))
            fail_msg("%s %s: got %.17g, want %.17g", name, quantity, got, want);
        compared++;
    }
    assert_int_equal(compared, 8 * 25 + 4 * 12 + 6 * 4);
    arena_free(keep);
}

/* One-sided p from the two-sided one, and psych::r.test. */
static void one_sided_and_psych(void **state)
{
    struct comparison c = compute("overlap(r.jk=.2, r.jh=.5, r.kh=.1, n=315)", "williams");
    (void)state;
    assert_digits(c.p_value / 2, 4.90906835144104e-06, 10);
    c = compute("overlap(r.jk=.2, r.jh=.5, r.kh=.1, n=315)", "steiger");
    assert_digits(c.p_value / 2, 5.04623437458463e-06, 10);
    c = compute("indep(r1.jk=.3, r2.hm=.6, n1=50, n2=60)", "fisher");
    assert_digits(-c.statistic, 1.94706076402963, 13);
    assert_digits(c.p_value, 0.0515274502128864, 12);
    c = compute("overlap(r.jk=.4, r.jh=.5, r.kh=.1, n=103)", "williams");
    assert_digits(c.statistic, -0.891279904760541, 13);
    assert_digits(c.p_value, 0.374918517491256, 12);
    /* psych_r.test:steiger4 is of r13 = .5 and r23 = .7: its source column names the two the other
       way round, of which psych says -1.404975 */
    c = compute("nonoverlap(r.jk=.5, r.hm=.6, r.jh=.5, r.jm=.5, r.kh=.7, r.km=.8, n=103)",
                "steiger");
    assert_digits(c.statistic, -1.20265731076603, 13);
    assert_digits(c.p_value, 0.229108959965762, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cocor),
        cmocka_unit_test(one_sided_and_psych),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
