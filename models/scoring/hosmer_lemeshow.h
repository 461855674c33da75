/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_HOSMER_LEMESHOW_H
#define MODELS_SCORING_HOSMER_LEMESHOW_H

#include "models/scoring/groups.h"

/* Hosmer and Lemeshow's test of a binary model (1980, Commun. Statist. A 9, 1043-1069): the
   chi-squared of observed and expected numbers of events and of others in groups of neighbouring
   predictions.  Groups are prediction_quantile_groups(), which are those of
   ResourceSelection::hoslem.test; the degrees of freedom are those of the groups that there are,
   where ties leave fewer than asked for.

   df is the number of groups less 2 for predictions fitted to these rows (`fitted`), and their
   number for predictions made without them (Hosmer, Lemeshow & Sturdivant 2013, Applied Logistic
   Regression, sec. 5.2.2).  Sampling weights are scaled to their effective number: an
   approximation.

   status  ok; too few observations: df below 1; no variation: one class; outside the domain: p not
           in 0..1, or a group certain of what did not happen */
struct hosmer_lemeshow {
    enum fit_status status;
    size_t n_groups;
    double statistic, df, p_value;
    double smallest; /* expected number of events or of others: below 5 the test is rough */
};

struct hosmer_lemeshow hosmer_lemeshow(const struct predictions *s,
                                       const struct prediction_groups *groups, bool fitted);

#endif
