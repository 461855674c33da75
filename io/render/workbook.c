/* SPDX-License-Identifier: GPL-3.0-or-later
   The report as an Excel workbook. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/report.h"
#include "io/workbook/sheets.h"

/* ---- the plan ---- */

static void plan(struct layout *l, struct planned p)
{
    if (l->n_sheets == l->capacity) {
        size_t capacity = l->capacity ? 2 * l->capacity : 32;
        struct planned *more = ARENA_NEW(l->keep, struct planned, capacity);
        if (l->n_sheets)
            memcpy(more, l->sheets, l->n_sheets * sizeof *more);
        l->sheets = more;
        l->capacity = capacity;
    }
    l->sheets[l->n_sheets++] = p;
}

static void plan_table(struct layout *l, const struct table *t)
{
    size_t first = 0, part = 1;
    const char *name = t->sheet ? t->sheet : t->title ? t->title : t->id;
    do {
        size_t left = t->frame->n_rows - first;
        struct planned p = {.name = name, .purpose = t->title ? t->title : t->id, .table = t};
        p.write = write_table;
        p.first_row = first;
        p.n_rows = left < ROWS_PER_SHEET ? left : ROWS_PER_SHEET;
        p.part = part++;
        plan(l, p);
        first += ROWS_PER_SHEET;
    } while (first < t->frame->n_rows);
}

static bool is_planned(const struct layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_sheets; i++)
        if (strcmp(l->sheets[i].name, name) == 0)
            return true;
    return false;
}

/* Sheets for the charts that no table's sheet takes. */
static void plan_charts(struct layout *l)
{
    bool any_native = false;
    for (size_t i = 0; i < l->report->n_charts; i++) {
        const struct chart *c = &l->report->charts[i];
        if (!is_planned(l, chart_sheet(l, c)))
            plan(l, (struct planned){.name = chart_sheet(l, c),
                                     .purpose = c->title ? c->title : "Charts",
                                     .write = write_charts});
        any_native = any_native || chart_is_native(l, c);
    }
    if (any_native)
        plan(l, (struct planned){.name = "Chart data",
                                 .purpose = "The numbers behind the charts that Excel draws",
                                 .write = write_chart_data});
}

static void plan_all(struct layout *l)
{
    const struct report *r = l->report;
    plan(l, (struct planned){.name = "README",
                             .purpose = "What was found, and how to read it",
                             .write = write_readme});
    plan(l, (struct planned){.name = "Contents", .purpose = "All sheets", .write = write_contents});
    for (size_t i = 0; i < r->n_tables; i++)
        if (!l->only_table || strcmp(l->only_table, r->tables[i].id) == 0)
            plan_table(l, &r->tables[i]);
    if (!l->only_table)
        plan_charts(l);
    plan(l, (struct planned){.name = "Codebook",
                             .purpose = "What each column of each table means",
                             .write = write_codebook});
    plan(l, (struct planned){.name = "Log",
                             .purpose = "Warnings, counts and options of this run",
                             .write = write_log});
}

static bool is_big(const struct report *r)
{
    size_t cells = 0;
    for (size_t i = 0; i < r->n_tables; i++)
        cells += r->tables[i].frame->n_rows * r->tables[i].frame->n_cols;
    return cells > BIG_CELLS;
}

/* ---- the file ---- */

static bool write_book(const struct report *report, const struct render_options *options,
                       const char *path, struct arena *keep, struct err *err)
{
    struct layout l = {.report = report,
                       .charts_folder = options ? options->charts_folder : NULL,
                       .only_table = options ? options->table : NULL,
                       .big = is_big(report),
                       .keep = keep};
    struct book_options how = {.title = report->title, .constant_memory = l.big};
    l.book = book_open(path, &how, keep, err);
    if (!l.book)
        return false;
    plan_all(&l);
    for (size_t i = 0; i < l.n_sheets; i++) {
        l.sheets[i].sheet = book_sheet_new(l.book, l.sheets[i].name);
        if (l.sheets[i].write == write_chart_data)
            l.chart_data = l.sheets[i].sheet;
    }
    for (size_t i = 0; i < l.n_sheets; i++)
        l.sheets[i].write(&l, &l.sheets[i]);
    return book_close(l.book, err);
}

static bool copy_to(FILE *stream, const char *path, struct err *err)
{
    char piece[65536];
    size_t n;
    FILE *f = fopen(path, "r");
    if (!f)
        return err_set(err, ERR_FILE, "%s: %s", path, strerror(errno));
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        if (fwrite(piece, 1, n, stream) != n)
            break;
    bool good = !ferror(f) && feof(f);
    fclose(f);
    return good || err_set(err, ERR_FILE, "the workbook cannot be copied to its place: %s",
                           strerror(errno));
}

/* The library writes to a path only: a temporary file, then to the stream. */
static bool render(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err)
{
    struct arena *keep = arena_new();
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(keep, "%s/saydo-XXXXXX", folder && *folder ? folder : "/tmp");
    int made = mkstemp(path);
    bool good = made >= 0;
    if (!good)
        err_at(err, ERR_FILE,
               &(struct problem){.file = path, .what = strerror(errno), .mend = "set TMPDIR"});
    if (good) {
        close(made);
        good = write_book(report, options, path, keep, err) && copy_to(stream, path, err);
        unlink(path);
    }
    arena_free(keep);
    return good;
}

const struct renderer renderer_workbook = {
    .name = "workbook", .extension = "xlsx", .binary = true, .render = render};
