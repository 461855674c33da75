/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SAMPLE_REPORT_H
#define TESTS_SAMPLE_REPORT_H

#include "io/report.h"
#include "models/base/arena.h"

/* A report with every kind of table column and chart, made-up numbers, and names
   that have done harm elsewhere: formulas, backticks, invalid UTF-8, long ones.
   n_panels small multiples in its chart "curves". */
const struct report *sample_report(size_t n_panels, struct arena *keep);

/* Segments of the sample, the hostile ones among them. */
enum { SAMPLE_SEGMENTS = 5, SAMPLE_INDUSTRIES = 3 };
extern const char *const sample_segment[SAMPLE_SEGMENTS];
extern const char *const sample_industry[SAMPLE_INDUSTRIES];

#endif
