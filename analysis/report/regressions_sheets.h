/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_REPORT_REGRESSIONS_SHEETS_H
#define ANALYSIS_REPORT_REGRESSIONS_SHEETS_H

#include "analysis/glm/regressions.h"

/* The regressions of the report, one per behaviour, by the family that its values ask for:
   behaviour on all scales and on the same behaviour before (the baseline that intent has to add to)
   in each cell, and its moderation, the first scale times each grouping column, over all
   customers.  Their tables have the names of saydo-glm's with regression_ or moderation_ before
   them; tables of several behaviours are one. */
bool regressions_sheets(const struct prepared *p, const struct job *job,
                        struct report_builder *report, struct err *err);

#endif
