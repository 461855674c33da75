/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_OUTCOME_H
#define MODELS_OUTCOME_OUTCOME_H

#include "models/count/count.h"
#include "models/glm/covariance.h"
#include "models/limited/tobit.h"
#include "models/limited/two_part.h"
#include "models/ordinal/ordinal.h"

/* One way to speak of every regression of an outcome, whichever estimator stands behind it: what
   is fitted, its covariance, its fitted means with their derivatives, and what each row adds to
   its estimate.  Marginal effects, tests across equations and validation rest on this alone.

   To add one: write models/outcome/outcome_NAME.c and add X(NAME).  The words are those of
   --family. */
#define OUTCOME_LIST(X)         \
    X(gaussian)                 \
    X(binomial)                 \
    X(poisson)                  \
    X(negative_binomial)        \
    X(gamma)                    \
    X(inverse_gaussian)         \
    X(quasibinomial)            \
    X(quasipoisson)             \
    X(fractional)               \
    X(ordinal)                  \
    X(tobit)                    \
    X(two_part)                 \
    X(hurdle_poisson)           \
    X(hurdle_negative_binomial) \
    X(zero_inflated_poisson)    \
    X(zero_inflated_negative_binomial)

/* What the part of a formula behind '|' is to a family. */
enum second_equation {
    SECOND_NONE,     /* refused */
    SECOND_OPTIONAL, /* an equation that may be absent: the scale of ordered answers */
    SECOND_REPEATED  /* an equation that repeats the first where it is absent: zeros */
};

/* What is fitted.  Designs are of the same rows, in the same order, and stay alive. */
struct outcome_data {
    const struct design *design; /* with its response */
    const struct design *second; /* of the part behind '|', or NULL */
    const double *w;             /* [design->n] finite, >= 0; NULL: all one */
    enum weight_kind weight_kind;
};

struct outcome_options {
    const char *link;       /* one of the outcome's; NULL: the first of them */
    double theta;           /* of negative_binomial, held; 0: estimated */
    bool observed;          /* errors of glm families from the observed information */
    bool firth;             /* binomial logit only */
    double left, right;     /* tobit: limits, -INFINITY, INFINITY: none */
    const char *amount;     /* two_part: "lognormal" (NULL) or "gamma" */
    const char *covariance; /* a name of GLM_COVARIANCE_LIST; NULL: "model", HC0 under sampling
                               weights, of fractional too; by cluster: as outcome_options.clusters
                               need: cluster for gaussian, cluster_HC0 for the others */
    const struct glm_clusters *clusters; /* of the design's rows, or NULL */
    size_t threads;                      /* 0: all; no figure depends on it */
};

struct outcome;

/* A fitted regression.  Figures that a family does not have are NaN.

   fit.estimate, fit.term   as R's coef() names them; an ordinal fit has its thresholds first
                            ("1|2"), as its component says; a tobit ends in "Log(scale)", counts
                            with theta in "Log(theta)", two parts with lognormal amounts in
                            "Smearing", the factor that their mean rests on
   fit.vcov                 the covariance that was asked for, NaN where there is none
   fit.df_test              INFINITY: z tests; the smallest G - 1 under clusters */
struct outcome_fit {
    struct fit fit;
    const struct outcome *outcome;
    const char *link;                  /* its word */
    const char *const *component;      /* [fit.n_params] "count", "zero", "threshold", "location",
                                          "scale", "amount", "any"; NULL: there is one */
    enum fit_status covariance_status; /* FIT_CONVERGED, or why fit.vcov is not to be used */
    const char *covariance;            /* name of the kind that was taken */
    struct outcome_data data;
    size_t n_means;               /* means per row: 1; of ordered answers one per category */
    const char *const *mean_name; /* [n_means] of ordered answers: the categories; else NULL */
    double *mean;                 /* [n * n_means] fitted E(y), or P(y = category) */
    double n_parameters;          /* as the criteria count them */
    double null_log_lik, null_deviance, dispersion, theta, theta_std_error;
    /* What stands behind it; the others are NULL. */
    const struct glm *glm;
    const struct ordinal_fit *ordinal;
    const struct tobit_fit *tobit;
    const struct two_part_fit *two_part;
    const struct count_fit *count;
    /* Of maximum-likelihood families: the model's own covariance, whichever fit.vcov is;
       [fit.n_params ^ 2]. */
    const double *model_vcov;
};

/* Regressors of n rows, columns as those of the designs of the fit; x2 is of the second equation
   (the first again where that is repeated), NULL where the fit has none. */
struct outcome_rows {
    size_t n;
    const double *x, *offset;   /* [n * design->p]; [n] or NULL */
    const double *x2, *offset2; /* [n * second->p]; [n] or NULL */
};

struct outcome {
    const char *name, *title, *source;
    const char *const *link; /* words that --link may have, NULL-terminated; the first is the
                                default */
    enum second_equation second;
    const char *second_title; /* "the zero part"; NULL without one */
    const struct family *glm; /* of a generalised linear model, whose domain holds; else NULL */
    bool ordered;             /* the response has categories in an order */
    bool binary;              /* its mean is a probability: odds, calibration, ROC */
    bool counts;              /* its response is a count: incidence rate ratios */
    const char *domain;       /* what the response must be, for a message */
    bool (*in_domain)(double y, const struct outcome_options *options);
    void (*fit)(const struct outcome_data *data, const struct outcome_options *options,
                struct outcome_fit *fit, struct arena *keep);
    /* As outcome_means(). */
    void (*means)(const struct outcome_fit *fit, const struct outcome_rows *rows, double mean[],
                  double gradient[], struct arena *scratch);
    /* As outcome_influence(); NULL: a generalised linear model. */
    void (*influence)(const struct outcome_fit *fit, double influence[], struct arena *scratch);
};

#define X(word) extern const struct outcome outcome_##word;
OUTCOME_LIST(X)
#undef X

extern const struct outcome *const outcomes[];
extern const size_t n_outcomes;

const struct outcome *outcome_find(const char *name); /* NULL if there is none */
bool outcome_has_link(const struct outcome *outcome, const char *link);

/* Fits, with the covariance that was asked for.  Preconditions: the response is in the domain
   (outcome_first_outside), the link is one of the outcome's. */
void outcome_fit(const struct outcome *outcome, const struct outcome_data *data,
                 const struct outcome_options *options, struct outcome_fit *fit,
                 struct arena *keep);

/* What the response must be, for a message: "above 0". */
const char *outcome_domain(const struct outcome *outcome);

/* The first row of the design whose response is outside the domain; design->n: none. */
size_t outcome_first_outside(const struct outcome *outcome, const struct outcome_data *data,
                             const struct outcome_options *options);

/* Can a family have this covariance?  ML families have model, HC0, HC1 and clusters. */
bool outcome_has_covariance(const struct outcome *outcome, const char *covariance);

/* Means of new rows, mean [n * n_means], and unless NULL their derivatives by the parameters,
   gradient [n * n_means * fit.n_params].  Coefficients that are not estimated count as 0 with a
   derivative of 0.  NaN where there is no fit. */
void outcome_means(const struct outcome_fit *fit, const struct outcome_rows *rows, double mean[],
                   double gradient[], struct arena *scratch);

/* What each row of the fit adds to its estimate, weights included: influence [n * fit.n_params], so
   that the HC0 covariance is the sum of their squares and that of clusters the sum of the squares
   of their sums; joint covariances of several fits on the same rows likewise. */
void outcome_influence(const struct outcome_fit *fit, double influence[], struct arena *scratch);

#endif
