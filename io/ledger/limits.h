/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_LIMITS_H
#define IO_LEDGER_LIMITS_H

#include <stdint.h>

/* What a ledger may hold at most, so that a file that is none, or a quote that is never closed,
   is told early and in little memory.  X(key in the study file, default, least, most) */
#define LEDGER_LIMIT_LIST(X)                         \
    X(record, 8 << 20, 1 << 20, 1 << 30) /* bytes */ \
    X(columns, 16384, 1, 1 << 24)                    \
    X(key, 4096, 1, 1 << 24) /* bytes of a customer's id */

struct ledger_limits {
#define X(member, usual, least, most) int64_t member; /* 0: the default */
    LEDGER_LIMIT_LIST(X)
#undef X
};

/* Those given, and `others` in place of zeros. */
static inline struct ledger_limits ledger_limits_over(const struct ledger_limits *given,
                                                      const struct ledger_limits *others)
{
    struct ledger_limits limits;
#define X(member, usual, least, most) \
    limits.member = given->member ? given->member : others->member;
    LEDGER_LIMIT_LIST(X)
#undef X
    return limits;
}

static inline struct ledger_limits ledger_limits_usual(void)
{
    return (struct ledger_limits){
#define X(member, usual, least, most) .member = (usual),
        LEDGER_LIMIT_LIST(X)
#undef X
    };
}

#endif
