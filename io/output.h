/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_OUTPUT_H
#define IO_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "models/base/arena.h"
#include "models/base/err.h"

/* A file that appears whole or not at all: written beside its place, flushed,
   checked and renamed.  Files not committed are removed at exit, and on SIGINT,
   SIGTERM and SIGHUP. */
struct output;

struct output *output_open(const char *path, struct arena *keep, struct err *err); /* NULL: error */
FILE *output_stream(struct output *out);
const char *output_temporary(const struct output *out); /* for writers that want a path */

/* Puts the file in place; false (and the temporary file removed) if anything
   that was written did not arrive. */
bool output_commit(struct output *out, struct err *err);
void output_abandon(struct output *out);

/* Makes a folder and its parents; fine if it exists and is writable. */
bool output_folder(const char *path, struct err *err);

/* Installs the handlers that remove unfinished files; once, at the start. */
void output_watch_signals(void);

#endif
