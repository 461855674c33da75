/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

static enum fit_status limits(const struct correlation *c, const struct pairs *p,
                              const struct correlation_options *options,
                              struct correlation_result *result, struct arena *scratch)
{
    (void)c, (void)p, (void)options, (void)result, (void)scratch;
    return FIT_OK;
}

const struct interval interval_none = {
    .name = "none",
    .title = "None",
    .source = "for a coefficient without an interval that holds near 0",
    .std_error = "not given",
    .limits = limits,
};
