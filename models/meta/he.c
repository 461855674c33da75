/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/base/sum.h"
#include "models/meta/tau2.h"

/* The variance of the effects less the mean of their sampling variances. */
static enum fit_status unweighted_moment(const struct effects *e, double *tau2)
{
    double between = effects_squares(e) / ((double)e->k - 1);
    *tau2 = fmax(0, between - mean(e->v, NULL, e->k));
    return FIT_OK;
}

const struct pool_method pool_he = {
    .name = "HE",
    .title = "Hedges",
    .source = "Hedges 1983, Psychol. Bull. 93, 388-395",
    .tau2 = unweighted_moment,
};
