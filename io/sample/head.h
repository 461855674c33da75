/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SAMPLE_HEAD_H
#define IO_SAMPLE_HEAD_H

#include "io/csv/csv.h"

/* The first bytes and rows of a file that nobody has described. */

/* One row as it stands; blank cells are "". */
struct head_row {
    uint64_t line;
    size_t n;
    const char *const *cell; /* [n] */
};

/* Guesses delimiter and encoding from a file's first 64 KiB. */
bool head_dialect(const char *path, struct csv_dialect *dialect, struct err *err);

/* The first rows, up to `most`, copied into `keep`; sheet as in records_open(). */
bool head_rows(const char *path, const struct csv_dialect *dialect, const char *sheet, size_t most,
               const struct head_row **rows, size_t *n, struct arena *keep, struct err *err);

/* The row that holds the names of columns: the first one if it has as many cells as most rows
   below; else the first row of texts, none twice, that has nearly as many as those below it.
   An index; 0 where no row is of that kind. */
size_t head_names(const struct head_row *rows, size_t n);

#endif
