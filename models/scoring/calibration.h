/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_CALIBRATION_H
#define MODELS_SCORING_CALIBRATION_H

#include "models/scale/proportion.h"
#include "models/scoring/groups.h"

/* Are predicted probabilities the rates that are then seen?  Cox (1958, Biometrika 45, 562-565),
   with the words of Steyerberg (2019, Clinical Prediction Models, ch. 15):

     logit P(y = 1) = intercept + slope logit p

   An intercept of 0 and a slope of 1 are right; a slope below 1 says that predictions are too
   extreme.  Of a logit model on its own rows they are 0 and 1 whatever the model: they say
   something of predictions for other rows only.

   Errors are those of a logit model; with sampling weights HC0, with clusters cluster-robust (NaN
   of fewer than two). status  ok; as glm_fit() of the two coefficients (no variation, separation
   ...); no variation: one prediction for all, so that there is no slope; outside the domain: p not
   strictly between 0 and 1 */
struct calibration {
    enum fit_status status;
    enum fit_status large_status;        /* of in_large: it may stand where the slope does not */
    double in_large, in_large_std_error; /* the intercept where the slope is 1 */
    double intercept, intercept_std_error;
    double slope, slope_std_error;
    double statistic, df, p_value; /* likelihood ratio of intercept 0 and slope 1, df 2 (Miller, Hui
                                      & Tierney 1991, Stat. Med. 10, 1213-1226); NaN with sampling
                                      weights and with clusters */
    double observed, predicted;    /* overall rate, mean p */
};

void calibration_fit(const struct predictions *s, struct calibration *c, struct arena *scratch);

/* The observed rate of a group with Wilson's interval, on the effective number with sampling
   weights. */
struct proportion calibration_rate(const struct prediction_group *group, double conf_level);

/* The expected calibration error: the mean distance of a group's prediction and its rate (Naeini,
   Cooper & Hauskrecht 2015, Proc. AAAI 29, 2901-2907). */
double calibration_error(const struct prediction_groups *groups);

#endif
