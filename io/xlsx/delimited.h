/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_XLSX_DELIMITED_H
#define IO_XLSX_DELIMITED_H

#include "io/xlsx/frame.h"

/* A sheet as UTF-8 delimited text, made while it is read: for readers of such text, whose memory
   then does not grow with the sheet. */
struct xlsx_delimited;

/* The header and the rows below it as xlsx_frame() takes them, cells quoted as RFC 4180 has it
   where they need it, error cells as their text.  Each row is one line, line ends inside cells
   become blanks, and rows that hold nothing are empty lines: the line is the row of the sheet.
   NULL on error; `asked` and the book stay the caller's and are used until the end. */
struct xlsx_delimited *xlsx_delimited_open(struct xlsx *book, const struct xlsx_asked *asked,
                                           char delimiter, struct err *err);

/* Up to `size` bytes; *got = 0 at the end. */
bool xlsx_delimited_read(struct xlsx_delimited *d, void *buffer, size_t size, size_t *got,
                         struct err *err);

void xlsx_delimited_close(struct xlsx_delimited *d); /* NULL is fine */

#endif
