/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_CHUNKS_H
#define IO_LEDGER_CHUNKS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/code_page.h"
#include "io/decode.h"
#include "io/sha256.h"
#include "io/stream.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* One file of delimited text handed out in chunks of whole records to several
   threads.  Chunks are numbered from 0 behind the header; where they are cut
   depends on the file and `size` alone, never on the threads. */
struct chunks {
    const char *file; /* as messages name it */
    char delimiter;
    size_t size; /* bytes of a chunk, more where a record is longer */
    struct stream *stream;
    struct decoder *decoder;      /* NULL with a code page */
    const struct code_page *page; /* NULL: the bytes of a chunk are UTF-8, unchecked */
    char *bytes;                  /* as read, with a code page */
    bool direct; /* text is read from the file into the chunks, which hash it themselves */
    pthread_mutex_t lock;

    struct sha256 sha;
    uint64_t n_hashed; /* chunks whose turn to be hashed is past */
    pthread_mutex_t hash_lock;
    pthread_cond_t next_turn;

    struct arena *memory; /* of what follows */

    const char *piece, *piece_end; /* text that the decoder has given, not yet taken */
    char *carry;                   /* bytes read behind the last cut: the start of a record */
    size_t n_carry, carry_room;
    bool at_end, stop, overlong;
    uint64_t n;            /* chunks handed out */
    uint64_t header_lines; /* physical lines of the header */
    uint64_t *lines;       /* [n] physical lines of each finished chunk */
    size_t lines_room;

    struct err err; /* what ended the reading early, behind all chunks handed out */
};

/* A worker's chunk; the buffer, in `memory`, is taken over from call to call. */
struct chunk {
    struct arena *memory;
    char *bytes;
    size_t n, room;
    size_t fresh, n_fresh; /* bytes[fresh ..) that came straight from the file */
    uint64_t number;
};

/* Longest record: an unclosed quote is told before all of a file is in memory. */
enum { CHUNKS_RECORD = 64 << 20 };

/* Opens the file and reads its header: n columns with their names in UTF-8.
   encoding: NULL for UTF-8.  After an error only chunks_close() may follow. */
bool chunks_open(struct chunks *c, const char *path, char delimiter, const char *encoding,
                 size_t size, size_t *n_columns, const char *const **columns, struct arena *keep,
                 struct err *err);

/* The next chunk; false at the end, after chunks_stop() and after a reading error. */
bool chunks_next(struct chunks *c, struct chunk *chunk);

/* To be called with the lines of every chunk that was handed out. */
void chunks_finish(struct chunks *c, const struct chunk *chunk, uint64_t lines);

/* No more chunks are to be handed out. */
void chunks_stop(struct chunks *c);

/* The file's line of the line `line` (0 = first) of a chunk, once all earlier
   chunks are finished. */
uint64_t chunks_line(const struct chunks *c, uint64_t number, uint64_t line);

/* The error that ended the reading, once all chunks are finished. */
bool chunks_well(const struct chunks *c, struct err *err);

/* How much of the file has been taken, 0 to 1; 0 where its size is unknown. */
double chunks_share(struct chunks *c);

/* SHA-256 of the file's bytes; all of it has been read. */
void chunks_hash(struct chunks *c, uint8_t hash[32]);

void chunks_close(struct chunks *c);

#endif
