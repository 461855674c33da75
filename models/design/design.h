/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_DESIGN_H
#define MODELS_DESIGN_DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/formula/formula.h"

/* Model formulas as R's lm() and glm() read them (Wilkinson & Rogers 1973, Appl. Statist. 22,
   392-399), and the design matrix that they make:

     retained ~ intent * segment + log(tenure) + C(wave) + poly(age, 2) + ns(income, 3)
     spend > 0 ~ (intent + age + segment)^2 - age:segment + offset(log(weeks))

   On the right side + joins terms, - takes them away, a:b is an interaction, a*b is a + b + a:b,
   a/b is a + a:b, a %in% b is a:b, (...)^2 all interactions of two, . every column that is not on
   the left; 0 or -1 leave the intercept out.  A term is made of columns and of calls: the
   functions of formula.h (log(x), I(x^2), I(x > 2)), C(), factor(), as.factor(), relevel(),
   offset(), and the bases of basis.h: poly(), ns() and scale().

   Columns of texts, C() and comparisons are factors with treatment contrasts, the first level the
   reference.  A factor of a term gets a column for every level where its margin is not in the
   model, by the rule of R's terms() and model.matrix(). */

#define DESIGN_MAX_TERMS 10000
#define DESIGN_MAX_COLUMNS 2000

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

/* False with *error where the text is no model formula, or names an unknown column, function or
   level.  Everything is copied into `keep`.  The left side may be absent: "~ x". */
bool model_formula_parse(const char *text, const struct model_data *data,
                         const struct model_formula **formula, struct formula_error *error,
                         struct arena *keep);

/* The part behind a bar, "visits ~ age + health | age": the terms of a second equation for the same
   response, such as the zeros of hurdle and zero-inflated models; it is a formula without a
   response.  NULL if there is none. */
const struct model_formula *model_formula_second(const struct model_formula *f);

/* The columns that the response, the terms and the offsets use, the second part's included, [*n],
   in order of appearance. */
const char *const *model_formula_columns(const struct model_formula *f, size_t *n);

/* Terms of the right side as R labels them: "intent", "segment", "intent:segment". */
const char *const *model_formula_terms(const struct model_formula *f, size_t *n);

/* Is term t part of another term, as x is of x:g?  R's drop1 leaves such terms in. */
bool model_formula_marginal(const struct model_formula *f, size_t t);

/* The left side as R writes it, "log(spend)"; NULL if there is none. */
const char *model_formula_response(const struct model_formula *f);

/* A factor of the right side, with the levels that the rows of a design have. */
struct design_factor {
    const char *label; /* "segment", "C(wave)" */
    size_t n_levels;
    const char *const *level; /* [n_levels] the first is the reference */
};

/* The response and the design matrix on the complete rows of some rows. */
struct design {
    size_t n, p;
    const double *x;          /* [n * p] row major */
    const double *y;          /* [n] the response; of a factor its code, 0 for the first level;
                                 NULL if the formula has none */
    const double *offset;     /* [n] the sum of the offsets, or NULL: none */
    const uint32_t *row;      /* [n] the row of the data that each row is */
    const char *const *name;  /* [p] as R names them: "(Intercept)", "segmentB", "x:segmentB" */
    const size_t *term;       /* [p] index of the column's term, SIZE_MAX of the intercept */
    bool intercept;           /* is there one?  It is the first column */
    const char *response;     /* "log(spend)"; NULL if there is none */
    size_t n_response_levels; /* of a factor response; 0: a number */
    const char *const *response_level; /* [n_response_levels] that the rows have */
    size_t n_factors;
    const struct design_factor *factor; /* [n_factors] */
    const struct design_recipe *recipe; /* levels and bases, for model_design_like() */
};

/* Why these rows give no design matrix.  status, and what is told:

     too few observations   there is no complete row; or a variable has too few distinct values
                            for its basis: poly() of a degree that is not below their number,
                            knots of ns() that coincide, scale() of a constant
     no variation           a factor has one level
     outside the domain     an expression is not finite on a complete row: the first is `row`
     not identified         more than DESIGN_MAX_COLUMNS columns: a factor that is an identifier

   The first two say something of the rows, and are results where groups are compared. */
struct design_problem {
    enum fit_status status;
    size_t row;                /* of the data; SIZE_MAX: none in particular */
    struct formula_error told; /* the variable's place in the formula, what, what to do */
};

/* The design on rows at[0 .. n_at - 1] of the data (NULL: all data->n, n_at is not looked at);
   those with a missing value in a column of the formula, or of its second part, are left out: the
   design of the second part on design->row then has the same rows.  Levels of a factor that
   no complete row has are dropped with their columns, as by R's droplevels(), and bases are made
   of the complete rows, as R makes them of complete data.  Columns of cells without rows are
   kept, all zero.  False with *problem where there is none. */
bool model_design(const struct model_formula *f, const struct model_data *data, const uint32_t *at,
                  size_t n_at, struct design *design, struct design_problem *problem,
                  struct arena *keep);

/* The same columns, with the same bases, levels and names, for other data: new customers, or the
   same with one variable changed (marginal effects).  Data hold the columns of the right side,
   its factors with the same levels in the same order.  x is [data->n * like->p]; offset [data->n]
   or NULL.  A row with a missing value, or a level that `like` does not have, is NaN in both;
   where an expression is not finite its columns are not either. */
void model_design_like(const struct model_formula *f, const struct design *like,
                       const struct model_data *data, double *x, double *offset,
                       struct arena *scratch);

#endif
