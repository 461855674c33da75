/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_OUTPUT_H
#define IO_PROGRAM_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "models/base/arena.h"
#include "models/base/err.h"

/* A file that appears whole or not at all: written without a name (O_TMPFILE, so
   that a killed process leaves nothing), flushed, checked and put in place. */
struct output;

struct output *output_open(const char *path, struct arena *keep, struct err *err); /* NULL: error */
FILE *output_stream(struct output *out);

/* Puts the file in place; false, and nothing there, if anything that was written
   did not arrive. */
bool output_commit(struct output *out, struct err *err);
void output_abandon(struct output *out);

/* The time of making that files tell of themselves: SOURCE_DATE_EPOCH, else 2020-01-01, so that
   the same results are the same bytes. */
time_t output_created(void);

/* A folder that is filled beside its place and then moved there file by file, the
   file named `last` at the end.  Signals that would end the program wait until
   output_interrupted() asks. */
struct output_folder {
    const char *final;  /* where it goes */
    const char *staged; /* where to write now; a path without '/' at its end */
};

bool output_folder_open(const char *path, struct output_folder *folder, struct arena *keep,
                        struct err *err);
bool output_folder_commit(struct output_folder *folder, const char *last, struct err *err);
void output_folder_abandon(struct output_folder *folder);

/* True, with err set, if the user has asked to stop while a folder is open. */
bool output_interrupted(struct err *err);

/* Ends the program with status 130 on SIGINT and quietly on SIGPIPE. */
void output_signals(void);

#endif
