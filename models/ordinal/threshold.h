/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_ORDINAL_THRESHOLD_H
#define MODELS_ORDINAL_THRESHOLD_H

#include <stddef.h>

/* The distribution of what lies behind an ordered answer, F, as data: P(Y <= j) = F(threshold_j -
   x'b).  Everything in logarithms, so that small probabilities keep their digits.  To add one:
   write models/ordinal/threshold_NAME.c and add X(NAME).  The words are those of R's ordinal::clm;
   MASS::polr calls logit "logistic". */
#define THRESHOLD_LIST(X) \
    X(logit)              \
    X(probit)             \
    X(cloglog)            \
    X(loglog)             \
    X(cauchit)

struct threshold {
    const char *name, *title, *source;
    double (*log_below)(double x);         /* log F(x) */
    double (*log_above)(double x);         /* log(1 - F(x)) */
    double (*between)(double a, double b); /* F(b) - F(a), finite a < b, without a cancellation that
                                              F itself does not have; 0 where it is too small */
    double (*log_density)(double x);       /* log f(x) */
    double (*slope)(double x);             /* f'(x) / f(x) */
    double (*quantile)(double p);          /* F^-1(p), 0 < p < 1: for starting values */
};

#define X(word) extern const struct threshold threshold_##word;
THRESHOLD_LIST(X)
#undef X

extern const struct threshold *const thresholds[];
extern const size_t n_thresholds;

const struct threshold *threshold_find(const char *name); /* NULL if there is none */

/* log(F(b) - F(a)), a < b, either may be infinite; -INFINITY for a >= b.  Unless NULL, first [2]
   and second [3] get its derivatives by a and b, and by aa, ab, bb; those by an infinite limit
   are 0. */
double threshold_between(const struct threshold *t, double a, double b, double first[],
                         double second[]);

#endif
