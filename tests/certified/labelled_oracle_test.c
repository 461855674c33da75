/* SPDX-License-Identifier: GPL-3.0-or-later
   Files of SPSS, Stata and SAS that others collected: real ones cell by cell against R's haven,
   damaged ones for a message.  Skipped where the folder is absent. */
#include "tests/check.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "io/csv.h"
#include "io/labelled/labelled.h"
#include "io/parse.h"

/* SAS transport files are of another kind. */
static const char *const left_out[] = {"foreign/testEmpty.xpt", "foreign/Alfalfa.xpt",
                                       "foreign/test.xpt"};

static double seconds_of(const char *text, bool time)
{
    int32_t day = 0;
    const char *clock = text;
    if (!time) {
        assert_true(parse_iso_date(text, 10, &day));
        clock = text + 11;
    }
    double sign = *clock == '-' ? -1 : 1, hours = 0, minutes = 0, rest = 0;
    assert_int_equal(sscanf(clock + (sign < 0), "%lf:%lf:%lf", &hours, &minutes, &rest), 3);
    return day * 86400.0 + sign * (hours * 3600 + minutes * 60 + rest);
}

/* haven takes Stata's %tC, which counts leap seconds, for %tc. */
static bool counts_leap_seconds(const struct labelled_variable *v)
{
    return strncmp(v->format, "%tC", 3) == 0;
}

/* haven writes days since 1970 and seconds since 1970. */
static double number_of(const char *text, enum labelled_values values)
{
    int32_t day;
    if (values == LABELLED_DAY && parse_iso_date(text, strlen(text), &day))
        return day;
    if (values == LABELLED_MOMENT && strchr(text, ':'))
        return seconds_of(text, false);
    if (values == LABELLED_TIME)
        return seconds_of(text, true);
    if (values == LABELLED_MOMENT) /* beyond the year 9999: SPSS's seconds since 1582-10-14 */
        return strtod(text, NULL) - 141428 * 86400.0;
    return strtod(text, NULL);
}

static bool same_number(double got, double want)
{
    bool single =
        (double)(float)want == want || fabs(want - (double)(float)want) < 1e-15 * fabs(want);
    return fabs(got - want) <= 2e-15 * fabs(want) + 1e-6 * (fabs(want) > 1e8) ||
           (single && (float)got == (float)want);
}

static bool same_cell(const struct labelled_variable *v, const char *got, const char *want)
{
    size_t n = want ? strlen(want) : 0;
    while (n > 0 && want[n - 1] == ' ')
        n--;
    if (!got || n == 0 || v->values == LABELLED_TEXT || *want == '.')
        return strlen(got ? got : "") == n && (n == 0 || memcmp(got, want, n) == 0);
    double number = number_of(got, v->values), wanted = strtod(want, NULL);
    if (counts_leap_seconds(v))
        return wanted - number >= 0 && wanted - number <= 27;
    return same_number(number, wanted);
}

static void check_file(const char *path, const char *expected, struct arena *keep)
{
    struct err err = {0};
    struct csv_dialect plain = {0};
    const struct labelled *l = labelled_read(path, NULL, NULL, keep, &err);
    if (!l)
        fail_msg("%s", err.message);
    const struct frame *want = csv_read(expected, &plain, keep, &err);
    if (!want)
        return; /* without columns or cases there is nothing to compare */
    assert_int_equal(l->frame->n_cols, want->n_cols);
    for (size_t j = 0; j < want->n_cols; j++) {
        const struct labelled_variable *v = &l->variables[j];
        assert_string_equal(v->name, want->cols[j].name);
        for (size_t i = 0; i < want->n_rows && want->n_cols > 1; i++) {
            const char *got = v->code && v->code[i] ? v->code[i] : l->frame->cols[j].as.text[i];
            if (!same_cell(v, got, want->cols[j].as.text[i]))
                fail_msg("%s: %s, case %zu: got %s, want %s", path, v->name, i + 1,
                         got ? got : "(missing)",
                         want->cols[j].as.text[i] ? want->cols[j].as.text[i] : "(missing)");
        }
        if (want->n_cols > 1)
            assert_int_equal(l->frame->n_rows, want->n_rows);
    }
}

static bool is_left_out(const char *name)
{
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(name, left_out[i]) == 0)
            return true;
    return false;
}

/* "haven/iris.sav" is expected/haven_iris_sav.csv. */
static const char *expected_name(const char *name, struct arena *keep)
{
    char *flat = arena_strdup(keep, name);
    for (char *p = flat; *p; p++)
        if (*p == '/' || *p == '.')
            *p = '_';
    return arena_printf(keep, "spss/expected/%s.csv", flat);
}

static void real_files_are_as_haven_reads_them(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("spss/expected.tsv", keep);
    if (!path) {
        arena_free(keep);
        skip();
    }
    const struct reference *cases = reference_read(path, '\t', keep);
    size_t compared = 0;
    for (size_t i = 0; i < cases->n_rows; i++) {
        const char *name = reference_text(cases, i, "case");
        if (strcmp(reference_text(cases, i, "quantity"), "readable") != 0 ||
            reference_real(cases, i, "value") != 1 || is_left_out(name))
            continue;
        const char *file = oracle_path(arena_printf(keep, "spss/files/%s", name), keep);
        const char *expected = oracle_path(expected_name(name, keep), keep);
        if (!file || !expected)
            continue;
        check_file(file, expected, keep);
        compared++;
    }
    printf("| %zu files compared\n", compared);
    assert_true(compared >= 40);
    arena_free(keep);
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Damage that no reader can see: what is there is read. */
static bool may_be_read(const char *name)
{
    static const char *const names[] = {
        "duplicate_var_names.sav", "flip_likert5_0.sav",        "flip_likert5_0.zsav",
        "label_var_index_0.sav",   "label_var_index_big.sav",   "nominal_case_size_huge.sav",
        "sav_named_por.por",       "nominal_case_size_neg.sav", "weight_index_9999.sav"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void damaged_files_are_refused_with_a_message(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("spss/malformed", keep);
    DIR *folder = path ? opendir(path) : NULL;
    if (!folder) {
        arena_free(keep);
        skip();
    }
    size_t n = 0;
    for (const struct dirent *e; (e = readdir(folder));) {
        struct err err = {0};
        double start = seconds_now();
        if (e->d_name[0] == '.')
            continue;
        const struct labelled *l =
            labelled_read(arena_printf(keep, "%s/%s", path, e->d_name), NULL, NULL, keep, &err);
        assert_true(seconds_now() - start < 5);
        assert_true(l ? may_be_read(e->d_name) : err_exit_status(&err) == 3 && err.mend[0]);
        n++;
    }
    closedir(folder);
    assert_true(n > 100);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_files_are_as_haven_reads_them),
        cmocka_unit_test(damaged_files_are_refused_with_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
