/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_FIT_H
#define MODELS_BASE_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* How an estimation ended.  X(code, word in result tables)
   "ok" is the word of figures that need no iteration (a correlation). */
#define FIT_STATUS_LIST(X)                  \
    X(FIT_OK, "ok")                         \
    X(FIT_CONVERGED, "converged")           \
    X(FIT_TOO_FEW, "too few observations")  \
    X(FIT_BELOW_MIN_N, "below min_n")       \
    X(FIT_CONSTANT, "no variation")         \
    X(FIT_PERFECT, "perfect fit")           \
    X(FIT_DOMAIN, "outside the domain")     \
    X(FIT_NO_START, "no starting values")   \
    X(FIT_MAX_ITER, "iteration limit")      \
    X(FIT_NO_PROGRESS, "no progress")       \
    X(FIT_SEPARATION, "separation")         \
    X(FIT_SINGULAR, "singular information") \
    X(FIT_UNIDENTIFIED, "not identified")   \
    X(FIT_IMPROPER, "improper solution")    \
    X(FIT_BOUNDARY, "at the boundary")      \
    X(FIT_BEYOND_ONE, "beyond 1")           \
    X(FIT_AT_BOUND, "at a bound")           \
    X(FIT_LEVERAGE, "leverage of one")      \
    X(FIT_FEW_CLUSTERS, "too few clusters") \
    X(FIT_NO_SCALE, "no scale")

enum fit_status {
#define X(code, word) code,
    FIT_STATUS_LIST(X)
#undef X
        FIT_N_STATUS
};

const char *fit_status_word(enum fit_status status);

/* A fitted model, whatever its kind.  Figures that are not available are NaN. */
struct fit {
    enum fit_status status;
    size_t n_params;
    size_t n_constants;      /* what follows them: chosen or given, no standard errors */
    size_t n_chosen;         /* of these, the first so many were chosen for their fit to y */
    const char *const *term; /* [n_params + n_constants] */
    double *estimate;        /* [n_params + n_constants] */
    double *vcov;            /* [n_params * n_params], row major */
    double n_obs;            /* observations: rows, or the sum of frequencies */
    double log_lik, deviance;
    double df_residual, sigma, r_squared;
    bool about_zero;              /* r_squared is of y about zero: the mean has no constant */
    double df_test;               /* of t tests and intervals; NaN: df_residual */
    double *conf_low, *conf_high; /* [n_params] limits found otherwise; NULL: Student's t */
    size_t n_iter;
};

/* Takes the arrays from `keep` and sets every figure to NaN. */
void fit_init(struct fit *fit, size_t n_params, const char *const *term, struct arena *keep);

/* Makes room for constants behind the parameters, NaN as yet; `term` goes on with their names. */
void fit_add_constants(struct fit *fit, size_t n_constants, size_t n_chosen, struct arena *keep);

/* What the data decided: the parameters and the constants chosen for their fit to y. */
size_t fit_n_estimated(const struct fit *fit);

/* Degrees of freedom of the t tests and intervals of its terms. */
double fit_df(const struct fit *fit);

/* Standard error of term j, from the covariance matrix; NaN if there is none. */
double fit_std_error(const struct fit *fit, size_t j);

#endif
