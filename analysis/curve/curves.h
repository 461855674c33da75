/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CURVE_CURVES_H
#define ANALYSIS_CURVE_CURVES_H

#include "analysis/curve/fitting.h"
#include "analysis/study/prepared.h"
#include "models/curve/criteria.h"
#include "models/curve/curve.h"
#include "models/curve/isotonic.h"
#include "models/curve/predict.h"
#include "models/curve/saturated.h"
#include "models/curve/shape.h"

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
    size_t best; /* the line, unless another curve is clearly better; n_curves: none */
    bool small;
};

struct curves {
    const struct prepared *prepared;
    struct curves_options options;
    size_t n;
    struct curve_cell *cell; /* [n], by group, x, y */
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

/* The tables terms, models, predictions, shape and points. */
void curves_tables(const struct curves *c, struct report_builder *report, struct arena *keep);

/* Behaviour by scale point with intervals and the fitted curve, a panel per cell. */
void curves_charts(const struct curves *c, struct report_builder *report, struct arena *keep);

void curves_lines(const struct curves *c, struct report_builder *report);

const struct curve_cell *curves_find(const struct curves *c, const struct group *g, size_t x,
                                     size_t y);

/* How every row of a cell begins, and its status: that of the estimation unless too few
   observations stand behind it. */
void curves_identify(struct results *t, const struct group *g, const char *x, const char *y);
enum fit_status curves_status(enum fit_status status, bool small);

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
