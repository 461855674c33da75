/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/two_lines.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/sum.h"
#include "models/shape/columns.h"
#include "models/shape/smooth.h"

/* ---- one line ---- */

/* The line through points from .. to - 1, about its own means. */
struct line {
    size_t from, to;
    double x, y, w, xx, slope;
};

static struct line line_of(const struct points *p, size_t from, size_t to)
{
    struct line l = {.from = from, .to = to};
    struct sum w = {0, 0}, xx = {0, 0}, xy = {0, 0};
    l.x = mean(p->x + from, p->w + from, to - from);
    l.y = mean(p->y + from, p->w + from, to - from);
    for (size_t j = from; j < to; j++) {
        double dx = p->x[j] - l.x;
        sum_add(&w, p->w[j]);
        sum_add(&xx, p->w[j] * dx * dx);
        sum_add(&xy, p->w[j] * dx * (p->y[j] - l.y));
    }
    l.w = sum_value(&w);
    l.xx = sum_value(&xx);
    l.slope = sum_value(&xy) / l.xx;
    return l;
}

/* Sum of the squared residuals at point j, each over (1 - its leverage)^2 if `hc3`;
   false where a leverage is 1. */
static bool squares_at(const struct points *p, const struct line *l, size_t j, bool hc3,
                       double *total)
{
    double dx = p->x[j] - l->x, fitted = l->y + l->slope * dx;
    double reach = 1 / l->w + dx * dx / l->xx;
    bool counted = p->weight_kind == WEIGHT_FREQUENCY;
    for (size_t i = p->first[j]; i < p->first[j + 1]; i++) {
        double w = p->row_w[i], r = p->row_y[i] - fitted;
        double free = hc3 ? 1 - (counted ? 1 : w) * reach : 1;
        if (free < 1e-10)
            return false;
        *total += (counted ? w : w * w) * r * r / (free * free);
    }
    return true;
}

/* HC3 (MacKinnon & White 1985), else HC1 on n - 4 as of both lines together. */
static double variance_of(const struct points *p, const struct line *l, bool *hc1)
{
    for (int hc3 = 1; hc3 >= 0; hc3--) {
        struct sum meat = {0, 0};
        bool defined = true;
        for (size_t j = l->from; j < l->to; j++) {
            double dx = p->x[j] - l->x, squares = 0;
            defined &= squares_at(p, l, j, hc3, &squares);
            sum_add(&meat, squares * dx * dx);
        }
        if (hc3 && defined)
            return sum_value(&meat) / (l->xx * l->xx);
        if (!hc3)
            *hc1 = true;
        if (!hc3)
            return sum_value(&meat) / (l->xx * l->xx) * p->n_obs / (p->n_obs - 4);
    }
    return NAN;
}

/* ---- both lines ---- */

static struct two_lines blank(const struct points *p, enum fit_status status)
{
    const struct limits none = {NAN, NAN, NAN};
    return (struct two_lines){.status = status,
                              .n_obs = p->n_obs,
                              .breakpoint = NAN,
                              .slope = {none, none},
                              .std_error = {NAN, NAN},
                              .statistic = {NAN, NAN},
                              .p_value_of = {NAN, NAN},
                              .p_value = NAN};
}

static double count_of(const struct points *p, size_t from, size_t to)
{
    double n = 0;
    for (size_t j = from; j < to; j++)
        n += p->count[j];
    return n;
}

/* Deviance of a line over its rows. */
static double left_over(const struct points *p, const struct line *l)
{
    double total = 0;
    for (size_t j = l->from; j < l->to; j++) {
        double gap = p->y[j] - l->y - l->slope * (p->x[j] - l->x);
        total += p->within_at[j] + p->w[j] * gap * gap;
    }
    return total;
}

void two_lines_at(const struct points *p, double breakpoint, double conf_level,
                  struct two_lines *out)
{
    double z = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    size_t above = 0, upto;
    while (above < p->n && p->x[above] < breakpoint)
        above++;
    upto = above < p->n && p->x[above] == breakpoint ? above + 1 : above;
    *out = blank(p, FIT_TOO_FEW);
    out->breakpoint = breakpoint;
    if (upto < 2 || p->n - above < 2 || count_of(p, 0, upto) < 3 || count_of(p, above, p->n) < 3 ||
        p->n_obs <= 4)
        return;
    out->status = FIT_OK;
    for (int side = 0; side < 2; side++) {
        struct line l = side ? line_of(p, above, p->n) : line_of(p, 0, upto);
        double se = sqrt(variance_of(p, &l, &out->hc1));
        if (points_perfect(p, left_over(p, &l)) || !(se > 0))
            out->status = FIT_PERFECT;
        out->slope[side] = (struct limits){l.slope, l.slope - z * se, l.slope + z * se};
        out->std_error[side] = se;
        out->statistic[side] = l.slope / se;
        out->p_value_of[side] = 2 * gsl_cdf_ugaussian_Q(fabs(l.slope / se));
    }
    if (out->status == FIT_PERFECT) {
        *out = blank(p, FIT_PERFECT);
        return;
    }
    out->p_value = out->slope[0].estimate * out->slope[1].estimate < 0
                       ? fmax(out->p_value_of[0], out->p_value_of[1])
                       : 1;
}

/* ---- the breakpoint ---- */

/* Quantile of x over the rows of chosen points, R's type 7; chosen NULL: all. */
static double quantile(const struct points *p, const bool *chosen, double share)
{
    double n = 0, before = 0, low = NAN;
    for (size_t j = 0; j < p->n; j++)
        n += !chosen || chosen[j] ? p->count[j] : 0;
    double at = share * (n - 1), below = floor(at + 1e-12 * n);
    for (size_t j = 0; j < p->n; j++) {
        if (chosen && !chosen[j])
            continue;
        if (isnan(low) && before + p->count[j] > below)
            low = p->x[j];
        if (before + p->count[j] > below + 1)
            return low + fmax(0, at - below) * (p->x[j] - low);
        before += p->count[j];
    }
    return low;
}

/* Falls the parabola at its lower end?  Then the candidate is a U. */
static bool falls_first(const struct points *p, struct arena *keep)
{
    struct columns_fit r;
    columns_fit_parabola(p, &r, keep);
    return r.estimate[1] - 2 * r.estimate[2] <= 0;
}

/* The points of the middle 80 % where the curve is within an error of its extreme. */
static bool *flat_points(const struct points *p, struct arena *keep)
{
    struct smooth curve;
    bool *flat = ARENA_NEW(keep, bool, p->n), any = false;
    if (!smooth_of(p, &curve, keep))
        return NULL;
    double sign = falls_first(p, keep) ? 1 : -1, least = INFINITY;
    double low = quantile(p, NULL, 0.1), high = quantile(p, NULL, 0.9);
    for (size_t j = 0; j < p->n; j++)
        if (p->x[j] > low && p->x[j] < high)
            least = fmin(least, sign * curve.fitted[j]);
    for (size_t j = 0; j < p->n; j++) {
        flat[j] =
            p->x[j] > low && p->x[j] < high && sign * curve.fitted[j] - curve.std_error[j] < least;
        any |= flat[j];
    }
    return any ? flat : NULL;
}

void two_lines_of(const struct sample *s, double conf_level, struct two_lines *out,
                  struct arena *keep)
{
    struct points p;
    points_of(s, &p, keep);
    *out = blank(&p, FIT_TOO_FEW);
    if (p.n_obs <= 4)
        return;
    if (p.n == 1 || !(p.total > 0))
        out->status = FIT_CONSTANT;
    if (p.n < 3 || out->status == FIT_CONSTANT)
        return;
    const bool *flat = flat_points(&p, keep);
    two_lines_at(&p, quantile(&p, flat, 0.5), conf_level, out);
    if (out->status != FIT_OK || !flat)
        return;
    double z1 = fabs(out->statistic[0]), z2 = fabs(out->statistic[1]);
    two_lines_at(&p, quantile(&p, flat, z2 / (z1 + z2)), conf_level, out);
}
