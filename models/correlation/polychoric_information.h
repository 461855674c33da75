/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_POLYCHORIC_INFORMATION_H
#define MODELS_CORRELATION_POLYCHORIC_INFORMATION_H

#include "models/correlation/latent_table.h"

/* The log-likelihood of a table at given thresholds and rho, with its slope and both
   kinds of information in the m = rows + cols - 1 parameters: the finite thresholds of the
   rows, those of the columns, rho last. */
struct polychoric_information {
    size_t m;
    double log_lik;
    double *slope;              /* [m] */
    double *observed;           /* [m * m] minus the second derivatives */
    double *expected, *inverse; /* [m * m] n sum P' P'T / P; room for an inverse */
    double *p;                  /* [rows * cols] the probabilities */
};

struct polychoric_information polychoric_information_new(const struct latent_table *t,
                                                         struct arena *keep);

/* row_cut[rows + 1] and col_cut[cols + 1] as in the table.  Without `expected`, which takes all
   cells, that is left 0. */
void polychoric_information_at(const struct latent_table *t, const double *row_cut,
                               const double *col_cut, double rho, bool expected,
                               struct polychoric_information *at);

/* The log-likelihood alone, and the probabilities p[rows * cols] of the cells with a count; -inf
 * where a cell with a count has no probability. */
double polychoric_log_lik(const struct latent_table *t, const double *row_cut,
                          const double *col_cut, double rho, double *p);

/* The inverse of a positive definite matrix [m * m]; false if it is none. */
bool latent_information_inverse(const double *matrix, size_t m, double *inverse);

#endif
