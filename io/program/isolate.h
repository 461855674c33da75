/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_ISOLATE_H
#define IO_PROGRAM_ISOLATE_H

#include <stddef.h>
#include <sys/types.h>

#include "models/base/err.h"

/* Work that is not to be trusted, such as a parser of binary files: done by a copy of this
   process that holds one file to read and one pipe to write, and can open nothing else.  It
   has limits of memory and of processor time, leaves no core, and (where the system knows
   seccomp) no call of the system is left to it but reading, writing and memory. */
struct isolated_work {
    void (*work)(int file, int to, const void *context); /* its return ends the copy, status 0 */
    const void *context;
    int file;       /* open for reading; stays the caller's */
    size_t memory;  /* bytes, beyond what this process holds now */
    size_t seconds; /* of processor time */
};

struct isolated {
    pid_t pid;
    int from; /* what the work writes */
};

/* Starts it.  No other thread of this process may run. */
bool isolate_start(const struct isolated_work *work, struct isolated *running, struct err *err);

/* Closes the pipe, ends the copy if it still runs, and says how it ended: 0 well, else the
   signal that killed it, or -1 where it ended with another status. */
int isolate_end(struct isolated *running);

#endif
