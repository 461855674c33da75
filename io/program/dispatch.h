/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_DISPATCH_H
#define IO_PROGRAM_DISPATCH_H

#include <stddef.h>

#include "models/base/arena.h"

struct verb {
    const char *name, *summary;
};

/* Runs saydo-VERB with the remaining arguments, from the folder of this program,
   else from PATH, so that users may add programs of their own; answers --help,
   --version, --print-manual, --print-completion and --print-glossary itself. */
int dispatch(const struct verb *verbs, size_t n, const char *(*glossary)(struct arena *keep),
             int argc, char **argv);

#endif
