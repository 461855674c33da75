/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/meta/tau2.h"

/* With k, not k - 1: biased downward, as published. */
static enum fit_status moment(const struct effects *e, const struct design *d, double *tau2)
{
    struct weighing w = weigh(e, d, 0);
    *tau2 = fmax(0, (w.q - (double)e->k) / w.w);
    return FIT_OK;
}

const struct pool_method pool_hs = {
    .name = "HS",
    .title = "Hunter-Schmidt",
    .source = "Schmidt & Hunter 2004, Methods of Meta-Analysis, 2nd ed.",
    .tau2 = moment,
};
