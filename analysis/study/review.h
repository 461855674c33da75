/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_REVIEW_H
#define ANALYSIS_STUDY_REVIEW_H

#include "analysis/study/join.h"

/* The table `review`: known customers with a name, or an id that is one, like that of a respondent
   who was not found.  For people to look at: nothing of it enters a result.

   Compared are the study's columns of names (join.review), without them the ids, folded by NFKC
   and case: Dice's coefficient of trigrams (models/base/trigrams.h).  Of two e-mail addresses the
   smaller one of what stands before and behind the '@'.  Ids that are no names (below three
   letters, or not more letters than digits) are passed over: a similar number is another
   customer.  At most REVIEW_MOST of each respondent, most similar first, then by the bytes of
   the candidate's name and id. */
enum { REVIEW_MOST = 3 };

void join_table_review(const struct join *j, struct report_builder *report, struct arena *keep);

#endif
