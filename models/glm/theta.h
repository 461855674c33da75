/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_THETA_H
#define MODELS_GLM_THETA_H

#include "models/glm/rows.h"

/* The shape of a negative binomial of variance mu + mu^2 / theta at given means. */
struct theta {
    enum { THETA_FOUND, THETA_INFINITE, THETA_NOT_FOUND } kind;
    double value, std_error; /* of the observed information at fixed means, as MASS's theta.ml */
};

/* Maximum likelihood by Newton's method in log(theta), from `start`, or 0: from moments. */
struct theta theta_fit(const struct rows_of *r, const double *beta, double start,
                       struct arena *scratch);

/* Is the likelihood at Poisson's limit falling towards theta < infinity?  Its derivative by
   1 / theta there is sum w ((y - mu)^2 - y) / 2 (Dean & Lawless 1989, J. Amer. Statist. Assoc. 84,
   467-472).  beta: the Poisson estimates. */
bool theta_is_infinite(const struct rows_of *r, const double *beta, struct arena *scratch);

/* The observed information of (beta, log theta) [(k + 1)^2] (Lawless 1987) in the coordinates of
   a triangle. */
void theta_joint_information(const struct rows_of *r, const double *beta, const double *triangle,
                             double *information, struct arena *scratch);

#endif
