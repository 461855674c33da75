/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/linear.h"

#include <math.h>
#include <string.h>

#include "models/formula/function.h"

#define LARGEST_POWER 1024

static size_t taken(const struct instruction *in)
{
    return in->push == PUSH_CALL ? in->of.function->n_arguments : 0;
}

/* Is the value linear in the parameters, given which arguments hold any? */
static bool keeps_linear(const struct instruction *in, const bool active[])
{
    const struct function *f = in->of.function;
    if (!in->active || in->push != PUSH_CALL)
        return true;
    if (f == &function_add || f == &function_subtract || f == &function_negate || f == &function_I)
        return true;
    if (f == &function_multiply)
        return !(active[0] && active[1]);
    return f == &function_divide && !active[1];
}

bool formula_is_linear(const struct formula *f)
{
    const struct tape *t = &f->right;
    struct arena *scratch = arena_new();
    bool *active = ARENA_NEW(scratch, bool, t->depth), linear = true;
    size_t top = 0;
    for (size_t i = 0; i < t->n && linear; i++) {
        top -= taken(&t->at[i]);
        linear = keeps_linear(&t->at[i], active + top);
        active[top++] = t->at[i].active;
    }
    arena_free(scratch);
    return linear;
}

/* ---- values and derivatives at parameters of zero ---- */

static bool whole_power(struct doubled x)
{
    return x.low == 0 && x.high == trunc(x.high) && fabs(x.high) <= LARGEST_POWER;
}

static struct doubled called(const struct function *f, const struct doubled a[])
{
    if (f == &function_add)
        return doubled_sum(a[0], a[1]);
    if (f == &function_subtract)
        return doubled_difference(a[0], a[1]);
    if (f == &function_negate)
        return doubled_difference(doubled_of(0), a[0]);
    if (f == &function_multiply)
        return doubled_product(a[0], a[1]);
    if (f == &function_divide)
        return doubled_ratio(a[0], a[1]);
    if (f == &function_I)
        return a[0];
    if ((f == &function_power || f == &function_pow) && whole_power(a[1]))
        return doubled_power(a[0], (int)a[1].high);
    return doubled_of(f->value(doubled_value(a[0]), f->n_arguments == 2 ? doubled_value(a[1]) : 0));
}

static struct doubled pushed(const struct instruction *in, const double *const variables[],
                             size_t row, const struct doubled argument[])
{
    switch (in->push) {
    case PUSH_NUMBER:
        return doubled_of(in->of.number);
    case PUSH_PARAMETER:
        return doubled_of(0);
    case PUSH_VARIABLE:
        return doubled_of(variables[in->of.index][row]);
    case PUSH_CALL:
        break;
    }
    return called(in->of.function, argument);
}

/* The derivative of a linear call by one parameter: of its arguments' a and b. */
static struct doubled derivative(const struct function *f, const struct doubled value[],
                                 struct doubled a, struct doubled b)
{
    if (f == &function_add)
        return doubled_sum(a, b);
    if (f == &function_subtract)
        return doubled_difference(a, b);
    if (f == &function_negate)
        return doubled_difference(doubled_of(0), a);
    if (f == &function_multiply)
        return doubled_sum(a.high != 0 ? doubled_product(a, value[1]) : doubled_of(0),
                           b.high != 0 ? doubled_product(value[0], b) : doubled_of(0));
    if (f == &function_divide)
        return a.high != 0 ? doubled_ratio(a, value[1]) : doubled_of(0);
    return a;
}

/* The stack: values, and for each its derivatives by the parameters. */
struct stack {
    size_t n_params;
    struct doubled *value, *slope;
};

static void step(const struct instruction *in, const double *const variables[], size_t row,
                 struct stack *s, size_t top)
{
    size_t p = s->n_params;
    struct doubled *value = s->value + top, *slope = s->slope + top * p;
    if (in->push == PUSH_CALL && in->active) {
        bool two = in->of.function->n_arguments == 2;
        for (size_t k = 0; k < p; k++)
            slope[k] =
                derivative(in->of.function, value, slope[k], two ? slope[p + k] : doubled_of(0));
    } else {
        memset(slope, 0, p * sizeof *slope);
    }
    if (in->push == PUSH_PARAMETER)
        slope[in->of.index] = doubled_of(1);
    *value = pushed(in, variables, row, value);
}

void formula_design(const struct formula *f, const double *const variables[], size_t n,
                    struct doubled offset[], struct doubled derivatives[])
{
    const struct tape *t = &f->right;
    size_t p = f->n_params;
    struct arena *scratch = arena_new();
    struct stack s = {p, ARENA_NEW(scratch, struct doubled, t->depth),
                      ARENA_NEW(scratch, struct doubled, t->depth * p)};
    for (size_t row = 0; row < n; row++) {
        size_t top = 0;
        for (size_t i = 0; i < t->n; i++) {
            top -= taken(&t->at[i]);
            step(&t->at[i], variables, row, &s, top++);
        }
        offset[row] = s.value[0];
        memcpy(derivatives + row * p, s.slope, p * sizeof *s.slope);
    }
    arena_free(scratch);
}
