/* SPDX-License-Identifier: GPL-3.0-or-later
   What a reader has to say to people of a file that it reads all the same. */
#ifndef IO_SURVEY_REMARKS_H
#define IO_SURVEY_REMARKS_H

#include <stddef.h>

#include "models/base/arena.h"

/* Start from {.file = ..., .keep = ...}. */
struct remarks {
    const char *file;
    struct arena *keep;
    size_t n, room;
    const char **at; /* [n] sentences, "answers.csv: ..." */
};

/* The sentence without the name of the file. */
void remark(struct remarks *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A text of the file for a sentence: at most some sixty bytes of it. */
const char *remark_value(const char *text, struct arena *keep);

#endif
