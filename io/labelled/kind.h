/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_KIND_H
#define IO_LABELLED_KIND_H

#include <stdint.h>

#include "io/labelled/labelled.h"

/* Kinds of labelled files, each an object of kinds.c: to add one, add its word here, and its
   object there.  X(name) */
#define LABELLED_KIND_LIST(X) X(sav) X(por) X(dta) X(sas7bdat)

/* How a program counts time: what the numbers of a variable with this format are. */
struct moment_unit {
    enum labelled_values values; /* LABELLED_NUMBER: no time */
    char step;                   /* of a number: s, m (1/1000 s), d, w, M, Q, H (half-year), Y, C
                                    (1/1000 s with leap seconds) */
    int32_t epoch;               /* its day 0, in days since 1970-01-01 */
};

struct labelled_kind {
    const char *name;                       /* "sav" */
    const char *word;                       /* of the study file: "spss" */
    const char *program;                    /* "SPSS" */
    const char *encoding, *encoding_before; /* where the file tells none; before `version` */
    uint32_t version;
    bool encoding_is_known; /* whatever the file or the study says: ReadStat converts it itself */
    bool (*begins)(const uint8_t *head, size_t n);
    struct moment_unit (*unit)(const char *format);
    int (*parse)(void *parser, void *context);            /* ReadStat's; its own status */
    bool mends_head;                                      /* its table of characters: por_head.h */
    bool counts_cases;                                    /* its head says how many there are */
    const char *(*damage)(const uint8_t *head, size_t n); /* of its head; NULL: none */
};

enum { LABELLED_HEAD = 512 }; /* bytes that tell the kind */

extern const struct labelled_kind *const labelled_kinds[];
extern const size_t n_labelled_kinds;

/* NULL if the bytes are none of them. */
const struct labelled_kind *labelled_kind_of(const uint8_t *head, size_t n);

/* What the numbers of a variable with this format are (moments_of.c). */
struct moment_unit moment_of_spss(const char *format);
struct moment_unit moment_of_stata(const char *format);
struct moment_unit moment_of_sas(const char *format);

/* A number as its text: see labelled.h.  Days outside the years 1 to 9999 stay numbers. */
const char *labelled_text(double value, bool single, struct moment_unit unit, char buffer[48]);

/* The isolated work: reads the file, and writes messages of wire.h.  `context` is the
   kind. */
void labelled_parse(int file, int to, const void *context);

#endif
