/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_GLM_H
#define MODELS_GLM_GLM_H

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/design/design.h"
#include "models/glm/family.h"

/* What a fit of a generalised linear model needs beside the design. */
struct glm_options {
    const struct family *family;
    const struct link *link; /* NULL: the family's */
    double theta;            /* of negative_binomial, held; 0: estimated */
    const double *weight;    /* [rows of the data], finite, >= 0, or NULL: all one */
    /* WEIGHT_NONE: R's `weights`, precisions of gaussian and gamma, trials of shares; n is the
       number of rows.  WEIGHT_FREQUENCY: the row stands for so many equal ones; n is their sum.
       WEIGHT_SAMPLING: estimates as WEIGHT_NONE; fit.vcov is HC0 (glm_covariance). */
    enum weight_kind weight_kind;
    bool observed_information; /* standard errors from the observed Hessian, not the expected; of
                                  negative_binomial jointly with log(theta) */
    bool firth;                /* bias reduction (Firth 1993), binomial logit */
    size_t threads;            /* 0: all; no figure depends on it */
};

struct rows_of; /* rows.h */

/* A fitted model.  Arrays are of the complete rows in the design's order.
   fit.status:
     FIT_CONVERGED   estimates, and a covariance unless df_residual is 0 and it needs a dispersion
     FIT_PERFECT     as that, but the fit leaves nothing over
     FIT_CONSTANT    0/1 of one kind, counts of zeros only: nothing is estimated; a Gaussian of
                     one value has its estimates
     FIT_SEPARATION  some estimates do not exist: NaN, with the rest and the supremum of the
                     likelihood given; see separated
     FIT_BOUNDARY    negative binomial no wider than Poisson: theta is infinite, estimates Poisson's
     FIT_TOO_FEW     no rows of positive weight
     FIT_DOMAIN      a response or a weight outside its domain (glm_first_outside names it)
     FIT_NO_START    no estimates within the link's domain found, FIT_MAX_ITER, FIT_NO_PROGRESS
   fit.df_test is infinite (z tests) where the dispersion is known, else df_residual, as R. */
struct glm {
    struct fit fit; /* estimate, vcov (model-based), log_lik, deviance, df_residual, ... */
    const struct family *family;
    const struct link *link;
    const struct design *design;
    enum weight_kind weight_kind;
    const double *w;  /* [n] weights of the rows, or NULL */
    double *eta, *mu; /* [n] linear predictor with offset; fitted mean */
    double *working;  /* [n] IRLS weights at the estimate */
    double *leverage; /* [n] hat values of the rows at the estimate */
    bool *aliased;    /* [p] collinear with columns before it: estimate NaN, as R's NA */
    size_t rank;      /* columns not aliased */
    double *bread;    /* [p * p] (X'WX)^-1, zero in aliased rows */
    double null_deviance, null_log_lik;
    double pearson;                /* Pearson's chi-squared */
    double dispersion;             /* 1, or Pearson / df, as R's summary */
    double theta, theta_std_error; /* negative binomial, else NaN; the error at fixed means, or
                                      joint with the coefficients by observed_information */
    bool theta_estimated;
    double penalty;     /* firth: log det(X'WX) / 2, which the penalised likelihood adds; else 0 */
    bool *separated;    /* [n] rows whose fitted mean is at its border; NULL: none */
    size_t n_separated; /* how many; all rows of positive weight: complete separation */
    const struct rows_of *rows; /* the coordinates of the fit, NULL where there is none */
    const double *beta;         /* and the estimates in them */
    const double *triangle;     /* and the triangle of its last step */
};

/* Iteratively reweighted least squares (Nelder & Wedderburn 1972, J. R. Statist. Soc. A 135,
   370-384) by QR in blocks of rows; steps are halved where the deviance rises. */
void glm_fit(const struct design *d, const struct glm_options *options, struct glm *glm,
             struct arena *keep);

/* The first row of the design whose response is outside the family's domain, or whose weight is
   negative or not finite; d->n if there is none. */
size_t glm_first_outside(const struct design *d, const struct glm_options *options);

/* Estimated parameters as R's logLik counts them: with a dispersion and theta. */
double glm_n_parameters(const struct glm *glm);

double glm_aic(const struct glm *glm); /* NaN without a likelihood */
double glm_bic(const struct glm *glm); /* with log n_obs */

#endif
