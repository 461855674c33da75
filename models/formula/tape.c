/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/tape.h"

#include <math.h>
#include <string.h>

#include "models/formula/function.h"

size_t tape_room(const struct tape *t, size_t n_params)
{
    return t->depth * (1 + n_params);
}

/* The value an instruction pushes; its arguments, if any, start at `argument`. */
static double pushed(const struct instruction *in, const double *const variables[], size_t row,
                     const double b[], const double argument[])
{
    switch (in->push) {
    case PUSH_NUMBER:
        return in->of.number;
    case PUSH_PARAMETER:
        return b[in->of.index];
    case PUSH_VARIABLE:
        return variables[in->of.index][row];
    case PUSH_CALL:
        break;
    }
    bool two = in->of.function->n_arguments == 2;
    return in->of.function->value(argument[0], two ? argument[1] : 0);
}

static size_t taken(const struct instruction *in)
{
    return in->push == PUSH_CALL ? in->of.function->n_arguments : 0;
}

/* The chain rule.  g holds the gradients of the arguments, one after the other;
   that of the result takes the place of the first. */
static void chain(const struct function *f, const double argument[], double value, double g[],
                  size_t n_params)
{
    bool two = f->n_arguments == 2;
    double slope[2] = {0, 0};
    f->slope(argument[0], two ? argument[1] : 0, value, slope);
    for (size_t k = 0; k < n_params; k++) {
        double first = g[k] != 0 ? slope[0] * g[k] : 0;
        double second = two && g[n_params + k] != 0 ? slope[1] * g[n_params + k] : 0;
        g[k] = first + second;
    }
}

double tape_run(const struct tape *t, const double *const variables[], size_t row, const double b[],
                size_t n_params, double gradient[], double room[])
{
    double *value = room, *slopes = room + t->depth;
    size_t top = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct instruction *in = &t->at[i];
        top -= taken(in);
        double result = pushed(in, variables, row, b, value + top);
        double *g = slopes + top * n_params;
        if (gradient && in->push == PUSH_CALL && in->active)
            chain(in->of.function, value + top, result, g, n_params);
        else if (gradient)
            memset(g, 0, n_params * sizeof *g);
        if (gradient && in->push == PUSH_PARAMETER)
            g[in->of.index] = 1;
        value[top++] = result;
    }
    if (gradient)
        memcpy(gradient, slopes, n_params * sizeof *gradient);
    return value[0];
}

bool tape_defined(const struct tape *t, const double *const variables[], size_t row,
                  const double b[], double room[])
{
    size_t top = 0;
    for (size_t i = 0; i < t->n; i++) {
        top -= taken(&t->at[i]);
        room[top] = pushed(&t->at[i], variables, row, b, room + top);
        if (!t->at[i].active && !isfinite(room[top]))
            return false;
        top++;
    }
    return true;
}

bool tape_uses(const struct tape *t, size_t variable)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].push == PUSH_VARIABLE && t->at[i].of.index == variable)
            return true;
    return false;
}
