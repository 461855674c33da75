/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_OUTCOME_PARTS_H
#define MODELS_OUTCOME_PARTS_H

#include "models/outcome/outcome.h"

/* For the files of this family: what outcomes fitted by maximum likelihood share. */

/* The observations of the design with response y; some fits keep a pointer to them. */
const struct limited_rows *parts_rows(const struct outcome_data *data, const double *y,
                                      const struct outcome_options *options, struct arena *keep);

/* The design of the part behind '|', or the first again. */
const struct design *parts_second(const struct outcome_data *data);

/* A design's right side with its offset: as it is; less the intercept, in copied columns; the
   intercept alone, without columns where the design has none. */
struct equation parts_equation(const struct design *d);
struct equation parts_slopes(const struct design *d, struct arena *keep);
struct equation parts_intercept(const struct design *d, struct arena *keep);

/* Takes a fit over, with a covariance of its own for fit.vcov, and the figures that follow from it.
 */
void parts_take(const struct fit *from, struct outcome_fit *fit, struct arena *keep);

/* Means of the rows of the fit, of which there are fit->n_means. */
void parts_take_means(struct outcome_fit *fit, struct arena *keep);

/* The log-likelihood of the null model, and its deviance. */
void parts_take_null(double log_lik, struct outcome_fit *fit);

/* [n_params] names, of which parameters i have name[i] from first[i] on; ascending. */
struct component {
    const char *name;
    size_t first;
};
const char *const *parts_components(size_t n_params, const struct component *component, size_t n,
                                    struct arena *keep);

/* x'b without the intercept's column, where `first` is 1. */
double parts_predictor(const double *x, const double *b, size_t p, size_t first);

/* Derivatives [n_params] by parameters that are not estimated become 0. */
void parts_mask(const struct outcome_fit *fit, double gradient[]);

/* Rows' scores become their influence: each is multiplied by the fit's covariance. */
void parts_times_covariance(const struct outcome_fit *fit, double scores[], struct arena *scratch);

#endif
