/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_GLM_ESTIMATE_H
#define MODELS_GLM_ESTIMATE_H

#include "models/glm/glm.h"
#include "models/glm/irls.h"

/* What glm_fit() finds before it becomes a struct glm. */
struct estimate {
    struct rows_of all;  /* the rows as given */
    struct rows_of rows; /* less those that are separated: of weight 0 */
    struct irls irls;    /* of `rows`; its status is that of the whole */
    bool *separated;     /* [n] or NULL */
    size_t n_separated;
    bool *loose; /* [p] coefficients that separation leaves undetermined, or NULL */
    double theta, theta_std_error;
    bool theta_estimated;
    double penalty; /* Firth's */
    bool observed;
};

/* Rows and columns of a design whose responses and weights are in order; sets glm->aliased and
   glm->rank. */
void estimate_begin(const struct design *d, const struct glm_options *options, struct glm *glm,
                    struct estimate *e, struct arena *keep);

void estimate_run(struct estimate *e, const struct glm_options *options, struct arena *keep,
                  struct arena *scratch);

/* As glm_fit() without the null model. */
void glm_fit_without_null(const struct design *d, const struct glm_options *options,
                          struct glm *glm, struct arena *keep);

#endif
