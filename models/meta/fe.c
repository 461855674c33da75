/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/meta/tau2.h"

const struct pool_method pool_fe = {
    .name = "FE",
    .title = "Common effect",
    .source = "Hedges & Olkin 1985, Statistical Methods for Meta-Analysis, ch. 6",
    .tau2 = NULL,
};
