/* SPDX-License-Identifier: GPL-3.0-or-later
   Held to qsort() with memcmp(), on keys that a radix sort has trouble with. */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/key_sort.h"
#include "models/base/rng.h"

enum { LONGEST = 1200 };

struct keys {
    size_t n;
    const char **at;
    size_t *length;
};

static struct key_bytes key_at(const void *context, uint64_t item)
{
    const struct keys *keys = context;
    return (struct key_bytes){keys->at[item], keys->length[item]};
}

static int by_key(const void *a, const void *b, void *context)
{
    const uint64_t p = *(const uint64_t *)a, q = *(const uint64_t *)b;
    const struct key_bytes x = key_at(context, p), y = key_at(context, q);
    const int order = memcmp(x.at, y.at, x.length < y.length ? x.length : y.length);
    if (order)
        return order;
    if (x.length != y.length)
        return x.length < y.length ? -1 : 1;
    return (p > q) - (p < q);
}

/* The same order as qsort's, from the keys as they come and for 1 and 3 threads. */
static void check_keys(const struct keys *keys, const char *what)
{
    const struct key_owner owner = {key_at, keys};
    struct arena *scratch = arena_new();
    uint64_t *want = ARENA_NEW(scratch, uint64_t, keys->n);
    struct key_item *k = ARENA_NEW(scratch, struct key_item, keys->n + 1);
    for (size_t i = 0; i < keys->n; i++)
        want[i] = i;
    qsort_r(want, keys->n, sizeof *want, by_key, (void *)(uintptr_t)keys);
    for (size_t threads = 1; threads <= 3; threads += 2) {
        for (size_t i = 0; i <= keys->n; i++)
            k[i] = (struct key_item){0xdeadbeef * i, i};
        key_sort(k, keys->n, &owner, threads);
        for (size_t i = 0; i < keys->n; i++)
            if (k[i].item != want[i])
                fail_msg("%s: place %zu of %zu: key %llu, not %llu", what, i, keys->n,
                         (unsigned long long)k[i].item, (unsigned long long)want[i]);
        assert_int_equal(k[keys->n].item, keys->n);
        assert_int_equal(k[keys->n].bytes, 0xdeadbeef * keys->n);
    }
    arena_free(scratch);
}

/* ---- ways to make a key: its length is given back ---- */

static size_t counted_up(size_t i, gsl_rng *rng, char key[LONGEST])
{
    (void)rng;
    return (size_t)snprintf(key, LONGEST, "C%08zu", i);
}

static size_t counted_without_zeros(size_t i, gsl_rng *rng, char key[LONGEST])
{
    (void)rng;
    return (size_t)snprintf(key, LONGEST, "%zu", i * 7919 % 1000003);
}

static size_t long_beginnings(size_t i, gsl_rng *rng, char key[LONGEST])
{
    static const char *const place[] = {"berlin-mitte-", "berlin-mitte-west-", "bern-", ""};
    return (size_t)snprintf(key, LONGEST, "customer:%s%llu", place[i % 4],
                            (unsigned long long)rng_below(rng, 100000));
}

/* Bytes of 0, 1, 0x7f, 0x80 and 0xff: a key that ends is before one that goes on with 0. */
static size_t few_bytes(size_t i, gsl_rng *rng, char key[LONGEST])
{
    static const char bytes[] = {0, 1, 0x7f, (char)0x80, (char)0xff};
    const size_t n = (size_t)rng_below(rng, 20);
    (void)i;
    for (size_t j = 0; j < n; j++)
        key[j] = bytes[rng_below(rng, 5)];
    return n;
}

static size_t any_bytes(size_t i, gsl_rng *rng, char key[LONGEST])
{
    const size_t n = (size_t)rng_below(rng, 12);
    (void)i;
    for (size_t j = 0; j < n; j++)
        key[j] = (char)rng_below(rng, 256);
    return n;
}

/* All alike but in length, so that every eight bytes leave one key behind. */
static size_t growing(size_t i, gsl_rng *rng, char key[LONGEST])
{
    (void)rng;
    memset(key, 'a', i % LONGEST);
    return i % LONGEST;
}

/* What differs lies behind everything that is looked at eight bytes at a time. */
static size_t late_difference(size_t i, gsl_rng *rng, char key[LONGEST])
{
    memset(key, 'x', 900);
    key[0] = (char)('a' + i % 3);
    return 900 + (size_t)snprintf(key + 900, LONGEST - 900, "%llu",
                                  (unsigned long long)rng_below(rng, 500));
}

static size_t all_the_same(size_t i, gsl_rng *rng, char key[LONGEST])
{
    (void)i, (void)rng;
    memcpy(key, "the same key", 12);
    return 12;
}

static size_t all_empty(size_t i, gsl_rng *rng, char key[LONGEST])
{
    (void)i, (void)rng, (void)key;
    return 0;
}

/* All but one begin alike, and the one is not among the first. */
static size_t one_stranger(size_t i, gsl_rng *rng, char key[LONGEST])
{
    (void)rng;
    if (i == 777)
        return (size_t)snprintf(key, LONGEST, "cust");
    return (size_t)snprintf(key, LONGEST, "customer-%zu", i * 7919 % 1000003);
}

static const struct kind {
    const char *name;
    size_t (*make)(size_t i, gsl_rng *rng, char key[LONGEST]);
} kinds[] = {
    {"counted up", counted_up},
    {"counted without zeros", counted_without_zeros},
    {"long beginnings", long_beginnings},
    {"few bytes", few_bytes},
    {"any bytes", any_bytes},
    {"growing", growing},
    {"late difference", late_difference},
    {"all the same", all_the_same},
    {"all empty", all_empty},
    {"one stranger", one_stranger},
};

static struct keys made(const struct kind *kind, size_t n, gsl_rng *rng, struct arena *keep)
{
    char key[LONGEST];
    struct keys keys = {n, ARENA_NEW(keep, const char *, n), ARENA_NEW(keep, size_t, n)};
    for (size_t i = 0; i < n; i++) {
        keys.length[i] = kind->make(i, rng, key);
        keys.at[i] = arena_copy(keep, key, keys.length[i], 1);
    }
    return keys;
}

static void shuffle(struct keys *keys, gsl_rng *rng)
{
    for (size_t i = keys->n; i > 1; i--) {
        const size_t j = (size_t)rng_below(rng, i), length = keys->length[i - 1];
        const char *at = keys->at[i - 1];
        keys->at[i - 1] = keys->at[j];
        keys->length[i - 1] = keys->length[j];
        keys->at[j] = at;
        keys->length[j] = length;
    }
}

static void as_memcmp_orders_them(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 15, 16, 17, 100, 255, 1000, 1024, 1025, 5000};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            struct arena *keep = arena_new();
            gsl_rng *rng = rng_stream(7, k * 100 + s, keep);
            struct keys keys = made(&kinds[k], sizes[s], rng, keep);
            check_keys(&keys, kinds[k].name);
            shuffle(&keys, rng);
            check_keys(&keys, kinds[k].name);
            arena_free(keep);
        }
}

/* Several blocks for each thread, and buckets that are split once more. */
static void many_keys(void **state)
{
    (void)state;
    const size_t n = getenv("SLOW") ? 2000000 : 150000;
    static const size_t some[] = {0, 2, 9};
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        struct arena *keep = arena_new();
        gsl_rng *rng = rng_stream(8, k, keep);
        struct keys keys = made(&kinds[some[k]], n, rng, keep);
        shuffle(&keys, rng);
        check_keys(&keys, kinds[some[k]].name);
        arena_free(keep);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_memcmp_orders_them),
        cmocka_unit_test(many_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
