/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/tally.h"

#include "analysis/ledger/sale_list.h"

void tally_start(struct tally *t)
{
    *t = (struct tally){.first = INT32_MAX, .last = INT32_MIN};
}

void tally_sale(struct tally *t, struct blocks *blocks, struct document document, int32_t day,
                int64_t minor)
{
    t->sales += minor;
    t->lines++;
    if (day < t->first)
        t->first = day;
    if (day > t->last)
        t->last = day;
    sale_list_add(&t->list, blocks, document, day);
}

void tally_return(struct tally *t, int64_t minor)
{
    t->returns += minor;
    t->return_lines++;
}

void tally_merge(struct tally *into, struct blocks *blocks, const struct tally *from)
{
    into->sales += from->sales;
    into->returns += from->returns;
    into->lines += from->lines;
    into->first = from->first < into->first ? from->first : into->first;
    into->last = from->last > into->last ? from->last : into->last;
    into->return_lines += from->return_lines;
    sale_list_merge(&into->list, blocks, &from->list);
}

void tally_settle(struct tally *t, struct blocks *blocks)
{
    sale_list_settle(&t->list, blocks);
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

/* INT64_MIN is the mark of a missing value, so it is beyond the range as well. */
static bool narrow(wide sum, int64_t *to)
{
    *to = (int64_t)sum;
    return sum > INT64_MIN && sum <= INT64_MAX;
}

bool tally_write(const struct tally *t, struct tally_columns *to, size_t i)
{
    const bool sold = t->first <= t->last;
    to->purchases[i] = t->list.documents;
    to->purchase_days[i] = t->list.days;
    to->lines[i] = (int64_t)t->lines;
    to->first[i] = sold ? t->first : INT32_MIN;
    to->last[i] = sold ? t->last : INT32_MIN;
    const bool fits = narrow(t->sales, &to->spend_gross[i]) &&
                      narrow(t->returns, &to->returned[i]) &&
                      narrow(t->sales + t->returns, &to->spend[i]);
    return fits;
}
