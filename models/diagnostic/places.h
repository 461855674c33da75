/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_PLACES_H
#define MODELS_DIAGNOSTIC_PLACES_H

#include "models/outcome/outcome.h"

/* Which column of which design a parameter is the coefficient of. */
struct place {
    size_t equation; /* 0: of the first design; 1: of the second; NO_EQUATION: thresholds, theta */
    size_t column;
};

#define NO_EQUATION SIZE_MAX

/* place [fit->fit.n_params]. */
void places_of_parameters(const struct outcome_fit *fit, struct place place[],
                          struct arena *scratch);

/* The design of the second equation: the one given, the first again where that is repeated, or
   NULL. */
const struct design *places_second(const struct outcome_fit *fit);

/* Coefficients that are estimated. */
size_t places_estimated(const struct outcome_fit *fit, struct arena *scratch);

#endif
