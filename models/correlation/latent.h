/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_LATENT_H
#define MODELS_CORRELATION_LATENT_H

#include "models/correlation/correlation.h"
#include "models/correlation/latent_table.h"
#include "models/correlation/polychoric_fit.h"
#include "models/correlation/polyserial_fit.h"

/* What the correlations of latent normal variables share.  Sampling weights are scaled to
   sum to n_eff: the estimate is that of the weighted likelihood, test and errors are those of
   n_eff observations. */

/* x and y have at most LATENT_MOST_LEVELS values each. */
bool latent_few_levels(const struct pairs *p);

/* The table behind p; `half` as latent_table_of(). */
struct latent_table latent_table_of_pairs(const struct pairs *p, bool half, struct arena *keep);

/* Which variable a polyserial correlation takes for ordinal: the one of fewer distinct
   values, y if they have equally many. */
bool latent_x_is_ordinal(const struct variable *x, const struct variable *y);

/* The data of a polyserial correlation, with that choice; sd with n.  False if either variable
   has one value. */
bool latent_serial_data(const struct variable *x, const struct variable *y, const double *w,
                        double total, struct polyserial_data *d, struct arena *keep);

/* The likelihood-ratio test of rho = 0 as a normal statistic, sign(rho) sqrt(2 (log_lik -
   log_lik_0)), into the result: defined at rho = +-1 too, where Wald's is not. */
void latent_test(double rho, double log_lik, double log_lik_0, struct correlation_result *result);

/* All that saydo-correlate tells of a latent correlation beside the coefficient: thresholds,
   likelihood, the test of bivariate normality. */
struct latent_details {
    enum fit_status status;
    size_t rows, cols, n_empty;        /* levels of x and of y; empty cells */
    bool corrected;                    /* 0.5 in an empty cell */
    bool serial, x_ordinal;            /* polyserial: which variable has the thresholds */
    const double *row_cut, *row_error; /* [rows + 1]; NULL if x has none */
    const double *col_cut, *col_error; /* [cols + 1]; NULL if y has none */
    double rho, log_lik;
    double chi_square, df, p_value; /* NaN for polyserial */
};

/* c->latent_details of the sample; status FIT_CONSTANT, FIT_DOMAIN or FIT_TOO_FEW without figures
   where there is no estimate. */
struct latent_details latent_details_of(const struct correlation *c, const struct sample *s,
                                        struct arena *keep);

struct latent_details latent_details_of_table(const struct latent_table *t,
                                              const struct polychoric_fit *fit);
struct latent_details latent_details_of_serial(const struct polyserial_data *d, bool x_ordinal,
                                               const struct polyserial_fit *fit);

#endif
