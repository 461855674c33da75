/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/subset/fitted.h"

#include <math.h>
#include <string.h>

#include "models/glm/estimate.h"

/* Bounds are lowered by this share of the deviance: a subset is never lost to rounding. */
#define ROUNDING 1e-9

static uint64_t bit(size_t term)
{
    return (uint64_t)1 << term;
}

struct fitted fitted_of(const struct candidates *c, const struct glm_options *options,
                        const double *w)
{
    struct fitted f = {c, *options};
    f.options.weight = w ? w : c->w;
    f.options.firth = f.options.observed_information = false;
    return f;
}

/* The design's columns of a subset, in its order of columns. */
static struct design design_of_subset(const struct candidates *c, uint64_t free_terms,
                                      struct arena *keep)
{
    const struct design *d = c->design;
    struct design sub = *d;
    size_t *from = ARENA_NEW(keep, size_t, d->p), m = candidates_columns(c, free_terms, from);
    double *x = ARENA_NEW(keep, double, d->n *m);
    const char **name = ARENA_NEW(keep, const char *, m);
    size_t *term = ARENA_NEW(keep, size_t, m);
    for (size_t j = 0; j < m; j++) {
        size_t column = c->rows.column[from[j]];
        name[j] = d->name[column];
        term[j] = d->term[column];
        for (size_t i = 0; i < d->n; i++)
            x[i * m + j] = d->x[i * d->p + column];
    }
    sub.p = m;
    sub.x = x;
    sub.name = name;
    sub.term = term;
    sub.row = NULL;
    return sub;
}

void fitted_subset(const struct fitted *f, uint64_t free_terms, struct glm *glm, struct arena *keep)
{
    struct design *d = ARENA_NEW(keep, struct design, 1);
    *d = design_of_subset(f->c, free_terms, keep);
    glm_fit_without_null(d, &f->options, glm, keep);
}

double fitted_deviance(const struct glm *glm)
{
    enum fit_status s = glm->fit.status;
    if (s != FIT_CONVERGED && s != FIT_PERFECT && s != FIT_SEPARATION && s != FIT_BOUNDARY)
        return NAN;
    return glm->theta_estimated ? -2 * glm->fit.log_lik : glm->fit.deviance;
}

/* ---- the walk ---- */

struct search {
    const struct fitted *f;
    size_t *order;       /* [n] free terms, the strongest first, margins before what needs them */
    uint64_t *needed_by; /* [n] */
    struct kept_list *list;
};

static size_t size_of(const struct search *s, uint64_t terms)
{
    size_t size = 0;
    for (size_t j = 0; j < s->f->c->n; j++)
        size += terms & bit(j) ? s->f->c->size[j] : 0;
    return size;
}

/* The deviance of a subset, which is offered; -INFINITY, a bound that bounds nothing, where there
   is no fit. */
static double try_subset(const struct search *s, uint64_t terms)
{
    struct arena *own = arena_new();
    struct glm glm;
    fitted_subset(s->f, terms, &glm, own);
    double deviance = fitted_deviance(&glm);
    arena_free(own);
    if (isnan(deviance))
        return -INFINITY;
    kept_offer(s->list, terms, size_of(s, terms), deviance);
    return deviance;
}

/* Subsets of `terms` that have all of the first `fixed` in order: a term after them is left out,
   and what needs it. */
static void walk(const struct search *s, uint64_t terms, size_t fixed, double deviance)
{
    for (size_t i = s->f->c->n; i-- > fixed;) {
        uint64_t less = terms & ~bit(s->order[i]) & ~s->needed_by[s->order[i]], least = 0;
        double bound = deviance - ROUNDING * fabs(deviance);
        if (!(terms & bit(s->order[i])))
            continue;
        for (size_t j = 0; j < i; j++)
            least |= less & bit(s->order[j]);
        size_t from = size_of(s, least), to = size_of(s, less);
        if (!kept_is_open(s->list, from, to, bound))
            continue;
        double of_less = try_subset(s, less);
        if (kept_is_open(s->list, from, to, of_less - ROUNDING * fabs(of_less)))
            walk(s, less, i + 1, of_less);
    }
}

/* The largest squared z of a term's coefficients where all terms are in; 0 without a fit. */
static void set_strengths(const struct search *s, uint64_t all, double *strength)
{
    const struct candidates *c = s->f->c;
    struct arena *own = arena_new();
    struct glm glm;
    fitted_subset(s->f, all, &glm, own);
    for (size_t j = 0; j < c->n; j++)
        for (size_t k = 0; k < glm.design->p; k++) {
            double b = glm.fit.estimate[k], z = b * b / glm.bread[k * glm.design->p + k];
            if (glm.design->term[k] == c->term[j] && z > strength[j])
                strength[j] = z;
        }
    arena_free(own);
}

static void set_order(struct search *s, uint64_t all, struct arena *scratch)
{
    const struct candidates *c = s->f->c;
    double *strength = ARENA_NEW(scratch, double, c->n);
    uint64_t left = all;
    set_strengths(s, all, strength);
    for (size_t i = 0; i < c->n; i++) {
        size_t best = c->n;
        for (size_t j = 0; j < c->n; j++)
            if (left & bit(j) && !(c->needs[j] & left) &&
                (best == c->n || strength[j] > strength[best]))
                best = j;
        s->order[i] = best;
        left &= ~bit(best);
    }
}

void fitted_search(const struct fitted *f, struct kept_list *list, struct arena *scratch)
{
    const struct candidates *c = f->c;
    uint64_t all = bit(c->n) - 1, first = all;
    struct search s = {f, ARENA_NEW(scratch, size_t, c->n), ARENA_NEW(scratch, uint64_t, c->n),
                       list};
    for (size_t j = 0; j < c->n; j++)
        for (size_t i = 0; i < j; i++)
            s.needed_by[i] |= c->needs[j] & bit(i) ? bit(j) : 0;
    set_order(&s, all, scratch);
    double deviance = try_subset(&s, all);
    for (size_t i = c->n; i-- > 0;) { /* something to be measured by, early */
        first &= ~bit(s.order[i]);
        try_subset(&s, first);
    }
    walk(&s, all, 0, deviance);
}
