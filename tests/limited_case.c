/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/limited_case.h"

#include <math.h>
#include <string.h>

static double cell(const struct reference *data, size_t row, const struct design_column *c)
{
    if (strcmp(c->column, "1") == 0)
        return 1;
    if (c->level && strcmp(c->level, "^2") != 0)
        return strcmp(reference_text(data, row, c->column), c->level) == 0;
    double x = reference_real(data, row, c->column);
    return c->level ? x * x : x;
}

struct equation equation_of(const struct reference *data, const struct design_column *columns,
                            struct arena *keep)
{
    size_t p = 0;
    while (columns[p].name)
        p++;
    double *x = ARENA_NEW(keep, double, data->n_rows *p);
    const char **name = ARENA_NEW(keep, const char *, p);
    for (size_t j = 0; j < p; j++) {
        name[j] = columns[j].name;
        for (size_t i = 0; i < data->n_rows; i++)
            x[i * p + j] = cell(data, i, &columns[j]);
    }
    return (struct equation){.x = x, .p = p, .name = name};
}

double *reordered(const double *x, size_t n, size_t p, const size_t *order, struct arena *keep)
{
    double *out = ARENA_NEW(keep, double, n *p);
    for (size_t i = 0; i < n; i++)
        memcpy(out + i * p, x + order[i] * p, p * sizeof *out);
    return out;
}

/* Derivatives of value (index SIZE_MAX) or gradient[index] by theta_j. */
static double central(const struct likelihood *l, const double theta[], size_t j, size_t index,
                      struct arena *keep)
{
    size_t k = l->n_params;
    double at[4], *moved = ARENA_NEW(keep, double, k), *g = ARENA_NEW(keep, double, k);
    double h = 1e-3 * fmax(0.1, fabs(theta[j]));
    const double step[4] = {-2, -1, 1, 2};
    for (int s = 0; s < 4; s++) {
        memcpy(moved, theta, k * sizeof *moved);
        moved[j] += step[s] * h;
        double value = likelihood_at(l, moved, index == SIZE_MAX ? NULL : g, NULL, keep);
        at[s] = index == SIZE_MAX ? value : g[index];
    }
    return (at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * h);
}

double gradient_error(const struct likelihood *l, const double theta[], struct arena *keep)
{
    double *g = ARENA_NEW(keep, double, l->n_params), worst = 0;
    likelihood_at(l, theta, g, NULL, keep);
    for (size_t j = 0; j < l->n_params; j++)
        worst = fmax(worst, fabs(g[j] - central(l, theta, j, SIZE_MAX, keep)) / (1 + fabs(g[j])));
    return worst;
}

double hessian_error(const struct likelihood *l, const double theta[], struct arena *keep)
{
    size_t k = l->n_params;
    double *g = ARENA_NEW(keep, double, k), *h = ARENA_NEW(keep, double, k *k), worst = 0;
    likelihood_at(l, theta, g, h, keep);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            worst = fmax(worst, fabs(h[i * k + j] - central(l, theta, j, i, keep)) /
                                    (1 + fabs(h[i * k + j]) + fabs(h[i * k + i])));
    return worst;
}

double score_size(const struct likelihood *l, const double theta[], const struct fit *fit,
                  struct arena *keep)
{
    size_t k = l->n_params;
    double *g = ARENA_NEW(keep, double, k), sum = 0;
    likelihood_at(l, theta, g, NULL, keep);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            sum += g[i] * g[j] * fit->vcov[i * k + j];
    return sqrt(fabs(sum));
}
