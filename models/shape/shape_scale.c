/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/shape_scale.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "models/base/critical.h"

struct cells cells_of(const struct points *p, bool binary, struct arena *keep)
{
    return (struct cells){
        .n = p->n,
        .x = p->x,
        .count = p->count,
        .y = arena_copy(keep, p->y, p->n, sizeof *p->y),
        .w = arena_copy(keep, p->w, p->n, sizeof *p->w),
        .w2 = arena_copy(keep, p->w2, p->n, sizeof *p->w2),
        .within = arena_copy(keep, p->within_at, p->n, sizeof *p->within_at),
        .w2rr = arena_copy(keep, p->w2rr, p->n, sizeof *p->w2rr),
        .n_obs = p->n_obs,
        .binary = binary,
        .sampling = p->weight_kind == WEIGHT_SAMPLING,
    };
}

static void on_scale_new(const struct cells *c, struct on_scale *out, struct arena *keep)
{
    *out = (struct on_scale){
        .n = c->n,
        .x = c->x,
        .y = ARENA_NEW(keep, double, c->n),
        .weight = ARENA_NEW(keep, double, c->n),
        .v = ARENA_NEW(keep, double, c->n),
        .variance = 1,
        .df = c->binary ? INFINITY : c->n_obs - (double)c->n,
    };
}

/* Sum of weight (y - line)^2, the line by weighted least squares. */
static double about_line(const double *x, const double *y, const double *weight, size_t n)
{
    double sw = 0, mx = 0, my = 0, xx = 0, xy = 0, total = 0;
    for (size_t i = 0; i < n; i++) {
        sw += weight[i];
        mx += weight[i] * x[i];
        my += weight[i] * y[i];
    }
    mx /= sw;
    my /= sw;
    for (size_t i = 0; i < n; i++) {
        xx += weight[i] * (x[i] - mx) * (x[i] - mx);
        xy += weight[i] * (x[i] - mx) * (y[i] - my);
    }
    for (size_t i = 0; i < n; i++) {
        double r = y[i] - my - xy / xx * (x[i] - mx);
        total += weight[i] * r * r;
    }
    return total;
}

/* Departure as chi-squared, or as F where the variance is estimated. */
static void set_departure(struct on_scale *o, double chi_squared, double df2)
{
    o->departure_df1 = (double)o->n - 2;
    o->departure_df2 = df2;
    o->departure = isinf(df2) ? chi_squared : chi_squared / o->departure_df1;
    if (!(o->departure_df1 > 0) || isnan(o->departure)) {
        o->departure_p_value = NAN;
        return;
    }
    o->departure_p_value = isinf(df2) ? gsl_cdf_chisq_Q(chi_squared, o->departure_df1)
                                      : f_exceeds(o->departure, o->departure_df1, df2);
}

static void wald_departure(struct on_scale *o, double df2, struct arena *scratch)
{
    double *precision = ARENA_NEW(scratch, double, o->n);
    for (size_t j = 0; j < o->n; j++)
        precision[j] = 1 / o->v[j];
    set_departure(o, about_line(o->x, o->y, precision, o->n), df2);
}

/* A share, with half a case added to either side. */
static double guarded_share(const struct cells *c, size_t j)
{
    return (c->y[j] * c->count[j] + 0.5) / (c->count[j] + 1);
}

/* Average of weight * variance: that of an observation, with a design effect in it. */
static double mean_weighted_variance(const struct on_scale *o)
{
    double total = 0;
    for (size_t j = 0; j < o->n; j++)
        total += o->weight[j] * o->v[j];
    return total / (double)o->n;
}

void scale_outcome(const struct cells *c, struct on_scale *out, struct arena *keep)
{
    double within = 0;
    on_scale_new(c, out, keep);
    for (size_t j = 0; j < c->n; j++)
        within += c->within[j];
    double pooled = within / (c->n_obs - (double)c->n);
    for (size_t j = 0; j < c->n; j++) {
        double p = guarded_share(c, j), w = c->w[j];
        double own = c->w2rr[j] + pooled * c->w2[j] / c->count[j];
        out->y[j] = c->y[j];
        out->weight[j] = w;
        out->v[j] = (c->binary ? p * (1 - p) * c->w2[j] : own) / (w * w);
    }
    out->variance = c->binary || c->sampling ? mean_weighted_variance(out) : pooled;
    if (c->sampling)
        wald_departure(out, out->df, keep);
    else
        set_departure(out, about_line(c->x, c->y, c->w, c->n) / pooled, c->n_obs - (double)c->n);
}

/* n p log(p / q), 0 for p = 0. */
static double deviance_term(double p, double q)
{
    return p > 0 ? p * log(p / q) : 0;
}

/* Deviance of the logit line, by Newton's method on centred x. */
static double logit_line_deviance(const struct cells *c)
{
    double a = 0, b = 0, mx = 0, deviance = 0;
    for (size_t j = 0; j < c->n; j++)
        mx += c->count[j] * c->x[j] / c->n_obs;
    double size = c->x[c->n - 1] - c->x[0];
    for (int i = 0; i < 50; i++) {
        double ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
        deviance = 0;
        for (size_t j = 0; j < c->n; j++) {
            double x = (c->x[j] - mx) / size, q = 1 / (1 + exp(-a - b * x)), n = c->count[j];
            ga += n * (c->y[j] - q);
            gb += n * (c->y[j] - q) * x;
            haa += n * q * (1 - q);
            hab += n * q * (1 - q) * x;
            hbb += n * q * (1 - q) * x * x;
            deviance += 2 * n * (deviance_term(c->y[j], q) + deviance_term(1 - c->y[j], 1 - q));
        }
        double det = haa * hbb - hab * hab;
        double da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
        if (!isfinite(da) || !isfinite(db) || fabs(da) + fabs(db) < 1e-10)
            break;
        double part = fmin(1, 2 / (fabs(da) + fabs(db)));
        a += part * da;
        b += part * db;
    }
    return deviance;
}

void scale_logit(const struct cells *c, struct on_scale *out, struct arena *keep)
{
    on_scale_new(c, out, keep);
    for (size_t j = 0; j < c->n; j++) {
        double p = guarded_share(c, j);
        out->y[j] = log(p / (1 - p));
        out->v[j] = c->w2[j] / (c->w[j] * c->w[j]) / (p * (1 - p));
        out->weight[j] = 1 / out->v[j];
    }
    if (c->sampling)
        wald_departure(out, INFINITY, keep);
    else
        set_departure(out, logit_line_deviance(c), INFINITY);
}
