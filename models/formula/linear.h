/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_FORMULA_LINEAR_H
#define MODELS_FORMULA_LINEAR_H

#include <stdbool.h>

#include "models/base/doubled.h"
#include "models/formula/formula.h"

/* Is the right side linear in its parameters as it is typed: sums of parameters,
   each times or over something without parameters?  Then its derivatives do not
   depend on them. */
bool formula_is_linear(const struct formula *f);

/* Such a right side is  offset + derivatives * b:  offset [n] and derivatives
   [n * n_params], row major, with sums, products, ratios and whole powers of the
   columns to twice the digits of a double, other functions to those of a double. */
void formula_design(const struct formula *f, const double *const variables[], size_t n,
                    struct doubled offset[], struct doubled derivatives[]);

#endif
