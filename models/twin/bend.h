/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_TWIN_BEND_H
#define MODELS_TWIN_BEND_H

#include "models/outcome/outcome.h"
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

struct bends {
    size_t n_points;
    struct bend link;     /* of x'b, in the parameters of the (first) equation's link */
    struct bend response; /* of the mean; of ordered answers the mean of their scores */
    bool flips;           /* both have a verdict, and they differ */
    double *link_curve, *response_curve; /* [n_points] averages over the rows */
};

/* The curve: point j has the rows of the data with the scale set to x[j], others as they are
   (at[j], all with the same n), weighted by the fit's weights `w` [at->n] or NULL; or one typical
   row. x ascending.  score [fit->n_means] of ordered answers; NULL: 1, 2, ... */
struct bend_points {
    size_t n;
    const double *x;               /* [n] */
    const struct outcome_rows *at; /* [n] */
    const double *w;
    const double *score;
};

void bend_of(const struct outcome_fit *fit, const struct bend_points *points, double conf_level,
             struct bends *out, struct arena *keep);

/* The weights c [n] of the curve's points: their sum c_j f(x_j) is the bend.  False for fewer than
   three distinct points. */
bool bend_weights(const double *x, size_t n, double c[]);

#endif
