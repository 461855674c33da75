/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

static enum fit_status maximise(const struct effects *e, const struct design *d, double *tau2)
{
    *tau2 = likelihood_maximum(e, d, true);
    return FIT_CONVERGED;
}

const struct pool_method pool_reml = {
    .name = "REML",
    .title = "Restricted maximum likelihood",
    .source = "Viechtbauer 2005, J. Educ. Behav. Stat. 30, 261-293",
    .tau2 = maximise,
};
