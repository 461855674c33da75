/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_FAMILY_H
#define MODELS_GLM_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

#include "models/glm/link.h"

/* A family of response distributions, as data.  To add one: write models/glm/family_NAME.c
   and add X(NAME).  quasi families share the mean and the variance of their namesake and have
   a dispersion in the place of a likelihood. */
#define FAMILY_LIST(X)  \
    X(gaussian)         \
    X(binomial)         \
    X(poisson)          \
    X(gamma)            \
    X(inverse_gaussian) \
    X(quasibinomial)    \
    X(quasipoisson)     \
    X(negative_binomial)

struct family {
    const char *name, *title, *source;
    const struct link *canonical;   /* the default link */
    const struct link *const *link; /* [n_links] that it may have, as in R */
    size_t n_links;
    const char *domain; /* what y must be, for a message: "0 or 1, or a share" */
    bool (*in_domain)(double y);
    bool (*mean_in_domain)(double mu);
    bool dispersion_known;       /* 1: binomial, poisson, negative_binomial given theta */
    bool likelihood;             /* false: quasi */
    bool dispersion_counts_rows; /* R's logLik: deviance over rows (gaussian) or sum of weights */
    /* Are 0, and 1, borders of the mean that y may lie on?  Where the link reaches them only at
       infinity, estimates may not exist (separation). */
    bool border_at_zero, border_at_one;
    /* theta is the shape of the negative binomial; others ignore it. */
    double (*variance)(double mu, double theta);
    double (*variance_slope)(double mu, double theta); /* d variance / d mu */
    double (*unit_deviance)(double y, double mu, double theta);
    /* log density of y with prior weight w; dispersion as R's logLik takes it: deviance / n. */
    double (*log_density)(double y, double mu, double w, double dispersion, double theta);
    double (*start)(double y, double w); /* first mu, inside the domain (R's mustart) */
};

#define X(word) extern const struct family family_##word;
FAMILY_LIST(X)
#undef X

extern const struct family *const families[];
extern const size_t n_families;

const struct family *family_find(const char *name); /* NULL if there is none */

/* May the family have this link? */
bool family_has_link(const struct family *family, const struct link *link);

/* ---- what families share ---- */

bool family_finite(double y);   /* a finite number */
bool family_positive(double y); /* a finite number above 0 */
bool family_count(double y);    /* 0 or above, finite */

bool share_in_domain(double y); /* 0 .. 1 */
bool share_mean_in_domain(double mu);
double share_variance(double mu, double theta);
double share_variance_slope(double mu, double theta);
double share_deviance(double y, double mu, double theta);
double share_start(double y, double w);
extern const struct link *const share_links[5];

double count_variance(double mu, double theta);
double count_variance_slope(double mu, double theta);
double count_deviance(double y, double mu, double theta);
double count_start(double y, double w);
extern const struct link *const count_links[3];

#endif
