/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_RESULTS_H
#define ANALYSIS_STUDY_RESULTS_H

#include "analysis/study/groups.h"
#include "io/report.h"
#include "models/base/fit.h"

/* A table of results while it grows: the grouping columns, then words of the
   glossary (words.h).  A cell that is not put stays empty. */
struct results;

/* `columns` are names of words, separated by blanks: "x y method n estimate".
   groups NULL: no grouping columns.  A grouping column that is called like one of the
   words becomes by_NAME: no name stands twice in a table. */
struct results *results_new(const char *name, const struct groups *groups, const char *columns,
                            struct arena *keep);

/* Says what the numbers of some columns are where the glossary cannot know it: an
   estimate that is a correlation, or money.  `columns` as above. */
void results_quantity(struct results *r, const char *columns, enum quantity quantity);

/* Ends the row before (if any) and starts the next; group NULL: no grouping columns. */
void results_row(struct results *r, const struct group *group);

/* Nothing is told of this row but what it is of: its status is `suppressed`, and figures that are
   put are not taken.  A row of a suppressed group is so from the beginning. */
void results_hide(struct results *r);

void results_text(struct results *r, const char *column, const char *text);
void results_real(struct results *r, const char *column, double value);
void results_whole(struct results *r, const char *column, int64_t value);
void results_day(struct results *r, const char *column, int32_t day);
void results_status(struct results *r, enum fit_status status);

/* A further column that is not in the glossary: the study's own scales and
   behaviours.  Before the first row. */
void results_own_column(struct results *r, const struct column *like);
void results_missing(struct results *r, const char *column, enum missing reason);
void results_code(struct results *r, const char *column, const char *code); /* MISSING_CODE */

const struct frame *results_finish(struct results *r);

/* A column that is complete: the name of a word, and the cells of its type. */
struct result_column {
    const char *name;
    const double *real;
    const int64_t *whole;
    const int32_t *day;
    const char *const *text;
};

/* A table of n_rows rows from whole columns, without grouping columns.  The cells are not
   copied: they outlive the table. */
const struct frame *results_of_columns(const char *name, const struct result_column *cols,
                                       size_t n_cols, size_t n_rows, struct arena *keep);

/* A report while it grows. */
struct report_builder;

struct report_builder *report_builder_new(const char *title, struct arena *keep);
void report_add_table(struct report_builder *b, const struct table *table);

/* A chart whose id stands already (two names may make one, phrase_id) gets a number behind
   it; a long id is cut: ids become file names. */
void report_add_chart(struct report_builder *b, const struct chart *chart);
void report_add_file(struct report_builder *b, const struct made_file *file);
void report_add_line(struct report_builder *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void report_add_warning(struct report_builder *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void report_add_fact(struct report_builder *b, const char *section, const char *name,
                     const char *value);
void report_add_count(struct report_builder *b, const char *name, double value);
void report_set_gate(struct report_builder *b, const char *gate);
void report_finish(struct report_builder *b, struct report *report);

#endif
