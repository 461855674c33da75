/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_DESIGN_H
#define MODELS_DESIGN_DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/formula/formula.h"

/* Model formulas as R's glm() reads them (Wilkinson & Rogers 1973, Appl. Statist. 22, 392-399),
   and the design matrix that they make:

     retained ~ intent * segment + log(tenure) + C(wave) + poly(age, 2) + ns(income, 3)
     cbind is not known; offset(log(t)), I(x^2), -1 and . are.

   Left and right sides may be expressions of formula.h's functions.  Text columns, and any
   column in C(), are factors with treatment contrasts, the first level the reference; a factor's
   first appearance without its margin gets all levels, as in R. */

/* A column that a formula may name. */
struct model_column {
    const char *name;
    const double *value; /* [n] of a number, NaN where missing; NULL: a factor */
    const int32_t *code; /* [n] of a factor, 0 .. n_levels - 1, -1 where missing; NULL: a number */
    size_t n_levels;
    const char *const *level; /* [n_levels] in the declared order, the first is the reference */
};

struct model_data {
    size_t n; /* rows */
    size_t n_columns;
    const struct model_column *column; /* [n_columns] */
};

/* A parsed formula, expanded to terms. */
struct model_formula;

/* False with *error where the text is no model formula or names an unknown column or function.
   Everything is copied into `keep`. */
bool model_formula_parse(const char *text, const struct model_data *data,
                         const struct model_formula **formula, struct formula_error *error,
                         struct arena *keep);

/* The columns that a formula names, [*n]. */
const char *const *model_formula_columns(const struct model_formula *f, size_t *n);

/* Terms of the right side as R labels them: "intent", "segment", "intent:segment". */
const char *const *model_formula_terms(const struct model_formula *f, size_t *n);

/* The response and the design matrix on the complete rows of some rows. */
struct design {
    size_t n, p;
    const double *x;         /* [n * p] row major */
    const double *y;         /* [n] the response; of a factor its code, 0 for the first level */
    const double *offset;    /* [n] or NULL: none */
    const uint32_t *row;     /* [n] the row of the data that each row is */
    const char *const *name; /* [p] as R names them: "(Intercept)", "segmentB", "intent:segmentB" */
    const size_t *term;      /* [p] index of the column's term, SIZE_MAX of the intercept */
    bool intercept;          /* is there one? */
    const char *response;    /* "log(spend)" */
    size_t n_response_levels; /* of a factor response; 0: a number */
    const char *const *response_level;
};

/* The design on rows at[0 .. n_at - 1] of the data (NULL: all); rows with a missing value in a
   column of the formula, and those whose use[] is false (NULL: none), are left out.  Levels of a
   factor that no complete row has are dropped with their columns, as R's droplevels.  Bases of
   poly() and ns() are made of the complete rows. */
void model_design(const struct model_formula *f, const struct model_data *data, const uint32_t *at,
                  size_t n_at, struct design *design, struct arena *keep);

/* The same columns, with the same bases, levels and names, for other data: new customers, or
   the same with one variable changed (marginal effects).  `like` is a design of this formula and
   this data type; rows with missing values get NaN in x.  x is [data->n * like->p]. */
void model_design_like(const struct model_formula *f, const struct design *like,
                       const struct model_data *data, double *x, struct arena *scratch);

#endif
