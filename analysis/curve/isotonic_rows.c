/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve/isotonic_rows.h"

#include <math.h>
#include <string.h>

static const char *block_name(const struct isotonic *iso, size_t k, struct arena *keep)
{
    if (iso->from[k] == iso->to[k])
        return arena_printf(keep, "%.10g", iso->from[k]);
    return arena_printf(keep, "%.10g to %.10g", iso->from[k], iso->to[k]);
}

struct fit isotonic_as_fit(const struct isotonic *iso, struct arena *keep)
{
    struct fit fit;
    bool usable = iso->status == FIT_OK || iso->status == FIT_PERFECT;
    size_t n = usable ? iso->n_blocks : 0;
    const char **term = ARENA_NEW(keep, const char *, n);
    for (size_t k = 0; k < n; k++)
        term[k] = block_name(iso, k, keep);
    fit_init(&fit, n, term, keep);
    memcpy(fit.estimate, iso->estimate, n * sizeof *fit.estimate);
    fit.status = iso->status;
    fit.n_obs = iso->n_obs;
    fit.deviance = usable ? iso->deviance : NAN;
    fit.df_residual = usable ? iso->df_residual : NAN;
    fit.sigma = iso->sigma;
    fit.log_lik = iso->log_lik;
    fit.r_squared = iso->r_squared;
    return fit;
}

static struct prediction without_band(const double *x, double *estimate, size_t n,
                                      struct arena *keep)
{
    double *none = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        none[i] = NAN;
    return (struct prediction){n, x, estimate, none, none, none};
}

struct prediction isotonic_prediction(const struct isotonic *iso, const double *x, size_t n,
                                      struct arena *keep)
{
    double *estimate = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        estimate[i] = isotonic_mean(iso, x[i]);
    return without_band(x, estimate, n, keep);
}

struct prediction isotonic_stairs(const struct isotonic *iso, struct arena *keep)
{
    size_t n = 2 * iso->n_blocks;
    double *x = ARENA_NEW(keep, double, n), *y = ARENA_NEW(keep, double, n);
    for (size_t k = 0; k < iso->n_blocks; k++) {
        x[2 * k] = k > 0 ? iso->to[k - 1] : iso->from[0];
        x[2 * k + 1] = iso->to[k];
        y[2 * k] = y[2 * k + 1] = iso->estimate[k];
    }
    return without_band(x, y, n, keep);
}
