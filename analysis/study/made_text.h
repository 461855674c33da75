/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_MADE_TEXT_H
#define ANALYSIS_STUDY_MADE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "io/report.h"
#include "models/base/arena.h"

/* A text that grows in an arena, to become a file of a report. */
struct made_text {
    struct arena *keep;
    size_t size, capacity;
    char *bytes;
};

void text_add(struct made_text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Cents as "-12.34"; a day as "2025-03-01". */
void text_add_cents(struct made_text *t, int64_t minor);
void text_add_day(struct made_text *t, int32_t day);

struct made_file text_file(const char *name, const struct made_text *t);

#endif
