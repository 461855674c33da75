/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PRIVACY_PERSONAL_FILES_H
#define IO_PRIVACY_PERSONAL_FILES_H

#include "io/privacy/personal.h"
#include "io/program/tool.h"

/* The personal columns of what a program reads: its surveys, its master, its mapping, its
   ledgers or its prepared table. */
struct personal_file {
    const char *file; /* as the study names it */
    struct personal columns;
};

/* Files with personal columns only; *n of them. */
const struct personal_file *personal_files(const struct job *job, size_t *n, struct arena *keep);

/* What is personal and goes into outputs all the same, since the study, or --by, names it: a key
   (where the outputs show ids of customers and no pseudonyms), a group.  *n problems without a
   code, with what to do about each. */
const struct problem *personal_used(const struct job *job, bool shows_ids, size_t *n,
                                    struct arena *keep);

#endif
