/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "models/base/critical.h"
#include "models/glm/firth.h"
#include "models/glm/triangle.h"

enum { MAX_WIDENINGS = 60, MAX_TURNS = 200 };

/* Coefficient j is hold'beta less *origin. */
static void combination(const struct rows_of *r, size_t j, double *hold, double *origin)
{
    bool intercept = r->ones < r->k && r->column[r->ones] == j;
    for (size_t i = 0; i < r->k; i++) {
        bool it = r->column[i] == j;
        hold[i] = it ? r->scale[i] : intercept ? -r->scale[i] * r->centre[i] : 0;
    }
    *origin = intercept ? r->offset_mean : 0;
}

/* beta at the estimate, moved to where hold'beta has the value, the others along with it. */
static void start_at(const struct glm *glm, const double *hold, double value, double *beta,
                     struct arena *scratch)
{
    const struct rows_of *r = glm->rows;
    size_t k = r->k;
    double *d = ARENA_NEW(scratch, double, k), *step = ARENA_NEW(scratch, double, k);
    double now = 0, length = 0;
    memcpy(beta, glm->beta, k * sizeof *beta);
    triangle_solve_transposed(glm->triangle, k + 1, k, hold, d);
    for (size_t i = 0; i < k; i++) {
        now += hold[i] * beta[i];
        length += d[i] * d[i];
    }
    triangle_solve(glm->triangle, k + 1, k, d, step);
    for (size_t i = 0; i < k; i++)
        beta[i] += (value - now) / length * step[i];
}

double firth_profile(const struct glm *glm, size_t j, double value, struct arena *scratch)
{
    const struct rows_of *r = glm->rows;
    struct irls irls;
    double *hold = ARENA_NEW(scratch, double, r->k), origin, penalty;
    combination(r, j, hold, &origin);
    irls_init(r, &irls, scratch);
    start_at(glm, hold, value + origin, irls.beta, scratch);
    firth_fit(r, hold, &irls, &penalty, scratch);
    if (irls.status != FIT_CONVERGED)
        return NAN;
    /* of 0/1 responses and shares alike, the likelihood and half the deviance differ by what no
       coefficient changes */
    return glm->fit.log_lik + (glm->fit.deviance - irls.pass.deviance) / 2 + penalty;
}

/* How far the profile at `value` is below the limit's: rising away from the estimate. */
static double shortfall(const struct glm *glm, size_t j, double value, double drop)
{
    struct arena *own = arena_new();
    double here = firth_profile(glm, j, value, own);
    arena_free(own);
    return glm->fit.log_lik + glm->penalty - here - drop;
}

/* The limit on one side, by false position (the Illinois rule) between the estimate and a point
   beyond. */
static double limit(const struct glm *glm, size_t j, double step, double drop)
{
    double inner = glm->fit.estimate[j], f_inner = -drop, outer = inner + step;
    double f_outer = shortfall(glm, j, outer, drop);
    for (int i = 0; i < MAX_WIDENINGS && f_outer < 0; i++) {
        inner = outer;
        f_inner = f_outer;
        outer += step *= 2;
        f_outer = shortfall(glm, j, outer, drop);
    }
    int side = 0;
    for (int i = 0; i < MAX_TURNS && f_outer >= 0; i++) {
        double at = (inner * f_outer - outer * f_inner) / (f_outer - f_inner);
        double f = shortfall(glm, j, at, drop);
        if (isnan(f))
            return NAN;
        if (fabs(f) < 1e-12 || fabs(outer - inner) <= 1e-13 * fabs(at))
            return at;
        if (f > 0) {
            outer = at;
            f_outer = f;
            f_inner /= side == 1 ? 2 : 1;
            side = 1;
        } else {
            inner = at;
            f_inner = f;
            f_outer /= side == -1 ? 2 : 1;
            side = -1;
        }
    }
    return NAN;
}

enum fit_status firth_interval(const struct glm *glm, size_t j, double level, double *low,
                               double *high)
{
    double z_2 = chi_square_upper(1 - level, 1), step = sqrt(z_2) * fit_std_error(&glm->fit, j);
    *low = *high = NAN;
    if (!glm->rows || isnan(glm->fit.estimate[j]))
        return FIT_UNIDENTIFIED;
    *low = limit(glm, j, -step, z_2 / 2);
    *high = limit(glm, j, step, z_2 / 2);
    return isnan(*low) || isnan(*high) ? FIT_NO_PROGRESS : FIT_CONVERGED;
}
