/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_TURNS_H
#define MODELS_BASE_TURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* Several things that threads work on in turn: pieces of work are numbered 0, 1, 2 ..,
   and each thing is worked on by piece 0, then by piece 1, and so on, whichever
   threads have them.  Things are independent, so that piece 1 can be at the first
   while piece 0 is at the second. */
struct turns;

struct turns *turns_new(size_t n_things, struct arena *keep);
void turns_end(struct turns *t); /* NULL is fine; the memory is the arena's */

/* Waits until it is the piece's turn at the thing; false once an earlier piece has
   been the last (turns_stop).  A thread has to take the pieces that it has in rising
   order, and every piece has to pass every thing. */
bool turns_wait(struct turns *t, size_t thing, uint64_t piece);

/* Whether it is the piece's turn already. */
bool turns_ready(const struct turns *t, size_t thing, uint64_t piece);

/* The thing is the next piece's. */
void turns_pass(struct turns *t, size_t thing);

/* Pieces behind this one need not be worked on any more. */
void turns_stop(struct turns *t, uint64_t piece);

#endif
