/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_ROWS_INSIDE_H
#define MODELS_GLM_ROWS_INSIDE_H

#include "models/glm/rows.h"

/* What rows.c and pass.c both need. */

static inline size_t rows_n_tasks(const struct rows_of *r)
{
    return (r->n + ROWS_TASK - 1) / ROWS_TASK;
}

static inline size_t rows_task_end(const struct rows_of *r, size_t task)
{
    size_t end = (task + 1) * ROWS_TASK;
    return end < r->n ? end : r->n;
}

static inline double rows_weight_at(const struct rows_of *r, size_t i)
{
    return r->w ? r->w[i] : 1;
}

static inline double rows_offset_at(const struct rows_of *r, size_t i)
{
    return r->offset ? r->offset[i] - r->offset_mean : 0;
}

static inline double rows_coordinate(const struct rows_of *r, const double *x, size_t j)
{
    return (x[r->column[j]] - r->centre[j]) * r->scale[j];
}

static inline void rows_mean_slope(const struct rows_of *r, double eta, double *mu, double *slope)
{
    if (r->link->mean_slope) {
        r->link->mean_slope(eta, mu, slope);
        return;
    }
    *mu = r->link->mean(eta);
    *slope = r->link->slope(eta);
}

/* The coordinates of rows at[0..n-1] as columns: that of row at[l] in column j is
   block[j * ROWS_BLOCK + l]. */
void rows_put_block(const struct rows_of *r, const size_t *at, size_t n, double *block);

#endif
