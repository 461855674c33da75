/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

static void compute(const struct non_overlapping *r, double conf_level, struct comparison *c)
{
    struct independent pair = independent_pearson(r->jk, r->n, r->hm, r->n);
    comparison_zou(&pair, non_overlapping_dependence(r, r->jk, r->hm), conf_level, c);
}

const struct non_overlapping_method non_overlapping_zou = {
    .name = "zou",
    .title = "Zou's interval",
    .source = "Zou (2007), Psych. Methods 12, 399-413",
    .symbol = NULL,
    .compute = compute,
};
