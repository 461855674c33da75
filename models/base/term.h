/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_BASE_TERM_H
#define MODELS_BASE_TERM_H

#include <stddef.h>

#include "models/base/fit.h"

/* One row of the table `terms`: a parameter with its test against zero and its
   interval, by Student's t on df (the normal where that is infinite) unless the fit brings its own
   limits; figures that are not available are NaN.  Status: the fit's, or "at a bound". */
struct term {
    const char *name;
    enum fit_status status;
    double estimate, std_error, statistic, df, p_value, conf_low, conf_high;
};

struct term term_of(const struct fit *fit, size_t j, double conf_level);

#endif
