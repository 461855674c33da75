/* SPDX-License-Identifier: GPL-3.0-or-later
   Records and cells of a ledger's chunk, and what can be said against them. */
#ifndef IO_LEDGER_CELL_H
#define IO_LEDGER_CELL_H

#include <string.h>

#include "io/bytes/code_page.h"
#include "io/ledger/date.h"
#include "io/scan/scan.h"
#include "io/text/digits.h"
#include "io/text/parse.h"

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

/* Without the blanks and tabs about it. */
static inline struct slice cell_trimmed(struct slice text)
{
    while (text.length > 0 && (text.text[0] == ' ' || text.text[0] == '\t'))
        text = (struct slice){text.text + 1, text.length - 1};
    while (text.length > 0 &&
           (text.text[text.length - 1] == ' ' || text.text[text.length - 1] == '\t'))
        text.length--;
    return text;
}

/* The customer's id within its cell: behind the first `starts_after`, before the first `ends_at`
   from there (each NULL: not looked for), without blanks about it. */
struct slice cell_id(struct slice cell, const char *starts_after, const char *ends_at);

/* A minus where the format has it, at least one digit, the decimal mark and exactly
   the digits of the minor unit, these in 4 to 8 bytes: the mark is cut out and the
   rest is read at once.  What does not look like this is no error yet. */
static inline __attribute__((always_inline)) bool
money_eight(struct slice text, const struct money_format *format, int64_t *minor)
{
    const unsigned fraction = 8 * (unsigned)format->decimals;
    uint64_t value;
    if (text.length < 4 || text.length > 9 || format->decimals < 1)
        return false;
    const bool negative = text.text[0] == '-' && format->sign == SIGN_LEADING;
    const uint32_t n = text.length - negative;
    if (n < (uint32_t)format->decimals + 2 || n < 4 || n > 8)
        return false;
    const uint64_t bytes = digits_bytes(text.text + negative, n);
    if ((char)(bytes >> fraction) != format->decimal)
        return false;
    const uint64_t behind = bytes & ((1ULL << fraction) - 1);
    if (!digits_value(bytes >> (fraction + 8) << fraction | behind, n - 1, &value))
        return false;
    *minor = negative ? -(int64_t)value : (int64_t)value;
    return true;
}

bool cell_money_long(struct slice text, const struct money_format *format, int64_t *minor);

/* parse_money(), with a short way for the commonest texts; false as well where a code or
   glyph stands beside the amount and no currency is declared. */
static inline __attribute__((always_inline)) bool
cell_money(struct slice text, const struct money_format *format, int64_t *minor)
{
    return money_eight(text, format, minor) || cell_money_long(text, format, minor);
}

/* What the scanner's fault is, in words. */
const char *scan_fault_what(enum scan_fault fault);
const char *scan_fault_mend(enum scan_fault fault);

#endif
