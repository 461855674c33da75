/* SPDX-License-Identifier: GPL-3.0-or-later
   Things made ahead of who takes them: all of them, in their order, until somebody stops. */
#include "io/bytes/ahead.h"

#include <pthread.h>

#include "tests/check.h"

struct counter {
    size_t slot[AHEAD_SLOTS]; /* what is made: 1, 2, 3 ... */
    size_t made, last;
    pthread_t maker;
};

static bool count(void *context, void *slot)
{
    struct counter *c = context;
    *(size_t *)slot = ++c->made;
    c->maker = pthread_self();
    return c->made < c->last;
}

static struct ahead *counting(struct counter *c, size_t last, struct arena *keep)
{
    void *slot[AHEAD_SLOTS];
    *c = (struct counter){.last = last};
    for (size_t i = 0; i < AHEAD_SLOTS; i++)
        slot[i] = &c->slot[i];
    return ahead_new(slot, count, c, keep);
}

static void all_in_their_order(void **state)
{
    (void)state;
    static const size_t lasts[] = {1, 2, 3, 4, AHEAD_SLOTS, AHEAD_SLOTS + 1, 1000};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof lasts / sizeof *lasts; i++) {
        struct counter c;
        struct ahead *a = counting(&c, lasts[i], keep);
        for (size_t n = 1; n <= lasts[i]; n++)
            assert_int_equal(*(size_t *)ahead_take(a), n);
        assert_null(ahead_take(a));
        assert_null(ahead_take(a));
        ahead_end(a);
        assert_int_equal(c.made, lasts[i]);
    }
    arena_free(keep);
}

/* What is taken stays as it is until the next is asked for. */
static void the_takers_slot_is_left_alone(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct counter c;
    struct ahead *a = counting(&c, 500, keep);
    const size_t *slot;
    for (size_t n = 1; (slot = ahead_take(a)); n++)
        for (size_t i = 0; i < 50; i++) {
            sched_yield();
            assert_int_equal(*(volatile const size_t *)slot, n);
        }
    ahead_end(a);
    arena_free(keep);
}

/* The first are made by the taker, the others by a thread that is not more than its slots ahead. */
static void a_thread_for_what_is_long(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    struct counter c;
    struct ahead *a = counting(&c, 1000000, keep);
    ahead_take(a);
    ahead_take(a);
    assert_true(pthread_equal(c.maker, pthread_self()));
    assert_int_equal(c.made, 2);
    assert_int_equal(*(size_t *)ahead_take(a), 3);
    ahead_end(a);
    assert_false(pthread_equal(c.maker, pthread_self()));
    assert_in_range(c.made, 3, 3 + AHEAD_SLOTS);
    arena_free(keep);
}

static void nothing_behind_a_stop(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t before = 0; before < 6; before++) {
        struct counter c;
        struct ahead *a = counting(&c, 1000000, keep);
        for (size_t n = 0; n < before; n++)
            assert_non_null(ahead_take(a));
        ahead_stop(a);
        assert_null(ahead_take(a));
        ahead_end(a);
    }
    ahead_end(NULL);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_in_their_order),
        cmocka_unit_test(the_takers_slot_is_left_alone),
        cmocka_unit_test(a_thread_for_what_is_long),
        cmocka_unit_test(nothing_behind_a_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
