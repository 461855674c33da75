/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/distribution.h"

#include <math.h>
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

/* Loader 2000, "Fast and accurate computation of binomial probabilities". */
double count_stirling(double y)
{
    double sum = 0, t = 1 / (y * y);
    if (y >= 16)
        return log(2 * M_PI * y) / 2 +
               (1 - t * (1.0 / 30 - t * (1.0 / 105 - t * (1.0 / 140 - t / 99)))) / (12 * y);
    for (int j = 2; j <= (int)y; j++)
        sum += log(j);
    return y > 0 ? sum - y * log(y) + y : 0;
}
