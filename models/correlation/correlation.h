/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CORRELATION_CORRELATION_H
#define MODELS_CORRELATION_CORRELATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/frame.h"
#include "models/base/sample.h"
#include "models/correlation/pairs.h"

/* One coefficient, its test and its interval.  Figures that do not exist are NaN.

   status      FIT_OK: all figures exist.
               FIT_TOO_FEW: n is below the method's smallest_n.  Figures that exist
               all the same are given (r = -1 of two pairs, the exact p of three); the
               interval never is.
               FIT_CONSTANT: x or y has one value only.  No figures.
               FIT_DOMAIN: the data are not of the method's kind.  No figures.
               FIT_PERFECT: the estimate is +-1 to the last bit.  The interval shrinks
               to that point, Pearson's t is infinite and its p zero: true of the
               formulas, and no basis for pooling.
   n           rows of positive weight, or the sum of the frequencies.
   n_eff       Kish's effective n under sampling weights (sample.h), else n.  Tests and
               intervals use it in the place of n.
   std_error   of the interval's method, on its scale: fisher_z and bonett_wright the
               standard error of z = atanh(estimate); asymptotic that of the estimate
               itself; bca the bootstrap standard deviation of the estimate itself.
   statistic   with df: Student's t.  Without (df is NaN): as R's cor.test prints it, S =
               (n^3 - n)(1 - rho) / 6 of the exact Spearman test, T = the number of
               concordant pairs of the exact Kendall test, z of the normal one.
   p_value     two-sided, of no association. */
struct correlation_result {
    enum fit_status status;
    double n, n_eff;
    double estimate, std_error, statistic, df, p_value;
    double conf_low, conf_high;
};

struct interval;

/* A coefficient of correlation as data. */
struct correlation {
    const char *name, *title, *symbol, *source;
    enum measure measure;            /* least level of measurement of x and y */
    size_t smallest_n;               /* see FIT_TOO_FEW above */
    bool weights;                    /* are sampling weights defined for it? */
    const struct interval *interval; /* its default */

    /* Are the pairs of the method's kind?  NULL: all are. */
    bool (*in_domain)(const struct pairs *p);

    /* The coefficient under weights w (NULL: all one), [x->n].  NaN if x or y does not vary under
     * w. */
    double (*estimate)(const struct variable *x, const struct variable *y, const double *w,
                       struct arena *scratch);

    /* The same to 12 digits, faster, for the counts of a resample (w is not NULL)
       and values of ordinary size around zero. */
    double (*resampled)(const struct variable *x, const struct variable *y, const double *w,
                        struct arena *scratch);

    /* Asymptotic standard error of the estimate itself, not of atanh, when there is an
       association (not the null one of the test); NaN where the data have none.  NULL:
       none. */
    double (*std_error)(const struct pairs *p, double estimate, struct arena *scratch);

    /* Statistic, df and p-value of an estimate r with |r| <= 1; p->effective > 2. */
    void (*test)(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch);

    /* The same for a partial coefficient given k controls; n is the effective n.  NULL:
       no partial coefficient is defined. */
    void (*partial_test)(double r, double n, size_t k, struct correlation_result *result);

    /* What is correlated by products (values, ranks), [v->n]; NULL if the
       coefficient is no product-moment correlation of scores. */
    const double *(*scores)(const struct variable *v, const double *w, struct arena *scratch);

    /* Variance of atanh(estimate) in n observations; NaN where n is too small.  NULL:
       it takes more than those two. */
    double (*z_variance)(double r, double n);
};

/* To add one: write models/correlation/NAME.c and add X(NAME) here. */
#define CORRELATION_LIST(X) X(pearson) X(spearman) X(kendall) X(point_biserial)

#define X(name) extern const struct correlation correlation_##name;
CORRELATION_LIST(X)
#undef X

extern const struct correlation *const correlations[]; /* in the order of the list */
extern const size_t n_correlations;

const struct correlation *correlation_find(const char *name); /* NULL if there is none */

struct correlation_options {
    const struct interval *interval; /* NULL: the coefficient's default */
    double conf_level;               /* in (0, 1) */
    size_t replicates;               /* of the bootstrap; 0: BCA_REPLICATES */
    size_t threads;                  /* for the bootstrap; 0: all */
    uint64_t seed;
};

/* An interval for a coefficient as data. */
struct interval {
    const char *name, *title, *source;
    const char *std_error; /* what std_error is under it, for a table's note */

    bool (*defined)(const struct correlation *c); /* for this coefficient?  NULL: for all */

    /* Sets std_error, conf_low and conf_high beside the estimate that stands in
       the result, and says whether they exist (FIT_OK). */
    enum fit_status (*limits)(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch);
};

/* To add one: write models/correlation/interval_NAME.c and add X(NAME) here. */
#define INTERVAL_LIST(X) X(fisher_z) X(bonett_wright) X(asymptotic) X(bca)

#define X(name) extern const struct interval interval_##name;
INTERVAL_LIST(X)
#undef X

extern const struct interval *const intervals[];
extern const size_t n_intervals;

const struct interval *interval_find(const char *name); /* NULL if there is none */

/* Is it defined for the coefficient? */
bool interval_defined(const struct interval *interval, const struct correlation *c);

/* Estimate, test and interval of one coefficient in one sample, of any size; the
   interval is defined for the coefficient. */
void correlation_compute(const struct correlation *c, const struct sample *s,
                         const struct correlation_options *options,
                         struct correlation_result *result, struct arena *scratch);

/* A result without figures. */
struct correlation_result correlation_missing(enum fit_status status, double n, double n_eff);

/* ---- for the files of this family ---- */

/* Has the coefficient a z_variance? */
bool correlation_has_z_variance(const struct correlation *c);

/* t = r sqrt(df / (1 - r^2)) and its two-sided p-value, into the result; df <= 0
   leaves NaN. */
void correlation_t_test(double r, double df, struct correlation_result *result);

/* estimate +- z-quantile * sqrt(variance) on the scale of atanh, transformed back.
   FIT_TOO_FEW where the variance is NaN. */
enum fit_status correlation_z_limits(double variance, double conf_level,
                                     struct correlation_result *result);

#endif
