/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_FRACTIONAL_POLYNOMIAL_H
#define MODELS_CURVE_FRACTIONAL_POLYNOMIAL_H

#include <stdbool.h>

#include "models/base/sample.h"

/* What fractional polynomials of degree one and two share (Royston & Altman 1994,
   Applied Statistics 43, 429-467). */

/* x to a power, the logarithm for 0; NaN unless x > 0. */
double fractional_power(double x, double power);

/* What makes every x positive: 0 where they are, else the smallest distance
   between neighbours less the lowest x (Royston & Sauerbrei 2008, Multivariable
   Model-building; R's mfp rounds it up to a tenth).  x ascending, no ties, n > 1. */
double fractional_shift(const struct sample *s);

/* Which of -2, -1, -0.5, 0, 0.5, 1, 2, 3 leave the least squares, `degree` of
   them (1 or 2), the same one twice standing for x^p and x^p log x; the first of equals. */
bool fractional_powers(const struct sample *s, double shift, int degree, double power[]);

#endif
