/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_AMOUNT_H
#define MODELS_LIMITED_AMOUNT_H

#include <stdbool.h>
#include <stddef.h>

/* Models of a positive amount with log-linear predictor eta, as data.  To add one: write
   models/limited/amount_NAME.c and add X(NAME). */
#define AMOUNT_LIST(X) X(lognormal) X(gamma)

struct amount {
    const char *name, *title, *source;
    bool smeared; /* is the mean e^eta times the smearing factor, or e^eta itself? */
    /* What the estimate maximises, the dispersion being one, with derivatives by eta unless NULL.
     */
    double (*objective)(double y, double eta, double *first, double *second);
    double (*pearson)(double y, double eta); /* squared residual: sum / (n - p) is the dispersion */
    double (*deviance)(double y, double eta); /* sum / n is the dispersion of the likelihood */
    double (*log_density)(double y, double eta, double dispersion);
};

#define X(word) extern const struct amount amount_##word;
AMOUNT_LIST(X)
#undef X

extern const struct amount *const amounts[];
extern const size_t n_amounts;

const struct amount *amount_find(const char *name); /* NULL if there is none */

#endif
