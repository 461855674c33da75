/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

/* Dunn and Clark's z, the dependence at the mean correlation: the hypothesis says they are one. */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double mean = (r->jk + r->jh) / 2;
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->jh, overlapping_dependence(mean, mean, r->kh), r->n, c);
}

const struct overlapping_method overlapping_steiger = {
    .name = "steiger",
    .title = "Steiger's z",
    .source = "Steiger (1980), Psych. Bull. 87, 245-251",
    .symbol = "z",
    .compute = compute,
};
