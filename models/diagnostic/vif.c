/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/vif.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "models/diagnostic/places.h"

/* What is left of a variable after the others is rounding below this. */
#define NO_REST 1e-13

/* The part of a covariance v [p * p] at k places as correlations [k * k].  False where a variance
   is not above 0 or not finite. */
static bool correlations_at(const double *v, size_t p, const size_t *at, size_t k, double *r)
{
    for (size_t i = 0; i < k; i++) {
        double variance = v[at[i] * p + at[i]];
        if (!(variance > 0) || isinf(variance))
            return false;
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            r[i * k + j] =
                i == j ? 1
                       : v[at[i] * p + at[j]] / sqrt(v[at[i] * p + at[i]] * v[at[j] * p + at[j]]);
    return true;
}

/* r [k * k] becomes its inverse; false where a variable is determined by the others. */
static bool invert(double *r, size_t k)
{
    gsl_matrix_view m = gsl_matrix_view_array(r, k, k);
    if (gsl_linalg_cholesky_decomp1(&m.matrix))
        return false;
    for (size_t j = 0; j < k; j++)
        if (!(r[j * k + j] * r[j * k + j] > NO_REST))
            return false;
    return gsl_linalg_cholesky_invert(&m.matrix) == 0;
}

/* log det of the part of a positive definite matrix r [k * k] at m places. */
static double log_determinant(const double *r, size_t k, const size_t *at, size_t m, double *room)
{
    double total = 0;
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            room[i * m + j] = r[at[i] * k + at[j]];
    gsl_matrix_view part = gsl_matrix_view_array(room, m, m);
    if (gsl_linalg_cholesky_decomp1(&part.matrix))
        return NAN;
    for (size_t i = 0; i < m; i++)
        total += 2 * log(room[i * m + i]);
    return total;
}

/* det(R_oo) / det(R) is det((R^-1)_tt). */
static void inflate(const double *r, const double *inverse, size_t k, const size_t *own,
                    struct vif *vif, struct arena *scratch)
{
    size_t m = vif->df;
    double *room = ARENA_NEW(scratch, double, m *m);
    vif->gvif =
        m == 1
            ? inverse[own[0] * k + own[0]]
            : exp(log_determinant(r, k, own, m, room) + log_determinant(inverse, k, own, m, room));
    vif->per_coefficient = pow(vif->gvif, 0.5 / (double)m);
}

/* The places of a term's coefficients among those at[k]. */
static size_t places_of(size_t t, const size_t *term, const size_t *at, size_t k, size_t *own)
{
    size_t m = 0;
    for (size_t i = 0; i < k; i++)
        if (term[at[i]] == t)
            own[m++] = i;
    return m;
}

enum fit_status vif_from(const double *v, size_t p, const size_t term[], size_t n_terms,
                         struct vif vif[], struct arena *scratch)
{
    size_t *at = ARENA_NEW(scratch, size_t, p), *own = ARENA_NEW(scratch, size_t, p);
    size_t k = 0, estimated = 0;
    for (size_t j = 0; j < p; j++)
        if (term[j] < n_terms)
            at[k++] = j;
    for (size_t t = 0; t < n_terms; t++) {
        vif[t] = (struct vif){places_of(t, term, at, k, own), NAN, NAN};
        estimated += vif[t].df > 0;
    }
    if (estimated < 2)
        return FIT_UNIDENTIFIED;
    double *r = ARENA_NEW(scratch, double, k *k), *inverse = ARENA_NEW(scratch, double, k *k);
    if (!correlations_at(v, p, at, k, r))
        return FIT_SINGULAR;
    memcpy(inverse, r, k * k * sizeof *r);
    if (!invert(inverse, k))
        return FIT_SINGULAR;
    for (size_t t = 0; t < n_terms; t++)
        if (places_of(t, term, at, k, own))
            inflate(r, inverse, k, own, &vif[t], scratch);
    return FIT_OK;
}

enum fit_status vif_of(const struct outcome_fit *fit, size_t n_terms, struct vif vif[],
                       struct arena *scratch)
{
    for (size_t t = 0; t < n_terms; t++)
        vif[t] = (struct vif){0, NAN, NAN};
    if (fit->fit.status != FIT_CONVERGED && fit->fit.status != FIT_BOUNDARY)
        return fit->fit.status;
    const struct design *d = fit->data.design;
    size_t k = fit->fit.n_params, *term = ARENA_NEW(scratch, size_t, k);
    struct place *place = ARENA_NEW(scratch, struct place, k);
    places_of_parameters(fit, place, scratch);
    for (size_t j = 0; j < k; j++) {
        bool estimated = place[j].equation == 0 && isfinite(fit->fit.estimate[j]);
        term[j] = estimated ? d->term[place[j].column] : SIZE_MAX;
    }
    return vif_from(fit->glm ? fit->glm->bread : fit->model_vcov, k, term, n_terms, vif, scratch);
}
