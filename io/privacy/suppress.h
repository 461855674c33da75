/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_PRIVACY_SUPPRESS_H
#define IO_PRIVACY_SUPPRESS_H

#include "io/report.h"
#include "models/base/arena.h"

/* --suppress-below: no figure of fewer than N respondents is published.  Groups that are too small
   have been left out before anything was computed (analysis/study/suppression.h); here the cells
   inside groups follow (answers, periods, bins), and what rests on fewer respondents than its
   group, with further cells from which they could be had by subtraction.  Tables of individuals
   are not shown, nor charts of cells that are not told. */

#define STATUS_SUPPRESSED "suppressed"

/* The report without them, in place; every table of it has its columns still. */
void suppress_below(struct report *report, double below, struct arena *keep);

#endif
