/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_ERR_H
#define MODELS_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

/* What went wrong with the input or the machine.  X(code, exit status, gloss)
   A fit that does not converge is not in this list: that is a result. */
#define ERR_LIST(X)                                                        \
    X(ERR_NONE, 0, "no error")                                             \
    X(ERR_FILE, 1, "a file cannot be opened, read or written")             \
    X(ERR_USAGE, 2, "the command line does not make sense")                \
    X(ERR_STUDY, 2, "the study file does not make sense")                  \
    X(ERR_COLUMN, 2, "a column asked for is absent, or of the wrong type") \
    X(ERR_SYNTAX, 3, "a file is not in the format it claims")              \
    X(ERR_VALUE, 3, "a cell does not hold a value of its column")          \
    X(ERR_GATE, 4, "a declared gate failed")                               \
    X(ERR_CHILD, 5, "an external program is missing or failed")            \
    X(ERR_INTERRUPTED, 130, "interrupted")

enum err_code {
#define X(code, status, gloss) code,
    ERR_LIST(X)
#undef X
        ERR_N_CODES
};

/* Where and what: any member may be NULL (or 0) when it does not apply. */
struct problem {
    const char *file;   /* as the user named it */
    uint64_t line;      /* 1-based line of the file; 0: no line */
    const char *column; /* column name, or key of the study file */
    const char *value;  /* the offending text, raw: it is shortened and escaped when told */
    const char *what;   /* what is wrong: "is not in 1..7" */
    const char *mend;   /* what to do: "declare it under missing:" */
};

/* The first error of a call chain, told where it was found.  Start from {0}. */
struct err {
    enum err_code code;
    uint64_t line;
    char file[256], column[128], value[128], what[512], mend[512];
    char message[1536]; /* "survey.csv:17: intent: 'maybe' is not in 1..7; declare …" */
};

/* Records a problem and returns false, so that a caller writes
   `return err_at(err, ERR_VALUE, &(struct problem){...})`.  The first error
   stays: a second call on the same err changes nothing. */
bool err_at(struct err *err, enum err_code code, const struct problem *problem);

/* The same for a plain sentence. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for text that is fit for a terminal as it stands, line ends included. */
bool err_lines(struct err *err, enum err_code code, const char *text);

/* Exit status of the contract for this error. */
int err_exit_status(const struct err *err);

#endif
