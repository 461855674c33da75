/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_CURVE_CURVE_H
#define MODELS_CURVE_CURVE_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/regression/options.h"

/* Regression curves, y = mean(x; b) + error.

   To add one: write models/curve/NAME.c, which defines
   `const struct curve curve_NAME`, and add X(NAME) below. */
#define CURVE_LIST(X)         \
    X(linear)                 \
    X(quadratic)              \
    X(cubic)                  \
    X(logarithmic)            \
    X(power)                  \
    X(exponential)            \
    X(asymptotic)             \
    X(michaelis_menten)       \
    X(hill)                   \
    X(logistic)               \
    X(logistic4)              \
    X(gompertz)               \
    X(hinge)                  \
    X(exponential_offset)     \
    X(weibull)                \
    X(richards)               \
    X(three_zone)             \
    X(step)                   \
    X(natural_spline)         \
    X(fractional_polynomial1) \
    X(fractional_polynomial2)

#define CURVE_MAX_PARAMS 8

struct points;

struct curve {
    const char *name;    /* "asymptotic" */
    const char *title;   /* "Asymptotic regression" */
    const char *formula; /* "a * (1 - exp(-b * x))" */
    const char *source;  /* where the parametrisation is published */
    size_t n_params;
    const char *const *param; /* [n_params + n_constants] */
    const double *example;    /* [n_params + n_constants] a plausible curve on a scale of 1 to 7 */
    bool linear;              /* in its parameters: solved directly, start is NULL */
    bool exact_start;         /* start() is the estimate: a starting value changes nothing */
    bool on_request;          /* fitted only where it is named, or all are */

    bool (*in_domain)(double x);
    double (*mean)(double x, const double b[]); /* not finite: b is not possible */
    void (*gradient)(double x, const double b[], double g[]);

    /* Starting values from the data alone, x ascending; false if they give none. */
    bool (*start)(const struct sample *s, double b[]);

    /* Constants that follow the parameters in b: powers, thresholds, knots.  The
       parameters are linear given these.  choose() sets b[n_params ..] from the points, false
       if these give none; knots that are given stand in b already.  The first n_chosen are chosen
       for their fit to y and count as parameters (criteria, degrees of freedom), the others by x
       alone. */
    size_t n_constants, n_chosen;
    bool (*choose)(const struct points *p, bool knots_given, double b[]);

    /* b[first_knot ..] are n_knots knots that may be given instead
       (curve_options); the parameters before them are linear then. */
    size_t n_knots, first_knot;
};

#define X(name) extern const struct curve curve_##name;
CURVE_LIST(X)
#undef X

extern const struct curve *const curves[];
extern const size_t n_curves;

/* NULL if there is none of that name. */
const struct curve *curve_find(const char *name);

/* Whether these options give the knots of this curve. */
bool curve_knots_given(const struct curve *c, const struct curve_options *options);

/* The names of all curves, [n_curves]: for "did you mean". */
extern const char *const curve_names[];

/* Domains that several curves share. */
bool curve_any_x(double x);
bool curve_positive_x(double x);
bool curve_non_negative_x(double x);

/* Weighted least squares.  b0 [n_params] gives starting values, or is NULL for
   the curve's own, which are then also perturbed: the smallest deviance wins.
   The outcome, good or bad, is in fit->status:

     converged             the relative offset (Bates & Watts 1981) is below 1e-6
     perfect fit           nothing but rounding is left: no standard errors, no likelihood
     too few observations  not more observations than parameters, or fewer distinct x
     no variation          x or y is constant
     outside the domain    some x is not in the curve's domain (log of 0)
     no starting values, iteration limit, no progress, singular information

   After "iteration limit" and "no progress" the estimates and the deviance are
   those where the search ended, after "singular information" they may be; all
   other figures are then NaN.

   vcov is sigma^2 (J'WJ)^-1, sigma^2 = deviance / (n - p), as R's nls; for
   sampling weights it is the sandwich (J'WJ)^-1 (sum w^2 r^2 g g') (J'WJ)^-1
   (White 1980; HC0).  log_lik is R's logLik of lm and nls: the Gaussian
   likelihood at sigma^2 = deviance / n.  r_squared = 1 - deviance / sum w (y - mean)^2
   (without a constant in a linear mean about zero, fit->about_zero).

   Rows of equal x are first drawn together to their mean and total weight,
   which changes no result (the deviance within them is added back) and makes a
   scale of seven points a problem of seven rows. */
void curve_fit(const struct curve *c, const struct sample *s, const double b0[],
               const struct curve_options *options, struct fit *fit, struct arena *keep);

/* The set-up of a fit: curve and data as a regression (models/regression/regression.h), for
   profiles and resampling.  It lives in `keep` and refers to `c` alone. */
struct regression;
struct regression *curve_regression(const struct curve *c, const struct sample *s,
                                    const struct curve_options *options, struct arena *keep);

#endif
