/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_CHOICES_H
#define ANALYSIS_GLM_CHOICES_H

#include "analysis/glm/regressions.h"
#include "models/subset/subset.h"

/* Which terms of a regression are worth having: best subsets, relative importance, and what is said
   beside what was done before.  What was typed, and settled from it. */
struct choices_words {
    int64_t subsets;       /* best subsets of each size; 0: no table */
    int64_t folds;         /* of their cross-validation; 0: none */
    bool importance;       /* is the table asked for? */
    int64_t replicates;    /* of its intervals; 0: none */
    struct texts force;    /* terms that are in every model */
    struct texts baseline; /* past behaviour, as terms of a formula; none: baseline_Y of the
                              response where there is such a column */
};

/* The terms of the formula with those forced; ERR_USAGE for one that is no term. */
bool choices_terms(const struct regressions *r, const struct choices_words *words,
                   struct subset_terms *terms, struct arena *keep, struct err *err);

/* The options of a cell's fits as the subsets take them, and its design: their weights are in the
   order of its rows. */
struct glm_options choices_fit(const struct regressions *r, const struct regression_cell *cell,
                               struct design *design);

/* Are there estimates to be had in this cell? */
bool choices_made(const struct regression_cell *cell);

/* ok becomes below min_n where the cell is small. */
enum fit_status choices_status(const struct regression_cell *cell, enum fit_status status);

/* The cell that sentences and charts are of: all rows. */
const struct regression_cell *choices_whole(const struct regressions *r);

/* Warns of terms that were left out because they depend on others: "in no subset". */
void choices_excluded(const struct regressions *r, const struct regression_cell *cell,
                      const struct subset_terms *terms, uint64_t excluded, const char *where,
                      struct report_builder *report, struct arena *keep);

/* The tables subsets, importance and baseline, with their charts and sentences. */
bool regressions_subsets_table(const struct regressions *r, const struct choices_words *words,
                               const struct job *job, struct report_builder *report,
                               struct arena *keep, struct err *err);
bool regressions_importance_table(const struct regressions *r, const struct choices_words *words,
                                  const struct job *job, struct report_builder *report,
                                  struct arena *keep, struct err *err);
bool regressions_baseline_table(const struct regressions *r, const struct choices_words *words,
                                const struct job *job, struct report_builder *report,
                                struct arena *keep, struct err *err);

#endif
