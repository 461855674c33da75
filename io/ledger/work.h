/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LEDGER_WORK_H
#define IO_LEDGER_WORK_H

#include "io/ledger/chunks.h"
#include "io/ledger/plan.h"
#include "io/ledger/types.h"

/* Something to tell about a line, until the file's lines can be numbered. */
struct complaint {
    bool set;
    uint64_t chunk, line; /* line of the chunk, 0 = first */
    bool is_type;         /* an undeclared type: the list of types is told as well */
    enum err_code code;
    struct problem problem; /* no line yet; texts are the worker's */
};

/* A line left out, likewise. */
struct left_out {
    uint64_t chunk, line;
    uint8_t kind;
    const char *text;
};

/* A code or glyph beside an amount, and the first line of the worker that has it. */
enum { MARKS_KEPT = 2 };

struct mark_seen {
    struct money_mark mark;
    struct complaint place; /* without what and mend */
};

/* Amounts of a currency that were converted. */
struct currency_sum {
    uint64_t lines;
    wide amount, home; /* minor units of each */
};

/* One thread's share of one file. */
struct ledger_worker {
    const struct ledger_plan *plan;
    bool simple; /* most lines go the short way: io/ledger/simple.h */
    const struct ledger_sink *sink;
    struct chunks *chunks;
    size_t number;
    struct arena *memory;  /* of this file */
    struct arena *scratch; /* of the batch */

    struct scan scan;
    uint64_t chunk;         /* number of the current one */
    size_t counted;         /* bytes of it whose lines are counted ... */
    uint64_t counted_lines; /* ... and how many there are */
    struct ledger_types types;
    struct date_cell date;

    size_t n, room;  /* lines of the chunk's batch; room for them */
    uint32_t *start; /* of each line in the chunk */
    struct slice *key, *document;
    int32_t *day;
    int64_t *minor;
    uint8_t *kind;

    struct ledger_counts counts; /* but for days and hash */
    uint64_t *day_seen;          /* that of `date` */
    struct currency_sum *sums;   /* [plan->rates->n] */
    size_t n_marks;              /* of amounts in a currency that is not declared: the first ones */
    struct mark_seen mark[MARKS_KEPT];
    size_t n_left_out, left_out_room;
    struct left_out *left_out; /* [n_left_out] */

    struct complaint broken;  /* the text is no CSV, or the sink refused: no more is read */
    struct complaint cell;    /* a cell does not fit: from here on types are counted only */
    struct complaint unknown; /* an undeclared type */
};

struct ledger_worker *ledger_worker_new(const struct ledger_plan *plan, struct chunks *chunks,
                                        const struct ledger_sink *sink, size_t number,
                                        size_t window);

/* Reads a chunk to its end, or as far as makes sense. */
void ledger_worker_take(struct ledger_worker *w, const struct chunk *chunk);

void ledger_worker_free(struct ledger_worker *w);

/* For those who read a line's cells: the text of one, false after a complaint where it is not in
   the file's encoding. */
bool worker_text(struct ledger_worker *w, const struct record *r, int32_t column,
                 struct slice *text);

/* What is wrong with a cell; texts are the worker's.  The first complaint stays. */
void worker_complain(struct ledger_worker *w, const struct record *r, int32_t column,
                     struct slice text, const char *what, const char *mend);

/* A complaint about a cell without what and mend, which is not made. */
struct complaint worker_place(struct ledger_worker *w, const struct record *r, int32_t column,
                              struct slice text);

#endif
