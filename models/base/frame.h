/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_FRAME_H
#define MODELS_BASE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"

/* A frame is a table of typed columns.  The survey, the customers, the study
   and every table of results are frames: readers make them, renderers print
   them, and nothing changes one once it is made. */

enum column_type { COLUMN_REAL, COLUMN_WHOLE, COLUMN_DAY, COLUMN_FACTOR, COLUMN_TEXT };

/* Level of measurement: which statistics make sense. */
enum measure { MEASURE_NOMINAL, MEASURE_ORDINAL, MEASURE_SCALE };

/* What a number is, from which a renderer chooses digits and alignment.
   X(code, word, digits after the point in tables for people; -1: significant digits) */
#define QUANTITY_LIST(X)                      \
    X(QUANTITY_PLAIN, "number", -1)           \
    X(QUANTITY_COUNT, "count", 0)             \
    X(QUANTITY_SHARE, "share", 3)             \
    X(QUANTITY_MONEY, "money", 2)             \
    X(QUANTITY_ESTIMATE, "estimate", -1)      \
    X(QUANTITY_CORRELATION, "correlation", 3) \
    X(QUANTITY_STATISTIC, "statistic", 2)     \
    X(QUANTITY_DF, "degrees of freedom", -1)  \
    X(QUANTITY_P_VALUE, "p-value", 3)

enum quantity {
#define X(code, word, digits) code,
    QUANTITY_LIST(X)
#undef X
        QUANTITY_N
};

/* Why a value is missing; zero means that it is present.  X(code, word) */
#define MISSING_LIST(X)                       \
    X(MISSING_NOT, "present")                 \
    X(MISSING_BLANK, "blank")                 \
    X(MISSING_CODE, "declared missing code")  \
    X(MISSING_NO_MATCH, "no match")           \
    X(MISSING_CENSORED, "window not covered") \
    X(MISSING_UNDEFINED, "not defined")

enum missing {
#define X(code, word) code,
    MISSING_LIST(X)
#undef X
        MISSING_N
};

const char *missing_word(enum missing reason);

/* Missing values as stored.  Reals are NaN, factors -1, texts NULL. */
#define WHOLE_MISSING INT64_MIN
#define DAY_MISSING INT32_MIN

/* The levels of a factor in their declared order, not in order of arrival. */
struct levels {
    size_t n;
    const char *const *name;  /* [n] as in the file: "2" */
    const char *const *label; /* [n] for people, or NULL */
};

struct column {
    const char *name;  /* key: "std_error" */
    const char *alias; /* another name by which frame_column() finds it: "qid:QID5"; or NULL */
    const char *label; /* heading: "Std. error"; never NULL in a finished frame */
    const char *note;  /* definition, for the codebook; may be NULL */
    enum column_type type;
    enum measure measure;
    enum quantity quantity;
    const char *unit;   /* "EUR", "days"; may be NULL */
    const char *source; /* its name in the file, where the study gives it another; or NULL */
    /* Of a factor; of another column: the values that its file labels, as texts, or NULL. */
    const struct levels *levels;
    union {
        const double *real;
        const int64_t *whole; /* money is in minor units until a measure divides */
        const int32_t *day;   /* days since 1970-01-01 */
        const int32_t *level;
        const char *const *text;
    } as;
    /* Which answers that mean no answer have labels in the file; or NULL. */
    const struct levels *missing_labels;
    const char *const *code; /* [n_rows] what a MISSING_CODE cell held: "98"; NULL: not told */
    const uint8_t
        *missing; /* enum missing per row; NULL: none is, or those that are MISSING_BLANK */
};

struct frame {
    const char *name;
    size_t n_rows, n_cols;
    const struct column *cols;
    const char *file;     /* where the rows come from; NULL for results */
    const uint64_t *line; /* [n_rows] line of each row in the file; NULL for results */
};

/* Rows chosen from a frame, ascending.  A group is a value, never a mode. */
struct rows {
    size_t n;
    const uint32_t *at;
};

/* The name by which a reader finds the column in its file. */
const char *column_source(const struct column *c);

/* The column of that name or, where none has it, of that source or alias; NULL if there is none. */
const struct column *frame_column(const struct frame *f, const char *name);

/* The names of all columns, [n_cols]: for "did you mean". */
const char *const *frame_names(const struct frame *f, struct arena *keep);

/* The same with the aliases behind them; *n: how many there are in all. */
const char *const *frame_names_and_aliases(const struct frame *f, size_t *n, struct arena *keep);

bool column_is_missing(const struct column *c, size_t row);

/* A number of any numeric column as a double, NaN where missing (texts and
   factors: NaN). */
double column_real(const struct column *c, size_t row);

/* All rows of a frame. */
struct rows rows_all(size_t n, struct arena *keep);

/* The rows of `in` where none of the k columns is missing. */
struct rows rows_complete(const struct column *const cols[], size_t k, struct rows in,
                          struct arena *keep);

/* ---- making one ---- */

struct frame_builder;

/* Rows are added one by one; memory comes from `keep`.  `name` is kept. */
struct frame_builder *frame_builder_new(const char *name, struct arena *keep);

/* Adds a column before the first row (name, label, note, type, measure,
   quantity, unit and levels are taken, the rest is ignored; a NULL label
   becomes the name).  Gives its index.  The strings are not copied. */
size_t frame_builder_column(struct frame_builder *b, const struct column *like);

/* Changes what a column's numbers are, before the frame is finished. */
void frame_builder_quantity(struct frame_builder *b, size_t col, enum quantity quantity);

/* Cells of the current row.  A cell that is not put is MISSING_BLANK; a NaN is
   put as MISSING_UNDEFINED.  put_text copies its text. */
void frame_put_real(struct frame_builder *b, size_t col, double value);
void frame_put_whole(struct frame_builder *b, size_t col, int64_t value);
void frame_put_day(struct frame_builder *b, size_t col, int32_t value);
void frame_put_level(struct frame_builder *b, size_t col, int32_t level);
void frame_put_text(struct frame_builder *b, size_t col, const char *text);
void frame_put_missing(struct frame_builder *b, size_t col, enum missing reason);
/* A MISSING_CODE cell and the code that it holds; `code` is not copied, and may be NULL. */
void frame_put_code(struct frame_builder *b, size_t col, const char *code);
void frame_end_row(struct frame_builder *b);

/* The rows of several frames of the same columns, one frame after the other. */
const struct frame *frames_stacked(const char *name, const struct frame *const frames[], size_t n,
                                   struct arena *keep);

/* The finished frame; the builder is not used again. */
const struct frame *frame_builder_finish(struct frame_builder *b);

/* A frame of columns that are complete: cells of [n_rows] each and all that describes
   them.  The descriptions are copied (a NULL label becomes the name), the cells are not:
   they outlive the frame. */
const struct frame *frame_of_columns(const char *name, const struct column *cols, size_t n_cols,
                                     size_t n_rows, struct arena *keep);

#endif
