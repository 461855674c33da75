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
    uint64_t *needed_by; /* [n] */
    struct kept_list *list;
};

/* A set of terms in some order, of which those fixed are not listed. */
struct node {
    uint64_t fixed;
    size_t n, term[SUBSET_MAX_TERMS_GLM]; /* free terms */
    double deviance;
};

static size_t size_of(const struct search *s, uint64_t terms)
{
    size_t size = 0;
    for (size_t j = 0; j < s->f->c->n; j++)
        size += terms & bit(j) ? s->f->c->size[j] : 0;
    return size;
}

static uint64_t terms_of(const struct node *v)
{
    uint64_t terms = v->fixed;
    for (size_t i = 0; i < v->n; i++)
        terms |= bit(v->term[i]);
    return terms;
}

/* The largest squared z of each term's coefficients; those that are not estimated, because
   something separates, are the strongest. */
static void set_strengths(const struct candidates *c, const struct glm *glm, double *strength)
{
    for (size_t j = 0; j < c->n; j++) {
        strength[j] = 0;
        for (size_t k = 0; k < glm->design->p; k++) {
            double b = glm->fit.estimate[k], z = b * b / glm->bread[k * glm->design->p + k];
            if (glm->design->term[k] == c->term[j])
                strength[j] = isnan(z) ? INFINITY : fmax(strength[j], z);
        }
    }
}

/* The deviance of a subset, which is offered; -INFINITY, a bound that bounds nothing, where there
   is no fit.  strength [n] may be NULL. */
static double try_subset(const struct search *s, uint64_t terms, double *strength)
{
    struct arena *own = arena_new();
    struct glm glm;
    fitted_subset(s->f, terms, &glm, own);
    double deviance = fitted_deviance(&glm);
    if (strength)
        set_strengths(s->f->c, &glm, strength);
    arena_free(own);
    if (isnan(deviance))
        return -INFINITY;
    kept_offer(s->list, terms, size_of(s, terms), deviance);
    return deviance;
}

/* The strongest first, margins before what needs them. */
static void put_in_order(const struct search *s, struct node *v, const double *strength)
{
    uint64_t left = terms_of(v) & ~v->fixed;
    for (size_t i = 0; i < v->n; i++) {
        size_t best = SIZE_MAX;
        for (size_t j = 0; j < s->f->c->n; j++)
            if (left & bit(j) && !(s->f->c->needs[j] & left) &&
                (best == SIZE_MAX || strength[j] > strength[best]))
                best = j;
        v->term[i] = best;
        left &= ~bit(best);
    }
}

/* Can a set of all that is fixed, and some free terms, still be kept? */
static bool is_promising(const struct search *s, const struct node *v, double deviance)
{
    size_t least = SIZE_MAX, fixed = size_of(s, v->fixed);
    for (size_t i = 0; i < v->n; i++)
        least = s->f->c->size[v->term[i]] < least ? s->f->c->size[v->term[i]] : least;
    return v->n > 0 && kept_is_open(s->list, fixed + least, size_of(s, terms_of(v)),
                                    deviance - ROUNDING * fabs(deviance));
}

/* The leading sets that are longer than what is fixed; each is a bound for the next. */
static void offer_leading(const struct search *s, const struct node *v)
{
    double deviance = v->deviance;
    uint64_t terms = terms_of(v);
    for (size_t i = v->n; i-- > 1;) {
        terms &= ~bit(v->term[i]);
        size_t size = size_of(s, terms);
        if (kept_is_open(s->list, size, size, deviance - ROUNDING * fabs(deviance)))
            deviance = try_subset(s, terms, NULL);
    }
}

/* Leaves out free term i, and what needs it; what comes before it is fixed. */
static struct node child_of(const struct search *s, const struct node *v, size_t i)
{
    struct node child = {.fixed = v->fixed};
    for (size_t j = 0; j < v->n; j++)
        if (j < i)
            child.fixed |= bit(v->term[j]);
        else if (j > i && !(s->needed_by[v->term[i]] & bit(v->term[j])))
            child.term[child.n++] = v->term[j];
    return child;
}

/* As walk() of tree.c; v is fitted and offered. */
static void walk(const struct search *s, struct node *v, const double *strength)
{
    double own[SUBSET_MAX_TERMS_GLM];
    put_in_order(s, v, strength);
    offer_leading(s, v);
    for (size_t i = v->n - 1; i-- > 0;) {
        struct node child = child_of(s, v, i);
        if (!is_promising(s, &child, v->deviance))
            continue;
        child.deviance = try_subset(s, terms_of(&child), own);
        if (is_promising(s, &child, child.deviance))
            walk(s, &child, own);
    }
}

void fitted_search(const struct fitted *f, struct kept_list *list, struct arena *scratch)
{
    const struct candidates *c = f->c;
    struct search s = {f, ARENA_NEW(scratch, uint64_t, c->n), list};
    struct node root = {.n = c->n};
    double strength[SUBSET_MAX_TERMS_GLM];
    for (size_t j = 0; j < c->n; j++) {
        root.term[j] = j;
        for (size_t i = 0; i < j; i++)
            s.needed_by[i] |= c->needs[j] & bit(i) ? bit(j) : 0;
    }
    root.deviance = try_subset(&s, terms_of(&root), strength);
    try_subset(&s, 0, NULL);
    walk(&s, &root, strength);
}
