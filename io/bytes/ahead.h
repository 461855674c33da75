/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_AHEAD_H
#define IO_BYTES_AHEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* Makes one thing after the other on a thread of its own, a few ahead of who takes them.  The
   first ones are made by the taker: what is small, or looked at only in its beginning, needs no
   thread.  What is made is the same with and without one. */
struct ahead;

enum { AHEAD_SLOTS = 8 };

/* `make` fills the slot, one of those given here, and returns false where it is the last.  It is
   called by one thread at a time. */
struct ahead *ahead_new(void *const slot[AHEAD_SLOTS], bool (*make)(void *context, void *slot),
                        void *context, struct arena *keep);

/* The next slot, which stays the taker's until the next call; NULL behind the last, and once it is
   stopped.  By one thread at a time. */
void *ahead_take(struct ahead *a);

/* Nothing more is made, and who waits is given NULL.  By any thread. */
void ahead_stop(struct ahead *a);

/* Stops, and waits until the thread has ended; the slots are no longer touched.  NULL is fine. */
void ahead_end(struct ahead *a);

#endif
