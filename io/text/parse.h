/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_TEXT_PARSE_H
#define IO_TEXT_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/err.h"

/* Texts to values: strict (the whole text or nothing), independent of the
   locale, never guessing.  All take length-counted bytes. */

/* A decimal number with '.' and optional exponent, correctly rounded; blanks
   around it are allowed.  No hex, no "inf", no "nan", no thousands marks; no
   value where it exceeds the largest double or is longer than 2000 bytes. */
bool parse_real(const char *text, size_t length, double *value);

/* Decimal digits with an optional sign, blanks around them allowed; no value
   outside -INT64_MAX..INT64_MAX (INT64_MIN means missing). */
bool parse_whole(const char *text, size_t length, int64_t *value);

/* Bytes: a number with '.', and K, M, G or T behind it, of either case, for powers of
   1024; a B or iB behind that is taken.  No value below 0, above INT64_MAX, or that is
   not whole in bytes when no letter stands there. */
bool parse_size(const char *text, size_t length, int64_t *bytes);

enum money_sign {
    SIGN_LEADING,     /* -12.50 (also U+2212) */
    SIGN_TRAILING,    /* 12.50- */
    SIGN_PARENTHESES, /* (12.50) */
    SIGN_WORDS,       /* 12.50 CR, 12.50 DR: letters, of any case, behind the digits */
    SIGN_NONE         /* no sign may stand in the text */
};

struct money_format {
    char decimal; /* '.' or ',' */
    /* NULL: none; "." "," "'" " ", never the decimal mark itself.  A blank also
       takes U+00A0, U+2009 and U+202F, an apostrophe U+2019. */
    const char *thousands;
    enum money_sign sign;
    int decimals;         /* digits of the minor unit: 2 for EUR; more digits in a text: no value */
    bool indian;          /* groups of two before the last of three: 1,23,456.78 */
    const char *currency; /* what a code or glyph must stand for; NULL: any */
    const char *minus, *plus; /* of SIGN_WORDS, in capitals; NULL: CR and DR */
};

/* The ISO 4217 code, or else the glyph, that stood beside the digits; "": neither. */
struct money_mark {
    char text[4];
};

/* Money to minor units.  A thousands mark must stand before groups of exactly
   three digits; one glyph ($ EUR-sign GBP-sign yen-sign rupee-sign) and one code of
   ISO 4217, in capitals, may stand before or after, also about the sign, and blanks.
   They must be the currency's where one is declared, and agree.  An apostrophe in
   front of all, by which spreadsheets mark a text, is passed over.  A text without a
   sign is positive.  Overflow of int64 is no value. */
bool parse_money(const char *text, size_t length, const struct money_format *format,
                 int64_t *minor);

/* The same, telling the mark as well. */
bool parse_money_marked(const char *text, size_t length, const struct money_format *format,
                        int64_t *minor, struct money_mark *mark);

/* The mark of a currency in the text of a number format, as "[$]#" or "EUR ": a glyph, else a code
   with no letter beside it. */
struct money_mark money_mark_in(const char *text);

/* A date by a format of %Y %m %d %y %b %B %H %M %S %p %T %F %z %% and literal
   bytes; the whole text must fit, and the day must exist.  English month names.
   Two-digit years: 69-99 are 19xx, 00-68 are 20xx (POSIX).  The time of day is
   checked and dropped, with a fraction of a second where one stands.  %z takes Z,
   +03, +0300, +03:00, and GMT or UTC before these (then +3 too) or alone.  %d, %m
   and %H take one or two digits, but two where a digit comes next to them:
   2024111 is no date by %Y%m%d.  Where a format of such parts alone begins with a day
   or a month, a zero lost in front is put back: 1022024 by %d%m%Y is 1 February.
   The formats "excel" and "excel_1904" are those of parse_serial_date(). */
bool parse_date(const char *text, size_t length, const char *format, int32_t *day);

/* A date and what stands beside it. */
struct written_time {
    int32_t day;
    int32_t second;  /* since its day began; -1: no time of day is written */
    bool has_offset; /* the text tells its zone: */
    int32_t offset;  /* seconds east of Greenwich */
};

/* As parse_date(), with the time of day and the %z.  A leap second counts as the one before it. */
bool parse_date_time(const char *text, size_t length, const char *format,
                     struct written_time *written);

/* A time of day alone, without a format: "14:30", "9:12:44.5 PM", "14:30:00+02:00", "3:00:00 PM
   GMT+3"; a blank may stand before AM, PM and the zone.  The day of *written is left alone. */
bool parse_time_of_day(const char *text, size_t length, struct written_time *written);
/* Days as spreadsheets number them, with a time as fraction, to the millisecond:
   45321 or 45321.75.  In the system of 1900, 1 is
   1900-01-01 and 60, a day that never was, is none; in that of 1904, 0 is 1904-01-01.
   No value beyond 9999-12-31. */
bool parse_serial_date(const char *text, size_t length, bool is_1904, struct written_time *written);

/* NULL if every conversion of the format is known, and it has a year, a month and
   a day; else the reason, for a message. */
const char *date_format_problem(const char *format);

/* ISO 8601: 2025-03-01, with an optional time (hh:mm, seconds, fraction, zone)
   after 'T' or a blank; the day is that of the text, whatever the zone. */
bool parse_iso_date(const char *text, size_t length, int32_t *day);

/* Days since 1970-01-01 of a proleptic Gregorian date; false if there is no such day. */
bool day_from_civil(int year, int month, int day_of_month, int32_t *day);
void civil_from_day(int32_t day, int *year, int *month, int *day_of_month);

/* "2025-03-01"; "" for DAY_MISSING. */
const char *day_text(int32_t day, char buffer[16]);

/* The same bytes; gives how many, at most 15.  What stands behind them is not said. */
size_t day_put(int32_t day, char to[16]);

/* The one format among %Y-%m-%d, %Y/%m/%d, %d/%m/%Y, %m/%d/%Y (with '/', '.', '-') that
   fits all texts, else NULL.  NULL texts are passed over.
   *ambiguous: the first text that more than one format fits; n if there is none.
   *deciding: where one format is found, the first text that leaves only it; where
   none fits, the first text that leaves none; n where more than one fits all. */
const char *date_format_of(const char *const *texts, size_t n, size_t *ambiguous, size_t *deciding);

/* Minor digits of an ISO 4217 currency code: 2 for EUR, 0 for JPY, 3 for KWD; -1 if unknown. */
int currency_decimals(const char *code);

/* The number of fewest digits that reads back as the same double, in full from
   0.0001 to below 1e16; "" for NaN, "inf" and "-inf"; -0 is "0". */
const char *real_text(double value, char buffer[32]);

/* The same bytes, but no NUL behind them; gives how many, at most 31. */
size_t real_put(double value, char to[32]);

/* Decimal digits, with '-' before a negative one; gives how many bytes, at most 20. */
size_t whole_put(int64_t value, char to[20]);

#endif
