/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/sentences.h"

#include <math.h>

#include "analysis/study/phrases.h"

/* The cell of all respondents. */
static const struct group *whole(const struct prepared *p)
{
    return &p->groups.at[p->groups.n - 1];
}

/* The usable non-margin cells of smallest and largest correlation by the first
   method; over all behaviours if y is SIZE_MAX.  Gives their number. */
static size_t extremes(const struct correlations *c, size_t x, size_t y,
                       const struct correlation_cell **low, const struct correlation_cell **high)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct correlation_cell *cell = &c->cell[i];
        if (cell->x != x || (y != SIZE_MAX && cell->y != y) || cell->method != 0 ||
            cell->group->margin || cell->small || isnan(cell->r.estimate))
            continue;
        if (n == 0 || cell->r.estimate < (*low)->r.estimate)
            *low = cell;
        if (n == 0 || cell->r.estimate > (*high)->r.estimate)
            *high = cell;
        n++;
    }
    return n;
}

const char *phrase_range(const struct correlations *c, size_t x, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const struct correlation_cell *low, *high;
    size_t n = extremes(c, x, SIZE_MAX, &low, &high);
    if (n == 0)
        return arena_printf(keep, "No cell has enough respondents for a correlation with %s.",
                            p->x[x].name);
    return arena_printf(
        keep, "The correlations of %s with behaviour run from %s to %s over %zu cells.",
        p->x[x].name, phrase_r(low->r.estimate, keep), phrase_r(high->r.estimate, keep), n);
}

const char *phrase_spread(const struct correlations *c, size_t x, size_t y, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const struct pooled_cells *pooled = &c->pooled[(x * p->n_y + y) * c->options.n_methods];
    const struct correlation_cell *low, *high;
    size_t n = extremes(c, x, y, &low, &high), by = p->groups.n_by;
    if (n < 2 || by == 0)
        return NULL;
    const char *text =
        arena_printf(keep, "  It runs from %s (%s) to %s (%s) over %zu cells",
                     phrase_r(low->r.estimate, keep), group_title(low->group, by, keep),
                     phrase_r(high->r.estimate, keep), group_title(high->group, by, keep), n);
    if (!isnan(pooled->pred_low))
        text = arena_printf(keep, "%s; a new cell may lie anywhere between %s and %s", text,
                            phrase_r(pooled->pred_low, keep), phrase_r(pooled->pred_high, keep));
    return arena_printf(keep, "%s.", text);
}

const char *phrase_rivals(const struct correlations *c, size_t y, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *text = "";
    for (size_t x = 1; x < p->n_x; x++)
        text = arena_printf(keep, "%s%s%s %s", text, x > 1 ? ", " : "", p->x[x].name,
                            phrase_r(correlations_find(c, whole(p), x, y, 0)->r.estimate, keep));
    return *text ? arena_printf(keep, "  Other scales: %s.", text) : NULL;
}

const char *phrase_pooled(const struct correlations *c, const struct pooled_cells *pooled,
                          struct arena *keep)
{
    const struct prepared *p = c->prepared;
    return arena_printf(
        keep,
        "Over %zu cells %s and %s correlate %s (%s interval %s to %s); a new cell may lie between "
        "%s and %s (I² = %s).",
        pooled->pool.k, p->x[pooled->x].name, p->y[pooled->y].name,
        phrase_r(pooled->estimate, keep), phrase_level(p->conf_level, keep),
        phrase_r(pooled->conf_low, keep), phrase_r(pooled->conf_high, keep),
        phrase_r(pooled->pred_low, keep), phrase_r(pooled->pred_high, keep),
        phrase_percent(pooled->pool.i2, keep));
}

const char *phrase_correlation(const struct correlations *c, size_t x, size_t y, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const struct correlation_cell *cell = correlations_find(c, whole(p), x, y, 0);
    const struct correlation_result *r = &cell->r;
    const struct correlation *method = c->options.method[0];
    if (isnan(r->estimate))
        return arena_printf(keep, "%s with %s: no correlation (%s).", p->x[x].name, p->y[y].name,
                            fit_status_word(r->status));
    const char *interval =
        arena_printf(keep, "%s interval %s to %s, ", phrase_level(p->conf_level, keep),
                     phrase_r(r->conf_low, keep), phrase_r(r->conf_high, keep));
    const char *text = arena_printf(keep, "%s goes with %s at %s = %s (%sn = %s, %s)", p->x[x].name,
                                    p->y[y].name, method->z_variance ? "r" : method->symbol,
                                    phrase_r(r->estimate, keep), isnan(r->conf_low) ? "" : interval,
                                    phrase_count(r->n, keep), phrase_p(r->p_value, keep));
    if (!isnan(cell->partial.estimate))
        text = arena_printf(keep, "%s, and at %s among customers alike in %s before the survey",
                            text, phrase_r(cell->partial.estimate, keep), p->y[y].name);
    if (cell->r_max >= fabs(r->estimate)) /* it holds for a normal scale: see ceiling.h */
        text =
            arena_printf(keep,
                         "%s; where the share is %s, a scale of normally distributed answers can "
                         "reach %s at most",
                         text, phrase_percent(cell->base_rate, keep), phrase_r(cell->r_max, keep));
    return arena_printf(keep, "%s.", text);
}
