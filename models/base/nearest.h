/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_NEAREST_H
#define MODELS_BASE_NEAREST_H

#include <stddef.h>

/* The name that was probably meant: the only one of `names` that begins with `typed`
   (three letters or more, ignoring ASCII case); else the one with the smallest edit
   distance (Damerau's, ignoring ASCII case), if that is at most 2 and less than half of
   the typed length; else the first that begins with it; else NULL. */
const char *nearest(const char *typed, const char *const names[], size_t n);

#endif
