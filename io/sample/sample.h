/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SAMPLE_SAMPLE_H
#define IO_SAMPLE_SAMPLE_H

#include "io/csv/csv.h"
#include "io/program/ask.h"
#include "io/sample/head.h"
#include "io/study/presets.h"
#include "io/survey/survey.h"

/* A file that nobody has described yet: how it is written and its rows.  For proposals
   only (saydo-init); an analysis reads what a study file declares. */
struct sample_file {
    const char *path;
    struct csv_dialect dialect;   /* guessed; of delimited text */
    const char *sheet;            /* of a workbook with several: the one that was read; or NULL */
    size_t n_sheets;              /* of a workbook: visible ones that hold something ... */
    const char *const *sheets;    /* ... their names */
    const char *format;           /* of a survey's program: a study file's word; or NULL */
    struct survey_said said;      /* of such a survey */
    const struct preset *preset;  /* of a ledger that is known by name, or NULL; ... */
    const struct study *declared; /* ... with what it declares, as ledger 0 */
    bool shaped;                  /* ... and its columns are those of io/shape/shape.h */
    uint64_t header;              /* line, or row of the sheet, of the names */
    size_t n_above;               /* rows above it that hold something, ... */
    const struct head_row *above; /* ... [n_above] */
    const struct frame *frame;    /* text columns; at most `rows` rows */
    bool whole;                   /* the frame holds all rows */
    bool labelled;                /* of SPSS, Stata or SAS: cells are codes, columns have levels */
};

/* Rows of a file that are kept, for what is looked at. */
enum { SAMPLE_ROWS = 200000 };

/* Guesses the delimiter (, ; tab |) by how many of the first lines it divides alike, the
   encoding (UTF-8, else CP1252), the sheet of a workbook (the longest), the survey program
   (survey_read()), the preset of a ledger, and the row of the names (head_names()), and
   reads up to `rows` rows below it.  Which sheet it is may be asked (ask NULL: never).  Columns
   without a name are left out, and rows that a preset's shape leaves out. */
bool sample_read(const char *path, size_t rows, size_t (*ask)(const struct question *q),
                 struct sample_file *sample, struct arena *keep, struct err *err);

/* Another sheet of a workbook that was read, as a file of its own. */
bool sample_read_sheet(const struct sample_file *read, const char *sheet, size_t rows,
                       struct sample_file *sample, struct arena *keep, struct err *err);

/* The cells of `columns` in each row below the first `after`: NULL where blank, valid until
   the next call of `take`. */
struct sample_asked {
    size_t n;
    const char *const *columns;
    uint64_t after;
    void (*take)(void *context, const char *const cells[]);
    void *context;
};

/* Passes over a file again, row by row, without keeping it. */
bool sample_rows(const struct sample_file *sample, const struct sample_asked *asked,
                 struct err *err);

#endif
