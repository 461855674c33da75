/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_CONCORDANCE_H
#define MODELS_CORRELATION_CONCORDANCE_H

#include "models/correlation/correlation.h"

/* The weights of the pairs of rows by how x and y order them: what Kendall's taus,
   Goodman and Kruskal's gamma and Somers' d are made of.  A pair weighs w_i w_j,
   so that frequencies give the pairs of the expanded rows. */
struct concordance {
    double n; /* sum of the weights */
    double concordant, discordant;
    double untied_x, untied_y; /* pairs of different x, of different y */
};

/* In O(n log n); w = NULL: all one. */
struct concordance concordance_of(const struct variable *x, const struct variable *y,
                                  const double *w, struct arena *scratch);

/* What a coefficient's asymptotic variance is made of: for each row the weight of
   those it is concordant and discordant with, A_i and D_i of Brown & Benedetti (1977,
   J. Am. Statist. Assoc. 72, 309-315), and of those it is tied with (itself among
   them).  Sampling weights are scaled to sum to n_eff, so that the variance is that of
   as many observations. */
struct concordance_rows {
    size_t n_rows;
    double n;                              /* sum of w */
    const double *w;                       /* [n_rows] */
    const double *concordant;              /* [n_rows] A_i */
    const double *discordant;              /* [n_rows] D_i */
    const double *tied_x, *tied_y;         /* [n_rows] */
    double twice_concordant;               /* P = sum w_i A_i */
    double twice_discordant;               /* Q = sum w_i D_i */
    double twice_untied_x, twice_untied_y; /* n^2 - sum of squared level weights */
};

struct concordance_rows concordance_rows_of(const struct pairs *p, struct arena *keep);

/* The delta method: sqrt(sum w_i (g_i - mean)^2) of g[0..n_rows-1], the change of the
   coefficient by one more observation like row i, up to a constant. */
double concordance_std_error(const struct concordance_rows *r, const double *g);

/* The same of Somers' d among the pairs that differ on one of the variables: r->tied_x and
   r->twice_untied_x, or those of y (Goodman & Kruskal 1972, J. Am. Statist. Assoc. 67,
   415-421). */
double concordance_somers_error(const struct concordance_rows *r, const double *tied,
                                double twice_untied, struct arena *scratch);

/* Kendall's test of S = concordant - discordant, which serves every coefficient with
   this numerator (Kendall & Gibbons 1990, Rank Correlation Methods, ch. 4): exact for
   fewer than 50 rows without ties and weights, statistic T = the number of concordant
   pairs; else normal, statistic z; both as R's cor.test has them.

   Exact: false where there are ties, weights or more than 500 rows.
   Normal: variance corrected for ties, no continuity correction.  Under sampling weights
   the ties are those of the rows, and the variance grows as rows / n_eff. */
void concordance_test(const struct pairs *p, double estimate, struct correlation_result *result,
                      struct arena *scratch);
bool concordance_exact_test(const struct pairs *p, double estimate,
                            struct correlation_result *result, struct arena *scratch);
void concordance_normal_test(const struct pairs *p, double estimate,
                             struct correlation_result *result, struct arena *scratch);

#endif
