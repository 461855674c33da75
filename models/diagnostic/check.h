/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_DIAGNOSTIC_CHECK_H
#define MODELS_DIAGNOSTIC_CHECK_H

#include "models/outcome/outcome.h"

/* Checks of what a fitted regression takes for granted, one number each.

   To add one: write models/diagnostic/NAME.c and add X(NAME). */
#define MODEL_CHECK_LIST(X)      \
    X(breusch_pagan)             \
    X(breusch_pagan_original)    \
    X(reset)                     \
    X(link_test)                 \
    X(durbin_watson)             \
    X(jarque_bera)               \
    X(overdispersion)            \
    X(overdispersion_score)      \
    X(cameron_trivedi_linear)    \
    X(cameron_trivedi_quadratic) \
    X(brant)                     \
    X(max_leverage)              \
    X(max_cook)

/* Figures that a check does not have are NaN. */
struct check_result {
    enum fit_status status;
    double estimate;  /* what the check is known by: its statistic, a ratio of dispersion, ... */
    double statistic; /* what the p-value is of */
    double df, df2;   /* chi-squared: df; F: both; z: neither */
    double p_value;
};

struct model_check {
    const char *name, *title, *source;
    /* Is it defined for such a model?  All but the leverages want rows that count once, or as
       often as their frequency: no other weights. */
    bool (*applies)(const struct outcome_fit *fit);
    void (*check)(const struct outcome_fit *fit, struct check_result *result,
                  struct arena *scratch);
};

#define X(word) extern const struct model_check check_##word;
MODEL_CHECK_LIST(X)
#undef X

extern const struct model_check *const model_checks[];
extern const size_t n_model_checks;

const struct model_check *model_check_find(const char *name); /* NULL if there is none */

/* The check of a model that it applies to.  status: FIT_OK; the fit's own where that has no
   estimates to check (not converged, separated, a perfect fit); FIT_UNIDENTIFIED where nothing is
   left to test. */
void model_check_run(const struct model_check *check, const struct outcome_fit *fit,
                     struct check_result *result, struct arena *scratch);

/* ---- what checks share ---- */

/* A generalised linear model without weights but frequencies. */
bool check_of_glm(const struct outcome_fit *fit);
/* As that, a least-squares line. */
bool check_of_line(const struct outcome_fit *fit);
/* As that, a Poisson model. */
bool check_of_poisson(const struct outcome_fit *fit);

/* How often row i counts. */
double check_times(const struct outcome_fit *fit, size_t i);

/* The statistic is also the estimate.  df of 0: FIT_UNIDENTIFIED. */
void check_chi_squared(struct check_result *result, double statistic, double df);
void check_f(struct check_result *result, double statistic, double df, double df2);
/* The p-value is of so large a z, one-sided. */
void check_above_normal(struct check_result *result, double z);

#endif
