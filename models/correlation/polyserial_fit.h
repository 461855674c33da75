/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_POLYSERIAL_FIT_H
#define MODELS_CORRELATION_POLYSERIAL_FIT_H

#include "models/base/fit.h"
#include "models/correlation/latent_table.h"

/* A normal variable that is seen, and one of which only the intervals between
   thresholds are: Olsson, Drasgow & Dorans (1982), Psychometrika 47, 337-347. */
struct polyserial_data {
    size_t n, levels;
    const double *z;     /* [n] the continuous variable, less its mean, by its sd; ascending */
    const size_t *level; /* [n] of the ordinal one, 0-based, none empty */
    const double *w;     /* [n] positive, summing to size */
    double size;
    const double *cut;           /* [levels + 1] thresholds of the margin, -inf .. +inf */
    bool concordant, discordant; /* see latent_table.h */
};

/* Which sd scales the continuous variable: with n (its maximum likelihood estimate), or with
   n - 1 (R's polycor). */
enum polyserial_scale { POLYSERIAL_N, POLYSERIAL_N_1 };

/* Weights w (NULL: all one) are scaled to sum to `total`, unless that is 0; rows of weight 0
   are left out.  False if either variable has one value only. */
bool polyserial_data_of(const struct variable *continuous, const struct variable *ordinal,
                        const double *w, double total, enum polyserial_scale scale,
                        struct polyserial_data *d, struct arena *keep);

/* status     FIT_CONVERGED; FIT_BOUNDARY: the likelihood of the ordinal variable given the
              other has its supremum at rho = -1 or +1, which rho is, without errors;
              FIT_MAX_ITER, FIT_NO_PROGRESS, FIT_SINGULAR
   std_error  of rho, the mean, the sd and the thresholds being estimated too
   std_error_given  as polycor has it: mean and sd (two steps: and thresholds) known
   log_lik    of the ordinal variable given the continuous one; log_lik_0 of rho = 0 */
struct polyserial_fit {
    enum fit_status status;
    double rho, std_error, std_error_given;
    const double *cut, *cut_error; /* [levels + 1]; NaN errors at the infinite ends */
    double log_lik, log_lik_0;
    size_t n_iter;
};

/* Thresholds from the margin, then rho by conditional maximum likelihood (their eq. 26
   ff.).  Errors as polychoric_two_step(): with J the expected information and V the covariance
   of mean, sd and thresholds, 1 / J_rr + J_rt V J_tr / J_rr^2. */
struct polyserial_fit polyserial_two_step(const struct polyserial_data *d, bool errors,
                                          struct arena *keep);

/* All parameters together.  The likelihood is that of the normal variable times that of an
   ordered probit regression on it, of parameters of its own: so mean and sd are the sample's
   (sd with n), and rho = b / sqrt(1 + b^2) of the slope b.  Observed information. */
struct polyserial_fit polyserial_joint(const struct polyserial_data *d, bool errors,
                                       struct arena *keep);

/* Pearson's r of z with the numbers of the levels, times their sd over the sum of the normal
   density at the thresholds (their eq. 20).  May exceed 1. */
double polyserial_adhoc(const struct polyserial_data *d);

#endif
