/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SUBSET_SUBSET_H
#define MODELS_SUBSET_SUBSET_H

#include <stdint.h>

#include "models/glm/glm.h"

/* Best subsets of the terms of a design: a factor enters with all its columns, the intercept is
   in every subset.  Of every number of coefficients the subsets of least deviance are found
   exactly, so that the best of all subsets by any criterion that only counts coefficients is
   among them. */

enum {
    SUBSET_MAX_TERMS = 40,    /* free terms of least squares: it is the bounds that make it fast */
    SUBSET_MAX_TERMS_GLM = 15 /* of other models, each of which is an iteration */
};

/* Terms of the formula as bits: bit j is term j of model_formula_terms().  At most 64 terms. */
struct subset_terms {
    size_t n;
    const char *const *label; /* [n] */
    const uint64_t *margins;  /* [n] terms that have to be there where term j is: `a` and `b` of
                                 `a:b`; NULL: any subset may be chosen */
    uint64_t forced;          /* in every subset, with their margins */
};

/* The terms of a formula with their margins; false for more than 64. */
bool subset_terms_of(const struct model_formula *f, struct subset_terms *terms, struct arena *keep);

struct subset_options {
    size_t n_best;        /* subsets of each number of coefficients, > 0 */
    size_t n_folds;       /* of cross-validation, 0: none; not 1 */
    const uint32_t *fold; /* [design->n] 0 .. n_folds - 1 of each row (subset_folds) */
    bool press;
};

/* A subset.  What is not available is NaN.
   status  FIT_OK, FIT_PERFECT (nothing is left over: no criteria), for other families than the
           Gaussian that of the fit; then FIT_SEPARATION has the supremum of its likelihood. */
struct subset_model {
    enum fit_status status;
    uint64_t terms;                 /* forced included */
    size_t n_terms, n_params, rank; /* coefficients with the intercept; rank 1: the best of them */
    double deviance, log_lik;
    double r_squared, adj_r_squared; /* least squares only; as R's summary.lm */
    double cp;                       /* least squares only (Mallows 1973, Technometrics 15,
                                        661-675): RSS / sigma^2 of all terms - n + 2 n_params */
    double aic, aicc, bic;           /* as R's AIC(), BIC() of lm and glm */
    double press; /* least squares only (Allen 1974, Technometrics 16, 125-127) */
    /* Cross-validated: the root of the mean squared error of least squares; of other families
       minus the mean log density (the log score, Good 1952).  cv is of this subset, fitted
       without each fold: too kind to a subset that was chosen on all rows.  cv_selected, of rank
       1, chooses the best subset of n_params anew without each fold. */
    double cv, cv_selected;
};

/* status  FIT_OK
           FIT_TOO_FEW      no more rows than coefficients
           FIT_CONSTANT     the response has one value
           FIT_DOMAIN       as glm_fit()
           FIT_UNIDENTIFIED no free term is left
   and then there are no models. */
struct subset_table {
    enum fit_status status;
    size_t n;
    struct subset_model *model; /* [n] by n_params, then by rank */
    uint64_t excluded;          /* terms that depend on those before them: in no subset */
    size_t n_free;              /* terms that were chosen from */
    double n_obs;
};

/* Least squares for the Gaussian family of identity link: one pass over the rows gives the
   triangle of a QR decomposition, and a tree of subsets is walked by orthogonal updates of it,
   leaving out branches that no subset of which can be among the best: leaps and bounds (Furnival
   & Wilson 1974, Technometrics 16, 499-511) in the form of Gatu & Kontoghiorghes (2006, J. Comput.
   Graph. Statist. 15, 139-156).  Other families: the same bounds, each subset fitted.

   Preconditions: free terms up to the limits above (subset_n_free); firth is off. */
void best_subsets(const struct design *d, const struct glm_options *options,
                  const struct subset_terms *terms, const struct subset_options *o,
                  struct subset_table *table, struct arena *keep);

/* Terms that are neither forced nor margins of forced ones. */
size_t subset_n_free(const struct subset_terms *terms);

/* Is this the model that best_subsets() does by least squares? */
bool subset_is_linear(const struct glm_options *options);

/* Labels of the terms, "a + b"; "1" for none. */
const char *subset_text(const struct subset_terms *terms, uint64_t which, struct arena *keep);

/* Folds of rows by a hash of whose they are, customer [n] as models/curve/validation.h: all rows of
   a customer fall into one fold, whatever their order.  NULL: each row is its own, by its number.
 */
uint32_t *subset_folds(const uint64_t *customer, size_t n, size_t n_folds, uint64_t seed,
                       struct arena *keep);

#endif
