/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/suppressed.h"

#include <string.h>

/* The smallest number of rows that figures of a design rest on. */
struct least {
    double n;
};

static void take(struct least *least, size_t n)
{
    if (n > 0 && (double)n < least->n)
        least->n = (double)n;
}

/* A response that is not 0: what few of many bought follows from the figures of all. */
static bool contributes(const struct design *d, size_t i)
{
    return d->y && d->y[i] != 0;
}

static void take_levels(struct least *least, const struct design *d, const struct model_column *c,
                        struct arena *scratch)
{
    size_t *count = ARENA_NEW(scratch, size_t, 2 * c->n_levels), *did = count + c->n_levels;
    for (size_t i = 0; i < d->n; i++)
        if (c->code[d->row[i]] >= 0) {
            count[c->code[d->row[i]]]++;
            did[c->code[d->row[i]]] += contributes(d, i);
        }
    for (size_t k = 0; k < 2 * c->n_levels; k++)
        take(least, count[k]);
}

/* Numbers of two values are levels too. */
static void take_values(struct least *least, const double *value, const uint32_t *row, size_t n)
{
    size_t of_first = 0, of_other = 0, other = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = value[row ? row[i] : i];
        if (x == value[row ? row[0] : 0]) {
            of_first++;
        } else {
            other = of_other++ ? other : i;
            if (x != value[row ? row[other] : other])
                return;
        }
    }
    take(least, of_first);
    take(least, of_other);
}

static const struct model_column *column_named(const struct model_data *data, const char *name)
{
    for (size_t j = 0; j < data->n_columns; j++)
        if (strcmp(data->column[j].name, name) == 0)
            return &data->column[j];
    return NULL;
}

/* Of few rows more than coefficients the fitted values are nearly the rows themselves (Brandt et
   al. 2010: ten residual degrees of freedom). */
static void take_residuals(struct least *least, const struct design *d)
{
    size_t did = 0;
    for (size_t i = 0; i < d->n; i++)
        did += contributes(d, i);
    take(least, did);
    if (d->n)
        take(least, d->n > d->p ? d->n - d->p : 1);
}

/* Rows that a product of levels, or of a level and a number, is about. */
static void take_products(struct least *least, const struct design *d)
{
    for (size_t j = 0; j < d->p; j++) {
        size_t n = 0, did = 0;
        for (size_t i = 0; i < d->n && strchr(d->name[j], ':'); i++) {
            n += d->x[i * d->p + j] != 0;
            did += d->x[i * d->p + j] != 0 && contributes(d, i);
        }
        take(least, n);
        take(least, did);
    }
}

static double least_of(const struct regressions *r, const struct group *g, struct arena *scratch)
{
    struct design d;
    struct design_problem problem;
    size_t n;
    const char *const *name = model_formula_columns(r->formula, &n);
    struct least least = {(double)g->rows.n};
    if (!model_design(r->formula, &r->data, g->rows.at, g->rows.n, &d, &problem, scratch))
        return least.n;
    take(&least, d.n);
    for (size_t k = 0; k < n; k++) {
        const struct model_column *c = column_named(&r->data, name[k]);
        if (c && c->code)
            take_levels(&least, &d, c, scratch);
        else if (c && d.n)
            take_values(&least, c->value, d.row, d.n);
    }
    if (d.y && d.n)
        take_values(&least, d.y, NULL, d.n);
    take_products(&least, &d);
    take_residuals(&least, &d);
    return least.n;
}

void regressions_suppress(struct regressions *r, struct arena *keep)
{
    struct prepared *left = arena_copy(keep, r->prepared, 1, sizeof *left);
    double *least = ARENA_NEW(keep, double, left->groups.n);
    struct arena *scratch = arena_new();
    for (size_t g = 0; g < left->groups.n; g++) {
        least[g] = least_of(r, &left->groups.at[g], scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    prepared_suppress(left, least, keep);
    r->prepared = left;
}
