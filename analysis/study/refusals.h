/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_REFUSALS_H
#define ANALYSIS_STUDY_REFUSALS_H

#include "models/base/err.h"
#include "models/formula/formula.h"

/* ERR_USAGE for what is wrong with a formula that was typed at --option, with a caret under it;
   false. */
bool refuse_formula(const char *option, const char *text, const struct formula_error *e,
                    struct arena *keep, struct err *err);

#endif
