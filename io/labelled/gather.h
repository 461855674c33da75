/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_GATHER_H
#define IO_LABELLED_GATHER_H

#include <stdint.h>

#include "io/labelled/kind.h"
#include "io/labelled/wire.h"

/* What the isolated reader has told, checked: counts fit, every case has all its cells, a
   text stands where the variable is one.  Texts are NUL-terminated bytes in the file's own
   encoding. */

struct raw_cell {
    union {
        double number;
        const char *text;
    } as;
    uint8_t kind, tag; /* enum wire_cell */
};

struct raw_variable {
    const char *name, *label, *format, *set;
    bool is_text;
    uint8_t measure;
    uint32_t width;
    uint32_t n_missing;
    const struct raw_cell (*missing)[2]; /* [n_missing] low and high */
};

struct raw_label {
    const char *set, *label;
    struct raw_cell value;
};

struct gathered {
    uint32_t version, n_variables;
    int64_t told_rows;              /* -1: the file tells none */
    const char *encoding, *title;   /* "" where none */
    struct raw_variable *variables; /* [n_variables] */
    size_t n_labels, n_notes;
    struct raw_label *labels;
    const char **notes;
    size_t n_rows;
    struct raw_cell *cells; /* [n_rows * n_variables], by row; from malloc: gathered_free() */
    uint32_t status;        /* ReadStat's; 0: well */
    const char *said;
};

struct gathering;

struct gathering *gathering_new(struct arena *keep);

/* One message; false if it does not fit: then nothing more may be given. */
bool gathering_take(struct gathering *g, uint8_t kind, const uint8_t *bytes, size_t n);

/* Messages from a descriptor until END; false where they stop before it or do not fit. */
bool gathering_read(struct gathering *g, int from);

/* What was told, complete after END only; or else why not: "told of a cell ...". */
const struct gathered *gathering_end(struct gathering *g, const char **why);

void gathering_free(struct gathering *g); /* the cells */

#endif
