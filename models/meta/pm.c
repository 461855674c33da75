/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

/* The tau2 at which the generalised Q takes its expected value k - 1. */
static enum fit_status solve(const struct effects *e, const struct design *d, double *tau2)
{
    *tau2 = generalised_q_root(e, d, effects_df(e, d));
    return FIT_CONVERGED;
}

const struct pool_method pool_pm = {
    .name = "PM",
    .title = "Paule-Mandel",
    .source = "Paule & Mandel 1982, J. Res. Natl. Bur. Stand. 87, 377-385",
    .tau2 = solve,
};
