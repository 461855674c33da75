/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/added.h"

#include <math.h>
#include <string.h>

#include "models/base/sum.h"
#include "models/glm/estimate.h"
#include "models/glm/rows.h"

static struct design wider(const struct design *d, size_t k, const double *column,
                           struct arena *scratch)
{
    struct design w = *d;
    w.p = d->p + k;
    double *x = ARENA_NEW(scratch, double, d->n *w.p);
    for (size_t i = 0; i < d->n; i++) {
        memcpy(x + i * w.p, d->x + i * d->p, d->p * sizeof *x);
        memcpy(x + i * w.p + d->p, column + i * k, k * sizeof *x);
    }
    w.x = x;
    w.row = NULL;
    w.name = ARENA_NEW(scratch, const char *, w.p);
    return w;
}

void added_columns(const struct outcome_fit *fit, size_t k, const double *column,
                   struct check_result *result, struct arena *scratch)
{
    const struct glm *glm = fit->glm;
    struct design d = wider(glm->design, k, column, scratch);
    struct glm_options options = {.family = glm->family,
                                  .link = glm->link,
                                  .theta = glm->theta_estimated ? 0 : glm->theta,
                                  .weight = fit->data.w,
                                  .weight_kind = fit->data.weight_kind,
                                  .threads = glm->rows->threads};
    struct glm larger;
    glm_fit_without_null(&d, &options, &larger, scratch);
    double df = (double)larger.rank - (double)glm->rank;
    double fall = glm->theta_estimated ? 2 * (larger.fit.log_lik - glm->fit.log_lik)
                                       : glm->fit.deviance - larger.fit.deviance;
    bool found = larger.fit.status == FIT_CONVERGED || larger.fit.status == FIT_BOUNDARY;
    if (!found)
        result->status = larger.fit.status;
    else if (glm->family->dispersion_known)
        check_chi_squared(result, fmax(fall, 0), df);
    else
        check_f(result, fmax(fall, 0) / df / larger.dispersion, df, larger.fit.df_residual);
}

double *added_powers(const struct outcome_fit *fit, size_t k, struct arena *scratch)
{
    const struct design *d = fit->glm->design;
    const double *eta = fit->glm->eta;
    double *power = ARENA_NEW(scratch, double, d->n *k), widest = 0;
    double centre = d->intercept && !d->offset ? mean(eta, NULL, d->n) : 0;
    for (size_t i = 0; i < d->n; i++)
        widest = fmax(widest, fabs(eta[i] - centre));
    for (size_t i = 0; i < d->n && widest > 0; i++) {
        double u = (eta[i] - centre) / widest;
        for (size_t j = 0; j < k; j++)
            power[i * k + j] = (j ? power[i * k + j - 1] : u) * u;
    }
    return power;
}
