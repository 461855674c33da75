/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_REPORT_H
#define IO_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "models/base/err.h"
#include "models/base/frame.h"

/* What a program found, complete before any of it is rendered. */

struct table {
    const char *id;    /* the contract's table name: "correlations" */
    const char *sheet; /* name of its sheet in a workbook: "Correlations"; NULL: from the title */
    const char *title; /* "How strongly does saying go with doing?" */
    const char *note;  /* method, std_error's meaning, what was left out; may be NULL */
    const char *check_r, *check_spss; /* how to check it with the CSV twin; may be NULL */
    const struct frame *frame;
    bool aside; /* as text only where --table names it: what a second look asks for */
};

enum mark { MARK_POINTS, MARK_LINE, MARK_STEPS, MARK_BAND, MARK_BARS, MARK_INTERVALS };

/* Numbers to draw, already grouped, sorted and sampled.  What the marks mean in a kind
   of chart is said on top of io/chart/KIND.c: in a forest MARK_INTERVALS are rows,
   MARK_BAND a pooled diamond and MARK_LINE a prediction interval; in a heatmap low[i]
   is the value of the cell in column x[i], row y[i]. */
struct series {
    const char *label; /* in the key; NULL: not in the key */
    enum mark mark;
    size_t n;
    const double *x, *y;      /* [n] */
    const double *low, *high; /* [n] of bands and intervals, else NULL */
    const char *const *text; /* [n] a label per point (bars, forest rows, heatmap cells), or NULL */
    const double *size;      /* [n] point sizes relative to 1, or NULL */
    bool muted;              /* drawn grey: below min_n, not significant ... */
    size_t colour;           /* index into the palette; series of one meaning share it */
};

struct panel {
    const char *title; /* "young, bank (n = 412)"; the count stands on its own line */
    size_t n_series;
    const struct series *series;
};

/* Kinds of chart: one file io/chart/NAME.c and one word here. */
#define CHART_KIND_LIST(X) X(xy) X(bars) X(forest) X(heatmap)

struct chart_kind; /* io/chart/kind.h */
#define X(name) extern const struct chart_kind chart_kind_##name;
CHART_KIND_LIST(X)
#undef X

struct chart {
    const char *id;    /* file name: [a-z0-9_-]+ */
    const char *sheet; /* the sheet of the workbook that shows it; NULL: "Charts" */
    const struct chart_kind *kind;
    const char *title;   /* what is shown */
    const char *finding; /* alt text: what a reader should see in it, with numbers */
    const char *x_label, *y_label;
    /* Axis ranges; low = high: chosen from the data.  All panels share them. */
    double x_low, x_high, y_low, y_high;
    bool y_percent;     /* shares as per cent */
    double x_reference; /* forest: where the dashed line of no effect stands */
    /* Categories on the axes, for bars, forest and heatmap: row r and column c stand
       at y = r and x = c (0-based, first row on top); NULL where the axis is a number. */
    size_t n_x_categories, n_y_categories;
    const char *const *x_category, *const *y_category;
    size_t n_panels;
    const struct panel *panels;
};

/* A file of bytes that a program makes (saydo-init, saydo-simulate). */
struct made_file {
    const char *name; /* relative to the output folder */
    size_t size;
    const char *bytes;
};

/* Something that a reader needs to repeat the work: a count at a filter, the hash
   of an input, an option that can change a number.  For the manifest and the Log. */
struct fact {
    const char *section; /* "inputs", "options", "counts", "software" */
    const char *name, *value;
    bool is_number; /* value is a number: written bare in JSON */
};

struct report {
    const char *title;
    const char *const *lines; /* a few plain sentences with the numbers */
    size_t n_lines;
    size_t n_tables;
    const struct table *tables; /* the first is the program's main table */
    size_t n_charts;
    const struct chart *charts;
    size_t n_files;
    const struct made_file *files;
    size_t n_warnings;
    const char *const *warnings; /* told on stderr, and in the Log sheet */
    size_t n_facts;
    const struct fact *facts;
    const char *gate;          /* a declared gate that failed, or NULL: exit 4 after writing */
    const struct err *failure; /* told, and its exit status taken, after writing; or NULL */
};

const struct table *report_table(const struct report *report, const char *id);

struct render_options {
    const char *table; /* one table by its id, or NULL */
    bool excel_safe;   /* prefix text cells that start with = + - @ tab CR by an apostrophe */
    bool colour;
    size_t width;              /* of the terminal */
    const char *csv;           /* the CSV that scripts are to read; NULL: by the table's name */
    const char *charts_folder; /* where the charts have been drawn; NULL: they have not */
    size_t n_threads;          /* 0: one per processor */
};

/* One way to write a report to a stream.  Nothing flows back but success or an
   error; the stream's own state is checked by the caller. */
struct renderer {
    const char *name;      /* "json": a word of --format */
    const char *extension; /* "json" */
    bool binary;           /* not for a terminal */
    bool (*render)(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err);
};

/* To add one: write io/render/NAME.c, which defines `const struct renderer renderer_NAME`,
   and add X(NAME) here. */
#define RENDERER_LIST(X) \
    X(text) X(csv) X(json) X(workbook) X(sav) X(dta) X(load_r) X(load_sps) X(load_do)

#define X(name) extern const struct renderer renderer_##name;
RENDERER_LIST(X)
#undef X

extern const struct renderer *const renderers[];
extern const size_t n_renderers;

const struct renderer *renderer_named(const char *name);
const struct renderer *renderer_for(const char *path); /* by its extension; NULL: none */

#endif
