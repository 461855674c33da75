/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/residual.h"

#include <math.h>

/* 1 - leverage below this is rounding. */
#define NO_REST 1e-10

static double response_of(const struct glm *glm, size_t i)
{
    return glm->design->y[i] - glm->mu[i];
}

/* A row whose mean is at its border, by separation, fits. */
static double pearson_of(const struct glm *glm, size_t i)
{
    double gap = response_of(glm, i), w = glm->w ? glm->w[i] : 1;
    return gap == 0 ? 0 : gap * sqrt(w / glm->family->variance(glm->mu[i], glm->theta));
}

static double deviance_of(const struct glm *glm, size_t i)
{
    double gap = response_of(glm, i), w = glm->w ? glm->w[i] : 1;
    if (gap == 0)
        return 0;
    double part = w * glm->family->unit_deviance(glm->design->y[i], glm->mu[i], glm->theta);
    return copysign(sqrt(fmax(part, 0)), gap);
}

static double working_of(const struct glm *glm, size_t i)
{
    double gap = response_of(glm, i);
    return gap == 0 ? 0 : gap / glm->link->slope(glm->eta[i]);
}

#define X(name, title) const struct glm_residual glm_residual_##name = {#name, title, name##_of};
GLM_RESIDUAL_LIST(X)
#undef X

const struct glm_residual *const glm_residuals[] = {
#define X(name, title) &glm_residual_##name,
    GLM_RESIDUAL_LIST(X)
#undef X
};
const size_t n_glm_residuals = sizeof glm_residuals / sizeof *glm_residuals;

void glm_residuals_of(const struct glm *glm, const struct glm_residual *kind, double *residual)
{
    for (size_t i = 0; i < glm->design->n; i++)
        residual[i] = kind->of(glm, i);
}

double glm_cook(const struct glm *glm, size_t i)
{
    double h = glm->leverage[i], rest = 1 - h;
    if (!(rest > NO_REST))
        return NAN;
    double scaled = pearson_of(glm, i) / rest;
    return scaled * scaled * h / (glm->dispersion * (double)glm->rank);
}

double glm_standardised(const struct glm *glm, const struct glm_residual *kind, size_t i)
{
    double rest = 1 - glm->leverage[i];
    return rest > NO_REST ? kind->of(glm, i) / sqrt(glm->dispersion * rest) : NAN;
}
