/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

/* Dunn and Clark's z, the dependence at the tanh of the mean z (Silver and Dunlap 1987). */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double mean = comparison_mean_r(r->jk, r->jh);
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->jh, overlapping_dependence(mean, mean, r->kh), r->n, c);
}

const struct overlapping_method overlapping_hittner = {
    .name = "hittner",
    .title = "Hittner, May and Silver's z",
    .source = "Hittner, May & Silver (2003), J. Gen. Psych. 130, 149-168",
    .symbol = "z",
    .compute = compute,
};
