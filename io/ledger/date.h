/* SPDX-License-Identifier: GPL-3.0-or-later
   Dates of a ledger's lines: parse_date(), with short ways for what most of them are:
   the same text as on the line before, a text of digits in fixed places, or one that
   was read before. */
#ifndef IO_LEDGER_DATE_H
#define IO_LEDGER_DATE_H

#include <string.h>

#include "io/ledger/ledger.h"
#include "io/text/parse.h"

/* Days of the years 0 to 9999, which is what four digits can say. */
enum { LEDGER_FIRST_DAY = -719528, LEDGER_LAST_DAY = 2932896 };
enum { LEDGER_DAY_WORDS = (LEDGER_LAST_DAY - LEDGER_FIRST_DAY) / 64 + 1 };

/* Texts of 8 to DATE_BYTES bytes are known by their first and their last eight. */
enum { DATES_KEPT = 512, DATE_BYTES = 16, DATE_ENDS = 2 };

struct date_kept {
    uint64_t ends[DATE_ENDS];
    uint32_t length; /* 0: none */
    int32_t day;
};

/* A format of %Y, %m, %d and other bytes, each in its place: what the ends of a text
   are where `care` has bits, also when six is added to each digit. */
struct date_shape {
    uint32_t length; /* 0: the format is another one */
    uint8_t year, month, day;
    uint64_t care[DATE_ENDS], want[DATE_ENDS], six[DATE_ENDS];
};

/* Years whose months have a place in the table. */
enum { DATE_FIRST_YEAR = 1900, DATE_YEARS = 200 };

struct date_cell {
    const char *format;
    uint64_t *seen; /* [LEDGER_DAY_WORDS] bits of the days read, from LEDGER_FIRST_DAY on */
    struct date_kept last;
    struct date_shape shape;
    int32_t month[12 * DATE_YEARS + 1]; /* first day of each */
    struct date_kept kept[DATES_KEPT];
};

void date_cell_start(struct date_cell *d, const char *format, uint64_t *seen);

/* ends: NULL where the text has not 8 to DATE_BYTES bytes. */
bool cell_date_new(struct slice text, const uint64_t *ends, struct date_cell *d, int32_t *day);

/* parse_date() by the format. */
static inline bool cell_date(struct slice text, struct date_cell *d, int32_t *day)
{
    uint64_t ends[DATE_ENDS];
    if (text.length < 8 || text.length > DATE_BYTES)
        return cell_date_new(text, NULL, d, day);
    memcpy(&ends[0], text.text, 8);
    memcpy(&ends[1], text.text + text.length - 8, 8);
    if (ends[0] != d->last.ends[0] || ends[1] != d->last.ends[1] || text.length != d->last.length)
        return cell_date_new(text, ends, d, day);
    *day = d->last.day;
    return true;
}

#endif
