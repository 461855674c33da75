/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/comparisons_chart.h"

#include <math.h>

#include "analysis/correlate/comparisons.h"
#include "analysis/study/phrases.h"
#include "models/multiple/adjust.h"

/* More scales or behaviours than a page can show are in the table only. */
enum { MOST_SCALES = 24, MOST_BEHAVIOURS = 6 };

/* The scales of one behaviour: x[0] goes with it most closely. */
struct contenders {
    size_t n;                     /* scales with a correlation */
    size_t best;                  /* the closest, an index of prepared's scales */
    struct correlation_result *r; /* [n_x] */
    double *p_adjusted;           /* [n_x] against the best, by Holm; NaN of the best itself */
};

static struct correlation_result pearson_of(const struct prepared *p, size_t x, size_t y,
                                            struct arena *scratch)
{
    struct correlation_result r;
    struct correlation_options how = {.conf_level = p->conf_level, .threads = 1};
    struct sample s =
        prepared_pairs(p, &p->groups.at[p->groups.n - 1], &p->x[x], &p->y[y], scratch);
    correlation_compute(&correlation_pearson, &s, &how, &r, scratch);
    return r;
}

static void compare_with_best(const struct prepared *p, size_t y, struct contenders *c,
                              struct arena *keep)
{
    double *value = ARENA_NEW(keep, double, p->n_x);
    const struct group *whole = &p->groups.at[p->groups.n - 1];
    for (size_t x = 0; x < p->n_x; x++) {
        const struct compared_pair pair = {c->best, y, x, y};
        value[x] = x == c->best ? NAN : comparisons_first(p, whole, &pair, keep).figures.p_value;
    }
    adjust_p_values(&adjustment_holm, value, p->n_x, c->p_adjusted, keep);
}

static struct contenders contenders_of(const struct prepared *p, size_t y, struct arena *keep)
{
    struct contenders c = {.r = ARENA_NEW(keep, struct correlation_result, p->n_x),
                           .p_adjusted = ARENA_NEW(keep, double, p->n_x)};
    for (size_t x = 0; x < p->n_x; x++) {
        c.r[x] = pearson_of(p, x, y, keep);
        if (isnan(c.r[x].estimate))
            continue;
        if (c.n++ == 0 || fabs(c.r[x].estimate) > fabs(c.r[c.best].estimate))
            c.best = x;
    }
    compare_with_best(p, y, &c, keep);
    return c;
}

/* "0.33 [0.29, 0.37], p = .012" */
static const char *row_text(const struct contenders *c, size_t x, struct arena *keep)
{
    const struct correlation_result *r = &c->r[x];
    const char *text = phrase_r(r->estimate, keep);
    if (!isnan(r->conf_low))
        text = arena_printf(keep, "%s [%s, %s]", text, phrase_r(r->conf_low, keep),
                            phrase_r(r->conf_high, keep));
    if (x == c->best && !isnan(r->estimate))
        return arena_printf(keep, "%s, closest", text);
    return isnan(c->p_adjusted[x])
               ? text
               : arena_printf(keep, "%s, %s", text, phrase_p(c->p_adjusted[x], keep));
}

/* The closest scale in blue, those that differ significantly from it grey. */
static struct panel panel_of(const struct prepared *p, size_t y, const struct contenders *c,
                             struct arena *keep)
{
    struct series *series = ARENA_NEW(keep, struct series, 2);
    const double limit = 1 - p->conf_level;
    for (size_t muted = 0; muted < 2; muted++) {
        double *at = ARENA_NEW(keep, double, 5 * p->n_x);
        double *row = at + p->n_x, *low = row + p->n_x, *high = low + p->n_x, *size = high + p->n_x;
        const char **text = ARENA_NEW(keep, const char *, p->n_x);
        size_t n = 0;
        for (size_t x = 0; x < p->n_x; x++) {
            if ((c->p_adjusted[x] < limit) != (muted == 1))
                continue;
            at[n] = c->r[x].estimate;
            low[n] = c->r[x].conf_low;
            high[n] = c->r[x].conf_high;
            size[n] = 0.7;
            text[n] = row_text(c, x, keep);
            row[n++] = (double)x;
        }
        series[muted] = (struct series){.mark = MARK_INTERVALS,
                                        .n = n,
                                        .x = at,
                                        .y = row,
                                        .low = low,
                                        .high = high,
                                        .text = text,
                                        .size = size,
                                        .muted = muted == 1};
    }
    return (struct panel){.title = arena_printf(keep, "%s (n = %s)", p->y[y].label,
                                                phrase_count(c->n ? c->r[c->best].n : 0, keep)),
                          .n_series = 2,
                          .series = series};
}

/* "significantly more so than both others" */
static const char *lead_of(size_t apart, size_t others, struct arena *keep)
{
    if (apart == 0)
        return others == 1 ? "not significantly more so than the other"
                           : "not significantly more so than any other";
    if (apart < others)
        return arena_printf(keep, "significantly more so than %zu of the %zu others", apart,
                            others);
    if (others < 3)
        return others == 1 ? "significantly more so than the other"
                           : "significantly more so than both others";
    return arena_printf(keep, "significantly more so than all %zu others", others);
}

static const char *finding_of(const struct prepared *p, size_t y, const struct contenders *c,
                              struct arena *keep)
{
    size_t apart = 0, others = 0;
    for (size_t x = 0; x < p->n_x; x++) {
        others += !isnan(c->p_adjusted[x]);
        apart += c->p_adjusted[x] < 1 - p->conf_level;
    }
    if (c->n < 2)
        return arena_printf(keep, "%s: nothing to compare.", p->y[y].name);
    return arena_printf(keep, "%s: %s is closest (r = %s), %s.", p->y[y].name, p->x[c->best].name,
                        phrase_r(c->r[c->best].estimate, keep), lead_of(apart, others, keep));
}

void comparisons_chart(const struct prepared *p, struct report_builder *report, struct arena *keep)
{
    size_t n = p->n_y < MOST_BEHAVIOURS ? p->n_y : MOST_BEHAVIOURS;
    struct panel *panels = ARENA_NEW(keep, struct panel, n);
    const char **category = ARENA_NEW(keep, const char *, p->n_x), *finding = "";
    if (p->n_x < 2 || p->n_x > MOST_SCALES || n == 0)
        return;
    for (size_t x = 0; x < p->n_x; x++)
        category[x] = p->x[x].name;
    for (size_t y = 0; y < n; y++) {
        const struct contenders c = contenders_of(p, y, keep);
        panels[y] = panel_of(p, y, &c, keep);
        finding = arena_printf(keep, "%s%s%s", finding, y ? " " : "", finding_of(p, y, &c, keep));
    }
    report_add_chart(
        report,
        &(struct chart){.id = "comparisons",
                        .sheet = "Comparisons",
                        .kind = &chart_kind_forest,
                        .title = "Which scale goes with behaviour most closely?",
                        .finding = finding,
                        .x_label = arena_printf(keep,
                                                "Pearson's r with %s interval; p: against the "
                                                "closest (Williams's t, Holm); grey: it differs",
                                                phrase_level(p->conf_level, keep)),
                        .n_y_categories = p->n_x,
                        .y_category = category,
                        .n_panels = n,
                        .panels = panels});
}
