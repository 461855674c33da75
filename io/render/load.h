/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_RENDER_LOAD_H
#define IO_RENDER_LOAD_H

#include "io/report.h"

/* Scripts of other programs that read a table's CSV twin (load_r.c, load_sps.c, load_do.c):
   the CSV that is written beside, without its folder, or NAME.csv. */
const char *load_csv(const struct table *table, const struct render_options *options,
                     struct arena *keep);

/* A text in quotes for SPSS ('it''s') or Stata (`"it"'), on one line, at most `most` bytes. */
const char *load_quoted(const char *text, const char *before, const char *behind, char doubled,
                        size_t most, struct arena *keep);

#endif
