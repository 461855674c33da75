/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/polychoric_information.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "models/base/bivariate_normal.h"
#include "models/correlation/polychoric_cell.h"

struct polychoric_information polychoric_information_new(const struct latent_table *t,
                                                         struct arena *keep)
{
    size_t m = t->rows + t->cols - 1;
    return (struct polychoric_information){
        .m = m,
        .log_lik = NAN,
        .slope = ARENA_NEW(keep, double, m),
        .observed = ARENA_NEW(keep, double, m *m),
        .expected = ARENA_NEW(keep, double, m *m),
        .inverse = ARENA_NEW(keep, double, m *m),
        .p = ARENA_NEW(keep, double, t->rows * t->cols),
    };
}

/* Where the limits of cell i, j and rho stand among the parameters; infinite limits
   stand nowhere, and their slopes are 0: any place does. */
static void places(const struct latent_table *t, size_t i, size_t j, size_t place[N_SLOPES])
{
    size_t m = t->rows + t->cols - 1;
    place[ROW_LOW] = i > 0 ? i - 1 : m - 1;
    place[ROW_HIGH] = i + 1 < t->rows ? i : m - 1;
    place[COL_LOW] = j > 0 ? t->rows - 1 + j - 1 : m - 1;
    place[COL_HIGH] = j + 1 < t->cols ? t->rows - 1 + j : m - 1;
    place[RHO] = m - 1;
}

static void add_cell(struct polychoric_information *at, const struct polychoric_cell *cell,
                     const size_t *place, double count, double n)
{
    for (size_t a = 0; a < N_SLOPES; a++) {
        double slope_a = cell->first[a] / cell->p;
        at->slope[place[a]] += count * slope_a;
        for (size_t b = 0; b < N_SLOPES; b++) {
            double slope_b = cell->first[b] / cell->p;
            at->observed[place[a] * at->m + place[b]] +=
                count > 0 ? count * (slope_a * slope_b - cell->second[a][b] / cell->p) : 0;
            at->expected[place[a] * at->m + place[b]] += n * cell->first[a] * slope_b;
        }
    }
}

void polychoric_information_at(const struct latent_table *t, const double *row_cut,
                               const double *col_cut, double rho, bool expected,
                               struct polychoric_information *at)
{
    size_t place[N_SLOPES];
    at->log_lik = polychoric_log_lik(t, row_cut, col_cut, rho, at->p);
    if (expected)
        bivariate_normal_table(row_cut, t->rows, col_cut, t->cols, rho, NULL, at->p);
    memset(at->slope, 0, at->m * sizeof *at->slope);
    memset(at->observed, 0, at->m * at->m * sizeof *at->observed);
    memset(at->expected, 0, at->m * at->m * sizeof *at->expected);
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->cols; j++) {
            double p = at->p[i * t->cols + j];
            if (!(p > 0))
                continue;
            struct polychoric_cell cell = polychoric_cell_at(&row_cut[i], &col_cut[j], rho, p);
            places(t, i, j, place);
            add_cell(at, &cell, place, t->count[i * t->cols + j], expected ? t->n : 0);
        }
}

double polychoric_log_lik(const struct latent_table *t, const double *row_cut,
                          const double *col_cut, double rho, double *p)
{
    double sum = 0;
    bivariate_normal_table(row_cut, t->rows, col_cut, t->cols, rho, t->count, p);
    for (size_t i = 0; i < t->rows * t->cols; i++)
        sum += t->count[i] > 0 ? t->count[i] * log(p[i]) : 0;
    return sum;
}

bool latent_information_inverse(const double *matrix, size_t m, double *inverse)
{
    memcpy(inverse, matrix, m * m * sizeof *inverse);
    gsl_matrix_view view = gsl_matrix_view_array(inverse, m, m);
    return gsl_linalg_cholesky_decomp1(&view.matrix) == GSL_SUCCESS &&
           gsl_linalg_cholesky_invert(&view.matrix) == GSL_SUCCESS && isfinite(inverse[m * m - 1]);
}
