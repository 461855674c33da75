/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SUBSET_CANDIDATES_H
#define MODELS_SUBSET_CANDIDATES_H

#include "models/glm/rows.h"
#include "models/subset/subset.h"
#include "models/subset/tree.h"

/* The terms of a design that may be chosen, and their columns: those that are in every subset
   come first (the intercept, forced terms and their margins), then the free terms in the order of
   the formula.  Columns that depend on others of their own term and its margins, such as those of
   cells without rows, are left out wherever the term is; terms that depend on others are left out
   altogether. */
struct candidates {
    enum fit_status status; /* FIT_OK, or why nothing can be chosen: subset_table.status */
    const struct design *design;
    const double *w; /* [n] of the design's rows, or NULL */
    enum weight_kind weight_kind;
    double n_obs;
    struct rows_of rows;  /* n_always columns, then the free terms'; y less its mean and offset */
    double response_size; /* sum of w y^2 */
    size_t n_always, n_intercept;
    uint64_t always, excluded; /* bits of the formula's terms */
    size_t n;                  /* free terms */
    size_t *term;              /* [n] of the formula */
    size_t *size;              /* [n] columns */
    uint64_t *needs;           /* [n] bits of free terms */
};

void candidates_of(const struct design *d, const struct glm_options *options,
                   const struct subset_terms *terms, struct candidates *c, struct arena *keep);

/* Bits of free terms as bits of the formula's terms, those always there included. */
uint64_t candidates_terms(const struct candidates *c, uint64_t free_terms);

/* The columns of candidates.rows of a subset of the free terms, those always there included; gives
   their number. */
size_t candidates_columns(const struct candidates *c, uint64_t free_terms, size_t *from);

/* The triangle [(k + 1)^2] of all columns and the response under weights w [n]. */
void candidates_triangle(const struct candidates *c, const double *w, double *triangle,
                         struct arena *scratch);

/* Which columns [k] a triangle identifies: without some rows a level may be missing. */
bool *candidates_kept(const struct candidates *c, const double *triangle, struct arena *keep);

/* The triangle [(*columns + 1)^2] of the columns kept (NULL: all), of which *n_always are always
   there. */
double *candidates_select(const struct candidates *c, const double *triangle, const bool *kept,
                          size_t *columns, size_t *n_always, struct arena *keep);

/* The tree of the free terms, from a triangle of all columns.  `keep` holds what it points at. */
struct subset_tree candidates_tree(const struct candidates *c, const double *triangle,
                                   struct arena *keep);

/* The same of the columns kept. */
struct subset_tree candidates_tree_of(const struct candidates *c, const double *triangle,
                                      const bool *kept, struct arena *keep);

#endif
