/* SPDX-License-Identifier: GPL-3.0-or-later
   Records and cells of a ledger's chunk, and what can be said against them. */
#ifndef IO_LEDGER_CELL_H
#define IO_LEDGER_CELL_H

#include <string.h>

#include "io/code_page.h"
#include "io/ledger.h"
#include "io/parse.h"
#include "io/scan.h"

/* A record of the scanner's window: fields end at s->end[first .. first+n-1]. */
struct record {
    size_t start, first, n;
};

static inline struct record record_at(const struct scan *s, size_t r)
{
    const size_t first = r ? s->record[r - 1] : 0;
    return (struct record){first ? (size_t)s->end[first - 1] + 1 : s->start, first,
                           s->record[r] - first};
}

static inline bool record_is_empty(const struct scan *s, const struct record *r)
{
    return r->n == 1 && s->end[r->first] == r->start;
}

/* A field as it stands in the file, quotes and all. */
static inline struct slice record_field(const struct scan *s, const struct record *r, size_t column)
{
    const size_t end = s->end[r->first + column];
    const size_t start = column ? (size_t)s->end[r->first + column - 1] + 1 : r->start;
    return (struct slice){s->bytes + start, (uint32_t)(end - start)};
}

/* The field without quotes, in UTF-8 (page NULL: it is already); a copy in
   `scratch` only where it differs.  False if a byte is no character of the page. */
bool cell_convert(struct slice field, const struct code_page *page, struct arena *scratch,
                  struct slice *text);

/* The same; most fields are their text. */
static inline bool cell_text(struct slice field, const struct code_page *page,
                             struct arena *scratch, struct slice *text)
{
    *text = field;
    return (!page && (field.length == 0 || field.text[0] != '"')) ||
           cell_convert(field, page, scratch, text);
}

/* The names of a header record, blanks and all; false as cell_text(). */
bool header_names(const struct scan *s, const struct record *r, const struct code_page *page,
                  const char *const **names, struct arena *keep);

/* Empty, or nothing but blanks and tabs. */
bool cell_is_blank(struct slice text);

/* parse_money() and parse_date(), with a short way for the commonest texts. */
bool cell_money(struct slice text, const struct money_format *format, int64_t *minor);

/* The last date is kept, since most lines repeat it. */
struct date_cell {
    const char *format;
    char text[24];
    uint32_t length;
    int32_t day;
};

bool cell_date(struct slice text, struct date_cell *last, int32_t *day);

/* What the scanner's fault is, in words. */
const char *scan_fault_what(enum scan_fault fault);
const char *scan_fault_mend(enum scan_fault fault);

#endif
