/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/base/sample.h"

double sample_size(const struct sample *s)
{
    if (!s->w)
        return (double)s->n;
    double total = 0;
    for (size_t i = 0; i < s->n; i++)
        total += s->weight_kind == WEIGHT_FREQUENCY ? s->w[i] : s->w[i] > 0;
    return total;
}

double sample_effective_size(const struct sample *s)
{
    if (!s->w || s->weight_kind == WEIGHT_FREQUENCY)
        return sample_size(s);
    double sum = 0, squares = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += s->w[i];
        squares += s->w[i] * s->w[i];
    }
    return squares > 0 ? sum * sum / squares : 0;
}
