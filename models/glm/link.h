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
    double (*mean)(double eta);  /* kept within what doubles can tell from the borders, as R does */
    double (*slope)(double eta); /* d mean / d eta, > 0 (inverse: < 0) */
    double (*second)(double eta); /* d2 mean / d eta2 */
    bool (*in_domain)(double eta);
};

#define X(word) extern const struct link link_##word;
LINK_LIST(X)
#undef X

extern const struct link *const links[];
extern const size_t n_links;

const struct link *link_find(const char *name); /* NULL if there is none */

#endif
