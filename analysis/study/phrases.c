/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/phrases.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Nearly all is not all, and few are not none: 0.9997 is "over 99.9 %". */
const char *phrase_percent(double share, struct arena *keep)
{
    double percent = 100 * share;
    if (isnan(percent))
        return "–";
    if (percent > 1e-9 && percent < 0.05)
        return "under 0.1 %";
    if (percent >= 99.95 && percent < 100 - 1e-9)
        return "over 99.9 %";
    return fabs(percent - round(percent)) < 1e-9 ? arena_printf(keep, "%.0f %%", percent)
                                                 : arena_printf(keep, "%.1f %%", percent);
}

const char *phrase_level(double conf_level, struct arena *keep)
{
    return arena_printf(keep, "%.6g %%", 100 * conf_level);
}

const char *phrase_r(double r, struct arena *keep)
{
    if (isnan(r))
        return "–";
    return arena_printf(keep, "%s%.2f", r <= -0.005 ? "−" : "", fabs(r));
}

const char *phrase_p(double p, struct arena *keep)
{
    if (isnan(p))
        return "no p";
    if (p < 0.0005)
        return "p < .001";
    return arena_printf(keep, "p = %s", p > 0.9995 ? "1" : arena_printf(keep, "%.3f", p) + 1);
}

const char *phrase_count(double n, struct arena *keep)
{
    char digits[32];
    char *out = ARENA_NEW(keep, char, 48), *to = out;
    snprintf(digits, sizeof digits, "%.0f", n);
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        *to++ = digits[i];
        if ((length - i - 1) % 3 == 0 && i + 1 < length && digits[i] != '-')
            *to++ = ',';
    }
    return out;
}

const char *phrase_number(double x, struct arena *keep)
{
    if (isnan(x))
        return "–";
    const char *sign = x < 0 ? "−" : "";
    double a = fabs(x);
    if (a >= 1000)
        return arena_printf(keep, "%s%s", sign, phrase_count(a, keep));
    if (a > 0 && a < 0.005)
        return arena_printf(keep, "%s%.1g", sign, a);
    return arena_printf(keep, a >= 100 ? "%s%.0f" : a >= 10 ? "%s%.1f" : "%s%.2f", sign, a);
}

const char *phrase_lower(const char *label, struct arena *keep)
{
    char *copy = arena_strdup(keep, label);
    if (isupper((unsigned char)copy[0]) && !isupper((unsigned char)copy[1]))
        copy[0] = (char)tolower((unsigned char)copy[0]);
    return copy;
}

const char *phrase_id(const char *name, struct arena *keep)
{
    char *id = arena_strdup(keep, name);
    for (char *p = id; *p; p++)
        *p = isalnum((unsigned char)*p) && (unsigned char)*p < 0x80
                 ? (char)tolower((unsigned char)*p)
                 : '_';
    return *id ? id : "_";
}

/* Conditions on the grouping columns, as a reader would write them. */
static const char *r_subset(const struct prepared *p, struct arena *keep)
{
    const char *text = "";
    for (size_t j = 0; j < p->groups.n_by; j++)
        text = arena_printf(keep, "%s%s%s == '...'", text, j ? " & " : "", p->groups.by[j]);
    return *text ? arena_printf(keep, "subset(d, %s)", text) : "d";
}

const char *phrase_check_r(const struct prepared *p, struct arena *keep)
{
    return arena_printf(keep,
                        "d <- read.csv('%s'); with(%s, cor.test(%s, %s)); cor.test(..., method = "
                        "'spearman', exact = FALSE)",
                        p->study ? "tables/study.csv" : "your table", r_subset(p, keep),
                        p->x[0].name, p->n_y ? p->y[0].name : "y");
}

const char *phrase_check_spss(const struct prepared *p, struct arena *keep)
{
    const char *split = "";
    for (size_t j = 0; j < p->groups.n_by; j++)
        split = arena_printf(keep, "%s %s", split, p->groups.by[j]);
    return arena_printf(keep,
                        "%s%s%s CORRELATIONS /VARIABLES=%s %s /PRINT=TWOTAIL. NONPAR CORR "
                        "/VARIABLES=%s %s /PRINT=SPEARMAN.",
                        *split ? "SORT CASES BY" : "", split,
                        *split ? arena_printf(keep, ". SPLIT FILE BY%s.", split) : "", p->x[0].name,
                        p->n_y ? p->y[0].name : "y", p->x[0].name, p->n_y ? p->y[0].name : "y");
}

/* ---- correlations ---- */

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
    if (isnan(r->estimate))
        return arena_printf(keep, "%s with %s: no correlation (%s).", p->x[x].name, p->y[y].name,
                            fit_status_word(r->status));
    const char *interval =
        arena_printf(keep, "%s interval %s to %s, ", phrase_level(p->conf_level, keep),
                     phrase_r(r->conf_low, keep), phrase_r(r->conf_high, keep));
    const char *text =
        arena_printf(keep, "%s goes with %s at r = %s (%sn = %s, %s)", p->x[x].name, p->y[y].name,
                     phrase_r(r->estimate, keep), isnan(r->conf_low) ? "" : interval,
                     phrase_count(r->n, keep), phrase_p(r->p_value, keep));
    if (!isnan(cell->partial.estimate))
        text = arena_printf(keep, "%s, and at %s among customers alike in %s before the survey",
                            text, phrase_r(cell->partial.estimate, keep), p->y[y].name);
    if (cell->r_max >= fabs(r->estimate)) /* it holds for a normal scale: see ceiling.h */
        text = arena_printf(keep, "%s; at a share of %s a scale with normal answers reaches %s at most", text,
                            phrase_percent(cell->base_rate, keep), phrase_r(cell->r_max, keep));
    return arena_printf(keep, "%s.", text);
}
