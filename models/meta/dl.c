/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/meta/tau2.h"

static enum fit_status moment(const struct effects *e, double *tau2)
{
    struct weighing w = weigh(e, 0);
    double excess = w.q - ((double)e->k - 1);
    *tau2 = fmax(0, excess / (w.w - w.w2 / w.w));
    return FIT_OK;
}

const struct pool_method pool_dl = {
    .name = "DL",
    .title = "DerSimonian-Laird",
    .source = "DerSimonian & Laird 1986, Control. Clin. Trials 7, 177-188",
    .tau2 = moment,
};
