/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/curve/validation.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/rng.h"
#include "models/base/sum.h"
#include "models/curve/points.h"

uint64_t customer_hash(const char *id)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *id; id++)
        hash = (hash ^ (unsigned char)*id) * 0x100000001b3u;
    return hash;
}

/* ---- names for rows that have no customer ---- */

struct named {
    uint64_t hash;
    size_t row;
};

static int by_hash(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1)
                              : (x->row > y->row) - (x->row < y->row);
}

static uint64_t bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}

/* By the values of the row, and among equal rows by a number: the order does not count. */
static uint64_t *own_names(const struct sample *s, struct arena *scratch)
{
    struct named *row = ARENA_NEW(scratch, struct named, s->n);
    uint64_t *name = ARENA_NEW(scratch, uint64_t, s->n), number = 0;
    for (size_t i = 0; i < s->n; i++)
        row[i] = (struct named){
            rng_mix(bits(s->x[i]), rng_mix(bits(s->y[i]), s->w ? bits(s->w[i]) : 0)), i};
    qsort(row, s->n, sizeof *row, by_hash);
    for (size_t i = 0; i < s->n; i++) {
        number = i > 0 && row[i].hash == row[i - 1].hash ? number + 1 : 0;
        name[row[i].row] = rng_mix(row[i].hash, number);
    }
    return name;
}

/* ---- the rows of each fold, drawn together by x ---- */

struct folds {
    size_t n, n_points;
    const double *x;        /* [n_points] */
    double *w, *y, *within; /* [n * n_points] weight, mean of y, squares about it */
    double *count;          /* [n * n_points] */
};

static size_t point_of(const double *x, size_t n, double value)
{
    size_t low = 0, high = n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (x[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct folds folds_of(const struct sample *s, const struct points *p,
                             const uint64_t *customer, const struct validation_options *o,
                             size_t repeat, struct arena *scratch)
{
    size_t cells = o->n_folds * p->n, *cell = ARENA_NEW(scratch, size_t, s->n);
    struct folds f = {o->n_folds,
                      p->n,
                      p->x,
                      ARENA_NEW(scratch, double, cells),
                      ARENA_NEW(scratch, double, cells),
                      ARENA_NEW(scratch, double, cells),
                      ARENA_NEW(scratch, double, cells)};
    struct sum *y = ARENA_NEW(scratch, struct sum, cells);
    struct sum *within = ARENA_NEW(scratch, struct sum, cells);
    for (size_t i = 0; i < s->n; i++) {
        double w = s->w ? s->w[i] : 1;
        size_t fold = rng_mix(customer[i], rng_mix(o->seed, repeat)) % o->n_folds;
        size_t at = cell[i] = fold * p->n + point_of(p->x, p->n, s->x[i]);
        f.w[at] += w;
        f.count[at] += w > 0 && p->weight_kind != WEIGHT_FREQUENCY ? 1 : w;
        sum_add(&y[at], w * s->y[i]);
    }
    for (size_t at = 0; at < cells; at++)
        f.y[at] = f.w[at] > 0 ? sum_value(&y[at]) / f.w[at] : 0;
    for (size_t i = 0; i < s->n; i++) {
        double r = s->y[i] - f.y[cell[i]];
        sum_add(&within[cell[i]], (s->w ? s->w[i] : 1) * r * r);
    }
    for (size_t at = 0; at < cells; at++)
        f.within[at] = sum_value(&within[at]);
    return f;
}

/* All but one fold, its points as frequencies that add up to the observations. */
static struct sample without(const struct folds *f, size_t fold, struct arena *scratch)
{
    double *x = ARENA_NEW(scratch, double, f->n_points),
           *y = ARENA_NEW(scratch, double, f->n_points);
    double *w = ARENA_NEW(scratch, double, f->n_points), total = 0, count = 0;
    struct sample s = {.x = x, .y = y, .w = w, .weight_kind = WEIGHT_FREQUENCY};
    for (size_t j = 0; j < f->n_points; j++) {
        double weight = 0, sum = 0;
        for (size_t k = 0; k < f->n; k++) {
            size_t at = k * f->n_points + j;
            weight += k == fold ? 0 : f->w[at];
            sum += k == fold ? 0 : f->w[at] * f->y[at];
            count += k == fold ? 0 : f->count[at];
        }
        if (!(weight > 0))
            continue;
        x[s.n] = f->x[j];
        y[s.n] = sum / weight;
        w[s.n++] = weight;
        total += weight;
    }
    for (size_t j = 0; j < s.n; j++)
        w[j] *= count / total;
    return s;
}

static double fold_weight(const struct folds *f, size_t fold)
{
    double total = 0;
    for (size_t j = 0; j < f->n_points; j++)
        total += f->w[fold * f->n_points + j];
    return total;
}

/* ---- one curve without one fold ---- */

static bool fitted(const struct fit *fit)
{
    return fit->status == FIT_CONVERGED || fit->status == FIT_PERFECT;
}

/* From the estimates on all customers; where that fails, from a search. */
static enum fit_status fit_without(const struct curve *c, const struct sample *s,
                                   const double *start, const struct curve_options *fitting,
                                   struct fit *fit, struct arena *scratch)
{
    curve_fit(c, s, c->linear || c->exact_start ? NULL : start, fitting, fit, scratch);
    if (!fitted(fit) && !c->linear && !c->exact_start)
        curve_fit(c, s, NULL, fitting, fit, scratch);
    return fit->status;
}

/* Weighted squared errors of the fold about predictions: the curve, or a value. */
static double errors(const struct folds *f, size_t fold, const struct curve *c, const double *b)
{
    double total = 0;
    for (size_t j = 0; j < f->n_points; j++) {
        size_t at = fold * f->n_points + j;
        if (!(f->w[at] > 0))
            continue;
        double gap = f->y[at] - (c ? c->mean(f->x[j], b) : *b);
        total += f->within[at] + f->w[at] * gap * gap;
    }
    return total;
}

/* ---- all of it ---- */

struct tally {
    struct sum error, about_mean, weight;
    double *of_fold; /* [n_repeats * n_folds] squared errors, and */
    double *w;       /* their weights; 0: an empty fold */
};

static void one_fold(const struct folds *f, size_t fold, size_t at,
                     const struct curve *const curve[], const struct fit fit[], size_t n,
                     const struct curve_options *fitting, struct validation out[],
                     struct tally tally[], struct arena *scratch)
{
    double weight = fold_weight(f, fold);
    if (!(weight > 0))
        return;
    struct sample s = without(f, fold, scratch);
    double average = mean(s.y, s.w, s.n), base = errors(f, fold, NULL, &average);
    for (size_t k = 0; k < n; k++) {
        struct fit part;
        if (out[k].status != FIT_OK)
            continue;
        enum fit_status status =
            fit_without(curve[k], &s, fit[k].estimate, fitting, &part, scratch);
        double lost = fitted(&part) ? errors(f, fold, curve[k], part.estimate) : NAN;
        if (!isfinite(lost)) {
            out[k].status = fitted(&part) ? FIT_DOMAIN : status;
            continue;
        }
        sum_add(&tally[k].error, lost);
        sum_add(&tally[k].about_mean, base);
        sum_add(&tally[k].weight, weight);
        tally[k].of_fold[at] = lost;
        tally[k].w[at] = weight;
    }
}

static void finish(const struct tally *t, const struct fit *fit, const struct validation_options *o,
                   struct validation *out)
{
    double weight = sum_value(&t->weight), variance = 0;
    out->mse = sum_value(&t->error) / weight;
    out->r_squared = 1 - sum_value(&t->error) / sum_value(&t->about_mean);
    out->optimism = fit->r_squared - out->r_squared;
    for (size_t r = 0; r < o->n_repeats; r++) {
        double folds = 0, squares = 0, total = 0;
        for (size_t k = r * o->n_folds; k < (r + 1) * o->n_folds; k++) {
            double gap = t->of_fold[k] - t->w[k] * out->mse;
            folds += t->w[k] > 0;
            total += t->w[k];
            squares += gap * gap;
        }
        out->n_folds = r == 0 ? (size_t)folds : out->n_folds;
        variance += squares * folds / (folds - 1) / (total * total) / (double)o->n_repeats;
    }
    out->std_error = sqrt(variance);
}

void validate_curves(const struct sample *s, const uint64_t *customer,
                     const struct curve *const curve[], const struct fit fit[], size_t n,
                     const struct validation_options *o, struct validation out[],
                     struct arena *scratch)
{
    assert(o->n_folds >= 2 && o->n_repeats >= 1);
    struct points p;
    points_of(s, &p, scratch);
    struct tally *tally = ARENA_NEW(scratch, struct tally, n);
    for (size_t k = 0; k < n; k++) {
        out[k] = (struct validation){fit[k].status == FIT_CONVERGED ? FIT_OK : fit[k].status,
                                     p.n_obs,
                                     0,
                                     NAN,
                                     NAN,
                                     NAN,
                                     NAN};
        tally[k].of_fold = ARENA_NEW(scratch, double, o->n_folds * o->n_repeats);
        tally[k].w = ARENA_NEW(scratch, double, o->n_folds * o->n_repeats);
    }
    if (!customer)
        customer = own_names(s, scratch);
    for (size_t r = 0; r < o->n_repeats && p.n > 0; r++) {
        struct folds f = folds_of(s, &p, customer, o, r, scratch);
        for (size_t fold = 0; fold < f.n; fold++)
            one_fold(&f, fold, r * o->n_folds + fold, curve, fit, n, o->fitting, out, tally,
                     scratch);
    }
    for (size_t k = 0; k < n; k++)
        if (out[k].status == FIT_OK)
            finish(&tally[k], &fit[k], o, &out[k]);
}
