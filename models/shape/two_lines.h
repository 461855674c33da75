/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SHAPE_TWO_LINES_H
#define MODELS_SHAPE_TWO_LINES_H

#include <stdbool.h>

#include "models/base/arena.h"
#include "models/base/fit.h"
#include "models/base/sample.h"
#include "models/curve/points.h"
#include "models/shape/shape.h"

/* Does the relation turn, without a parabola's say?  Two lines (Simonsohn 2018,
   Advances in Methods and Practices in Psychological Science 1, 538-555): the slope
   up to a breakpoint and the slope from it on, of opposite signs and each
   significant by itself.  Rows at the breakpoint belong to both. */
struct two_lines {
    enum fit_status status;
    double n_obs;
    double breakpoint;
    struct limits slope[2];                           /* below and above */
    double std_error[2], statistic[2], p_value_of[2]; /* HC3, standard normal, two-sided */
    double p_value; /* of a turn: the larger of the two, 1 where the signs are equal */
    bool hc1;       /* HC3 is not defined (a row that its line must meet): HC1 */
};

/* Both lines at a given breakpoint: R's lm with sandwich::vcovHC on the rows.
   Status: "too few observations" with less than two distinct x, or three rows,
   on a side; "perfect fit" where a line meets all its rows. */
void two_lines_at(const struct points *p, double breakpoint, double conf_level,
                  struct two_lines *out);

/* The same at the Robin Hood breakpoint (Simonsohn 2018, p. 546; his twolines.R 0.52): of
   the x where a smooth curve is within a standard error of its extreme, over the middle
   80 % of the rows, the quantile that gives the weaker line the more rows. */
void two_lines_of(const struct sample *s, double conf_level, struct two_lines *out,
                  struct arena *keep);

#endif
