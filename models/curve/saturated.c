/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/saturated.h"

#include <math.h>

#include "models/base/critical.h"
#include "models/curve/points.h"
#include "models/curve/predict.h"

static double std_error_at(const struct points *p, size_t j, double sigma)
{
    if (p->weight_kind == WEIGHT_SAMPLING)
        return sqrt(p->w2rr[j]) / p->w[j];
    return sigma / sqrt(p->w[j]);
}

static void means_at_points(const struct points *p, double conf_level, struct saturated *out,
                            struct arena *keep)
{
    double *se = ARENA_NEW(keep, double, p->n);
    double *low = ARENA_NEW(keep, double, p->n), *high = ARENA_NEW(keep, double, p->n);
    double t = two_sided_t(conf_level, out->df_residual);
    for (size_t j = 0; j < p->n; j++) {
        se[j] = std_error_at(p, j, out->sigma);
        low[j] = p->y[j] - t * se[j];
        high[j] = p->y[j] + t * se[j];
    }
    out->std_error = se;
    out->conf_low = low;
    out->conf_high = high;
}

static enum fit_status status_of(const struct points *p)
{
    if (p->n_obs < 2)
        return FIT_TOO_FEW;
    if (p->n == 1 || !(p->total > 0))
        return FIT_CONSTANT;
    return p->n_obs > (double)p->n ? FIT_OK : FIT_TOO_FEW;
}

void saturated_fit(const struct sample *s, double conf_level, struct saturated *out,
                   struct arena *keep)
{
    struct points p;
    points_of(s, &p, keep);
    double df = p.n_obs - (double)p.n;
    *out = (struct saturated){
        .status = status_of(&p),
        .n = p.n,
        .x = p.x,
        .count = p.count,
        .estimate = p.y,
        .n_obs = p.n_obs,
        .deviance = p.within,
        .df_residual = df,
        .sigma = df > 0 ? sqrt(p.within / df) : NAN,
        .log_lik = p.within > 0 ? points_log_lik(&p, p.within) : NAN,
        .r_squared = p.total > 0 ? 1 - p.within / p.total : NAN,
    };
    means_at_points(&p, conf_level, out, keep);
    out->weight_kind = p.weight_kind;
}

struct test_result lack_of_fit(const struct saturated *full, const struct fit *curve)
{
    struct test_result t = {NAN, curve->df_residual - full->df_residual, full->df_residual, NAN};
    if (!(t.df1 > 0) || !(t.df2 > 0) || !(full->sigma > 0) || isnan(curve->deviance) ||
        full->weight_kind == WEIGHT_SAMPLING)
        return (struct test_result){NAN, NAN, NAN, NAN};
    double saved = fmax(0, curve->deviance - full->deviance);
    t.statistic = saved / t.df1 / (full->sigma * full->sigma);
    t.p_value = f_exceeds(t.statistic, t.df1, t.df2);
    return t;
}
