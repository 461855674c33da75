/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scoring/hosmer_lemeshow.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

/* What a group adds; 0 where it is certain of what happened, infinite of what did not. */
static double group_term(const struct prediction_group *g, double unit)
{
    double expected = unit * g->n * g->predicted, others = unit * g->n - expected;
    double off = unit * g->events - expected;
    return off == 0 ? 0 : off * off / expected + off * off / others;
}

struct hosmer_lemeshow hosmer_lemeshow(const struct predictions *s,
                                       const struct prediction_groups *groups, bool fitted)
{
    struct hosmer_lemeshow t = {predictions_status(s, true), 0, NAN, NAN, NAN, NAN};
    if (t.status != FIT_OK)
        return t;
    struct prediction_totals all = prediction_totals(s);
    struct sum statistic = {0};
    double unit = all.n_eff / all.n;
    t.n_groups = groups->n;
    t.df = (double)groups->n - (fitted ? 2 : 0);
    t.smallest = INFINITY;
    for (size_t j = 0; j < groups->n; j++) {
        const struct prediction_group *g = &groups->group[j];
        sum_add(&statistic, group_term(g, unit));
        t.smallest = fmin(t.smallest, unit * g->n * fmin(g->predicted, 1 - g->predicted));
    }
    if (t.df < 1)
        t.status = FIT_TOO_FEW;
    else if (!isfinite(sum_value(&statistic)))
        t.status = FIT_DOMAIN;
    if (t.status != FIT_OK)
        return t;
    t.statistic = sum_value(&statistic);
    t.p_value = gsl_cdf_chisq_Q(t.statistic, t.df);
    return t;
}
