/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_REGRESSION_LEAST_SQUARES_H
#define MODELS_REGRESSION_LEAST_SQUARES_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/doubled.h"
#include "models/base/fit.h"

/* Minimise  fixed + sum w_i (y_i - mean_i(b))^2  over b. */
struct least_squares {
    size_t n, n_params;
    const double *y; /* [n] */
    const double *w; /* [n] positive; NULL: all one */
    double fixed;    /* deviance that no b can change */
    double df;       /* observations less parameters, > 0 */
    /* mean [n] and its derivatives, jacobian [n * n_params], row major.  A mean
       that is not finite says that b is not possible. */
    void (*mean)(const void *context, const double b[], double mean[]);
    void (*jacobian)(const void *context, const double b[], double jacobian[]);
    /* Of a mean that is linear in b,  offset [n] + jacobian b,  both to twice the digits;
       NULL: no offset and the jacobian as above. */
    void (*design)(const void *context, struct doubled offset[], struct doubled jacobian[]);
    const void *context;
};

/* fixed + sum w r^2 at b; INFINITY where b is not possible. */
double least_squares_deviance(const struct least_squares *p, const double b[],
                              struct arena *scratch);

/* From starting values b to the minimum nearby, with exact derivatives:
   Levenberg-Marquardt with More's scaling, with geodesic acceleration where that
   stalls, then Powell's dogleg (GSL's multifit_nlinear); then Gauss-Newton steps
   by QR until the relative offset of Bates & Watts (1981, Technometrics 23,
   179-183) no longer falls.  A search whose parameters leave for zero or infinity while
   the deviance hardly falls any more is given up.  FIT_CONVERGED if it is then below 1e-6 (or only
   rounding is left), else FIT_SINGULAR, FIT_MAX_ITER or FIT_NO_PROGRESS. */
enum fit_status least_squares_solve(const struct least_squares *p, double b[], size_t *n_iter,
                                    struct arena *scratch);

/* Its last part alone, for a start that is near. */
enum fit_status least_squares_polish(const struct least_squares *p, double b[], size_t *n_iter,
                                     struct arena *scratch);

/* The same for a mean that is linear in b, directly by QR of the columns, about
   their means where one is constant one, then refined on residuals in doubled
   precision until nothing changes.  Gives the deviance and (X'WX)^-1 as well; b with its
   deviance, or the inverse, may be NULL where it is not asked for.
   FIT_CONVERGED or FIT_SINGULAR. */
enum fit_status least_squares_linear(const struct least_squares *p, double b[], double *deviance,
                                     double inverse[], struct arena *scratch);

/* (J'WJ)^-1 at b [n_params * n_params], by QR of J with columns of unit length;
   false where that is singular to working precision. */
bool least_squares_inverse(const struct least_squares *p, const double b[], double inverse[],
                           struct arena *scratch);

/* bread * meat * bread into vcov, all [k * k], row major: a robust covariance
   (Huber 1967; White 1980). */
void sandwich_of(const double *bread, const double *meat, size_t k, double *vcov,
                 struct arena *scratch);

#endif
