/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_CHILD_H
#define IO_PROGRAM_CHILD_H

#include <stdbool.h>

#include "models/base/err.h"

/* A program that is run beside ours, never through a shell. */
struct child {
    const char *const *argv;  /* ends in NULL; argv[0] is looked for in PATH */
    const char *folder;       /* its working folder; NULL: ours */
    const char *const *unset; /* environment variables it must not see, ends in NULL; or NULL */
    double seconds;           /* killed after that long */
    const char *mend;         /* what to do where it is missing or fails */
};

/* Runs it to its end, with nothing to read, its stdout dropped and its stderr
   gathered.  Missing, killed, too slow, or an exit status other than 0 is
   ERR_CHILD with what it said (the first 400 bytes). */
bool child_run(const struct child *child, struct err *err);

#endif
