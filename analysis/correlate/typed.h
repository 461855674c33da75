/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CORRELATE_TYPED_H
#define ANALYSIS_CORRELATE_TYPED_H

#include "io/program/tool.h"

/* Correlations of a paper, typed as a table, compared: the table `comparisons` with a row
   per row and test, and `comparison_details`.  Columns, in any order, tell the kind:
     n, jk, jh, kh                   one sample, j shared: r(j, k) with r(j, h)
     n, jk, hm, jh, jm, kh, km       one sample, nothing shared: r(j, k) with r(h, m)
     n1, n2, r1, r2                  two samples
   and a further one, if there is one, is the name of the row.  A correlation outside -1..1 or
   an n below 1 is ERR_VALUE with its line; no such columns is ERR_COLUMN. */
bool typed_run(const struct job *job, const struct texts *tests, const char *adjust,
               struct report *out, struct err *err);

#endif
