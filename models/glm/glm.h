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
    double theta;            /* of negative_binomial, held; 0: estimated (glm_negative_binomial) */
    const double *weight;    /* [rows of the data] or NULL; see weight_kind */
    enum weight_kind
        weight_kind;           /* WEIGHT_FREQUENCY also carries the trials of shares (binomial) */
    bool observed_information; /* standard errors from the observed Hessian, not the expected */
    bool firth;                /* bias reduction (Firth 1993), binomial logit */
    size_t threads;            /* 0: all; no figure depends on it */
};

/* A fitted model.  Arrays are of the complete rows in the design's order.
   fit.status: converged; separation (binomial, and zeros of counts: estimates that do not exist are
   NaN, the rest is given); singular information (collinear columns have NaN, as R's NA, and
   `aliased`); too few observations; no variation; perfect fit; iteration limit. */
struct glm {
    struct fit fit; /* estimate, vcov (model-based), log_lik, deviance, df_residual, ... */
    const struct family *family;
    const struct link *link;
    const struct design *design;
    const double *w;  /* [n] prior weights of the rows, or NULL */
    double *eta, *mu; /* [n] linear predictor with offset; fitted mean */
    double *working;  /* [n] IRLS weights at the estimate */
    bool *aliased;    /* [p] */
    double *bread;    /* [p * p] (X'WX)^-1, zero in aliased rows */
    double null_deviance, null_log_lik;
    double pearson;                /* Pearson's chi-squared */
    double dispersion;             /* 1, or Pearson / df, as R's summary */
    double theta, theta_std_error; /* negative binomial, else NaN */
};

/* Iteratively reweighted least squares (Nelder & Wedderburn 1972, J. R. Statist. Soc. A 135,
   370-384) by QR in blocks of rows; steps are halved where the deviance rises. */
void glm_fit(const struct design *d, const struct glm_options *options, struct glm *glm,
             struct arena *keep);

#endif
