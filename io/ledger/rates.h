/* SPDX-License-Identifier: GPL-3.0-or-later
   Rates of exchange by day, and amounts converted by them, in whole numbers. */
#ifndef IO_LEDGER_RATES_H
#define IO_LEDGER_RATES_H

#include "io/ledger/ledger.h"

/* Wider than any sum of amounts. */
__extension__ typedef __int128 wide;

/* digits / 10^scale: a rate as it is written, of at most 15 digits. */
struct rate {
    int64_t digits;
    int scale;
};

/* A currency's rates. */
struct currency_rates {
    const char *code; /* ISO 4217 */
    int decimals;     /* of its minor unit */
    bool home;        /* what amounts are converted to: it has no rates */
    size_t n;
    const int32_t *day; /* [n] ascending */
    const struct rate *rate;
};

struct rates {
    const char *file; /* as messages name it */
    enum rate_quote quote;
    int32_t max_age;
    int decimals; /* of the home currency's amounts */
    size_t n;
    const struct currency_rates *currency; /* [n] the home currency first, then by code */
};

/* The rates of a ledger that declares some: a file of delimited text or a workbook with the
   columns date (year-month-day), currency and rate, in any order and beside others.  A
   cell that is none of these, two rates of a currency for one day, and a rate of the home
   currency other than 1 are ERR_VALUE with the line; an absent column is ERR_COLUMN.  NULL
   on error. */
const struct rates *rates_read(const struct study_ledger *ledger, const char *path,
                               struct arena *keep, struct err *err);

/* By its code, in any case; NULL: the file has no rate of it. */
const struct currency_rates *rates_of(const struct rates *r, struct slice code);

/* The latest on or before the day; NULL where there is none, or it is older than max_age.
 *latest is its index, or n. */
const struct rate *rate_on(const struct rates *r, const struct currency_rates *c, int32_t day,
                           size_t *latest);

/* An amount of the currency in minor units, in those of the home currency: exact, then
   rounded once, half away from zero.  False where it, or the product on the way, which has
   127 bits, is too large. */
bool rate_convert(const struct rates *r, const struct currency_rates *c, const struct rate *rate,
                  int64_t minor, int64_t *home);

#endif
