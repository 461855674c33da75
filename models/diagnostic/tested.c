/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/diagnostic/tested.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/diagnostic/places.h"
#include "models/margins/wald.h"

/* A negative binomial at its boundary is a Poisson model.  At those of zero-inflated models
   coefficients of the zeros do not exist, and ratios of likelihoods have no chi-squared. */
static bool has_estimates(const struct outcome_fit *fit)
{
    return fit->fit.status == FIT_CONVERGED || (fit->glm && fit->fit.status == FIT_BOUNDARY);
}

static bool with_dispersion(const struct outcome_fit *fit)
{
    return fit->glm && !fit->glm->family->dispersion_known;
}

bool tested_by_likelihood(const struct outcome_fit *fit)
{
    bool sampling = fit->data.w && fit->data.weight_kind == WEIGHT_SAMPLING;
    bool penalised = fit->glm && fit->glm->penalty != 0;
    return !sampling && !penalised && strcmp(fit->covariance, "model") == 0 &&
           (with_dispersion(fit) || !isnan(fit->fit.log_lik));
}

static void set_p_value(struct tested *t, double statistic, double df, double df2)
{
    if (!(df > 0)) {
        t->status = FIT_UNIDENTIFIED;
        return;
    }
    t->statistic = statistic;
    t->df = df;
    t->df2 = isfinite(df2) ? df2 : NAN;
    t->p_value = isfinite(df2) ? f_exceeds(statistic, df, df2) : gsl_cdf_chisq_Q(statistic, df);
}

/* Without theta, and with equal dispersions, deviances differ as the likelihoods do. */
static double fall(const struct outcome_fit *larger, const struct outcome_fit *smaller)
{
    bool plain = larger->glm && !larger->glm->theta_estimated;
    double fall = plain ? smaller->fit.deviance - larger->fit.deviance
                        : 2 * (larger->fit.log_lik - smaller->fit.log_lik);
    return fmax(fall, 0);
}

void tested_within(const struct outcome_fit *larger, const struct outcome_fit *smaller,
                   struct tested *result, struct arena *scratch)
{
    bool f = with_dispersion(larger);
    *result = (struct tested){f ? "F" : "LR", FIT_OK, NAN, NAN, NAN, NAN};
    if (!has_estimates(larger) || !has_estimates(smaller)) {
        result->status = has_estimates(larger) ? smaller->fit.status : larger->fit.status;
        return;
    }
    double df =
        (double)places_estimated(larger, scratch) - (double)places_estimated(smaller, scratch);
    double difference = fall(larger, smaller);
    if (!f)
        set_p_value(result, difference, df, INFINITY);
    else if (larger->fit.df_residual > 0)
        set_p_value(result, difference / df / larger->glm->dispersion, df, larger->fit.df_residual);
    else
        result->status = FIT_TOO_FEW;
}

void tested_by_wald(const struct outcome_fit *fit, const size_t at[], size_t k,
                    struct tested *result)
{
    struct wald wald;
    *result = (struct tested){"Wald", FIT_OK, NAN, NAN, NAN, NAN};
    if (!has_estimates(fit)) {
        result->status = fit->fit.status;
        return;
    }
    if (fit->covariance_status != FIT_CONVERGED) {
        result->status = fit->covariance_status;
        return;
    }
    wald_zero(&fit->fit, at, k, &wald);
    result->status = wald.status;
    if (wald.status == FIT_OK)
        set_p_value(result, isfinite(wald.df_2) ? wald.f : wald.chi2, wald.df, wald.df_2);
}
