/* SPDX-License-Identifier: GPL-3.0-or-later
   What a cell looks like that does not fit its declaration: for messages alone.  A file is
   read as it is declared, never as it looks. */
#ifndef IO_TEXT_LOOKS_H
#define IO_TEXT_LOOKS_H

#include "io/text/parse.h"

/* "decimal mark ',' and thousands '.'": what would have to be declared in place of the
   format; forms that differ in the decimal mark are told both, "3 decimals, or ...".
   NULL: it is no amount of any form. */
const char *looks_like_money(const char *text, size_t length, const struct money_format *declared,
                             struct arena *keep);

/* 1.23E+11: as spreadsheets write what is too long for its column. */
bool looks_shortened(const char *text, size_t length);

/* "%d/%m/%Y" in quotes, or several with "or" between them; NULL: none of the usual formats
   fits. */
const char *looks_like_date(const char *text, size_t length, struct arena *keep);

/* The formats that a text fits, for those who look at further ones. */
struct date_looks {
    size_t n;
    const char **format; /* [n] */
};

struct date_looks date_looks_of(const char *text, size_t length, struct arena *keep);

/* Leaves those that this text fits as well; false, and all stay, where there are none. */
bool date_looks_narrow(struct date_looks *looks, const char *text, size_t length);

/* As looks_like_date() says them; NULL: none. */
const char *date_looks_told(const struct date_looks *looks, struct arena *keep);

#endif
