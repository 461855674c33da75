/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SAMPLE_H
#define IO_SAMPLE_H

#include "io/csv.h"

/* A file that nobody has described yet: its guessed dialect and its rows.  For
   proposals only (saydo-init); an analysis reads what a study file declares. */
struct sample_file {
    const char *path;
    struct csv_dialect dialect;
    const struct frame *frame; /* text columns; at most `rows` rows */
    bool whole;                /* the frame holds all rows */
    bool labelled;             /* of SPSS, Stata or SAS: nominal codes are shown as their labels */
};

/* Guesses the delimiter (, ; tab |) by how evenly it divides the first lines, the
   encoding (UTF-8, else CP1252), and reads up to `rows` rows. */
bool sample_read(const char *path, size_t rows, struct sample_file *sample, struct arena *keep,
                 struct err *err);

#endif
