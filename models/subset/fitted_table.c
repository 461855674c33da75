/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "models/subset/fitted.h"
#include "models/subset/table.h"

static void set_figures(const struct fitted *f, uint64_t free_terms, struct subset_model *m)
{
    struct arena *own = arena_new();
    struct glm glm;
    fitted_subset(f, free_terms, &glm, own);
    m->deviance = glm.fit.deviance;
    m->status = glm.fit.status == FIT_CONVERGED ? FIT_OK : glm.fit.status;
    if (m->status != FIT_PERFECT)
        table_criteria(m, glm.fit.log_lik, glm_n_parameters(&glm), f->c->n_obs);
    arena_free(own);
}

/* ---- cross-validation ---- */

struct folds {
    const struct fitted *f; /* to all rows */
    size_t n;
    const uint32_t *fold; /* [rows] */
    double *w;            /* [rows] without a fold */
};

static double weight_of(const struct candidates *c, size_t i)
{
    return c->w ? c->w[i] : 1;
}

/* Minus the log density of the rows of a fold. */
static double loss(const struct folds *s, size_t fold, const struct glm *glm)
{
    const struct candidates *c = s->f->c;
    bool frequency = c->weight_kind == WEIGHT_FREQUENCY;
    double counted = 0;
    struct sum total = {0};
    if (isnan(fitted_deviance(glm)))
        return NAN;
    for (size_t i = 0; i < c->rows.n; i++)
        counted += glm->family->dispersion_counts_rows && !frequency ? s->w[i] > 0 : s->w[i];
    for (size_t i = 0; i < c->rows.n; i++) {
        double w = weight_of(c, i), theta = glm->theta;
        const struct family *family = isinf(theta) ? &family_poisson : glm->family;
        if (s->fold[i] == fold && w > 0)
            sum_add(&total, -(frequency ? w : 1) *
                                family->log_density(c->design->y[i], glm->mu[i], frequency ? 1 : w,
                                                    glm->fit.deviance / counted, theta));
    }
    return sum_value(&total);
}

static double loss_of(const struct folds *s, size_t fold, const struct fitted *f,
                      uint64_t free_terms)
{
    struct arena *own = arena_new();
    struct glm glm;
    fitted_subset(f, free_terms, &glm, own);
    double lost = loss(s, fold, &glm);
    arena_free(own);
    return lost;
}

static void one_fold(struct folds *s, size_t fold, const struct glm_options *options,
                     const uint64_t *free_terms, const struct subset_table *table,
                     struct losses *losses)
{
    const struct candidates *c = s->f->c;
    struct arena *own = arena_new();
    for (size_t i = 0; i < c->rows.n; i++)
        s->w[i] = s->fold[i] == fold ? 0 : weight_of(c, i);
    struct fitted f = fitted_of(c, options, s->w);
    struct kept_list list = kept_list_of(c->size, c->n, 1, own);
    fitted_search(&f, &list, own);
    for (size_t i = 0; i < table->n; i++) {
        bool there;
        uint64_t best = table_best(c, &list, table->model[i].n_params, &there);
        double lost = loss_of(s, fold, &f, free_terms[i]);
        sum_add(&losses[i].fixed, lost);
        if (table->model[i].rank == 1 && there && best == free_terms[i])
            sum_add(&losses[i].selected, lost);
        else if (table->model[i].rank == 1)
            sum_add(&losses[i].selected, there ? loss_of(s, fold, &f, best) : NAN);
    }
    arena_free(own);
}

static size_t count_folds(const struct folds *s)
{
    size_t n = 0;
    for (size_t k = 0; k < s->n; k++) {
        bool there = false;
        for (size_t i = 0; i < s->f->c->rows.n && !there; i++)
            there = s->fold[i] == k && weight_of(s->f->c, i) > 0;
        n += there;
    }
    return n;
}

static void validate(const struct fitted *f, const struct glm_options *options,
                     const struct subset_options *o, const uint64_t *free_terms,
                     struct subset_table *table, struct arena *scratch)
{
    struct losses *losses = ARENA_NEW(scratch, struct losses, table->n);
    size_t rows = f->c->rows.n;
    struct folds s = {f, o->n_folds, o->fold, ARENA_NEW(scratch, double, rows)};
    if (!f->options.family->likelihood || count_folds(&s) < 2)
        return;
    for (size_t k = 0; k < s.n; k++)
        one_fold(&s, k, options, free_terms, table, losses);
    for (size_t i = 0; i < table->n; i++) {
        struct subset_model *m = &table->model[i];
        m->cv = sum_value(&losses[i].fixed) / f->c->n_obs;
        if (m->rank == 1)
            m->cv_selected = sum_value(&losses[i].selected) / f->c->n_obs;
    }
}

void fitted_best_subsets(const struct candidates *c, const struct glm_options *options,
                         const struct subset_options *o, struct subset_table *table,
                         struct arena *keep, struct arena *scratch)
{
    uint64_t *free_terms;
    struct fitted f = fitted_of(c, options, NULL);
    struct kept_list list = kept_list_of(c->size, c->n, o->n_best, scratch);
    fitted_search(&f, &list, scratch);
    kept_sort(&list);
    table_begin(c, &list, table, &free_terms, keep);
    for (size_t i = 0; i < table->n; i++)
        set_figures(&f, free_terms[i], &table->model[i]);
    if (o->n_folds > 0)
        validate(&f, options, o, free_terms, table, scratch);
}
