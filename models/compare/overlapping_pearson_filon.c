/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double a = 1 - r->jk * r->jk, b = 1 - r->jh * r->jh;
    double covariance = a * b * overlapping_dependence(r->jk, r->jh, r->kh);
    (void)conf_level;
    comparison_z(c->difference * sqrt(r->n / (a * a + b * b - 2 * covariance)), c);
}

const struct overlapping_method overlapping_pearson_filon = {
    .name = "pearson_filon",
    .title = "Pearson and Filon's z",
    .source = "Pearson & Filon (1898), Phil. Trans. R. Soc. A 191, 229-311",
    .symbol = "z",
    .compute = compute,
};
