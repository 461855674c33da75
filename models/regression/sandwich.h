/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_SANDWICH_H
#define MODELS_REGRESSION_SANDWICH_H

#include <stdbool.h>

#include "models/regression/covariance.h"
#include "models/regression/regression.h"

/* What each row of a regression adds to the estimating equations sum score g = 0. */
struct scores {
    const double *score;     /* [n_rows] w r, or w psi(r / scale) scale */
    const double *curvature; /* [n_rows] w psi'(r / scale); NULL: squares, w itself */
    const double *times;     /* [n_rows] copies that the row stands for; NULL: one */
};

/* bread * meat * bread into vcov [n_params * n_params] at b, of the parameters
   that are not fixed (NaN for the others); n_estimated is the p of the factors.  Computed in the
   coordinates in which J'WJ is the identity, about the means where a column is constant.
   FIT_CONVERGED; FIT_SINGULAR; FIT_FEW_CLUSTERS for fewer than two; FIT_LEVERAGE where
   a row has a parameter to itself and the kind divides by 1 - leverage: vcov is then
   as it was. */
enum fit_status sandwich_covariance(const struct regression *r, const struct covariance *kind,
                                    const struct scores *scores, const double b[],
                                    const bool fixed[], double n_estimated, double vcov[],
                                    struct arena *scratch);

#endif
