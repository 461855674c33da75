/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_NESTED_H
#define MODELS_DIAGNOSTIC_NESTED_H

#include "models/diagnostic/tested.h"

/* Do two fits have the same response and weights, row for row? */
bool nested_same_rows(const struct outcome_fit *a, const struct outcome_fit *b);

/* Can every mean of the smaller model be one of the larger: are its columns, and the difference
   of the offsets, within the span of the larger model's, in both equations?  To 1e-11 of a
   column.  The fits are of the same outcome, link and rows. */
bool nested_within(const struct outcome_fit *smaller, const struct outcome_fit *larger);

/* The larger against the smaller, of nested models; Wald's test is of what the larger model's
   columns add to the smaller's, whatever basis they are written in. */
void nested_test(const struct outcome_fit *smaller, const struct outcome_fit *larger,
                 const struct outcome_options *options, struct tested *result);

#endif
