/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_TWIN_TWIN_H
#define MODELS_TWIN_TWIN_H

#include "models/margins/wald.h"
#include "models/twin/contribution.h"

/* Twin equations: the same right-hand side for what customers say and for what they do, on the same
   rows, and the question whether it acts on both alike (Seiders, Voss, Grewal & Godfrey 2005,
   J. Marketing 69(4), 26-43).  With the same regressors the equations one by one are as efficient
   as together (Zellner 1962, J. Am. Statist. Assoc. 57, 348-368); joined they have a covariance
   between them, which every test of equality needs. */

/* How the rows are joined. */
struct twin_options {
    const struct glm_covariance *kind;   /* not model; the clusters' kinds take clusters */
    const struct glm_clusters *clusters; /* of the rows, or NULL */
    double conf_level;
};

/* Terms [k]; what does not exist is NaN. */
struct twin {
    enum fit_status status; /* FIT_CONVERGED, or why there are no tests: FIT_UNIDENTIFIED without
                               terms; figures of a side that has none are NaN and those of the
                               other are given */
    size_t k;
    const char *const *name;
    const double *said, *done;               /* [k] estimates of either side */
    double *said_std_error, *done_std_error; /* [k] */
    double *difference, *std_error, *statistic, *p_value, *conf_low,
        *conf_high;  /* [k] said - done */
    double *vcov;    /* [2k * 2k] said first; 0 in rows of what does not exist */
    double df;       /* of the statistics: the smallest of both sides, G - 1 under clusters */
    struct wald all; /* are all differences 0, of the terms that both sides have?  FIT_FEW_CLUSTERS:
                        clusters allow fewer; FIT_UNIDENTIFIED where nothing differs or varies */
};

/* Two sides of the same names and rows.  `data`: of either fit, for the weights.  `n_params` of the
   larger model, for factors of small samples (HC1, cluster).  Arrays from `keep`. */
void twin_compare(const struct contributions *said, const struct contributions *done,
                  const struct outcome_data *data, double n_params,
                  const struct twin_options *options, struct twin *twin, struct arena *keep);

/* Both equations Gaussian with identity link on the same design: the classical seemingly unrelated
   regressions with errors of even scatter, covariance S (x) (X'X)^-1, S the products of the
   residuals over n - p (R's systemfit), tests with df 2 (n - p).  Coefficients are divided by
   said_unit and done_unit, constants: 1, or standard deviations as when z-scores are regressed. */
void twin_zellner(const struct outcome_fit *said, const struct outcome_fit *done, double said_unit,
                  double done_unit, double conf_level, struct twin *twin, struct arena *keep);

#endif
