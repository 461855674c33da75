/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

/* Two steps: the crude variance of the effects, then its correction by the
   generalised Q at that value.  Never 0 unless all effects are equal. */
static enum fit_status two_steps(const struct effects *e, const struct design *d, double *tau2)
{
    double crude = effects_squares(e) / (double)e->k;
    *tau2 = crude > 0 ? crude * weigh(e, d, crude).q / effects_df(e, d) : 0;
    return FIT_OK;
}

const struct pool_method pool_sj = {
    .name = "SJ",
    .title = "Sidik-Jonkman",
    .source = "Sidik & Jonkman 2005, Appl. Stat. 54, 367-384",
    .tau2 = two_steps,
};
