/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

static bool defined(const struct correlation *c)
{
    return c->exact_test != NULL;
}

/* Data without an exact test leave p_value missing: nothing else is put in its place. */
static void test(const struct correlation *c, const struct pairs *p,
                 const struct correlation_options *options, struct correlation_result *result,
                 struct arena *scratch)
{
    (void)options;
    c->exact_test(p, result->estimate, result, scratch);
}

const struct p_value p_value_exact = {
    .name = "exact",
    .title = "Exact, over all permutations",
    .source = "Kendall & Gibbons (1990), Rank Correlation Methods, ch. 4",
    .defined = defined,
    .test = test,
};
