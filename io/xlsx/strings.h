/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_XLSX_STRINGS_H
#define IO_XLSX_STRINGS_H

#include "io/xlsx/package.h"

/* The texts that cells share: a byte or two each beside their own.  Nothing is ever moved. */
struct strings;

/* Runs of rich text are joined, phonetic guides left out.  NULL on error. */
struct strings *strings_read(struct package *p, const char *part, const struct xlsx_limits *limits,
                             struct arena *keep, struct err *err);

size_t strings_n(const struct strings *s);

/* i < n; with a NUL behind its length. */
const char *strings_at(const struct strings *s, size_t i, uint32_t *length);

#endif
