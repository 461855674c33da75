/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/compare.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* Fisher's interval of one correlation. */
static void fisher_limits(double r, double n, double conf_level, double *low, double *high)
{
    double half = gsl_cdf_ugaussian_Pinv(0.5 + conf_level / 2) / sqrt(n - 3);
    *low = tanh(atanh(r) - half);
    *high = tanh(atanh(r) + half);
}

static void zou_limits(const struct overlapping *r, double conf_level, struct overlapping_test *t)
{
    double l1, u1, l2, u2, jk = r->jk, jh = r->jh, kh = r->kh;
    double c = ((kh - 0.5 * jk * jh) * (1 - jk * jk - jh * jh - kh * kh) + kh * kh * kh) /
               ((1 - jk * jk) * (1 - jh * jh));
    fisher_limits(jk, r->n, conf_level, &l1, &u1);
    fisher_limits(jh, r->n, conf_level, &l2, &u2);
    double a = jk - l1, b = u2 - jh, d = u1 - jk, e = jh - l2;
    t->conf_low = t->difference - sqrt(fmax(0, a * a + b * b - 2 * c * a * b));
    t->conf_high = t->difference + sqrt(fmax(0, d * d + e * e - 2 * c * d * e));
}

struct overlapping_test compare_overlapping(const struct overlapping *r, double conf_level)
{
    struct overlapping_test t = {.status = FIT_OK,
                                 .difference = r->jk - r->jh,
                                 .statistic = NAN,
                                 .df = NAN,
                                 .p_value = NAN,
                                 .conf_low = NAN,
                                 .conf_high = NAN};
    double determinant =
        1 - r->jk * r->jk - r->jh * r->jh - r->kh * r->kh + 2 * r->jk * r->jh * r->kh;
    double mean = (r->jk + r->jh) / 2, n = r->n;
    if (!(n >= 4)) {
        t.status = FIT_TOO_FEW;
        return t;
    }
    if (!(determinant > 0)) {
        t.status = FIT_SINGULAR;
        return t;
    }
    t.df = n - 3;
    t.statistic = t.difference *
                  sqrt((n - 1) * (1 + r->kh) /
                       (2 * (n - 1) / (n - 3) * determinant + mean * mean * pow(1 - r->kh, 3)));
    t.p_value = 2 * gsl_cdf_tdist_Q(fabs(t.statistic), t.df);
    zou_limits(r, conf_level, &t);
    return t;
}
