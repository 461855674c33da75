/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_SCORING_H
#define ANALYSIS_GLM_SCORING_H

#include "analysis/glm/regressions.h"
#include "models/scoring/groups.h"

/* How good are the probabilities that a regression of a 0/1 outcome gives: on the rows that it was
   fitted to, and on rows that it has not seen. */

struct scoring_options {
    size_t groups; /* of neighbouring predictions, and parts of the lift table; >= 2 */
    size_t folds;  /* of the cross-validation; 0: only the fitted rows are scored */
};

enum { MOST_SAMPLES = 2 };

/* Predictions of the rows of a cell. */
struct scored {
    const char *sample;     /* "fitted"; "cross-fitted": each row by a fit without its fold */
    enum fit_status status; /* ok; that of the fit to all, or of the first without a fold, that
                               failed: then there is nothing else */
    size_t folds;           /* 0 of the fitted */
    struct predictions s;   /* a row of trials stands for its events and for the others */
    struct prediction_groups groups;
};

struct scored_cell {
    size_t n;
    struct scored of[MOST_SAMPLES];
};

struct scoring {
    struct scoring_options options;
    struct scored_cell *cell; /* [n of the regressions] */
};

/* Scores every cell, if the outcome is binary and some table or chart shows it; else r->scoring
   stays NULL.  Folds come from the seed: clusters stay together (of two kinds, the first), and
   events are dealt evenly. */
void regressions_score(struct regressions *r, const struct scoring_options *options,
                       const struct job *job);

/* Rows of `diagnostics`: pseudo R squared of every family with a likelihood; of 0/1 outcomes AUC,
   Brier's score and its parts, calibration and Hosmer-Lemeshow for each sample, those of the
   cross-fitted under names that end in _cross_fitted. */
void regressions_scoring_diagnostics(struct results *t, const struct regressions *r,
                                     const struct regression_cell *cell);

/* The tables calibration, roc and lift, with their charts and a sentence. */
void regressions_scoring_tables(const struct regressions *r, const struct job *job,
                                struct report_builder *report, struct arena *keep);
void regressions_scoring_charts(const struct regressions *r, struct report_builder *report,
                                struct arena *keep);
void regressions_scoring_lines(const struct regressions *r, struct report_builder *report);

#endif
