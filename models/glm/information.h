/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_INFORMATION_H
#define MODELS_GLM_INFORMATION_H

#include "models/glm/estimate.h"

/* The inverse of the information of the estimates in their coordinates, [k * k], before a
   dispersion: expected, X'WX; or observed, minus the second derivatives of the log-likelihood,
   with those of log(theta) if it is `joint`.  False where the observed one is not positive
   definite.  *log_theta, if joint and observed, becomes the variance of log(theta). */
bool glm_information_inverse(const struct estimate *e, bool joint, bool observed, double *inverse,
                             double *log_theta, struct arena *scratch);

/* outer R^-1 m R^-T of m [k * k] for a triangle [(k + 1)^2], into `out` [k * k]. */
void information_unwhiten(const double *triangle, size_t k, const double *m, double *out,
                          struct arena *scratch);

#endif
