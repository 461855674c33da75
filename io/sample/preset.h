/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_SAMPLE_PRESET_H
#define IO_SAMPLE_PRESET_H

#include "io/csv/csv.h"
#include "io/study/presets.h"
#include "io/study/study.h"

/* A study whose only ledgers entry is the preset, with the examples of what it leaves to the
   user and the dialect and sheet of a file: for readers that take a study.  NULL where the
   preset cannot be read so. */
const struct study *sample_preset_study(const struct preset *p, const struct csv_dialect *dialect,
                                        const char *sheet, struct arena *keep);

/* Rows in which the header of a known export is sought. */
enum { SAMPLE_PRESET_ROWS = 20 };

/* The known export that a file looks like by its first rows, whatever its delimiter and encoding;
   NULL: none, or it is no file that can be read twice. */
const struct preset *sample_preset_of(const char *path, struct arena *scratch);

#endif
