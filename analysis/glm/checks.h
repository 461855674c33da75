/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_CHECKS_H
#define ANALYSIS_GLM_CHECKS_H

#include "analysis/glm/regressions.h"

/* Checks of what the regressions take for granted: rows of `diagnostics`, and sentences where
   one is alarming. */

struct regression_checks;

/* Runs the checks of every cell, if the table diagnostics or the lines are shown; else r->checks
   stays NULL. */
void regressions_check(struct regressions *r, const struct job *job);

/* Rows of diagnostics: vif.TERM (GVIF of a term of several columns, with gvif_root.TERM =
   GVIF^(1/(2 df))), those of models/diagnostic/check.h, and brant.TERM. */
void regressions_check_diagnostics(struct results *t, const struct regressions *r,
                                   const struct regression_cell *cell);

/* What is wrong and what to do about it. */
void regressions_check_lines(const struct regressions *r, struct report_builder *report);

#endif
