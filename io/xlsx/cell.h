/* SPDX-License-Identifier: GPL-3.0-or-later
   What a cell holds, from what its XML says. */
#ifndef IO_XLSX_CELL_H
#define IO_XLSX_CELL_H

#include "io/xlsx/sheet.h"

/* Fills type, text, length, number and day; *empty where it holds nothing.  `value` is the cell's,
   with a NUL behind: it may be changed, and stays the text of cells that are read as they stand;
   other texts are put into `row`.  false, with *what set, where it makes no sense. */
bool cell_read(const struct xlsx *book, const struct raw_cell *raw, char *value,
               struct xlsx_cell *cell, bool *empty, struct arena *row, const char **what);

/* "C17" up to XFD1048576, in any case; false where a text is none. */
bool cell_reference(const char *text, uint32_t *row, uint32_t *column);

#endif
