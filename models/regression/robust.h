/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_ROBUST_H
#define MODELS_REGRESSION_ROBUST_H

#include "models/regression/regression.h"

/* From the least-squares estimate b to that of options->loss, within the bounds, by
   iteratively reweighted least squares; the scale is the weighted median of the
   absolute residuals over 0.6745, found anew in each round (Huber 1981, sec. 7.8; as
   MASS::rlm and robustbase::nlrob).  Rounds end when no fitted mean moves by
   1e-11 of the scale.  FIT_CONVERGED; FIT_NO_SCALE where half of the residuals are
   zero; FIT_MAX_ITER; or as the weighted fit ended. */
enum fit_status robust_estimate(const struct regression *r, const struct curve_options *options,
                                double b[], double *scale, size_t *n_iter, struct arena *scratch);

#endif
