/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

/* Steiger's (1980) form, eq. 7. */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double n = r->n, mean = (r->jk + r->jh) / 2;
    double scale =
        2 * (n - 1) / (n - 3) * overlapping_determinant(r) + mean * mean * pow(1 - r->kh, 3);
    (void)conf_level;
    comparison_t(c->difference * sqrt((n - 1) * (1 + r->kh) / scale), n - 3, c);
}

const struct overlapping_method overlapping_williams = {
    .name = "williams",
    .title = "Williams's t",
    .source = "Williams (1959), J. R. Statist. Soc. B 21, 396-399; Steiger (1980), Psych. Bull. "
              "87, 245-251, eq. 7",
    .symbol = "t",
    .compute = compute,
};
