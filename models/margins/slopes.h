/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_SLOPES_H
#define MODELS_MARGINS_SLOPES_H

#include "models/margins/margins.h"
#include "models/margins/tested.h"

/* How the effect of one variable depends on another, the moderator: simple slopes at some of its
   values (Aiken & West 1991, Multiple Regression; spotlight), and the values at which the slope
   differs from 0 (Johnson & Neyman 1936, Statist. Res. Mem. 1, 57-93; Bauer & Curran 2005,
   Multivar. Behav. Res. 40, 373-400; floodlight). */

#define SLOPE_MAX_POINTS 3

/* A value of the moderator. */
struct slope_point {
    const char *label; /* "mean - SD", "mean", "mean + SD"; "minimum", "maximum" where one SD is
                          beyond them; a level */
    struct margin_setting setting;
};

/* Points of a number, or the levels of another; [*n]. */
struct slope_point *slope_points(const struct margin_variable *moderator, size_t *n,
                                 struct arena *keep);

/* The effect of x (of its level against the first) with the moderator at a point: on the linear
   predictor of an equation, at the mean of an x in which that is not straight; or with
   `linear` false on the mean of the response, as an average over the rows. */
struct margin_query slope_query(const struct margin_variable *x, size_t level,
                                const struct slope_point *at, bool linear, size_t equation);

/* Where a linear predictor's slope of x is what, between the least and the greatest moderator. */
struct slope_region {
    double from, to;
    int direction; /* 1, -1: above, below 0 at the level of the test; 0: neither */
    double share;  /* of the rows' weights whose moderator is in it */
    double slope_from, slope_to;
};

struct johnson_neyman {
    enum fit_status status; /* FIT_OK; FIT_CONSTANT: the moderator does not vary; FIT_DOMAIN: the
                               slope is not a straight line in the moderator; else the fit's */
    double critical;        /* of t or z */
    size_t n;
    struct slope_region region[3]; /* [n] ascending; a bound belongs to both */
    double low, high, df;
    /* The slope at low + s (high - low) is at[0] + s by[0], its variance var[0] + 2 s var[1] +
       s^2 var[2]. */
    double at, by, var[3];
};

/* The moderator is a number.  With `fdr` the critical value is that of Benjamini & Hochberg's
   procedure over 1000 values of it between the ends (Esarey & Sumner 2018, Comp. Polit. Stud. 51,
   1144-1176), which holds the false discovery rate over all of them; where nothing is discovered
   it is that of Bonferroni's first step. */
void johnson_neyman(const struct margins *m, const struct margin_variable *x, size_t level,
                    const struct margin_variable *moderator, size_t equation, double conf_level,
                    bool fdr, struct johnson_neyman *out);

/* The slope at a value of the moderator with its pointwise interval. */
struct tested johnson_neyman_at(const struct johnson_neyman *jn, double moderator,
                                double conf_level);

#endif
