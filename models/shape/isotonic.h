/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_ISOTONIC_H
#define MODELS_SHAPE_ISOTONIC_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"

/* Isotonic regression: the means, never falling along x (or never rising), that
   leave the least squares.  Neighbouring scale points that run the wrong way are
   drawn together to a block with their common mean, until none does: pool adjacent
   violators (Ayer et al. 1955, Ann. Math. Statist. 26, 641-647; Barlow et al. 1972,
   Statistical Inference under Order Restrictions, sec. 1.2).  R: isoreg(), and with
   weights the same by blocks. */
struct isotonic {
    enum fit_status status;
    bool rising;             /* the direction that leaves less; rising where both leave the same */
    size_t n_blocks;         /* the data choose how many: no standard errors, aic descriptive */
    const double *from, *to; /* [n_blocks] lowest and highest x of each, ascending */
    const double *estimate;  /* [n_blocks] mean of y */
    const double *count;     /* [n_blocks] observations */
    double n_obs, deviance, df_residual, sigma, log_lik, r_squared;
};

/* Status: "ok"; "too few observations" with less than two; "no variation" for
   constant x or y; "perfect fit" where nothing is left over (no likelihood).
   df_residual = n_obs - n_blocks; sigma is NaN where that is 0. */
void isotonic_fit(const struct sample *s, struct isotonic *out, struct arena *keep);

/* The mean of the first block that does not end below x; beyond the last, its. */
double isotonic_mean(const struct isotonic *fit, double x);

#endif
