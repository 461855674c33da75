/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_NOTES_H
#define ANALYSIS_CORRELATE_NOTES_H

#include "analysis/correlate/correlations.h"

/* What stands below the tables of correlations: of intervals and p-values, and the line of R
   that gives the same figures. */

/* Each method's interval and what its std_error is. */
const char *note_methods(const struct correlations *c, struct arena *keep);

/* How p_value came about, where it is not each method's own; "" where it is. */
const char *note_p_value(const struct correlations *c, struct arena *keep);

/* The first cell, scale and behaviour by each method: cor.test(), or the method's check_r. */
const char *check_cells(const struct correlations *c, struct arena *keep);

/* The non-margin rows of the first scale, behaviour and of this method, as d. */
const char *check_rows(const struct correlations *c, const struct correlation *method,
                       bool one_behaviour, struct arena *keep);

/* metafor's rma() of the first method that is pooled, with these options; NULL: none is. */
const char *check_pooling(const struct correlations *c, const char *how, struct arena *keep);

#endif
