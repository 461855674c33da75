/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_BRIER_H
#define MODELS_SCORING_BRIER_H

#include "models/scoring/groups.h"

/* A mean of what each row loses, with a normal interval that takes the predictions as given; with
   clusters Student's, of clusters drawn together.
   Figures that do not exist are NaN.
   status  ok; too few observations (one row or cluster: no error); outside the domain: p not in
   0..1, y not 0 or 1; of the logarithmic score also an event that was given no chance */
struct mean_loss {
    enum fit_status status;
    double estimate, std_error, conf_low, conf_high;
};

/* Brier's score, the mean of (p - y)^2 (Brier 1950, Mon. Weather Rev. 78, 1-3); its error by
   Bradley, Schwartz & Hashino (2008, Weather Forecast. 23, 992-1006): of a mean of independent
   losses. */
struct mean_loss brier_score(const struct predictions *s, double conf_level);

/* The logarithmic score, minus the mean log chance that was given to what happened (Good 1952, J.
   R. Statist. Soc. B 14, 107-114), in nats. */
struct mean_loss log_score(const struct predictions *s, double conf_level);

/* Brier's score taken apart (Murphy 1973, J. Appl. Meteorol. 12, 595-600) over groups of
   predictions, with what varies within them (Stephenson, Coelho & Jolliffe 2008, Weather Forecast.
   23, 752-757):

     score = reliability - resolution + uncertainty + within_variance - within_covariance

   The last two are 0 where each group has one prediction.
   status  as brier_score(), and no variation: one class, so that uncertainty and resolution are 0
           and there is no skill */
struct brier_parts {
    enum fit_status status;
    size_t n_groups;
    double reliability;       /* mean square of a group's prediction less its rate: 0 is best */
    double resolution;        /* mean square of a group's rate less the overall rate */
    double uncertainty;       /* rate (1 - rate) */
    double within_variance;   /* variance of the predictions within groups */
    double within_covariance; /* twice their covariance with y within groups */
    double skill;             /* 1 - score / uncertainty: against the overall rate for everyone */
};

struct brier_parts brier_decomposition(const struct predictions *s,
                                       const struct prediction_groups *groups);

/* Spiegelhalter's test that the predictions are right (1986, Stat. Med. 5, 421-433): the difference
   of Brier's score and what it would be expected to be, over its standard error.
   Rows are taken as independent: clusters are not looked at.
   status  as brier_score(), and no variation: all predictions are 0, 1/2 or 1 */
struct spiegelhalter {
    enum fit_status status;
    double statistic, p_value; /* z, two-sided */
};

struct spiegelhalter spiegelhalter_test(const struct predictions *s);

#endif
