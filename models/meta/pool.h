/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_META_POOL_H
#define MODELS_META_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/fit.h"

/* Pooling of k independent estimates: y[i] = mu + u[i] + e[i], with the variance
   of e[i] known, v[i] > 0, and tau2 the variance of u[i]. */
struct effects {
    size_t k;
    const double *y, *v; /* [k] finite; v positive (between 1e-150 and 1e150) */
};

struct design; /* design.h */

/* The methods differ in their estimator of tau2.  FE is the common-effect model. */
#define POOL_LIST(X) X(fe) X(dl) X(he) X(hs) X(sj) X(ml) X(reml) X(eb) X(pm)

struct pool_method {
    const char *name, *title, *source;
    /* Estimates tau2 >= 0 from k >= 2 effects, or from k > p effects about the
       regression of a design (NULL: about the mean).  NULL for the common-effect model. */
    enum fit_status (*tau2)(const struct effects *e, const struct design *d, double *tau2);
};

#define X(name) extern const struct pool_method pool_##name;
POOL_LIST(X)
#undef X

extern const struct pool_method *const pool_methods[];
extern const size_t pool_n_methods;

/* The method of that name ("REML"; case does not matter), or NULL. */
const struct pool_method *pool_method(const char *name);

struct pool_options {
    double conf_level;  /* in (0, 1) */
    bool knapp_hartung; /* t(k - 1) and the scaled variance instead of the normal */
    bool floor;         /* with it: the scale is at least 1, so that the standard error is never
                           below the normal one (Roever, Knapp & Friede 2015, BMC Med. Res.
                           Methodol. 15, 99) */
};

/* Figures that do not exist are NaN.
   status: ok or converged; too few observations (k < 2: a random-effects method
   has no tau2, and Knapp-Hartung no standard error); outside the domain (an
   effect that is not finite, a variance out of bounds: then no figure is given); perfect fit
   (Knapp-Hartung on identical effects: the interval has no width and the statistic is infinite). */
struct pooled {
    const struct pool_method *method;
    enum fit_status status;
    size_t k;
    double estimate, std_error;
    double statistic, df, p_value; /* of mu = 0; df is NaN where the normal is used */
    double conf_low, conf_high;
    double pred_low, pred_high; /* of the effect of a new cell; NaN for FE */
    double tau2;
    double tau2_low, tau2_high; /* by the Q-profile; NaN for FE */
    double i2, h2;              /* i2 as a fraction 0..1 */
    double q, q_df, q_p_value;  /* Cochran's Q */
};

/* Pools k >= 0 effects.  Inverse-variance weights 1/(v + tau2).  The meanings are
   those of metafor (Viechtbauer 2010, J. Stat. Softw. 36(3)):
   - Knapp-Hartung: Knapp & Hartung 2003, Stat. Med. 22, 2693-2710, without a floor unless asked
   for;
   - prediction: estimate +- c sqrt(std_error^2 + tau2) with the c of the interval
     (Riley, Higgins & Deeks 2011, BMJ 342, d549, use t(k - 2));
   - i2, h2 from tau2 and the typical variance (Higgins & Thompson 2002, Stat. Med.
     21, 1539-1558, eq. 9), for FE from Q;
   - tau2_low, tau2_high: Viechtbauer 2007, Stat. Med. 26, 37-52.  Where Q is too
     small even for tau2 = 0 both are 0. */
struct pooled pool_effects(const struct effects *e, const struct pool_method *method,
                           const struct pool_options *options);

#endif
