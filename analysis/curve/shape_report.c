/* SPDX-License-Identifier: GPL-3.0-or-later
   The verdict on the shape with its evidence: the table and the chart `shape`. */
#include <math.h>

#include "analysis/curve/curves.h"
#include "analysis/study/phrases.h"

static const char *const share_column[VERDICT_N] = {
    [VERDICT_LINEAR] = "share_linear",         [VERDICT_INCREASING] = "share_increasing",
    [VERDICT_DECREASING] = "share_decreasing", [VERDICT_S_SHAPED] = "share_s_shaped",
    [VERDICT_INVERSE_S] = "share_inverse_s",   [VERDICT_UNDETERMINED] = "share_undetermined",
};

static const struct frame *shape_frame(const struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t =
        results_new("shape", &p->groups,
                    "x y outcome_scale n exponent exponent_low exponent_high second_difference "
                    "second_difference_low second_difference_high slope_low slope_high "
                    "slope_p_value linear_p_value verdict verdict_share share_linear "
                    "share_increasing share_decreasing share_s_shaped share_inverse_s "
                    "share_undetermined status",
                    keep);
    for (size_t i = 0; i < c->n; i++)
        for (size_t s = 0; s < c->cell[i].n_shapes; s++) {
            const struct curve_cell *cell = &c->cell[i];
            const struct shape *e = &cell->shape[s];
            results_row(t, cell->group);
            results_text(t, "x", p->x[cell->x].name);
            results_text(t, "y", p->y[cell->y].name);
            results_text(t, "outcome_scale", e->scale);
            results_real(t, "n", e->n_obs);
            results_real(t, "exponent", e->exponent.estimate);
            results_real(t, "exponent_low", e->exponent.low);
            results_real(t, "exponent_high", e->exponent.high);
            results_real(t, "second_difference", e->second_difference.estimate);
            results_real(t, "second_difference_low", e->second_difference.low);
            results_real(t, "second_difference_high", e->second_difference.high);
            results_real(t, "slope_low", e->slope_lower.estimate);
            results_real(t, "slope_high", e->slope_upper.estimate);
            results_real(t, "slope_p_value", e->slope_p_value);
            results_real(t, "linear_p_value", e->departure_p_value);
            results_text(t, "verdict", verdict_word(e->verdict));
            results_real(t, "verdict_share", e->share[e->verdict]);
            for (size_t v = 0; v < VERDICT_N && e->n_replicates > 0; v++)
                results_real(t, share_column[v], e->share[v]);
            results_status(t, cell->small && e->status == FIT_OK ? FIT_BELOW_MIN_N : e->status);
        }
    return results_finish(t);
}

void curves_shape_table(const struct curves *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *y = phrase_r_name(p->y[0].name, keep), *x = phrase_r_name(p->x[0].name, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "shape",
            .sheet = "Shape",
            .title = "Does one more point bring more, or less, the higher it is?",
            .note = "Four pieces of evidence: exponent against 1; average second difference of the "
                    "means by scale point (bootstrap); slopes of the lower and upper third; the "
                    "straight line against a mean per point. Linear unless clearly beaten. For a "
                    "0/1 behaviour also on the logit scale: a curve that bends on one scale only "
                    "is the link's doing.",
            .check_r =
                arena_printf(keep,
                             "%sanova(lm(%s ~ %s, d), lm(%s ~ factor(%s), d))  # "
                             "linear_p_value",
                             p->study ? "d <- read.csv('tables/study.csv'); " : "", y, x, y, x),
            .check_spss = arena_printf(keep,
                                       "MEANS TABLES=%s BY %s /STATISTICS=LINEARITY.  * "
                                       "deviation from linearity.",
                                       y, x),
            .frame = shape_frame(c, keep)});
}

/* ---- the chart ---- */

/* Exponents that are drawn: beyond, the data say no more than "far from a line". */
#define DRAWN_LOW 0.0
#define DRAWN_HIGH 6.0

struct exponents_drawn {
    size_t n;
    double *x, *y, *low, *high;
    const char **text;
};

static struct exponents_drawn exponents_new(size_t n, struct arena *keep)
{
    return (struct exponents_drawn){0,
                                    ARENA_NEW(keep, double, n),
                                    ARENA_NEW(keep, double, n),
                                    ARENA_NEW(keep, double, n),
                                    ARENA_NEW(keep, double, n),
                                    ARENA_NEW(keep, const char *, n)};
}

/* Beyond what is drawn a figure is only where the search ended. */
static const char *drawn_text(double exponent, struct arena *keep)
{
    return exponent > DRAWN_HIGH ? arena_printf(keep, "over %g", DRAWN_HIGH)
                                 : arena_printf(keep, "%.2f", exponent);
}

static void exponents_add(struct exponents_drawn *e, size_t row, const struct limits *exponent,
                          struct arena *keep)
{
    const char *high = isnan(exponent->high) ? "open" : drawn_text(exponent->high, keep);
    e->text[e->n] = arena_printf(keep, "%s [%s, %s]", drawn_text(exponent->estimate, keep),
                                 drawn_text(exponent->low, keep), high);
    e->x[e->n] = fmin(exponent->estimate, DRAWN_HIGH);
    e->y[e->n] = (double)row;
    e->low[e->n] = fmin(exponent->low, DRAWN_HIGH);
    e->high[e->n++] = isnan(exponent->high) ? DRAWN_HIGH : fmin(exponent->high, DRAWN_HIGH);
}

static struct series exponents_series(const struct exponents_drawn *e, bool muted)
{
    return (struct series){.mark = MARK_INTERVALS,
                           .n = e->n,
                           .x = e->x,
                           .y = e->y,
                           .low = e->low,
                           .high = e->high,
                           .text = e->text,
                           .muted = muted};
}

/* "young, bank: linear 78 %, decreasing returns 20 %" */
static const char *row_name(const struct curves *c, const struct curve_cell *cell,
                            struct arena *keep)
{
    const struct shape *s = &cell->shape[0];
    const char *text =
        arena_printf(keep, "%s: %s", group_title(cell->group, c->prepared->groups.n_by, keep),
                     verdict_word(s->verdict));
    return s->n_replicates
               ? arena_printf(keep, "%s (%s)", text, phrase_percent(s->share[s->verdict], keep))
               : text;
}

void curves_shape_chart(const struct curves *c, size_t y, struct report_builder *report,
                        struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct exponents_drawn sure = exponents_new(p->groups.n, keep),
                           other = exponents_new(p->groups.n, keep);
    const char **category = ARENA_NEW(keep, const char *, p->groups.n);
    size_t n = 0;
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct curve_cell *cell = curves_find(c, &p->groups.at[g], 0, y);
        const struct shape *s = &cell->shape[0];
        if (cell->n_shapes == 0 || s->status != FIT_OK || isnan(s->exponent.estimate))
            continue;
        bool plain = s->verdict == VERDICT_LINEAR || s->verdict == VERDICT_UNDETERMINED;
        category[n] = row_name(c, cell, keep);
        exponents_add(plain || cell->small ? &other : &sure, n++, &s->exponent, keep);
    }
    if (n < 2)
        return;
    struct series *series = ARENA_NEW(keep, struct series, 2);
    series[0] = exponents_series(&sure, false);
    series[1] = exponents_series(&other, true);
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    *panel = (struct panel){.n_series = 2, .series = series};
    report_add_chart(
        report,
        &(struct chart){.id = arena_printf(keep, "shape-%s-%s", phrase_id(p->x[0].name, keep),
                                           phrase_id(p->y[y].name, keep)),
                        .sheet = "Shape charts",
                        .kind = &chart_kind_forest,
                        .title = arena_printf(keep, "Shape of %s over %s, per cell",
                                              phrase_lower(p->y[y].label, keep), p->x[0].name),
                        .finding = arena_printf(keep,
                                                "%zu of %zu rows %s (coloured). An exponent of 1 "
                                                "(dashed) is a line; above it returns increase, "
                                                "below they decrease. Beside the verdict: the "
                                                "share of bootstrap samples that agree.",
                                                sure.n, n, sure.n == 1 ? "bends" : "bend"),
                        .x_label = arena_printf(keep, "exponent with %s interval (cut at %g)",
                                                phrase_level(p->conf_level, keep), DRAWN_HIGH),
                        .x_reference = 1,
                        .x_low = DRAWN_LOW,
                        .x_high = DRAWN_HIGH,
                        .n_y_categories = n,
                        .y_category = category,
                        .n_panels = 1,
                        .panels = panel});
}
