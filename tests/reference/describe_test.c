/* SPDX-License-Identifier: GPL-3.0-or-later
   The tables of saydo-describe against R (scripts/reference/describe.R). */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/program/child.h"
#include "tests/check.h"

/* A table of the program. */
struct made {
    const char *run, *table;
    struct reference *got;
};

static const char *weights_of(const char *run)
{
    return strcmp(run, "weight") == 0      ? "--weights=weight"
           : strcmp(run, "frequency") == 0 ? "--frequency=frequency"
                                           : "--quiet";
}

/* Tables of x and recommend are made apart: their ranges differ. */
static const char *table_name(const char *table)
{
    if (strcmp(table, "x") == 0 || strcmp(table, "recommend") == 0)
        return "scales";
    return strncmp(table, "distribution", 12) == 0 ? "distribution"
           : strncmp(table, "retention", 9) == 0   ? "retention"
                                                   : table;
}

static struct reference *make_table(const char *run, const char *table, struct arena *keep)
{
    const char *bin = getenv("SAYDO_BIN") ? getenv("SAYDO_BIN") : "build/release/bin";
    bool recommend = strstr(table, "recommend") != NULL;
    char folder[] = "/tmp/describe-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = arena_printf(keep, "%s/table.csv", folder);
    const char *const argv[] = {arena_printf(keep, "%s/saydo-describe", bin),
                                "tests/reference/describe_table.csv",
                                recommend ? "--x=recommend" : "--x=x",
                                recommend ? "--range=0,10" : "--range=1,7",
                                recommend ? "--nps=recommend" : "--promoters=9",
                                "--y=spend,retained",
                                "--items=item1,item2,item3,item4",
                                "--by=grp",
                                weights_of(run),
                                arena_printf(keep, "--table=%s", table_name(table)),
                                "-o",
                                path,
                                NULL};
    struct err err = {0};
    assert_true(child_run(&(struct child){.argv = argv, .seconds = 20}, &err));
    struct reference *got = reference_read(path, ',', keep);
    assert_non_null(got);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    return got;
}

static const char *cell(const struct reference *got, size_t row, const char *const *columns)
{
    for (size_t k = 0; columns[k]; k++)
        for (size_t j = 0; j < got->n_cols; j++)
            if (strcmp(got->header[j], columns[k]) == 0)
                return got->cell[row][j];
    return "";
}

static size_t find_row(const struct reference *got, const struct reference *want, size_t i)
{
    static const char *const grp[] = {"grp", NULL}, *const at[] = {"at", "item", NULL},
                             *const name[] = {"scale", "behaviour", "x", NULL};
    for (size_t row = 0; row < got->n_rows; row++)
        if (strcmp(cell(got, row, grp), reference_text(want, i, "grp")) == 0 &&
            strcmp(cell(got, row, name), reference_text(want, i, "name")) == 0 &&
            strcmp(cell(got, row, at), reference_text(want, i, "at")) == 0)
            return row;
    fail_msg("no row for line %zu of describe.csv", i + 2);
    return 0;
}

static void tables_agree_with_r(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct reference *want = reference_read("tests/reference/describe.csv", ',', keep);
    assert_non_null(want);
    struct made made[64];
    size_t n_made = 0;
    for (size_t i = 0; i < want->n_rows; i++) {
        const char *run = reference_text(want, i, "run"), *table = reference_text(want, i, "table"),
                   *column = reference_text(want, i, "column");
        size_t k = 0;
        while (k < n_made && (strcmp(made[k].run, run) != 0 || strcmp(made[k].table, table) != 0))
            k++;
        if (k == n_made) {
            assert_true(n_made < 64);
            made[n_made++] = (struct made){run, table, make_table(run, table, keep)};
        }
        size_t row = find_row(made[k].got, want, i);
        check_digits(arena_printf(keep, "%s, %s, %s, %s %s: %s", run, table,
                                  reference_text(want, i, "grp"), reference_text(want, i, "name"),
                                  reference_text(want, i, "at"), column),
                     reference_real(made[k].got, row, column), reference_real(want, i, "value"), 11,
                     __FILE__, __LINE__);
    }
    assert_true(want->n_rows > 900);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables_agree_with_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
