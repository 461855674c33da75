/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_OPTIONS_H
#define MODELS_REGRESSION_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

struct loss;
struct covariance;
struct points;

/* How a regression is fitted, whether its curve is of the list or typed.  All
   zero (or a NULL pointer to it) means plain least squares: no bounds, the
   covariance of R's nls, or the sandwich for sampling weights. */
struct curve_options {
    const double *lower, *upper; /* [n_params] -INFINITY and INFINITY: open; NULL: all open */
    const struct loss *loss;     /* NULL: squares */
    const struct covariance *covariance; /* NULL: by weights, as above */
    const uint32_t *cluster; /* [rows of the sample] 0 .. n_clusters - 1; NULL: rows independent */
    size_t n_clusters;
    const double *knots; /* [n_knots] ascending: not estimated, by curves that have knots */
    size_t n_knots;
    const struct points *points; /* the sample's, where they are at hand; NULL: made for each fit */
};

#endif
