/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_NEAREST_H
#define MODELS_BASE_NEAREST_H

#include <stddef.h>

#include "models/base/arena.h"

/* The name that was probably meant: the one of `names` with the smallest edit distance
   to `typed` (Damerau's, ignoring ASCII case), if that is at most 2 and less than half
   of the typed length; but before a distance of 2 comes the only name that begins with
   `typed` (three letters or more).  Else the first that begins with it, or NULL. */
const char *nearest(const char *typed, const char *const names[], size_t n);

/* What to do about a name that is not among them: "did you mean 'intent'?", or `lead` and
   the first `most` names, "its columns are id, day, ..."; "its columns are none". */
const char *nearest_mend(const char *typed, const char *const names[], size_t n, const char *lead,
                         size_t most, struct arena *keep);

#endif
