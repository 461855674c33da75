/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/kind.h"

#include <math.h>
#include <string.h>

const struct count_kind *const count_kinds[] = {
#define X(word) &count_kind_##word,
    COUNT_KIND_LIST(X)
#undef X
};
const size_t n_count_kinds = sizeof count_kinds / sizeof *count_kinds;

const struct count_kind *count_kind_find(const char *name)
{
    for (size_t i = 0; i < n_count_kinds; i++)
        if (strcmp(count_kinds[i]->name, name) == 0)
            return count_kinds[i];
    return NULL;
}

double count_log_density(const struct count_distribution *d, double y, const struct count_at *at,
                         double first[], double second[])
{
    double g[2], h[3];
    double f = d->log_density(y, at->eta, at->log_theta, first ? g : NULL, first ? h : NULL);
    if (!first)
        return f;
    memset(first, 0, 3 * sizeof *first);
    memset(second, 0, 9 * sizeof *second);
    first[COUNT_ETA] = g[0];
    first[COUNT_LOG_THETA] = g[1];
    second[COUNT_ETA * 3 + COUNT_ETA] = h[0];
    second[COUNT_ETA * 3 + COUNT_LOG_THETA] = second[COUNT_LOG_THETA * 3 + COUNT_ETA] = h[1];
    second[COUNT_LOG_THETA * 3 + COUNT_LOG_THETA] = h[2];
    return f;
}

double count_log_logistic(double z)
{
    return z < 0 ? z - log1p(exp(z)) : -log1p(exp(-z));
}
