/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_SENTENCES_H
#define ANALYSIS_CORRELATE_SENTENCES_H

#include "analysis/correlate/correlations.h"

/* What the correlations say, in sentences of the first method; x and y are indices of
   c->prepared's scales and behaviours.  Cells below min_n, of no figure and margins are left
   out where cells are compared. */

/* From which to which correlation of a scale, over all behaviours. */
const char *phrase_range(const struct correlations *c, size_t x, struct arena *keep);

/* The same for one behaviour, with the prediction interval; NULL: fewer than two cells. */
const char *phrase_spread(const struct correlations *c, size_t x, size_t y, struct arena *keep);

/* What the scales after the first reach over all respondents; NULL: one scale only. */
const char *phrase_rivals(const struct correlations *c, size_t y, struct arena *keep);

/* The pooled value of `pooled`, one of c->pooled. */
const char *phrase_pooled(const struct correlations *c, const struct pooled_cells *pooled,
                          struct arena *keep);

/* One correlation over all respondents, with what qualifies it. */
const char *phrase_correlation(const struct correlations *c, size_t x, size_t y,
                               struct arena *keep);

#endif
