/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

/* Their equation is Pearson and Filon's on Fisher's z: algebraically Dunn and
   Clark's z, and listed since papers name it. */
static void compute(const struct non_overlapping *r, double conf_level, struct comparison *c)
{
    (void)conf_level;
    comparison_dunn_clark(r->jk, r->hm, non_overlapping_dependence(r, r->jk, r->hm), r->n, c);
}

const struct non_overlapping_method non_overlapping_raghunathan = {
    .name = "raghunathan",
    .title = "Raghunathan, Rosenthal and Rubin's z",
    .source = "Raghunathan, Rosenthal & Rubin (1996), Psych. Methods 1, 178-183",
    .symbol = "z",
    .compute = compute,
};
