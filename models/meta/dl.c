/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/meta/tau2.h"

static enum fit_status moment(const struct effects *e, const struct design *d, double *tau2)
{
    struct weighing w = weigh(e, d, 0);
    double excess = w.q - effects_df(e, d);
    *tau2 = fmax(0, excess / w.trace);
    return FIT_OK;
}

const struct pool_method pool_dl = {
    .name = "DL",
    .title = "DerSimonian-Laird",
    .source = "DerSimonian & Laird 1986, Control. Clin. Trials 7, 177-188",
    .tau2 = moment,
};
