/* SPDX-License-Identifier: GPL-3.0-or-later
   Things that threads work on in turn. */
#include "tests/check.h"

#include <stdatomic.h>

#include "models/base/turns.h"
#include "models/base/workers.h"

enum { THINGS = 5, PIECES = 400, LAST = 250 };

struct work {
    struct turns *turns;
    atomic_size_t next;
    uint64_t seen[THINGS][PIECES]; /* which pieces each thing has been worked on by */
    size_t n[THINGS];
    uint64_t stop; /* the piece that is to be the last */
};

/* All things of a piece, the last first now and then. */
static void take_piece(struct work *w, uint64_t piece)
{
    for (size_t k = 0; k < THINGS; k++) {
        const size_t thing = piece % 3 ? k : (k + 2) % THINGS;
        if (!turns_wait(w->turns, thing, piece))
            return;
        assert_true(turns_ready(w->turns, thing, piece));
        w->seen[thing][w->n[thing]++] = piece; /* nobody else is here, or a sanitizer tells */
        turns_pass(w->turns, thing);
    }
    if (piece >= w->stop)
        turns_stop(w->turns, piece);
}

static void work(size_t index, void *context)
{
    struct work *w = context;
    (void)index;
    for (uint64_t piece; (piece = atomic_fetch_add(&w->next, 1)) < PIECES;)
        take_piece(w, piece);
}

static void pieces_come_in_their_order(void **unused)
{
    (void)unused;
    for (size_t n_threads = 1; n_threads <= 5; n_threads++) {
        struct arena *keep = arena_new();
        struct work *w = ARENA_NEW(keep, struct work, 1);
        w->turns = turns_new(THINGS, keep);
        w->stop = PIECES;
        workers_run(n_threads, n_threads, work, w);
        for (size_t thing = 0; thing < THINGS; thing++) {
            assert_int_equal(w->n[thing], PIECES);
            for (uint64_t piece = 0; piece < PIECES; piece++)
                assert_int_equal(w->seen[thing][piece], piece);
        }
        turns_end(w->turns);
        arena_free(keep);
    }
}

/* The pieces up to the last are worked on by all, whoever has it; those behind are let go, and
   nobody waits for ever. */
static void nothing_behind_the_last_is_waited_for(void **unused)
{
    (void)unused;
    for (size_t n_threads = 1; n_threads <= 5; n_threads++) {
        struct arena *keep = arena_new();
        struct work *w = ARENA_NEW(keep, struct work, 1);
        w->turns = turns_new(THINGS, keep);
        w->stop = LAST;
        workers_run(n_threads, n_threads, work, w);
        for (size_t thing = 0; thing < THINGS; thing++) {
            assert_true(w->n[thing] > LAST);
            for (uint64_t piece = 0; piece < w->n[thing]; piece++)
                assert_int_equal(w->seen[thing][piece], piece);
        }
        assert_false(turns_wait(w->turns, 0, PIECES));
        turns_end(w->turns);
        arena_free(keep);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_in_their_order),
        cmocka_unit_test(nothing_behind_the_last_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
