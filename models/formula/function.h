/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_FORMULA_FUNCTION_H
#define MODELS_FORMULA_FUNCTION_H

#include <stddef.h>

/* The functions of formulas, each with its value and its derivatives; a and b
   are the arguments and f is the value.

   X(name, arguments, meaning, value, derivative by a, derivative by b) */
#define FUNCTION_LIST(X)                                                                          \
    X(exp, 1, "e to the power x", exp(a), f, 0)                                                   \
    X(expm1, 1, "exp(x) - 1, exact for small x", expm1(a), exp(a), 0)                             \
    X(log, 1, "natural logarithm", log(a), 1 / a, 0)                                              \
    X(ln, 1, "natural logarithm", log(a), 1 / a, 0)                                               \
    X(log1p, 1, "log(1 + x), exact for small x", log1p(a), 1 / (1 + a), 0)                        \
    X(log2, 1, "logarithm to base 2", log2(a), 1 / (a * M_LN2), 0)                                \
    X(log10, 1, "logarithm to base 10", log10(a), 1 / (a * M_LN10), 0)                            \
    X(sqrt, 1, "square root", sqrt(a), 0.5 / f, 0)                                                \
    X(abs, 1, "absolute value", fabs(a), (a > 0) - (a < 0), 0)                                    \
    X(sin, 1, "sine, x in radians", sin(a), cos(a), 0)                                            \
    X(cos, 1, "cosine", cos(a), -sin(a), 0)                                                       \
    X(tan, 1, "tangent", tan(a), 1 + f * f, 0)                                                    \
    X(asin, 1, "inverse sine", asin(a), 1 / sqrt((1 - a) * (1 + a)), 0)                           \
    X(acos, 1, "inverse cosine", acos(a), -1 / sqrt((1 - a) * (1 + a)), 0)                        \
    X(atan, 1, "inverse tangent", atan(a), 1 / (1 + a * a), 0)                                    \
    X(sinh, 1, "hyperbolic sine", sinh(a), cosh(a), 0)                                            \
    X(cosh, 1, "hyperbolic cosine", cosh(a), sinh(a), 0)                                          \
    X(tanh, 1, "hyperbolic tangent", tanh(a), 1 / (cosh(a) * cosh(a)), 0)                         \
    X(asinh, 1, "inverse hyperbolic sine", asinh(a), 1 / hypot(1, a), 0)                          \
    X(acosh, 1, "inverse hyperbolic cosine", acosh(a), 1 / sqrt((a - 1) * (a + 1)), 0)            \
    X(atanh, 1, "inverse hyperbolic tangent", atanh(a), 1 / ((1 - a) * (1 + a)), 0)               \
    X(plogis, 1, "logistic, 1 / (1 + exp(-x))", logistic_of(a), logistic_density(a), 0)           \
    X(logistic, 1, "the same as plogis", logistic_of(a), logistic_density(a), 0)                  \
    X(qlogis, 1, "logit, log(x / (1 - x))", log(a) - log1p(-a), 1 / (a * (1 - a)), 0)             \
    X(logit, 1, "the same as qlogis", log(a) - log1p(-a), 1 / (a * (1 - a)), 0)                   \
    X(pnorm, 1, "standard normal distribution", normal_cdf(a), normal_density(a), 0)              \
    X(dnorm, 1, "standard normal density", normal_density(a), -a *f, 0)                           \
    X(pow, 2, "x to the power y, x ^ y", pow(a, b), power_by_base(a, b), power_by_exponent(a, b)) \
    X(pmin, 2, "the smaller of x and y", smaller(a, b), a <= b, !(a <= b))                        \
    X(pmax, 2, "the larger of x and y", larger(a, b), a >= b, !(a >= b))                          \
    X(min, 2, "the same as pmin", smaller(a, b), a <= b, !(a <= b))                               \
    X(max, 2, "the same as pmax", larger(a, b), a >= b, !(a >= b))                                \
    X(I, 1, "x itself", a, 1, 0)

/* The same for the operators. */
#define OPERATOR_LIST(X)                                                      \
    X(add, 2, "+", a + b, 1, 1)                                               \
    X(subtract, 2, "-", a - b, 1, -1)                                         \
    X(multiply, 2, "*", a *b, b, a)                                           \
    X(divide, 2, "/", a / b, 1 / b, -f / b)                                   \
    X(power, 2, "^", pow(a, b), power_by_base(a, b), power_by_exponent(a, b)) \
    X(negate, 1, "-", -a, -1, 0)

struct function {
    const char *name;
    size_t n_arguments; /* 1 or 2 */
    const char *meaning;
    double (*value)(double a, double b);
    void (*slope)(double a, double b, double f, double slope[2]);
};

#define X(name, arguments, meaning, value, by_a, by_b) extern const struct function function_##name;
FUNCTION_LIST(X)
OPERATOR_LIST(X)
#undef X

/* The functions that have a name in formulas. */
extern const struct function *const functions[];
extern const char *const function_names[]; /* for "did you mean" */
extern const size_t n_functions;

/* NULL if there is none of that name. */
const struct function *function_find(const char *name);

#endif
