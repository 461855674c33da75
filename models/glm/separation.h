/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_SEPARATION_H
#define MODELS_GLM_SEPARATION_H

#include "models/glm/rows.h"

/* Do the maximum-likelihood estimates of a binomial or count model exist?  They do not where some
   direction c separates: x'c >= 0 on rows whose y is 1, <= 0 on those whose y is 0, 0 on all
   others, and not 0 on all (Albert & Anderson 1984, Biometrika 71, 1-10; for counts Correia,
   Guimaraes & Zylkin 2019, arXiv:1903.01633).

   Decided exactly, up to rounding, in finitely many steps.  Let a be the rows on a border,
   turned so that separation is a'c >= 0, brought to unit length after the parts along the other
   rows are taken off.  By Stiemke's theorem (1915, Math. Ann. 76, 340-342) there is no such c
   precisely if sum (1 + v) a = 0 for some v >= 0.  So the shortest vector of that form is found,
   by the non-negative least squares of Lawson & Hanson (1974, Solving Least Squares Problems,
   ch. 23).  If it is 0 there is no separation.  Else it is itself a direction that separates: at
   the optimum a'r >= 0 for all rows (the Kuhn-Tucker conditions), and sum a'r = r'r > 0.  Rows
   with a'r > 0 are taken away and the rest are looked at anew, for c may be added to any multiple
   of r, until nothing separates.

   separated[i] is set for rows whose mean tends to its border; gives their number.  The
   likelihood's supremum is that of the rows that remain. */
size_t separation_find(const struct rows_of *r, bool *separated, struct arena *scratch);

#endif
