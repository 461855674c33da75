/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/turns.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SPINS = 200 };

struct turns {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    atomic_size_t n_waiting;
    _Atomic uint64_t last;  /* the last piece that is worked on */
    _Atomic uint64_t *next; /* the piece whose turn it is at each thing */
};

struct turns *turns_new(size_t n_things, struct arena *keep)
{
    struct turns *t = ARENA_NEW(keep, struct turns, 1);
    t->next = ARENA_NEW(keep, _Atomic uint64_t, n_things);
    for (size_t i = 0; i < n_things; i++)
        atomic_init(&t->next[i], 0);
    atomic_init(&t->n_waiting, 0);
    atomic_init(&t->last, UINT64_MAX);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->changed, NULL);
    return t;
}

void turns_end(struct turns *t)
{
    if (!t)
        return;
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->changed);
}

bool turns_ready(const struct turns *t, size_t thing, uint64_t piece)
{
    return atomic_load(&t->next[thing]) == piece;
}

static bool settled(const struct turns *t, size_t thing, uint64_t piece)
{
    return turns_ready(t, thing, piece) || piece > atomic_load(&t->last);
}

bool turns_wait(struct turns *t, size_t thing, uint64_t piece)
{
    for (int i = 0; i < SPINS && !settled(t, thing, piece); i++)
        ;
    if (!settled(t, thing, piece)) {
        pthread_mutex_lock(&t->lock);
        atomic_fetch_add(&t->n_waiting, 1);
        while (!settled(t, thing, piece))
            pthread_cond_wait(&t->changed, &t->lock);
        atomic_fetch_sub(&t->n_waiting, 1);
        pthread_mutex_unlock(&t->lock);
    }
    return piece <= atomic_load(&t->last);
}

/* Who waits has told so before he looked for the last time: either he has seen the
   change, or he is seen here. */
static void tell(struct turns *t)
{
    if (atomic_load(&t->n_waiting) == 0)
        return;
    pthread_mutex_lock(&t->lock);
    pthread_cond_broadcast(&t->changed);
    pthread_mutex_unlock(&t->lock);
}

void turns_pass(struct turns *t, size_t thing)
{
    atomic_fetch_add(&t->next[thing], 1);
    tell(t);
}

void turns_stop(struct turns *t, uint64_t piece)
{
    uint64_t last = atomic_load(&t->last);
    while (piece < last && !atomic_compare_exchange_weak(&t->last, &last, piece))
        ;
    tell(t);
}
