/* SPDX-License-Identifier: GPL-3.0-or-later
   Charts and sentences of descriptions.h. */
#include <math.h>
#include <string.h>

#include "analysis/describe/descriptions.h"
#include "analysis/study/phrases.h"

enum { MOST_PANELS = 12, MOST_CHARTS = 4, MOST_BARS = 25, WIDE_BARS = 8, NARROW_BARS = 13 };

/* The cell of all respondents. */
static const struct group *whole(const struct prepared *p)
{
    return &p->groups.at[p->groups.n - 1];
}

/* ---- panels ---- */

static bool is_cell(const struct group *g, size_t n_by)
{
    (void)n_by;
    return !g->margin;
}

/* A level of the first grouping column, over all others. */
static bool is_level_of_first(const struct group *g, size_t n_by)
{
    for (size_t j = 1; j < n_by; j++)
        if (strcmp(g->level[j], GROUP_ALL) != 0)
            return false;
    return n_by > 0 && strcmp(g->level[0], GROUP_ALL) != 0;
}

/* The groups that get a panel: the cells, or else the levels of the first grouping
   column, or else everyone. */
static size_t panel_groups(const struct prepared *p, const struct group *chosen[MOST_PANELS])
{
    bool (*const want[])(const struct group *, size_t) = {is_cell, is_level_of_first};
    for (size_t k = 0; k < 2; k++) {
        size_t n = 0;
        for (size_t g = 0; g < p->groups.n; g++) {
            if (p->groups.at[g].suppressed || !want[k](&p->groups.at[g], p->groups.n_by))
                continue;
            if (n < MOST_PANELS)
                chosen[n] = &p->groups.at[g];
            n++;
        }
        if (n > 0 && n <= MOST_PANELS)
            return n;
    }
    chosen[0] = whole(p);
    return 1;
}

static const struct described_scale *scale_of(const struct descriptions *d, const struct group *g,
                                              size_t x)
{
    return &d->scale[(size_t)(g - d->prepared->groups.at) * d->prepared->n_x + x];
}

static const struct described_retention *retention_of(const struct descriptions *d,
                                                      const struct group *g, size_t x, size_t y)
{
    for (size_t i = 0; i < d->n_retention; i++)
        if (d->retention[i].group == g && d->retention[i].x == x && d->retention[i].y == y)
            return &d->retention[i];
    return NULL;
}

static const char *panel_title(const struct prepared *p, const struct group *g, double n,
                               struct arena *keep)
{
    return arena_printf(keep, "%s (n = %s)", group_title(g, p->groups.n_by, keep),
                        phrase_count(n, keep));
}

/* "7", "4.33" */
static const char *point_text(double at, struct arena *keep)
{
    return arena_printf(keep, at == floor(at) ? "%.0f" : "%.2f", at);
}

/* Points with intervals, as they are filled. */
struct drawn {
    size_t n;
    double *x, *y, *low, *high;
};

static struct drawn drawn_new(size_t n, struct arena *keep)
{
    return (struct drawn){0, ARENA_NEW(keep, double, n), ARENA_NEW(keep, double, n),
                          ARENA_NEW(keep, double, n), ARENA_NEW(keep, double, n)};
}

static void draw(struct drawn *d, double x, const struct proportion *share)
{
    d->x[d->n] = x;
    d->y[d->n] = share->estimate;
    d->low[d->n] = share->conf_low;
    d->high[d->n++] = share->conf_high;
}

static struct series drawn_series(const struct drawn *d, enum mark mark, bool muted)
{
    return (struct series){.mark = mark,
                           .n = d->n,
                           .x = d->x,
                           .y = d->y,
                           .low = d->low,
                           .high = d->high,
                           .muted = muted};
}

/* ---- answers ---- */

/* Labels that fit above narrow bars, all or none; NULL leaves the choice to the chart. */
static const char *const *bar_texts(const struct described_scale *s, struct arena *keep)
{
    if (s->n_points <= WIDE_BARS)
        return NULL;
    const char **text = ARENA_NEW(keep, const char *, s->n_points);
    for (size_t i = 0; i < s->n_points; i++)
        text[i] = s->n_points > NARROW_BARS || isnan(s->point[i].share.estimate)
                      ? ""
                      : arena_printf(keep, "%.0f%%", 100 * s->point[i].share.estimate);
    return text;
}

static struct panel distribution_panel(const struct descriptions *d, const struct group *g,
                                       size_t x, struct arena *keep)
{
    const struct described_scale *s = scale_of(d, g, x);
    struct drawn bars = drawn_new(s->n_points, keep);
    for (size_t i = 0; i < s->n_points; i++)
        draw(&bars, (double)i, &s->point[i].share);
    struct series *series = ARENA_NEW(keep, struct series, 1);
    *series = drawn_series(&bars, MARK_BARS, s->status == FIT_BELOW_MIN_N);
    series->text = bar_texts(s, keep);
    return (struct panel){
        .title = panel_title(d->prepared, g, s->d.n, keep), .n_series = 1, .series = series};
}

/* Did so few give one of the answers that shares of answers are not told? */
static bool has_secret(const struct described_scale *s, const struct prepared *p)
{
    for (size_t i = 0; i < s->n_points; i++)
        if (prepared_is_secret(p, s->point[i].n))
            return true;
    return false;
}

static const char *phrase_scale(const struct descriptions *d, size_t x, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const struct described_scale *s = scale_of(d, whole(p), x);
    if (isnan(s->d.mean))
        return arena_printf(keep, "%s: no answers.", p->x[x].name);
    const char *text =
        arena_printf(keep, "%s: mean %s", p->x[x].name, phrase_number(s->d.mean, keep));
    if (!isnan(s->d.conf_low))
        text =
            arena_printf(keep, "%s (%s interval %s to %s)", text, phrase_level(p->conf_level, keep),
                         phrase_number(s->d.conf_low, keep), phrase_number(s->d.conf_high, keep));
    text = arena_printf(keep, "%s, n = %s", text, phrase_count(s->d.n, keep));
    if (has_secret(s, p))
        return arena_printf(keep, "%s.", text);
    if (s->boxes.n_points)
        text = arena_printf(keep, "%s, top-2 box %s (%s to %s)", text,
                            phrase_percent(s->boxes.top_2.estimate, keep),
                            phrase_percent(s->boxes.top_2.conf_low, keep),
                            phrase_percent(s->boxes.top_2.conf_high, keep));
    if (!isnan(s->nps.estimate)) {
        bool one_class = s->nps.status == FIT_CONSTANT;
        double low = one_class ? s->nps.adj_low : s->nps.conf_low,
               high = one_class ? s->nps.adj_high : s->nps.conf_high;
        text = arena_printf(keep, "%s, NPS %s (%s to %s)", text, phrase_r(s->nps.estimate, keep),
                            phrase_r(low, keep), phrase_r(high, keep));
    }
    return arena_printf(keep, "%s.", text);
}

static void add_distribution(const struct descriptions *d, size_t x, struct report_builder *report,
                             struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const struct described_scale *all = scale_of(d, whole(p), x);
    const struct group *group[MOST_PANELS];
    size_t n = panel_groups(p, group);
    struct panel *panels = ARENA_NEW(keep, struct panel, n);
    for (size_t k = 0; k < n; k++)
        panels[k] = distribution_panel(d, group[k], x, keep);
    const char **category = ARENA_NEW(keep, const char *, all->n_points);
    for (size_t i = 0; i < all->n_points; i++)
        category[i] =
            all->point[i].at == floor(all->point[i].at) ? point_text(all->point[i].at, keep) : " ";
    report_add_chart(report, &(struct chart){.id = arena_printf(keep, "distribution-%s",
                                                                phrase_id(p->x[x].name, keep)),
                                             .sheet = "Describe",
                                             .kind = &chart_kind_bars,
                                             .title = p->x[x].label,
                                             .finding = phrase_scale(d, x, keep),
                                             .x_label = "answer",
                                             .y_label = "share of answers",
                                             .y_percent = true,
                                             .n_x_categories = all->n_points,
                                             .x_category = category,
                                             .n_panels = n,
                                             .panels = panels});
}

/* ---- retention by answer ---- */

static struct panel retention_panel(const struct descriptions *d,
                                    const struct described_retention *r, struct arena *keep)
{
    struct drawn sure = drawn_new(r->n_points, keep), small = drawn_new(r->n_points, keep);
    for (size_t i = 0; i < r->n_points; i++)
        if (r->point[i].n > 0)
            draw(r->point[i].status == FIT_OK ? &sure : &small, r->point[i].at, &r->point[i].rate);
    struct series *series = ARENA_NEW(keep, struct series, 2);
    series[0] = drawn_series(&small, MARK_INTERVALS, true);
    series[1] = drawn_series(&sure, MARK_INTERVALS, false);
    return (struct panel){
        .title = panel_title(d->prepared, r->group, r->n, keep), .n_series = 2, .series = series};
}

static bool retention_has_secret(const struct described_retention *r, const struct prepared *p)
{
    for (size_t i = 0; i < r->n_points; i++)
        if (prepared_is_secret(p, r->point[i].n))
            return true;
    return false;
}

/* The lowest and the highest answer that enough respondents gave. */
static const char *phrase_retention(const struct descriptions *d,
                                    const struct described_retention *r, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const char *x = p->x[r->x].name, *y = p->y[r->y].name;
    const struct retained_point *low = NULL, *high = NULL;
    for (size_t i = 0; i < r->n_points; i++)
        if (r->point[i].status == FIT_OK) {
            low = low ? low : &r->point[i];
            high = &r->point[i];
        }
    if (!low || low == high)
        return arena_printf(keep, "%s and %s: too few respondents per answer to compare.", x, y);
    return arena_printf(keep, "%s: %s at answer %s of %s (n = %s), %s at answer %s (n = %s).", y,
                        phrase_percent(low->rate.estimate, keep), point_text(low->at, keep), x,
                        phrase_count(low->n, keep), phrase_percent(high->rate.estimate, keep),
                        point_text(high->at, keep), phrase_count(high->n, keep));
}

/* What is grey is said where something can be. */
static const char *retention_axis(const struct prepared *p, struct arena *keep)
{
    const char *level = phrase_level(p->conf_level, keep);
    if (p->min_n <= 1)
        return arena_printf(keep, "answer; bars are %s intervals", level);
    return arena_printf(keep, "answer; bars are %s intervals, grey: fewer than %.0f respondents",
                        level, p->min_n);
}

static void add_retention(const struct descriptions *d, const struct described_retention *all,
                          bool only, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = d->prepared;
    const struct variable_of *x = &p->x[all->x], *y = &p->y[all->y];
    const struct group *group[MOST_PANELS];
    size_t n = panel_groups(p, group);
    struct panel *panels = ARENA_NEW(keep, struct panel, n);
    for (size_t k = 0; k < n; k++)
        panels[k] = retention_panel(d, retention_of(d, group[k], all->x, all->y), keep);
    const char *id = arena_printf(keep, "retention-%s", phrase_id(x->name, keep));
    const struct answer_points *points = &d->options.points[all->x];
    report_add_chart(
        report,
        &(struct chart){.id = only ? id : arena_printf(keep, "%s-%s", id, phrase_id(y->name, keep)),
                        .sheet = "Retained by answer",
                        .kind = &chart_kind_xy,
                        .title = arena_printf(keep, "%s by answer: %s", y->label, x->label),
                        .finding = phrase_retention(d, all, keep),
                        .x_label = retention_axis(p, keep),
                        .y_label = arena_printf(keep, "share: %s", phrase_lower(y->label, keep)),
                        .x_low = points->low - 0.5,
                        .x_high = points->high + 0.5,
                        .y_low = 0,
                        .y_high = 1,
                        .y_percent = true,
                        .n_panels = n,
                        .panels = panels});
}

void descriptions_charts(const struct descriptions *d, struct report_builder *report,
                         struct arena *keep)
{
    const struct prepared *p = d->prepared;
    size_t n = 0;
    for (size_t x = 0; x < p->n_x && n < MOST_CHARTS; x++) {
        size_t n_points = scale_of(d, whole(p), x)->n_points;
        if (n_points == 0 || n_points > MOST_BARS)
            continue;
        add_distribution(d, x, report, keep);
        n++;
    }
    n = 0;
    for (size_t y = 0; y < p->n_y; y++)
        for (size_t x = 0; x < p->n_x && n < MOST_CHARTS; x++) {
            const struct described_retention *r = retention_of(d, whole(p), x, y);
            if (!r)
                continue;
            add_retention(d, r, strcmp(p->y[y].name, "retained") == 0, report, keep);
            n++;
        }
}

/* ---- sentences ---- */

static void add_reliability_lines(const struct descriptions *d, struct report_builder *report,
                                  struct arena *scratch)
{
    const struct prepared *p = d->prepared;
    for (size_t i = 0; i < d->n_reliability; i++) {
        const struct described_items *r = &d->reliability[i];
        const struct reliability *alpha = &r->agreement.alpha;
        const struct one_factor *factor = &r->agreement.factor;
        if (r->group != whole(p) || isnan(alpha->alpha))
            continue;
        const char *omega =
            factor->status != FIT_CONVERGED
                ? ""
                : arena_printf(scratch, ", omega %s", phrase_r(factor->omega, scratch));
        report_add_line(report, "%s: Cronbach's alpha %s of %zu items (%s interval %s to %s)%s.",
                        d->options.sets[r->set].scale, phrase_r(alpha->alpha, scratch),
                        alpha->n_items, phrase_level(p->conf_level, scratch),
                        phrase_r(alpha->conf_low, scratch), phrase_r(alpha->conf_high, scratch),
                        omega);
    }
}

static void add_retention_lines(const struct descriptions *d, struct report_builder *report,
                                struct arena *scratch)
{
    const struct prepared *p = d->prepared;
    for (size_t i = 0; i < d->n_behaviours; i++) {
        const struct described_behaviour *b = &d->behaviour[i];
        if (b->group != whole(p) || strcmp(p->y[b->y].name, "retained") != 0 || !(b->d.n > 0))
            continue;
        struct proportion rate = proportion_wilson(b->d.mean, b->d.n_eff, p->conf_level);
        report_add_line(report, "retained: %s of %s responses (%s interval %s to %s).",
                        phrase_percent(rate.estimate, scratch), phrase_count(b->d.n, scratch),
                        phrase_level(p->conf_level, scratch),
                        phrase_percent(rate.conf_low, scratch),
                        phrase_percent(rate.conf_high, scratch));
    }
    for (size_t i = 0; i < d->n_retention && i < 1; i++) {
        const struct described_retention *r = &d->retention[i];
        if (retention_has_secret(retention_of(d, whole(p), r->x, r->y), p))
            continue;
        report_add_line(report, "%s",
                        phrase_retention(d, retention_of(d, whole(p), r->x, r->y), scratch));
    }
}

static bool period_is_secret(const struct retention_counts *c, const struct prepared *p)
{
    return prepared_is_secret(p, c->start) || prepared_is_secret(p, c->acquired) ||
           prepared_is_secret(p, c->end);
}

void descriptions_lines(const struct descriptions *d, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    for (size_t x = 0; x < d->prepared->n_x; x++)
        report_add_line(report, "%s", phrase_scale(d, x, scratch));
    add_reliability_lines(d, report, scratch);
    add_retention_lines(d, report, scratch);
    for (size_t i = 0; d->life && i < d->life->n_periods; i++) {
        const struct kept_period *k = &d->life->period[i];
        if (!isnan(k->rate.estimate) && !period_is_secret(&k->counts, d->prepared))
            report_add_line(report, "%s: %s of %s customers were kept.", k->name,
                            phrase_percent(k->rate.estimate, scratch),
                            phrase_count(k->counts.start, scratch));
    }
    arena_free(scratch);
}
