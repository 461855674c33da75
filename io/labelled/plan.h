/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_PLAN_H
#define IO_LABELLED_PLAN_H

#include "io/labelled/names.h"
#include "io/report.h"

/* A table of ours as variables of another program: what is a number, a text, a day, which
   numbers are labelled, and how the reasons of missing values are told. */

struct planned_label {
    double value;
    const char *label;
};

/* A code of those answers that are none, as it is written: kept where it is a number and the
   program can be told of it. */
struct planned_code {
    const char *code;  /* as in the cells: "98", "don't know" */
    const char *label; /* of the file, else "declared missing code 98"; a word is its own label */
    double value;      /* for SPSS */
    char tag;          /* for Stata: 'a' and on */
};

enum planned_kind { PLANNED_NUMBER, PLANNED_DAY, PLANNED_TEXT };

struct planned_variable {
    const struct column *column;
    const char *name, *label;
    enum planned_kind kind;
    enum measure measure;
    size_t width; /* bytes of the longest text, at least 1 */
    bool whole;   /* all numbers are whole */
    size_t n_labels;
    const struct planned_label *labels;
    bool reason[MISSING_N]; /* MISSING_CODE and on: occurs */
    bool any_reason;
    size_t n_codes; /* 0: all declared codes are the one reason MISSING_CODE */
    const struct planned_code *codes;
    bool codes_are_range; /* for SPSS: range_low to range_high, and for a single one apart */
    double range_low, range_high, apart; /* NaN: none apart */
    double code_base; /* a reason's code for SPSS is code_base - reason, below every value */
};

struct planned {
    const struct table *table;
    size_t n;
    const struct planned_variable *variables; /* [n] the frame's columns */
    size_t n_notes;
    const char *const *notes; /* columns that had to be renamed */
};

struct planned plan_table(const struct table *table, const struct name_rules *rules,
                          struct arena *keep);

/* A number of the variable (not of a text), NaN where missing. */
double planned_number(const struct planned_variable *v, size_t row);

/* The text of a PLANNED_TEXT; NULL where missing.  `buffer` may be used. */
const char *planned_text(const struct planned_variable *v, size_t row, char buffer[32]);

/* Which of v->codes a cell of MISSING_CODE holds, or NULL. */
const struct planned_code *planned_code(const struct planned_variable *v, size_t row);

/* Why a number is missing: MISSING_BLANK and on. */
enum missing planned_reason(const struct planned_variable *v, size_t row);

/* The table that a renderer of one table writes: --table, or the first; NULL with err set. */
const struct table *planned_table(const struct report *report, const struct render_options *options,
                                  const char *what, struct err *err);

#endif
