/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/distribution.h"

#include <string.h>

const struct count_distribution *const count_distributions[] = {
#define X(word) &count_distribution_##word,
    COUNT_DISTRIBUTION_LIST(X)
#undef X
};
const size_t n_count_distributions = sizeof count_distributions / sizeof *count_distributions;

const struct count_distribution *count_distribution_find(const char *name)
{
    for (size_t i = 0; i < n_count_distributions; i++)
        if (strcmp(count_distributions[i]->name, name) == 0)
            return count_distributions[i];
    return NULL;
}
