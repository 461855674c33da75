/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CURVE_FORMULAS_H
#define ANALYSIS_CURVE_FORMULAS_H

#include "analysis/curve/fitting.h"
#include "analysis/study/prepared.h"

/* Fits a formula that the user typed in every group and adds the tables terms and
   models, curve "formula".  What is wrong with the formula or the starting values is
   ERR_USAGE with the place marked by a caret; so is a start outside the bounds. */
bool formulas_tables(const struct prepared *p, const char *formula, const char *start,
                     const struct fitting *fitting, struct report_builder *report,
                     struct arena *keep, struct err *err);

#endif
