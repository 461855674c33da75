/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_MARGINS_MARGINS_H
#define MODELS_MARGINS_MARGINS_H

#include "models/design/mover.h"
#include "models/outcome/outcome.h"

/* What a fitted regression says of the customers that it was fitted to, by changing their data and
   averaging (Lane & Nelder 1982, Biometrics 38, 613-621; Bartus 2005, Stata J. 5, 309-329; Leeper
   2017, R package margins): means at chosen values, marginal effects of each column of the data,
   and simple slopes on the scale of the linear predictor.  Averages take the weights of the fit.
   Standard errors by the delta method from the fit's covariance, the rows taken as given. */

/* A column of the data that the formula names on its right side, or a comparison such as
   I(x > 2). */
struct margin_variable {
    const char *name;
    size_t n_levels; /* 0: a number, its effect is the slope; else that of a level against the first
                        (a factor, a column of zeros and ones, a comparison) */
    const char *const *level;         /* [n_levels]; "0", "1" of zeros and ones */
    const double *value;              /* [n_levels] of a column of numbers; NULL: a factor */
    const int32_t *code;              /* [n_levels] of a column of texts; NULL: numbers */
    double mean, sd, low, high;       /* of a number on the rows of the fit, with the weights;
                                         sd with the sum of frequencies, or n, less one; NaN of
                                         factors and comparisons */
    bool straight[2];                 /* is the linear predictor, of each equation, linear in it? */
    size_t column;                    /* of the data; SIZE_MAX: a comparison */
    const struct design_mover *moves; /* [n_equations] */
};

/* One of the fit's linear predictors. */
struct margin_equation {
    const char *component; /* "count", "zero", "location", ...; NULL: there is one */
    const struct model_formula *formula;
    const struct design *design;
    const size_t *param; /* [design->p] of fit.estimate; SIZE_MAX: not a parameter */
};

struct margins {
    const struct outcome_fit *fit;
    const struct model_data *data;
    size_t threads;         /* 0: all; no figure depends on it */
    enum fit_status status; /* FIT_OK, or why there are no figures: that of the fit */
    size_t n_equations;     /* 1 or 2 */
    struct margin_equation equation[2];
    size_t n_variables;
    const struct margin_variable *variable; /* [n_variables] in the formula's order */
    size_t n_columns;                       /* of the data that the formulas read */
    const struct model_column *const *column;
};

/* Prepares the questions to a fit; `formula` made its designs from `data`, which all stay alive. */
void margins_prepare(const struct outcome_fit *fit, const struct model_formula *formula,
                     const struct model_data *data, size_t threads, struct margins *margins,
                     struct arena *keep);

/* NULL if the formula has none of that name. */
const struct margin_variable *margins_variable(const struct margins *m, const char *name);

/* All rows have this level, or this value, of a variable. */
struct margin_setting {
    const struct margin_variable *variable;
    double value; /* of a number */
    size_t level; /* of one with levels */
};

#define MARGIN_MAX_SETTINGS 3

/* An average over the rows, as they are but for the settings. */
struct margin_query {
    const struct margin_variable *of; /* its effect; NULL: the mean itself */
    size_t level;                     /* of->level[level] against the first; not read of a slope */
    size_t n_settings;
    struct margin_setting setting[MARGIN_MAX_SETTINGS];
    bool linear;     /* of a linear predictor, not of the mean */
    size_t equation; /* of which one */
};

/* Its answer.  Of a mean there is one for each of fit->n_means, of a linear predictor one.
   status   FIT_OK; the fit's, where that has no estimates; FIT_DOMAIN where a mean is not finite
            at the settings; FIT_UNIDENTIFIED where it is, but has no standard error */
struct margin {
    enum fit_status status;
    size_t n;
    double *estimate;  /* [n] */
    double *gradient;  /* [n * fit.n_params] by the parameters */
    double *std_error; /* [n] */
};

/* One pass over the rows answers all queries; those with the same settings in a row share the
   work, those of the same variable too.  Slopes of generalised linear models and of the columns of
   a design are exact; means of other models are differenced on the linear predictor, to 11 digits
   and more. */
void margins_average(const struct margins *m, const struct margin_query query[], size_t n,
                     struct margin answer[], struct arena *keep);

/* g'V h for derivatives by the parameters [n_params]; those that are not estimated have none. */
double margins_covariance(const struct margins *m, const double *g, const double *h);

/* The average marginal effects of all variables: for each variable in turn its slope, or the
   effect of each level after the first; [*n] queries for margins_average(). */
struct margin_query *margins_effects(const struct margins *m, size_t *n, struct arena *keep);

#endif
