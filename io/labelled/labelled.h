/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_LABELLED_H
#define IO_LABELLED_LABELLED_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/err.h"
#include "models/base/frame.h"

/* Data files that describe themselves: SPSS .sav, .zsav and .por, Stata .dta, SAS .sas7bdat.
   ReadStat takes them apart, in a process of its own (io/program/isolate.h), and what that process
   says is checked: a damaged or hostile file is ERR_SYNTAX, whatever it does to the parser. */

/* What the values of a variable are.  X(code, word) */
#define LABELLED_VALUES_LIST(X)         \
    X(LABELLED_NUMBER, "number")        \
    X(LABELLED_TEXT, "text")            \
    X(LABELLED_DAY, "day")              \
    X(LABELLED_MOMENT, "date and time") \
    X(LABELLED_TIME, "time of day")

enum labelled_values {
#define X(code, word) code,
    LABELLED_VALUES_LIST(X)
#undef X
        LABELLED_N_VALUES
};

/* A value that the file names, as a cell would show it: "98", "don't know". */
struct labelled_label {
    const char *value, *label;
    bool missing; /* the file declares it user-missing */
};

/* Numbers that mean "no answer": low to high, both included; a single code has low = high.
   SPSS's LO and HI are infinite. */
struct labelled_range {
    double low, high;
};

struct labelled_variable {
    const char *name, *label; /* label: the name where the file has none */
    const char *format;       /* as in its program: "F8.2", "%td", "DATE"; "" where none */
    enum labelled_values values;
    enum measure measure; /* as the file tells; else: texts nominal, what has labels ordinal, the
                             rest scale */
    size_t width;         /* bytes of a text in the file */
    size_t n_labels;
    const struct labelled_label *labels; /* [n_labels] in the order of the file */
    size_t n_ranges;
    const struct labelled_range *ranges; /* [n_ranges] of numbers */
    size_t n_codes;
    const char *const *codes; /* [n_codes] texts that mean no answer */
    const char *const *code;  /* [n_rows] the code of each MISSING_CODE cell, else NULL: "98",
                                 ".a"; NULL where the variable has no such cell */
};

struct labelled {
    const char *program;  /* "SPSS", "Stata", "SAS" */
    const char *encoding; /* from which its texts were converted */
    const char *title;    /* the file's label, "" where none */
    size_t n_notes;
    const char *const *notes;
    const struct labelled_variable *variables; /* [frame->n_cols] */

    /* Text columns as csv_read() gives, with the case number (from 1) as line.  Numbers are
       written with the fewest digits that read back as the same number (of single precision
       where the file holds it so), days as 2025-03-01, moments as 2025-03-01 14:30:00, weeks,
       months, quarters and half-years as their first day, times as 14:30:00; texts without
       the blanks that pad them.  System-missing and empty texts are MISSING_BLANK; declared
       codes and the letters of Stata and SAS are MISSING_CODE.  Each column has the
       variable's label and measure, the format as note, and, where the file labels values
       that are not missing, levels of them in the file's order. */
    const struct frame *frame;
};

/* Whether the file begins as one of these do; false also where it cannot be opened. */
bool labelled_begins(const char *path);

/* For ledgers, which cannot be such files: true where n bytes from the beginning of a file, or a
   file itself, are none; else ERR_SYNTAX, which names the kind and the mend.  true also where it
   cannot be opened. */
bool labelled_no_ledger(const char *name, const void *head, size_t n, struct err *err);
bool labelled_no_ledger_file(const char *path, struct err *err);

/* `word` is the study's: "spss", "stata", "sas", which the file must be then; or NULL.
   `encoding`, a name that iconv(3) knows, takes the place of what the file says of itself
   (NULL: the file's own; CP1252 for Stata before version 14, which has none). */
const struct labelled *labelled_read(const char *path, const char *word, const char *encoding,
                                     struct arena *keep, struct err *err); /* NULL on error */

/* The same, but where the encoding is the file's own and bytes are no letters of it, they stand as
   their numbers, "M<fc>ller", and *remark says how many and where; else it becomes NULL. */
const struct labelled *labelled_read_replacing(const char *path, const char *word,
                                               const char *encoding, const char **remark,
                                               struct arena *keep, struct err *err);

#endif
