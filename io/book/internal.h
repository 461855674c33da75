/* SPDX-License-Identifier: GPL-3.0-or-later
   What the two halves of the wrapper share: io/book/book.c and io/book/chart.c. */
#ifndef IO_BOOK_INTERNAL_H
#define IO_BOOK_INTERNAL_H

#include <xlsxwriter.h>

#include "io/book/book.h"

struct book_sheet {
    struct book *book;
    lxw_worksheet *sheet;
    const char *name, *folded;
    struct book_sheet *next;
};

struct known_style {
    struct book_style style;
    lxw_format *format;
    struct known_style *next;
};

struct book {
    lxw_workbook *workbook;
    struct arena *keep;
    const char *path;
    bool constant_memory;
    struct book_sheet *sheets;
    struct known_style *styles;
    struct book_repairs repairs;
    struct err err;
};

/* Looks at what the library said; `what` is for the message. */
void book_check(struct book *b, lxw_error code, const char *what);

/* NULL is a failure. */
void *book_checked(struct book *b, void *made, const char *what);

/* False once something has failed. */
bool book_ready(const struct book_sheet *s, size_t row, size_t col);

/* A short text for what is no cell: on one line, at most `units` UTF-16 units (the
   library copies attributes into fixed buffers); NULL stays NULL. */
char *book_property(struct book *b, const char *text, size_t units);

#endif
