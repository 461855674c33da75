/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_COVARIANCE_H
#define MODELS_REGRESSION_COVARIANCE_H

#include <stdbool.h>

/* Covariances of estimates:  bread * meat * bread  with bread (J'WJ)^-1, and the
   meat a sum over rows of squared scores w r g, or over clusters of the squared
   sums of their scores.  Rows of frequency f count f times; sampling weights
   stand within the scores, as in R's sandwich on a weighted lm.

   X(name, title) */
#define COVARIANCE_LIST(X)                                                        \
    X(classical, "sigma^2 (J'WJ)^-1: errors of equal variance, as R's nls")       \
    X(HC0, "heteroskedasticity-consistent (White 1980)")                          \
    X(HC1, "HC0 times n/(n - p) (MacKinnon & White 1985)")                        \
    X(HC2, "squared residuals over 1 - leverage (MacKinnon & White 1985)")        \
    X(HC3, "squared residuals over (1 - leverage)^2 (Davidson & MacKinnon 1993)") \
    X(cluster, "cluster-robust, times G/(G - 1) (n - 1)/(n - p) (Liang & Zeger 1986)")

struct covariance {
    const char *name, *title;
    double (*row)(double leverage); /* factor of a squared score; NULL: classical */
    double (*sample)(double n, double p, double n_clusters); /* factor of the whole */
    bool leverage;                                           /* does row() look at it? */
    bool clusters;
};

#define X(name, title) extern const struct covariance covariance_##name;
COVARIANCE_LIST(X)
#undef X

extern const struct covariance *const covariances[];
extern const unsigned n_covariances;

/* NULL if there is none of that name. */
const struct covariance *covariance_find(const char *name);

#endif
