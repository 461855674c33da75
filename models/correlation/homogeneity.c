/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/homogeneity.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

static double weight(const struct correlation *c, const struct correlation_result *cell)
{
    return cell->status == FIT_OK && c->z_variance ? 1 / c->z_variance(cell->estimate, cell->n_eff)
                                                   : 0;
}

static void pool(struct homogeneity *h, double weights, double conf_level)
{
    double half = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2) / sqrt(weights);
    h->std_error = 1 / sqrt(weights);
    h->pooled = tanh(h->pooled_z);
    h->conf_low = tanh(h->pooled_z - half);
    h->conf_high = tanh(h->pooled_z + half);
}

void correlation_homogeneity(const struct correlation *c, const struct correlation_result cells[],
                             size_t n, double conf_level, struct homogeneity *result)
{
    assert(conf_level > 0 && conf_level < 1);
    struct sum weights = {0}, weighted = {0}, q = {0};
    *result = (struct homogeneity){FIT_TOO_FEW, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < n; i++) {
        double w = weight(c, &cells[i]);
        result->k += w > 0;
        result->dropped += !(w > 0);
        sum_add(&weights, w);
        sum_add(&weighted, w > 0 ? w * atanh(cells[i].estimate) : 0);
    }
    if (result->k < 2)
        return;
    result->status = FIT_OK;
    result->pooled_z = sum_value(&weighted) / sum_value(&weights);
    for (size_t i = 0; i < n; i++) {
        double w = weight(c, &cells[i]);
        double d = w > 0 ? atanh(cells[i].estimate) - result->pooled_z : 0;
        sum_add(&q, w * d * d);
    }
    result->q = sum_value(&q);
    result->df = (double)result->k - 1;
    result->p_value = gsl_cdf_chisq_Q(result->q, result->df);
    result->i2 = result->q > result->df ? (result->q - result->df) / result->q : 0;
    pool(result, sum_value(&weights), conf_level);
}
