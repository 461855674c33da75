/* SPDX-License-Identifier: GPL-3.0-or-later
   "Does satisfaction predict behaviour better than intent?", answered in a sentence. */
#include <math.h>

#include "analysis/correlate/comparisons.h"
#include "analysis/study/phrases.h"

/* The same comparison seen from its other side. */
static struct compared turned(const struct compared *row, struct compared_pair *pair)
{
    struct compared t = *row;
    *pair =
        (struct compared_pair){row->pair->x_other, row->pair->y_other, row->pair->x, row->pair->y};
    t.pair = pair;
    t.estimate = row->estimate_other;
    t.estimate_other = row->estimate;
    t.figures.difference = -row->figures.difference;
    t.figures.statistic = -row->figures.statistic;
    t.figures.conf_low = -row->figures.conf_high;
    t.figures.conf_high = -row->figures.conf_low;
    return t;
}

static const char *figures(const struct comparisons *c, const struct compared *row,
                           struct arena *keep)
{
    const struct comparison *f = &row->figures;
    const char *text =
        arena_printf(keep, "%s against %s, difference %s (%s interval %s to %s)",
                     phrase_r(row->estimate, keep), phrase_r(row->estimate_other, keep),
                     phrase_r(f->difference, keep), phrase_level(c->prepared->conf_level, keep),
                     phrase_r(f->conf_low, keep), phrase_r(f->conf_high, keep));
    if (row->symbol)
        text = arena_printf(keep, "%s, %s = %s%s, %s", text, row->title,
                            phrase_number(f->statistic, keep),
                            isnan(f->df) ? "" : arena_printf(keep, ", df = %.6g", f->df),
                            phrase_p(f->p_value, keep));
    if (row->symbol && row->p_adjusted != f->p_value)
        text = arena_printf(keep, "%s, adjusted %s", text, phrase_p(row->p_adjusted, keep));
    return arena_printf(keep, "%s, n = %s", text, phrase_count(row->n, keep));
}

/* Is the difference one, by the adjusted p, or the interval where there is no test? */
static bool differs(const struct comparisons *c, const struct compared *row)
{
    const struct comparison *f = &row->figures;
    return row->symbol ? row->p_adjusted < 1 - c->prepared->conf_level
                       : f->conf_low > 0 || f->conf_high < 0;
}

/* What is compared: the scale, or "scale with behaviour" where the behaviours differ. */
static const char *side(const struct prepared *p, size_t x, size_t y, bool one, struct arena *keep)
{
    return one ? p->x[x].name : arena_printf(keep, "%s with %s", p->x[x].name, p->y[y].name);
}

static const char *answer(const struct comparisons *c, const struct compared *row,
                          struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const struct compared_pair *pair = row->pair;
    bool one = pair->y == pair->y_other;
    const char *first = side(p, pair->x, pair->y, one, keep);
    const char *other = side(p, pair->x_other, pair->y_other, one, keep);
    const char *with = one ? arena_printf(keep, " with %s", p->y[pair->y].name) : "";
    if (row->figures.status != FIT_OK)
        return arena_printf(keep, "%s and %s%s cannot be compared (%s).", first, other, with,
                            fit_status_word(row->figures.status));
    const char *numbers = figures(c, row, keep);
    if (!differs(c, row))
        return arena_printf(keep, "It cannot be told whether %s or %s goes%s more closely: %s.",
                            first, other, with, numbers);
    if (row->estimate * row->estimate_other < 0)
        return arena_printf(keep, "%s and %s go%s in different directions: %s.", first, other, with,
                            numbers);
    return one ? arena_printf(keep, "%s goes%s more closely than %s: %s.", first, with, other,
                              numbers)
               : arena_printf(keep, "%s goes more closely than %s: %s.", first, other, numbers);
}

void comparisons_lines(const struct comparisons *c, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < c->n; i++) {
        struct compared row = c->row[i];
        struct compared_pair pair;
        bool first = i == 0 || c->row[i - 1].pair != row.pair || c->row[i - 1].group != row.group;
        if (!first || !comparisons_of_whole(c, &row))
            continue;
        if (fabs(row.estimate) < fabs(row.estimate_other) && differs(c, &row))
            row = turned(&c->row[i], &pair);
        report_add_line(report, "%s", answer(c, &row, scratch));
    }
    arena_free(scratch);
}
