/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_CHUNK_H
#define MODELS_MARGINS_CHUNK_H

#include "models/base/sum.h"
#include "models/margins/equations.h"

/* A few rows of a fit with which queries are answered.  Everything in it is room that is used
   again for the next rows. */
struct chunk {
    const struct margins *m;
    size_t most;                 /* rows it has room for */
    size_t n;                    /* rows it has */
    size_t first;                /* row of the design */
    double *w;                   /* [n] weights */
    struct model_data data;      /* the columns that the formulas read, of these rows */
    struct model_column *column; /* [n_columns] data.column */
    double *value;               /* [n_columns * most] what it points to: as in the data */
    int32_t *code;               /* [n_columns * most] */
    struct regressors set;       /* under the settings of a group of queries */
    double *x[2], *offset[2];    /* room for them */
    struct regressors other;     /* with a variable changed, and room for them */
    double *other_x[2], *other_offset[2];
    double *fixed_value; /* [MARGIN_MAX_SETTINGS + 1][most] columns that are set */
    int32_t *fixed_code;
    bool sloped[2];                 /* are these known? */
    double *slope[2], *gradient[2]; /* of the means, by the linear predictors */
    double *by, *moved;             /* slopes of columns, of the offset */
    double *mean, *mean_gradient;   /* at a level */
    double *reference, *reference_gradient;
    const struct margin_variable *reference_of; /* whose first level they are of; NULL: nobody's */
    struct arena *scratch;
};

/* Rows that a chunk of this fit is to have. */
size_t chunk_rows(const struct margins *m);

void chunk_make(struct chunk *c, const struct margins *m, struct arena *keep);
void chunk_load(struct chunk *c, size_t first, size_t n);

/* Sets the rows for queries with these settings. */
void chunk_set(struct chunk *c, const struct margin_query *settings);

/* Adds to the weighted sums of a query under the settings: [n_means][1 + n_params] the answer and
   its gradient; of a linear predictor [1 + n_params]. */
void chunk_add(struct chunk *c, const struct margin_query *query, struct sum total[]);

#endif
