/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/tally.h"

#include "analysis/ledger/sale_list.h"

void tally_start(struct tally *t, struct tally_more *more)
{
    *t = (struct tally){.last = NO_DOCUMENT, .known = DOCUMENTS_LISTED};
    *more = (struct tally_more){.first = INT32_MAX, .last = INT32_MIN};
}

/* INT64_MIN is the mark of a missing value, so it is beyond the range as well. */
static bool add(int64_t *sum, int64_t minor)
{
    return !__builtin_add_overflow(*sum, minor, sum) && *sum != INT64_MIN;
}

bool tally_sale(struct tally *t, struct tally_more *more, struct list_pool *pool,
                struct document document, int32_t day, int64_t minor)
{
    if (t->last_day != day || !document_same(t->last, document))
        sale_list_add(t, more, pool, (struct sale){document, day});
    return add(&t->sales, minor) && ++t->lines != 0;
}

bool tally_return(struct tally *t, struct tally_more *more, int64_t minor)
{
    return add(&more->returns, minor) && ++t->return_lines != 0;
}

void tally_start_again(struct tally *t)
{
    if (t->known == DOCUMENTS_LOST)
        sale_list_start_again(t);
}

void tally_sale_again(struct tally *t, struct tally_more *more, struct list_pool *pool,
                      struct document document, int32_t day)
{
    if (t->known == DOCUMENTS_AGAIN && (t->last_day != day || !document_same(t->last, document)))
        sale_list_add_again(t, more, pool, (struct sale){document, day});
}

struct tally_columns tally_columns_new(size_t n, struct arena *keep)
{
    return (struct tally_columns){.purchases = ARENA_NEW(keep, int64_t, n),
                                  .purchase_days = ARENA_NEW(keep, int64_t, n),
                                  .lines = ARENA_NEW(keep, int64_t, n),
                                  .spend = ARENA_NEW(keep, int64_t, n),
                                  .spend_gross = ARENA_NEW(keep, int64_t, n),
                                  .returned = ARENA_NEW(keep, int64_t, n),
                                  .first = ARENA_NEW(keep, int32_t, n),
                                  .last = ARENA_NEW(keep, int32_t, n)};
}

bool tally_write(const struct tally *t, const struct tally_more *more, struct tally_columns *to,
                 size_t i)
{
    const bool sold = t->lines > 0;
    to->purchases[i] = t->documents;
    to->purchase_days[i] = t->days;
    to->lines[i] = t->lines;
    to->first[i] = sold ? more->first : INT32_MIN;
    to->last[i] = sold ? more->last : INT32_MIN;
    to->spend_gross[i] = t->sales;
    to->returned[i] = more->returns;
    return !__builtin_add_overflow(t->sales, more->returns, &to->spend[i]) &&
           to->spend[i] != INT64_MIN;
}
