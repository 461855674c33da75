/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

/* Dunn and Clark's z, the dependence at the mean correlation: the hypothesis says they are one. */
static void compute(const struct non_overlapping *r, double conf_level, struct comparison *c)
{
    double mean = (r->jk + r->hm) / 2;
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->hm, non_overlapping_dependence(r, mean, mean), r->n, c);
}

const struct non_overlapping_method non_overlapping_steiger = {
    .name = "steiger",
    .title = "Steiger's z",
    .source = "Steiger (1980), Psych. Bull. 87, 245-251",
    .symbol = "z",
    .compute = compute,
};
