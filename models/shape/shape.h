/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_SHAPE_H
#define MODELS_SHAPE_SHAPE_H

#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"

/* Does one more point of a scale bring more the higher it is reached, or less?
   Four pieces of evidence and a verdict that is "linear" unless that is clearly
   beaten.  docs/methods/curve.md explains it for readers. */

/* X(code, word).  Returns are increasing where the slope rises along the scale
   (convex), whatever the direction of the relation. */
#define VERDICT_LIST(X)                         \
    X(VERDICT_LINEAR, "linear")                 \
    X(VERDICT_INCREASING, "increasing returns") \
    X(VERDICT_DECREASING, "decreasing returns") \
    X(VERDICT_S_SHAPED, "S-shaped")             \
    X(VERDICT_INVERSE_S, "inverse S-shaped")    \
    X(VERDICT_UNDETERMINED, "undetermined")

enum verdict {
#define X(code, word) code,
    VERDICT_LIST(X)
#undef X
        VERDICT_N
};

const char *verdict_word(enum verdict verdict);

struct limits {
    double estimate, low, high; /* NaN: not available; high NaN alone: no finite limit */
};

/* The evidence on one scale of the outcome. */
struct shape {
    const char *scale; /* "outcome", or "logit" of a 0/1 outcome */
    enum fit_status status;
    double n_obs;
    size_t n_points; /* scale points, or groups of a predictor with many values */

    /* (i) Exponent c of a + b ((x - min) / (max - min))^c, 1 for a line: least
       squares, profile interval. */
    struct limits exponent;

    /* (ii) Average second difference, per squared unit of x, of the cubic fitted to
       the points' means; bootstrap percentile interval.  The cubic's second
       derivative at the lowest and the highest x; normal intervals. */
    struct limits second_difference, bend_lower, bend_upper;

    /* (iii) Slopes of the lines through the points of the lower and of the upper
       third of the scale (two points at least), and the Wald test of their equality. */
    struct limits slope_lower, slope_upper;
    double slope_statistic, slope_p_value;

    /* The line between the two, from the last point of the lower to the first of
       the upper third (four points at least), against each: the middle of an S is
       steeper than both its ends, that of an inverse S flatter. */
    struct limits slope_middle;
    double middle_lower_statistic, middle_lower_p_value;
    double middle_upper_statistic, middle_upper_p_value;

    /* (iv) Saturated against linear: F, for the logit of 0/1 a likelihood ratio. */
    double departure, departure_df1, departure_df2, departure_p_value;

    enum verdict verdict;

    /* Share of the bootstrap replicates that give each verdict. */
    double share[VERDICT_N];
    size_t n_replicates;
};

struct shape_options {
    double conf_level;   /* of the intervals; the tests' level is 1 - conf_level */
    size_t n_replicates; /* 999; 0: no bootstrap, (ii) has a normal interval, no shares */
    uint64_t seed, task; /* of the random stream: rng_stream(seed, task) */
};

/* The shape on the outcome's scale and, for an outcome of zeros and ones, also on
   the logit scale, where a plain logit model is a line: curvature that is there on
   one scale only belongs to the link.  Gives the number of scales, 1 or 2.

   A predictor of more than 12 distinct values is first cut into groups of about
   a tenth of the observations, each at its mean.  Status: "ok"; "too few
   observations" with less than three points or not more observations than
   points; "no variation"; "perfect fit" where nothing varies within the points.

   Sampling weights: all variances are the sandwich's, (iv) is a Wald test. */
size_t shape_of(const struct sample *s, const struct shape_options *options, struct shape out[2],
                struct arena *keep);

#endif
