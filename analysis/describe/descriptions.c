/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/describe/descriptions.h"

#include <math.h>
#include <string.h>

#include "analysis/study/variables.h"
#include "models/base/sum.h"

/* Values of x alone, as pairs with itself. */
static struct sample values(const struct prepared *p, const struct group *g, const double *x,
                            struct arena *scratch)
{
    return variable_pairs(x, x, p->weight, p->weight_kind, &g->rows, scratch);
}

/* Rows without a value (or the sum of their frequencies); rows of no weight do not count. */
static double count_missing(const struct prepared *p, const struct group *g, const double *x)
{
    double n = 0;
    for (size_t i = 0; i < g->rows.n; i++) {
        uint32_t row = g->rows.at[i];
        double w = p->weight ? p->weight[row] : 1;
        if (!isfinite(x[row]) && w > 0)
            n += p->weight_kind == WEIGHT_FREQUENCY ? w : 1;
    }
    return n;
}

static enum fit_status with_min_n(const struct prepared *p, enum fit_status status, double n)
{
    return status == FIT_OK && prepared_is_small(p, n) ? FIT_BELOW_MIN_N : status;
}

/* ---- scale points ---- */

static size_t count_points(const struct answer_points *a)
{
    return a->steps ? (size_t)((a->high - a->low) * a->steps) + 1 : 0;
}

static double point_value(const struct answer_points *a, size_t i)
{
    return ((double)a->low * a->steps + (double)i) / a->steps; /* as a mean is computed */
}

/* The number of a value's point, SIZE_MAX if it is at none. */
static size_t point_of(const struct answer_points *a, double x)
{
    double place = (x - a->low) * a->steps, whole = round(place);
    return fabs(place - whole) < 1e-6 && whole >= 0 && whole < (double)count_points(a)
               ? (size_t)whole
               : SIZE_MAX;
}

/* Observations at each point; their weights are added up apart. */
struct tallied_point {
    size_t rows, rows_ones; /* ones: where y is 1 */
    struct sum weight, squares, ones;
};

static struct tallied_point *tally_points(const struct answer_points *a, const struct sample *s,
                                          struct arena *scratch)
{
    struct tallied_point *t = ARENA_NEW(scratch, struct tallied_point, count_points(a));
    for (size_t i = 0; i < s->n; i++) {
        size_t k = point_of(a, s->x[i]);
        double w = s->w ? s->w[i] : 1;
        if (k == SIZE_MAX)
            continue;
        t[k].rows++;
        sum_add(&t[k].weight, w);
        sum_add(&t[k].squares, w * w);
        t[k].rows_ones += s->y[i] == 1;
        sum_add(&t[k].ones, s->y[i] == 1 ? w : 0);
    }
    return t;
}

/* A sum of weights as a count: of frequencies it is one, else rows are counted. */
static double count_of(const struct sample *s, size_t rows, const struct sum *weight)
{
    return s->weight_kind == WEIGHT_FREQUENCY ? sum_value(weight) : (double)rows;
}

static void describe_points(const struct prepared *p, const struct answer_points *a,
                            const struct sample *s, struct described_scale *d, struct arena *keep,
                            struct arena *scratch)
{
    const struct tallied_point *t = tally_points(a, s, scratch);
    double n_eff = sample_effective_size(s);
    d->n_points = count_points(a);
    d->point = ARENA_NEW(keep, struct described_point, d->n_points);
    for (size_t i = 0; i < d->n_points; i++)
        d->point[i] = (struct described_point){
            .at = point_value(a, i),
            .n = count_of(s, t[i].rows, &t[i].weight),
            .share = proportion_wilson(fmin(1, sum_value(&t[i].weight) / d->d.weight), n_eff,
                                       p->conf_level)};
}

/* ---- one group ---- */

static struct net_promoter no_score(void)
{
    return (struct net_promoter){FIT_TOO_FEW, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

static void describe_scale(const struct descriptions *all, struct described_scale *d,
                           struct arena *keep, struct arena *scratch)
{
    const struct prepared *p = all->prepared;
    const struct answer_points *a = &all->options.points[d->x];
    const struct net_promoter_cuts *cuts = &all->options.cuts[d->x];
    const double *x = p->x[d->x].value;
    struct sample s = values(p, d->group, x, scratch);
    d->d = distribution(&s, p->conf_level, scratch);
    d->missing = count_missing(p, d->group, x);
    d->nps = isnan(cuts->promoter) ? no_score() : net_promoter(&s, cuts, p->conf_level);
    d->status = d->d.status;
    if (a->steps) {
        d->boxes = scale_points(&s, a->low, a->high, p->conf_level, keep);
        describe_points(p, a, &s, d, keep, scratch);
        if (d->boxes.n_outside)
            d->status = FIT_DOMAIN;
    }
    d->status = with_min_n(p, d->status, d->d.n);
}

static void describe_behaviour(const struct prepared *p, struct described_behaviour *d,
                               struct arena *scratch)
{
    const double *y = p->y[d->y].value;
    struct sample s = values(p, d->group, y, scratch);
    double *zero = ARENA_NEW(scratch, double, s.n);
    for (size_t i = 0; i < s.n; i++)
        zero[i] = s.x[i] == 0;
    d->d = distribution(&s, p->conf_level, scratch);
    d->missing = count_missing(p, d->group, y);
    d->zero_share = mean(zero, s.w, s.n);
    d->status = with_min_n(p, d->d.status, d->d.n);
}

/* ---- reliability ---- */

static void describe_items(const struct descriptions *all, struct described_items *d,
                           struct arena *keep, struct arena *scratch)
{
    const struct prepared *p = all->prepared;
    d->agreement = items_agree(p, d->group, &all->options.sets[d->set], keep, scratch);
    d->status = with_min_n(p, d->agreement.alpha.status, d->agreement.n);
}

/* ---- retention by scale point ---- */

/* Whether all values are 0 or 1: the behaviour `retained`, or another that has both. */
static bool is_zero_one(const struct prepared *p, const struct variable_of *y,
                        struct arena *scratch)
{
    struct rows all = rows_all(p->frame->n_rows, scratch);
    size_t present = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (isnan(y->value[i]))
            continue;
        if (y->value[i] != 0 && y->value[i] != 1)
            return false;
        present++;
    }
    return present > 0 && (strcmp(y->name, "retained") == 0 || variable_is_binary(y->value, &all));
}

static void describe_retention(const struct descriptions *all, struct described_retention *d,
                               struct arena *keep, struct arena *scratch)
{
    const struct prepared *p = all->prepared;
    const struct answer_points *a = &all->options.points[d->x];
    struct sample s = prepared_pairs(p, d->group, &p->x[d->x], &p->y[d->y], scratch);
    const struct tallied_point *t = tally_points(a, &s, scratch);
    d->n = sample_size(&s);
    d->n_points = count_points(a);
    d->point = ARENA_NEW(keep, struct retained_point, d->n_points);
    for (size_t i = 0; i < d->n_points; i++) {
        struct retained_point *q = &d->point[i];
        *q = (struct retained_point){.at = point_value(a, i),
                                     .n = count_of(&s, t[i].rows, &t[i].weight),
                                     .retained = count_of(&s, t[i].rows_ones, &t[i].ones)};
        double weight = sum_value(&t[i].weight);
        double n_eff =
            s.weight_kind == WEIGHT_SAMPLING ? weight * weight / sum_value(&t[i].squares) : q->n;
        q->rate = proportion_wilson(sum_value(&t[i].ones) / weight, n_eff, p->conf_level);
        q->status = with_min_n(p, q->rate.status, q->n);
    }
}

/* ---- the whole ---- */

static void describe_scales(struct descriptions *d, struct arena *keep, struct arena *scratch)
{
    const struct prepared *p = d->prepared;
    d->scale = ARENA_NEW(keep, struct described_scale, p->groups.n * p->n_x);
    d->behaviour = ARENA_NEW(keep, struct described_behaviour, p->groups.n * p->n_y);
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct group *group = &p->groups.at[g];
        for (size_t x = 0; x < p->n_x; x++) {
            struct described_scale *s = &d->scale[d->n_scales++];
            *s = (struct described_scale){.group = group, .x = x};
            describe_scale(d, s, keep, scratch);
        }
        for (size_t y = 0; y < p->n_y; y++) {
            struct described_behaviour *b = &d->behaviour[d->n_behaviours++];
            *b = (struct described_behaviour){.group = group, .y = y};
            describe_behaviour(p, b, scratch);
        }
        arena_reset(scratch);
    }
}

static void describe_sets(struct descriptions *d, struct arena *keep, struct arena *scratch)
{
    const struct groups *groups = &d->prepared->groups;
    d->reliability = ARENA_NEW(keep, struct described_items, groups->n * d->options.n_sets);
    for (size_t g = 0; g < groups->n; g++)
        for (size_t k = 0; k < d->options.n_sets; k++) {
            struct described_items *r = &d->reliability[d->n_reliability++];
            *r = (struct described_items){.group = &groups->at[g], .set = k};
            describe_items(d, r, keep, scratch);
            arena_reset(scratch);
        }
}

static void describe_retentions(struct descriptions *d, struct arena *keep, struct arena *scratch)
{
    const struct prepared *p = d->prepared;
    bool *zero_one = ARENA_NEW(keep, bool, p->n_y);
    for (size_t y = 0; y < p->n_y; y++)
        zero_one[y] = is_zero_one(p, &p->y[y], scratch);
    d->retention = ARENA_NEW(keep, struct described_retention, p->groups.n * p->n_x * p->n_y);
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t x = 0; x < p->n_x; x++)
            for (size_t y = 0; y < p->n_y; y++) {
                if (!zero_one[y] || !d->options.points[x].steps)
                    continue;
                struct described_retention *r = &d->retention[d->n_retention++];
                *r = (struct described_retention){.group = &p->groups.at[g], .x = x, .y = y};
                describe_retention(d, r, keep, scratch);
                arena_reset(scratch);
            }
}

struct descriptions *descriptions_compute(const struct prepared *p,
                                          const struct descriptions_options *o,
                                          const struct job *job)
{
    struct arena *keep = job->keep, *scratch = arena_new();
    struct descriptions *d = ARENA_NEW(keep, struct descriptions, 1);
    d->prepared = p;
    d->options = *o;
    job->progress(job->progress_context, -1, "describing");
    describe_scales(d, keep, scratch);
    describe_sets(d, keep, scratch);
    describe_retentions(d, keep, scratch);
    d->life = p->join ? customer_life(p->join, p->conf_level, keep) : NULL;
    arena_free(scratch);
    return d;
}
