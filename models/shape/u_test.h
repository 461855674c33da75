/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_U_TEST_H
#define MODELS_SHAPE_U_TEST_H

#include <stdbool.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/curve/saturated.h"
#include "models/shape/shape.h"

/* Does the relation turn?  A parabola's significant square term does not say so: its
   turn may lie outside the data.  Lind & Mehlum (2010, Oxford Bull. Econ. Stat. 72,
   109-118, after Sasabuchi 1980) test the slopes of y = a + b x + c x^2 at both
   ends of the data: a U falls at the lower end and rises at the upper one. */
struct u_end {
    double at, slope, std_error, statistic;
};

struct u_test {
    enum fit_status status; /* "ok", or why there are no figures (NaN) */
    double n_obs, df;
    struct u_end low, high;
    /* The weaker of the two t statistics and its one-sided p, the larger of the two. */
    struct test_result u, inverse_u;
    double turn, std_error;       /* -b / 2c, and its standard error by the delta method */
    struct limits delta, fieller; /* Fieller (1954): NaN where it is not a finite interval */
    bool inside;                  /* the turn is between the ends of the data */
};

void u_test_of(const struct sample *s, double conf_level, struct u_test *out, struct arena *keep);

#endif
