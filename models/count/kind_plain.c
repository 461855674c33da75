/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/kind.h"

#include <math.h>

static double mean(const struct count_distribution *d, const struct count_at *at)
{
    (void)d;
    return exp(at->eta);
}

const struct count_kind count_kind_plain = {
    .name = "plain",
    .title = "Count regression",
    .source = "Cameron & Trivedi 2013, Regression Analysis of Count Data, ch. 3",
    .log_density = count_log_density,
    .mean = mean,
};
