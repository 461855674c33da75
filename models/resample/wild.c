/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/resample/wild.h"

#include <math.h>
#include <string.h>

#include "models/base/rng.h"
#include "models/base/workers.h"

/* |t| so near, relative to it, are equal: of the same weights, summed otherwise. */
#define TIE 1e-11

/* Replicates that share a thread's memory. */
enum { BLOCK = 64 };

static const double rademacher[] = {1, -1};
static const double webb[] = {0.70710678118654752440,  1,  1.2247448713915890491,
                              -0.70710678118654752440, -1, -1.2247448713915890491};

#define X(name, title)                                                                         \
    const struct wild_weights wild_weights_##name = {#name, title, sizeof name / sizeof *name, \
                                                     name};
WILD_WEIGHTS_LIST(X)
#undef X

const struct wild_weights *const wild_weights_all[] = {
#define X(name, title) &wild_weights_##name,
    WILD_WEIGHTS_LIST(X)
#undef X
};
const size_t n_wild_weights = sizeof wild_weights_all / sizeof *wild_weights_all;

const struct wild_weights *wild_weights_find(const char *name)
{
    for (size_t i = 0; i < n_wild_weights; i++)
        if (strcmp(wild_weights_all[i]->name, name) == 0)
            return wild_weights_all[i];
    return NULL;
}

/* ---- replicates ---- */

struct work {
    const struct wild_scores *s;
    const struct wild_weights *weights;
    const double *along; /* [n_clusters * 2] score and slope along the direction */
    size_t n;
    bool all;
    uint64_t seed;
    struct wild_t *t;
};

static double product(const double *a, const double *b, size_t k)
{
    double sum = 0;
    for (size_t j = 0; j < k; j++)
        sum += a[j] * b[j];
    return sum;
}

/* t under the weights v [n_clusters]; total is room for 2 k.  With the weights the estimate moves
   by the sum of the scores, and each cluster's own score by its information times that. */
static struct wild_t t_of(const struct work *work, const double *v, double *total)
{
    const struct wild_scores *s = work->s;
    struct wild_t t = {{0}, {0}};
    size_t k = s->k;
    memset(total, 0, 2 * k * sizeof *total);
    for (size_t g = 0; g < s->n_clusters; g++) {
        for (size_t j = 0; j < k; j++)
            total[j] += v[g] * s->score[g * k + j];
        for (size_t j = 0; s->slope && j < k; j++)
            total[k + j] += v[g] * s->slope[g * k + j];
        t.top[0] += v[g] * work->along[2 * g];
        t.top[1] += v[g] * work->along[2 * g + 1];
    }
    for (size_t g = 0; g < s->n_clusters; g++) {
        const double *bend = s->bend + g * k;
        double at = v[g] * work->along[2 * g] - product(bend, total, k);
        double by = s->slope ? v[g] * work->along[2 * g + 1] - product(bend, total + k, k) : 0;
        t.square[0] += at * at;
        t.square[1] += at * by;
        t.square[2] += by * by;
    }
    return t;
}

/* Vector number `index` of all whose first weight is positive. */
static void vector_of(const struct wild_weights *w, size_t index, size_t n, double *v)
{
    v[0] = w->point[index % (w->n_points / 2)];
    index /= w->n_points / 2;
    for (size_t g = 1; g < n; g++) {
        v[g] = w->point[index % w->n_points];
        index /= w->n_points;
    }
}

static void replicate_block(size_t block, void *context)
{
    const struct work *work = context;
    size_t n_clusters = work->s->n_clusters, end = (block + 1) * BLOCK;
    struct arena *scratch = arena_new();
    for (size_t r = block * BLOCK; r < end && r < work->n; r++) {
        arena_reset(scratch);
        double *v = ARENA_NEW(scratch, double, n_clusters);
        double *total = ARENA_NEW(scratch, double, 2 * work->s->k);
        if (work->all) {
            vector_of(work->weights, r, n_clusters, v);
        } else {
            gsl_rng *rng = rng_stream(work->seed, r, scratch);
            for (size_t g = 0; g < n_clusters; g++)
                v[g] = work->weights->point[rng_below(rng, work->weights->n_points)];
        }
        work->t[r] = t_of(work, v, total);
    }
    arena_free(scratch);
}

static const double *along_direction(const struct wild_scores *s, struct arena *scratch)
{
    double *along = ARENA_NEW(scratch, double, 2 * s->n_clusters);
    for (size_t g = 0; g < s->n_clusters; g++) {
        along[2 * g] = product(s->score + g * s->k, s->direction, s->k);
        along[2 * g + 1] = s->slope ? product(s->slope + g * s->k, s->direction, s->k) : 0;
    }
    return along;
}

void wild_draw(const struct wild_scores *scores, const struct wild_options *options,
               struct wild_draws *draws, struct arena *keep)
{
    size_t n_clusters = scores->n_clusters;
    size_t asked = options->replicates ? options->replicates : WILD_REPLICATES;
    *draws = (struct wild_draws){.weights = options->weights};
    if (!draws->weights)
        draws->weights = n_clusters < WILD_FEW ? &wild_weights_webb : &wild_weights_rademacher;
    double vectors = pow((double)draws->weights->n_points, (double)n_clusters);
    draws->all = vectors <= (double)asked;
    draws->replicates = draws->all ? vectors : (double)asked;
    draws->n = draws->all ? (size_t)vectors / 2 : asked;
    struct work work = {
        scores,     draws->weights, along_direction(scores, keep),           draws->n,
        draws->all, options->seed,  ARENA_NEW(keep, struct wild_t, draws->n)};
    workers_run((draws->n + BLOCK - 1) / BLOCK, options->threads, replicate_block, &work);
    draws->t = work.t;
    double *ones = ARENA_NEW(keep, double, n_clusters);
    for (size_t g = 0; g < n_clusters; g++)
        ones[g] = 1;
    draws->observed = t_of(&work, ones, ARENA_NEW(keep, double, 2 * scores->k));
}

/* ---- what they say ---- */

static double top_of(const struct wild_t *t, double delta)
{
    return t->top[0] + delta * t->top[1];
}

static double square_of(const struct wild_t *t, double delta)
{
    return fmax(t->square[0] + delta * (2 * t->square[1] + delta * t->square[2]), 0);
}

double wild_p_value(const struct wild_draws *draws, double delta)
{
    double top = top_of(&draws->observed, delta), square = square_of(&draws->observed, delta);
    size_t beyond = 0;
    if (!(square > 0) || !isfinite(top))
        return NAN;
    double threshold = top * top * (1 - 2 * TIE);
    for (size_t r = 0; r < draws->n; r++) {
        double t = top_of(&draws->t[r], delta);
        beyond += t * t * square >= threshold * square_of(&draws->t[r], delta);
    }
    return draws->all ? (double)beyond / (double)draws->n
                      : (1 + (double)beyond) / (1 + (double)draws->n);
}

/* Where p falls to alpha between `in`, where it is above, and `out`, where it is not. */
static double crossing(double (*p_value)(double null, void *context), void *context,
                       double estimate, double step, double in, double out, double digits,
                       double alpha)
{
    while (out - in > digits) {
        double middle = (in + out) / 2, p = p_value(estimate + middle * step, context);
        if (isnan(p))
            return NAN;
        if (p <= alpha)
            out = middle;
        else
            in = middle;
    }
    return estimate + (in + out) / 2 * step;
}

/* The limit on one side: out by steps that grow until p falls to alpha; by shorter ones from where
   there is no p. */
static double limit(double (*p_value)(double null, void *context), void *context, double estimate,
                    double step, double reach, double digits, double alpha)
{
    double in = 0, out = 2, bound = INFINITY;
    while (in <= reach && bound - in > 0.01) {
        double p = p_value(estimate + out * step, context);
        if (p <= alpha)
            return crossing(p_value, context, estimate, step, in, out, digits, alpha);
        if (isnan(p))
            bound = out;
        else
            in = out;
        out = fmin(1.5 * out, (in + bound) / 2);
    }
    return in > reach ? copysign(INFINITY, step) : NAN;
}

void wild_interval(double (*p_value)(double null, void *context), void *context, double estimate,
                   double std_error, double reach, double digits, double conf_level, double *low,
                   double *high)
{
    double alpha = 1 - conf_level;
    *low = *high = NAN;
    if (!(std_error > 0) || !isfinite(std_error) || !isfinite(estimate))
        return;
    *low = limit(p_value, context, estimate, -std_error, reach, digits, alpha);
    *high = limit(p_value, context, estimate, std_error, reach, digits, alpha);
}

size_t wild_clusters(size_t n, const uint32_t *given, size_t n_given, const double *w,
                     uint32_t *code, struct arena *scratch)
{
    uint32_t *number = ARENA_NEW(scratch, uint32_t, n_given);
    size_t n_clusters = 0;
    for (size_t i = 0; i < n; i++) {
        code[i] = 0;
        if (w && !(w[i] > 0))
            continue;
        if (number[given[i]] == 0)
            number[given[i]] = (uint32_t)++n_clusters;
        code[i] = number[given[i]] - 1;
    }
    return n_clusters;
}

/* ---- a test ---- */

void wild_test_init(struct wild_test *test, enum fit_status status)
{
    *test = (struct wild_test){.status = status};
    test->statistic = test->p_value = test->conf_low = test->conf_high = NAN;
}

void wild_take_draws(struct wild_test *test, const struct wild_draws *draws, double delta)
{
    test->weights = draws->weights;
    test->replicates = draws->replicates;
    test->all = draws->all;
    test->statistic = top_of(&draws->observed, delta) / sqrt(square_of(&draws->observed, delta));
    test->p_value = wild_p_value(draws, delta);
}

struct inversion {
    const struct wild_draws *draws;
    double estimate, length;
};

static double p_at(double null, void *context)
{
    const struct inversion *inversion = context;
    return wild_p_value(inversion->draws, (inversion->estimate - null) / inversion->length);
}

void wild_settle(struct wild_test *test, bool limits)
{
    if (isnan(test->p_value) || (limits && (isnan(test->conf_low) || isnan(test->conf_high))))
        test->status = FIT_NO_PROGRESS;
    else
        test->status =
            isinf(test->conf_low) || isinf(test->conf_high) ? FIT_FEW_CLUSTERS : FIT_CONVERGED;
}

double wild_std_error(const struct wild_scores *s)
{
    double square = 0;
    for (size_t g = 0; g < s->n_clusters; g++) {
        double along = product(s->score + g * s->k, s->direction, s->k);
        square += along * along;
    }
    return sqrt(square);
}

void wild_linear_test(const struct wild_scores *scores, double length, double estimate, double null,
                      const struct wild_options *options, struct wild_test *test,
                      struct arena *scratch)
{
    struct wild_draws draws;
    struct inversion inversion = {&draws, estimate, length};
    bool limits = options->conf_level > 0;
    wild_draw(scores, options, &draws, scratch);
    wild_take_draws(test, &draws, (estimate - null) / length);
    if (limits)
        wild_interval(p_at, &inversion, estimate, wild_std_error(scores) * length, 1e6, 1e-12,
                      options->conf_level, &test->conf_low, &test->conf_high);
    wild_settle(test, limits);
}
