/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_TOBIT_H
#define MODELS_LIMITED_TOBIT_H

#include "models/limited/working.h"

/* A normal response that is seen between limits only (Tobin 1958, Econometrica 26, 24-36):
   y = limit where the response would be beyond it. */
struct tobit_options {
    struct equation mean; /* of the response behind y; its intercept is a column */
    double left, right;   /* y <= left, y >= right are censored; -INFINITY, INFINITY: none */
};

/* fit.estimate  b of the mean, then log(sigma) ("Log(scale)"); errors from the observed
                 information, as survival::survreg and AER::tobit
   fit.status    FIT_CONVERGED; FIT_CONSTANT: all rows are censored; FIT_PERFECT: sigma is 0;
                 FIT_SEPARATION, FIT_SINGULAR, FIT_TOO_FEW as elsewhere
   fit.sigma     by maximum likelihood, n in its denominator where nothing is censored
   n_left ...    rows, or the sum of frequencies */
struct tobit_fit {
    struct fit fit;
    double left, right;
    double n_left, n_uncensored, n_right;
    double *at;              /* [n_params] where the search ended */
    struct likelihood model; /* in b and log(sigma) */
};

/* Newton's method in Olsen's (1978, Econometrica 46, 1211-1215) parameters b / sigma and 1 / sigma,
   in which the log-likelihood is concave, from the least-squares fit. */
void tobit_fit(const struct limited_rows *rows, const struct tobit_options *options,
               struct tobit_fit *fit, struct arena *keep);

/* Of each row: the mean of the response behind y (latent), and of y itself as it is seen, with
   limits in their place.  [n] each, or NULL. */
void tobit_means(const struct tobit_fit *fit, double latent[], double seen[]);

/* The mean of y as it is seen, of a response with that mean and sigma behind it.  Unless NULL,
   first [2] gets its derivatives by the mean and by log(sigma). */
double tobit_seen(const struct tobit_fit *fit, double mean, double sigma, double first[]);

/* Scores [n * fit.n_params], row major. */
void tobit_scores(const struct tobit_fit *fit, double scores[]);

#endif
