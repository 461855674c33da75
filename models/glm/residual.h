/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_RESIDUAL_H
#define MODELS_GLM_RESIDUAL_H

#include "models/glm/glm.h"

/* Residuals as R's residuals.glm (Davison & Snell 1991, in Statistical Theory and Modelling,
   83-106).  X(name, title) */
#define GLM_RESIDUAL_LIST(X)                                           \
    X(response, "response less fitted mean")                           \
    X(pearson, "response residual over the root of variance / weight") \
    X(deviance, "signed root of the row's part of the deviance")       \
    X(working, "response residual over the slope of the mean")

struct glm_residual {
    const char *name, *title;
    double (*of)(const struct glm *glm, size_t row);
};

#define X(name, title) extern const struct glm_residual glm_residual_##name;
GLM_RESIDUAL_LIST(X)
#undef X

extern const struct glm_residual *const glm_residuals[];
extern const size_t n_glm_residuals;

/* Into residual [n]; NaN where there is no fit. */
void glm_residuals_of(const struct glm *glm, const struct glm_residual *kind, double *residual);

/* Cook's distance of row i, (Pearson residual / (1 - leverage))^2 leverage / (dispersion rank),
   as R's cooks.distance.glm (Cook 1977, Technometrics 19, 15-18; Williams 1987, Appl. Statist. 36,
   181-191).  NaN where the leverage is one. */
double glm_cook(const struct glm *glm, size_t i);

/* The standardised residual of row i: divided by sqrt(dispersion (1 - leverage)), as R's
   rstandard.  NaN where the leverage is one. */
double glm_standardised(const struct glm *glm, const struct glm_residual *kind, size_t i);

#endif
