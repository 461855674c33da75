/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_REGRESSION_H
#define MODELS_META_REGRESSION_H

#include "models/meta/design.h"
#include "models/meta/pool.h"

/* Mixed-effects meta-regression: y = x'b + u + e, the meanings those of metafor's
   rma(mods = ) (Viechtbauer 2010, J. Stat. Softw. 36(3); Thompson & Higgins 2002,
   Stat. Med. 21, 1559-1573).  Figures that do not exist are NaN.
   status: ok or converged; too few observations (k <= p); singular information (a
   moderator that does not vary, or that follows from the others); outside the domain
   (as pool_effects); perfect fit (Knapp-Hartung, and nothing left over). */
struct meta_regression {
    const struct pool_method *method;
    enum fit_status status;
    size_t k, p;
    double *estimate, *std_error, *statistic; /* [p] */
    double *p_value, *conf_low, *conf_high;   /* [p] */
    double *vcov;                             /* [p * p] */
    double df;                    /* of the statistics: k - p under Knapp-Hartung, else NaN */
    double tau2, i2, h2;          /* what the moderators leave */
    double tau2_low, tau2_high;   /* Q-profile; NaN for FE */
    double r_squared;             /* share of tau2 that they explain, cut at 0; NaN where there
                                     is none without them.  FE: adjusted R2 of the weighted
                                     regression, as metafor */
    double qm, qm_df, qm_p_value; /* all moderators are 0: chi-square, or F under Knapp-Hartung */
    double qm_df_residual;        /* of F, else NaN */
    double qe, qe_df, qe_p_value; /* residual heterogeneity, weights 1/v */
};

/* `x` [p * k], column by column, the first all 1; p >= 1.  The arrays are taken from `keep`. */
void meta_regression_fit(const struct effects *e, const double *x, size_t p,
                         const struct pool_method *method, const struct pool_options *options,
                         struct meta_regression *m, struct arena *keep);

#endif
