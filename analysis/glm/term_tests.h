/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_GLM_TERM_TESTS_H
#define ANALYSIS_GLM_TERM_TESTS_H

#include "analysis/glm/regressions.h"

/* The table tests: each term of the formula dropped in turn. */
void regressions_term_tests(const struct regressions *r, const struct job *job,
                            struct report_builder *report, struct arena *keep);

/* The table comparison, and a sentence: the formula beside another, `text`, of the same response,
   on the rows that both can use.  ERR_USAGE where that is no formula of it. */
bool regressions_comparison(const struct regressions *r, const char *text, const struct job *job,
                            struct report_builder *report, struct arena *keep, struct err *err);

#endif
