/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_PROFILE_H
#define MODELS_REGRESSION_PROFILE_H

#include "models/regression/regression.h"

/* Profile-t limits of the parameters (Bates & Watts 1988, Nonlinear Regression
   Analysis, sec. 6.1): those values of one parameter at which the deviance,
   minimised over the others within the options' bounds, is deviance + t^2 sigma^2;
   what R's confint() of an nls interpolates, solved to about ten digits.
   low and high [n_params].  NaN where the interval is open on that side, so that
   no value is far enough, where the profile falls below the fit's deviance or
   is lost, for a parameter at a bound, and unless fit converged by least squares under the
   classical covariance.  Where the mean is linear these are the limits of Student's t. */
void profile_limits(const struct regression *r, const struct curve_options *options,
                    const struct fit *fit, double conf_level, double low[], double high[],
                    struct arena *scratch);

#endif
