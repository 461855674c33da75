/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

static void compute(const struct non_overlapping *r, double conf_level, struct comparison *c)
{
    double a = 1 - r->jk * r->jk, b = 1 - r->hm * r->hm;
    double covariance = a * b * non_overlapping_dependence(r, r->jk, r->hm);
    (void)conf_level;
    comparison_z(c->difference * sqrt(r->n / (a * a + b * b - 2 * covariance)), c);
}

const struct non_overlapping_method non_overlapping_pearson_filon = {
    .name = "pearson_filon",
    .title = "Pearson and Filon's z",
    .source = "Pearson & Filon (1898), Phil. Trans. R. Soc. A 191, 229-311",
    .symbol = "z",
    .compute = compute,
};
