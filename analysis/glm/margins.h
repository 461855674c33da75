/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_MARGINS_H
#define ANALYSIS_GLM_MARGINS_H

#include "analysis/glm/regressions.h"
#include "models/margins/slopes.h"

/* What regressions say in the units of the outcome: average marginal effects, ratios, simple
   slopes of interactions, and mean predictions. */

/* What was typed. */
struct margins_words {
    struct texts slopes;  /* X:M; none: every interaction of two columns in the formula */
    struct texts predict; /* X or X:M; none: those of the slopes */
    struct texts at;      /* numbers at which X of the predictions stands */
    bool fdr;
};

/* An effect that depends on a moderator. */
struct margins_pair {
    const char *x, *moderator; /* NULL: predictions of x alone */
};

struct margins_options {
    size_t n_slopes, n_predicted;
    const struct margins_pair *slopes, *predicted;
    size_t n_at;
    const double *at;
    bool fdr;
};

/* ERR_USAGE where a name is no column of the formula's right side, or no number. */
bool margins_settle(const struct margins_words *words, const struct regressions *r,
                    struct margins_options *o, struct arena *keep, struct err *err);

/* The tables margins, ratios, slopes, johnson_neyman and predictions, as far as anybody sees them,
   with their charts. */
void regressions_margins_tables(const struct regressions *r, const struct margins_options *o,
                                const struct job *job, struct report_builder *report,
                                struct arena *keep);

/* ---- between the files that make them ---- */

/* The regressions with the questions that may be asked of them. */
struct margined {
    const struct regressions *r;
    const struct margins_options *o;
    const struct margins **cell; /* [r->n]; NULL: there is no fit */
    const struct job *job;
};

/* Is the table asked for by its name?  Then it is there, even without rows. */
bool margined_named(const struct margined *m, const char *table);

/* The status of a row: the cell's, or where that is good the answer's. */
enum fit_status margined_status(const struct regression_cell *cell, enum fit_status answer);

/* The figures of a row. */
void margined_figures(struct results *t, const struct tested *figures);

/* The word of the fit's scale: "probability of retained", "mean of spend", "probability of each
   answer"; and of the k-th mean of a fit "probability of the answer 4". */
const char *margined_response(const struct regressions *r, struct arena *keep);
const char *margined_mean(const struct regressions *r, const struct outcome_fit *fit, size_t k,
                          struct arena *keep);

/* "A: ", of several cells. */
const char *margined_prefix(const struct margined *m, size_t cell, size_t n_cells,
                            struct arena *keep);

/* What --centre took off a variable: values are shown as they are in the data. */
double margined_centre(const struct regressions *r, const struct margin_variable *v);

/* A chart has panels for the cells that are no margins, or for everyone where those are too many:
   their indices, [*n] in ascending order. */
size_t *margined_panels(const struct margined *m, size_t *n, struct arena *keep);

/* One effect of one pair of the slopes in one cell that has a fit. */
struct margins_asked {
    const struct margined *m;
    size_t cell, pair;
    const struct margin_variable *x, *moderator;
    size_t level; /* of x; 0 of a number */
};

/* All of them, [*n]. */
struct margins_asked *margined_effects(const struct margined *m, size_t *n, struct arena *keep);

/* How their rows begin: the cell's columns, then "component term level moderator". */
void margined_identify(struct results *t, const struct margins_asked *a, const char *component);

void margins_slopes_table(const struct margined *m, struct report_builder *report,
                          struct arena *keep);
void margins_regions_table(const struct margined *m, struct report_builder *report,
                           struct arena *keep);
void margins_predictions_table(const struct margined *m, struct report_builder *report,
                               struct arena *keep);

#endif
