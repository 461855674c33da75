/* SPDX-License-Identifier: GPL-3.0-or-later
   Any ledger with titles, sections, totals, repeated headers and cells that stand for the one
   above becomes the text that a straightforward judge writes. */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/shape_case.h"

enum { COLUMNS = 4, MOST_ROWS = 60 };

/* A row as it was meant, from which the file and what is to come of it are written. */
struct meant {
    enum { DATA, TOTAL, TOTAL_OF, SECTION, HEADER, BLANK } what;
    const char *cell[COLUMNS];
};

static uint32_t drawn(uint64_t *state, uint32_t n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % n;
}

static const char *const header_cells[COLUMNS] = {"day", "no", "key", "amount"};

static struct meant draw_row(uint64_t *random, struct arena *keep)
{
    static const char *const texts[] = {"", "", "A", "b c", "x,y", "q\"q", "n\nl", " ", "\xc3\xa4"};
    static const char *const sections[] = {"s1", "s2", "s1 s2", "s, 3"};
    const uint32_t kind = drawn(random, 12);
    struct meant m = {.what = kind < 6 ? DATA : (int)(kind - 6), .cell = {"", "", "", ""}};
    for (int i = 0; i < COLUMNS && m.what == DATA; i++)
        m.cell[i] = texts[drawn(random, sizeof texts / sizeof *texts)];
    if (m.what == DATA)
        m.cell[3] = arena_printf(keep, "%u", drawn(random, 100)); /* so that it is data */
    if (m.what == TOTAL)
        m.cell[drawn(random, COLUMNS)] = "TOTAL";
    if (m.what == TOTAL_OF)
        m.cell[0] = arena_printf(keep, "Total for %s", sections[drawn(random, 4)]);
    if (m.what == SECTION)
        m.cell[0] = sections[drawn(random, 4)];
    if (m.what == HEADER)
        memcpy(m.cell, header_cells, sizeof m.cell);
    return m;
}

static void write_cell(FILE *f, const char *text, bool one_line)
{
    const bool quoted = strpbrk(text, ",\"\n") != NULL;
    const bool still = strpbrk(text, ",\"") != NULL;
    if (one_line ? still : quoted)
        fputc('"', f);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', f);
        fputc(one_line && *text == '\n' ? ' ' : *text, f);
    }
    if (one_line ? still : quoted)
        fputc('"', f);
}

static bool blank(const char *text)
{
    return text[strspn(text, " \n")] == '\0';
}

/* Sections as a list of names that a total cuts. */
struct judge {
    const char *open[MOST_ROWS], *above[3];
    int n_open;
};

static void judge_total(struct judge *j, const char *text)
{
    memset(j->above, 0, sizeof j->above);
    for (int round = 0; round < 2; round++)
        for (int i = j->n_open - 1; i >= 0; i--) {
            const size_t n = strlen(j->open[i]), length = strlen(text);
            if (round == 0 ? length >= n && strcmp(text + length - n, j->open[i]) == 0
                           : strstr(text, j->open[i]) != NULL) {
                j->n_open = i;
                return;
            }
        }
}

static void judge_row(struct judge *j, const struct meant *m, FILE *f)
{
    const char *cell[COLUMNS + 1] = {m->cell[0], m->cell[1], m->cell[2], m->cell[3], ""};
    const char *mark = "";
    if (m->what == TOTAL || m->what == TOTAL_OF)
        mark = "T", judge_total(j, m->what == TOTAL ? "TOTAL" : m->cell[0]);
    if (m->what == SECTION)
        mark = "S", j->open[j->n_open++] = m->cell[0], memset(j->above, 0, sizeof j->above);
    if (m->what == HEADER)
        mark = "H";
    for (int i = 0, anew = 0; i < 3 && m->what == DATA; i++) {
        if (!blank(cell[i]))
            j->above[i] = cell[i], anew = 1;
        else if (anew)
            j->above[i] = NULL;
        else if (j->above[i])
            cell[i] = j->above[i];
    }
    if (m->what == DATA && j->n_open > 0)
        cell[COLUMNS] = j->open[j->n_open - 1];
    for (int i = 0; i <= COLUMNS; i++) {
        write_cell(f, cell[i], true);
        fputc(',', f);
    }
    fprintf(f, "%s\n", mark);
}

static int lines_in(const struct meant *m)
{
    int n = 1;
    for (int i = 0; i < COLUMNS; i++)
        for (const char *c = m->cell[i]; *c; c++)
            n += *c == '\n';
    return n;
}

/* The file, and what the judge makes of it.  Blank lines behind the last row are not written. */
static void write_both(uint64_t *random, FILE *file, FILE *want, struct arena *keep)
{
    struct judge judge = {.n_open = 0};
    const uint32_t n = drawn(random, MOST_ROWS), titles = drawn(random, 4);
    int due = 0;
    for (uint32_t i = 0; i < titles; i++)
        fprintf(file, "title %u\n", i), due++;
    fprintf(file, "day,no,key,amount\n");
    for (; due > 0; due--)
        fputc('\n', want);
    fprintf(want, "day,no,key,amount,part,(left out)\n");
    for (uint32_t i = 0; i < n; i++) {
        const struct meant m = draw_row(random, keep);
        if (m.what == BLANK) {
            fputs(drawn(random, 2) ? "\n" : ",,,\n", file);
            due++;
            continue;
        }
        const int cells = m.what == SECTION && drawn(random, 2) ? 1 : COLUMNS;
        for (int c = 0; c < cells; c++) {
            if (c > 0)
                fputc(',', file);
            write_cell(file, m.cell[c], false);
        }
        fputs(drawn(random, 2) ? "\r\n" : "\n", file);
        for (; due > 0; due--)
            fputc('\n', want);
        judge_row(&judge, &m, want);
        due = lines_in(&m) - 1;
    }
}

static void any_file_is_as_the_judge_says(void **state)
{
    (void)state;
    uint64_t random = 20250601;
    for (int i = 0; i < 400; i++) {
        struct arena *keep = arena_new();
        char *text = NULL, *wanted = NULL;
        size_t n = 0, n_wanted = 0;
        FILE *file = open_memstream(&text, &n), *want = open_memstream(&wanted, &n_wanted);
        write_both(&random, file, want, keep);
        fclose(file);
        fclose(want);
        assert_string_equal(shape_case(text, n,
                                       SHAPE_ROWS
                                       "{header: [day, amount], section: part, fill_down: [day, "
                                       "no, key], totals: [\"Total*\", TOTAL]}",
                                       keep),
                            wanted);
        free(text);
        free(wanted);
        arena_free(keep);
    }
}

/* With bytes changed at random and every key declared it is read or refused, the same for any size
   of what is read at a time. */
static void damaged_files_do_no_harm(void **state)
{
    (void)state;
    static const char marks[] = ",\n\r\"; A1\0\xff";
    uint64_t random = 20250602;
    for (int i = 0; i < 400; i++) {
        struct arena *keep = arena_new();
        char *text = NULL, *wanted = NULL;
        size_t n = 0, n_wanted = 0;
        FILE *file = open_memstream(&text, &n), *want = open_memstream(&wanted, &n_wanted);
        write_both(&random, file, want, keep);
        fclose(file);
        fclose(want);
        for (int k = 0; n > 0 && k < 1 + i % 4; k++)
            text[drawn(&random, (uint32_t)n)] = marks[drawn(&random, sizeof marks - 1)];
        assert_non_null(shape_case(
            text, n,
            ", once_per: no}\n    date: {column: day, format: \"%d%m\", period: {row: 1, from: 1, "
            "to: 2}}\n    party: {columns: [no, amount], range: [0, 50], indicator: key}\n    "
            "rows: "
            "{header: [day, amount], section: part, fill_down: [day, no, key], totals: "
            "[\"Total*\"]}",
            keep));
        assert_non_null(shape_case(text, n,
                                   ", once_per: no}\n    date: {column: day}\n    party: {columns: "
                                   "[no, amount], range: [0, 50]}",
                                   keep));
        free(text);
        free(wanted);
        arena_free(keep);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_file_is_as_the_judge_says),
                                       cmocka_unit_test(damaged_files_do_no_harm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
