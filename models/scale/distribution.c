/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/scale/distribution.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "models/base/order.h"
#include "models/base/sum.h"

static double weight_at(const struct sample *s, size_t i)
{
    return s->w ? s->w[i] : 1;
}

static double weight_sum(const struct sample *s)
{
    struct sum total = {0};
    for (size_t i = 0; i < s->n; i++)
        sum_add(&total, weight_at(s, i));
    return sum_value(&total);
}

/* The value that holds position `rank` (1..n) of the expanded data.  Scaled weights
   reach a position up to rounding. */
static double value_at(const struct sample *s, const uint32_t *order, double unit, double rank)
{
    struct sum below = {0};
    double value = NAN;
    for (size_t i = 0; i < s->n; i++) {
        size_t row = order[i];
        if (!(weight_at(s, row) > 0))
            continue;
        sum_add(&below, weight_at(s, row) * unit);
        value = s->x[row];
        if (sum_value(&below) >= rank * (1 - 1e-12))
            break;
    }
    return value;
}

static double quantile_in_order(const struct sample *s, const uint32_t *order, double weight,
                                double probability)
{
    double n = sample_size(s);
    if (!(weight > 0))
        return NAN;
    double unit = s->weight_kind == WEIGHT_FREQUENCY ? 1 : n / weight;
    double position = 1 + (n - 1) * probability, rank = floor(position);
    double low = value_at(s, order, unit, rank);
    if (position == rank)
        return low;
    double high = value_at(s, order, unit, fmin(rank + 1, n));
    return low + (position - rank) * (high - low);
}

double quantile(const struct sample *s, double probability, struct arena *scratch)
{
    assert(probability >= 0 && probability <= 1);
    const uint32_t *order = order_real(s->x, s->n, scratch);
    return quantile_in_order(s, order, weight_sum(s), probability);
}

static double central_moment(const struct sample *s, double mean, double weight, int power)
{
    struct sum total = {0};
    for (size_t i = 0; i < s->n; i++) {
        double d = s->x[i] - mean;
        sum_add(&total, weight_at(s, i) * (power == 2 ? d * d : d * d * d));
    }
    return sum_value(&total) / weight;
}

static void spread(struct distribution *d, const struct sample *s, double conf_level)
{
    double m2 = central_moment(s, d->mean, d->weight, 2);
    d->sd = sqrt(m2 * d->n / (d->n - 1));
    if (d->min == d->max)
        d->sd = 0;
    d->std_error = d->sd / sqrt(d->n_eff);
    d->df = d->n_eff - 1;
    double t = gsl_cdf_tdist_Qinv((1 - conf_level) / 2, d->df);
    d->conf_low = d->mean - t * d->std_error;
    d->conf_high = d->mean + t * d->std_error;
    d->status = d->sd > 0 ? FIT_OK : FIT_CONSTANT;
    if (d->sd > 0 && d->n > 2) {
        double m3 = central_moment(s, d->mean, d->weight, 3);
        d->skewness = m3 / (m2 * sqrt(m2)) * sqrt(d->n * (d->n - 1)) / (d->n - 2);
    }
}

static struct distribution of_moderate(const struct sample *s, double conf_level,
                                       struct arena *scratch)
{
    struct distribution d = {
        .status = FIT_TOO_FEW,
        .n = sample_size(s),
        .weight = weight_sum(s),
        .n_eff = sample_effective_size(s),
        .mean = mean(s->x, s->w, s->n),
        .std_error = NAN,
        .df = NAN,
        .conf_low = NAN,
        .conf_high = NAN,
        .sd = NAN,
        .skewness = NAN,
    };
    const uint32_t *order = order_real(s->x, s->n, scratch);
    d.min = quantile_in_order(s, order, d.weight, 0);
    d.lower_quartile = quantile_in_order(s, order, d.weight, 0.25);
    d.median = quantile_in_order(s, order, d.weight, 0.5);
    d.upper_quartile = quantile_in_order(s, order, d.weight, 0.75);
    d.max = quantile_in_order(s, order, d.weight, 1);
    if (d.n > 1 && d.n_eff > 1)
        spread(&d, s, conf_level);
    return d;
}

/* The binary exponent of the largest |x| where squares or cubes would leave the range
   of doubles, else 0. */
static int extreme_exponent(const struct sample *s)
{
    double largest = 0;
    int exponent = 0;
    for (size_t i = 0; i < s->n; i++)
        largest = fmax(largest, fabs(s->x[i]));
    frexp(largest, &exponent);
    return abs(exponent) > 300 ? exponent : 0;
}

/* Min and max are the data's own already. */
static void scale_back(struct distribution *d, int exponent)
{
    double *const scaled[] = {&d->mean, &d->std_error,      &d->conf_low, &d->conf_high,
                              &d->sd,   &d->lower_quartile, &d->median,   &d->upper_quartile};
    for (size_t i = 0; i < sizeof scaled / sizeof *scaled; i++)
        *scaled[i] = ldexp(*scaled[i], exponent);
}

struct distribution distribution(const struct sample *s, double conf_level, struct arena *scratch)
{
    assert(conf_level > 0 && conf_level < 1);
    int exponent = extreme_exponent(s);
    if (exponent == 0)
        return of_moderate(s, conf_level, scratch);
    double *x = ARENA_NEW(scratch, double, s->n);
    for (size_t i = 0; i < s->n; i++)
        x[i] = ldexp(s->x[i], -exponent);
    struct sample scaled = *s;
    scaled.x = x;
    struct distribution d = of_moderate(&scaled, conf_level, scratch);
    scale_back(&d, exponent);
    d.min = quantile(s, 0, scratch);
    d.max = quantile(s, 1, scratch);
    return d;
}

/* Share of the weight in low..high, both ends included. */
static double share_within(const struct sample *s, double low, double high)
{
    struct sum inside = {0}, outside = {0};
    for (size_t i = 0; i < s->n; i++)
        sum_add(s->x[i] >= low && s->x[i] <= high ? &inside : &outside, weight_at(s, i));
    double in = sum_value(&inside);
    return in / (in + sum_value(&outside));
}

/* Adds the observations up by scale point; gives the weight between the points. */
static double count_points(const struct sample *s, int low, int high, struct scale_points *p)
{
    struct sum between = {0};
    for (size_t i = 0; i < s->n; i++) {
        double x = s->x[i], w = weight_at(s, i);
        if (!(w > 0))
            continue;
        if (!(x >= low && x <= high))
            p->n_outside++;
        else if (x == floor(x))
            p->weight[(size_t)(x - low)] += w;
        else
            sum_add(&between, w);
    }
    return sum_value(&between);
}

struct scale_points scale_points(const struct sample *s, int low, int high, double conf_level,
                                 struct arena *keep)
{
    assert(low < high && (int64_t)high - low < 1000000);
    struct scale_points p = {.n_points = (size_t)((int64_t)high - low + 1)};
    p.weight = ARENA_NEW(keep, double, p.n_points);
    p.share = ARENA_NEW(keep, double, p.n_points);
    double total = weight_sum(s), n_eff = sample_effective_size(s);
    p.between = count_points(s, low, high, &p) / total;
    for (size_t i = 0; i < p.n_points; i++)
        p.share[i] = p.weight[i] / total;
    p.top_box = proportion_wilson(share_within(s, high, INFINITY), n_eff, conf_level);
    p.top_2 = proportion_wilson(share_within(s, (double)high - 1, INFINITY), n_eff, conf_level);
    p.bottom_box = proportion_wilson(share_within(s, -INFINITY, low), n_eff, conf_level);
    p.bottom_2 = proportion_wilson(share_within(s, -INFINITY, (double)low + 1), n_eff, conf_level);
    p.status = p.n_outside > 0 ? FIT_DOMAIN : p.top_box.status;
    return p;
}
