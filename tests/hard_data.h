/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_HARD_DATA_H
#define TESTS_HARD_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_rng.h>

#include "models/outcome/outcome.h"

/* Small data that nobody likes, for a regression of any family. */

enum { HARD_MOST = 64 }; /* rows */

/* What a response is made of: `t` of row i, about 0.3 + 0.8 x with noise, in the family's domain.
 */
struct hard {
    size_t n, p;
    double x[4][HARD_MOST], t[HARD_MOST], y[HARD_MOST], offset[HARD_MOST], w[HARD_MOST];
    bool has_offset, has_w;
    enum weight_kind weight_kind;
    bool no_intercept, small; /* small: perhaps fewer rows than parameters */
};

struct hard_kind {
    const char *name;
    void (*make)(struct hard *h); /* changes the plain data */
};
extern const struct hard_kind hard_kinds[];
extern const size_t n_hard_kinds;

/* Harmless data, where each kind begins. */
void hard_data_plain(struct hard *h, gsl_rng *rng);

/* The response of a family that is made of `t`. */
double hard_response(const struct outcome *o, double t);

#endif
