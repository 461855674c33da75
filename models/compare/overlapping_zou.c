/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    struct independent pair = independent_pearson(r->jk, r->n, r->jh, r->n);
    comparison_zou(&pair, overlapping_dependence(r->jk, r->jh, r->kh), conf_level, c);
}

const struct overlapping_method overlapping_zou = {
    .name = "zou",
    .title = "Zou's interval",
    .source = "Zou (2007), Psych. Methods 12, 399-413",
    .symbol = NULL,
    .compute = compute,
};
