/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_IMPORTANCE_COLUMNS_H
#define MODELS_IMPORTANCE_COLUMNS_H

#include "models/importance/importance.h"

/* The columns of the tree's triangle brought to unit length: u [k * k] upper triangular, u'u their
   correlations where there is a constant, forced terms taken out; z [k] of the response. */
void unit_columns(const struct importance_data *d, double *u, double *z);

/* Sums over the columns of each term. */
void sum_columns(const struct importance_data *d, const double *column, double *estimate);

#endif
