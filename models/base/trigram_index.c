/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/trigram_index.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Sets are looked at by blocks, as many as a word has bits.  A list of more than a 64th of them is
   long: it has a bit per set as well, and as many can be added as DIGITS hold. */
enum { BLOCK = 64, LONG = 64, DIGITS = 4, MOST_LONG = (1 << DIGITS) - 1 };

/* Words of several blocks, for one instruction. */
enum { LANES = 4 };
typedef uint64_t words __attribute__((vector_size(LANES * sizeof(uint64_t))));

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
    struct slot *slot;                      /* [n_slots] a power of 2: the trigrams' numbers */
    uint32_t *start, *list;                 /* [trigrams + 1]: who has it */
    words **bit;                            /* [trigrams] one per set, or NULL: a short list */
    size_t n_words;                         /* of each */
    uint32_t needed[2 * TRIGRAMS_MOST + 1]; /* [sum of both sizes] shared ones */
};

/* ---- the index ---- */

/* Zeros, where such words may stand. */
static words *new_words(size_t n, struct arena *keep)
{
    char *bytes = ARENA_NEW(keep, char, (n + 1) * sizeof(words));
    return (words *)(void *)(bytes + (-(uintptr_t)bytes & (sizeof(words) - 1)));
}

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
    x->n_words = (x->n + LANES * BLOCK - 1) / (LANES * BLOCK);
    x->bit = ARENA_NEW(keep, words *, x->n_trigrams);
    for (size_t k = 0; k < x->n_trigrams; k++) {
        if (LONG * (size_t)(x->start[k + 1] - x->start[k]) <= x->n)
            continue;
        x->bit[k] = new_words(x->n_words, keep);
        for (uint32_t i = x->start[k]; i < x->start[k + 1]; i++) {
            const size_t block = x->list[i] / BLOCK;
            x->bit[k][block / LANES][block % LANES] |= (uint64_t)1 << x->list[i] % BLOCK;
        }
    }
}

/* The smallest c with 2 c / sum >= least, 1 at least; at most too small, by no more than what the
   comparison itself may be rounded. */
static uint32_t shared_needed(double sum, double least)
{
    const double shared = ceil(least * sum / 2 - 1e-9);
    return shared > 1 ? (uint32_t)shared : 1;
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
    for (size_t sum = 0; sum <= 2 * TRIGRAMS_MOST; sum++)
        x->needed[sum] = shared_needed((double)sum, least);
    order_by_size(x, set);
    make_lists(x, set, total, keep);
    make_bits(x, keep);
    return x;
}

/* ---- a search ---- */

struct trigram_search {
    const struct trigram_index *index;
    uint8_t *count;              /* [n, rounded up to BLOCK] in short lists */
    words (*digits)[DIGITS];     /* [index->n_words] how many long ones, the least first */
    struct trigram_match *found; /* [n] */
    size_t n_long;
    const words *long_list[MOST_LONG]; /* of the asked trigrams */
};

struct trigram_search *trigram_search_new(const struct trigram_index *index, struct arena *keep)
{
    struct trigram_search *s = ARENA_NEW(keep, struct trigram_search, 1);
    s->index = index;
    s->count = ARENA_NEW(keep, uint8_t, index->n + BLOCK);
    s->digits = (words(*)[DIGITS])new_words(DIGITS * index->n_words, keep);
    s->found = ARENA_NEW(keep, struct trigram_match, index->n);
    return s;
}

static void count_short(const uint32_t *restrict list, size_t n, uint8_t *restrict count)
{
    for (size_t i = 0; i < n; i++)
        count[list[i]]++;
}

/* Counts the short lists, and notes the long ones. */
static void take_lists(struct trigram_search *s, struct trigrams asked)
{
    const struct trigram_index *x = s->index;
    s->n_long = 0;
    for (size_t k = 0; k < asked.n; k++) {
        const uint32_t number = number_of(x, asked.at[k]);
        if (number == NONE)
            continue;
        if (x->bit[number] && s->n_long < MOST_LONG)
            s->long_list[s->n_long++] = x->bit[number];
        else
            count_short(x->list + x->start[number], x->start[number + 1] - x->start[number],
                        s->count);
    }
}

_Static_assert(DIGITS == 4, "the digits are written out");

/* Two lists at a time: the last digit is a full adder's, the others take what it carries. */
static void add_long(struct trigram_search *s)
{
    const words none = {0};
    for (size_t w = 0; w < s->index->n_words; w++) {
        words ones = none, twos = none, fours = none, eights = none;
        for (size_t k = 0; k < s->n_long; k += 2) {
            const words x = s->long_list[k][w];
            const words y = k + 1 < s->n_long ? s->long_list[k + 1][w] : none;
            const words half = ones ^ x, two = (ones & x) | (half & y), four = twos & two;
            ones = half ^ y;
            twos ^= two;
            eights ^= fours & four;
            fours ^= four;
        }
        s->digits[w][0] = ones;
        s->digits[w][1] = twos;
        s->digits[w][2] = fours;
        s->digits[w][3] = eights;
    }
}

/* The sets of a block that stand in `least` long lists or more. */
static uint64_t at_least(const uint64_t digit[DIGITS], uint32_t least)
{
    uint64_t are = UINT64_MAX; /* those whose digits so far are not below its own */
    if (least > MOST_LONG)
        return 0;
    for (size_t p = 0; p < DIGITS; p++)
        are = least >> p & 1 ? digit[p] & are : digit[p] | are;
    return are;
}

static uint32_t number_at(const uint64_t digit[DIGITS], unsigned i)
{
    uint32_t n = 0;
    for (size_t p = 0; p < DIGITS; p++)
        n |= (uint32_t)(digit[p] >> i & 1) << p;
    return n;
}

static uint8_t largest_of(const uint8_t *count)
{
    uint8_t most = 0;
    for (size_t i = 0; i < BLOCK; i++)
        most = count[i] > most ? count[i] : most;
    return most;
}

/* Those of a block who share enough; its counts become 0.  Sizes rise: the first needs least. */
static size_t look_at_block(struct trigram_search *s, size_t block, size_t n_asked, size_t n_found)
{
    const struct trigram_index *x = s->index;
    const size_t from = block * BLOCK, left = x->n - from;
    uint8_t *count = s->count + from;
    uint64_t digit[DIGITS];
    for (size_t p = 0; p < DIGITS; p++)
        digit[p] = s->digits[block / LANES][p][block % LANES];
    const uint32_t needed = x->needed[n_asked + x->size[from]], most = largest_of(count);
    uint64_t candidates = at_least(digit, needed > most ? needed - most : 0);
    if (left < BLOCK)
        candidates &= ((uint64_t)1 << left) - 1;
    for (; candidates; candidates &= candidates - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(candidates);
        const uint32_t shared = count[i] + number_at(digit, i);
        const double sum = (double)(n_asked + x->size[from + i]);
        if (shared > 0 && 2.0 * shared / sum >= x->least)
            s->found[n_found++] = (struct trigram_match){x->which[from + i], shared};
    }
    if (most)
        memset(count, 0, BLOCK);
    return n_found;
}

size_t trigram_search(struct trigram_search *search, struct trigrams asked,
                      const struct trigram_match **found)
{
    const size_t n = search->index->n;
    size_t n_found = 0;
    assert(asked.n <= TRIGRAMS_MOST);
    *found = search->found;
    take_lists(search, asked);
    add_long(search);
    for (size_t block = 0; block * BLOCK < n; block++)
        n_found = look_at_block(search, block, asked.n, n_found);
    return n_found;
}
