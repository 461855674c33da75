/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DESIGN_BASIS_H
#define MODELS_DESIGN_BASIS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* Bases: calls in a model formula that stand for several columns, or for one that depends on all
   rows, such as poly(age, 2).  To add one: write models/design/basis_NAME.c and add X(NAME). */
#define BASIS_LIST(X) \
    X(poly)           \
    X(ns)             \
    X(scale)

#define BASIS_MAX_ARGUMENTS 2

/* An argument after the first, a whole number, or TRUE and FALSE as 1 and 0. */
struct basis_argument {
    const char *name;
    double otherwise; /* its value where it is not given */
    double least, most;
    bool logical, named; /* is it always given with its name, as R does? */
};

struct basis {
    const char *name, *meaning, *source;
    const char *few; /* what is wrong where make() gives NULL */
    size_t n_arguments;
    const struct basis_argument *argument; /* [n_arguments] */

    size_t (*width)(const double argument[]); /* columns */

    /* What the basis takes from the data, x [n] finite, n > 0: knots, centres.  In `keep`; NULL
       where x has too few distinct values. */
    const double *(*make)(const double *x, size_t n, const double argument[], struct arena *keep);

    /* The columns' values at any x, and their derivatives by x: out [width]. */
    void (*values)(const double state[], const double argument[], double x, double out[]);
    void (*slopes)(const double state[], const double argument[], double x, double out[]);
};

#define X(word) extern const struct basis basis_##word;
BASIS_LIST(X)
#undef X

extern const struct basis *const bases[];
extern const size_t n_bases;

const struct basis *basis_find(const char *name); /* NULL if there is none */

#endif
