/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

/* Conditional on the observed k and h: it rejects too often where they vary, see Williams. */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double scale = 2 * overlapping_determinant(r);
    (void)conf_level;
    comparison_t(c->difference * sqrt((r->n - 3) * (1 + r->kh) / scale), r->n - 3, c);
}

const struct overlapping_method overlapping_hotelling = {
    .name = "hotelling",
    .title = "Hotelling's t",
    .source = "Hotelling (1940), Ann. Math. Statist. 11, 271-283",
    .symbol = "t",
    .compute = compute,
};
