/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/limited/offset_shift.h"

#include <stdint.h>

/* A column that is constant, or SIZE_MAX. */
static size_t constant_column(const struct equation *e, size_t n)
{
    for (size_t j = 0; j < e->p; j++) {
        size_t i = 0;
        while (i < n && e->x[i * e->p + j] == e->x[j])
            i++;
        if (i == n && n > 0 && e->x[j] != 0)
            return j;
    }
    return SIZE_MAX;
}

struct offset_shift offset_shift_of(const struct equation *e, size_t first, size_t n,
                                    struct arena *keep)
{
    size_t j = e->offset ? constant_column(e, n) : SIZE_MAX;
    if (j == SIZE_MAX)
        return (struct offset_shift){.offset = e->offset, .param = first};
    double *less = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        less[i] = e->offset[i] - e->offset[0];
    return (struct offset_shift){less, first + j, -e->offset[0] / e->x[j]};
}
