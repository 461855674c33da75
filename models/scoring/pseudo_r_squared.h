/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SCORING_PSEUDO_R_SQUARED_H
#define MODELS_SCORING_PSEUDO_R_SQUARED_H

#include <stdbool.h>
#include <stddef.h>

/* What stands in the place of R squared where the outcome is not a measure.  To add one: write it
   in pseudo_r_squared.c and add X(NAME). */
#define PSEUDO_R_SQUARED_LIST(X) \
    X(mcfadden)                  \
    X(mcfadden_adjusted)         \
    X(cox_snell)                 \
    X(nagelkerke)                \
    X(tjur)                      \
    X(efron)

/* A fit, in the figures that they are made of. */
struct scored_fit {
    double log_lik, null_log_lik; /* NaN: no likelihood */
    double n_obs;
    double n_parameters; /* as AIC counts them, the intercept included */
    size_t n;            /* rows; 0: no means are known */
    const double *y;     /* [n] */
    const double *mean;  /* [n] fitted means */
    const double *w;     /* [n] or NULL */
    bool binary;         /* y is 0 or 1 */
};

/* The value, NaN where it does not exist: no likelihood; of mcfadden, mcfadden_adjusted and
   nagelkerke a null log-likelihood of 0 or above (densities above 1: they are for counts and
   categories); of tjur an outcome that is not binary, or of one class; of efron an outcome without
   variation. */
struct pseudo_r_squared {
    const char *name, *title, *source;
    bool discrete; /* made for probabilities: of densities it depends on the unit of y */
    bool means;    /* made of fitted means, not of likelihoods */
    bool binary;   /* of 0/1 outcomes only */
    double (*value)(const struct scored_fit *fit);
};

#define X(word) extern const struct pseudo_r_squared pseudo_r_squared_##word;
PSEUDO_R_SQUARED_LIST(X)
#undef X

extern const struct pseudo_r_squared *const pseudo_r_squareds[];
extern const size_t n_pseudo_r_squareds;

#endif
