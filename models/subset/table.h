/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SUBSET_TABLE_H
#define MODELS_SUBSET_TABLE_H

#include "models/base/sum.h"
#include "models/subset/candidates.h"

/* What the best subsets of both kinds of models share. */

/* Makes the table's rows from those kept, n_params, terms and rank set, all else NaN.
   free_terms [table->n] are the bits of the tree. */
void table_begin(const struct candidates *c, const struct kept_list *list,
                 struct subset_table *table, uint64_t **free_terms, struct arena *keep);

/* Likelihood and criteria of a model with so many estimated parameters. */
void table_criteria(struct subset_model *m, double log_lik, double parameters, double n_obs);

/* The best subset of that number of coefficients in a list, as bits of the tree, if there is
   one. */
uint64_t table_best(const struct candidates *c, const struct kept_list *list, size_t n_params,
                    bool *there);

/* What a row of the table loses on rows that its fits have not seen. */
struct losses {
    struct sum fixed, selected;
};

/* Least squares: linear.c; its cross-validation: linear_validation.c; other models: fitted.c. */
void linear_best_subsets(const struct candidates *c, const struct subset_options *o,
                         struct subset_table *table, struct arena *keep, struct arena *scratch);
void linear_validate(const struct candidates *c, const struct subset_options *o,
                     const uint64_t *free_terms, struct subset_table *table, struct arena *scratch);
void fitted_best_subsets(const struct candidates *c, const struct glm_options *options,
                         const struct subset_options *o, struct subset_table *table,
                         struct arena *keep, struct arena *scratch);

#endif
