/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_LIMITED_OFFSET_SHIFT_H
#define MODELS_LIMITED_OFFSET_SHIFT_H

#include "models/limited/working.h"

/* An offset less its first value, which the coefficient of a constant column takes up, so that an
   offset of 1e9 costs no digits of the search.  Where there is no such column it is as given. */
struct offset_shift {
    const double *offset; /* [n] or NULL */
    size_t param;         /* of the estimates */
    double by;            /* what is added to it afterwards */
};

/* `first`: place of the equation's first coefficient among the estimates. */
struct offset_shift offset_shift_of(const struct equation *e, size_t first, size_t n,
                                    struct arena *keep);

#endif
