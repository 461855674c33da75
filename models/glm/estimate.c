/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/glm/estimate.h"

#include <math.h>

#include "models/glm/firth.h"
#include "models/glm/separation.h"
#include "models/glm/theta.h"

enum { MAX_TURNS = 200 };

void estimate_begin(const struct design *d, const struct glm_options *options, struct glm *glm,
                    struct estimate *e, struct arena *keep)
{
    *e = (struct estimate){.theta = NAN, .theta_std_error = NAN};
    e->observed = options->observed_information;
    struct rows_of *r = &e->rows;
    rows_init(r, d, glm->w, keep);
    r->family = glm->family;
    r->link = glm->link;
    r->threads = options->threads;
    rows_drop_collinear(r, NULL, keep);
    for (size_t j = 0; j < d->p; j++)
        glm->aliased[j] = true;
    for (size_t j = 0; j < r->k; j++)
        glm->aliased[r->column[j]] = false;
    glm->rank = r->k;
    e->all = *r;
    irls_init(r, &e->irls, keep);
}

static bool may_separate(const struct rows_of *r)
{
    return (r->family->border_at_zero && r->link->to_zero) ||
           (r->family->border_at_one && r->link->to_one);
}

/* The rows that separation leaves, and their own columns. */
static void set_aside(struct estimate *e, struct arena *keep)
{
    struct rows_of *r = &e->rows;
    double *w = ARENA_NEW(keep, double, r->n);
    for (size_t i = 0; i < r->n; i++)
        w[i] = e->separated[i] ? 0 : r->w ? r->w[i] : 1;
    r->w = w;
    e->loose = ARENA_NEW(keep, bool, r->p);
    rows_drop_collinear(r, e->loose, keep);
    irls_init(r, &e->irls, keep);
}

/* Estimates of the rows, or of those that are not separated where a likelihood has no maximum. */
static void run_plain(struct estimate *e, struct arena *keep, struct arena *scratch)
{
    struct rows_of *r = &e->rows;
    irls_fit(r, false, may_separate(r), &e->irls);
    if (e->irls.status == FIT_CONVERGED || !may_separate(r))
        return;
    bool *separated = ARENA_NEW(keep, bool, r->n), warm = e->irls.status == FIT_SEPARATION;
    size_t n = separation_find(r, separated, scratch);
    if (n > 0) {
        e->separated = separated;
        e->n_separated = n;
        set_aside(e, keep);
        warm = false;
    }
    if (n > 0 || warm)
        irls_fit(r, warm, false, &e->irls);
    if (n > 0 && e->irls.status == FIT_CONVERGED)
        e->irls.status = FIT_SEPARATION;
}

/* Theta at the means, then the means at theta, until neither moves: their estimates are nearly
   orthogonal (Lawless 1987). */
static void alternate(struct estimate *e, struct arena *scratch)
{
    struct rows_of *r = &e->rows;
    double theta = 0;
    for (int turn = 0; turn < MAX_TURNS; turn++) {
        struct theta found = theta_fit(r, e->irls.beta, theta, scratch);
        if (found.kind != THETA_FOUND) {
            e->irls.status = found.kind == THETA_INFINITE ? FIT_BOUNDARY : FIT_MAX_ITER;
            return;
        }
        bool same = fabs(found.value - theta) <= 1e-12 * theta;
        e->theta = e->all.theta = r->theta = theta = found.value;
        e->theta_std_error = found.std_error;
        irls_fit(r, true, false, &e->irls); /* from the Poisson model's estimates, then its own */
        if (turn == 0 && e->irls.status == FIT_NO_START)
            irls_fit(r, false, false, &e->irls);
        if (same || e->irls.status != FIT_CONVERGED)
            return;
    }
    e->irls.status = FIT_MAX_ITER;
}

/* From the Poisson model, which it is at infinite theta. */
static void run_negative_binomial(struct estimate *e, struct arena *keep, struct arena *scratch)
{
    struct rows_of *r = &e->rows;
    e->theta_estimated = true;
    e->all.family = r->family = &family_poisson;
    run_plain(e, keep, scratch);
    enum fit_status poisson = e->irls.status;
    if (poisson != FIT_CONVERGED && poisson != FIT_SEPARATION)
        return;
    bool infinite = theta_is_infinite(r, e->irls.beta, scratch);
    if (!infinite) {
        e->all.family = r->family = &family_negative_binomial;
        alternate(e, scratch);
        infinite = e->irls.status == FIT_BOUNDARY;
    }
    if (infinite) {
        e->theta = e->all.theta = r->theta = INFINITY;
        e->all.family = r->family = &family_poisson;
        irls_fit(r, false, false, &e->irls);
        e->irls.status = FIT_BOUNDARY;
    }
    if (poisson == FIT_SEPARATION && e->irls.status == FIT_CONVERGED)
        e->irls.status = FIT_SEPARATION;
}

void estimate_run(struct estimate *e, const struct glm_options *options, struct arena *keep,
                  struct arena *scratch)
{
    bool negative_binomial = options->family == &family_negative_binomial;
    if (negative_binomial && !(options->theta > 0)) {
        run_negative_binomial(e, keep, scratch);
        return;
    }
    if (negative_binomial)
        e->theta = e->all.theta = e->rows.theta = options->theta;
    if (options->firth)
        firth_fit(&e->rows, NULL, &e->irls, &e->penalty, scratch);
    else
        run_plain(e, keep, scratch);
}
