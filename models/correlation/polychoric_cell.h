/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_POLYCHORIC_CELL_H
#define MODELS_CORRELATION_POLYCHORIC_CELL_H

/* What the probability of a cell depends on, in this order everywhere. */
enum { ROW_LOW, ROW_HIGH, COL_LOW, COL_HIGH, RHO, N_SLOPES };

/* P(low_x < X <= high_x, low_y < Y <= high_y) of the standard bivariate normal, and its
   exact derivatives in the four limits and in rho; those in infinite limits are 0. */
struct polychoric_cell {
    double p;
    double first[N_SLOPES];
    double second[N_SLOPES][N_SLOPES];
};

/* row_cut[0..1] and col_cut[0..1] are the limits, p the probability between them
   (bivariate_normal_table); -1 < rho < 1. */
struct polychoric_cell polychoric_cell_at(const double *row_cut, const double *col_cut, double rho,
                                          double p);

/* The first and second derivative of the probability in rho. */
void polychoric_cell_in_rho(const double *row_cut, const double *col_cut, double rho, double *first,
                            double *second);

#endif
