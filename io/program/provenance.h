/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_PROVENANCE_H
#define IO_PROGRAM_PROVENANCE_H

#include "io/program/options.h"
#include "io/program/tool.h"
#include "io/report.h"

/* What to repeat the work: before the report's own facts come those of the programs, the hashes of
   all files that were read whole (ledgers tell their own), of presets, and the options that can
   change a number. */
void provenance_add(const struct job *job, const struct command_line *line, struct report *report);

#endif
