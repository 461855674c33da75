/* SPDX-License-Identifier: GPL-3.0-or-later
   What is done with each row of a ledger that is no plain table, one file for each step. */
#ifndef IO_SHAPE_STEPS_H
#define IO_SHAPE_STEPS_H

#include <string.h>

#include "io/ledger/date.h"
#include "io/ledger/ledger.h"
#include "io/ledger/rates.h"
#include "io/shape/shape.h"
#include "io/table/records.h"
#include "models/base/key_map.h"

enum {
    SHAPE_SEARCHED = 100, /* rows in which the header is sought */
    SHAPE_SHOWN = 6,      /* of them in a message */
    SHAPE_NESTED = 32,    /* sections within sections */
    SHAPE_MONEY = 4,      /* columns of amounts */
    SHAPE_SIDES = 2,      /* of them in a total: debit and credit, or the amount and nothing */
    SHAPE_NONE = -1       /* no column */
};

/* A text of its own, whose room is used again. */
struct shape_text {
    char *text;
    size_t n, room;
};

/* What columns are read for. */
enum { USE_READ = 1, USE_ID = 2, USE_MONEY = 4 };

/* Rows that have been seen while the header was sought. */
struct shape_search {
    size_t n;
    uint64_t nearest_line;  /* the row with most of the names ... */
    size_t nearest_n;       /* ... how many ... */
    const char *lacking;    /* ... and the first that it has not */
    uint64_t one_cell_line; /* a row that has all of them in one cell; 0: none */
    const char *shown[SHAPE_SHOWN];
};

/* Minor units of the rows of a section. */
struct shape_sum {
    wide of[SHAPE_SIDES];
    bool unknown; /* a cell is no amount, or of another currency */
};

/* Of all rows, and of those that drop: and keep: leave. */
enum { SUM_ALL, SUM_COUNTED, SUMS };

struct shape_section_sums {
    struct shape_sum own[SUMS], within[SUMS]; /* of sections that ended within it */
    wide carried[SHAPE_SIDES];                /* totals in front of the first row */
    bool has_rows;
};

struct shape_section {
    struct shape_text name;
    struct shape_section_sums sums;
};

struct shape_rows {
    struct shape_section section[SHAPE_NESTED]; /* open ones, the innermost last */
    size_t n_sections;
    int32_t section_column;
    struct shape_text lone;    /* the last total that names no section and holds nothing else ... */
    uint64_t lone_line;        /* ... and its row; 0: none */
    int32_t *fill;             /* [fill_down.n] columns */
    struct record_cell *above; /* [fill_down.n] what stands in them; text NULL: nothing */
    struct shape_text *above_is; /* [fill_down.n] */
};

enum party_found { PARTY_FOUND, PARTY_NONE, PARTY_BOTH };

struct shape_party {
    int32_t column[2], indicator;
    int32_t party, counterpart, side; /* the columns that are added */
    struct shape_text side_is;
};

struct shape_dates {
    int32_t column;
    struct study_period period;
    struct date_cell *by_format; /* NULL: not needed */
    uint64_t first_line;         /* of a workbook: the first row with a date, 0: none yet ... */
    bool first_is_date;          /* ... and whether it is one of Excel's */
    char text[16];
    int32_t returns; /* the column of date: returns: ... */
    char original[16];
};

/* What may not change from line to line of a document: its amount, what was refunded, its type. */
enum { ONCE_AMOUNT, ONCE_REFUNDED, ONCE_TYPE, ONCE_N };

struct once_line {
    uint64_t line;
    const char *text[ONCE_N];
};

struct shape_once {
    int32_t document, key, column[ONCE_N];
    struct key_map *known;
    struct once_line *first; /* of each document known */
    size_t room;
    struct shape_text pair;
};

struct shape_totals {
    bool active; /* there are sections, totals, and amounts with a sign of their own */
    size_t n_columns;
    int32_t column[SHAPE_SIDES], currency;
    struct money_format format;
    uint64_t n_compared, n_differ;
    struct ledger_total told[LEDGER_TOTALS_TOLD];
};

struct shape {
    struct arena *own;
    const struct study *study;
    size_t ledger;
    const struct study_ledger *declared;
    const char *file; /* for messages */
    struct ledger_limits limits;
    struct stream *source, *made; /* the file's bytes; the text */
    struct records *records;      /* NULL: nothing has been read */
    bool workbook, over;
    struct err err; /* what ends the text: told behind all that is before it */

    size_t n_of_file, n_named;
    const char **name;        /* [n_named] */
    const char **header;      /* [n_of_file] as the cells have it, blanks about them left out */
    uint8_t *use;             /* [n_named] USE_... */
    struct record_cell *cell; /* [n_named] the row */
    uint64_t line;
    int32_t key, *drop, *keep;

    struct shape_rows rows;
    struct shape_party party;
    struct shape_dates dates;
    struct shape_once once;
    struct shape_totals totals;
    const char *shown_with; /* of an amount: what its format shows, while the book is open ... */
    struct money_mark mark; /* ... and the currency in it */
    char money[SHAPE_MONEY][48]; /* numbers of the row, written as the ledger declares them */

    uint64_t lines_out;
    struct shape_text out; /* text, out_at .. n not yet given */
    size_t out_at;
};

/* ---- cells ---- */

/* Without blanks about it. */
static inline struct slice trimmed(const struct record_cell *c)
{
    const char *at = c->text, *end = at + c->length;
    while (at < end && strchr(" \t\r\n", *at))
        at++;
    while (at < end && strchr(" \t\r\n", end[-1]))
        end--;
    return (struct slice){at, (uint32_t)(end - at)};
}

static inline bool is_blank(const struct record_cell *c)
{
    return trimmed(c).length == 0 && !c->uncalculated;
}

/* Room for n bytes; what the text holds stays. */
char *shape_room(struct shape *s, struct shape_text *to, size_t n);

/* A copy, with a NUL behind. */
const char *shape_keep(struct shape *s, struct shape_text *to, const char *text, size_t n);

/* An error about a cell of the row (SHAPE_NONE: about the row): false. */
bool shape_wrong(const struct shape *s, enum err_code code, int32_t column, const char *what,
                 const char *mend, struct err *err);

/* The column of that name, SHAPE_NONE where there is none or several. */
int32_t shape_column(const struct shape *s, const char *name);

/* ---- header.c ---- */

/* Reads rows up to the header, and takes its names. */
bool shape_take_header(struct shape *s, struct err *err);

/* The column of a name that the study's `key` declares; name NULL gives SHAPE_NONE. */
bool shape_find(const struct shape *s, const char *key, const char *name, int32_t *column,
                struct err *err);

/* A column of that name is added: not to be called where the file has one. */
bool shape_add(struct shape *s, const char *key, const char *name, int32_t *column,
               struct err *err);

/* ---- rows.c ---- */

bool shape_rows_start(struct shape *s, struct err *err);

/* What the row is: LEDGER_SALE where it holds data, in which blanks have been filled. */
bool shape_rows_take(struct shape *s, enum ledger_kind *kind, struct err *err);

/* ---- party.c ---- */

bool shape_party_start(struct shape *s, struct err *err);
enum party_found shape_party_take(struct shape *s);
bool shape_party_both(const struct shape *s, struct err *err);

/* ---- dates.c ---- */

/* The period, where the row that is being read is the one that tells it. */
bool shape_dates_title(struct shape *s, const struct record_cell *cells, size_t n, struct err *err);
bool shape_dates_start(struct shape *s, struct err *err);
bool shape_dates_take(struct shape *s, struct err *err);

/* ---- totals.c ---- */

void shape_totals_start(struct shape *s);

/* A section begins; the row that is being read belongs to the innermost one; it is a total that
   ends none. */
void shape_totals_begin(struct shape_section *section);
void shape_totals_add(struct shape *s, bool left_out);
void shape_totals_carry(struct shape *s);

/* The row is the total of section i, which is still open, as are those within it. */
void shape_totals_end(struct shape *s, size_t i);

/* ---- once.c ---- */

bool shape_once_start(struct shape *s, struct err *err);

/* Whether the amount has been counted; another amount, refund or type is an error. */
bool shape_once_take(struct shape *s, bool *again, struct err *err);

/* ---- cells.c: those of a workbook ---- */

void shape_cells_start(struct shape *s);

/* Formulas without their value; what is filled in. */
bool shape_cells_calculated(const struct shape *s, struct err *err);

/* Error cells and ids that Excel has rounded; numbers are written as the ledger declares amounts.
 */
bool shape_cells_take(struct shape *s, struct err *err);

#endif
