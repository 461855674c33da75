/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/polychoric_cell.h"

#include <math.h>
#include <stddef.h>

#include "models/base/bivariate_normal.h"
#include "models/base/normal.h"

/* The bivariate distribution function at one corner, S(h, k): what its second
   derivatives are made of, all multiples of the density f = S_hk = S_rho (Plackett 1954,
   Biometrika 41, 351-360). */
struct corner {
    double f, f_h, f_k, f_rho;
};

static struct corner corner_at(double h, double k, double rho)
{
    struct corner c = {0};
    double s2 = (1 - rho) * (1 + rho);
    if (isinf(h) || isinf(k))
        return c;
    c.f = bivariate_normal_density(h, k, rho);
    c.f_h = -(h - rho * k) / s2 * c.f;
    c.f_k = -(k - rho * h) / s2 * c.f;
    c.f_rho = (rho + (h - rho * k) * (k - rho * h) / s2) / s2 * c.f;
    return c;
}

/* The derivative of the probability in its upper limit h: the density there of the
   strip between low and high. */
static double edge(double h, double low, double high, double rho)
{
    double s = sqrt((1 - rho) * (1 + rho));
    return isinf(h) ? 0
                    : normal_density(h) * normal_between((low - rho * h) / s, (high - rho * h) / s);
}

static void set(struct polychoric_cell *cell, size_t i, size_t j, double value)
{
    cell->second[i][j] = cell->second[j][i] = value;
}

void polychoric_cell_in_rho(const double *row_cut, const double *col_cut, double rho, double *first,
                            double *second)
{
    *first = *second = 0;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++) {
            struct corner c = corner_at(row_cut[i], col_cut[j], rho);
            *first += i == j ? c.f : -c.f;
            *second += i == j ? c.f_rho : -c.f_rho;
        }
}

/* The terms of one corner, whose sign in the probability is `sign`. */
static void add_corner(struct polychoric_cell *cell, size_t row, size_t col, double sign,
                       double rho, const struct corner *c)
{
    cell->second[row][row] -= sign * rho * c->f;
    cell->second[col][col] -= sign * rho * c->f;
    set(cell, row, col, sign * c->f);
    set(cell, row, RHO, cell->second[row][RHO] + sign * c->f_h);
    set(cell, col, RHO, cell->second[col][RHO] + sign * c->f_k);
    cell->first[RHO] += sign * c->f;
    cell->second[RHO][RHO] += sign * c->f_rho;
}

struct polychoric_cell polychoric_cell_at(const double *row_cut, const double *col_cut, double rho,
                                          double p)
{
    struct polychoric_cell cell = {.p = p};
    for (size_t i = 0; i < 2; i++) {
        double sign = i == 0 ? -1 : 1;
        size_t row = ROW_LOW + i, col = COL_LOW + i;
        cell.first[row] = sign * edge(row_cut[i], col_cut[0], col_cut[1], rho);
        cell.first[col] = sign * edge(col_cut[i], row_cut[0], row_cut[1], rho);
        cell.second[row][row] = isinf(row_cut[i]) ? 0 : -row_cut[i] * cell.first[row];
        cell.second[col][col] = isinf(col_cut[i]) ? 0 : -col_cut[i] * cell.first[col];
    }
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++) {
            struct corner c = corner_at(row_cut[i], col_cut[j], rho);
            add_corner(&cell, ROW_LOW + i, COL_LOW + j, i == j ? 1 : -1, rho, &c);
        }
    return cell;
}
