/* SPDX-License-Identifier: GPL-3.0-or-later
   Charts: nothing in a name is run, the same bytes each time, and every way in
   which gnuplot can fail is told. */
#include "tests/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/chart/charts.h"
#include "io/program/child.h"
#include "io/text/glyph.h"
#include "tests/sample_report.h"

struct place {
    struct arena *keep;
    const char *folder;
    char *path_before; /* PATH */
};

static const char *fresh_folder(struct arena *keep)
{
    char *folder =
        arena_printf(keep, "%s/saydo-charts-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(folder));
    return folder;
}

static void remove_folder(const char *folder)
{
    const char *argv[] = {"rm", "-r", folder, NULL};
    struct err err = {0};
    assert_true(child_run(&(struct child){.argv = argv, .seconds = 20}, &err));
}

static int set_up(void **state)
{
    struct arena *keep = arena_new();
    struct place *p = ARENA_NEW(keep, struct place, 1);
    *p = (struct place){.keep = keep, .folder = fresh_folder(keep)};
    p->path_before = arena_strdup(keep, getenv("PATH"));
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    setenv("PATH", p->path_before, 1);
    remove_folder(p->folder);
    arena_free(p->keep);
    return 0;
}

static bool gnuplot_is_here(void)
{
    const char *argv[] = {"gnuplot", "--version", NULL};
    struct err err = {0};
    bool here = child_run(&(struct child){.argv = argv, .seconds = 20}, &err);
    if (!here)
        print_message("skipped: %s\n", err.message);
    return here;
}

static char *contents(const char *folder, const char *name, size_t *size, struct arena *keep)
{
    FILE *f = fopen(arena_printf(keep, "%s/%s", folder, name), "r");
    struct stat s;
    if (!f || fstat(fileno(f), &s) != 0)
        fail_msg("no file %s", name);
    char *bytes = arena_alloc(keep, (size_t)s.st_size + 1, 1);
    *size = fread(bytes, 1, (size_t)s.st_size, f);
    fclose(f);
    return bytes;
}

static bool exists(const char *folder, const char *name, struct arena *keep)
{
    return access(arena_printf(keep, "%s/%s", folder, name), F_OK) == 0;
}

static const char *const ids[] = {"curves", "match", "scale", "pooled", "heatmap"};
enum { N_IDS = sizeof ids / sizeof *ids };

static void assert_same_file(const char *a, const char *b, const char *name, struct arena *keep)
{
    size_t n, m;
    const char *x = contents(a, name, &n, keep), *y = contents(b, name, &m, keep);
    assert_int_equal(n, m);
    assert_true(n > 0 && memcmp(x, y, n) == 0);
}

static void two_runs_give_the_same_pictures(void **state)
{
    struct place *p = *state;
    static const char *const kind[] = {"gp", "tsv", "svg", "png"};
    struct err err = {0};
    if (!gnuplot_is_here())
        skip();
    const char *again = fresh_folder(p->keep);
    const struct report *r = sample_report(7, p->keep);
    bool drawn = charts_write(r, p->folder, true, &err) && charts_write(r, again, true, &err);
    assert_string_equal(err.message, "");
    assert_true(drawn);
    for (size_t i = 0; i < N_IDS; i++)
        for (size_t k = 0; k < 4; k++)
            assert_same_file(p->folder, again, arena_printf(p->keep, "%s.%s", ids[i], kind[k]),
                             p->keep);
    remove_folder(again);
}

static void names_are_never_run(void **state)
{
    struct place *p = *state;
    static const char *const made[] = {"saydo-was-here", "saydo-was-here-2"};
    struct err err = {0};
    bool pictures = gnuplot_is_here();
    assert_true(charts_write(sample_report(15, p->keep), p->folder, pictures, &err));
    for (size_t k = 0; k < 2; k++) {
        assert_false(exists(p->folder, made[k], p->keep));
        assert_false(exists(".", made[k], p->keep));
    }
}

static void no_name_stands_in_a_script(void **state)
{
    struct place *p = *state;
    static const char *const word[] = {"`", "cmd|", "Müller", "$(touch", "Telecom", "Spend"};
    struct err err = {0};
    size_t size;
    assert_true(charts_write(sample_report(15, p->keep), p->folder, false, &err));
    for (size_t i = 0; i < N_IDS; i++) {
        char *script = contents(p->folder, arena_printf(p->keep, "%s.gp", ids[i]), &size, p->keep);
        for (size_t k = 0; k < sizeof word / sizeof *word; k++)
            assert_null(strstr(script, word[k]));
    }
}

/* gnuplot undoes backslashes in quotes and ends a text at the next quote. */
static void a_text_is_shown_as_it_is(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    size_t size;
    struct report r = *sample_report(1, p->keep);
    struct chart chart = r.charts[1];
    chart.title = "a 5\" nail \\n \\\\ %d {/B x}_y\ttab\nline";
    r.charts = &chart;
    r.n_charts = 1;
    if (!gnuplot_is_here())
        skip();
    assert_true(charts_write(&r, p->folder, true, &err));
    assert_non_null(strstr(contents(p->folder, "match.svg", &size, p->keep),
                           ">a 5” nail \\n \\\\ %d {/B x}_y tab line<"));
}

static void a_script_draws_again_by_itself(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    size_t n, m;
    if (!gnuplot_is_here())
        skip();
    assert_true(charts_write(sample_report(2, p->keep), p->folder, true, &err));
    char *before = contents(p->folder, "curves.svg", &n, p->keep);
    assert_int_equal(unlink(arena_printf(p->keep, "%s/curves.svg", p->folder)), 0);
    const char *argv[] = {"gnuplot", "curves.gp", NULL};
    assert_true(child_run(&(struct child){.argv = argv, .folder = p->folder, .seconds = 30}, &err));
    char *after = contents(p->folder, "curves.svg", &m, p->keep);
    assert_int_equal(n, m);
    assert_memory_equal(before, after, n);
}

/* gnuplot counts blocks by blank lines: an empty one would shift all after it. */
static void each_block_is_where_the_script_looks(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    size_t size, named = 0, found = 1;
    assert_true(charts_write(sample_report(15, p->keep), p->folder, false, &err));
    char *script = contents(p->folder, "curves.gp", &size, p->keep);
    char *data = contents(p->folder, "curves.tsv", &size, p->keep);
    for (const char *at = script; (at = strstr(at, "# block ")); at++)
        named++;
    for (const char *at = data; (at = strstr(at, "\n\n\n")); at++) {
        assert_true(at[3] && at[3] != '\n');
        found++;
    }
    assert_int_equal(named, 15 * 4);
    assert_int_equal(found, named + 1);
}

static void many_panels_go_to_pages(void **state)
{
    struct place *p = *state;
    struct err err = {0};
    const struct report *r = sample_report(53, p->keep);
    assert_int_equal(chart_n_pages(&r->charts[0]), 3);
    assert_true(charts_write(r, p->folder, false, &err));
    assert_true(exists(p->folder, "curves.gp", p->keep));
    assert_true(exists(p->folder, "curves-3.tsv", p->keep));
    assert_false(exists(p->folder, "curves-4.gp", p->keep));
}

/* A gnuplot of our own in front of the real one. */
static void put_gnuplot(struct place *p, const char *body)
{
    const char *path = arena_printf(p->keep, "%s/gnuplot", p->folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s\n", body);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(path, 0755), 0);
    setenv("PATH", arena_printf(p->keep, "%s:%s", p->folder, p->path_before), 1);
}

static void assert_fails_with(struct place *p, const char *what)
{
    struct err err = {0};
    assert_false(charts_write(sample_report(1, p->keep), p->folder, true, &err));
    assert_int_equal(err.code, ERR_CHILD);
    if (!strstr(err.message, what))
        fail_msg("'%s' is not in: %s", what, err.message);
    assert_non_null(strstr(err.message, "--no-pictures"));
    assert_true(exists(p->folder, "curves.gp", p->keep));
    assert_true(exists(p->folder, "curves.tsv", p->keep));
    assert_false(exists(p->folder, "curves.svg", p->keep));
    assert_false(exists(p->folder, "curves.part.svg", p->keep));
}

static void gnuplot_that_is_missing(void **state)
{
    struct place *p = *state;
    setenv("PATH", "/nowhere", 1);
    assert_fails_with(p, "cannot be run");
    setenv("PATH", p->path_before, 1);
}

static void gnuplot_that_fails(void **state)
{
    put_gnuplot(*state, "echo 'no such terminal' >&2; exit 3");
    assert_fails_with(*state, "status 3: no such terminal");
}

static void gnuplot_that_draws_nothing(void **state)
{
    put_gnuplot(*state, "for last; do :; done; > \"${last%.gp}.part.svg\"; exit 0");
    assert_fails_with(*state, "left no picture");
}

static void a_child_that_hangs_is_stopped(void **state)
{
    (void)state;
    static const char *const argv[] = {"sleep", "60", NULL};
    struct err err = {0};
    assert_false(child_run(&(struct child){.argv = argv, .seconds = 0.1}, &err));
    assert_int_equal(err.code, ERR_CHILD);
    assert_non_null(strstr(err.message, "stopped after 0.1 seconds"));
}

static void a_child_sees_folder_and_environment(void **state)
{
    struct place *p = *state;
    static const char *const unset[] = {"SAYDO_TEST_SEEN", NULL};
    const char *argv[] = {"sh", "-c", "test -z \"$SAYDO_TEST_SEEN\" && touch made-here", NULL};
    struct err err = {0};
    setenv("SAYDO_TEST_SEEN", "yes", 1);
    assert_true(child_run(
        &(struct child){.argv = argv, .folder = p->folder, .unset = unset, .seconds = 20}, &err));
    assert_true(exists(p->folder, "made-here", p->keep));
    unsetenv("SAYDO_TEST_SEEN");
}

static void texts_are_measured_and_cut(void **state)
{
    struct place *p = *state;
    const char *line[3];
    assert_digits(text_ems("AB i"), 0.667 + 0.667 + 0.278 + 0.222, 12);
    assert_string_equal(text_shorten("Müller", 10, p->keep), "Müller");
    assert_string_equal(text_shorten("MMMMMM", 3.7, p->keep), "MMM…");
    assert_string_equal(text_shorten("üüüüüü", 2.3, p->keep), "üü…");
    assert_string_equal(text_shorten_middle("segment A, Bank", 6.2, p->keep), "segm…Bank");
    assert_string_equal(text_shorten_parts("MMMMMMMM, Bank", 6.5, p->keep), "MMM…, Bank");
    assert_int_equal(text_wrap("one two three four", 4, 3, line, p->keep), 3);
    assert_string_equal(line[0], "one two");
    assert_string_equal(line[1], "three");
    assert_string_equal(line[2], "four");
    assert_int_equal(text_wrap("", 4, 3, line, p->keep), 1);
    assert_string_equal(text_one_line("a\tb\nc\xff", p->keep), "a b c\xef\xbf\xbd");
    assert_int_equal(text_utf16("a\xf0\x9f\x98\x80"), 3);
    assert_string_equal(text_cut_utf16("a\xf0\x9f\x98\x80", 2, p->keep), "a");
    assert_string_equal(number_text(-1234567.5, 1, p->keep), "−1,234,567.5");
    assert_string_equal(number_text(-0.001, 2, p->keep), "0.00");
    assert_string_equal(number_text(999, 0, p->keep), "999");
}

/* Every number of panels that a page can have draws without a word. */
static void all_layouts_are_drawn(void **state)
{
    struct place *p = *state;
    if (!getenv("SLOW") || !gnuplot_is_here())
        skip();
    for (size_t n = 1; n <= 25; n++) {
        struct err err = {0};
        struct report one = *sample_report(n, p->keep);
        one.n_charts = 1;
        assert_true(charts_write(&one, p->folder, true, &err));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_runs_give_the_same_pictures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_never_run, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_name_stands_in_a_script, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_script_draws_again_by_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_is_shown_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_block_is_where_the_script_looks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_panels_go_to_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gnuplot_that_is_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gnuplot_that_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gnuplot_that_draws_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_child_that_hangs_is_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_child_sees_folder_and_environment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_are_measured_and_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_layouts_are_drawn, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("charts", tests, NULL, NULL);
}
