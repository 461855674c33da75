/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/twin/bend.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"
#include "models/base/sum.h"
#include "models/twin/contribution.h"

/* Rows whose derivatives are held at a time. */
#define BLOCK 1024

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

/* From the curve [n], its weights c and derivatives [n * n_params]. */
static struct bend bend_on(const struct fit *fit, const double *curve, const double *gradient,
                           const double *c, size_t n, double conf_level, struct arena *scratch)
{
    size_t p = fit->n_params;
    struct bend b = {FIT_OK, 0, NAN, NAN, fit_df(fit), NAN, NAN, NAN, VERDICT_UNDETERMINED};
    double *g = ARENA_NEW(scratch, double, p), size = 0, variance;
    for (size_t j = 0; j < n; j++) {
        b.estimate += c[j] * curve[j];
        size += fabs(c[j] * curve[j]);
    }
    for (size_t h = 0; h < p; h++) {
        double most = 0;
        for (size_t j = 0; j < n; j++) {
            g[h] += c[j] * gradient[j * p + h];
            most = fmax(most, fabs(c[j] * gradient[j * p + h]));
        }
        if (fabs(g[h]) < 1e-11 * most)
            g[h] = 0;
    }
    variance = delta_variance(fit, g);
    if (isnan(b.estimate) || isnan(variance)) {
        b.status = FIT_UNIDENTIFIED;
        b.estimate = isnan(b.estimate) ? NAN : b.estimate;
    } else if (!(variance > 0)) {
        b.status = FIT_CONSTANT;
        b.estimate = fabs(b.estimate) < 1e-9 * size ? 0 : b.estimate;
    } else {
        b.std_error = sqrt(variance);
        test_bend(&b, conf_level);
    }
    b.verdict = verdict_of(&b, conf_level);
    return b;
}

/* ---- the curve ---- */

static double weight_at(const struct bend_points *points, size_t i)
{
    return points->w ? points->w[i] : 1;
}

/* The score that the mean of row i is of: a mean itself, or the mean of the categories' scores. */
static void add_response(const struct outcome_fit *fit, const struct bend_points *points, double w,
                         const double *mean_of, const double *slope, struct sum *value,
                         double *gradient)
{
    size_t p = fit->fit.n_params;
    for (size_t m = 0; m < fit->n_means; m++) {
        double score = fit->n_means == 1 ? 1 : points->score ? points->score[m] : 1 + (double)m;
        sum_add(value, w * score * mean_of[m]);
        for (size_t h = 0; h < p; h++)
            gradient[h] += w * score * slope[m * p + h];
    }
}

static struct outcome_rows rows_from(const struct outcome_fit *fit, const struct outcome_rows *all,
                                     size_t from)
{
    size_t p = fit->data.design->p, p2 = fit->data.second ? fit->data.second->p : p;
    size_t n = all->n - from < BLOCK ? all->n - from : BLOCK;
    return (struct outcome_rows){
        n,
        all->x + from * p,
        all->offset ? all->offset + from : NULL,
        all->x2 ? all->x2 + from * p2 : NULL,
        all->offset2 ? all->offset2 + from : NULL,
    };
}

/* The average mean at one point, and its derivatives [n_params]. */
static double response_at(const struct outcome_fit *fit, const struct bend_points *points,
                          size_t point, double *gradient)
{
    const struct outcome_rows *all = &points->at[point];
    size_t p = fit->fit.n_params, m = fit->n_means;
    struct arena *scratch = arena_new();
    double *means = ARENA_NEW(scratch, double, BLOCK *m), total = 0;
    double *slope = ARENA_NEW(scratch, double, BLOCK *m *p);
    struct sum value = {0, 0};
    for (size_t from = 0; from < all->n; from += BLOCK) {
        struct outcome_rows rows = rows_from(fit, all, from);
        outcome_means(fit, &rows, means, slope, scratch);
        for (size_t i = 0; i < rows.n; i++) {
            double w = weight_at(points, from + i);
            total += w;
            add_response(fit, points, w, means + i * m, slope + i * m * p, &value, gradient);
        }
    }
    for (size_t h = 0; h < p; h++)
        gradient[h] /= total;
    arena_free(scratch);
    return sum_value(&value) / total;
}

/* The average x'b at one point; what is the same at every point has no bend and is left out:
   the intercept, thresholds and offsets. */
static double link_at(const struct outcome_fit *fit, const struct bend_points *points, size_t point,
                      const size_t *parameter, double *gradient)
{
    const struct design *d = fit->data.design;
    const struct outcome_rows *rows = &points->at[point];
    double total = 0, value = 0;
    for (size_t i = 0; i < rows->n; i++)
        total += weight_at(points, i);
    for (size_t j = d->intercept; j < d->p; j++) {
        struct sum sum = {0, 0};
        if (parameter[j] == SIZE_MAX)
            continue;
        for (size_t i = 0; i < rows->n; i++)
            sum_add(&sum, weight_at(points, i) * rows->x[i * d->p + j]);
        gradient[parameter[j]] = sum_value(&sum) / total;
        value += gradient[parameter[j]] * fit->fit.estimate[parameter[j]];
    }
    return value;
}

/* Which parameter each column's coefficient is; SIZE_MAX: it has no estimate. */
static size_t *parameters_of(const struct outcome_fit *fit, struct arena *scratch)
{
    const struct design *d = fit->data.design;
    size_t *at = ARENA_NEW(scratch, size_t, d->p);
    for (size_t j = 0; j < d->p; j++) {
        at[j] = contributions_parameter(fit, d->name[j]);
        if (at[j] == fit->fit.n_params || !isfinite(fit->fit.estimate[at[j]]))
            at[j] = SIZE_MAX;
    }
    return at;
}

static void no_bends(struct bends *out, enum fit_status status)
{
    out->link = (struct bend){status, NAN, NAN, NAN, NAN, NAN, NAN, NAN, VERDICT_UNDETERMINED};
    out->response = out->link;
}

static bool is_curved(enum verdict verdict)
{
    return verdict == VERDICT_INCREASING || verdict == VERDICT_DECREASING;
}

void bend_of(const struct outcome_fit *fit, const struct bend_points *points, double conf_level,
             struct bends *out, struct arena *keep)
{
    struct arena *scratch = arena_new();
    size_t n = points->n, p = fit->fit.n_params;
    double *c = ARENA_NEW(scratch, double, n);
    double *by_link = ARENA_NEW(scratch, double, n *p), *by_mean = ARENA_NEW(scratch, double, n *p);
    *out = (struct bends){.n_points = n,
                          .link_curve = ARENA_NEW(keep, double, n),
                          .response_curve = ARENA_NEW(keep, double, n)};
    if (!fit->mean || !fit->fit.vcov) {
        no_bends(out, fit->fit.status);
    } else if (!bend_weights(points->x, n, c)) {
        no_bends(out, FIT_TOO_FEW);
    } else {
        const size_t *parameter = parameters_of(fit, scratch);
        for (size_t j = 0; j < n; j++) {
            out->link_curve[j] = link_at(fit, points, j, parameter, by_link + j * p);
            out->response_curve[j] = response_at(fit, points, j, by_mean + j * p);
        }
        out->link = bend_on(&fit->fit, out->link_curve, by_link, c, n, conf_level, scratch);
        out->response = bend_on(&fit->fit, out->response_curve, by_mean, c, n, conf_level, scratch);
    }
    out->flips = out->link.verdict != VERDICT_UNDETERMINED &&
                 out->response.verdict != VERDICT_UNDETERMINED &&
                 out->link.verdict != out->response.verdict &&
                 (is_curved(out->link.verdict) || is_curved(out->response.verdict));
    arena_free(scratch);
}
