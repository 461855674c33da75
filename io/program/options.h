/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_OPTIONS_H
#define IO_PROGRAM_OPTIONS_H

#include "io/program/tool.h"

/* Rows of the options that every program has, and of the few that end at once. */
extern const struct option_spec common_option_rows[];
extern const size_t n_common_option_rows;

/* What a command line said. */
struct command_line {
    struct common_options common;
    void *own; /* the program's options struct, filled */
    size_t n_inputs;
    const char *const *inputs;
    bool help, version, manual; /* --help, --version, --print-manual */
    const char *completion;     /* --print-completion=bash|zsh */
    struct texts given;         /* long names of the options that were typed, each once */
    struct texts given_value;   /* [given.n] as typed; several of one option joined by ' ' */
    struct texts unused;        /* names of common options typed that the tool has no use for */
};

/* Parses argv.  Long options stand in full: --name=value or --name value; short
   ones may be joined (-qv, -oFILE); `--` ends them.  Unknown names, missing
   values and values out of range are ERR_USAGE with the mend. */
bool options_parse(const struct tool *tool, int argc, char **argv, struct command_line *line,
                   struct arena *keep, struct err *err);

/* Splits at `separator`: "a,b" gives two texts; "" gives none. */
struct texts texts_split(const char *list, char separator, struct arena *keep);

/* False for an option of every program that the tool does without. */
bool option_taken(const struct tool *tool, const struct option_spec *option);

#endif
