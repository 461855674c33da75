/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/count/vuong.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"

/* Parameters that were estimated: not those that are collinear or do not exist. */
static double n_estimated(const struct count_fit *fit)
{
    return fit->fit.n_obs - fit->fit.df_residual;
}

static double one_sided(double z)
{
    return gsl_cdf_ugaussian_Q(fabs(z));
}

struct vuong count_vuong(const struct count_fit *a, const struct count_fit *b,
                         struct arena *scratch)
{
    size_t n = a->model.n;
    const double *w = a->model.w;
    struct vuong v = {a->fit.n_obs, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (isnan(a->fit.log_lik) || isnan(b->fit.log_lik))
        return v;
    double *m = ARENA_NEW(scratch, double, n), *other = ARENA_NEW(scratch, double, n), total = 0;
    likelihood_rows(&a->model, a->at, m);
    likelihood_rows(&b->model, b->at, other);
    for (size_t i = 0; i < n; i++) {
        m[i] = (w && !(w[i] > 0)) ? 0 : m[i] - other[i];
        total += w ? w[i] : 1;
    }
    v.mean = mean(m, w, n);
    double share = cross_product(m, v.mean, m, v.mean, w, n) / total;
    v.sd = sqrt(share * v.n / (v.n - 1));
    if (!(v.sd > 1e-12 * (1 + fabs(v.mean))))
        return v;
    double more = n_estimated(a) - n_estimated(b), unit = v.sd * sqrt(v.n);
    v.raw = v.mean * v.n / unit;
    v.aic = (v.mean * v.n - more) / unit;
    v.bic = (v.mean * v.n - more * log(v.n) / 2) / unit;
    v.p_raw = one_sided(v.raw);
    v.p_aic = one_sided(v.aic);
    v.p_bic = one_sided(v.bic);
    return v;
}
