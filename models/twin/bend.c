/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/twin/bend.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/base/sum.h"

/* The part of z [n] that the ones and u [n], which is about its mean, do not explain. */
static void residual_of(const double *u, double *z, size_t n)
{
    double m = mean(z, NULL, n), uu = 0, uz = 0;
    for (size_t i = 0; i < n; i++) {
        uu += u[i] * u[i];
        uz += u[i] * (z[i] - m);
    }
    for (size_t i = 0; i < n; i++)
        z[i] -= m + uz / uu * u[i];
}

/* The square's coefficient of a least-squares parabola is that of the square's residual alone
   (Frisch & Waugh 1933, Econometrica 1, 387-401). */
bool bend_weights(const double *x, size_t n, double c[])
{
    struct arena *scratch = arena_new();
    double m = mean(x, NULL, n), square = 0, width = 0;
    double *u = ARENA_NEW(scratch, double, n);
    for (size_t i = 0; i < n; i++) {
        u[i] = x[i] - m;
        width = fmax(width, fabs(u[i]));
        c[i] = u[i] * u[i];
    }
    if (width > 0)
        residual_of(u, c, n);
    for (size_t i = 0; i < n; i++)
        square += c[i] * c[i];
    bool enough = n >= 3 && sqrt(square) > 1e-8 * width * width;
    for (size_t i = 0; enough && i < n; i++)
        c[i] *= 2 / square;
    arena_free(scratch);
    return enough;
}

/* ---- one scale ---- */

/* Sum of g_i v_ij g_j over the parameters that are estimated. */
static double delta_variance(const struct fit *fit, const double *g)
{
    size_t p = fit->n_params;
    struct sum total = {0, 0};
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            if (g[i] != 0 && g[j] != 0)
                sum_add(&total, g[i] * g[j] * fit->vcov[i * p + j]);
    return sum_value(&total);
}

static enum verdict verdict_of(const struct bend *b, double conf_level)
{
    if (b->status == FIT_CONSTANT)
        return VERDICT_LINEAR;
    if (isnan(b->p_value))
        return VERDICT_UNDETERMINED;
    if (b->p_value >= 1 - conf_level)
        return VERDICT_LINEAR;
    return b->estimate > 0 ? VERDICT_INCREASING : VERDICT_DECREASING;
}

static void test_bend(struct bend *b, double conf_level)
{
    bool normal = isinf(b->df);
    double q =
        normal ? gsl_cdf_ugaussian_Pinv(0.5 + conf_level / 2) : two_sided_t(conf_level, b->df);
    b->statistic = b->estimate / b->std_error;
    b->p_value = 2 * (normal ? gsl_cdf_ugaussian_Q(fabs(b->statistic))
                             : gsl_cdf_tdist_Q(fabs(b->statistic), b->df));
    b->conf_low = b->estimate - q * b->std_error;
    b->conf_high = b->estimate + q * b->std_error;
}

/* Derivatives of the bend; what is rounding of nothing becomes nothing. */
static void bend_gradient(const double *gradient, const double *c, size_t n, size_t p, double *g)
{
    for (size_t h = 0; h < p; h++) {
        double most = 0;
        g[h] = 0;
        for (size_t j = 0; j < n; j++) {
            g[h] += c[j] * gradient[j * p + h];
            most = fmax(most, fabs(c[j] * gradient[j * p + h]));
        }
        if (fabs(g[h]) < 1e-11 * most)
            g[h] = 0;
    }
}

static void settle_bend(struct bend *b, double size, double variance, double conf_level)
{
    if (isnan(b->estimate) || isnan(variance)) {
        b->status = FIT_UNIDENTIFIED;
    } else if (!(variance > 0)) {
        b->status = FIT_CONSTANT;
        b->estimate = fabs(b->estimate) < 1e-9 * size ? 0 : b->estimate;
    } else {
        b->std_error = sqrt(variance);
        test_bend(b, conf_level);
    }
    b->verdict = verdict_of(b, conf_level);
}

void bend_of(const struct fit *fit, const double x[], const double curve[], const double gradient[],
             size_t n, double conf_level, struct bend *out)
{
    struct arena *scratch = arena_new();
    double *c = ARENA_NEW(scratch, double, n), *g = ARENA_NEW(scratch, double, fit->n_params);
    *out =
        (struct bend){FIT_TOO_FEW, NAN, NAN, NAN, fit_df(fit), NAN, NAN, NAN, VERDICT_UNDETERMINED};
    if (bend_weights(x, n, c)) {
        double size = 0;
        out->status = FIT_OK;
        out->estimate = 0;
        for (size_t j = 0; j < n; j++) {
            out->estimate += c[j] * curve[j];
            size += fabs(c[j] * curve[j]);
        }
        bend_gradient(gradient, c, n, fit->n_params, g);
        settle_bend(out, size, delta_variance(fit, g), conf_level);
    }
    arena_free(scratch);
}

bool bends_differ(const struct bend *a, const struct bend *b)
{
    return a->verdict != VERDICT_UNDETERMINED && b->verdict != VERDICT_UNDETERMINED &&
           a->verdict != b->verdict;
}
