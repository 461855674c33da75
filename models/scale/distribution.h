/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCALE_DISTRIBUTION_H
#define MODELS_SCALE_DISTRIBUTION_H

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/scale/proportion.h"

/* One variable described.  Figures that do not exist are NaN.
   status: ok; too few observations (n < 2: no sd, no interval); no variation
   (sd = 0: the interval has no width, skewness does not exist). */
struct distribution {
    enum fit_status status;
    double n;      /* rows with positive weight, or the sum of the frequencies */
    double weight; /* sum of the weights; n without weights */
    double n_eff;  /* Kish's effective n for sampling weights, else n */
    double mean, std_error, df, conf_low, conf_high;
    double sd; /* with divisor n - 1 */
    double min, lower_quartile, median, upper_quartile, max;
    double skewness; /* adjusted Fisher-Pearson G1; needs n > 2 */
};

/* Describes s->x (s->y is not read).  Mean with Student's interval:
   std_error = sd / sqrt(n_eff), df = n_eff - 1 (Kish 1965, Survey Sampling, sec.
   11.7).  Quartiles are Hyndman & Fan's type 7 (1996, Am. Stat. 50, 361-365), with
   frequencies of the expanded data, with sampling weights of weights scaled to the
   sum n (as Hmisc's wtd.quantile).  G1: Joanes & Gill 1998, The Statistician 47,
   183-189; the figure of Excel, SAS and SPSS.  Values of 1e-200 or 1e300 are brought
   near 1 by a power of two first, so that their squares exist. */
struct distribution distribution(const struct sample *s, double conf_level, struct arena *scratch);

/* Quantile of type 7 of x, weighted as above; NaN when there is no observation. */
double quantile(const struct sample *s, double probability, struct arena *scratch);

/* The points low..high (in steps of one) of an answer scale.  Shares are of all
   observations.  On averaged items a box is everything at or beyond its point:
   top_2 is the share of x >= high - 1, so composites have boxes too.
   The share at the ends (floor and ceiling effect) is bottom_box and top_box.
   status: ok; too few observations (none); outside the domain (some value is not in
   low..high: n_outside says how many; they count in the shares' denominator). */
struct scale_points {
    enum fit_status status;
    size_t n_points; /* high - low + 1 */
    double *weight;  /* [n_points] rows or sum of weights exactly at the point */
    double *share;   /* [n_points] NaN without observations */
    double between;  /* share of values within low..high at no point */
    size_t n_outside;
    struct proportion top_box, top_2, bottom_box, bottom_2;
};

/* low < high, at most a million points; the arrays are taken from `keep`. */
struct scale_points scale_points(const struct sample *s, int low, int high, double conf_level,
                                 struct arena *keep);

#endif
