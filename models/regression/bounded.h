/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_BOUNDED_H
#define MODELS_REGRESSION_BOUNDED_H

#include <stdbool.h>

#include "models/regression/least_squares.h"

/* The same problem in those parameters alone that are not fixed; the fixed ones
   stay at b [n_params], which is copied. */
struct reduced {
    struct least_squares problem;
    size_t *free; /* [problem.n_params] the parameters that are left */
};

struct reduced *reduced_of(const struct least_squares *p, const bool fixed[], const double b[],
                           struct arena *keep);

/* Is every lower[j] <= b[j] <= upper[j]?  NULL bounds are open. */
bool within_bounds(const double b[], const double lower[], const double upper[], size_t n);

/* fixed[j]: b[j] is at a bound (or beyond).  True if any is. */
bool at_bounds(const double b[], const double lower[], const double upper[], size_t n,
               bool fixed[]);

/* As least_squares_solve(), with lower <= b <= upper (NULL: open; equal ends fix a
   parameter).  Where the unbounded search ends within the bounds, that is the
   answer.  Else projected Levenberg-Marquardt steps from the start, put inside
   the bounds, find which parameters rest at a bound (Kanzow, Yamashita & Fukushima
   2004, J. Comput. Appl. Math. 172, 375-397; the working set of Gill, Murray &
   Wright 1981, sec. 5.5), and the free ones are then solved for to the last digit,
   until no parameter wants to leave its bound (the conditions of Karush, Kuhn
   and Tucker). */
enum fit_status least_squares_bounded(const struct least_squares *p, const double lower[],
                                      const double upper[], double b[], size_t *n_iter,
                                      struct arena *scratch);

/* The same from a start that is near: Gauss-Newton steps alone where they converge within the
   bounds. */
enum fit_status least_squares_near(const struct least_squares *p, const double lower[],
                                   const double upper[], double b[], size_t *n_iter,
                                   struct arena *scratch);

#endif
