/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SUBSET_TREE_H
#define MODELS_SUBSET_TREE_H

#include "models/subset/kept.h"

/* Least squares of every subset of terms, from the triangle of all their columns.

   A node of the tree is a set of terms in some order, of which the first are fixed.  The triangle
   of its columns gives the residual sum of squares of every leading set at once: what follows in
   the rotated response is left over.  A child leaves out one term that is not fixed, and fixes
   those before it; Givens rotations bring its triangle about (Gatu & Kontoghiorghes 2006, J.
   Comput. Graph. Statist. 15, 139-156).  With a term go those that need it, so that every set met
   is one that may be chosen.  2^(n - 1) nodes reach all 2^n subsets. */
struct subset_tree {
    size_t n;               /* terms */
    const size_t *size;     /* [n] coefficients that each counts as */
    const size_t *width;    /* [n] its columns: as many, or fewer where some are not identified */
    const uint64_t *needs;  /* [n] bits of terms before it that it needs, theirs included */
    size_t k;               /* columns in all */
    const double *triangle; /* [(k + 1)^2] upper, row major; the response is the last column */
};

/* The best of each size.  Terms are put in the order of what they add, the strongest first, and
   branches are left out whose first set already has a greater deviance than all that are kept
   (Furnival & Wilson 1974, Technometrics 16, 499-511). */
void tree_search(const struct subset_tree *tree, struct kept_list *list, struct arena *scratch);

/* rss [2^n] of every subset by its bits, NaN where a margin is missing. */
void tree_sweep(const struct subset_tree *tree, double *rss, struct arena *scratch);

/* out [(m + 1)^2] becomes the triangle of columns from[0 .. m - 1], ascending, and of the response,
   column `last` of r [(last + 1)^2], rows and columns before `first` left out.  The residual sum of
   squares of r's own response is not in it: what the columns left out add is given. */
double triangle_select(const double *r, size_t last, size_t first, const size_t *from, size_t m,
                       double *out, double *carry);

#endif
