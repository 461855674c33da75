/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_FORMULA_TAPE_H
#define MODELS_FORMULA_TAPE_H

#include <stdbool.h>
#include <stddef.h>

/* An expression in postfix order, for a machine with a stack of values. */

struct function;

enum push { PUSH_NUMBER, PUSH_PARAMETER, PUSH_VARIABLE, PUSH_CALL };

struct instruction {
    enum push push;
    bool active; /* what it pushes depends on a parameter */
    union {
        double number;
        size_t index;                    /* of the parameter or variable */
        const struct function *function; /* takes its arguments from the stack */
    } of;
};

struct tape {
    size_t n;
    const struct instruction *at; /* [n] */
    size_t depth;                 /* of the stack */
};

/* Doubles that an evaluation works in: depth * (1 + n_params). */
size_t tape_room(const struct tape *t, size_t n_params);

/* The value of the expression on one row of variables[][], at b [n_params].
   Unless NULL, gradient [n_params] gets the derivatives by b, exact to rounding:
   forward-mode differentiation (Griewank & Walther 2008, Evaluating
   Derivatives, ch. 3).  A part whose derivative is zero adds zero even where
   the outer derivative is infinite: sqrt(b * x) at x = 0 does not depend on b. */
double tape_run(const struct tape *t, const double *const variables[], size_t row, const double b[],
                size_t n_params, double gradient[], double room[]);

/* Does the expression use a variable? */
bool tape_uses(const struct tape *t, size_t variable);

/* False if some part without parameters is not finite on this row. */
bool tape_defined(const struct tape *t, const double *const variables[], size_t row,
                  const double b[], double room[]);

#endif
