/* SPDX-License-Identifier: GPL-3.0-or-later
   The table predictions of curves.h, and what all its tables begin and end with. */
#include <math.h>

#include "analysis/curve/curves.h"
#include "analysis/curve/isotonic_rows.h"
#include "models/base/suppression.h"

enum fit_status curves_status(enum fit_status status, bool small)
{
    return small && (status == FIT_CONVERGED || status == FIT_OK) ? FIT_BELOW_MIN_N : status;
}

void curves_identify(struct results *t, const struct group *g, const char *x, const char *y)
{
    results_row(t, g);
    results_text(t, "x", x);
    results_text(t, "y", y);
}

/* Ends of a cell's x, as far as they may be told. */
static void x_range(const struct curves *c, const struct curve_cell *cell, double *low,
                    double *high)
{
    const struct sample *s = &cell->sample;
    if (c->prepared->suppress_below > 0) {
        suppression_range(s->x, s->weight_kind == WEIGHT_FREQUENCY ? s->w : NULL, s->n,
                          c->prepared->suppress_below, low, high);
        return;
    }
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < cell->sample.n; i++) {
        *low = fmin(*low, cell->sample.x[i]);
        *high = fmax(*high, cell->sample.x[i]);
    }
}

double curves_contributing(const struct sample *s, double x)
{
    double n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->x[i] == x && s->y[i] != 0)
            n += s->weight_kind == WEIGHT_FREQUENCY ? s->w[i] : 1;
    return n;
}

bool curves_points_are_secret(const struct curves *c, const struct curve_cell *cell)
{
    enum { MOST_PLACES = 50 }; /* as many as the table points has */
    const struct saturated *s = &cell->saturated;
    if (c->prepared->suppress_below == 0)
        return false;
    for (size_t j = 0; j < s->n && s->n <= MOST_PLACES; j++)
        if (prepared_is_secret(c->prepared, s->count[j]) ||
            prepared_is_secret(c->prepared, curves_contributing(&cell->sample, s->x[j])))
            return true;
    return s->n > MOST_PLACES;
}

struct prediction curves_predict(const struct curves *c, const struct curve_cell *cell, size_t k,
                                 struct arena *keep)
{
    double low, high;
    x_range(c, cell, &low, &high);
    const struct curve *curve = c->options.curve[k];
    const struct fitting *f = &c->options.fitting;
    struct prediction p =
        curve_predict(curve, &cell->fit[k], equidistant(low, high, c->options.grid, keep),
                      c->options.grid, c->prepared->conf_level, keep);
    if (f->band && cell->replicate[k])
        prediction_bootstrap(curve, &cell->fit[k], cell->replicate[k], f->replicates, f->limits,
                             c->prepared->conf_level, &p);
    return p;
}

static void prediction_rows(const struct curves *c, const struct curve_cell *cell,
                            const char *curve, const struct prediction *d, enum fit_status status,
                            struct results *t)
{
    const struct prepared *p = c->prepared;
    for (size_t j = 0; j < d->n; j++) {
        curves_identify(t, cell->group, p->x[cell->x].name, p->y[cell->y].name);
        results_text(t, "curve", curve);
        results_real(t, "at", d->x[j]);
        results_real(t, "estimate", d->estimate[j]);
        results_real(t, "std_error", d->std_error[j]);
        results_real(t, "conf_low", d->low[j]);
        results_real(t, "conf_high", d->high[j]);
        results_status(t, curves_status(status, cell->small));
    }
}

static void isotonic_prediction_rows(const struct curves *c, const struct curve_cell *cell,
                                     struct results *t, struct arena *scratch)
{
    double low, high;
    if (!c->options.isotonic || cell->isotonic.status != FIT_OK || c->options.best_only ||
        curves_points_are_secret(c, cell))
        return;
    x_range(c, cell, &low, &high);
    struct prediction d =
        isotonic_prediction(&cell->isotonic, equidistant(low, high, c->options.grid, scratch),
                            c->options.grid, scratch);
    prediction_rows(c, cell, "isotonic", &d, cell->isotonic.status, t);
}

const struct frame *curves_predictions(const struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct arena *scratch = arena_new();
    struct results *t =
        results_new("predictions", &p->groups,
                    "x y curve at estimate std_error conf_low conf_high status", keep);
    for (size_t i = 0; i < c->n; i++) {
        const struct curve_cell *cell = &c->cell[i];
        for (size_t k = 0; k < c->options.n_curves; k++) {
            if (cell->fit[k].status != FIT_CONVERGED || (c->options.best_only && k != cell->best))
                continue;
            struct prediction d = curves_predict(c, cell, k, scratch);
            prediction_rows(c, cell, c->options.curve[k]->name, &d, cell->fit[k].status, t);
            arena_reset(scratch);
        }
        isotonic_prediction_rows(c, cell, t, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return results_finish(t);
}
