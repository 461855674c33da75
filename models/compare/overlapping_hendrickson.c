/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

/* Hotelling's t with a term of order 1 / n. */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double d = c->difference;
    double scale = 2 * overlapping_determinant(r) + d * d * pow(1 - r->kh, 3) / (4 * (r->n - 1));
    (void)conf_level;
    comparison_t(d * sqrt((r->n - 3) * (1 + r->kh) / scale), r->n - 3, c);
}

const struct overlapping_method overlapping_hendrickson = {
    .name = "hendrickson",
    .title = "Hendrickson, Stanley and Hills's t",
    .source = "Hendrickson, Stanley & Hills (1970), Am. Educ. Res. J. 7, 189-195",
    .symbol = "t",
    .compute = compute,
};
