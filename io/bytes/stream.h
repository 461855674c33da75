/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_STREAM_H
#define IO_BYTES_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/err.h"

/* Bytes of a file, of standard input ("-"), or of either compressed by gzip or
   zstd (recognised by their first bytes, not by the name), read forward in
   pieces.  A truncated or damaged compressed file is ERR_SYNTAX; a file that is
   absent, a directory or unreadable is ERR_FILE, with the mend. */
struct stream;

struct stream *stream_open(const char *path, struct err *err); /* NULL on error */

/* Up to `size` bytes into `buffer`; *got = 0 at the end. */
bool stream_read(struct stream *s, void *buffer, size_t size, size_t *got, struct err *err);

/* Bytes taken from the file so far, and its size (0 where unknown): for progress. */
uint64_t stream_position(const struct stream *s);
uint64_t stream_size(const struct stream *s);
bool stream_is_compressed(const struct stream *s);

/* Shows `tap` every byte of the file as it is stored, in order, as it is taken:
   those taken already at once.  For a hash of the file.  NULL: no longer. */
void stream_tap(struct stream *s, void (*tap)(void *context, const void *bytes, size_t n),
                void *context);

/* The descriptor of a plain file that can be read at any place by pread(2), and how many of its
   bytes stream_read() has given; -1 for all other streams. */
int stream_descriptor(const struct stream *s, uint64_t *given);

/* Which file it is and when it was last written to; all 0 for what is no file. */
struct stream_stamp {
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds;
};

struct stream_stamp stream_stamp(const struct stream *s);

/* False, with err set (ERR_SYNTAX), where the file has been written to since `then`. */
bool stream_unchanged(const struct stream *s, const struct stream_stamp *then, struct err *err);

/* From now on nothing more is read, and a stream_read() that waits for a pipe ends, as at
   the end of the file.  By any thread. */
void stream_stop(struct stream *s);

/* Whether what stream_read() gives next is taken from the file as it stands there. */
bool stream_is_direct(const struct stream *s);

void stream_close(struct stream *s); /* NULL is fine */

/* Who makes text from the bytes of a file. */
struct stream_maker {
    bool (*read)(void *self, void *buffer, size_t size, size_t *got, struct err *err);
    void (*close)(void *self);
    /* Bytes of the file that what has been read stands for, where that is not all that has been
       taken of `source`; NULL: it is. */
    uint64_t (*position)(const void *self);
};

/* What a maker makes, read like a packed file: size, stamp, tap and stop are those of `source`, of
   which nothing may be read before the first read().  It stays the maker's and open until close(),
   which stream_close() calls. */
struct stream *stream_made(struct stream *source, const struct stream_maker *maker, void *self);

#endif
