/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

/* Morris's equation, sum w {k/(k-1) (y - mean)^2 - (v + tau2)} = 0, is
   Q(tau2) k/(k-1) = k: the same root as Paule and Mandel's. */
static enum fit_status solve(const struct effects *e, const struct design *d, double *tau2)
{
    *tau2 = generalised_q_root(e, d, effects_df(e, d));
    return FIT_CONVERGED;
}

const struct pool_method pool_eb = {
    .name = "EB",
    .title = "Empirical Bayes",
    .source = "Morris 1983, J. Am. Stat. Assoc. 78, 47-55",
    .tau2 = solve,
};
