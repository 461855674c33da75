/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

static void compute(const struct independent *r, double conf_level, struct comparison *c)
{
    comparison_zou(r, 0, conf_level, c);
}

const struct independent_method independent_zou = {
    .name = "zou",
    .title = "Zou's interval",
    .source = "Zou (2007), Psych. Methods 12, 399-413",
    .symbol = NULL,
    .compute = compute,
};
