/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_BIVARIATE_NORMAL_H
#define MODELS_BASE_BIVARIATE_NORMAL_H

#include <stddef.h>

/* The standard normal distribution in two dimensions, where small probabilities must keep
   their digits: their logarithms are summed.  Limits may be infinite. */

/* Density at (x, y) of the correlation -1 < rho < 1. */
double bivariate_normal_density(double x, double y, double rho);

/* P(a < X <= b, c < Y <= d) for the correlation -1 <= rho <= 1, a <= b, c <= d, to
   about 13 digits of the value itself down to 1e-300 (finite limits to +-6 or so; beyond,
   to some 1e-15 absolute).

   Y = rho X + s V with s = sqrt(1 - rho^2) and V independent of X.  While |rho| is below
   0.7 the integral runs over X, of P(c < Y <= d | X) phi(X); above it runs over V, of
   P(a < X <= b, c < rho X + s V <= d | V) phi(V), in pieces between the four values of V at
   which a corner of the rectangle is met.  Either integrand is positive, smooth within
   its piece on the scale of 1, and logarithmically concave, so that Gauss's rule of 20
   points on pieces no longer than 2 leaves rounding only, whatever rho. */
double bivariate_normal_rectangle(double a, double b, double c, double d, double rho);

/* The same for all cells of a table at once: p[i * cols + j] is the probability between
   row_cut[i], row_cut[i + 1] and col_cut[j], col_cut[j + 1] (ascending, the first -inf and the
   last +inf).  While |rho| <= 0.9 a cell is the product of its margins plus the integral of
   the density at its corners over the correlation (Plackett 1954, Biometrika 41, 351-360;
   Drezner & Wesolowsky 1990, J. Stat. Comput. Simul. 35, 101-107), ten times as fast, unless
   these cancel to less than a thousandth: then, and above, it is the rectangle's.  Cells where
   needed[i * cols + j] is 0 are left 0 (needed NULL: all are). */
void bivariate_normal_table(const double *row_cut, size_t rows, const double *col_cut, size_t cols,
                            double rho, const double *needed, double *p);

#endif
