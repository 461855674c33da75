/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/key_sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/arena.h"
#include "models/base/workers.h"

enum {
    DIGIT = 8, /* bits */
    BUCKETS = 1 << DIGIT,
    SMALL_DIGIT = 4, /* of up to MANY items: it is not to cost more than they do */
    MANY = 1024,
    FEW = 16,        /* are sorted by insertion */
    SAMPLE = 256,    /* keys that tell what all begin with */
    LARGE = 32,      /* a bucket of more than 1/LARGE of all is split before it is shared out */
    BLOCK = 1 << 15, /* items that a thread takes at once */
    DEEPEST = 512    /* bytes; keys that agree in so many are compared as they are */
};

/* ---- eight bytes of a key ---- */

/* The bytes from `from` on, the first the most significant, zeros behind the end. */
static uint64_t word_at(struct key_bytes key, size_t from)
{
    uint64_t word = 0;
    if (key.length >= from + 8) {
        memcpy(&word, key.at + from, 8);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        return word;
    }
    for (size_t i = from; i < key.length; i++)
        word |= (uint64_t)(unsigned char)key.at[i] << 8 * (7 - (i - from));
    return word;
}

/* Bytes in which two keys agree, at most `most`. */
static size_t agreement(struct key_bytes a, struct key_bytes b, size_t most)
{
    size_t n = 0;
    most = a.length < most ? a.length : most;
    most = b.length < most ? b.length : most;
    while (n < most && a.at[n] == b.at[n])
        n++;
    return n;
}

static struct key_bytes key_of(const struct key_owner *owner, const struct key_item *k)
{
    return owner->key(owner->context, k->item);
}

/* What was seen while words were taken. */
struct words_seen {
    uint64_t varying; /* bits in which a word differs from that of `first` */
    size_t common;    /* bytes in which all keys begin like `first`; no more than it was before */
    bool longer;      /* a key goes on behind its word */
};

static void take_words(struct key_item *k, size_t n, const struct key_owner *owner,
                       struct key_bytes first, size_t from, struct words_seen *seen)
{
    const uint64_t word = word_at(first, from);
    for (size_t i = 0; i < n; i++) {
        const struct key_bytes key = key_of(owner, &k[i]);
        seen->common = agreement(key, first, seen->common);
        k[i].bytes = word_at(key, from);
        seen->varying |= k[i].bytes ^ word;
        seen->longer |= key.length > from + 8;
    }
}

/* Leaves out the bits that all words have alike: their order stays. */
static void squeeze(struct key_item *k, size_t n, uint64_t varying)
{
    uint64_t run[32]; /* neighbouring bits of `varying` */
    int shift[32], n_runs = 0;
    for (uint64_t left = varying, lowest; left; left &= left + lowest) {
        lowest = left & (0 - left);
        run[n_runs] = left & ~(left + lowest);
        shift[n_runs++] = __builtin_ctzll(lowest) - __builtin_popcountll(varying & (lowest - 1));
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t narrow = 0;
        for (int r = 0; r < n_runs; r++)
            narrow |= (k[i].bytes & run[r]) >> shift[r];
        k[i].bytes = narrow;
    }
}

/* ---- one thread's part ---- */

static size_t digit_of(const struct key_item *k, unsigned shift, size_t n_buckets)
{
    return (size_t)(k->bytes >> shift) & (n_buckets - 1);
}

/* Brings the items into the order of the digit above `shift`; bucket d ends at end[d]. */
static void split(struct key_item *k, size_t n, unsigned shift, size_t n_buckets, size_t end[])
{
    size_t next[BUCKETS], sum = 0;
    memset(next, 0, n_buckets * sizeof *next);
    for (size_t i = 0; i < n; i++)
        next[digit_of(&k[i], shift, n_buckets)]++;
    for (size_t d = 0; d < n_buckets; d++) {
        sum += next[d];
        end[d] = sum;
        next[d] = sum - next[d];
    }
    /* Each exchange brings one item home, and none waits for the one before. */
    for (bool done = false; !done;) {
        done = true;
        for (size_t d = 0; d < n_buckets; d++) {
            for (size_t i = next[d]; i < end[d]; i++) {
                struct key_item *home = &k[next[digit_of(&k[i], shift, n_buckets)]++];
                const struct key_item there = *home;
                *home = k[i];
                k[i] = there;
            }
            done &= next[d] == end[d];
        }
    }
}

static void insertion_sort(struct key_item *k, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct key_item moving = k[i];
        size_t to = i;
        for (; to > 0 && k[to - 1].bytes > moving.bytes; to--)
            k[to] = k[to - 1];
        k[to] = moving;
    }
}

static int compare(const void *a, const void *b, void *context)
{
    const struct key_item *p = a, *q = b;
    const struct key_bytes x = key_of(context, p), y = key_of(context, q);
    const size_t both = x.length < y.length ? x.length : y.length;
    const int order = both > 0 ? memcmp(x.at, y.at, both) : 0;
    if (order)
        return order;
    if (x.length != y.length)
        return x.length < y.length ? -1 : 1;
    return (p->item > q->item) - (p->item < q->item);
}

static void sort_part(struct key_item *k, size_t n, unsigned bits, size_t from,
                      const struct key_owner *owner);

/* Items whose words from `from` on are the same, as are all before: by what follows. */
static void sort_tied(struct key_item *k, size_t n, size_t from, const struct key_owner *owner)
{
    struct words_seen seen = {.longer = true};
    if (n < 2)
        return;
    while (seen.varying == 0 && seen.longer && from < DEEPEST) {
        seen.longer = false;
        from += 8;
        take_words(k, n, owner, key_of(owner, k), from, &seen);
    }
    if (seen.varying == 0) {
        qsort_r(k, n, sizeof *k, compare, (void *)(uintptr_t)owner);
        return;
    }
    squeeze(k, n, seen.varying);
    sort_part(k, n, (unsigned)__builtin_popcountll(seen.varying), from, owner);
}

static void sort_few(struct key_item *k, size_t n, size_t from, const struct key_owner *owner)
{
    insertion_sort(k, n);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && k[j].bytes == k[i].bytes; j++)
            ;
        sort_tied(k + i, j - i, from, owner);
    }
}

/* Items whose words, taken from `from` on, differ in their lowest `bits` only. */
static void sort_part(struct key_item *k, size_t n, unsigned bits, size_t from,
                      const struct key_owner *owner)
{
    size_t end[BUCKETS], start = 0;
    if (n <= FEW) {
        sort_few(k, n, from, owner);
        return;
    }
    if (bits == 0) {
        sort_tied(k, n, from, owner);
        return;
    }
    const unsigned digit = n > MANY ? DIGIT : SMALL_DIGIT, shift = bits > digit ? bits - digit : 0;
    split(k, n, shift, (size_t)1 << digit, end);
    for (size_t d = 0; d < (size_t)1 << digit; start = end[d++])
        if (end[d] - start > 1)
            sort_part(k + start, end[d] - start, shift, from, owner);
}

/* ---- all threads ---- */

struct part {
    struct key_item *k;
    size_t n;
    unsigned bits;
};

struct sorting {
    struct key_item *k;
    size_t n;
    const struct key_owner *owner;
    struct key_bytes first;
    size_t from;             /* what all keys begin with is as long */
    uint64_t varying;        /* of the words from there on */
    struct words_seen *seen; /* per block */
    size_t n_parts;
    struct part *parts;
};

static size_t block_size(const struct sorting *s, size_t block)
{
    const size_t left = s->n - block * BLOCK;
    return left < BLOCK ? left : BLOCK;
}

static void take_block(size_t block, void *context)
{
    const struct sorting *s = context;
    s->seen[block] = (struct words_seen){.common = s->from};
    take_words(s->k + block * BLOCK, block_size(s, block), s->owner, s->first, s->from,
               &s->seen[block]);
}

static void squeeze_block(size_t block, void *context)
{
    const struct sorting *s = context;
    squeeze(s->k + block * BLOCK, block_size(s, block), s->varying);
}

static void sort_one_part(size_t i, void *context)
{
    const struct sorting *s = context;
    sort_part(s->parts[i].k, s->parts[i].n, s->parts[i].bits, s->from, s->owner);
}

/* The words behind what all keys begin with: that is guessed from some of them, and
   taken again shorter where it turns out to be. */
static void take_all_words(struct sorting *s, size_t n_threads, struct arena *scratch)
{
    const size_t n_blocks = (s->n + BLOCK - 1) / BLOCK;
    size_t common = s->first.length;
    s->seen = ARENA_NEW(scratch, struct words_seen, n_blocks);
    for (size_t i = 0; i < s->n; i += s->n / SAMPLE + 1)
        common = agreement(key_of(s->owner, &s->k[i]), s->first, common);
    do {
        s->from = common;
        s->varying = 0;
        workers_run(n_blocks, n_threads, take_block, s);
        for (size_t b = 0; b < n_blocks; b++) {
            common = s->seen[b].common < common ? s->seen[b].common : common;
            s->varying |= s->seen[b].varying;
        }
    } while (common < s->from);
    workers_run(n_blocks, n_threads, squeeze_block, s);
}

static void add_part(struct sorting *s, struct key_item *k, size_t n, unsigned bits)
{
    if (n > 0)
        s->parts[s->n_parts++] = (struct part){k, n, bits};
}

/* Parts that one thread sorts: a large one is split once more. */
static void make_parts(struct sorting *s, struct arena *scratch)
{
    size_t end[BUCKETS], inner[BUCKETS], start = 0;
    const unsigned bits = (unsigned)__builtin_popcountll(s->varying);
    const unsigned shift = bits > DIGIT ? bits - DIGIT : 0;
    const unsigned next = shift > DIGIT ? shift - DIGIT : 0;
    s->parts = ARENA_NEW(scratch, struct part, (LARGE + 1) * BUCKETS);
    split(s->k, s->n, shift, BUCKETS, end);
    for (size_t d = 0; d < BUCKETS; start = end[d++]) {
        struct key_item *k = s->k + start;
        const size_t n = end[d] - start;
        if (n <= s->n / LARGE || shift == 0) {
            add_part(s, k, n, shift);
            continue;
        }
        split(k, n, next, BUCKETS, inner);
        for (size_t e = 0, from = 0; e < BUCKETS; from = inner[e++])
            add_part(s, k + from, inner[e] - from, next);
    }
}

void key_sort(struct key_item *k, size_t n, const struct key_owner *owner, size_t n_threads)
{
    if (n < 2)
        return;
    struct arena *scratch = arena_new();
    struct sorting s = {.k = k, .n = n, .owner = owner, .first = key_of(owner, k)};
    take_all_words(&s, n_threads, scratch);
    make_parts(&s, scratch);
    workers_run(s.n_parts, n_threads, sort_one_part, &s);
    arena_free(scratch);
}
