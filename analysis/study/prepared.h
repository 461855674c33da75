/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_PREPARED_H
#define ANALYSIS_STUDY_PREPARED_H

#include "analysis/study/groups.h"
#include "analysis/study/join.h"
#include "analysis/study/results.h"
#include "io/program/tool.h"
#include "models/base/sample.h"

/* One variable of an analysis. */
struct variable_of {
    const char *name, *label;
    const double *value;    /* [n_rows], NaN where missing */
    const double *baseline; /* the same behaviour before the response, or NULL */
    double low, high;       /* declared range of a scale; low = high: none */
    const char *unit;
};

/* Everything that an analysis of say and do starts from, whether it came from a
   study or from a prepared table. */
struct prepared {
    const struct frame *frame;
    struct groups groups;
    size_t n_orders;
    const struct level_order *order; /* [n_orders] of --levels, then of the study's groups */
    size_t n_typed_orders;           /* the first so many were typed */
    size_t n_x, n_y;
    const struct variable_of *x; /* [n_x] what customers say */
    const struct variable_of *y; /* [n_y] what they do */
    const double *weight;        /* [n_rows] or NULL */
    enum weight_kind weight_kind;
    double min_n, conf_level;
    double suppress_below; /* 0: cells of any size are told */
    uint64_t seed;
    size_t threads;
    const char *adjust;        /* "holm", "bh", "none" */
    const struct study *study; /* NULL for a table */
    const struct join *join;   /* NULL for a table */
};

/* Which variables an analysis cannot do without on a table. */
enum need { NEED_NONE, NEED_X, NEED_X_AND_Y };

/* From a study: joins survey and ledger (warnings, counts and a failed gate go to
   the report); x and y empty mean all scales and all declared behaviours.  From a
   table: what the need says must be given; a column baseline_Y is taken as the
   baseline of Y.  everybody: the ledger's other customers are asked for as well. */
bool prepare(const struct job *job, const struct texts *x, const struct texts *y, enum need need,
             bool everybody, struct prepared *p, struct report_builder *report, struct err *err);

/* Chooses the adjustment of p-values, NULL: as the study says, and notes it in the
   report's settings. */
void prepared_adjust(struct prepared *p, const char *adjust, struct report_builder *report);

/* The complete pairs of x and y in a group. */
struct sample prepared_pairs(const struct prepared *p, const struct group *g,
                             const struct variable_of *x, const struct variable_of *y,
                             struct arena *keep);

/* Suppresses groups with figures that rest on some, but fewer than suppress_below respondents:
   least[g] as the caller counts them, of those that a figure of the group may rest on.  False if
   the group of all is among them: there is nothing that could be told. */
bool prepared_suppress(struct prepared *p, const double *least, struct arena *keep);

/* Is that a number of respondents that may not be told of? */
bool prepared_is_secret(const struct prepared *p, double n);

/* One line that says what a group's figures rest on, where it is small. */
bool prepared_is_small(const struct prepared *p, double n);

#endif
