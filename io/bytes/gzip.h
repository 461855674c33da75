/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_BYTES_GZIP_H
#define IO_BYTES_GZIP_H

#include <stddef.h>

#include "models/base/arena.h"

/* A gzip file (RFC 1952) of these bytes, without name, date or system in its
   header: equal bytes give an equal file under one version of zlib. */
const char *gzip_bytes(const char *bytes, size_t size, size_t *packed, struct arena *keep);

#endif
