/* SPDX-License-Identifier: GPL-3.0-or-later
   Records and cells of a ledger's chunk, and what can be said against them. */
#ifndef IO_LEDGER_CELL_H
#define IO_LEDGER_CELL_H

#include <string.h>

#include "io/code_page.h"
#include "io/digits.h"
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
    struct slice converted;
    if (!page && (field.length == 0 || field.text[0] != '"')) {
        *text = field;
        return true;
    }
    const bool well = cell_convert(field, page, scratch, &converted);
    *text = converted;
    return well;
}

/* The names of a header record, blanks and all; false as cell_text(). */
bool header_names(const struct scan *s, const struct record *r, const struct code_page *page,
                  const char *const **names, struct arena *keep);

/* Empty, or nothing but blanks and tabs. */
static inline bool cell_is_blank(struct slice text)
{
    uint32_t i = 0;
    while (i < text.length && (text.text[i] == ' ' || text.text[i] == '\t'))
        i++;
    return i == text.length;
}

/* At least one digit, the decimal mark and exactly the digits of the minor unit, in 4
   to 8 bytes: the mark is cut out and the rest is read at once.  What does not look
   like this is no error yet. */
static inline bool money_eight(struct slice text, const struct money_format *format, int64_t *minor)
{
    const unsigned fraction = 8 * (unsigned)format->decimals;
    const uint32_t n = text.length;
    uint64_t value;
    if (n < 4 || n > 8 || format->decimals < 1 || n < (uint32_t)format->decimals + 2)
        return false;
    const uint64_t bytes = digits_bytes(text.text, n);
    if ((char)(bytes >> fraction) != format->decimal)
        return false;
    const uint64_t behind = bytes & ((1ULL << fraction) - 1);
    if (!digits_value(bytes >> (fraction + 8) << fraction | behind, n - 1, &value))
        return false;
    *minor = (int64_t)value;
    return true;
}

bool cell_money_long(struct slice text, const struct money_format *format, int64_t *minor);

/* parse_money(), with a short way for the commonest texts. */
static inline bool cell_money(struct slice text, const struct money_format *format, int64_t *minor)
{
    return money_eight(text, format, minor) || cell_money_long(text, format, minor);
}

/* Dates read before, each in the place that its text gives it: a ledger has few. */
enum { DATES_KEPT = 512, DATE_BYTES = 16 };

struct date_kept {
    uint64_t text[2]; /* its first and its last eight bytes */
    uint32_t length;  /* 0: none; else 8 .. DATE_BYTES */
    int32_t day;
};

/* Days of the years 0 to 9999, which is what four digits can say. */
enum { LEDGER_FIRST_DAY = -719528, LEDGER_LAST_DAY = 2932896 };
enum { LEDGER_DAY_WORDS = (LEDGER_LAST_DAY - LEDGER_FIRST_DAY) / 64 + 1 };

struct date_cell {
    const char *format;
    uint64_t *seen; /* [LEDGER_DAY_WORDS] bits of the days read, from LEDGER_FIRST_DAY on */
    struct date_kept kept[DATES_KEPT];
};

/* place: where the text is to be kept; NULL: nowhere. */
bool cell_date_new(struct slice text, struct date_cell *dates, struct date_kept *place,
                   int32_t *day);

/* parse_date(), which a text that is kept does not need. */
static inline bool cell_date(struct slice text, struct date_cell *dates, int32_t *day)
{
    uint64_t ends[2];
    if (text.length < 8 || text.length > DATE_BYTES)
        return cell_date_new(text, dates, NULL, day);
    memcpy(&ends[0], text.text, 8);
    memcpy(&ends[1], text.text + text.length - 8, 8);
    const uint64_t mixed = (ends[0] * 31 ^ ends[1]) * 0x9e3779b97f4a7c15u;
    struct date_kept *k = &dates->kept[mixed >> 55];
    if (k->text[0] != ends[0] || k->text[1] != ends[1] || k->length != text.length)
        return cell_date_new(text, dates, k, day);
    *day = k->day;
    return true;
}

_Static_assert(DATES_KEPT == 1 << (64 - 55), "nine bits give the place");

/* What the scanner's fault is, in words. */
const char *scan_fault_what(enum scan_fault fault);
const char *scan_fault_mend(enum scan_fault fault);

#endif
