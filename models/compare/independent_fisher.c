/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

static void compute(const struct independent *r, double conf_level, struct comparison *c)
{
    (void)conf_level;
    comparison_z((atanh(r->r_1) - atanh(r->r_2)) / sqrt(r->variance_1 + r->variance_2), c);
}

const struct independent_method independent_fisher = {
    .name = "fisher",
    .title = "Fisher's z",
    .source = "Fisher (1925), Statistical Methods for Research Workers, sec. 35",
    .symbol = "z",
    .compute = compute,
};
