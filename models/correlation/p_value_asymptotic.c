/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

static bool defined(const struct correlation *c)
{
    return c->asymptotic_test != NULL;
}

static void test(const struct correlation *c, const struct pairs *p,
                 const struct correlation_options *options, struct correlation_result *result,
                 struct arena *scratch)
{
    (void)options;
    c->asymptotic_test(p, result->estimate, result, scratch);
}

const struct p_value p_value_asymptotic = {
    .name = "asymptotic",
    .title = "Student's t, F or normal",
    .source =
        "each coefficient's source; Kendall & Gibbons (1990), Rank Correlation Methods, ch. 4",
    .defined = defined,
    .test = test,
};
