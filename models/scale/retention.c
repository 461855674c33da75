/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/retention.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

struct retention_counts retention_counts(const int32_t first[], const int32_t last[], size_t n,
                                         int32_t from, int32_t to)
{
    assert(from < to);
    size_t start = 0, acquired = 0, end = 0;
    for (size_t i = 0; i < n; i++) {
        assert(first[i] <= last[i]);
        bool at_end = first[i] < to && last[i] >= to;
        start += first[i] < from && last[i] >= from;
        end += at_end;
        acquired += at_end && first[i] >= from;
    }
    return (struct retention_counts){(double)start, (double)acquired, (double)end};
}

struct proportion retention_rate(const struct retention_counts *c, double conf_level)
{
    double kept = c->end - c->acquired;
    if (!(c->start >= 0 && c->acquired >= 0 && kept >= 0 && kept <= c->start))
        return (struct proportion){FIT_DOMAIN, c->start, NAN, NAN, NAN};
    return proportion_wilson(kept / c->start, c->start, conf_level);
}

struct irregular_buyers irregular_buyers(const int32_t first[], const int32_t last[],
                                         const uint32_t purchase_days[], size_t n, int32_t day,
                                         double cycles, double conf_level)
{
    assert(cycles > 0);
    struct irregular_buyers b = {.cycles = cycles};
    for (size_t i = 0; i < n; i++) {
        assert(purchase_days[i] >= 1 && first[i] <= last[i] && last[i] <= day);
        if (purchase_days[i] < 2) {
            b.n_one_purchase++;
            continue;
        }
        /* in whole days, so that a silence of exactly `cycles` gaps is no matter of rounding */
        double gaps = purchase_days[i] - 1.0, span = (double)last[i] - first[i];
        b.n_judged++;
        b.n_active += ((double)day - last[i]) * gaps <= cycles * span;
    }
    b.active =
        proportion_wilson((double)b.n_active / (double)b.n_judged, (double)b.n_judged, conf_level);
    return b;
}
