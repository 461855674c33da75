/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/formula.h"

static double *room_for(const struct tape *t, size_t n_params, struct arena **scratch)
{
    *scratch = arena_new();
    return ARENA_NEW(*scratch, double, tape_room(t, n_params));
}

void formula_response(const struct formula *f, const double *const variables[], size_t n,
                      double y[])
{
    struct arena *scratch;
    double *room = room_for(&f->left, 0, &scratch);
    for (size_t i = 0; i < n; i++)
        y[i] = tape_run(&f->left, variables, i, NULL, 0, NULL, room);
    arena_free(scratch);
}

void formula_mean(const struct formula *f, const double *const variables[], size_t n,
                  const double b[], double mean[], double jacobian[])
{
    struct arena *scratch;
    double *room = room_for(&f->right, f->n_params, &scratch);
    for (size_t i = 0; i < n; i++)
        mean[i] = tape_run(&f->right, variables, i, b, f->n_params,
                           jacobian ? jacobian + i * f->n_params : NULL, room);
    arena_free(scratch);
}
