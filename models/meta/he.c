/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/sum.h"
#include "models/meta/tau2.h"

/* Sum of v (1 - leverage) of the unweighted fit. */
static double error_part(const struct effects *e, const struct design *d)
{
    struct sum s = {0};
    for (size_t i = 0; i < e->k; i++)
        sum_add(&s, e->v[i] * (1 - (d ? design_leverage(d, i) : 1 / (double)e->k)));
    return sum_value(&s);
}

/* The variance of the effects about the unweighted fit less the part of their sampling
   variances in it: for the mean, less the mean of the sampling variances. */
static enum fit_status unweighted_moment(const struct effects *e, const struct design *d,
                                         double *tau2)
{
    if (d && !design_fit(d, e->y, NULL, 0))
        return FIT_SINGULAR;
    double squares = d ? cross_product(d->rest, 0, d->rest, 0, NULL, e->k) : effects_squares(e);
    *tau2 = fmax(0, (squares - error_part(e, d)) / effects_df(e, d));
    return FIT_OK;
}

const struct pool_method pool_he = {
    .name = "HE",
    .title = "Hedges",
    .source = "Hedges 1983, Psychol. Bull. 93, 388-395",
    .tau2 = unweighted_moment,
};
