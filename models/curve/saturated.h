/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_SATURATED_H
#define MODELS_CURVE_SATURATED_H

#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"

/* The saturated model: a mean of its own for each distinct x.  No curve can
   follow the data more closely, so it is what curves are measured against.
   Same as R's lm(y ~ factor(x)). */
struct saturated {
    enum fit_status status;
    size_t n;                                       /* distinct x */
    const double *x, *count;                        /* [n] ascending; observations there */
    const double *estimate;                         /* [n] mean of y */
    const double *std_error, *conf_low, *conf_high; /* [n] */
    enum weight_kind weight_kind;
    double n_obs, deviance, df_residual, sigma, log_lik, r_squared;
};

/* Standard errors are sigma / sqrt(count), sigma pooled over the points, with
   the t quantile on n_obs - n; for sampling weights the sandwich's (HC0) at each point.
   Status: "ok"; "too few observations" where no x is repeated (no df_residual:
   means, no errors); "no variation" for constant x or y. */
void saturated_fit(const struct sample *s, double conf_level, struct saturated *out,
                   struct arena *keep);

struct test_result {
    double statistic, df1, df2, p_value; /* NaN when there is nothing to test */
};

/* F test for lack of fit of a curve fitted to the same sample: the deviance that
   the saturated model saves, per degree of freedom, over its sigma^2 (Draper &
   Smith 1998, sec. 2.1).  Exact for curves linear in their parameters,
   approximate for others; not available for sampling weights (all NaN). */
struct test_result lack_of_fit(const struct saturated *full, const struct fit *curve);

#endif
