/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/subset/kept.h"

#include <math.h>
#include <string.h>

/* Deviances that differ by less than this share are the same but for rounding. */
#define ROUNDING 1e-12

/* How many subsets there are of each size, up to n_best. */
static void count_subsets(const size_t *size, size_t n, size_t n_best, size_t n_sizes, size_t *room)
{
    room[0] = 1;
    for (size_t j = 0; j < n; j++)
        for (size_t s = n_sizes; s-- > size[j];) {
            room[s] += room[s - size[j]];
            room[s] = room[s] < n_best ? room[s] : n_best;
        }
}

struct kept_list kept_list_of(const size_t *size, size_t n, size_t n_best, struct arena *keep)
{
    size_t n_sizes = 1;
    for (size_t j = 0; j < n; j++)
        n_sizes += size[j];
    struct kept_list list = {n_sizes,
                             n_best,
                             ARENA_NEW(keep, size_t, n_sizes),
                             ARENA_NEW(keep, size_t, n_sizes),
                             ARENA_NEW(keep, struct kept, n_sizes * n_best),
                             ARENA_NEW(keep, double, n_sizes)};
    count_subsets(size, n, n_best, n_sizes, list.room);
    for (size_t s = 0; s < n_sizes; s++)
        list.worst[s] = list.room[s] > 0 ? INFINITY : -INFINITY;
    return list;
}

void kept_offer(struct kept_list *list, uint64_t terms, size_t size, double deviance)
{
    if (!(deviance < list->worst[size]))
        return;
    struct kept *at = list->at + size * list->n_best;
    size_t n = list->n[size], i;
    for (i = 0; i < n; i++)
        if (at[i].terms == terms)
            return;
    i = n < list->room[size] ? n : n - 1;
    for (; i > 0 && at[i - 1].deviance > deviance; i--)
        at[i] = at[i - 1];
    at[i] = (struct kept){terms, deviance};
    list->n[size] = n < list->room[size] ? n + 1 : n;
    if (list->n[size] == list->room[size])
        list->worst[size] = at[list->room[size] - 1].deviance;
}

bool kept_is_open(const struct kept_list *list, size_t least, size_t most, double deviance)
{
    for (size_t s = least; s <= most; s++)
        if (deviance < list->worst[s])
            return true;
    return false;
}

static bool before(const struct kept *a, const struct kept *b)
{
    double gap = a->deviance - b->deviance;
    if (fabs(gap) > ROUNDING * fabs(b->deviance))
        return gap < 0;
    return a->terms < b->terms;
}

void kept_sort(struct kept_list *list)
{
    for (size_t s = 0; s < list->n_sizes; s++) {
        struct kept *at = list->at + s * list->n_best;
        for (size_t i = 1; i < list->n[s]; i++)
            for (size_t j = i; j > 0 && before(&at[j], &at[j - 1]); j--) {
                struct kept other = at[j];
                at[j] = at[j - 1];
                at[j - 1] = other;
            }
    }
}
