/* SPDX-License-Identifier: GPL-3.0-or-later
   Records and cells of delimited text, one byte after the other: what the judge of
   the ledger reader (tests/ledger_judge.h) goes by. */
#ifndef TESTS_JUDGE_TEXT_H
#define TESTS_JUDGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

struct text {
    const char *at;
    size_t n;
};

struct text text_of(const char *word); /* NULL: empty */
bool text_same(struct text a, struct text b);
int text_order(struct text a, struct text b); /* by bytes, a beginning first */
bool text_blank(struct text t);               /* empty, or blanks and tabs */

/* A file on its way, and its last record. */
struct reader {
    const unsigned char *p;
    size_t n, at;
    size_t inside; /* bytes of a character that are still to come */
    uint64_t line; /* of the file, where the next byte stands */
    char delimiter;

    struct text *field; /* [n_fields] of the record, quotes removed */
    char *text;         /* the bytes of all its fields */
    size_t n_fields, n_text, start;
    uint64_t started; /* line of its first byte */
    bool empty;       /* an empty line */
    uint64_t fault;   /* line to be told after FAULTY */
};

struct reader reader_of(const void *bytes, size_t n, char delimiter, struct arena *keep);

enum found { RECORD, NO_MORE, FAULTY };

enum found next_record(struct reader *r);

/* Money as minor units, of an amount that may have a leading sign or none; the code of a
   currency beside it, else the glyph, else "".  `currency` is what both must stand for, or
   NULL. */
bool read_money(struct text t, char decimal, int decimals, bool may_sign, const char *currency,
                int64_t *minor, char mark[4]);

/* Days since 1970 of a day written as %Y-%m-%d. */
bool read_day(struct text t, int32_t *day);

#endif
