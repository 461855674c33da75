/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_HELP_H
#define IO_PROGRAM_HELP_H

#include <stdio.h>

#include "io/program/tool.h"

/* What a program says of itself, all from the same option rows. */
void help_write(const struct tool *tool, FILE *out);
void help_manual(const struct tool *tool, FILE *out); /* roff, for man(1) */
bool help_completion(const struct tool *tool, const char *shell, FILE *out);

#endif
