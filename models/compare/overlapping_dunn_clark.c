/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->jh, overlapping_dependence(r->jk, r->jh, r->kh), r->n, c);
}

const struct overlapping_method overlapping_dunn_clark = {
    .name = "dunn_clark",
    .title = "Dunn and Clark's z",
    .source = "Dunn & Clark (1969), J. Am. Statist. Assoc. 64, 366-377",
    .symbol = "z",
    .compute = compute,
};
