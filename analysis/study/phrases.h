/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_PHRASES_H
#define ANALYSIS_STUDY_PHRASES_H

#include "analysis/study/prepared.h"

/* Numbers and names as a sentence shows them. */
const char *phrase_percent(double share, struct arena *keep);    /* "95 %" */
const char *phrase_level(double conf_level, struct arena *keep); /* "95 %", "99.99 %" */
const char *phrase_r(double r, struct arena *keep);              /* "0.32", "−0.05" */
const char *phrase_p(double p, struct arena *keep);              /* "p = .012", "p < .001" */
const char *phrase_count(double n, struct arena *keep);          /* "8,412" */
const char *phrase_share(double x, struct arena *keep);          /* "0.32", "0.031", "0.0042" */
const char *phrase_number(double x, struct arena *keep);         /* "0.004", "0.52", "5,230" */
const char *phrase_lower(const char *label, struct arena *keep); /* first letter small */
const char *phrase_id(const char *name, struct arena *keep);     /* [a-z0-9_-]+ for a file name */

/* A text of the data in a line of R: 'O\'Brien' with its quotes, and a column's name, between
   backticks where it is no plain name.  Nothing in them can end what they stand in. */
const char *phrase_r_text(const char *text, struct arena *keep);
const char *phrase_r_name(const char *name, struct arena *keep);

/* R that reads a study's CSV twin, or the table, as d, with the rows of the first cell. */
const char *phrase_r_rows(const struct prepared *p, const char *twin, struct arena *keep);

/* The line of SPSS syntax that repeats a correlation table. */
const char *phrase_check_spss(const struct prepared *p, struct arena *keep);

#endif
