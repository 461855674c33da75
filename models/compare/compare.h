/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_COMPARE_COMPARE_H
#define MODELS_COMPARE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/fit.h"

/* Comparisons of two product-moment correlations.  Equations as in cocor 1.1-4
   (Diedenhofen & Musch 2015, PLoS ONE 10(4), e0121945); p-values are two-sided.
   Variables are called j, k, h, m as there: jk is the correlation of j with k. */

/* Two correlations of one sample that share the variable j: j with k and j with h
   ("does k predict j better than h?"). */
struct overlapping {
    double jk, jh, kh; /* in [-1, 1] */
    double n;          /* complete triples; the effective n under sampling weights */
};

/* Two correlations of one sample that share no variable: j with k and h with m. */
struct non_overlapping {
    double jk, hm;
    double jh, jm, kh, km; /* the cross correlations */
    double n;              /* complete quadruples, or the effective n */
};

/* Two correlations of two samples.  A variance is that of atanh(r): 1 / (n - 3) for
   Pearson's r, that of the coefficient (correlation.h) for another. */
struct independent {
    double r_1, variance_1;
    double r_2, variance_2;
};

/* How a comparison ended.  Figures that a method does not give are NaN.

   status      FIT_OK; FIT_TOO_FEW: n < 4, or a variance that is not a positive number;
               FIT_PERFECT: a compared correlation is +-1; FIT_SINGULAR: the correlations
               cannot stand together (the determinant of their matrix is not positive);
               FIT_CONSTANT: a correlation is NaN.  Other than FIT_OK: the difference only.
   difference  first less second correlation
   statistic   t where df is a number, else z; NaN for an interval without a test
   conf_*      the method's interval, of the difference (Zou) or of the difference of
               Fisher's z (Meng, Rosenthal and Rubin) */
struct comparison {
    enum fit_status status;
    double difference, statistic, df, p_value;
    double conf_low, conf_high;
};

/* The kinds of comparison.  A method as data: NAME_KIND.c defines it. */
struct overlapping_method {
    const char *name, *title, *source;
    const char *symbol; /* of the statistic: "t", "z"; NULL: an interval only */
    bool of_z;          /* its interval is of the difference of Fisher's z */

    /* Sets figures beside the difference; the correlations can stand together, n >= 4. */
    void (*compute)(const struct overlapping *r, double conf_level, struct comparison *c);
};

struct non_overlapping_method {
    const char *name, *title, *source;
    const char *symbol;
    void (*compute)(const struct non_overlapping *r, double conf_level, struct comparison *c);
};

struct independent_method {
    const char *name, *title, *source;
    const char *symbol;
    void (*compute)(const struct independent *r, double conf_level, struct comparison *c);
};

/* To add one: write models/compare/KIND_NAME.c and add X(NAME) here.  The first one of
   a list is its default, zou the interval that goes with it. */
#define OVERLAPPING_LIST(X) \
    X(williams)             \
    X(hotelling)            \
    X(hendrickson)          \
    X(olkin)                \
    X(pearson_filon)        \
    X(dunn_clark)           \
    X(steiger)              \
    X(meng)                 \
    X(hittner)              \
    X(zou)

#define NON_OVERLAPPING_LIST(X) \
    X(steiger)                  \
    X(pearson_filon)            \
    X(dunn_clark)               \
    X(raghunathan)              \
    X(silver)                   \
    X(zou)

#define INDEPENDENT_LIST(X) X(fisher) X(zou)

#define X(name) extern const struct overlapping_method overlapping_##name;
OVERLAPPING_LIST(X)
#undef X
#define X(name) extern const struct non_overlapping_method non_overlapping_##name;
NON_OVERLAPPING_LIST(X)
#undef X
#define X(name) extern const struct independent_method independent_##name;
INDEPENDENT_LIST(X)
#undef X

/* In the order of the lists. */
extern const struct overlapping_method *const overlapping_methods[];
extern const struct non_overlapping_method *const non_overlapping_methods[];
extern const struct independent_method *const independent_methods[];
extern const size_t n_overlapping_methods, n_non_overlapping_methods, n_independent_methods;

/* NULL if the kind has no method of that name. */
const struct overlapping_method *overlapping_find(const char *name);
const struct non_overlapping_method *non_overlapping_find(const char *name);
const struct independent_method *independent_find(const char *name);

struct comparison compare_overlapping(const struct overlapping_method *method,
                                      const struct overlapping *r, double conf_level);
struct comparison compare_non_overlapping(const struct non_overlapping_method *method,
                                          const struct non_overlapping *r, double conf_level);
struct comparison compare_independent(const struct independent_method *method,
                                      const struct independent *r, double conf_level);

/* Two samples of n_1 and n_2 pairs: variance 1 / (n - 3), NaN for n <= 3. */
struct independent independent_pearson(double r_1, double n_1, double r_2, double n_2);

/* ---- for the files of this family ---- */

/* Normal statistic or Student's t with its df, and their two-sided p. */
void comparison_z(double z, struct comparison *c);
void comparison_t(double t, double df, struct comparison *c);

/* Determinant of the correlation matrix of j, k, h, without loss where it is near 0. */
double overlapping_determinant(const struct overlapping *r);

/* The correlation of the two estimates in large samples, which is that of their z's too;
   with one value in the place of both where the hypothesis pools them. */
double overlapping_dependence(double jk, double jh, double kh);
double non_overlapping_dependence(const struct non_overlapping *r, double jk, double hm);

/* z of the difference of two Fisher's z, given the correlation of the two estimates. */
void comparison_dunn_clark(double r_1, double r_2, double dependence, double n,
                           struct comparison *c);

/* tanh of the mean of the two z's. */
double comparison_mean_r(double r_1, double r_2);

/* Zou's interval (2007, Psych. Methods 12, 399-413, eq. 15): the limits of the two
   correlations combined, given the correlation of the two estimates. */
void comparison_zou(const struct independent *r, double dependence, double conf_level,
                    struct comparison *c);

#endif
