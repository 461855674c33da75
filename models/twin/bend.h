/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_TWIN_BEND_H
#define MODELS_TWIN_BEND_H

#include "models/base/fit.h"
#include "models/shape/shape.h"

/* Does one more point of a scale bring more the higher it is reached, or less?  Asked of a fitted
   regression on both of its scales, because a link bends by itself: probabilities on a logit line
   are convex below one half and concave above it, and a bounded answer has a ceiling.  Only what
   holds on both scales belongs to the customers (models/shape asks the same of two columns; here
   the other regressors are held). */

/* On one scale.  The bend is the average second difference of the fitted curve over the points of
   the scale, per squared unit of x: twice the square's coefficient of the least-squares parabola
   through the curve's points, a mean of second differences that weighs the middle most; of three
   points it is their second difference.  The error is by the delta method from fit.vcov. */
struct bend {
    enum fit_status status; /* FIT_OK; that of the fit; FIT_TOO_FEW: fewer than three points;
                               FIT_CONSTANT: the model has no bend to estimate, a line on this
                               scale; FIT_UNIDENTIFIED: some of the curve has no estimate */
    double estimate, std_error, statistic, df, p_value, conf_low, conf_high;
    enum verdict verdict; /* increasing, decreasing where the p-value is below 1 - conf_level; else
                             linear; undetermined without a figure */
};

/* `fit` for the covariance; the curve [n] at the points x [n], ascending, and its derivatives by
   the parameters, gradient [n * fit->n_params]: margins_average() gives both, on either scale. */
void bend_of(const struct fit *fit, const double x[], const double curve[], const double gradient[],
             size_t n, double conf_level, struct bend *out);

/* Do two scales say different things, of which one is a bend? */
bool bends_differ(const struct bend *a, const struct bend *b);

/* The weights c [n] of the curve's points: their sum c_j f(x_j) is the bend.  False for fewer than
   three distinct points. */
bool bend_weights(const double *x, size_t n, double c[]);

#endif
