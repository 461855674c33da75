/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

/* Dunn and Clark's z, the dependence at the tanh of the mean z. */
static void compute(const struct non_overlapping *r, double conf_level, struct comparison *c)
{
    double mean = comparison_mean_r(r->jk, r->hm);
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->hm, non_overlapping_dependence(r, mean, mean), r->n, c);
}

const struct non_overlapping_method non_overlapping_silver = {
    .name = "silver",
    .title = "Silver, Hittner and May's z",
    .source = "Silver, Hittner & May (2004), J. Exp. Educ. 73, 53-69",
    .symbol = "z",
    .compute = compute,
};
