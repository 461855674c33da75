/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_VARIABLES_H
#define ANALYSIS_STUDY_VARIABLES_H

#include "io/study/study.h"
#include "models/base/err.h"
#include "models/base/frame.h"
#include "models/base/sample.h"

/* What to do about a column that a frame does not have: "did you mean 'intent'?", or
   the names that there are. */
const char *variable_mend(const struct frame *f, const char *name, struct arena *keep);

/* A column by the name that was typed: NULL, with ERR_COLUMN, where there is none. */
const struct column *variable_column(const struct frame *f, const char *name, struct arena *keep,
                                     struct err *err);

/* Where a study file names a column: a key of entry `index` of a section. */
struct declaration {
    const struct study *study;
    const char *section;
    size_t index;
    const char *key;
};

/* The same for a name that the study declares: the error tells the study's line. */
const struct column *variable_declared(const struct frame *f, const char *name,
                                       const struct declaration *at, struct arena *keep,
                                       struct err *err);

/* A column of a frame as numbers, NaN where missing.  A text column of a prepared
   table is parsed strictly: empty, NA and NaN are missing, anything else that is no
   number is ERR_VALUE with file, line and value.  An absent column is ERR_COLUMN. */
const double *variable_numbers(const struct frame *f, const char *name, struct arena *keep,
                               struct err *err); /* NULL on error */

/* The same for weights: missing and negative values are errors too. */
const double *variable_weights(const struct frame *f, const char *name, bool whole,
                               struct arena *keep, struct err *err);

/* True if all values that are present are 0 or 1, and both occur. */
bool variable_is_binary(const double *y, const struct rows *rows);

/* The complete pairs of x and y among rows, with their weights (w NULL: none). */
struct sample variable_pairs(const double *x, const double *y, const double *w,
                             enum weight_kind kind, const struct rows *rows, struct arena *keep);

#endif
