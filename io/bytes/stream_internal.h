/* SPDX-License-Identifier: GPL-3.0-or-later
   Streams for the other readers of io/ and for tests. */
#ifndef IO_BYTES_STREAM_INTERNAL_H
#define IO_BYTES_STREAM_INTERNAL_H

#include "io/bytes/stream.h"

/* A stream over a copy of bytes in memory, packed or not; `name` for messages.
   NULL on error. */
struct stream *stream_of_bytes(const char *name, const void *bytes, size_t n, struct err *err);

/* Whether somebody is shown its bytes. */
bool stream_is_tapped(const struct stream *s);

/* As the user named it, for messages. */
const char *stream_name(const struct stream *s);

#endif
