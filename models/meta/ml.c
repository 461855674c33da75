/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

static enum fit_status maximise(const struct effects *e, const struct design *d, double *tau2)
{
    *tau2 = likelihood_maximum(e, d, false);
    return FIT_CONVERGED;
}

const struct pool_method pool_ml = {
    .name = "ML",
    .title = "Maximum likelihood",
    .source = "Hardy & Thompson 1996, Stat. Med. 15, 619-629",
    .tau2 = maximise,
};
