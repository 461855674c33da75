/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/multiple/adjust.h"

#include <math.h>
#include <string.h>

#include "models/base/order.h"

const struct adjustment *const adjustments[] = {
#define X(name) &adjustment_##name,
    ADJUSTMENT_LIST(X)
#undef X
};
const size_t n_adjustments = sizeof adjustments / sizeof *adjustments;

const struct adjustment *adjustment_find(const char *name)
{
    for (size_t i = 0; i < n_adjustments; i++)
        if (strcmp(adjustments[i]->name, name) == 0)
            return adjustments[i];
    return NULL;
}

void adjust_p_values(const struct adjustment *a, const double p[], size_t n, double adjusted[],
                     struct arena *scratch)
{
    double *family = ARENA_NEW(scratch, double, n), *ascending = ARENA_NEW(scratch, double, n);
    size_t *from = ARENA_NEW(scratch, size_t, n), m = 0;
    for (size_t i = 0; i < n; i++) {
        adjusted[i] = NAN;
        if (isnan(p[i]))
            continue;
        family[m] = p[i];
        from[m++] = i;
    }
    const uint32_t *order = order_real(family, m, scratch);
    for (size_t i = 0; i < m; i++)
        ascending[i] = family[order[i]];
    a->sorted(ascending, m);
    for (size_t i = 0; i < m; i++)
        adjusted[from[order[i]]] = ascending[i];
}
