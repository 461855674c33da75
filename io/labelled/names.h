/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_NAMES_H
#define IO_LABELLED_NAMES_H

#include "models/base/arena.h"
#include "models/base/frame.h"

/* What a program takes as the name of a variable. */
struct name_rules {
    size_t most;        /* bytes */
    const char *inside; /* marks that may stand in a name beside ASCII letters, digits, _ */
    const char *const *reserved; /* ends in NULL; compared without case */
};

extern const struct name_rules names_of_spss, names_of_stata;

/* Names for a frame's columns, [n_cols], valid by the rules and different even without case:
   marks are taken off letters, what else does not fit becomes '_', a name that begins
   otherwise gets "v_" before it, a name that stands already a number behind it. */
const char *const *names_for(const struct frame *f, const struct name_rules *rules,
                             struct arena *keep);

#endif
