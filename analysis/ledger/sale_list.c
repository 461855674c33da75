/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/ledger/sale_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "io/text/digits.h"

/* EXACT: bytes of a number that is kept as it stands.  A list of more than CROWDED bytes
   is one to be spilled. */
enum { EXACT = 15, SMALLEST = 16, CROWDED = 128 << 20, ON_STACK = 64 };

/* Lists are given up after FEW documents, or at once where of SOME tallies whose first three
   documents rose fewer than one in SOME had one out of order later.  Twelve that rise by chance are
   one case in 479 million. */
enum { FEW = 12, SOME = 256, RISEN = 3 };

/* ---- documents ---- */

/* The first byte is the length, 0x40 more where the last eight bytes are a number and 0x80 more
   for a hash, so that no two texts are the same document. */
enum { TAIL = 8, DIGITS = 27, NUMBERED = 0x40, HASHED = 0x80, BELOW_FIRST = 56 };

static uint64_t first_byte(unsigned byte, uint64_t rest)
{
    return (uint64_t)byte << BELOW_FIRST | (rest & ((1ULL << BELOW_FIRST) - 1));
}

/* More than EXACT bytes, of which the last eight are a number: four bytes of what stands in
   front of it go beside it, or if that is too long, 93 bits of its hash. */
static struct document long_number(const char *text, size_t front, uint64_t number, uint64_t seed)
{
    enum { HIGH = 7, BESIDE = 4 };
    if (front <= HIGH + BESIDE)
        return (struct document){
            first_byte((unsigned)(front + TAIL) | NUMBERED, digits_bytes(text, HIGH)),
            digits_bytes(text + HIGH, front - HIGH) << DIGITS | number};
    const XXH128_hash_t hash = XXH3_128bits_withSeed(text, front, seed);
    return (struct document){first_byte(HASHED | NUMBERED, hash.high64),
                             hash.low64 << DIGITS | number};
}

struct document document_of(const char *text, size_t length, int32_t day, uint64_t seed)
{
    if (length == 0)
        return (struct document){0, (uint32_t)day};
    const size_t tail = length < TAIL ? length : TAIL;
    uint64_t low = digits_bytes(text + length - tail, tail);
    const bool number = digits_value(low, tail, &low);
    if (length > EXACT && number)
        return long_number(text, length - TAIL, low, seed);
    if (length > EXACT) {
        const XXH128_hash_t hash = XXH3_128bits_withSeed(text, length, seed);
        return (struct document){first_byte(HASHED, hash.high64), hash.low64};
    }
    return (struct document){
        first_byte((unsigned)length | (number ? NUMBERED : 0), digits_bytes(text, length - tail)),
        low};
}

/* ---- memory ---- */

static unsigned size_class(size_t bytes)
{
    return bytes <= SMALLEST ? 4 : 64 - (unsigned)__builtin_clzll(bytes - 1);
}

/* A block of at least `bytes`; a free one holds the address of the next. */
static void *pool_take(struct list_pool *p, size_t bytes)
{
    const unsigned k = size_class(bytes);
    void *block = p->free[k];
    if (!block)
        return arena_alloc(p->arena, (size_t)1 << k, 1);
    memcpy(&p->free[k], block, sizeof(void *));
    return block;
}

static void pool_give(struct list_pool *p, void *block, size_t bytes)
{
    if (!block)
        return;
    const unsigned k = size_class(bytes);
    memcpy(block, &p->free[k], sizeof(void *));
    p->free[k] = block;
}

/* ---- sales as bytes ---- */

/* A sale is the difference of its day from the day before it, doubled, with a last
   bit that tells whether the document's high half differs; that half, if so; and the
   difference of the low halves.  Differences are folded (0, -1, 1, -2 ..) and
   written seven bits a byte, the lowest first. */
enum { LONGEST = 5 + 8 + 10 };

static size_t put_number(unsigned char *to, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        to[n++] = (unsigned char)(value | 0x80);
    to[n++] = (unsigned char)value;
    return n;
}

static uint64_t folded(uint64_t difference)
{
    return difference << 1 ^ (0 - (difference >> 63));
}

static uint64_t unfolded(uint64_t value)
{
    return value >> 1 ^ (0 - (value & 1));
}

static size_t put_sale(unsigned char to[LONGEST], const struct tally *t, struct sale sale)
{
    const bool other = sale.document.high != t->last.high;
    const int64_t days = (int64_t)sale.day - t->last_day;
    size_t n = put_number(to, folded((uint64_t)days) << 1 | other);
    if (other) {
        memcpy(to + n, &sale.document.high, sizeof sale.document.high);
        n += sizeof sale.document.high;
    }
    return n + put_number(to + n, folded(sale.document.low - t->last.low));
}

struct sale_reader sale_reader_new(const unsigned char *bytes, size_t n)
{
    return (struct sale_reader){
        .at = bytes, .end = n ? bytes + n : bytes, .sale = {NO_DOCUMENT, 0}};
}

static uint64_t get_number(struct sale_reader *r)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const unsigned char byte = *r->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
}

bool sale_reader_next(struct sale_reader *r)
{
    if (r->at == r->end)
        return false;
    const uint64_t first = get_number(r);
    r->sale.day = (int32_t)(r->sale.day + (int64_t)unfolded(first >> 1));
    if (first & 1) {
        memcpy(&r->sale.document.high, r->at, sizeof r->sale.document.high);
        r->at += sizeof r->sale.document.high;
    }
    r->sale.document.low += unfolded(get_number(r));
    return true;
}

/* ---- lists ---- */

int sale_order(const void *a, const void *b)
{
    const struct sale *p = a, *q = b;
    if (p->document.high != q->document.high)
        return p->document.high < q->document.high ? -1 : 1;
    if (p->document.low != q->document.low)
        return p->document.low < q->document.low ? -1 : 1;
    return (p->day > q->day) - (p->day < q->day);
}

/* A larger block, or for the first sale the smallest that holds it. */
static void grow(struct tally *t, struct tally_more *more, struct list_pool *pool, size_t need)
{
    assert(need < 4 * (size_t)CROWDED);
    unsigned char *larger = pool_take(pool, need);
    if (t->used > 0)
        memcpy(larger, more->list, t->used);
    pool_give(pool, more->list, t->used);
    more->list = larger;
    pool->crowded = pool->crowded || need > CROWDED;
}

static void remember(struct tally *t, struct sale sale)
{
    t->last = sale.document;
    t->last_day = sale.day;
}

static void put(struct tally *t, struct tally_more *more, struct list_pool *pool, struct sale sale)
{
    unsigned char bytes[LONGEST];
    const size_t n = put_sale(bytes, t, sale);
    const size_t room = more->list ? (size_t)1 << size_class(t->used) : 0;
    if (t->used + n > room)
        grow(t, more, pool, t->used + n);
    memcpy(more->list + t->used, bytes, n);
    t->used = (t->used + (uint32_t)n) & (4u * CROWDED - 1);
    remember(t, sale);
}

void sale_list_drop(struct tally *t, struct tally_more *more, struct list_pool *pool)
{
    pool_give(pool, more->list, t->used);
    more->list = NULL;
    t->used = 0;
}

/* The list as sales, sorted, each once; `sale` has room for them all. */
static size_t sorted_sales(const struct tally *t, const struct tally_more *more, struct sale *sale)
{
    struct sale_reader r = sale_reader_new(more->list, t->used);
    size_t n_all = 0, n = 0;
    while (sale_reader_next(&r))
        sale[n_all++] = r.sale;
    qsort(sale, n_all, sizeof *sale, sale_order);
    for (size_t i = 0; i < n_all; i++)
        if (n == 0 || sale_order(&sale[i], &sale[n - 1]) != 0)
            sale[n++] = sale[i];
    return n;
}

/* What is sorted is at most twice what was left last time. */
static void set_limit(const struct tally *t, struct tally_more *more)
{
    more->limit = 2 * t->used + 4 * SMALLEST;
}

void sale_list_sort(struct tally *t, struct tally_more *more, struct list_pool *pool)
{
    struct sale few[ON_STACK], *sale = few;
    struct arena *scratch = NULL;
    const size_t most = t->used / 2 + 1; /* no sale takes fewer bytes than two */
    if (most > ON_STACK) {
        scratch = arena_new();
        sale = ARENA_NEW(scratch, struct sale, most);
    }
    const size_t n = sorted_sales(t, more, sale);
    sale_list_drop(t, more, pool);
    remember(t, (struct sale){NO_DOCUMENT, 0});
    for (size_t i = 0; i < n; i++)
        put(t, more, pool, sale[i]);
    set_limit(t, more);
    arena_free(scratch);
}

/* Documents rise and days do not fall. */
static bool is_in_order(const struct tally *t, const struct sale *sale)
{
    const struct sale last = {t->last, t->last_day};
    return t->documents == 0 || (sale_order(&last, sale) < 0 && sale->day >= t->last_day);
}

/* A single sale needs no list: it is the last one. */
static void list_single(struct tally *t, struct tally_more *more, struct list_pool *pool)
{
    const struct sale single = {t->last, t->last_day};
    remember(t, (struct sale){NO_DOCUMENT, 0});
    put(t, more, pool, single);
}

static bool is_single(const struct tally *t)
{
    return t->documents == 1 && t->days == 1;
}

static bool trusts(const struct list_pool *pool)
{
    return pool->n_ordered >= SOME && pool->n_unordered < pool->n_ordered / SOME;
}

static void add_in_order(struct tally *t, struct tally_more *more, struct list_pool *pool,
                         struct sale sale)
{
    const bool first = t->documents == 0, second = is_single(t);
    const uint32_t before = t->documents;
    if (first)
        more->first = sale.day;
    t->days += first || t->last_day != sale.day;
    t->documents += !document_same(t->last, sale.document);
    pool->n_ordered += before < RISEN && t->documents == RISEN;
    if (t->known == DOCUMENTS_LISTED && !pool->keeps && (t->documents > FEW || trusts(pool))) {
        sale_list_drop(t, more, pool);
        t->known = DOCUMENTS_COUNTED;
    }
    if (first || t->known == DOCUMENTS_COUNTED) {
        remember(t, sale);
        return;
    }
    if (second)
        list_single(t, more, pool);
    put(t, more, pool, sale);
}

static void list(struct tally *t, struct tally_more *more, struct list_pool *pool, struct sale sale)
{
    if (t->used > more->limit)
        sale_list_sort(t, more, pool);
    put(t, more, pool, sale);
}

/* The first sale that is out of order. */
static void leave_order(struct tally *t, struct tally_more *more, struct list_pool *pool)
{
    more->last = t->last_day;
    pool->n_unordered++;
    if (is_single(t))
        list_single(t, more, pool);
    else if (t->known == DOCUMENTS_COUNTED) {
        t->known = DOCUMENTS_LOST;
        pool->n_lost++;
        return;
    }
    t->known = DOCUMENTS_UNSORTED;
    set_limit(t, more);
}

void sale_list_add(struct tally *t, struct tally_more *more, struct list_pool *pool,
                   struct sale sale)
{
    if (t->known <= DOCUMENTS_COUNTED) {
        if (is_in_order(t, &sale)) {
            add_in_order(t, more, pool, sale);
            return;
        }
        leave_order(t, more, pool);
    }
    if (sale.day < more->first)
        more->first = sale.day;
    if (sale.day > more->last)
        more->last = sale.day;
    if (t->known == DOCUMENTS_LOST)
        remember(t, sale);
    else
        list(t, more, pool, sale);
}

void sale_list_start_again(struct tally *t)
{
    assert(t->known == DOCUMENTS_LOST && t->used == 0);
    t->known = DOCUMENTS_AGAIN;
    remember(t, (struct sale){NO_DOCUMENT, 0});
}

void sale_list_add_again(struct tally *t, struct tally_more *more, struct list_pool *pool,
                         struct sale sale)
{
    list(t, more, pool, sale);
}
