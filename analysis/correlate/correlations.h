/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_CORRELATIONS_H
#define ANALYSIS_CORRELATE_CORRELATIONS_H

#include "analysis/study/prepared.h"
#include "models/correlation/correlation.h"
#include "models/meta/pool.h"

/* The correlation of one scale with one behaviour in one cell, by one method. */
struct correlation_cell {
    const struct group *group;
    size_t x, y, method; /* indexes */
    struct correlation_result r, partial;
    double base_rate, r_max; /* of a 0/1 outcome, else NaN */
    double p_adjusted, p_holm, p_bh;
    bool small; /* below min_n */
};

/* A reliability that was typed; value NaN: of a count, by the negative binomial. */
struct known_reliability {
    const char *column;
    double value;
};

struct correlations_options {
    size_t n_known;
    const struct known_reliability *known; /* [n_known] */
    size_t n_methods;
    const struct correlation *const *method; /* [n_methods] */
    const struct interval *interval;         /* NULL: each method's own */
    size_t replicates;
    bool half_in_empty_cells;      /* for the methods that know it: struct correlation's half */
    const struct p_value *p_value; /* NULL: each method's own */
    size_t permutations;
    size_t n_controls; /* of the table partial; 0: there is none */
    const char *const *control;
    const double *const *control_value;       /* [n_controls][rows of the frame] */
    size_t best_permutations;                 /* of the table `best` */
    bool best;                                /* compute that table */
    bool rank_small;                          /* rank metrics on df < 10 all the same */
    const struct comparisons_asked *compared; /* NULL: every pair of scales */
};

/* Pooled over the cells of one scale, behaviour and method. */
struct pooled_cells {
    size_t x, y, method;
    struct pooled pool;                                        /* on Fisher's z */
    double estimate, conf_low, conf_high, pred_low, pred_high; /* as correlations */
};

struct correlations {
    const struct prepared *prepared;
    struct correlations_options options;
    size_t n;
    struct correlation_cell *cell; /* [n], by group, x, y, method */
    size_t n_pooled;
    struct pooled_cells *pooled;           /* [n_x * n_y * n_methods] */
    const struct comparisons *comparisons; /* comparisons.h */
};

/* The methods by name; an empty list gives pearson and spearman.  ERR_USAGE for an
   unknown one, or one that is not defined for the weights, the interval or the way to
   p-values that stand in the options. */
bool correlations_methods(const struct texts *names, const struct prepared *p,
                          struct correlations_options *o, struct arena *keep, struct err *err);

struct correlations *correlations_compute(const struct prepared *p,
                                          const struct correlations_options *o,
                                          const struct job *job);

/* The tables correlations, homogeneity, comparisons, contrasts, best, details, pooled, partial (if
   there are controls), corrected and sensitivity. */
void correlations_tables(const struct correlations *c, struct report_builder *report,
                         struct arena *keep);

/* The heatmap segment x industry and the forest of cells with the pooled value. */
void correlations_charts(const struct correlations *c, struct report_builder *report,
                         struct arena *keep);

/* What was found, in sentences. */
void correlations_lines(const struct correlations *c, struct report_builder *report);

const struct correlation_cell *correlations_find(const struct correlations *c,
                                                 const struct group *g, size_t x, size_t y,
                                                 size_t method);

#endif
