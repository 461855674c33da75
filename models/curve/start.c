/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/start.h"

#include <assert.h>
#include <math.h>

#include "models/base/arena.h"

void axis_one_sided(struct axis *a, double low, double high, size_t n)
{
    assert(a->n + n <= AXIS_MAX);
    for (size_t i = 0; i < n; i++)
        a->value[a->n++] = low * pow(high / low, (double)i / (double)(n - 1));
}

void axis_two_sided(struct axis *a, double low, double high, size_t n)
{
    axis_one_sided(a, low, high, n);
    size_t end = a->n;
    assert(end + n <= AXIS_MAX);
    for (size_t i = end - n; i < end; i++)
        a->value[a->n++] = -a->value[i];
}

void axis_around_range(struct axis *a, const struct sample *s, double wider, size_t n)
{
    double low, high;
    start_range(s, &low, &high);
    assert(a->n + n <= AXIS_MAX);
    for (size_t i = 0; i < n; i++) {
        double share = (double)i / (double)(n - 1);
        a->value[a->n++] = low + (high - low) * ((1 + 2 * wider) * share - wider);
    }
}

void start_range(const struct sample *s, double *low, double *high)
{
    *low = *high = s->x[0];
    for (size_t i = 1; i < s->n; i++) {
        *low = fmin(*low, s->x[i]);
        *high = fmax(*high, s->x[i]);
    }
}

static double weight(const struct sample *s, size_t i)
{
    return s->w ? s->w[i] : 1;
}

/* Regression of y on the basis at theta: the coefficients, and the residual sum
   of squares or INFINITY.  Room for the basis: [s->n]. */
static double separated(const struct sample *s, const struct start_form *form, const double theta[],
                        double linear[], double *basis)
{
    double sw = 0, mf = 0, my = 0, sff = 0, sfy = 0, rss = 0;
    for (size_t i = 0; i < s->n; i++)
        basis[i] = form->basis(s->x[i], theta);
    for (size_t i = 0; form->intercept && i < s->n; i++) {
        sw += weight(s, i);
        mf += weight(s, i) * basis[i];
        my += weight(s, i) * s->y[i];
    }
    mf = sw > 0 ? mf / sw : 0;
    my = sw > 0 ? my / sw : 0;
    for (size_t i = 0; i < s->n; i++) {
        double f = basis[i] - mf;
        sff += weight(s, i) * f * f;
        sfy += weight(s, i) * f * (s->y[i] - my);
    }
    double slope = sfy / sff;
    for (size_t i = 0; i < s->n; i++) {
        double r = s->y[i] - my - slope * (basis[i] - mf);
        rss += weight(s, i) * r * r;
    }
    linear[0] = form->intercept ? my - slope * mf : slope;
    if (form->intercept)
        linear[1] = slope;
    return isfinite(rss) && isfinite(slope) ? rss : INFINITY;
}

/* The values of point `at` of the grid, the last axis turning fastest. */
static void grid_point(const struct start_form *form, const struct axis axis[], size_t at,
                       double theta[])
{
    for (size_t k = form->n_theta; k-- > 0; at /= axis[k].n)
        theta[k] = axis[k].value[at % axis[k].n];
}

bool start_search(const struct sample *s, const struct start_form *form, const struct axis axis[],
                  double linear[], double theta[])
{
    double best = INFINITY, trial[THETA_MAX], coefficient[2];
    struct arena *scratch = arena_new();
    double *basis = ARENA_NEW(scratch, double, s->n);
    size_t n = 1;
    assert(form->n_theta <= THETA_MAX);
    for (size_t k = 0; k < form->n_theta; k++)
        n *= axis[k].n;
    for (size_t at = 0; at < n; at++) {
        grid_point(form, axis, at, trial);
        double rss = separated(s, form, trial, coefficient, basis);
        if (!(rss < best))
            continue;
        best = rss;
        for (size_t k = 0; k < form->n_theta; k++)
            theta[k] = trial[k];
        for (size_t k = 0; k < 1 + (size_t)form->intercept; k++)
            linear[k] = coefficient[k];
    }
    arena_free(scratch);
    return isfinite(best);
}
