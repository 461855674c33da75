/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/trigram_index.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A list of more than a 32nd of the sets is long: it has a bit per set as well. */
enum { BLOCK = 64, LONG = 32 };

#define NONE UINT32_MAX

/* Open addressing; number + 1, 0 where it is free. */
struct slot {
    uint64_t trigram;
    uint32_t place;
};

/* Sets are numbered anew by their size: those of a block need about as many shared ones. */
struct trigram_index {
    size_t n;
    double least;
    uint32_t *which; /* [n] the set's own number */
    uint8_t *size;   /* [n] rising */
    size_t n_trigrams, n_slots;
    struct slot *slot;      /* [n_slots] a power of 2: the trigrams' numbers */
    uint32_t *start, *list; /* [trigrams + 1]: who has it */
    uint64_t **bit;         /* [trigrams] one per set, or NULL: a short list */
};

/* ---- the index ---- */

/* The finaliser of SplitMix64 (Steele, Lea & Flood 2014), from a start that no file knows. */
static size_t hash_of(const struct trigram_index *x, uint64_t trigram)
{
    uint64_t z = trigram + (uint64_t)(uintptr_t)x->slot;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (size_t)(z ^ z >> 31);
}

/* The trigram's slot, or the free one that it would take. */
static struct slot *slot_of(const struct trigram_index *x, uint64_t trigram)
{
    size_t i = hash_of(x, trigram) & (x->n_slots - 1);
    while (x->slot[i].place && x->slot[i].trigram != trigram)
        i = (i + 1) & (x->n_slots - 1);
    return &x->slot[i];
}

static uint32_t number_of(const struct trigram_index *x, uint64_t trigram)
{
    const struct slot *slot = slot_of(x, trigram);
    return slot->place ? slot->place - 1 : NONE;
}

/* [distinct trigrams] how many sets have each; room for `total`. */
static void count_sets(struct trigram_index *x, const struct trigrams *set, size_t total,
                       uint32_t *count, struct arena *keep)
{
    for (x->n_slots = 16; x->n_slots < 2 * total; x->n_slots *= 2)
        ;
    x->slot = ARENA_NEW(keep, struct slot, x->n_slots);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < set[i].n; k++) {
            struct slot *slot = slot_of(x, set[i].at[k]);
            if (!slot->place)
                *slot = (struct slot){set[i].at[k], (uint32_t)++x->n_trigrams};
            count[slot->place - 1]++;
        }
}

/* A stable order by size: counted, not compared. */
static void order_by_size(struct trigram_index *x, const struct trigrams *set)
{
    size_t next[TRIGRAMS_MOST + 2] = {0};
    for (size_t i = 0; i < x->n; i++)
        next[set[i].n + 1]++;
    for (size_t k = 1; k < TRIGRAMS_MOST + 2; k++)
        next[k] += next[k - 1];
    for (size_t i = 0; i < x->n; i++) {
        const size_t at = next[set[i].n]++;
        x->which[at] = (uint32_t)i;
        x->size[at] = (uint8_t)set[i].n;
    }
}

static void make_lists(struct trigram_index *x, const struct trigrams *set, size_t total,
                       struct arena *keep)
{
    uint32_t *next = ARENA_NEW(keep, uint32_t, total + 2);
    x->list = ARENA_NEW(keep, uint32_t, total);
    count_sets(x, set, total, next + 2, keep);
    for (size_t k = 2; k < x->n_trigrams + 2; k++)
        next[k] += next[k - 1];
    for (uint32_t i = 0; i < x->n; i++) {
        const struct trigrams *s = &set[x->which[i]];
        for (size_t k = 0; k < s->n; k++)
            x->list[next[number_of(x, s->at[k]) + 1]++] = i;
    }
    x->start = next; /* each has moved to where the next one began */
}

static void make_bits(struct trigram_index *x, struct arena *keep)
{
    x->bit = ARENA_NEW(keep, uint64_t *, x->n_trigrams);
    for (size_t k = 0; k < x->n_trigrams; k++) {
        if (LONG * (size_t)(x->start[k + 1] - x->start[k]) <= x->n)
            continue;
        x->bit[k] = ARENA_NEW(keep, uint64_t, x->n / BLOCK + 1);
        for (uint32_t i = x->start[k]; i < x->start[k + 1]; i++)
            x->bit[k][x->list[i] / BLOCK] |= (uint64_t)1 << x->list[i] % BLOCK;
    }
}

struct trigram_index *trigram_index_new(const struct trigrams *set, size_t n, double least,
                                        struct arena *keep)
{
    struct trigram_index *x = ARENA_NEW(keep, struct trigram_index, 1);
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        assert(set[i].n > 0 && set[i].n <= TRIGRAMS_MOST);
        total += set[i].n;
    }
    *x = (struct trigram_index){.n = n,
                                .least = least,
                                .which = ARENA_NEW(keep, uint32_t, n),
                                .size = ARENA_NEW(keep, uint8_t, n)};
    order_by_size(x, set);
    make_lists(x, set, total, keep);
    make_bits(x, keep);
    return x;
}

/* ---- a search ---- */

struct trigram_search {
    const struct trigram_index *index;
    uint8_t *count;                        /* [n, rounded up to BLOCK] */
    struct trigram_match *found;           /* [n] */
    uint32_t n_lists, list[TRIGRAMS_MOST]; /* numbers of the asked trigrams, the longest first */
    uint32_t n_skipped;                    /* of them, which are not counted */
    uint32_t needed[TRIGRAMS_MOST + 1];    /* [size] shared ones */
};

struct trigram_search *trigram_search_new(const struct trigram_index *index, struct arena *keep)
{
    struct trigram_search *s = ARENA_NEW(keep, struct trigram_search, 1);
    s->index = index;
    s->count = ARENA_NEW(keep, uint8_t, index->n + BLOCK);
    s->found = ARENA_NEW(keep, struct trigram_match, index->n);
    return s;
}

/* The smallest c with 2 c / sum >= least, 1 at least; at most too small, by no more than what the
   comparison itself may be rounded. */
static uint32_t shared_needed(double sum, double least)
{
    const double shared = ceil(least * sum / 2 - 1e-9);
    return shared > 1 ? (uint32_t)shared : 1;
}

static uint32_t length_of(const struct trigram_index *x, uint32_t number)
{
    return x->start[number + 1] - x->start[number];
}

/* Lists of the asked trigrams, longest first: there are few. */
static void find_lists(struct trigram_search *s, struct trigrams asked)
{
    const struct trigram_index *x = s->index;
    s->n_lists = 0;
    for (size_t k = 0; k < asked.n; k++) {
        const uint32_t number = number_of(x, asked.at[k]);
        if (number == NONE)
            continue;
        uint32_t i = s->n_lists++;
        for (; i > 0 && length_of(x, s->list[i - 1]) < length_of(x, number); i--)
            s->list[i] = s->list[i - 1];
        s->list[i] = number;
    }
}

/* How many a set of each size must share; and of whatever size one at least. */
static uint32_t set_needed(struct trigram_search *s, size_t n)
{
    uint32_t fewest = UINT32_MAX;
    for (size_t size = s->index->size[0]; size <= s->index->size[s->index->n - 1]; size++) {
        s->needed[size] = shared_needed((double)(n + size), s->index->least);
        if (s->needed[size] <= (n < size ? n : size) && s->needed[size] < fewest)
            fewest = s->needed[size];
    }
    return fewest;
}

static void count_list(const uint32_t *restrict list, size_t n, uint8_t *restrict count)
{
    for (size_t i = 0; i < n; i++)
        count[list[i]]++;
}

static void count_lists(struct trigram_search *s)
{
    const struct trigram_index *x = s->index;
    for (uint32_t k = s->n_skipped; k < s->n_lists; k++)
        count_list(x->list + x->start[s->list[k]], length_of(x, s->list[k]), s->count);
}

static uint32_t count_skipped(const struct trigram_search *s, size_t at)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < s->n_skipped; k++)
        n += s->index->bit[s->list[k]][at / BLOCK] >> at % BLOCK & 1;
    return n;
}

static uint8_t largest_of(const uint8_t *count)
{
    uint8_t most = 0;
    for (size_t i = 0; i < BLOCK; i++)
        most = count[i] > most ? count[i] : most;
    return most;
}

/* The places of a block where as many are counted: all are written, and those that count stay. */
static size_t places_of(const uint8_t *restrict count, unsigned least, uint8_t at[restrict BLOCK])
{
    size_t n = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        at[n] = (uint8_t)i;
        n += count[i] >= least;
    }
    return n;
}

/* Those of a block who share enough; its counts become 0.  Sizes rise: the first is the least. */
static size_t look_at_block(struct trigram_search *s, size_t from, size_t n_asked, size_t n_found)
{
    const struct trigram_index *x = s->index;
    const uint32_t needed = s->needed[x->size[from]];
    const uint32_t counted = needed > s->n_skipped ? needed - s->n_skipped : 1;
    uint8_t place[BLOCK], *count = s->count + from;
    const uint8_t most = largest_of(count);
    const size_t n = most >= counted ? places_of(count, counted, place) : 0;
    for (size_t i = 0; i < n; i++) {
        const size_t at = from + place[i];
        const uint32_t shared = s->count[at] + count_skipped(s, at);
        if (2.0 * shared / (double)(n_asked + x->size[at]) >= x->least)
            s->found[n_found++] = (struct trigram_match){x->which[at], shared};
    }
    if (most)
        memset(count, 0, BLOCK);
    return n_found;
}

size_t trigram_search(struct trigram_search *search, struct trigrams asked,
                      const struct trigram_match **found)
{
    const struct trigram_index *x = search->index;
    size_t n_found = 0;
    assert(asked.n <= TRIGRAMS_MOST);
    *found = search->found;
    if (x->n == 0 || asked.n == 0)
        return 0;
    const uint32_t fewest = set_needed(search, asked.n);
    if (fewest == UINT32_MAX)
        return 0;
    find_lists(search, asked);
    search->n_skipped = 0;
    while (2 * search->n_skipped + 1 < fewest && search->n_skipped < search->n_lists &&
           x->bit[search->list[search->n_skipped]])
        search->n_skipped++;
    count_lists(search);
    for (size_t from = 0; from < x->n; from += BLOCK)
        n_found = look_at_block(search, from, asked.n, n_found);
    return n_found;
}
