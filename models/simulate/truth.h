/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SIMULATE_TRUTH_H
#define MODELS_SIMULATE_TRUTH_H

#include "models/simulate/cell.h"

/* What holds in the population of those who answer, cell by cell: integrals, not
   estimates.  X(code, word) */
#define TRUE_SCALE_LIST(X)                \
    X(SCALE_INTENT, "intent")             \
    X(SCALE_SATISFACTION, "satisfaction") \
    X(SCALE_RECOMMEND, "recommend")       \
    X(SCALE_PROPENSITY, "propensity")

#define TRUE_OUTCOME_LIST(X)          \
    X(OUTCOME_RETAINED, "retained")   \
    X(OUTCOME_PURCHASES, "purchases") \
    X(OUTCOME_SPEND, "spend")

enum true_scale {
#define X(code, word) code,
    TRUE_SCALE_LIST(X)
#undef X
        N_TRUE_SCALES
};

enum true_outcome {
#define X(code, word) code,
    TRUE_OUTCOME_LIST(X)
#undef X
        N_TRUE_OUTCOMES
};

extern const char *const true_scale_words[N_TRUE_SCALES];
extern const char *const true_outcome_words[N_TRUE_OUTCOMES];

struct cell_truth {
    double response;               /* share of the invited that answer */
    double activity[N_ACTIVITIES]; /* levels, scaled to mean 1 among those who answer */
    /* at stated intent x = 1..7 (index x - 1) */
    double point_share[N_POINTS];
    double propensity[N_POINTS];                /* E(p | x) */
    double at_point[N_TRUE_OUTCOMES][N_POINTS]; /* E(outcome | x), EUR for spend */
    double scale_mean[N_TRUE_SCALES], scale_sd[N_TRUE_SCALES];
    double outcome_mean[N_TRUE_OUTCOMES], outcome_sd[N_TRUE_OUTCOMES];
    double correlation[N_TRUE_SCALES][N_TRUE_OUTCOMES]; /* Pearson */
};

/* Gauss-Jacobi quadrature over the propensity (40 nodes: exact for the
   polynomials here, and beyond 1e-12 for 1/q), sums over the rest. */
void cell_truth(const struct true_cell *cell, struct cell_truth *truth);

/* Probability to buy at all in a year, and mean spend of those who do, of a
   customer with stated intent x = 1..7 and propensity p. */
double true_retention(const struct true_cell *cell, const struct cell_truth *truth, int x,
                      double p);
double true_spend_if_retained(const struct true_cell *cell, const struct cell_truth *truth, int x,
                              double p);

#endif
