/* SPDX-License-Identifier: GPL-3.0-or-later
   What a cell holds, from what its XML says. */
#ifndef IO_XLSX_CELL_H
#define IO_XLSX_CELL_H

#include "io/xlsx/internal.h"

/* A cell as written; the texts are valid while it is read. */
struct raw_cell {
    char type[12]; /* "s", "n", ...; "" means n */
    uint64_t style;
    bool formula, has_value;
    const char *value; /* [length], with a NUL; of <v>, or of <is> */
    size_t length;
};

/* Fills type, text, length, number and day; *empty where it holds nothing.  Texts that are not
   shared are put into `row`.  false, with *what set, where it makes no sense. */
bool cell_read(const struct xlsx *book, const struct raw_cell *raw, struct xlsx_cell *cell,
               bool *empty, struct arena *row, const char **what);

/* "C17" up to XFD1048576, in any case; false where a text is none. */
bool cell_reference(const char *text, uint32_t *row, uint32_t *column);

#endif
