/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_POLYCHORIC_FIT_H
#define MODELS_CORRELATION_POLYCHORIC_FIT_H

#include "models/base/fit.h"
#include "models/correlation/latent_table.h"

/* The correlation of two normal variables of which only the intervals between
   thresholds are seen: Olsson (1979), Psychometrika 44, 443-460.

   status        FIT_CONVERGED; FIT_BOUNDARY: no two observations are ordered alike by x and
                 y, or none unlike.  The supremum of the likelihood is then that of the
                 table itself, at rho = -1 or +1: rho and log_lik are its, errors are NaN.
                 FIT_MAX_ITER, FIT_SINGULAR.
   rho           the estimate
   std_error     of rho, the thresholds being estimated too
   std_error_given_cuts  as if they were known: what R's polycor prints of two steps
   row_cut, col_cut      thresholds, -inf first and +inf last
   row_error, col_error  their standard errors, NaN at the infinite ends
   log_lik       sum of count log(probability); log_lik_0 the same of independence
   chi_square    likelihood-ratio statistic 2 (sum count log(count / n) - log_lik) of the table
                 against the model, df = rows cols - rows - cols: are the variables
                 behind the table bivariate normal?  p_value is NaN for df = 0. */
struct polychoric_fit {
    enum fit_status status;
    double rho, std_error, std_error_given_cuts;
    const double *row_cut, *col_cut;     /* [rows + 1], [cols + 1] */
    const double *row_error, *col_error; /* likewise */
    double log_lik, log_lik_0;
    double chi_square, df, p_value;
    size_t n_iter;
};

/* Thresholds from the margins, then rho by maximum likelihood.  Without `errors` the
   standard errors are left NaN.  The error of rho is that of two steps (Olsson 1979, eq.
   22 ff.): with J the expected information and V the covariance of the marginal
   thresholds, 1 / J_rr + J_rt V J_tr / J_rr^2, at the estimates.  (The covariance of the
   score of rho with any statistic of the margins is zero, since their mean does not
   depend on rho.)  The table has at least two rows and columns. */
struct polychoric_fit polychoric_two_step(const struct latent_table *t, bool errors,
                                          struct arena *keep);

/* Thresholds and rho together by maximum likelihood, from the two-step estimate, by
   Newton's method with exact derivatives; standard errors from the observed
   information, as R's polycor. */
struct polychoric_fit polychoric_joint(const struct latent_table *t, bool errors,
                                       struct arena *keep);

/* The estimate alone. */
double polychoric_two_step_rho(const struct latent_table *t, struct arena *scratch);

/* ---- for the files of this family ---- */

/* The two-step estimate without errors; of a table without pairs of both kinds the
   limit, which fits it exactly and which the joint estimate shares. */
struct polychoric_fit polychoric_start(const struct latent_table *t, struct arena *keep);

/* chi_square, df and p_value, from log_lik. */
void polychoric_judge(const struct latent_table *t, struct polychoric_fit *fit);

#endif
