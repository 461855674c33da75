/* SPDX-License-Identifier: GPL-3.0-or-later
   The table johnson_neyman of margins.h, and the floodlight charts. */
#include <math.h>
#include <string.h>

#include "analysis/glm/margins.h"
#include "analysis/study/phrases.h"

enum { FLOOD_POINTS = 61 };

/* Where the slope of one effect in one equation is what. */
struct flooded {
    const struct margins_asked *of;
    const char *component;
    struct johnson_neyman jn;
};

/* What the moderator was taken about is put back. */
static void as_in_data(struct johnson_neyman *jn, double centre)
{
    jn->low += centre;
    jn->high += centre;
    for (size_t k = 0; k < jn->n; k++) {
        jn->region[k].from += centre;
        jn->region[k].to += centre;
    }
}

/* Of all effects with a moderator that is a number, in the equations that multiply the two; [*n].
 */
static struct flooded *flood(const struct margined *m, size_t *n, struct arena *keep)
{
    size_t n_asked;
    const struct margins_asked *asked = margined_effects(m, &n_asked, keep);
    struct flooded *all = ARENA_NEW(keep, struct flooded, 2 * n_asked);
    *n = 0;
    for (size_t i = 0; i < n_asked; i++) {
        const struct margins_asked *a = &asked[i];
        const struct margins *of = m->cell[a->cell];
        for (size_t e = 0; e < of->n_equations && a->moderator->n_levels == 0; e++) {
            if (!design_multiplies(of->equation[e].formula, a->x->name, a->moderator->name))
                continue;
            struct flooded *f = &all[(*n)++];
            *f = (struct flooded){.of = a, .component = of->equation[e].component};
            johnson_neyman(of, a->x, a->level, a->moderator, e, m->r->prepared->conf_level,
                           m->o->fdr, &f->jn);
            as_in_data(&f->jn, margined_centre(m->r, a->moderator));
        }
    }
    return all;
}

/* ---- table ---- */

static const char *direction_word(int direction)
{
    return direction > 0 ? "positive" : direction < 0 ? "negative" : "not significant";
}

static void region_rows(struct results *t, const struct flooded *f)
{
    const struct regression_cell *cell = &f->of->m->r->cell[f->of->cell];
    for (size_t k = 0; k < f->jn.n; k++) {
        const struct slope_region *region = &f->jn.region[k];
        margined_identify(t, f->of, f->component);
        results_text(t, "direction", direction_word(region->direction));
        results_real(t, "bound_low", region->from);
        results_real(t, "bound_high", region->to);
        results_real(t, "share", region->share);
        results_real(t, "slope_at_low", region->slope_from);
        results_real(t, "slope_at_high", region->slope_to);
        results_real(t, "critical", f->jn.critical);
        results_status(t, margined_status(cell, f->jn.status));
    }
    if (f->jn.n > 0)
        return;
    margined_identify(t, f->of, f->component);
    results_status(t, margined_status(cell, f->jn.status));
}

static const struct frame *regions_frame(const struct margined *m, const struct flooded *all,
                                         size_t n, struct arena *keep)
{
    struct results *t = results_new("johnson_neyman", &m->r->prepared->groups,
                                    REGRESSION_COLUMNS
                                    "component term level moderator direction bound_low bound_high "
                                    "share slope_at_low slope_at_high critical status",
                                    keep);
    for (size_t i = 0; i < n; i++)
        region_rows(t, &all[i]);
    return results_finish(t);
}

/* ---- chart ---- */

/* "positive above 3.2 (68 % of the respondents)" */
static const char *regions_text(const struct johnson_neyman *jn, struct arena *keep)
{
    const char *text = "";
    for (size_t k = 0; k < jn->n; k++) {
        const struct slope_region *r = &jn->region[k];
        const char *from = phrase_number(r->from, keep), *to = phrase_number(r->to, keep);
        const char *where = jn->n == 1      ? "everywhere"
                            : k == 0        ? arena_printf(keep, "below %s", to)
                            : k + 1 < jn->n ? arena_printf(keep, "from %s to %s", from, to)
                                            : arena_printf(keep, "above %s", from);
        if (r->direction != 0)
            text =
                arena_printf(keep, "%s%s%s %s (%s of the respondents)", text, *text ? ", " : "",
                             where, direction_word(r->direction), phrase_percent(r->share, keep));
    }
    return *text ? text : "nowhere different from 0";
}

/* A piece of the slope's line with its band, grey where it does not differ from 0. */
static void flood_piece(const struct johnson_neyman *jn, const struct slope_region *region,
                        double conf_level, struct series piece[2], struct arena *keep)
{
    double width = region->to - region->from;
    size_t n = 2 + (size_t)(width / (jn->high - jn->low) * FLOOD_POINTS);
    double *x = ARENA_NEW(keep, double, 4 * n), *y = x + n, *low = y + n, *high = low + n;
    for (size_t i = 0; i < n; i++) {
        x[i] = region->from + width * (double)i / (double)(n - 1);
        struct tested at = johnson_neyman_at(jn, x[i], conf_level);
        y[i] = at.estimate;
        low[i] = at.estimate - jn->critical * at.std_error;
        high[i] = at.estimate + jn->critical * at.std_error;
    }
    bool muted = region->direction == 0;
    piece[0] = (struct series){
        .mark = MARK_BAND, .n = n, .x = x, .y = y, .low = low, .high = high, .muted = muted};
    piece[1] = (struct series){.mark = MARK_LINE, .n = n, .x = x, .y = y, .muted = muted};
}

static struct panel flood_panel(const struct flooded *f, struct arena *keep)
{
    const struct regressions *r = f->of->m->r;
    const struct johnson_neyman *jn = &f->jn;
    const struct regression_cell *cell = &r->cell[f->of->cell];
    struct series *s = ARENA_NEW(keep, struct series, 2 * jn->n + 1);
    const double ends[] = {jn->low, jn->high}, zero[] = {0, 0};
    for (size_t k = 0; k < jn->n; k++)
        flood_piece(jn, &jn->region[k], r->prepared->conf_level, s + 2 * k, keep);
    s[2 * jn->n] = (struct series){.mark = MARK_LINE,
                                   .n = 2,
                                   .x = arena_copy(keep, ends, 2, sizeof *ends),
                                   .y = arena_copy(keep, zero, 2, sizeof *zero),
                                   .muted = true};
    const char *title = group_title(cell->group, r->prepared->groups.n_by, keep);
    if (f->component)
        title = arena_printf(keep, "%s, %s", f->component, title);
    if (f->of->x->n_levels)
        title = arena_printf(keep, "%s, %s", f->of->x->level[f->of->level], title);
    return (struct panel){
        .title = arena_printf(keep, "%s (n = %s)", title, phrase_count(cell->fit.fit.n_obs, keep)),
        .n_series = 2 * jn->n + 1,
        .series = s};
}

static bool gets_panel(const struct flooded *f, size_t pair, const size_t *at, size_t n)
{
    bool wanted = false;
    for (size_t k = 0; k < n; k++)
        wanted |= at[k] == f->of->cell;
    return wanted && f->of->pair == pair && f->jn.status == FIT_OK;
}

static void flood_chart(const struct margined *m, size_t pair, const struct flooded *all, size_t n,
                        struct report_builder *report, struct arena *keep)
{
    const char *x = m->o->slopes[pair].x, *moderator = m->o->slopes[pair].moderator, *finding = "";
    struct panel *panel = ARENA_NEW(keep, struct panel, n);
    size_t n_panels = 0, n_cells, *at = margined_panels(m, &n_cells, keep);
    for (size_t i = 0; i < n; i++)
        if (gets_panel(&all[i], pair, at, n_cells)) {
            panel[n_panels++] = flood_panel(&all[i], keep);
            finding = arena_printf(keep, "%s%s%s%s", finding, *finding ? "; " : "",
                                   margined_prefix(m, all[i].of->cell, n_cells, keep),
                                   regions_text(&all[i].jn, keep));
        }
    if (n_panels == 0)
        return;
    const char *link = m->r->cell[at[0]].fit.link;
    report_add_chart(
        report,
        &(struct chart){
            .id = phrase_id(arena_printf(keep, "slope_of_%s_by_%s", x, moderator), keep),
            .sheet = "Slopes",
            .kind = &chart_kind_xy,
            .title = arena_printf(keep, "Where does %s matter? Its slope by %s", x, moderator),
            .finding = arena_printf(keep, "The slope of %s by %s: %s.", x, moderator, finding),
            .x_label = moderator,
            .y_label = strcmp(link, "identity") == 0
                           ? arena_printf(keep, "slope of %s", x)
                           : arena_printf(keep, "slope of %s, on the %s scale", x, link),
            .n_panels = n_panels,
            .panels = panel});
}

void margins_regions_table(const struct margined *m, struct report_builder *report,
                           struct arena *keep)
{
    size_t n;
    const struct flooded *all = flood(m, &n, keep);
    if (n == 0 && !margined_named(m, "johnson_neyman"))
        return;
    const char *level = phrase_level(m->r->prepared->conf_level, keep);
    const char *critical =
        m->o->fdr ? "the critical value holds the false discovery rate over all of them (Esarey & "
                    "Sumner 2018)"
                  : arena_printf(keep, "each value is tested by itself, with a %s interval", level);
    const char *note = arena_printf(
        keep,
        "Where along the moderator, between its least and greatest value, the slope on the link "
        "scale differs from 0 (Johnson & Neyman 1936); share: of the respondents who stand there; "
        "%s. std_error %s.",
        critical, regressions_errors_note(m->r, keep));
    report_add_table(report, &(struct table){.id = "johnson_neyman",
                                             .sheet = "Johnson-Neyman",
                                             .title = "Where it matters along the moderator",
                                             .note = note,
                                             .frame = regions_frame(m, all, n, keep)});
    for (size_t k = 0; k < m->o->n_slopes; k++)
        flood_chart(m, k, all, n, report, keep);
}
