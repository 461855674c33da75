/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/net_promoter.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

static double variance(double promoters, double detractors)
{
    double score = promoters - detractors;
    return fmax(0, promoters + detractors - score * score);
}

static void adjusted_wald(struct net_promoter *r, double z)
{
    double n = r->n_eff + 3;
    double promoters = (r->promoters * r->n_eff + 0.75) / n;
    double detractors = (r->detractors * r->n_eff + 0.75) / n;
    double half = z * sqrt(variance(promoters, detractors) / n);
    r->adj_low = fmax(-1, promoters - detractors - half);
    r->adj_high = fmin(1, promoters - detractors + half);
}

struct net_promoter net_promoter_from_shares(double promoters, double detractors, double n,
                                             double conf_level)
{
    assert(conf_level > 0 && conf_level < 1);
    struct net_promoter r = {FIT_TOO_FEW, n, n, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (!(n > 0))
        return r;
    double z = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    r.promoters = promoters;
    r.detractors = detractors;
    r.passives = fmax(0, 1 - promoters - detractors);
    r.estimate = promoters - detractors;
    r.std_error = sqrt(variance(promoters, detractors) / n);
    r.status = r.std_error > 0 ? FIT_OK : FIT_CONSTANT;
    if (r.std_error > 0) {
        r.conf_low = fmax(-1, r.estimate - z * r.std_error);
        r.conf_high = fmin(1, r.estimate + z * r.std_error);
    }
    adjusted_wald(&r, z);
    return r;
}

struct net_promoter net_promoter(const struct sample *s, const struct net_promoter_cuts *cuts,
                                 double conf_level)
{
    assert(cuts->detractor < cuts->promoter);
    struct sum promoters = {0}, detractors = {0}, all = {0};
    for (size_t i = 0; i < s->n; i++) {
        double w = s->w ? s->w[i] : 1;
        sum_add(&all, w);
        if (s->x[i] >= cuts->promoter)
            sum_add(&promoters, w);
        if (s->x[i] <= cuts->detractor)
            sum_add(&detractors, w);
    }
    double total = sum_value(&all);
    struct net_promoter r =
        net_promoter_from_shares(sum_value(&promoters) / total, sum_value(&detractors) / total,
                                 sample_effective_size(s), conf_level);
    r.n = sample_size(s);
    return r;
}
