/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_WALD_H
#define MODELS_MARGINS_WALD_H

#include <stddef.h>

#include "models/base/fit.h"

/* Wald's test (1943, Trans. Amer. Math. Soc. 54, 426-482) of linear hypotheses L b = q about the
   coefficients of any fit, as R's car::linearHypothesis and lmtest::waldtest:

       chi2 = (L b - q)' (L V L')^-1 (L b - q),   F = chi2 / df on df and df_2 degrees of freedom.

   status   FIT_OK; FIT_UNIDENTIFIED where a hypothesis is about a coefficient that is not
            estimated, or has no error; FIT_SINGULAR where the covariance says that two hypotheses
            are one and the estimates do not agree: more hypotheses than clusters allow, or none
            that varies.  Otherwise NaN.
   df       hypotheses that differ: one that follows from the others is not counted */
struct wald {
    enum fit_status status;
    double df, df_2; /* df_2: of the t tests of the fit, INFINITY: none */
    double chi2, chi2_p_value;
    double f, f_p_value; /* that of chi2 where df_2 is INFINITY */
};

/* hypothesis [n * p] row major, the rows of L; value [n] is q, NULL: all 0; estimate [p] and vcov
   [p * p] may have NaN where nothing is estimated. */
void wald_test(size_t p, const double *estimate, const double *vcov, double df_2, size_t n,
               const double *hypothesis, const double *value, struct wald *out);

/* Are the parameters at[0 .. n - 1] of a fit all 0?  Those that are not estimated (collinear
   columns) are left out. */
void wald_zero(const struct fit *fit, const size_t at[], size_t n, struct wald *out);

#endif
