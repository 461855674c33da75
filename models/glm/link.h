/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_LINK_H
#define MODELS_GLM_LINK_H

#include <stdbool.h>
#include <stddef.h>

/* A link, eta = g(mu), as data.  To add one: write models/glm/link_NAME.c and add X(NAME). */
#define LINK_LIST(X)   \
    X(identity)        \
    X(logit)           \
    X(probit)          \
    X(cloglog)         \
    X(cauchit)         \
    X(log)             \
    X(inverse)         \
    X(inverse_squared) \
    X(sqrt)

struct link {
    const char *name, *title;
    const char *effect; /* what exp(coefficient) is: "odds ratio", "rate ratio"; NULL: nothing */
    double (*eta)(double mu);
    double (*mean)(double eta);   /* a probability or a log link's mean is kept a machine epsilon
                                     away from its borders, as R's make.link does */
    double (*slope)(double eta);  /* d mean / d eta: one sign for all eta of the domain */
    double (*second)(double eta); /* d2 mean / d eta2 */
    /* mean and slope at once, the same numbers, where they share an exponential; or NULL */
    void (*mean_slope)(double eta, double *mean, double *slope);
    bool (*in_domain)(double eta);
    /* Does the mean tend to 0 as eta falls without bound, to 1 as it grows?  Then estimates of
       binomial and count models may not exist. */
    bool to_zero, to_one;
};

#define X(word) extern const struct link link_##word;
LINK_LIST(X)
#undef X

extern const struct link *const links[];
extern const size_t n_links;

const struct link *link_find(const char *name); /* NULL if there is none */

/* Any finite eta: the domain of most links. */
bool link_finite(double eta);

#endif
