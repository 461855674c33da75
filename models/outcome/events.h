/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_EVENTS_H
#define MODELS_OUTCOME_EVENTS_H

#include "models/outcome/outcome.h"

/* How much a regression of something rare rests on.  Estimates of a logit drift away from 0 and
   their intervals are too short below about ten events per coefficient (Peduzzi, Concato, Kemper,
   Holford & Feinstein 1996, J. Clin. Epidemiol. 49, 1373-1379). */
struct outcome_events {
    double events;       /* the rarer of yes and no (binary; buyers of two parts), trials or
                            frequencies counted; rows above zero (counts); NaN: other families */
    double coefficients; /* estimated, without the intercept */
    double each;         /* events per coefficient; INFINITY without any */
};

#define EVENTS_ENOUGH 10 /* per coefficient */

struct outcome_events outcome_events(const struct outcome_fit *fit);

#endif
