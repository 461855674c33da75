/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_LATENT_TABLE_H
#define MODELS_CORRELATION_LATENT_TABLE_H

#include <stdbool.h>

#include "models/correlation/pairs.h"

/* A latent correlation of more levels than this would be slow, and its thresholds
   would rest on a customer or two each. */
enum { LATENT_MOST_LEVELS = 30 };

/* The contingency table of x (rows) and y (columns) that the latent correlations work
   on, without empty rows and columns, and the thresholds that its margins give. */
struct latent_table {
    size_t rows, cols;
    const double *count; /* [rows * cols], row major */
    double n;            /* their sum */
    size_t n_empty;      /* cells of no count, before any correction */
    bool corrected;      /* 0.5 stands in an empty cell */

    /* Phi^-1 of the cumulative shares, -inf first and +inf last: level i lies between
       cut[i] and cut[i + 1]. */
    const double *row_cut; /* [rows + 1] */
    const double *col_cut; /* [cols + 1] */

    /* Is there a pair of observations that x and y order alike, or unlike?  Without one
       of the two kinds the likelihood has its supremum at rho = -1, or +1. */
    bool concordant, discordant;
};

/* Weights w (NULL: all one) are scaled to sum to `total`, unless that is 0.  `half`: an empty
   cell of a table of two rows and two columns counts 0.5, and so do its margins (as
   correct = .5 of R's psych::tetrachoric). */
struct latent_table latent_table_of(const struct variable *x, const struct variable *y,
                                    const double *w, double total, bool half, struct arena *keep);

/* Thresholds of counts by level, [n + 1] from -inf to +inf; each count is positive. */
double *latent_cuts(const double *count, size_t n, struct arena *keep);

#endif
