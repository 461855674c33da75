/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/importance/importance.h"

#include <assert.h>
#include <math.h>

#include "models/base/order.h"
#include "models/base/rng.h"
#include "models/base/workers.h"
#include "models/subset/fitted.h"

/* Replicates that share a thread's memory. */
enum { BLOCK = 16 };

static size_t bit(size_t j)
{
    return (size_t)1 << j;
}

/* ---- orders ---- */

/* Orders in which each subset can be built up, and be gone on from to all terms. */
static void set_orders(const struct candidates *c, struct importance_data *d, struct arena *keep)
{
    size_t sets = bit(c->n);
    double *before = ARENA_NEW(keep, double, sets), *after = ARENA_NEW(keep, double, sets);
    before[0] = after[sets - 1] = 1;
    for (size_t s = 0; s < sets; s++)
        for (size_t j = 0; j < c->n; j++)
            if (!(s & bit(j)) && (c->needs[j] & ~s) == 0)
                before[s | bit(j)] += before[s];
    for (size_t s = sets - 1; s-- > 0;)
        for (size_t j = 0; j < c->n; j++)
            if (!(s & bit(j)) && (c->needs[j] & ~s) == 0)
                after[s] += after[s | bit(j)];
    d->before = before;
    d->after = after;
}

/* ---- least squares ---- */

/* Everything of a sample under weights w; false where nothing varies. */
static bool set_linear(const struct candidates *c, const double *w, struct importance_data *d,
                       struct arena *keep)
{
    size_t k = c->rows.k, sets = bit(c->n);
    double *triangle = ARENA_NEW(keep, double, (k + 1) * (k + 1));
    double *r_squared = ARENA_NEW(keep, double, sets);
    struct subset_tree *tree = ARENA_NEW(keep, struct subset_tree, 1);
    candidates_triangle(c, w, triangle, keep);
    bool *kept = candidates_kept(c, triangle, keep);
    d->triangle = candidates_select(c, triangle, kept, &d->columns, &d->n_always, keep);
    *tree = candidates_tree_of(c, triangle, kept, keep);
    d->tree = tree;
    d->intercept = c->n_intercept > 0;
    d->total = 0;
    for (size_t j = d->intercept; j <= d->columns; j++) {
        double z = d->triangle[j * (d->columns + 1) + d->columns];
        d->total += z * z;
    }
    if (!(d->total > 0))
        return false;
    tree_sweep(tree, r_squared, keep);
    for (size_t s = 0; s < sets; s++)
        r_squared[s] = 1 - r_squared[s] / d->total;
    d->r_squared = r_squared;
    return true;
}

/* ---- the bootstrap ---- */

struct bootstrap {
    const struct candidates *c;
    const struct importance_data *orders;
    const struct importance_options *o;
    size_t units;        /* observations, and */
    const uint32_t *row; /* [units] the rows that they are; NULL: a row each */
    double *value;       /* [replicates][n_importance_methods][n] */
};

static void set_units(struct bootstrap *b, struct arena *scratch)
{
    const struct candidates *c = b->c;
    b->units = b->o->cluster ? b->o->n_clusters : c->rows.n;
    if (b->o->cluster || c->weight_kind != WEIGHT_FREQUENCY || !c->w)
        return;
    uint32_t *row = ARENA_NEW(scratch, uint32_t, (size_t)c->n_obs);
    b->units = 0;
    for (size_t i = 0; i < c->rows.n; i++)
        for (double k = 0; k < c->w[i]; k++)
            row[b->units++] = (uint32_t)i;
    b->row = row;
}

/* Weights of replicate `index`: how often a row, or its cluster, is drawn, times its own unless
   that is a number of observations which are drawn one by one. */
static double *draw(const struct bootstrap *b, size_t index, struct arena *scratch)
{
    gsl_rng *rng = rng_stream(b->o->seed, index, scratch);
    const struct candidates *c = b->c;
    double *w = ARENA_NEW(scratch, double, c->rows.n), *drawn = w;
    if (b->o->cluster)
        drawn = ARENA_NEW(scratch, double, b->units);
    for (size_t u = 0; u < b->units; u++) {
        size_t unit = rng_below(rng, b->units);
        drawn[b->row ? b->row[unit] : unit] += 1;
    }
    for (size_t i = 0; b->o->cluster && i < c->rows.n; i++)
        w[i] = drawn[b->o->cluster[i]];
    for (size_t i = 0; !b->row && c->w && i < c->rows.n; i++)
        w[i] *= c->w[i];
    return w;
}

static void replicate(const struct bootstrap *b, size_t index, struct arena *scratch)
{
    struct importance_data d = *b->orders;
    size_t n = b->c->n;
    double *value = b->value + index * n_importance_methods * n;
    bool varies = set_linear(b->c, draw(b, index, scratch), &d, scratch);
    for (size_t m = 0; m < n_importance_methods; m++)
        if (varies)
            importance_methods[m]->estimate(&d, value + m * n, scratch);
    for (size_t i = 0; !varies && i < n_importance_methods * n; i++)
        value[i] = NAN;
}

static void replicate_block(size_t block, void *context)
{
    const struct bootstrap *b = context;
    struct arena *own = arena_new();
    for (size_t i = block * BLOCK; i < (block + 1) * BLOCK && i < b->o->replicates; i++) {
        arena_reset(own);
        replicate(b, i, own);
    }
    arena_free(own);
}

/* The percentiles of a figure; NaN where fewer than half of the replicates have it. */
static void set_limits(const struct bootstrap *b, size_t figure, struct importance *of,
                       struct arena *scratch)
{
    size_t n = 0, step = n_importance_methods * b->c->n;
    double *x = ARENA_NEW(scratch, double, b->o->replicates);
    for (size_t i = 0; i < b->o->replicates; i++)
        if (!isnan(b->value[i * step + figure]))
            x[n++] = b->value[i * step + figure];
    if (n < 2 || 2 * n < b->o->replicates)
        return;
    sort_real(x, n);
    of->conf_low = quantile_sorted(x, n, (1 - b->o->conf_level) / 2);
    of->conf_high = quantile_sorted(x, n, (1 + b->o->conf_level) / 2);
}

static void set_intervals(const struct candidates *c, const struct importance_data *d,
                          const struct importance_options *o, struct importance **of_method,
                          struct arena *scratch)
{
    struct candidates one = *c;
    struct bootstrap b = {.c = &one, .orders = d, .o = o};
    one.rows.threads = 1;
    set_units(&b, scratch);
    b.value = ARENA_NEW(scratch, double, o->replicates *n_importance_methods * c->n);
    workers_run((o->replicates + BLOCK - 1) / BLOCK, o->threads, replicate_block, &b);
    for (size_t m = 0; m < n_importance_methods; m++)
        for (size_t j = 0; j < c->n; j++)
            set_limits(&b, m * c->n + j, &of_method[m][j], scratch);
}

/* ---- other models ---- */

/* McFadden's R^2 where the dispersion is known, else the share of the deviance. */
static double explained(const struct glm *glm, const struct glm *null, bool likelihood)
{
    return likelihood ? 1 - glm->fit.log_lik / null->fit.log_lik
                      : 1 - glm->fit.deviance / null->fit.deviance;
}

static bool is_closed(const struct candidates *c, size_t set)
{
    for (size_t j = 0; j < c->n; j++)
        if (set & bit(j) && c->needs[j] & ~set)
            return false;
    return true;
}

/* The model of the constant alone, with the offset. */
static void fit_null(const struct candidates *c, const struct fitted *f, struct glm *null,
                     struct arena *keep)
{
    struct candidates *empty = arena_copy(keep, c, 1, sizeof *c);
    struct fitted *of_empty = arena_copy(keep, f, 1, sizeof *f);
    empty->n_always = c->n_intercept;
    of_empty->c = empty;
    fitted_subset(of_empty, 0, null, keep);
}

static enum fit_status set_fitted(const struct candidates *c, const struct glm_options *options,
                                  struct importance_data *d, struct arena *keep)
{
    const struct family *family = options->family;
    struct fitted f = fitted_of(c, options, NULL);
    struct subset_tree *tree = ARENA_NEW(keep, struct subset_tree, 1);
    double *r_squared = ARENA_NEW(keep, double, bit(c->n));
    struct arena *own = arena_new();
    struct glm null, glm;
    enum fit_status status = FIT_OK;
    fit_null(c, &f, &null, keep);
    for (size_t s = bit(c->n); s-- > 0 && status == FIT_OK;) {
        r_squared[s] = NAN;
        if (!is_closed(c, s))
            continue;
        arena_reset(own);
        fitted_subset(&f, s, &glm, own);
        r_squared[s] = explained(&glm, &null, family->dispersion_known && family->likelihood);
        if (isnan(fitted_deviance(&glm)) || isnan(r_squared[s]))
            status = glm.fit.status == FIT_CONVERGED ? FIT_DOMAIN : glm.fit.status;
    }
    arena_free(own);
    *tree = (struct subset_tree){.n = c->n, .size = c->size, .width = c->size, .needs = c->needs};
    d->tree = tree;
    d->r_squared = r_squared;
    return status;
}

/* ---- all of it ---- */

static struct importance *estimate(const struct importance_method *method,
                                   const struct importance_data *d, struct arena *keep,
                                   struct arena *scratch)
{
    size_t n = d->tree->n;
    double *value = ARENA_NEW(scratch, double, n), total = 0;
    struct importance *of = ARENA_NEW(keep, struct importance, n);
    method->estimate(d, value, scratch);
    for (size_t j = 0; j < n; j++)
        total += value[j];
    for (size_t j = 0; j < n; j++)
        of[j] = (struct importance){value[j], method->sums ? value[j] / total : NAN, NAN, NAN};
    return of;
}

static const char *measure_of(const struct glm_options *options)
{
    if (subset_is_linear(options))
        return "R^2";
    return options->family->dispersion_known && options->family->likelihood
               ? "McFadden's R^2"
               : "share of the deviance";
}

void relative_importance(const struct design *d, const struct glm_options *options,
                         const struct subset_terms *terms, const struct importance_options *o,
                         struct importance_table *table, struct arena *keep)
{
    struct arena *scratch = arena_new();
    struct candidates c;
    struct importance_data data = {0};
    bool linear = subset_is_linear(options);
    assert(subset_n_free(terms) <= (linear ? IMPORTANCE_MAX_TERMS : IMPORTANCE_MAX_TERMS_GLM));
    candidates_of(d, options, terms, &c, keep);
    *table = (struct importance_table){c.status, c.n, c.term, c.excluded, measure_of(options),
                                       NAN,      NAN, NULL};
    if (c.status == FIT_OK && linear)
        table->status = set_linear(&c, c.w, &data, scratch) ? FIT_OK : FIT_CONSTANT;
    else if (c.status == FIT_OK)
        table->status = set_fitted(&c, options, &data, scratch);
    if (table->status == FIT_OK) {
        struct importance **of_method = ARENA_NEW(keep, struct importance *, n_importance_methods);
        set_orders(&c, &data, scratch);
        for (size_t m = 0; m < n_importance_methods; m++)
            if (linear || !importance_methods[m]->linear)
                of_method[m] = estimate(importance_methods[m], &data, keep, scratch);
        if (linear && o->replicates > 0)
            set_intervals(&c, &data, o, of_method, scratch);
        table->of_method = (const struct importance *const *)of_method;
        table->r_squared = data.r_squared[bit(c.n) - 1];
        table->forced_r_squared = data.r_squared[0];
    }
    arena_free(scratch);
}
