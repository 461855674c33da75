/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_START_H
#define MODELS_CURVE_START_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/sample.h"

/* Starting values by separation (Golub & Pereyra 1973, SIAM J. Numer. Anal.
   10, 413-432): for given nonlinear parameters theta the remaining ones follow
   by linear least squares, so that a grid over theta finds the right valley. */

#define AXIS_MAX 48
#define THETA_MAX 3

/* The values of one nonlinear parameter that are tried. */
struct axis {
    size_t n;
    double value[AXIS_MAX];
};

/* Appends n values from low to high in equal ratios, 0 < low < high. */
void axis_one_sided(struct axis *a, double low, double high, size_t n);

/* The same n values with both signs. */
void axis_two_sided(struct axis *a, double low, double high, size_t n);

/* Appends n equidistant values over the range of x widened by `wider` ranges on each side. */
void axis_around_range(struct axis *a, const struct sample *s, double wider, size_t n);

/* Smallest and largest x; n > 0. */
void start_range(const struct sample *s, double *low, double *high);

/* y = linear[0] * basis, or linear[0] + linear[1] * basis with an intercept. */
struct start_form {
    double (*basis)(double x, const double theta[]);
    size_t n_theta; /* 1 to 3 */
    bool intercept;
};

/* The point of the grid with the smallest residual sum of squares; false if no
   point gives finite values. */
bool start_search(const struct sample *s, const struct start_form *form, const struct axis axis[],
                  double linear[], double theta[]);

#endif
