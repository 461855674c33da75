/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_REGRESSIONS_H
#define ANALYSIS_GLM_REGRESSIONS_H

#include "analysis/study/clusters.h"
#include "analysis/study/prepared.h"
#include "models/base/term.h"
#include "models/outcome/wild.h"

/* Regressions of one formula in each cell of a study: what saydo-glm and the report show. */

/* What was typed; NULL, 0, false: not typed. */
struct regressions_words {
    const char *formula, *family, *link, *robust, *limits, *amount, *prior_weights;
    struct texts cluster, centre;
    bool observed, firth;
    double theta;
};

/* How they are fitted. */
struct regressions_options {
    const char *text;     /* the formula */
    const char *option;   /* that it was typed at; NULL: formula */
    const char *mentions; /* another text that names columns, or NULL */
    const struct outcome *outcome;
    struct outcome_options fit; /* clusters are filled in for each cell */
    size_t n_ways;              /* of clusters: 0, 1, 2 */
    struct clusters cluster[2];
    const double *weight; /* [rows of the frame] prior weights as R's `weights`, or NULL: the
                             prepared weights */
    struct texts centre;  /* columns that are taken about their means; "interactions": the numbers
                             in these */
};

/* One cell. */
struct regression_cell {
    const struct group *group;
    struct arena *arena;           /* of its results */
    bool made;                     /* is there a design? */
    struct design_problem problem; /* if not */
    struct design design;
    struct design second; /* p = 0: the formula has no part behind '|' */
    struct outcome_data data;
    struct glm_clusters clusters; /* n_ways 0: none */
    struct outcome_fit fit;       /* status of the problem, no parameters, where not made */
    size_t outside;               /* row of the design whose response is outside the family's
                                     domain; SIZE_MAX: none */
    bool small;                   /* below min_n */
    const struct wild_test *wild; /* [fit.fit.n_params] tests by the bootstrap; NULL: none */
};

struct regressions {
    const struct prepared *prepared;
    struct regressions_options options;
    struct model_data data; /* columns that the formula may name */
    const struct model_formula *formula;
    const char *centred;  /* "intent (4.8), age (41)", their means; "": none */
    const double *centre; /* [data.n_columns] what was taken off each column; NULL: nothing */
    size_t n;
    struct regression_cell *cell;     /* [n groups] */
    const struct scoring *scoring;    /* scoring.h; NULL: none */
    struct regression_checks *checks; /* checks.h; NULL: none */
    size_t replicates;                /* of the cells' bootstrap */
};

/* The columns of a prepared frame as a formula sees them: columns of declared levels (--levels, or
   the study's groups) and of texts that are no numbers are factors, the others numbers.  Only
   those whose names occur in `mentions` (all where it holds a '.' of its own) are read: the others
   have neither values nor levels. */
bool regressions_data(const struct prepared *p, const char *mentions, struct model_data *data,
                      struct arena *keep, struct err *err);

/* Does a column's name stand in a formula? */
bool regressions_mention(const char *text, const char *name);

/* Settles the family, its link, the covariance, clusters and weights: ERR_USAGE, ERR_COLUMN,
   ERR_VALUE with the mend. */
bool regressions_settle(const struct regressions_words *words, const struct prepared *p,
                        struct regressions_options *o, struct arena *keep, struct err *err);

/* Parses a formula for these data: ERR_USAGE with a caret under what is wrong. */
const struct model_formula *regressions_formula(const char *option, const char *text,
                                                const struct model_data *data, struct arena *keep,
                                                struct err *err);

/* Takes the numbers that options.centre names about their means over all rows: the same for every
   cell.  ERR_USAGE, ERR_COLUMN where a name is no number of the formula. */
bool regressions_centre(struct regressions *r, struct arena *keep, struct err *err);

/* Fits the formula in every cell.  NULL with an error where a response or an expression is
   outside its domain, with the first row named. */
struct regressions *regressions_compute(const struct prepared *p,
                                        const struct regressions_options *options,
                                        const struct job *job, struct err *err);

/* Frees what the cells hold; the report keeps copies only of what its tables say. */
void regressions_free(struct regressions *r);

/* Fits another formula on the rows of a cell, which has to be made; false where it has no design.
   What is left out of the first because of missing values is left out here too; rows with
   missing values of columns that only this formula uses are left out of this fit alone: where
   both must rest on the same rows, compare design.n. */
bool regression_refit(const struct regressions *r, const struct regression_cell *cell,
                      const struct model_formula *formula, struct regression_cell *other,
                      struct arena *keep);

/* The tables terms, models, diagnostics, and fitted if that is wanted: a row per respondent. */
void regressions_tables(const struct regressions *r, bool fitted, struct report_builder *report,
                        struct arena *keep);

/* Plain sentences: what was fitted, what could not be estimated and what to do about it. */
void regressions_lines(const struct regressions *r, struct report_builder *report);

/* A row of the table diagnostics; one of no estimate and no p-value is left out. */
struct diagnostic {
    double estimate, conf_low, conf_high, p_value; /* NaN: there is none */
};
void regressions_diagnostic(struct results *t, const struct regressions *r,
                            const struct regression_cell *cell, const char *name,
                            const struct diagnostic *d);

/* How every row begins: groups, y, family, link. */
#define REGRESSION_COLUMNS "y family link "
void regressions_identify(struct results *t, const struct regressions *r,
                          const struct regression_cell *cell);

/* The status of a row of this cell: the fit's, the covariance's, or below min_n. */
enum fit_status regressions_status(const struct regression_cell *cell);

/* Parameter j of a cell with its test and interval, which are the bootstrap's where there is one.
 */
struct term regressions_term(const struct regressions *r, const struct regression_cell *cell,
                             size_t j);

/* A line that says whose the standard errors are: "HC3", "by customer (212 clusters)". */
const char *regressions_errors_note(const struct regressions *r, struct arena *keep);

/* A line of R that repeats the estimates and their errors; NULL where R has none in one line. */
const char *regressions_check_r(const struct regressions *r, struct arena *keep);

/* The link: the one that was typed, else the family's first. */
const char *regressions_link(const struct regressions_options *o);

/* The response as the formula writes it. */
const char *regressions_response(const struct regressions *r);

#endif
