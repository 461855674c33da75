/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STREAM_H
#define IO_STREAM_H

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

/* Whether what stream_read() gives next is taken from the file as it stands there. */
bool stream_is_direct(const struct stream *s);

void stream_close(struct stream *s); /* NULL is fine */

#endif
