/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_MOVER_H
#define MODELS_DESIGN_MOVER_H

#include "models/design/design.h"

/* What moves in a design when one thing of the data does: a column of the data, or the truth of a
   comparison such as I(x > 2), which has no derivative. */
struct design_mover {
    const struct model_formula *formula;
    const struct design *design;
    size_t column;            /* of model_formula.column; SIZE_MAX: the comparison */
    size_t comparison;        /* of model_formula.variable; SIZE_MAX: the column */
    const bool *reads;        /* [n_variables] of the formula: those that follow it */
    const bool *needed;       /* [n_variables] those in the columns that move */
    size_t n;                 /* columns of the design that move */
    const size_t *at;         /* [n] which, ascending */
    bool offset;              /* does the offset move? */
    const struct tape *slope; /* [n_variables] of the variables that read a number, to be
                                 differentiated by it */
};

/* What reads a column of the data?  Comparisons apart, which movers of their own follow; they are
   written together with the rest by design_move() all the same. */
struct design_reader {
    bool smoothly;      /* a number, a basis or an offset does */
    bool by_comparison; /* a comparison does */
    size_t factor;      /* model_formula.variable: a factor that has it for its levels; SIZE_MAX */
};

/* Nothing where the right side does not name the column. */
struct design_reader design_reader_of(const struct model_formula *f, const char *name);

/* Does some term multiply the two: have a variable that reads the one and another that reads the
   other? */
bool design_multiplies(const struct model_formula *f, const char *one, const char *other);

/* Moves a column of the data, or the comparison of this label; n = 0 and no offset where the
   formula does not have it. */
void design_mover_of_column(const struct model_formula *f, const struct design *design,
                            const char *name, struct design_mover *m, struct arena *keep);
void design_mover_of_comparison(const struct model_formula *f, const struct design *design,
                                const char *label, struct design_mover *m, struct arena *keep);

/* The comparisons that the design's columns use, [*n] labels. */
const char *const *design_comparisons(const struct model_formula *f, size_t *n, struct arena *keep);

/* The levels of a factor in the design, [*n], the reference first; codes, unless NULL, get the
   declared codes of a column of texts, values the numbers of a computed factor. */
const char *const *design_levels(const struct design *design, const struct model_formula *f,
                                 size_t factor, size_t *n, const int32_t **codes,
                                 const double **values, struct arena *keep);

/* The moving columns again for these data, which are the rows of x [data->n * p] with a column
   changed; of a comparison `truth` is its value.  offset [data->n] is not read where it does not
   move. */
void design_move(const struct design_mover *m, const struct model_data *data, bool truth, double *x,
                 double *offset, struct arena *scratch);

/* Are the moving columns, and the offset, straight lines in the column of the data: it stands there
   alone or scaled, and once in each product? */
bool design_mover_straight(const struct design_mover *m);

/* Derivatives of the moving columns by the column of the data, a number: slope [data->n * m->n],
   exact, and of the offset [data->n], 0 where it does not move.  Comparisons and factors have
   none and count as still. */
void design_slopes(const struct design_mover *m, const struct model_data *data, double *slope,
                   double *offset, struct arena *scratch);

#endif
