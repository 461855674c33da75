/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/kind.h"

#include <math.h>

static double mean(const struct count_distribution *d, const struct count_at *at, double first[])
{
    (void)d;
    if (first) {
        first[COUNT_ETA] = exp(at->eta);
        first[COUNT_ZETA] = first[COUNT_LOG_THETA] = 0;
    }
    return exp(at->eta);
}

const struct count_kind count_kind_plain = {
    .name = "plain",
    .title = "Count regression",
    .source = "Cameron & Trivedi 2013, Regression Analysis of Count Data, ch. 3",
    .log_density = count_log_density,
    .mean = mean,
};
