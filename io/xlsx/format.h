/* SPDX-License-Identifier: GPL-3.0-or-later
   Number formats (ECMA-376 part 1, 18.8.31): what a number means, not how it looks. */
#ifndef IO_XLSX_FORMAT_H
#define IO_XLSX_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

enum format_kind {
    FORMAT_PLAIN,   /* a quantity, or General, or a text */
    FORMAT_DIGITS,  /* a whole number whose zeros or divisions belong to it: 0000000, 00000-0000 */
    FORMAT_DATE,    /* has a day, month or year */
    FORMAT_TIME,    /* hours, minutes, seconds alone */
    FORMAT_ELAPSED, /* [h]:mm: a length of time */
};

struct format_section {
    enum format_kind kind;
    bool has_time; /* of a date */
    char compare;  /* of [<=100]: '<' '>' '=', 'l' for <=, 'g' for >=, '!' for <>; 0: none */
    double bound;
    const char *pattern; /* literals, and '\1' '\2' '\3' for 0 # ? */
};

struct number_format {
    size_t n; /* sections; that of texts is none */
    struct format_section section[3];
};

/* Any text is a format: what Excel would refuse is read as well as can be. */
void format_parse(const char *code, struct number_format *format, struct arena *keep);

/* The code of a built-in format, of those in the standard for any locale; "General" where the
   number is unknown. */
const char *format_built_in(unsigned id);

/* The section that shows a value; *alone: it shows negative values without their sign. */
const struct format_section *format_for(const struct number_format *f, double value, bool *alone);

enum { FORMAT_LONGEST = 256 };

/* A whole number below 1e15 under FORMAT_DIGITS; the length, 0 where it does not fit. */
size_t format_digits(const struct format_section *s, double value, bool alone,
                     char buffer[FORMAT_LONGEST]);

#endif
