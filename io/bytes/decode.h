/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_DECODE_H
#define IO_BYTES_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/bytes/stream.h"
#include "models/base/arena.h"
#include "models/base/err.h"

/* The text of a stream as UTF-8, without its byte order mark.  With `encoding`
   NULL the bytes are UTF-8 and pass unchecked (utf8_bad checks them), unless a
   mark says UTF-16 or UTF-32; else the name of an encoding that iconv(3) knows,
   which a mark may not contradict. */
struct decoder;

/* Reads the file `chunk` > 0 bytes at a time.  The decoder lives in `keep` and
   uses the stream, which stays the caller's.  NULL on error. */
struct decoder *decoder_new(struct stream *stream, const char *encoding, size_t chunk,
                            struct arena *keep, struct err *err);

/* The next bytes, valid until the next call: *at == *end at the end of the file.
   `line` is that of the text before them, for messages. */
bool decoder_next(struct decoder *d, uint64_t line, const char **at, const char **end,
                  struct err *err);

/* Whether all that follows is what the stream gives, byte by byte: it may then be read
   from there. */
bool decoder_is_done(const struct decoder *d);

void decoder_free(struct decoder *d); /* NULL is fine */

/* Where a text stops being UTF-8 (RFC 3629: no overlong forms, no surrogates,
   nothing above U+10FFFF); `length` where it does not. */
size_t utf8_bad(const char *text, size_t length);

/* The bytes about text[bad] for a message, those that are not UTF-8 as \xe9. */
const char *shown_bytes(const char *text, size_t length, size_t bad, char buffer[64]);

#endif
