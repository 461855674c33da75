/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_CHUNKS_H
#define IO_LEDGER_CHUNKS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/bytes/code_page.h"
#include "io/bytes/decode.h"
#include "io/bytes/feeder.h"
#include "io/bytes/sha256.h"
#include "io/bytes/stream.h"
#include "io/ledger/limits.h"
#include "io/scan/plain.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* The order in which chunks of all files, numbered from 0, are cut.  Threads read and look
   through their blocks side by side; only what the block before decides, where the first
   record of this one began, is taken in turn. */
struct chunk_order {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t next;
    bool broken; /* no chunk from `next` on is to be had */
    bool stop;   /* no more is to be begun */
};

/* One file of delimited text in chunks of whole records.  It is looked at in blocks of equal
   size behind the header; a chunk ends with the last record that ends in its block, and
   is empty where none does.  Where it is cut depends on the file and the size alone,
   never on the threads.  Plain files are read at any place by those who take the chunks;
   all others by a thread of their own (io/bytes/feeder.h). */
struct chunks {
    const char *file; /* as messages name it */
    char delimiter;
    size_t size; /* of a block */
    const struct ledger_limits *limits;
    struct stream *stream;
    struct stream_stamp stamp;    /* of the file, when it was opened */
    struct decoder *decoder;      /* NULL with a code page */
    const struct code_page *page; /* NULL: the bytes of a chunk are UTF-8, unchecked */
    struct arena *memory;
    uint64_t header_lines; /* physical lines of the header */

    int fd; /* of a plain file, -1: there is a feeder */
    uint64_t start, end;
    struct feeder *feeder;
    uint64_t n; /* chunks claimed */
    bool at_end;

    struct chunk_order *order;
    uint64_t first; /* number of the first chunk in their order */
    enum scan_state state;
    struct text_block carry; /* bytes behind the last cut: the start of a record */
    bool overlong;
    uint64_t overlong_at; /* the chunk in which that record would begin */
    uint64_t *lines;      /* [n] physical lines of each finished chunk */
    size_t lines_room;
    struct err err; /* what ended the reading early, behind all chunks cut */

    bool hash, fingerprint;
    struct sha256 sha;
    uint64_t n_hashed; /* chunks whose turn to be hashed is past */
    pthread_mutex_t hash_lock;
    pthread_cond_t next_turn;
    uint64_t print[2];
};

/* A worker's chunk; its memory is taken over from call to call. */
struct chunk {
    const char *bytes;
    size_t n;
    uint64_t number;
    bool last;
    struct text_block block;
};

/* How a file is to be read. */
struct chunks_how {
    char delimiter;
    const char *encoding; /* NULL: UTF-8 */
    struct stream *text;  /* to be read in place of the file, and closed; NULL: the file itself */
    size_t size;
    const struct ledger_limits *limits;
    bool hash, fingerprint;
    struct chunk_order *order;
    uint64_t first;
};

void chunk_order_start(struct chunk_order *t);
bool chunk_order_go_on(struct chunk_order *t); /* whether more is to be begun */
void chunk_order_stop(struct chunk_order *t);
void chunk_order_end(struct chunk_order *t);

/* Opens the file and reads its header: n columns with their names in UTF-8.  After an
   error only chunks_close() may follow. */
bool chunks_open(struct chunks *c, const char *path, const struct chunks_how *how,
                 size_t *n_columns, const char *const **columns, struct arena *keep,
                 struct err *err);

/* Takes the next number, by one thread at a time; false at the end and where the reading fails,
   which stops the order. */
bool chunks_claim(struct chunks *c, struct chunk *chunk);

/* The text of the chunk that was claimed; every claim is followed by this.  False where there is
   none, since the reading has ended before it. */
bool chunks_fetch(struct chunks *c, struct chunk *chunk);

/* To be called with the lines of every chunk that was fetched. */
void chunks_finish(struct chunks *c, const struct chunk *chunk, uint64_t lines);

/* No more chunks are to be claimed, of any file. */
void chunks_stop(struct chunks *c);

/* The file's line of the line `line` (0 = first) of a chunk, once all earlier
   chunks are finished. */
uint64_t chunks_line(const struct chunks *c, uint64_t number, uint64_t line);

/* The error that ended the reading, once all chunks are finished. */
bool chunks_well(const struct chunks *c, struct err *err);

/* Whether the reading has come to the end of the file. */
bool chunks_whole(const struct chunks *c);

/* Bytes of the file taken so far. */
uint64_t chunks_position(const struct chunks *c);

/* SHA-256 of the file's bytes, where asked for; all of it has been read. */
void chunks_hash(struct chunks *c, uint8_t hash[32]);

/* A print of its text, where asked for: the same for the same text, packed or not. */
void chunks_fingerprint(const struct chunks *c, uint8_t print[16]);

void chunks_close(struct chunks *c);
void chunk_free(struct chunk *chunk);

#endif
