/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/difference.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

static struct difference nothing(double n_1, double n_2)
{
    return (struct difference){FIT_TOO_FEW, n_1, n_2, NAN, NAN, NAN, NAN,
                               NAN,         NAN, NAN, NAN, NAN, NAN, NAN};
}

/* Welch's test; va and vb are the squared standard errors of the means. */
static void welch(struct difference *d, double va, double vb, double conf_level)
{
    d->std_error = sqrt(va + vb);
    double share = va / (va + vb); /* not squares of small numbers */
    d->df = 1 / (share * share / (d->n_1 - 1) + (1 - share) * (1 - share) / (d->n_2 - 1));
    d->statistic = d->estimate / d->std_error;
    d->p_value = 2 * gsl_cdf_tdist_Q(fabs(d->statistic), d->df);
    double t = gsl_cdf_tdist_Qinv((1 - conf_level) / 2, d->df);
    d->conf_low = d->estimate - t * d->std_error;
    d->conf_high = d->estimate + t * d->std_error;
}

static void hedges(struct difference *d, double sd_1, double sd_2, double conf_level)
{
    double df = d->n_1 + d->n_2 - 2;
    double pooled = sqrt(((d->n_1 - 1) * sd_1 * sd_1 + (d->n_2 - 1) * sd_2 * sd_2) / df);
    int sign;
    double correction =
        exp(lgamma_r(df / 2, &sign) - lgamma_r((df - 1) / 2, &sign) - log(df / 2) / 2);
    d->smd = correction * d->estimate / pooled;
    d->smd_std_error = sqrt(1 / d->n_1 + 1 / d->n_2 + d->smd * d->smd / (2 * (d->n_1 + d->n_2)));
    double z = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    d->smd_low = d->smd - z * d->smd_std_error;
    d->smd_high = d->smd + z * d->smd_std_error;
}

struct difference difference_of_means(const struct distribution *a, const struct distribution *b,
                                      double conf_level)
{
    assert(conf_level > 0 && conf_level < 1);
    struct difference d = nothing(a->n_eff, b->n_eff);
    d.estimate = a->mean - b->mean;
    if (!(a->n_eff >= 2 && b->n_eff >= 2))
        return d;
    double va = a->sd * a->sd / a->n_eff, vb = b->sd * b->sd / b->n_eff;
    if (!(va + vb > 0)) {
        d.status = FIT_CONSTANT;
        return d;
    }
    d.status = FIT_OK;
    welch(&d, va, vb, conf_level);
    hedges(&d, a->sd, b->sd, conf_level);
    return d;
}

struct difference difference_of_proportions(const struct proportion *a, const struct proportion *b)
{
    struct difference d = nothing(a->n, b->n);
    d.status = a->status != FIT_OK ? a->status : b->status;
    if (d.status != FIT_OK)
        return d;
    double p = a->estimate, q = b->estimate;
    d.estimate = p - q;
    d.conf_low = d.estimate - hypot(p - a->conf_low, b->conf_high - q);
    d.conf_high = d.estimate + hypot(a->conf_high - p, q - b->conf_low);
    d.std_error = sqrt(p * (1 - p) / a->n + q * (1 - q) / b->n);
    double pooled = (a->n * p + b->n * q) / (a->n + b->n);
    double null_variance = pooled * (1 - pooled) * (1 / a->n + 1 / b->n);
    if (!(null_variance > 0) || (p == q && (p == 0 || p == 1))) {
        d.status = FIT_CONSTANT;
        return d;
    }
    d.statistic = d.estimate / sqrt(null_variance);
    d.p_value = 2 * gsl_cdf_ugaussian_Q(fabs(d.statistic));
    return d;
}
