/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_BRANT_H
#define MODELS_DIAGNOSTIC_BRANT_H

#include "models/diagnostic/check.h"

/* Are the slopes of an ordered regression the same at every threshold?  A regression of "above the
   threshold" each, their slopes compared by Wald's statistic with the joint covariance of their
   estimates (Brant 1990, Biometrics 46, 1171-1178; under other links than logit the scores carry
   that link's weights).  As R's package brant; car 3.1's poTest agrees with one
   slope (of several it leaves blocks of the covariance untransposed).

   all       of every slope: (thresholds - 1) * slopes degrees of freedom
   term [n]  of each term's slopes

   Frequencies count rows; other weights than sampling weights are read as frequencies.  status:
   FIT_SEPARATION where a threshold's regression has no estimates, as with few answers at an end;
   FIT_SINGULAR, FIT_UNIDENTIFIED of one threshold or no slope. */
struct brant {
    struct check_result all;
    size_t n_terms;
    struct check_result *term; /* [n_terms] */
};

/* Of an ordered fit without a scale part (check_brant.applies). */
void brant_test(const struct outcome_fit *fit, size_t n_terms, struct brant *brant,
                struct arena *keep);

#endif
