/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_FEW_H
#define ANALYSIS_GLM_FEW_H

#include "analysis/glm/regressions.h"

/* Regressions that rest on few clusters or few events: what is said of them, and tests that hold
   with few clusters. */

/* --interval is "wald" or "bootstrap".  ERR_USAGE where there is no such bootstrap. */
bool regressions_interval_settle(const char *interval, const struct regressions_words *words,
                                 struct err *err);

/* Tests and limits of all terms by the wild cluster bootstrap, into the cells. */
void regressions_bootstrap(struct regressions *r, size_t replicates, const struct job *job);

/* Warnings: fewer than 40 clusters without that bootstrap, one event, fewer than ten events per
   coefficient. */
void regressions_few_lines(const struct regressions *r, struct report_builder *report);

#endif
