/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/shape/shape.h"

#include <math.h>

#include <gsl/gsl_randist.h>

#include "models/base/order.h"
#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/curve/points.h"
#include "models/shape/shape_evidence.h"
#include "models/shape/shape_scale.h"

#define MANY_VALUES 12 /* distinct x above which x is grouped */
#define GROUPS 10      /* groups then */
#define MANY_ROWS 1000 /* rows of a point above which its bootstrap mean is drawn as normal */

const char *verdict_word(enum verdict verdict)
{
    static const char *const word[] = {
#define X(code, text) text,
        VERDICT_LIST(X)
#undef X
    };
    return word[verdict];
}

/* ---- the verdict ---- */

static int sign_of(const struct limits *i)
{
    return i->low > 0 ? 1 : i->high < 0 ? -1 : 0;
}

/* +1, -1 where a statistic is significant, else 0 (NaN is not). */
static int sign_of_test(double statistic, double p_value, double alpha)
{
    return p_value < alpha ? (statistic > 0 ? 1 : -1) : 0;
}

/* +1 for an S, -1 for an inverse S: the cubic bends at both ends, against each
   other, and the middle is steeper, or flatter, than both ends.  The cubic alone
   will not do: it overshoots beyond a steep rise that levels off. */
static int double_bend(const struct shape *s, double alpha)
{
    int lower = sign_of(&s->bend_lower), upper = sign_of(&s->bend_upper);
    int from_lower = sign_of_test(s->middle_lower_statistic, s->middle_lower_p_value, alpha);
    int from_upper = sign_of_test(s->middle_upper_statistic, s->middle_upper_p_value, alpha);
    return lower == -upper && from_lower == lower && from_upper == lower ? lower : 0;
}

/* S or inverse S where (iv) refuses the line and it bends twice; increasing or
   decreasing where two of (i) to (iii) say so and none says the opposite; otherwise
   linear, but undetermined where (iv) refuses the line.  (iv) alone does not decide
   for the line: it spreads its power over all departures, and misses a steady bend
   that (i) to (iii), which look for nothing else, agree on. */
static enum verdict judge(const struct shape *s, int exponent, double alpha)
{
    int twice = double_bend(s, alpha), convex = 0, concave = 0;
    bool refused = s->departure_p_value < alpha;
    int signs[] = {exponent, sign_of(&s->second_difference),
                   sign_of_test(s->slope_statistic, s->slope_p_value, alpha)};
    if (refused && twice != 0)
        return twice > 0 ? VERDICT_S_SHAPED : VERDICT_INVERSE_S;
    for (int i = 0; i < 3; i++) {
        convex += signs[i] > 0;
        concave += signs[i] < 0;
    }
    if (convex >= 2 && !concave)
        return VERDICT_INCREASING;
    if (concave >= 2 && !convex)
        return VERDICT_DECREASING;
    return refused ? VERDICT_UNDETERMINED : VERDICT_LINEAR;
}

/* ---- one scale, one set of means ---- */

struct scale {
    const char *name;
    void (*make)(const struct cells *c, struct on_scale *out, struct arena *keep);
};

static const struct scale scales[] = {{"outcome", scale_outcome}, {"logit", scale_logit}};

/* All evidence with normal intervals; gives the sign of the exponent's. */
static int gather(const struct scale *scale, const struct cells *c, const struct exponents *grid,
                  double conf_level, bool intervals, struct shape *out, struct arena *scratch)
{
    struct on_scale o;
    scale->make(c, &o, scratch);
    out->departure = o.departure;
    out->departure_df1 = o.departure_df1;
    out->departure_df2 = o.departure_df2;
    out->departure_p_value = o.departure_p_value;
    shape_curvature(&o, conf_level, out, scratch);
    shape_slopes(&o, conf_level, out, scratch);
    return shape_exponent(&o, grid, conf_level, intervals, out);
}

/* ---- the bootstrap, within the points ---- */

/* A row of point j, with the chance of its frequency; of its place otherwise. */
static size_t draw_row(const struct points *p, size_t j, const double *cumulated, gsl_rng *rng)
{
    size_t low = p->first[j], high = p->first[j + 1];
    if (p->weight_kind != WEIGHT_FREQUENCY)
        return low + rng_below(rng, high - low);
    double before = low > 0 ? cumulated[low - 1] : 0;
    double u = before + gsl_rng_uniform(rng) * (cumulated[high - 1] - before);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (cumulated[middle - 1] <= u)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Mean and squares of a point of many rows: the mean from its normal limit. */
static void draw_mean(const struct points *p, size_t j, struct cells *c, gsl_rng *rng)
{
    double variance = p->weight_kind == WEIGHT_FREQUENCY ? p->within_at[j] / (p->w[j] * p->w[j])
                                                         : p->w2rr[j] / (p->w[j] * p->w[j]);
    c->y[j] = p->y[j] + gsl_ran_gaussian(rng, sqrt(variance));
    if (c->binary)
        c->y[j] = fmin(1, fmax(0, c->y[j]));
}

/* As many rows of a point as it has, drawn with replacement.  One pass of sums
   about the point's own mean, which the mean of the draws is close to. */
static void draw_rows(const struct points *p, size_t j, const double *cumulated, struct cells *c,
                      gsl_rng *rng)
{
    double w1 = 0, wd = 0, wdd = 0, w2 = 0, w2d = 0, w2dd = 0;
    for (size_t i = 0, n = (size_t)p->count[j]; i < n; i++) {
        size_t row = draw_row(p, j, cumulated, rng);
        double w = c->sampling ? p->row_w[row] : 1, d = p->row_y[row] - p->y[j];
        w1 += w;
        wd += w * d;
        wdd += w * d * d;
        w2 += w * w;
        w2d += w * w * d;
        w2dd += w * w * d * d;
    }
    double shift = wd / w1;
    c->y[j] = p->y[j] + shift;
    c->w[j] = w1;
    c->w2[j] = w2;
    c->within[j] = fmax(0, wdd - shift * wd);
    c->w2rr[j] = fmax(0, w2dd - 2 * shift * w2d + shift * shift * w2);
    if (c->binary)
        c->y[j] = fmin(1, fmax(0, c->y[j]));
}

struct bootstrap {
    const struct points *points;
    const double *cumulated; /* [n_rows] weights up to and with each row */
    gsl_rng *rng;
};

static struct bootstrap bootstrap_of(const struct points *p, const struct shape_options *options,
                                     struct arena *keep)
{
    double *cumulated = ARENA_NEW(keep, double, p->n_rows), total = 0;
    for (size_t i = 0; i < p->n_rows; i++)
        cumulated[i] = total += p->row_w[i];
    return (struct bootstrap){p, cumulated, rng_stream(options->seed, options->task, keep)};
}

static void draw(const struct bootstrap *boot, struct cells *c)
{
    for (size_t j = 0; j < c->n; j++) {
        if (c->count[j] > MANY_ROWS)
            draw_mean(boot->points, j, c, boot->rng);
        else
            draw_rows(boot->points, j, boot->cumulated, c, boot->rng);
    }
}

/* The interval of (ii) and the shares of the verdicts, for all scales at once. */
static void resample(const struct points *p, bool binary, const struct exponents *grid,
                     const struct shape_options *options, struct shape out[], size_t n_scales,
                     struct arena *keep)
{
    size_t n = options->n_replicates;
    double *bends = ARENA_NEW(keep, double, n_scales *n), tail = (1 - options->conf_level) / 2;
    struct bootstrap boot = bootstrap_of(p, options, keep);
    struct cells c = cells_of(p, binary, keep);
    struct arena *scratch = arena_new();
    for (size_t r = 0; r < n; r++) {
        draw(&boot, &c);
        for (size_t k = 0; k < n_scales; k++) {
            struct shape s = {0};
            int exponent = gather(&scales[k], &c, grid, options->conf_level, false, &s, scratch);
            out[k].share[judge(&s, exponent, 1 - options->conf_level)]++; /* counted */
            bends[k * n + r] = s.second_difference.estimate;
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
    for (size_t k = 0; k < n_scales; k++) {
        sort_real(bends + k * n, n);
        out[k].second_difference.low = quantile_sorted(bends + k * n, n, tail);
        out[k].second_difference.high = quantile_sorted(bends + k * n, n, 1 - tail);
        for (size_t v = 0; v < VERDICT_N; v++)
            out[k].share[v] /= (double)n;
        out[k].n_replicates = n;
    }
}

/* ---- the sample ---- */

/* A predictor of many values, cut into groups of about a tenth of the weight. */
static struct sample grouped(const struct sample *s, struct arena *keep)
{
    struct points p;
    points_of(s, &p, keep);
    if (p.n <= MANY_VALUES)
        return *s;
    double *x = ARENA_NEW(keep, double, p.n_rows), group = 0;
    for (size_t from = 0, to; from < p.n; from = to) {
        double count = 0;
        for (to = from; to < p.n && (count == 0 || count + p.count[to] / 2 <= p.n_obs / GROUPS);
             to++)
            count += p.count[to];
        group = mean(p.x + from, p.w + from, to - from);
        for (size_t i = p.first[from]; i < p.first[to]; i++)
            x[i] = group;
    }
    return (struct sample){p.n_rows, x, p.row_y, s->w ? p.row_w : NULL, s->weight_kind};
}

static bool zeros_and_ones(const struct points *p)
{
    for (size_t i = 0; i < p->n_rows; i++)
        if (p->row_y[i] != 0 && p->row_y[i] != 1)
            return false;
    return true;
}

static enum fit_status status_of(const struct points *p)
{
    if (p->n_obs < 3)
        return FIT_TOO_FEW;
    if (p->n == 1 || !(p->total > 0))
        return FIT_CONSTANT;
    if (p->n < 3 || p->n_obs <= (double)p->n)
        return FIT_TOO_FEW;
    return p->within > 0 ? FIT_OK : FIT_PERFECT;
}

static struct shape blank(const char *scale, enum fit_status status, const struct points *p)
{
    const struct limits none = {NAN, NAN, NAN};
    return (struct shape){
        .scale = scale,
        .status = status,
        .n_obs = p->n_obs,
        .n_points = p->n,
        .exponent = none,
        .second_difference = none,
        .bend_lower = none,
        .bend_upper = none,
        .slope_lower = none,
        .slope_upper = none,
        .slope_statistic = NAN,
        .slope_p_value = NAN,
        .slope_middle = none,
        .middle_lower_statistic = NAN,
        .middle_lower_p_value = NAN,
        .middle_upper_statistic = NAN,
        .middle_upper_p_value = NAN,
        .departure = NAN,
        .departure_df1 = NAN,
        .departure_df2 = NAN,
        .departure_p_value = NAN,
        .verdict = VERDICT_UNDETERMINED,
    };
}

size_t shape_of(const struct sample *s, const struct shape_options *options, struct shape out[2],
                struct arena *keep)
{
    struct points p;
    struct sample by_group = grouped(s, keep);
    points_of(&by_group, &p, keep);
    bool binary = p.n_rows > 0 && zeros_and_ones(&p);
    size_t n_scales = binary ? 2 : 1;
    enum fit_status status = status_of(&p);
    int exponent[2];
    for (size_t k = 0; k < n_scales; k++)
        out[k] = blank(scales[k].name, status, &p);
    if (status != FIT_OK)
        return n_scales;
    struct cells c = cells_of(&p, binary, keep);
    struct exponents grid = exponents_of(p.x, p.n, keep);
    for (size_t k = 0; k < n_scales; k++)
        exponent[k] = gather(&scales[k], &c, &grid, options->conf_level, true, &out[k], keep);
    if (options->n_replicates > 0)
        resample(&p, binary, &grid, options, out, n_scales, keep);
    for (size_t k = 0; k < n_scales; k++)
        out[k].verdict = judge(&out[k], exponent[k], 1 - options->conf_level);
    return n_scales;
}
