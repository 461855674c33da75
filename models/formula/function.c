/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/formula/function.h"

#include <math.h>
#include <string.h>

#include "models/base/normal.h"

static double logistic_of(double x)
{
    double e = exp(-fabs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

static double logistic_density(double x)
{
    double e = exp(-fabs(x));
    return e / ((1 + e) * (1 + e));
}

static double power_by_base(double a, double b)
{
    return b == 0 ? 0 : b * pow(a, b - 1);
}

/* 0 ^ b is 0 for every b > 0. */
static double power_by_exponent(double a, double b)
{
    return a == 0 && b > 0 ? 0 : pow(a, b) * log(a);
}

/* NaN if either is, unlike fmin() and fmax(). */
static double smaller(double a, double b)
{
    return a <= b || isnan(a) ? a : b;
}

static double larger(double a, double b)
{
    return a >= b || isnan(a) ? a : b;
}

#define X(name, arguments, meaning, expression, by_a, by_b)                 \
    static double name##_value(double a, double b)                          \
    {                                                                       \
        (void)b;                                                            \
        return expression;                                                  \
    }                                                                       \
    static void name##_slope(double a, double b, double f, double slope[2]) \
    {                                                                       \
        (void)a, (void)b, (void)f;                                          \
        slope[0] = by_a;                                                    \
        slope[1] = by_b;                                                    \
    }                                                                       \
    const struct function function_##name = {#name, arguments, meaning, name##_value, name##_slope};
FUNCTION_LIST(X)
OPERATOR_LIST(X)
#undef X

const struct function *const functions[] = {
#define X(name, arguments, meaning, value, by_a, by_b) &function_##name,
    FUNCTION_LIST(X)
#undef X
};

const char *const function_names[] = {
#define X(name, arguments, meaning, value, by_a, by_b) #name,
    FUNCTION_LIST(X)
#undef X
};

const size_t n_functions = sizeof functions / sizeof *functions;

const struct function *function_find(const char *name)
{
    for (size_t i = 0; i < n_functions; i++)
        if (strcmp(functions[i]->name, name) == 0)
            return functions[i];
    return NULL;
}
