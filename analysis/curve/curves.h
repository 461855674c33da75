/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CURVE_CURVES_H
#define ANALYSIS_CURVE_CURVES_H

#include "analysis/curve/fitting.h"
#include "analysis/study/prepared.h"
#include "models/curve/curve.h"
#include "models/curve/predict.h"
#include "models/curve/saturated.h"
#include "models/curve/shared.h"
#include "models/curve/validation.h"
#include "models/regression/criteria.h"
#include "models/shape/isotonic.h"
#include "models/shape/knot.h"
#include "models/shape/shape.h"
#include "models/shape/two_lines.h"
#include "models/shape/u_test.h"

/* A curve preferred to the straight line must beat its AICc by this much: below
   it "considerably less support" does not hold (Burnham & Anderson 2002, p. 70). */
#define CURVE_CLEARLY_BETTER 4.0

struct curves_options {
    size_t n_curves;
    const struct curve *const *curve; /* [n_curves] */
    bool isotonic;                    /* beside them */
    struct curve_options fit;         /* of every curve */
    struct fitting fitting;           /* how they are fitted, and their limits */
    size_t replicates;                /* of the shape's bootstrap */
    size_t grid;                      /* points of the predictions */
    bool best_only;                   /* predictions of each cell's best curve only */
    size_t folds, repeats;            /* of the cross-validation; folds 0: none */
    bool shape, tests, shared;        /* whether these tables, and what is said of them, are due */
    const uint64_t *customer;         /* [rows of the frame] whose each row is; NULL: its own */
};

/* All curves of one scale and one behaviour in one cell. */
struct curve_cell {
    const struct group *group;
    size_t x, y;
    struct arena *arena; /* of its results */
    struct sample sample;
    struct fit *fit;            /* [n_curves] */
    struct criteria *criteria;  /* [n_curves] */
    double **replicate;         /* [n_curves] of a bootstrap, or NULL */
    double *weight;             /* [n_curves] Akaike weights by AICc, NaN: not converged */
    struct saturated saturated; /* the benchmark: a mean per scale point */
    struct isotonic isotonic;   /* where asked for */
    struct shape shape[2];
    size_t n_shapes;
    struct u_test u_test;
    struct two_lines two_lines;
    struct knot_test knot;
    struct validation *validation; /* [n_curves]; NULL: none */
    size_t best; /* the line, unless another curve is clearly better; n_curves: none */
    bool small;
};

/* One curve over several groups: those of one grouping column, or of all together. */
struct shared_row {
    size_t x, y, curve;
    size_t by; /* grouping column; n_by: all of them */
    struct shared result;
};

struct curves {
    const struct prepared *prepared;
    struct curves_options options;
    size_t n;
    struct curve_cell *cell; /* [n], by group, x, y */
    size_t n_shared;
    struct shared_row *shared; /* [n_shared], by x, y, curve, by */
};

/* The curves by name, "isotonic" and "all" among them; an empty list gives the study's,
   else those that need not be asked for. */
bool curves_named(const struct texts *names, const struct prepared *p, struct curves_options *o,
                  struct arena *keep, struct err *err);

/* Given knots, after curves_named(): numbers that rise, as many as one of the curves takes. */
bool curves_knots(const struct texts *texts, struct curves_options *o, struct arena *keep,
                  struct err *err);

/* The names of --bounds must be parameters of the chosen curves, of which none may be
   found by an exact search. */
bool curves_bounds(const struct curves_options *o, struct arena *keep, struct err *err);

struct curves *curves_compute(const struct prepared *p, const struct curves_options *o,
                              const struct job *job);

/* Whose each row of the frame is: the study's customers, or a table's column; NULL
   with an error where there is no such column.  column NULL: the study's, or none. */
bool curves_customers(const struct prepared *p, const char *column, struct curves_options *o,
                      struct arena *keep, struct err *err);

/* Fits each curve to the groups of a grouping column together (shared_curves). */
void curves_share(struct curves *c, struct arena *keep);

/* The tables terms, models, predictions, shape, points, tests, shared and validation. */
void curves_tables(const struct curves *c, struct report_builder *report, struct arena *keep);

/* Behaviour by scale point with intervals and the fitted curve, a panel per cell. */
void curves_charts(const struct curves *c, struct report_builder *report, struct arena *keep);

void curves_lines(const struct curves *c, struct report_builder *report);

/* Parts of the above that have files of their own. */
void curves_tests_table(const struct curves *c, struct report_builder *report, struct arena *keep);
void curves_tests_lines(const struct curves *c, size_t y, struct report_builder *report,
                        struct arena *scratch);
void curves_shared_table(const struct curves *c, struct report_builder *report, struct arena *keep);
void curves_validation_table(const struct curves *c, struct report_builder *report,
                             struct arena *keep);
void curves_shape_table(const struct curves *c, struct report_builder *report, struct arena *keep);
void curves_shape_chart(const struct curves *c, size_t y, struct report_builder *report,
                        struct arena *keep);

const struct curve_cell *curves_find(const struct curves *c, const struct group *g, size_t x,
                                     size_t y);

/* How every row of a cell begins, and its status: that of the estimation unless too few
   observations stand behind it. */
void curves_identify(struct results *t, const struct group *g, const char *x, const char *y);
enum fit_status curves_status(enum fit_status status, bool small);

/* How many of those at an x did it at all: have a y that is not 0. */
double curves_contributing(const struct sample *s, double x);

/* Has a point of the cell fewer respondents than may be told of, or fewer who did it?  The blocks
   of isotonic regression would tell it. */
bool curves_points_are_secret(const struct curves *c, const struct curve_cell *cell);

/* Curve k of a cell on the grid over the range of its x. */
struct prediction curves_predict(const struct curves *c, const struct curve_cell *cell, size_t k,
                                 struct arena *keep);
const struct frame *curves_predictions(const struct curves *c, struct arena *keep);

/* Rows of terms and models for any fit, used by typed formulas too. */
struct results *curves_terms_new(const struct prepared *p, struct arena *keep);
struct results *curves_models_new(const struct prepared *p, struct arena *keep);
void curves_term_rows(struct results *t, const struct group *g, const char *x, const char *y,
                      const char *curve, const struct fit *fit, double conf_level, bool small);
void curves_model_row(struct results *t, const struct group *g, const char *x, const char *y,
                      const char *curve, const struct fit *fit, double weight, bool small);

#endif
