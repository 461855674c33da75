/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/knot.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "models/base/critical.h"
#include "models/base/order.h"
#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/curve/points.h"
#include "models/shape/columns.h"

#define MOST_KNOTS 200  /* tried */
#define STEPS 10        /* from one x to the next */
#define LEAST_SHARE 0.1 /* of the observations on either side of a knot */

/* ---- a hinge beside the line ---- */

/* The points about their middle, and the residuals of their line. */
struct about {
    const struct points *p;
    double middle, half;
    double *t, *r;        /* [p->n] x in -1 .. 1; y less the line */
    double mean_t, w, tt; /* weighted mean of t, total weight, sum w (t - mean)^2 */
    double slope;         /* of the line, per unit of t */
    double deviance;      /* of the line, over the rows */
};

static struct about about_line(const struct points *p, struct arena *keep)
{
    struct about a = {.p = p, .half = (p->x[p->n - 1] - p->x[0]) / 2};
    double my = mean(p->y, p->w, p->n);
    struct sum w = {0, 0}, tt = {0, 0}, ty = {0, 0}, deviance = {p->within, 0};
    a.middle = p->x[0] + a.half;
    a.t = ARENA_NEW(keep, double, p->n);
    a.r = ARENA_NEW(keep, double, p->n);
    for (size_t j = 0; j < p->n; j++)
        a.t[j] = ((p->x[j] - p->x[0]) - a.half) / a.half;
    a.mean_t = mean(a.t, p->w, p->n);
    for (size_t j = 0; j < p->n; j++) {
        sum_add(&w, p->w[j]);
        sum_add(&tt, p->w[j] * (a.t[j] - a.mean_t) * (a.t[j] - a.mean_t));
        sum_add(&ty, p->w[j] * (a.t[j] - a.mean_t) * (p->y[j] - my));
    }
    a.w = sum_value(&w);
    a.tt = sum_value(&tt);
    a.slope = sum_value(&ty) / a.tt;
    for (size_t j = 0; j < p->n; j++) {
        a.r[j] = p->y[j] - my - a.slope * (a.t[j] - a.mean_t);
        sum_add(&deviance, p->w[j] * a.r[j] * a.r[j]);
    }
    a.deviance = sum_value(&deviance);
    return a;
}

/* max(0, t - at) less its own line: mean + slope (t - mean_t). */
struct hinge_column {
    double at, mean, slope, square; /* square: sum w of the rest's squares */
};

static double rest_at(const struct about *a, const struct hinge_column *h, size_t j)
{
    return fmax(0, a->t[j] - h->at) - h->mean - h->slope * (a->t[j] - a->mean_t);
}

static struct hinge_column hinge_at(const struct about *a, double at)
{
    struct hinge_column h = {.at = at};
    const double *w = a->p->w;
    for (size_t j = 0; j < a->p->n; j++)
        h.mean += w[j] * fmax(0, a->t[j] - at) / a->w;
    for (size_t j = 0; j < a->p->n; j++)
        h.slope += w[j] * (a->t[j] - a->mean_t) * (fmax(0, a->t[j] - at) - h.mean) / a->tt;
    for (size_t j = 0; j < a->p->n; j++)
        h.square += w[j] * rest_at(a, &h, j) * rest_at(a, &h, j);
    return h;
}

/* Coefficient of the hinge. */
static double bend_of(const struct about *a, const struct hinge_column *h)
{
    double total = 0;
    for (size_t j = 0; j < a->p->n; j++)
        total += a->p->w[j] * rest_at(a, h, j) * a->r[j];
    return total / h->square;
}

/* What a hinge at `at` saves of the line's deviance. */
static double saved_by(const struct about *a, double at)
{
    struct hinge_column h = hinge_at(a, at);
    double bend = bend_of(a, &h);
    return bend * bend * h.square;
}

/* ---- the knots to try ---- */

struct tried {
    size_t n, low, high;    /* points low .. high bound the knots */
    double *at;             /* [n] ascending, in t */
    size_t *above;          /* [n] first point beyond */
    struct hinge_column *h; /* [n] */
};

static bool bounds(const struct points *p, size_t *low, size_t *high)
{
    double least = LEAST_SHARE * p->n_obs * (1 - 1e-12), n = p->count[0];
    *low = 1;
    while (*low < p->n - 1 && (n += p->count[*low]) < least)
        ++*low;
    *high = p->n - 2;
    n = p->count[p->n - 1];
    while (*high > 0 && (n += p->count[*high]) < least)
        --*high;
    return *low <= *high;
}

static bool knots_to_try(const struct about *a, struct tried *k, struct arena *keep)
{
    if (a->p->n < 4 || !bounds(a->p, &k->low, &k->high))
        return false;
    size_t gaps = k->high - k->low, steps = STEPS, skip = gaps / MOST_KNOTS + 1;
    while (steps > 1 && gaps * steps > MOST_KNOTS)
        steps--;
    k->at = ARENA_NEW(keep, double, MOST_KNOTS + 2);
    k->above = ARENA_NEW(keep, size_t, MOST_KNOTS + 2);
    k->h = ARENA_NEW(keep, struct hinge_column, MOST_KNOTS + 2);
    for (size_t j = k->low; j < k->high; j += skip)
        for (size_t i = 0; i < steps; i++) {
            double share = (double)i / (double)steps;
            k->above[k->n] = j + 1;
            k->at[k->n++] = a->t[j] + share * (a->t[j + 1] - a->t[j]);
        }
    k->above[k->n] = k->high + 1;
    k->at[k->n++] = a->t[k->high];
    for (size_t i = 0; i < k->n; i++)
        k->h[i] = hinge_at(a, k->at[i]);
    return true;
}

/* The best knot within a step of the best that was tried, by golden section (Kiefer 1953). */
static double refine(const struct about *a, const struct tried *k, size_t best)
{
    const double golden = (sqrt(5) - 1) / 2;
    double at = k->at[best], most = saved_by(a, at);
    for (int side = -1; side <= 1; side += 2) {
        if ((side < 0 && best == 0) || (side > 0 && best + 1 == k->n))
            continue;
        double from = k->at[best], to = k->at[side < 0 ? best - 1 : best + 1];
        for (int i = 0; i < 80; i++) {
            double near = to - golden * (to - from), far = from + golden * (to - from);
            if (saved_by(a, near) > saved_by(a, far))
                to = far;
            else
                from = near;
        }
        double found = (from + to) / 2, saved = saved_by(a, found);
        if (saved > most) {
            most = saved;
            at = found;
        }
    }
    return at;
}

/* ---- errors of the points ---- */

/* Residual of point j's mean from the hinge. */
static double gap_from(const struct about *a, const struct hinge_column *h, double bend, size_t j)
{
    return a->r[j] - bend * rest_at(a, h, j);
}

/* Sum of w^2 times the squared residuals of the rows at point j (w for frequencies). */
static double square_at(const struct points *p, size_t j, double gap)
{
    return p->weight_kind == WEIGHT_FREQUENCY ? p->within_at[j] + p->w[j] * gap * gap
                                              : points_square(p, j, gap);
}

/* Variance of the weighted sum of the errors at each point, with one pseudo-observation at the
   pooled variance; gives the mean variance of an error. */
static double *variances(const struct about *a, const struct hinge_column *h, double *per_row,
                         struct arena *keep)
{
    const struct points *p = a->p;
    double *v = ARENA_NEW(keep, double, p->n), bend = bend_of(a, h), total = 0;
    double deviance = a->deviance - bend * bend * h->square, factor = p->n_obs / (p->n_obs - 4);
    double pooled = factor * deviance / a->w;
    for (size_t j = 0; j < p->n; j++) {
        double unit = p->weight_kind == WEIGHT_FREQUENCY ? 1 : p->w2[j] / p->count[j];
        double own = factor * square_at(p, j, gap_from(a, h, bend, j));
        v[j] = (own + pooled * unit) * p->count[j] / (p->count[j] + 1);
        total += p->weight_kind == WEIGHT_SAMPLING ? v[j] * p->w[j] / p->w2[j] : v[j];
    }
    *per_row = total / a->w;
    return v;
}

/* Variance of what the hinge's column draws from errors of these variances. */
static double robust_variance(const struct about *a, const struct hinge_column *h,
                              const struct hinge_column *best)
{
    double bend = bend_of(a, best), total = 0;
    for (size_t j = 0; j < a->p->n; j++)
        total += rest_at(a, h, j) * rest_at(a, h, j) *
                 points_square(a->p, j, gap_from(a, best, bend, j));
    return total;
}

/* ---- the tests ---- */

/* t at each knot. */
static double *statistics(const struct about *a, const struct tried *k,
                          const struct hinge_column *best, double df, struct arena *keep)
{
    double *t = ARENA_NEW(keep, double, k->n);
    for (size_t i = 0; i < k->n; i++) {
        double bend = bend_of(a, &k->h[i]), square = k->h[i].square;
        double variance = (a->deviance - bend * bend * square) / df * square;
        if (a->p->weight_kind == WEIGHT_SAMPLING)
            variance = robust_variance(a, &k->h[i], best);
        t[i] = bend * square / sqrt(variance);
    }
    return t;
}

/* 2 (Phi(-M) + V exp(-M^2 / 2) / sqrt(8 pi)), V the way that t goes up and down. */
static double davies_bound(const double *t, size_t n, double most)
{
    double way = 0;
    for (size_t i = 1; i < n; i++)
        way += fabs(t[i] - t[i - 1]);
    double p = gsl_cdf_ugaussian_Q(most) + way * exp(-most * most / 2) / sqrt(8 * acos(-1));
    return fmin(1, 2 * p);
}

/* The points between two neighbouring knots: only the sum of their errors and that of the
   errors times t count, two normals of known covariance. */
struct stretch {
    double sd;          /* of the sum */
    double slope, rest; /* sum times t: slope * sum, and a normal of this sd */
};

struct drawn {
    const struct about *a;
    const struct tried *k;
    size_t n;             /* stretches, from the left */
    struct stretch *at;   /* [n] */
    size_t *from;         /* [k->n] first stretch beyond each knot */
    double per_row;       /* mean variance of an error */
    const double *signal; /* [k->n] what each hinge draws from the fitted hinge */
    const double *robust; /* [k->n] variance of t's numerator, or NULL: per_row */
    double *sum, *sum_t;  /* [n + 1] from the right: of the errors, and times t */
};

static struct stretch stretch_of(const struct about *a, const double *v, size_t from, size_t to)
{
    double v0 = 0, v1 = 0, v2 = 0;
    for (size_t j = from; j < to; j++)
        v0 += v[j];
    for (size_t j = from; j < to; j++)
        v1 += v[j] * a->t[j] / v0;
    for (size_t j = from; to - from > 1 && j < to; j++)
        v2 += v[j] * (a->t[j] - v1) * (a->t[j] - v1);
    return (struct stretch){sqrt(v0), v1, sqrt(v2)};
}

static void cut(const struct about *a, const double *v, struct drawn *d, struct arena *keep)
{
    size_t start = 0;
    d->at = ARENA_NEW(keep, struct stretch, d->k->n + 1);
    d->from = ARENA_NEW(keep, size_t, d->k->n);
    for (size_t i = 0; i < d->k->n; i++) {
        if (d->k->above[i] > start)
            d->at[d->n++] = stretch_of(a, v, start, d->k->above[i]);
        start = d->k->above[i];
        d->from[i] = d->n;
    }
    d->at[d->n++] = stretch_of(a, v, start, a->p->n);
    d->sum = ARENA_NEW(keep, double, d->n + 1);
    d->sum_t = ARENA_NEW(keep, double, d->n + 1);
}

static void draw_errors(const struct drawn *d, gsl_rng *rng)
{
    for (size_t i = d->n; i-- > 0;) {
        double z = gsl_ran_gaussian(rng, d->at[i].sd), rest = 0;
        if (d->at[i].rest > 0)
            rest = gsl_ran_gaussian(rng, d->at[i].rest);
        d->sum[i] = d->sum[i + 1] + z;
        d->sum_t[i] = d->sum_t[i + 1] + d->at[i].slope * z + rest;
    }
}

/* One draw of errors: the largest F under the line, and the best knot under the hinge. */
static void draw(const struct drawn *d, double df, gsl_rng *rng, double *sup_f, double *knot)
{
    double scale = gsl_ran_chisq(rng, df) / df, most = -1;
    *sup_f = 0;
    draw_errors(d, rng);
    for (size_t i = 0; i < d->k->n; i++) {
        const struct hinge_column *h = &d->k->h[i];
        size_t j = d->from[i];
        double q = d->sum_t[j] - h->at * d->sum[j] - h->mean * d->sum[0] -
                   h->slope * (d->sum_t[0] - d->a->mean_t * d->sum[0]);
        double variance = d->robust ? d->robust[i] : d->per_row * h->square;
        double both = d->signal[i] + q;
        *sup_f = fmax(*sup_f, q * q / (variance * scale));
        if (both * both / h->square > most) {
            most = both * both / h->square;
            *knot = h->at;
        }
    }
}

static struct drawn drawn_of(const struct about *a, const struct tried *k,
                             const struct hinge_column *best, struct arena *keep)
{
    struct drawn d = {.a = a, .k = k};
    double *signal = ARENA_NEW(keep, double, k->n), *robust = ARENA_NEW(keep, double, k->n);
    double bend = bend_of(a, best);
    const double *v = variances(a, best, &d.per_row, keep);
    for (size_t i = 0; i < k->n; i++)
        for (size_t j = 0; j < a->p->n; j++) {
            double e = rest_at(a, &k->h[i], j);
            signal[i] += a->p->w[j] * e * bend * rest_at(a, best, j);
            robust[i] += e * e * v[j];
        }
    d.signal = signal;
    d.robust = a->p->weight_kind == WEIGHT_SAMPLING ? robust : NULL;
    cut(a, v, &d, keep);
    return d;
}

static void resample(const struct about *a, const struct tried *k, const struct hinge_column *best,
                     const struct knot_options *options, struct knot_test *out, struct arena *keep)
{
    size_t n = options->n_replicates, over = 0;
    double *knot = ARENA_NEW(keep, double, n), tail = (1 - options->conf_level) / 2;
    struct drawn d = drawn_of(a, k, best, keep);
    gsl_rng *rng = rng_stream(options->seed, options->task, keep);
    for (size_t r = 0; r < n; r++) {
        double sup_f;
        draw(&d, out->df, rng, &sup_f, &knot[r]);
        over += sup_f >= out->sup_f;
    }
    sort_real(knot, n);
    out->p_value = ((double)over + 1) / ((double)n + 1);
    out->n_replicates = n;
    out->bootstrap.low = a->middle + a->half * quantile_sorted(knot, n, tail);
    out->bootstrap.high = a->middle + a->half * quantile_sorted(knot, n, 1 - tail);
}

/* ---- the knot and its interval ---- */

/* Between a refused knot and one that is not, where F equals its limit. */
static double between(const struct about *a, double refused, double held, double least)
{
    for (int i = 0; i < 60; i++) {
        double middle = (refused + held) / 2;
        *(saved_by(a, middle) < least ? &refused : &held) = middle;
    }
    return held;
}

/* The outermost of the knots tried, and of the best, that F does not refuse. */
static void profile(const struct about *a, const struct tried *k, const struct hinge_column *best,
                    double conf_level, struct limits *out)
{
    double bend = bend_of(a, best), most = bend * bend * best->square, df = a->p->n_obs - 4;
    double unit = (a->deviance - most) / df;
    if (a->p->weight_kind == WEIGHT_SAMPLING)
        unit = robust_variance(a, best, best) / best->square;
    double least = most - f_upper(1 - conf_level, 1, df) * unit;
    size_t low = 0, high = k->n - 1;
    while (low < k->n && k->at[low] < best->at && saved_by(a, k->at[low]) < least)
        low++;
    while (high > 0 && k->at[high] > best->at && saved_by(a, k->at[high]) < least)
        high--;
    double first = low < k->n ? fmin(k->at[low], best->at) : best->at;
    double last = fmax(k->at[high], best->at);
    if (low > 0)
        out->low = a->middle + a->half * between(a, k->at[low - 1], first, least);
    if (high + 1 < k->n)
        out->high = a->middle + a->half * between(a, k->at[high + 1], last, least);
}

static struct knot_test blank(const struct points *p, enum fit_status status)
{
    const struct limits none = {NAN, NAN, NAN};
    return (struct knot_test){.status = status,
                              .n_obs = p->n_obs,
                              .df = NAN,
                              .sup_f = NAN,
                              .p_value = NAN,
                              .davies = NAN,
                              .davies_p_value = NAN,
                              .naive_p_value = NAN,
                              .slope_below = NAN,
                              .slope_above = NAN,
                              .knot = none,
                              .bootstrap = none};
}

static enum fit_status obstacle(const struct points *p)
{
    if (p->n_obs < 2)
        return FIT_TOO_FEW;
    if (p->n == 1 || !(p->total > 0))
        return FIT_CONSTANT;
    return p->n < 4 || p->n_obs < 6 ? FIT_TOO_FEW : FIT_OK;
}

static void judge(const struct about *a, const struct tried *k, const struct hinge_column *best,
                  double conf_level, struct knot_test *out, struct arena *keep)
{
    double bend = bend_of(a, best), most = 0;
    double *t = statistics(a, k, best, out->df, keep);
    for (size_t i = 0; i < k->n; i++)
        most = fmax(most, fabs(t[i]));
    out->sup_f = most * most;
    out->naive_p_value = f_exceeds(out->sup_f, 1, out->df);
    out->davies = most;
    out->davies_p_value = davies_bound(t, k->n, most);
    out->slope_below = (a->slope - bend * best->slope) / a->half;
    out->slope_above = out->slope_below + bend / a->half;
    out->knot.estimate = out->bootstrap.estimate = a->middle + a->half * best->at;
    profile(a, k, best, conf_level, &out->knot);
}

void knot_test_of(const struct sample *s, const struct knot_options *options, struct knot_test *out,
                  struct arena *keep)
{
    struct points p;
    struct tried k = {0};
    points_of(s, &p, keep);
    *out = blank(&p, obstacle(&p));
    if (out->status != FIT_OK)
        return;
    struct about a = about_line(&p, keep);
    if (!knots_to_try(&a, &k, keep)) {
        out->status = FIT_TOO_FEW;
        return;
    }
    size_t best = 0;
    for (size_t i = 1; i < k.n; i++)
        if (saved_by(&a, k.at[i]) > saved_by(&a, k.at[best]))
            best = i;
    struct hinge_column h = hinge_at(&a, refine(&a, &k, best));
    double bend = bend_of(&a, &h);
    if (points_perfect(&p, a.deviance) || points_perfect(&p, a.deviance - bend * bend * h.square)) {
        out->status = FIT_PERFECT;
        return;
    }
    out->df = p.n_obs - 3;
    judge(&a, &k, &h, options->conf_level, out, keep);
    if (options->n_replicates > 0)
        resample(&a, &k, &h, options, out, keep);
}
