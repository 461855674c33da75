/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MULTIPLE_ADJUST_H
#define MODELS_MULTIPLE_ADJUST_H

#include <stddef.h>

#include "models/base/arena.h"

/* An adjustment of p-values for the number of tests, as data. */
struct adjustment {
    const char *name, *title, *source;

    /* Adjusts p[0..n-1], ascending and without NaN, in place. */
    void (*sorted)(double *p, size_t n);
};

/* To add one: write models/multiple/NAME.c and add X(NAME) here. */
#define ADJUSTMENT_LIST(X) X(holm) X(hochberg) X(bh) X(by) X(none)

#define X(name) extern const struct adjustment adjustment_##name;
ADJUSTMENT_LIST(X)
#undef X

extern const struct adjustment *const adjustments[];
extern const size_t n_adjustments;

const struct adjustment *adjustment_find(const char *name); /* NULL if there is none */

/* adjusted[i] for p[i], i = 0..n-1, as R's p.adjust().  A NaN stays NaN and is no
   member of the family. */
void adjust_p_values(const struct adjustment *a, const double p[], size_t n, double adjusted[],
                     struct arena *scratch);

#endif
