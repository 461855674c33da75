/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/correlation/correlation.h"

static bool defined(const struct correlation *c)
{
    (void)c;
    return true;
}

static void test(const struct correlation *c, const struct pairs *p,
                 const struct correlation_options *options, struct correlation_result *result,
                 struct arena *scratch)
{
    if (c->test)
        c->test(p, result->estimate, result, scratch);
    else
        p_value_permutation.test(c, p, options, result, scratch);
}

const struct p_value p_value_default = {
    .name = "default",
    .title = "The coefficient's own",
    .source = "each coefficient's source; exact where it is quick, as R's cor.test chooses",
    .defined = defined,
    .test = test,
};
