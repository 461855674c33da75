/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_HOUSE_H
#define ANALYSIS_STUDY_HOUSE_H

#include "analysis/study/join.h"

/* Warns of accounts that look like those of many people: one of the 0.01 % (at least five) with
   the most ledger lines, with a hundred or more of them and over 50 times the median of the
   customers who have any.  And of found respondents with a role address such as info@. */
void house_warnings(const struct join *j, struct report_builder *report);

/* Is this key an e-mail address of an office and not of a person?  RFC 2142 and usual others. */
bool house_is_role(const char *key);

#endif
