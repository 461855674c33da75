/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_LATENT_H
#define ANALYSIS_CORRELATE_LATENT_H

#include "analysis/correlate/correlations.h"

/* Is one of the methods a correlation of latent normal variables? */
bool latent_asked(const struct correlations *c);

/* Adds the tables `latent` (likelihood, test of bivariate normality, empty cells) and
   `thresholds`, and a warning where empty cells decide on a figure. */
void latent_tables(const struct correlations *c, struct report_builder *report, struct arena *keep);

#endif
