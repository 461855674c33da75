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

   status      FIT_OK: all figures exist, but for an interval of none, and for the p_value
               where the exact test was asked for and these data have none.
               FIT_TOO_FEW: n is below the method's smallest_n.  Figures that exist
               all the same are given (r = -1 of two pairs, the exact p of three); the
               interval never is.
               FIT_CONSTANT: x or y has one value only.  No figures, but the zero of
               tau-a.
               FIT_DOMAIN: the data are not of the method's kind.  No figures; but where
               the estimate itself says so (a biserial correlation beyond +-1), it and
               its test are given, and no interval.
               FIT_PERFECT: the estimate is +-1 to the last bit.  The interval shrinks
               to that point, Pearson's t is infinite and its p zero: true of the
               formulas, and no basis for pooling.
               FIT_BOUNDARY: the likelihood of a latent correlation has its supremum at
               -1 or +1.  The estimate and its test are given, and no interval.
   n           rows of positive weight, or the sum of the frequencies.
   n_eff       Kish's effective n under sampling weights (sample.h), else n.  Tests and
               intervals use it in the place of n.
   std_error   of the interval's method, on its scale: fisher_z and bonett_wright the
               standard error of z = atanh(estimate); asymptotic that of the estimate
               itself; asymptotic_z that of z, by the delta method; bca the bootstrap
               standard deviation of the estimate itself.
   statistic   with df: Student's t; of eta_squared F, whose other df is the number of
               distinct x less one.  Without (df is NaN): as R prints it, S =
               (n^3 - n)(1 - rho) / 6 of the exact Spearman test, T = the number of
               concordant pairs of the exact Kendall test, U of the exact test of Mann
               and Whitney, z of a normal one; the estimate of a test by permutation.
   p_value     two-sided, of no association. */
struct correlation_result {
    enum fit_status status;
    double n, n_eff;
    double estimate, std_error, statistic, df, p_value;
    double conf_low, conf_high;
};

struct interval;
struct latent_details;

/* A coefficient of correlation as data. */
struct correlation {
    const char *name, *title, *symbol, *source;
    const char *phrase;              /* what it says, in a few words, for a list */
    const char *check_r;             /* its value in R, of x and y without gaps; NULL: cor.test() */
    enum measure measure;            /* least level of measurement of x and y */
    size_t smallest_n;               /* see FIT_TOO_FEW above */
    bool weights;                    /* are sampling weights defined for it? */
    bool zero_if_constant;           /* 0, not undefined, where x or y does not vary */
    bool unsigned_strength;          /* 0 to 1: it does not say in which direction */
    const struct interval *interval; /* its default */
    const struct p_value *p_value;   /* its default; NULL: p_value_default */

    /* Are the pairs of the method's kind?  NULL: all are. */
    bool (*in_domain)(const struct pairs *p);

    /* The coefficient under weights w (NULL: all one), [x->n].  NaN (or 0: see above) if x
       or y does not vary under w. */
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

    /* Statistic, df and p-value of the estimate r; p->effective > 2.  NULL: it has a
       test by permutation only. */
    void (*test)(const struct pairs *p, double r, struct correlation_result *result,
                 struct arena *scratch);

    /* The two that `test` chooses from.  NULL: there is none.  The exact one is false
       where the data have none (ties, weights, too many rows). */
    bool (*exact_test)(const struct pairs *p, double r, struct correlation_result *result,
                       struct arena *scratch);
    void (*asymptotic_test)(const struct pairs *p, double r, struct correlation_result *result,
                            struct arena *scratch);

    /* For permutations: what is the same for all of them, and the coefficient of x and
       y dealt out anew, x_i with y[place[i]], of unweighted pairs.  NULL: `resampled`. */
    const void *(*permutation_start)(const struct pairs *p, struct arena *keep);
    double (*permuted)(const void *start, const uint32_t *place, struct arena *scratch);

    /* The same for a partial coefficient given k controls; n is the effective n.  NULL:
       no partial coefficient is defined. */
    void (*partial_test)(double r, double n, size_t k, struct correlation_result *result);

    /* What is correlated by products (values, ranks), [v->n]; NULL if the
       coefficient is no product-moment correlation of scores. */
    const double *(*scores)(const struct variable *v, const double *w, struct arena *scratch);

    /* Of latent normal variables: thresholds, likelihood and normality (latent.h); the data
       are in the domain and both vary.  NULL: the coefficient is of what is seen.  A latent
       estimate of +-1 is a limit of the likelihood, and NaN one not found. */
    struct latent_details (*latent_details)(const struct pairs *p, struct arena *keep);

    /* The same with 0.5 in the empty cell of a table of two rows and columns; NULL: none. */
    const struct correlation *half;

    /* Variance of atanh(estimate) in n observations; NaN where n is too small.  NULL:
       it takes more than those two. */
    double (*z_variance)(double r, double n);
};

/* To add one: write models/correlation/NAME.c and add X(NAME) here. */
#define CORRELATION_LIST(X) \
    X(pearson)              \
    X(spearman)             \
    X(kendall)              \
    X(point_biserial)       \
    X(kendall_a)            \
    X(kendall_c)            \
    X(gamma)                \
    X(somers_d)             \
    X(biserial)             \
    X(rank_biserial)        \
    X(eta_squared)          \
    X(distance)             \
    X(polychoric)           \
    X(polychoric_ml)        \
    X(tetrachoric)          \
    X(polyserial)           \
    X(polyserial_ml)        \
    X(polyserial_adhoc)

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
    size_t threads;                  /* for the bootstrap and permutations; 0: all */
    uint64_t seed;
    const struct p_value *p_value; /* NULL: the coefficient's default */
    size_t permutations;           /* 0: PERMUTATIONS */
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
#define INTERVAL_LIST(X) \
    X(fisher_z) X(bonett_wright) X(asymptotic) X(asymptotic_z) X(noncentral_f) X(bca) X(none)

#define X(name) extern const struct interval interval_##name;
INTERVAL_LIST(X)
#undef X

extern const struct interval *const intervals[];
extern const size_t n_intervals;

const struct interval *interval_find(const char *name); /* NULL if there is none */

/* A way to a p-value as data. */
struct p_value {
    const char *name, *title, *source;
    bool (*defined)(const struct correlation *c); /* for this coefficient? */

    /* Sets statistic, df and p_value beside the estimate that stands in the result; NaN
       where these data have none.  p->effective > 2. */
    void (*test)(const struct correlation *c, const struct pairs *p,
                 const struct correlation_options *options, struct correlation_result *result,
                 struct arena *scratch);
};

/* To add one: write models/correlation/p_value_NAME.c and add X(NAME) here. */
#define P_VALUE_LIST(X) X(default) X(exact) X(asymptotic) X(permutation)

#define X(name) extern const struct p_value p_value_##name;
P_VALUE_LIST(X)
#undef X

extern const struct p_value *const p_values[];
extern const size_t n_p_values;

const struct p_value *p_value_find(const char *name); /* NULL if there is none */

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
