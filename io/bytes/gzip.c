/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bytes/gzip.h"

#include <assert.h>
#include <limits.h>

#include <zlib.h>

enum { WINDOW_BITS_GZIP = 15 + 16, MEMORY_LEVEL = 9, SYSTEM_UNKNOWN = 255 };

const char *gzip_bytes(const char *bytes, size_t size, size_t *packed, struct arena *keep)
{
    gz_header header = {.os = SYSTEM_UNKNOWN};
    z_stream z = {0};
    int status = deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_BITS_GZIP, MEMORY_LEVEL,
                              Z_DEFAULT_STRATEGY);
    assert(status == Z_OK && size < UINT_MAX / 2);
    status = deflateSetHeader(&z, &header);
    assert(status == Z_OK);
    size_t bound = deflateBound(&z, size);
    unsigned char *out = arena_alloc(keep, bound, 1);
    unsigned char *in = arena_copy(keep, bytes, size, 1);
    z.next_in = in;
    z.avail_in = (unsigned)size;
    z.next_out = out;
    z.avail_out = (unsigned)bound;
    status = deflate(&z, Z_FINISH);
    assert(status == Z_STREAM_END);
    *packed = bound - z.avail_out;
    deflateEnd(&z);
    return (const char *)out;
}
