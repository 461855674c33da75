/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PRIVACY_SUPPRESS_JUDGED_H
#define IO_PRIVACY_SUPPRESS_JUDGED_H

#include <stdbool.h>

#include "io/report.h"
#include "models/base/arena.h"
#include "models/base/suppression.h"

/* What the files of suppress.h share. */

/* A column that only counts who contributes to a row: it is taken out of every table. */
#define SUPPRESS_CONTRIBUTING "n_contributing"

/* A table, and which of its rows are told. */
struct judged {
    struct table *table;
    const struct frame *frame;
    struct suppression_cell *size; /* [n_rows] that a row's figures rest on; 0: unknown */
    bool *hit;                     /* [n_rows] is not told */
    bool *shares;                  /* [n_rows] shares of answers are not told */
    bool any;
    struct arena *keep;
};

/* The table with what is not told of it empty. */
const struct frame *suppress_left(const struct judged *judged, double below);

bool suppress_among(const char *word, const char *const *list);
bool suppress_is_text(const struct column *c);

/* Does a column say what a row is of, rather than what is found? */
bool suppress_identifies(const struct column *c);

#endif
