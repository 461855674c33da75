/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_PAGES_H
#define MODELS_BASE_PAGES_H

#include <stddef.h>

/* Blocks of many megabytes straight from the system, each given back on its own and at
   once: for tables that are given up before an arena would be.  What is not touched of
   one costs nothing; what is, comes in pages of 2 MB where the system has them, which is
   several times cheaper than in pages of 4 KB. */

/* Zeroed; aligned to 2 MB where `bytes` is as much, else to a page.  Never NULL: when
   memory runs out, the program says so and exits with status 1.  bytes = 0 gives a valid
   pointer. */
void *pages_new(size_t bytes);

/* A whole block, with the bytes that it was asked for; NULL is fine. */
void pages_free(void *pages, size_t bytes);

#endif
