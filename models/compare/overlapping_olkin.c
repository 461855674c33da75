/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

/* The large-sample variances and covariance of the two correlations: another road to Pearson
   and Filon's z, and listed since papers name it. */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    overlapping_pearson_filon.compute(r, conf_level, c);
}

const struct overlapping_method overlapping_olkin = {
    .name = "olkin",
    .title = "Olkin's z",
    .source = "Olkin (1967), in Stanley (ed.), Improving Experimental Design and Statistical "
              "Analysis, 102-128",
    .symbol = "z",
    .compute = compute,
};
