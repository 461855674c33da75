/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/ahead.h"

#include <pthread.h>
#include <string.h>

enum { BY_THE_TAKER = 2 };

struct ahead {
    bool (*make)(void *context, void *slot);
    void *context;
    void *slot[AHEAD_SLOTS];
    size_t made, taken; /* slot[taken % AHEAD_SLOTS] is the taker's, or the next to be */
    bool held;          /* it is the taker's */
    bool over, stop;    /* over: the last is made */
    bool asked, threaded;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* With the lock held, but not while it makes. */
static void make_next(struct ahead *a)
{
    void *slot = a->slot[a->made % AHEAD_SLOTS];
    pthread_mutex_unlock(&a->lock);
    const bool more = a->make(a->context, slot);
    pthread_mutex_lock(&a->lock);
    a->made++;
    a->over = !more;
}

static void *make_all(void *context)
{
    struct ahead *a = context;
    pthread_mutex_lock(&a->lock);
    while (!a->over && !a->stop) {
        if (a->made - a->taken == AHEAD_SLOTS) {
            pthread_cond_wait(&a->changed, &a->lock);
            continue;
        }
        make_next(a);
        pthread_cond_signal(&a->changed);
    }
    pthread_mutex_unlock(&a->lock);
    return NULL;
}

struct ahead *ahead_new(void *const slot[AHEAD_SLOTS], bool (*make)(void *context, void *slot),
                        void *context, struct arena *keep)
{
    struct ahead *a = ARENA_NEW(keep, struct ahead, 1);
    *a = (struct ahead){.make = make, .context = context};
    memcpy(a->slot, slot, sizeof a->slot);
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    return a;
}

/* The slot that was taken is free again. */
static void give_back(struct ahead *a)
{
    a->taken += a->held;
    a->held = false;
    if (a->threaded)
        pthread_cond_signal(&a->changed);
}

/* Where no thread can be had, the taker makes all. */
static void start(struct ahead *a)
{
    a->asked = true;
    a->threaded = pthread_create(&a->thread, NULL, make_all, a) == 0;
}

void *ahead_take(struct ahead *a)
{
    pthread_mutex_lock(&a->lock);
    give_back(a);
    if (!a->asked && a->taken == BY_THE_TAKER && !a->over && !a->stop)
        start(a);
    while (a->threaded && a->made == a->taken && !a->over && !a->stop)
        pthread_cond_wait(&a->changed, &a->lock);
    if (a->made == a->taken && !a->over && !a->stop)
        make_next(a);
    a->held = a->made > a->taken && !a->stop;
    void *slot = a->held ? a->slot[a->taken % AHEAD_SLOTS] : NULL;
    pthread_mutex_unlock(&a->lock);
    return slot;
}

void ahead_stop(struct ahead *a)
{
    pthread_mutex_lock(&a->lock);
    a->stop = true;
    pthread_cond_broadcast(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

void ahead_end(struct ahead *a)
{
    if (!a)
        return;
    ahead_stop(a);
    if (a->threaded)
        pthread_join(a->thread, NULL);
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->changed);
}
