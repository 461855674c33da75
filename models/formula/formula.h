/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_FORMULA_FORMULA_H
#define MODELS_FORMULA_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/formula/tape.h"
#include "models/regression/options.h"

/* Regression formulas that a user types, in R's notation for nls():

     y ~ b1 * (1 - exp(-b2 * x))        log(y) ~ b1 - b2 * x1 * exp(-b3 * x2)

   Parameters are the names with a starting value, every other name is a column.
   Precedence is R's: ^ (right-associative, ** is the same) before the sign
   before * and / before + and -, so that -x^2 is -(x^2) and 2^-x is 2^(-x).
   Functions are those of FUNCTION_LIST; pi is known unless a parameter or a
   column has that name.  A name may hold dots, underscores and UTF-8 letters;
   any other name is written between backquotes: `net spend`. */

#define FORMULA_MAX_LENGTH 10000 /* bytes */
#define FORMULA_MAX_NESTING 200  /* brackets, signs and powers within each other */
#define FORMULA_NOWHERE SIZE_MAX

/* What is wrong with a text.  `what` and `mend` hold no control characters. */
struct formula_error {
    size_t position;  /* byte of the text (its length: the end); or FORMULA_NOWHERE */
    char what[160];   /* "expected ')'" */
    const char *mend; /* "did you mean 'exp'?"; may be NULL; lives in the arena of the call */
};

/* What the names of a formula may mean. */
struct formula_names {
    size_t n_params;
    const char *const *param; /* [n_params] distinct; the order of all results */
    size_t n_columns;
    const char *const *column; /* [n_columns], or NULL: any name that is no parameter */
};

struct formula {
    const char *text;     /* as typed */
    const char *response; /* its left side: "log(y)" */
    size_t n_params;
    const char *const *param; /* [n_params] */
    size_t n_variables;
    const char *const *variable; /* [n_variables] the columns it uses, in order of appearance */
    struct tape left, right;
};

/* False with *error where the text is no formula, a name is neither parameter
   nor column (or both), a parameter is not used or stands on the left side, or
   there is no parameter at all.  Everything is copied into `keep`. */
bool formula_parse(const char *text, const struct formula_names *names, struct formula *formula,
                   struct formula_error *error, struct arena *keep);

/* Starting values, "b1=500, b2=1e-4", in the order typed. */
struct formula_start {
    size_t n;
    const char *const *param; /* [n] distinct */
    const double *value;      /* [n] finite */
};

bool formula_start_parse(const char *text, struct formula_start *start, struct formula_error *error,
                         struct arena *keep);

/* The text around a position, at most 72 characters of it, and on a second line
   a caret below the position; two blanks before each, no newline at the end.
   What cannot be shown is '?'.  NULL for FORMULA_NOWHERE. */
const char *formula_caret(const char *text, size_t position, struct arena *keep);

/* y [n], the left side on the rows of variables[n_variables][n]; not finite
   where it is not defined (log of 0). */
void formula_response(const struct formula *f, const double *const variables[], size_t n,
                      double y[]);

/* The right side at b [n_params]: mean [n]; and, unless NULL, its exact
   derivatives, jacobian [n * n_params], row major. */
void formula_mean(const struct formula *f, const double *const variables[], size_t n,
                  const double b[], double mean[], double jacobian[]);

/* Weighted least squares from start [n_params], all of them finite.  w [n] is
   NULL or non-negative with a kind other than WEIGHT_NONE; rows of weight zero
   are left out; the values of the variables are finite.

   The search is that of least_squares.h (Levenberg-Marquardt, with geodesic
   acceleration, dogleg, Gauss-Newton to the last digit) from the start itself: the
   minimum is the one nearby, as R's nls gives it, and need not be the lowest.
   Only where that does not converge are up to 12 other starts tried (each
   parameter in turn halved, doubled, a tenth, tenfold, of the other sign), until one
   does; if none does the smallest deviance is kept.  What does not converge is searched on
   means of the rows that agree in all variables of the right side, and what the other starts
   find is finished on all rows.

   The figures are those of curve_fit() (R's nls; the sandwich for sampling
   weights), of the response as transformed; so is fit->status:

     converged             the relative offset (Bates & Watts 1981) is below 1e-6
     perfect fit           nothing but rounding is left: no standard errors, no likelihood
     too few observations  not more observations, or fewer rows, than parameters
     no variation          the response is constant
     outside the domain    the left side, or a part of the right side without parameters, is
                           not defined on some row
     no starting values    the right side is not defined at the start on some row
     iteration limit, no progress, singular information */
void formula_fit(const struct formula *f, const double *const variables[], size_t n,
                 const double *w, enum weight_kind kind, const double start[],
                 const struct curve_options *options, struct fit *fit, struct arena *keep);

/* The set-up of a fit: formula and data as a regression (models/regression/regression.h), for
   profiles and resampling.  It lives in `keep`; the formula and the data must outlive it. */
struct regression;
struct regression *formula_regression(const struct formula *f, const double *const variables[],
                                      size_t n, const double *w, enum weight_kind kind,
                                      const struct curve_options *options, struct arena *keep);

#endif
