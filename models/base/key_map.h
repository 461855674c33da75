/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_KEY_MAP_H
#define MODELS_BASE_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* Numbers the distinct byte strings it is given 0, 1, 2 ... in order of arrival.
   Open addressing with XXH3 under a seed drawn anew by each process: keys come
   from outside.  Keys are copied into `keep`. */
struct key_map;

#define KEY_MAP_NONE UINT32_MAX

struct key_map *key_map_new(size_t expected, struct arena *keep);

/* The number of a key, new or known; *added (may be NULL) tells which. */
uint32_t key_map_add(struct key_map *map, const char *text, size_t length, bool *added);

/* The number of a key, or KEY_MAP_NONE.  Several threads may ask at once. */
uint32_t key_map_find(const struct key_map *map, const char *text, size_t length);

size_t key_map_count(const struct key_map *map);

/* The key of a number, with a NUL after it. */
const char *key_map_text(const struct key_map *map, uint32_t number, size_t *length);

#endif
