/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_WORKING_H
#define MODELS_LIMITED_WORKING_H

#include "models/base/sample.h"
#include "models/limited/basis.h"
#include "models/limited/maximum.h"

/* The right side of one equation: offset + x b. */
struct equation {
    const double *x; /* [n * p] row major; the intercept is a column like another */
    size_t p;
    const char *const *name; /* [p] or NULL: x1, x2, ... */
    const double *offset;    /* [n] or NULL */
};

/* Observations of which these models make a likelihood.  Everything is finite. */
struct limited_rows {
    size_t n;
    const double *y; /* [n] */
    const double *w; /* [n] >= 0, or NULL */
    enum weight_kind weight_kind;
    size_t threads; /* 0: all */
};

/* A likelihood in the coordinates of basis.h: its theta, through the map, is the model's. */
struct working {
    const struct likelihood *model;
    struct likelihood likelihood;
    struct column_basis basis[MOST_PREDICTORS]; /* of the predictors with x */
    double *map;                                /* [model n_params * working n_params] */
    bool *aliased;                              /* [model n_params] */
};

/* How the predictors with x are brought to a basis. */
struct working_plan {
    const double *weight[MOST_PREDICTORS]; /* [n] of the rows that inform it; NULL: the model's */
    bool centred[MOST_PREDICTORS]; /* columns less their means, so that a constant is aliased */
    bool shifts[MOST_PREDICTORS];  /* and the first predictor, thresholds, takes them up */
};

void working_of(const struct likelihood *model, const struct working_plan *plan,
                struct working *working, struct arena *keep);

/* Estimate, vcov, log_lik, n_obs, df_residual, df_test (infinite: z tests, as R), n_iter and status
   of the model from theta and what was found there.  Aliased parameters are NaN, and so are those
   that a direction of recession moves; `at` [n_params] is where the search ended, infinite ones
   large.  fit was made by fit_init.  Columns of aliased parameters are 0 in `at`. */
void working_report(const struct working *working, const double theta[], const struct maximum *max,
                    const struct limited_rows *rows, struct fit *fit, double at[]);

/* Names of the columns of an equation, from the arena where it has none. */
const char *const *equation_names(const struct equation *e, struct arena *keep);

/* x'b of the equation's row i, without the offset; NaN coefficients count as 0. */
double equation_at(const struct equation *e, const double b[], size_t i);

/* The number of observations that the rows stand for. */
double limited_rows_size(const struct limited_rows *rows);

#endif
