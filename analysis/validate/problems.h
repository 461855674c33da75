/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_VALIDATE_PROBLEMS_H
#define ANALYSIS_VALIDATE_PROBLEMS_H

#include "analysis/study/results.h"
#include "models/base/err.h"

/* What is wrong with a study, all that can be told at once. */
struct problems;

struct problems *problems_new(struct arena *keep);

/* An error that would stop a run; one that was told already is not told again. */
void problems_error(struct problems *p, const struct err *e);

/* Something that a run only warns of. */
void problems_warning(struct problems *p, const struct problem *warning);

size_t problems_n_errors(const struct problems *p);
size_t problems_n_warnings(const struct problems *p);

/* The first error, with a message that counts them; NULL without one. */
const struct err *problems_failure(const struct problems *p);

/* The table `problems`: errors first, in the order in which they were found. */
const struct frame *problems_frame(const struct problems *p);

#endif
