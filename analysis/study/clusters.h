/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_CLUSTERS_H
#define ANALYSIS_STUDY_CLUSTERS_H

#include "models/base/err.h"
#include "models/base/frame.h"

/* Which cluster each row of a frame belongs to, by the values of a column. */
struct clusters {
    const char *name;     /* of the column */
    const uint32_t *code; /* [rows of the frame] 0 .. n - 1 */
    size_t n;
};

/* ERR_COLUMN where there is no such column, ERR_VALUE for a row without a cluster. */
bool clusters_settle(const char *name, const struct frame *f, struct clusters *clusters,
                     struct arena *keep, struct err *err);

#endif
