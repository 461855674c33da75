/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_FEEDER_H
#define IO_BYTES_FEEDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/bytes/decode.h"
#include "io/bytes/stream.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* A block of text, with room in front of it. */
struct text_block {
    struct arena *own; /* NULL: no memory yet */
    char *memory;
    size_t front; /* bytes in front */
    size_t room;  /* bytes of text that it can hold */
    size_t n;     /* text: memory[front .. front + n) */
};

/* Memory of its own for a block; what it held is lost.  Nothing is done where it fits already. */
void text_block_make(struct text_block *b, size_t front, size_t room);
void text_block_free(struct text_block *b);

/* Reads, unpacks and decodes a stream on a thread of its own, a few blocks ahead of those
   who take them. */
struct feeder;

/* Blocks of `size` bytes of text, with `front` bytes before them: first the `n` bytes of
   `rest`, then what the decoder gives, or, where it is NULL, the stream.  Both stay the
   caller's, who leaves them alone until feeder_free(). */
struct feeder *feeder_new(struct stream *stream, struct decoder *decoder, const char *rest,
                          size_t n, size_t front, size_t size);

/* The next block in exchange for one whose text is done with.  *last: no more follow.
   False, with err set, where the reading fails; all text before that is given first,
   but for the block in which compressed data are damaged. */
bool feeder_take(struct feeder *f, struct text_block *block, bool *last, struct err *err);

/* stream_position() as of the last block taken. */
uint64_t feeder_position(const struct feeder *f);

/* Ends the thread, at once. */
void feeder_free(struct feeder *f); /* NULL is fine */

#endif
