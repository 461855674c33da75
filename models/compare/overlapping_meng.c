/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/compare/compare.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* Equations 1 to 4; the interval is of the difference of the two z's. */
static void compute(const struct overlapping *r, double conf_level, struct comparison *c)
{
    double mean = (r->jk * r->jk + r->jh * r->jh) / 2;
    double f = fmin(1, (1 - r->kh) / (2 * (1 - mean))), h = (1 - f * mean) / (1 - mean);
    double d = atanh(r->jk) - atanh(r->jh);
    double std_error = sqrt(2 * (1 - r->kh) * h / (r->n - 3));
    double half = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2) * std_error;
    comparison_z(d / std_error, c);
    c->conf_low = d - half;
    c->conf_high = d + half;
}

const struct overlapping_method overlapping_meng = {
    .name = "meng",
    .title = "Meng, Rosenthal and Rubin's z",
    .source = "Meng, Rosenthal & Rubin (1992), Psych. Bull. 111, 172-175",
    .symbol = "z",
    .of_z = true,
    .compute = compute,
};
