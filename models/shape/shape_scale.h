/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_SHAPE_SCALE_H
#define MODELS_SHAPE_SHAPE_SCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/curve/points.h"

/* What the verdict on a shape needs of one bootstrap replicate, or of the sample
   itself: the points' means. */
struct cells {
    size_t n;
    const double *x, *count;
    double *y, *w, *w2, *within, *w2rr; /* [n] as in struct points */
    double n_obs;
    bool binary, sampling;
};

struct cells cells_of(const struct points *p, bool binary, struct arena *keep);

/* The means on a scale, with what is known of their errors. */
struct on_scale {
    size_t n;
    const double *x;
    double *y;       /* [n] means, or empirical logits */
    double *weight;  /* [n] for fitting lines and cubics */
    double *v;       /* [n] variance of y */
    double variance; /* of an observation of weight 1, for the profile of the exponent */
    double df;       /* INFINITY: normal and chi-squared */
    double departure, departure_df1, departure_df2, departure_p_value;
};

/* Means weighted by their observations.  Variances are each point's own, with one
   pseudo-observation at the pooled variance; of 0/1, p(1 - p)/n with half a
   case added to either side.  The departure from a line is tested by the pooled F,
   also of 0/1 (Wald's test with each point's own variance refuses a true line in
   10 of 100 samples of 85, the F in 5); with sampling weights by Wald. */
void scale_outcome(const struct cells *c, struct on_scale *out, struct arena *keep);

/* Empirical logits with half a case added to either side (Haldane 1956; Gart &
   Zweifel 1967, Biometrika 54, 181-187), weighted by their inverse variance.  The
   departure is the deviance of the logit line. */
void scale_logit(const struct cells *c, struct on_scale *out, struct arena *keep);

#endif
