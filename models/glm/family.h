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
    bool dispersion_known; /* 1: binomial, poisson, negative_binomial given theta */
    bool likelihood;       /* false: quasi */
    /* theta is the shape of the negative binomial; others ignore it. */
    double (*variance)(double mu, double theta);
    double (*variance_slope)(double mu, double theta); /* d variance / d mu */
    double (*unit_deviance)(double y, double mu, double theta);
    /* log density of y with prior weight w; dispersion as R's logLik takes it. */
    double (*log_density)(double y, double mu, double w, double dispersion, double theta);
    double (*start)(double y, double w); /* first mu, inside the domain (R's mustart) */
};

#define X(word) extern const struct family family_##word;
FAMILY_LIST(X)
#undef X

extern const struct family *const families[];
extern const size_t n_families;

const struct family *family_find(const char *name); /* NULL if there is none */

#endif
