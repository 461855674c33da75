/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/margins/slopes.h"

#include <assert.h>
#include <math.h>

#include "models/base/critical.h"
#include "models/base/order.h"
#include "models/base/sum.h"

/* ---- points ---- */

static struct slope_point at_value(const struct margin_variable *v, const char *label, double value)
{
    return (struct slope_point){label, {.variable = v, .value = value}};
}

struct slope_point *slope_points(const struct margin_variable *v, size_t *n, struct arena *keep)
{
    *n = v->n_levels ? v->n_levels : SLOPE_MAX_POINTS;
    struct slope_point *point = ARENA_NEW(keep, struct slope_point, *n);
    for (size_t k = 0; k < v->n_levels; k++)
        point[k] = (struct slope_point){v->level[k], {.variable = v, .level = k}};
    if (v->n_levels)
        return point;
    bool below = v->mean - v->sd<v->low, above = v->mean + v->sd> v->high;
    point[0] = at_value(v, below ? "minimum" : "mean - SD", below ? v->low : v->mean - v->sd);
    point[1] = at_value(v, "mean", v->mean);
    point[2] = at_value(v, above ? "maximum" : "mean + SD", above ? v->high : v->mean + v->sd);
    return point;
}

struct margin_query slope_query(const struct margin_variable *x, size_t level,
                                const struct slope_point *at, bool linear, size_t equation)
{
    struct margin_query q = {
        .of = x, .level = level, .linear = linear, .equation = equation, .n_settings = 1};
    q.setting[0] = at->setting;
    if (linear && x->n_levels == 0 && !x->straight[equation])
        q.setting[q.n_settings++] = (struct margin_setting){.variable = x, .value = x->mean};
    return q;
}

/* ---- the slope as a line in the moderator ---- */

enum { LOW, MIDDLE, HIGH, PLACES };

/* Is what is half way between the ends their mean? */
static bool is_line(const struct margin answer[], size_t p)
{
    for (size_t j = 0; j < p; j++) {
        double low = answer[LOW].gradient[j], high = answer[HIGH].gradient[j];
        double size = fabs(low) + fabs(high) + fabs(answer[MIDDLE].gradient[j]);
        if (!(fabs(answer[MIDDLE].gradient[j] - (low + high) / 2) <= 1e-9 * size))
            return false;
    }
    return true;
}

static void take_line(const struct margins *m, const struct margin answer[],
                      struct johnson_neyman *out, struct arena *scratch)
{
    size_t p = m->fit->fit.n_params;
    double *by = ARENA_NEW(scratch, double, p);
    for (size_t j = 0; j < p; j++)
        by[j] = answer[HIGH].gradient[j] - answer[LOW].gradient[j];
    out->at = answer[LOW].estimate[0];
    out->by = answer[HIGH].estimate[0] - answer[LOW].estimate[0];
    out->var[0] = margins_covariance(m, answer[LOW].gradient, answer[LOW].gradient);
    out->var[1] = margins_covariance(m, answer[LOW].gradient, by);
    out->var[2] = margins_covariance(m, by, by);
}

static void find_line(const struct margins *m, const struct margin_variable *x, size_t level,
                      const struct margin_variable *moderator, size_t equation,
                      struct johnson_neyman *out)
{
    struct arena *scratch = arena_new();
    struct margin_query query[PLACES];
    struct margin answer[PLACES];
    for (size_t k = 0; k < PLACES; k++) {
        double value = out->low + (out->high - out->low) * (double)k / (PLACES - 1);
        struct slope_point point = at_value(moderator, NULL, value);
        query[k] = slope_query(x, level, &point, true, equation);
    }
    margins_average(m, query, PLACES, answer, scratch);
    for (size_t k = 0; k < PLACES; k++)
        if (answer[k].status != FIT_OK && out->status == FIT_OK)
            out->status = answer[k].status;
    if (out->status == FIT_OK && !is_line(answer, m->fit->fit.n_params))
        out->status = FIT_DOMAIN;
    if (out->status == FIT_OK)
        take_line(m, answer, out, scratch);
    arena_free(scratch);
}

static double slope_at(const struct johnson_neyman *jn, double s)
{
    return jn->at + s * jn->by;
}

static double error_at(const struct johnson_neyman *jn, double s)
{
    return sqrt(fmax(0, jn->var[0] + s * (2 * jn->var[1] + s * jn->var[2])));
}

/* ---- the false discovery rate ---- */

enum { GRID = 1000 };

/* The largest k whose k-th smallest p-value is at most k alpha / GRID tells the level. */
static double discovery_critical(const struct johnson_neyman *jn, double alpha)
{
    double p[GRID];
    for (size_t k = 0; k < GRID; k++) {
        double s = (double)k / (GRID - 1);
        p[k] = two_sided_p(slope_at(jn, s) / error_at(jn, s), jn->df);
    }
    sort_real(p, GRID);
    size_t k = GRID;
    while (k > 1 && !(p[k - 1] <= (double)k / GRID * alpha))
        k--;
    return two_sided_t(1 - (double)k / GRID * alpha, jn->df);
}

/* ---- regions ---- */

static int direction_at(const struct johnson_neyman *jn, double s)
{
    double slope = slope_at(jn, s);
    return fabs(slope) > jn->critical * error_at(jn, s) ? (slope > 0) - (slope < 0) : 0;
}

/* Roots of slope^2 = critical^2 variance within (0, 1), ascending; how many. */
static size_t roots(const struct johnson_neyman *jn, double root[2])
{
    double c2 = jn->critical * jn->critical;
    double a = jn->by * jn->by - c2 * jn->var[2], half = jn->at * jn->by - c2 * jn->var[1];
    double c = jn->at * jn->at - c2 * jn->var[0], d = half * half - a * c;
    double q = -(half + copysign(sqrt(fmax(0, d)), half)), found[2];
    size_t n = 0;
    found[0] = q / a;
    found[1] = c / q;
    for (size_t k = 0; k < 2 && d > 0; k++)
        if (found[k] > 0 && found[k] < 1)
            root[n++] = found[k];
    if (n == 2 && root[0] > root[1]) {
        double first = root[1];
        root[1] = root[0];
        root[0] = first;
    }
    return n;
}

/* Each row counts for the region that its moderator is in. */
static void count_rows(const struct margins *m, const struct margin_variable *moderator,
                       struct johnson_neyman *out)
{
    const struct outcome_data *data = &m->fit->data;
    const double *value = m->data->column[moderator->column].value;
    struct sum total = {0}, in[3] = {{0}};
    for (size_t i = 0; i < data->design->n; i++) {
        double w = data->w ? data->w[i] : 1, x = value[data->design->row[i]];
        size_t k = 0;
        while (k + 1 < out->n && x > out->region[k].to)
            k++;
        sum_add(&in[k], w);
        sum_add(&total, w);
    }
    for (size_t k = 0; k < out->n; k++)
        out->region[k].share = sum_value(&in[k]) / sum_value(&total);
}

static void find_regions(struct johnson_neyman *out)
{
    double root[2], end[4] = {0};
    size_t n = roots(out, root), bounds = 0;
    for (size_t k = 0; k < n; k++)
        end[++bounds] = root[k];
    end[++bounds] = 1;
    out->n = bounds;
    for (size_t k = 0; k < out->n; k++) {
        double width = out->high - out->low;
        struct slope_region *r = &out->region[k];
        r->from = k == 0 ? out->low : out->low + end[k] * width;
        r->to = k + 1 == out->n ? out->high : out->low + end[k + 1] * width;
        r->direction = direction_at(out, (end[k] + end[k + 1]) / 2);
        r->slope_from = slope_at(out, end[k]);
        r->slope_to = slope_at(out, end[k + 1]);
    }
}

void johnson_neyman(const struct margins *m, const struct margin_variable *x, size_t level,
                    const struct margin_variable *moderator, size_t equation, double conf_level,
                    bool fdr, struct johnson_neyman *out)
{
    assert(moderator->n_levels == 0);
    *out = (struct johnson_neyman){.status = m->status,
                                   .critical = NAN,
                                   .low = moderator->low,
                                   .high = moderator->high,
                                   .df = fit_df(&m->fit->fit),
                                   .at = NAN,
                                   .by = NAN,
                                   .var = {NAN, NAN, NAN}};
    if (out->status == FIT_OK && !(out->low < out->high))
        out->status = FIT_CONSTANT;
    if (out->status == FIT_OK)
        find_line(m, x, level, moderator, equation, out);
    if (out->status != FIT_OK)
        return;
    out->critical =
        fdr ? discovery_critical(out, 1 - conf_level) : two_sided_t(conf_level, out->df);
    if (isnan(out->critical))
        out->status = FIT_TOO_FEW;
    if (out->status != FIT_OK)
        return;
    find_regions(out);
    count_rows(m, moderator, out);
}

struct tested johnson_neyman_at(const struct johnson_neyman *jn, double moderator,
                                double conf_level)
{
    double s = (moderator - jn->low) / (jn->high - jn->low);
    return tested_of(slope_at(jn, s), error_at(jn, s), jn->df, conf_level);
}
