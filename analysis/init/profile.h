/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_INIT_PROFILE_H
#define ANALYSIS_INIT_PROFILE_H

#include "models/base/frame.h"

/* What the cells of a text column look like: evidence for proposals about a file
   that nobody has described yet. */

struct value_count {
    const char *text;
    size_t n;
};

struct profile {
    const struct column *column;
    size_t n; /* cells that are not blank, of the rows looked at */
    size_t n_distinct;
    const struct value_count *value; /* [n_distinct] most frequent first, ties by text */
    size_t n_number, n_whole;        /* cells that are numbers with '.', whole numbers */
    bool row_number;                 /* each cell is the one before plus 1 */
    /* The date formats that fit as many cells as any does, and nine in ten at least;
       more than one: day and month cannot be told apart. */
    size_t n_formats;
    const char *const *format;
    size_t n_dated;   /* cells that they fit */
    const char *told; /* how day and month were told apart, where the cells do not; or NULL */
};

/* Looks at the rows that are not left out (leave_out NULL: at all). */
struct profile profile_make(const struct frame *f, size_t column, const bool *leave_out,
                            struct arena *keep);

/* One for each column, [f->n_cols]. */
const struct profile *profiles_make(const struct frame *f, const bool *leave_out,
                                    struct arena *keep);

bool profile_is_date(const struct profile *p);

/* True if the name holds one of the words, ASCII case ignored; `words` is separated
   by blanks. */
bool name_holds(const char *name, const char *words);

/* True if the text begins with one of the words, ASCII case ignored. */
bool text_begins(const char *text, const char *words);

#endif
