/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_RECIPE_H
#define MODELS_DESIGN_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/design/design.h"
#include "models/design/model.h"

/* How the columns of a design are made from a row of data, apart from these data: what
   model_design() learns, and model_design_like() repeats. */

/* The data's columns in the order of model_formula.column; NULL for those not used. */
struct sources {
    size_t n;                                 /* rows */
    const struct model_column *const *column; /* as it is */
    const double *const *value; /* of a number; of a factor that a tape reads: codes */
};

/* The columns of the right side, and with `left` those of the response, all of them in `data`. */
struct sources sources_of(const struct model_formula *f, const struct model_data *data, bool left,
                          struct arena *keep);

/* Is no such value missing in the row? */
bool sources_complete(const struct model_formula *f, const struct sources *s, size_t row,
                      bool left);

/* The complete rows that a recipe is made of. */
struct complete {
    const struct model_formula *formula;
    struct sources sources;
    size_t n;
    const uint32_t *row; /* [n] */
};

/* The levels of a factor, of those that some rows have. */
struct factor_levels {
    size_t n;
    const char *const *name; /* [n] */
    const int32_t *kept;     /* of a column: declared level -> level or -1 */
    const double *value;     /* [n] ascending, of a computed factor */
};

/* A variable of the right side, in a row of values as recipe_row() gives them. */
struct ingredient {
    size_t first, width; /* its values; a factor has one, its level */
    struct factor_levels levels;
    const double *state; /* of a basis */
};

/* A column is the product of its factors: values, or 1 where a value is a level and else 0. */
struct column_part {
    size_t at; /* in the row of values */
    bool factor;
    double level;
};

struct column_plan {
    size_t n;
    const struct column_part *part; /* [n]; none: the intercept */
};

struct design_recipe {
    struct ingredient *ingredient; /* [n_variables] */
    size_t width;                  /* of a row of values */
    size_t room;                   /* doubles that recipe_row() works in */
    size_t p;
    struct column_plan *plan; /* [p] */
    const char **name;        /* [p] */
    size_t *term;             /* [p] */
};

/* The levels that the rows have.  False with *problem where a value is not finite. */
bool factor_levels_of(const struct complete *rows, const struct variable *v,
                      struct factor_levels *levels, struct design_problem *problem,
                      struct arena *keep);

/* The level of a row, -1 if it is not among them. */
int32_t factor_level(const struct variable *v, const struct factor_levels *levels,
                     const struct sources *s, size_t row, double room[]);

/* Fills *problem and returns false. */
bool design_fail(struct design_problem *problem, enum fit_status status, size_t row, size_t at,
                 const char *mend, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
bool design_not_finite(const struct variable *v, double value, size_t row,
                       struct design_problem *problem, struct arena *keep);

/* Room for the tape of any variable. */
size_t recipe_room(const struct model_formula *f);

/* The recipe from rows->n > 0 rows. */
bool recipe_make(const struct complete *rows, struct design_recipe **recipe,
                 struct design_problem *problem, struct arena *keep);

/* The values of a complete row, [width]; a factor's is NaN where it has none of the levels. */
void recipe_row(const struct model_formula *f, const struct design_recipe *r,
                const struct sources *s, size_t row, double values[], double room[]);

/* Those of variable j alone. */
void recipe_value(const struct model_formula *f, const struct design_recipe *r,
                  const struct sources *s, size_t row, size_t j, double values[], double room[]);

/* The first variable with a value in the row that is not finite, *value; NULL: none.  With
   `factors` only they are looked at. */
const struct variable *recipe_odd(const struct model_formula *f, const struct design_recipe *r,
                                  const double values[], bool factors, double *value);

/* The sum of the offsets of a row. */
double recipe_offset(const struct model_formula *f, const struct sources *s, size_t row,
                     double room[]);

/* A factor of a column, a column, and a row of the design matrix, x [p], from a row of values. */
double recipe_part(const struct column_part *part, const double values[]);
double recipe_column(const struct column_plan *plan, const double values[]);
void recipe_columns(const struct design_recipe *r, const double values[], double x[]);

#endif
