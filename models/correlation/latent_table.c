/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/latent_table.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* From the nearer end, so that a small share keeps its digits. */
double *latent_cuts(const double *count, size_t n, struct arena *keep)
{
    double *cut = ARENA_NEW(keep, double, n + 1), total = 0, below = 0;
    for (size_t i = 0; i < n; i++)
        total += count[i];
    cut[0] = -INFINITY;
    for (size_t i = 0; i + 1 < n; i++) {
        double above = 0;
        below += count[i];
        for (size_t k = n; k-- > i + 1;)
            above += count[k];
        cut[i + 1] = below < above ? gsl_cdf_ugaussian_Pinv(below / total)
                                   : gsl_cdf_ugaussian_Qinv(above / total);
    }
    cut[n] = INFINITY;
    return cut;
}

/* Number of the levels that have weight, in place of each level's own. */
static size_t present(const struct variable *v, const double *w, size_t *number,
                      struct arena *scratch)
{
    const double *weight = level_weights(v, w, scratch);
    size_t n = 0;
    for (size_t l = 0; l < v->n_levels; l++) {
        number[l] = n;
        n += weight[l] > 0;
    }
    return n;
}

static void fill_empty(struct latent_table *t, double *count)
{
    if (t->n_empty == 0 || t->rows != 2 || t->cols != 2)
        return;
    for (size_t i = 0; i < 4; i++)
        count[i] = count[i] > 0 ? count[i] : 0.5;
    t->n += 0.5 * (double)t->n_empty;
    t->corrected = true;
}

static void find_margins(struct latent_table *t, struct arena *keep)
{
    double *row = ARENA_NEW(keep, double, t->rows), *col = ARENA_NEW(keep, double, t->cols);
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->cols; j++) {
            row[i] += t->count[i * t->cols + j];
            col[j] += t->count[i * t->cols + j];
        }
    t->row_cut = latent_cuts(row, t->rows, keep);
    t->col_cut = latent_cuts(col, t->cols, keep);
}

/* Against the least and the largest column of the rows before. */
static void find_order(struct latent_table *t)
{
    size_t least = t->cols, largest = 0;
    for (size_t i = 0; i < t->rows; i++) {
        size_t first = t->cols, last = 0;
        for (size_t j = 0; j < t->cols; j++)
            if (t->count[i * t->cols + j] > 0) {
                first = first < j ? first : j;
                last = j;
            }
        t->concordant |= i > 0 && last > least;
        t->discordant |= i > 0 && first < largest;
        least = first < least ? first : least;
        largest = last > largest ? last : largest;
    }
}

struct latent_table latent_table_of(const struct variable *x, const struct variable *y,
                                    const double *w, double total, bool half, struct arena *keep)
{
    struct latent_table t = {0};
    size_t *row = ARENA_NEW(keep, size_t, x->n_levels), *col = ARENA_NEW(keep, size_t, y->n_levels);
    t.rows = present(x, w, row, keep);
    t.cols = present(y, w, col, keep);
    double *count = ARENA_NEW(keep, double, t.rows *t.cols), sum = 0;
    for (size_t i = 0; i < x->n; i++)
        if (!w || w[i] > 0) {
            count[row[x->level[i]] * t.cols + col[y->level[i]]] += w ? w[i] : 1;
            sum += w ? w[i] : 1;
        }
    double unit = total > 0 ? total / sum : 1;
    for (size_t i = 0; i < t.rows * t.cols; i++) {
        t.n_empty += !(count[i] > 0);
        count[i] *= unit;
    }
    t.n = sum * unit;
    t.count = count;
    if (half)
        fill_empty(&t, count);
    find_margins(&t, keep);
    find_order(&t);
    return t;
}
