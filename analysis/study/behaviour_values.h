/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_BEHAVIOUR_VALUES_H
#define ANALYSIS_STUDY_BEHAVIOUR_VALUES_H

#include "analysis/study/join.h"
#include "io/ledger/behaviours.h"

/* What a behaviour is worth for one response: NaN where it is not defined (then
 *why says so).  Money is in major units. */
double behaviour_value(const struct join *j, size_t response, const struct behaviour *b,
                       enum behaviour_period period, enum missing *why);

/* The frame `study`: key, response_date, (wave), groups, scales, behaviours and,
   where the study declares a baseline, baseline_NAME of each. */
const struct frame *study_frame(const struct join *j, struct arena *keep);

/* Minor units per major unit of the study's currency, and its name (or NULL). */
double currency_units(const struct study *study);
const char *currency_name(const struct study *study);

#endif
