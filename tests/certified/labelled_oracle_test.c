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

#include "io/csv/csv.h"
#include "io/labelled/labelled.h"
#include "io/text/parse.h"

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

/* ---- what the variables are ---- */

/* The oracle's tables with the file that was read last, since rows of a file follow each other. */
struct dictionary {
    struct arena *keep;
    const struct reference *table;
    const char *name;
    const struct labelled *file;
};

static bool open_dictionary(struct dictionary *d, const char *table)
{
    *d = (struct dictionary){.keep = arena_new()};
    const char *path = oracle_path(table, d->keep);
    d->table = path ? reference_read(path, '\t', d->keep) : NULL;
    return d->table != NULL;
}

/* The file of a row, or NULL where it is of a kind that is not read. */
static const struct labelled *file_of(struct dictionary *d, size_t row)
{
    struct err err = {0};
    const char *name = reference_text(d->table, row, "case");
    if (is_left_out(name))
        return NULL;
    if (d->name && strcmp(d->name, name) == 0)
        return d->file;
    const char *path = oracle_path(arena_printf(d->keep, "spss/files/%s", name), d->keep);
    d->name = name;
    d->file = path ? labelled_read(path, NULL, NULL, d->keep, &err) : NULL;
    if (path && !d->file)
        fail_msg("%s", err.message);
    return d->file;
}

/* "98|99": single codes, in the order of the file; how many there are. */
static size_t check_codes(const struct labelled_variable *v, const char *want, struct arena *keep)
{
    size_t n = 0;
    char *codes = arena_strdup(keep, want), *rest = codes, *code;
    while (*want && (code = strsep(&rest, "|"))) {
        size_t length = strlen(code);
        while (length > 0 && code[length - 1] == ' ')
            code[--length] = '\0';
        bool found = false;
        for (size_t k = 0; k < v->n_codes; k++)
            found |= strcmp(v->codes[k], code) == 0;
        for (size_t k = 0; v->values != LABELLED_TEXT && k < v->n_ranges; k++)
            found |=
                v->ranges[k].low == v->ranges[k].high && v->ranges[k].low == strtod(code, NULL);
        if (!found)
            fail_msg("%s: the code %s is not user-missing", v->name, code);
        n++;
    }
    return n;
}

/* "97|Inf" */
static size_t check_range(const struct labelled_variable *v, const char *want)
{
    if (!*want)
        return 0;
    const double low = strtod(want, NULL), high = strtod(strchr(want, '|') + 1, NULL);
    for (size_t k = 0; k < v->n_ranges; k++)
        if (v->ranges[k].low == low && v->ranges[k].high == high)
            return 1;
    fail_msg("%s: the range %s is not user-missing", v->name, want);
    return 0;
}

static size_t count_blank(const struct column *c, size_t n_rows)
{
    size_t n = 0;
    for (size_t i = 0; i < n_rows; i++)
        n += !c->as.text[i] && (!c->missing || c->missing[i] == MISSING_BLANK);
    return n;
}

static void variables_are_as_haven_reads_them(void **state)
{
    (void)state;
    struct dictionary d;
    size_t n = 0;
    if (!open_dictionary(&d, "spss/variables.tsv")) {
        arena_free(d.keep);
        skip();
    }
    for (size_t i = 0; i < d.table->n_rows; i++) {
        const struct labelled *l = file_of(&d, i);
        if (!l)
            continue;
        const size_t j = (size_t)reference_real(d.table, i, "index") - 1;
        const struct labelled_variable *v = &l->variables[j];
        const char *label = reference_text(d.table, i, "label");
        const char *format = reference_text(d.table, i, "format");
        assert_string_equal(v->name, reference_text(d.table, i, "name"));
        assert_string_equal(v->label, *label ? label : v->name);
        if (*format)
            assert_string_equal(v->format, format);
        size_t declared = check_codes(v, reference_text(d.table, i, "na_values"), d.keep) +
                          check_range(v, reference_text(d.table, i, "na_range"));
        assert_int_equal(declared, v->n_codes + v->n_ranges);
        if (v->values != LABELLED_TEXT && !strstr(l->program, "Stata") &&
            !strstr(l->program, "SAS")) /* where tagged ones count as system-missing */
            assert_int_equal(count_blank(&l->frame->cols[j], l->frame->n_rows),
                             (size_t)reference_real(d.table, i, "n_missing_sys"));
        n++;
    }
    printf("| %zu variables compared\n", n);
    assert_true(n >= 480);
    arena_free(d.keep);
}

/* The oracle's tables double a backslash. */
static const char *unescaped(const char *text, struct arena *keep)
{
    char *plain = arena_strdup(keep, text), *to = plain;
    for (const char *p = text; *p; p += 1 + (p[0] == '\\' && p[1] == '\\'))
        *to++ = *p;
    *to = '\0';
    return plain;
}

static void labels_are_as_haven_reads_them(void **state)
{
    (void)state;
    struct dictionary d;
    size_t n = 0;
    if (!open_dictionary(&d, "spss/value_labels.tsv")) {
        arena_free(d.keep);
        skip();
    }
    for (size_t i = 0; i < d.table->n_rows; i++) {
        const struct labelled *l = file_of(&d, i);
        const char *value = reference_text(d.table, i, "value");
        const struct labelled_label *found = NULL;
        for (size_t j = 0; l && j < l->frame->n_cols; j++) {
            const struct labelled_variable *v = &l->variables[j];
            if (strcmp(v->name, reference_text(d.table, i, "variable")) != 0)
                continue;
            for (size_t k = 0; k < v->n_labels; k++)
                if (same_cell(v, v->labels[k].value, value))
                    found = &v->labels[k];
        }
        if (l && !found)
            fail_msg("%s: %s of %s has no label", reference_text(d.table, i, "case"), value,
                     reference_text(d.table, i, "variable"));
        if (l)
            assert_string_equal(found->label,
                                unescaped(reference_text(d.table, i, "label"), d.keep));
        n += l != NULL;
    }
    printf("| %zu labels compared\n", n);
    assert_true(n >= 330);
    arena_free(d.keep);
}

/* ---- portable files of PSPP, which haven does not read ---- */

/* As PSPP prints it: days as month/day/year, moments with the time of day, times in whole
   seconds, numbers as the format has it. */
static bool same_as_pspp(const struct labelled_variable *v, const char *got, const char *want)
{
    int32_t day, month_first;
    if (!want || strspn(want, " .") == strlen(want))
        return got == NULL;
    if (!got)
        return false;
    if (v->values == LABELLED_DAY || v->values == LABELLED_MOMENT)
        return parse_iso_date(got, strlen(got), &day) &&
               parse_date(want, 10, "%m/%d/%Y", &month_first) && day == month_first &&
               (v->values == LABELLED_DAY || strcmp(got + 10, want + 10) == 0);
    if (v->values == LABELLED_TIME)
        return strncmp(got, want, 8) == 0;
    return same_cell(v, got, want);
}

static void portable_files_are_as_pspp_reads_them(void **state)
{
    (void)state;
    static const char *const names[] = {"likert5", "mobi"};
    struct arena *keep = arena_new();
    size_t n = 0;
    for (size_t f = 0; f < 2; f++) {
        struct err err = {0};
        struct csv_dialect plain = {0};
        const char *path =
            oracle_path(arena_printf(keep, "spss/files/made_by_pspp/%s.por", names[f]), keep);
        const char *expected = oracle_path(
            arena_printf(keep, "spss/expected/made_by_pspp_%s_por.pspp.csv", names[f]), keep);
        if (!path || !expected)
            continue;
        const struct labelled *l = labelled_read(path, NULL, NULL, keep, &err);
        const struct frame *want = csv_read(expected, &plain, keep, &err);
        if (!l || !want)
            fail_msg("%s", err.message);
        assert_int_equal(l->frame->n_cols, want->n_cols);
        assert_int_equal(l->frame->n_rows, want->n_rows);
        for (size_t j = 0; j < want->n_cols; j++)
            for (size_t i = 0; i < want->n_rows; i++, n++) {
                const struct labelled_variable *v = &l->variables[j];
                const char *got = v->code && v->code[i] ? v->code[i] : l->frame->cols[j].as.text[i];
                if (!same_as_pspp(v, got, want->cols[j].as.text[i]))
                    fail_msg("%s: %s, case %zu: got %s, want %s", path, v->name, i + 1,
                             got ? got : "(missing)", want->cols[j].as.text[i]);
            }
    }
    printf("| %zu cells of portable files compared\n", n);
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
        "sav_named_por.por",       "nominal_case_size_neg.sav", "weight_index_9999.sav",
        "flip_likert5_6.por",      "pspp_weighted_export.por",  "trunc_01392.por"};
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
        cmocka_unit_test(variables_are_as_haven_reads_them),
        cmocka_unit_test(labels_are_as_haven_reads_them),
        cmocka_unit_test(portable_files_are_as_pspp_reads_them),
        cmocka_unit_test(damaged_files_are_refused_with_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
