/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_VIF_H
#define MODELS_DIAGNOSTIC_VIF_H

#include "models/outcome/outcome.h"

/* By how much collinearity widens the confidence region of a term's coefficients: the generalised
   variance inflation factor (Fox & Monette 1992, J. Am. Statist. Assoc. 87, 178-183),
   det(R_tt) det(R_oo) / det(R), R the correlations of the coefficients without the constant, t
   those of the term and o the others.  Of one coefficient it is the VIF, 1/(1 - R-squared) of
   the regressor on the others in a least-squares line. */
struct vif {
    size_t df; /* coefficients of the term that are estimated; 0: none, the figures are NaN */
    double gvif;
    double per_coefficient; /* gvif^(1 / (2 df)), comparable among terms; its square is on the
                               scale of a VIF */
};

/* Of the terms of the first equation, vif [n_terms], as car::vif of lm, glm and polr: from the
   model's own covariance, whatever kind was asked for.  FIT_OK; FIT_UNIDENTIFIED where fewer than
   two terms are estimated; FIT_SINGULAR where collinearity is all but complete; the fit's own
   status where it has no estimates.  Coefficients that are not estimated are left out. */
enum fit_status vif_of(const struct outcome_fit *fit, size_t n_terms, struct vif vif[],
                       struct arena *scratch);

/* From any covariance v [p * p] of coefficients: those of term t are where term[j] = t, those
   elsewhere (>= n_terms) are left out. */
enum fit_status vif_from(const double *v, size_t p, const size_t term[], size_t n_terms,
                         struct vif vif[], struct arena *scratch);

#endif
