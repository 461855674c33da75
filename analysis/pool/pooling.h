/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_POOL_POOLING_H
#define ANALYSIS_POOL_POOLING_H

#include "analysis/study/prepared.h"
#include "models/meta/effect.h"
#include "models/meta/pool.h"

/* What saydo-pool was asked for.  Names of columns are NULL where not given. */
struct pooling_options {
    const char *r, *n;                           /* correlations and sample sizes */
    const char *estimate, *variance, *std_error; /* or estimates with their variance */
    const char *measure, *coefficient;           /* scale; what r is without a column method */
    struct texts method;                         /* typed names of POOL_LIST, any case */
    bool knapp_hartung;
    const char *test; /* "z", "knapp_hartung", NULL: as the method */
    const char *label;
    struct texts split; /* at NULL: not given */
    struct texts moderators;
    const char *difference;
    bool leave_one_out, small_study, hunter_schmidt;
    const char *reliability_x, *reliability_y, *u;
};

/* The rows of a table as effects.  Margins and rows whose status is not ok are gone;
   what else cannot be pooled stays with a status. */
struct effect_rows {
    const struct frame *frame; /* of the kept rows */
    size_t n;
    const double *y, *v;                  /* [n] NaN unless status is ok */
    const double *r, *size;               /* [n] as given; NULL without --r */
    const char **status;                  /* [n] "ok", a word of fit.h, or "missing value" */
    const char **label;                   /* [n] which cell it is */
    const struct effect_measure *measure; /* NULL: pooled as they stand */
    struct texts split;                   /* columns whose values are pooled apart */
};

/* Reads them; what was left out goes to the report as warnings and counts. */
bool effect_rows_read(const struct job *job, const struct pooling_options *o,
                      struct effect_rows *rows, struct report_builder *report, struct err *err);

/* True if the column has a value that is no number (NA is none). */
bool column_has_text(const struct column *c, size_t n_rows);

/* Effects that are pooled together: one group of --by, one combination of the split columns. */
struct pool_set {
    struct group group; /* levels of both, one after the other; rows that are ok */
    struct effects effects;
    struct pooled *pooled; /* [n_methods] */
    struct arena *arena;   /* of what is computed for it */
};

struct pooling {
    const struct pooling_options *options;
    struct prepared prepared; /* groups of --by over the kept rows */
    struct effect_rows rows;
    struct groups columns; /* names of the --by and split columns; no groups */
    size_t n_methods;
    const struct pool_method *const *method; /* [n_methods] */
    struct pool_options how;
    size_t n;
    struct pool_set *set; /* [n] by group, then by split in order of arrival */
};

/* NULL on error. */
struct pooling *pooling_compute(const struct job *job, const struct pooling_options *o,
                                struct report_builder *report, struct err *err);

/* y on the scale that a reader wants: correlations back from z. */
double pooling_shown(const struct pooling *p, double y);

/* Into the row that was begun: a pooled value from its method to its status, as the tables
   pooled and subgroups have it. */
void pooling_figures(struct results *t, const struct pooling *p, const struct pooled *w);

/* Estimates of tables are correlations or plain estimates. */
enum quantity pooling_quantity(const struct pooling *p);

/* A table with the --by and split columns before `columns`; its row of a set. */
struct results *pooling_table(const struct pooling *p, const char *name, const char *columns,
                              struct arena *keep);

/* ---- tables: analysis/pool/NAME.c ---- */

void pooled_table(const struct pooling *p, struct report_builder *report, struct arena *keep);
void effects_table(const struct pooling *p, struct report_builder *report, struct arena *keep);
bool moderators_tables(const struct pooling *p, const struct job *job,
                       struct report_builder *report, struct err *err);
bool differences_tables(const struct pooling *p, const struct job *job,
                        struct report_builder *report, struct err *err);
void leave_one_out_table(const struct pooling *p, struct report_builder *report,
                         struct arena *keep);
void small_study_table(const struct pooling *p, struct report_builder *report, struct arena *keep);
bool hunter_schmidt_table(const struct pooling *p, struct report_builder *report,
                          struct arena *keep, struct err *err);

void pooling_charts(const struct pooling *p, struct report_builder *report, struct arena *keep);
/* "intent, spend, pearson, bank": what was pooled; "all effects" where nothing is split. */
const char *pooling_title(const struct pooling *p, const struct pool_set *set, struct arena *keep);

void pooling_lines(const struct pooling *p, struct report_builder *report, struct arena *keep);

#endif
