/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

static void compute(const struct non_overlapping *r, double conf_level, struct comparison *c)
{
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->hm, non_overlapping_dependence(r, r->jk, r->hm), r->n, c);
}

const struct non_overlapping_method non_overlapping_dunn_clark = {
    .name = "dunn_clark",
    .title = "Dunn and Clark's z",
    .source = "Dunn & Clark (1969), J. Am. Statist. Assoc. 64, 366-377",
    .symbol = "z",
    .compute = compute,
};
