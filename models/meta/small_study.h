/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_SMALL_STUDY_H
#define MODELS_META_SMALL_STUDY_H

#include "models/meta/pool.h"

/* Tests of funnel asymmetry: do the effects depend on their standard errors?
   Figures that do not exist are NaN.
   status: as that of the test's model; too few observations below k = 3. */
struct asymmetry {
    enum fit_status status;
    size_t k;
    double estimate, std_error;          /* slope on the standard error; Kendall's tau */
    double statistic, df, p_value;       /* df NaN where the normal is used */
    double limit, limit_low, limit_high; /* the effect at a standard error of 0; with the filled */
};

/* Each test takes the method of tau2 where its model has one. */
struct asymmetry_test {
    const char *name, *title, *source;
    void (*run)(const struct effects *e, const struct pool_method *method, double conf_level,
                struct asymmetry *a, struct arena *scratch);
};

#define ASYMMETRY_LIST(X) X(egger) X(egger_regression) X(begg) X(trim_and_fill)

#define X(name) extern const struct asymmetry_test asymmetry_##name;
ASYMMETRY_LIST(X)
#undef X

extern const struct asymmetry_test *const asymmetry_tests[];
extern const size_t n_asymmetry_tests;

/* Rosenthal's number of unpublished null results that would bring the combined
   one-sided p over 0.05 (Rosenthal 1979, Psychol. Bull. 86, 638-641).  Weak: it takes
   what is unpublished to be zero on average and says nothing of heterogeneity. */
double fail_safe_number(const struct effects *e);

#endif
