/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PROGRAM_ASK_H
#define IO_PROGRAM_ASK_H

#include <stdbool.h>
#include <stddef.h>

/* A question to whoever sits at the terminal, for programs that propose (saydo-init).  Nothing is
   asked where standard input or standard error is no terminal: a script never waits. */
struct question {
    const char *text;
    size_t n;
    const char *const *choice; /* [n] */
    size_t proposed;           /* index: what Enter takes */
};

/* Is there somebody to ask? */
bool ask_possible(void);

/* Shows the question and its choices on standard error, numbered from 1, and reads the number from
   standard input; asks again where it is none of them.  Enter alone, and the end of the input,
   take what is proposed.  An index. */
size_t ask_choice(const struct question *q);

#endif
