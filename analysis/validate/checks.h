/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_VALIDATE_CHECKS_H
#define ANALYSIS_VALIDATE_CHECKS_H

#include "analysis/study/join.h"
#include "analysis/validate/problems.h"

/* Everything that a run would stop at or warn of, without the run: what stops one
   part of a reading does not keep the others from being read. */
void check_study(const struct job *job, struct problems *problems, struct arena *keep);

/* The steps.  Each result is true if what comes after can rely on the responses.
   set_aside [responses.n]: rows that were told as wrong and left out from then on. */
bool check_responses(struct join *j, bool **set_aside, struct problems *problems,
                     struct arena *keep);
bool check_scales_and_groups(struct join *j, const bool *set_aside, struct problems *problems,
                             struct arena *keep);

/* The ledger and the join; `whole`: scales and groups are read as well. */
void check_match(const struct job *job, struct join *j, bool whole, struct problems *problems,
                 struct arena *keep);

#endif
