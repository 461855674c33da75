/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_FOLDER_H
#define IO_PROGRAM_FOLDER_H

#include "io/report.h"

/* Writes everything that a report holds into a folder: report.xlsx, charts/,
   tables/NAME.csv (the CSV twins), the files it made, and manifest.json last.
   All of it is written beside its place first: an interrupt or a full disk leaves
   what was there before.  When only the drawing of pictures fails (ERR_CHILD) the
   rest is put in place all the same. */
bool folder_write(const struct report *report, const char *path,
                  const struct render_options *options, bool pictures, struct err *err);

/* Tells in one line where the folder is and what stands in it. */
void folder_tell(const struct report *report, const char *path, FILE *stream);

#endif
