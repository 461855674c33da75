/* SPDX-License-Identifier: GPL-3.0-or-later
   The table slopes of margins.h. */
#include <math.h>
#include <string.h>

#include "analysis/glm/margins.h"
#include "analysis/study/phrases.h"

/* ---- what is asked ---- */

static size_t effects_of(const struct margin_variable *x)
{
    return x->n_levels ? x->n_levels - 1 : 1;
}

static struct margins_asked asked_of(const struct margined *m, size_t cell, size_t pair)
{
    return (struct margins_asked){m,
                                  cell,
                                  pair,
                                  margins_variable(m->cell[cell], m->o->slopes[pair].x),
                                  margins_variable(m->cell[cell], m->o->slopes[pair].moderator),
                                  0};
}

struct margins_asked *margined_effects(const struct margined *m, size_t *n, struct arena *keep)
{
    struct margins_asked *all = NULL;
    for (int pass = 0; pass < 2; pass++) {
        size_t k = 0;
        for (size_t i = 0; i < m->r->n; i++)
            for (size_t pair = 0; pair < m->o->n_slopes && m->cell[i]; pair++) {
                struct margins_asked a = asked_of(m, i, pair);
                for (size_t j = 0; a.x && a.moderator && j < effects_of(a.x); j++, k++) {
                    a.level = a.x->n_levels ? j + 1 : 0;
                    if (pass)
                        all[k] = a;
                }
            }
        *n = k;
        all = pass ? all : ARENA_NEW(keep, struct margins_asked, k);
    }
    return all;
}

void margined_identify(struct results *t, const struct margins_asked *a, const char *component)
{
    regressions_identify(t, a->m->r, &a->m->r->cell[a->cell]);
    results_text(t, "component", component ? component : "");
    results_text(t, "term", a->x->name);
    results_text(t, "level", a->x->n_levels ? a->x->level[a->level] : "");
    results_text(t, "moderator", a->moderator->name);
}

/* ---- slopes ---- */

/* A slope at a point, of a linear predictor or of the mean. */
struct kind_of_slope {
    bool linear;
    size_t equation;
    const char *scale; /* "link", "response" */
};

static void slope_row(struct results *t, const struct margins_asked *a,
                      const struct slope_point *point, const struct kind_of_slope *kind,
                      const struct margin *answer, size_t k)
{
    const struct regression_cell *cell = &a->m->r->cell[a->cell];
    const struct outcome_fit *fit = &cell->fit;
    struct tested f = tested_of(answer->estimate[k], answer->std_error[k], fit_df(&fit->fit),
                                a->m->r->prepared->conf_level);
    margined_identify(t, a,
                      kind->linear     ? a->m->cell[a->cell]->equation[kind->equation].component
                      : fit->mean_name ? fit->mean_name[k]
                                       : NULL);
    results_text(t, "moderator_level", point->label);
    results_real(t, "moderator_at",
                 a->moderator->n_levels
                     ? NAN
                     : point->setting.value + margined_centre(a->m->r, a->moderator));
    results_text(t, "outcome_scale", kind->scale);
    margined_figures(t, &f);
    results_status(t, margined_status(cell, answer->status));
}

static void slope_rows(struct results *t, const struct margins_asked *a,
                       const struct kind_of_slope *kind, struct arena *scratch)
{
    size_t n;
    struct slope_point *point = slope_points(a->moderator, &n, scratch);
    for (size_t k = 0; k < n; k++) {
        struct margin_query q =
            slope_query(a->x, a->level, &point[k], kind->linear, kind->equation);
        struct margin answer;
        margins_average(a->m->cell[a->cell], &q, 1, &answer, scratch);
        for (size_t h = 0; h < answer.n; h++)
            slope_row(t, a, &point[k], kind, &answer, h);
    }
}

/* An identity link of a straight x says the same twice. */
static bool same_on_both(const struct margins_asked *a)
{
    const struct outcome_fit *fit = &a->m->r->cell[a->cell].fit;
    return fit->glm && strcmp(fit->link, "identity") == 0 && (a->x->n_levels || a->x->straight[0]);
}

/* Does the slope in this equation depend on the moderator?  Where it does in none (it was typed),
   those that have the term stand for all. */
static bool in_equation(const struct margins_asked *a, size_t equation)
{
    const struct margins *m = a->m->cell[a->cell];
    const struct design_mover *moves = &a->x->moves[equation];
    bool here = false, somewhere = false;
    for (size_t e = 0; e < m->n_equations; e++) {
        bool both = design_multiplies(m->equation[e].formula, a->x->name, a->moderator->name);
        here |= both && e == equation;
        somewhere |= both;
    }
    return here || (!somewhere && (moves->n > 0 || moves->offset));
}

static const struct frame *slopes_frame(const struct margined *m, struct arena *keep)
{
    struct results *t = results_new(
        "slopes", &m->r->prepared->groups,
        REGRESSION_COLUMNS "component term level moderator moderator_level moderator_at "
                           "outcome_scale estimate std_error statistic df p_value conf_low "
                           "conf_high status",
        keep);
    struct arena *scratch = arena_new();
    size_t n;
    struct margins_asked *asked = margined_effects(m, &n, keep);
    for (size_t i = 0; i < n; i++, arena_reset(scratch)) {
        const struct margins_asked *a = &asked[i];
        for (size_t e = 0; e < m->cell[a->cell]->n_equations; e++)
            if (in_equation(a, e))
                slope_rows(t, a, &(struct kind_of_slope){true, e, "link"}, scratch);
        if (!same_on_both(a))
            slope_rows(t, a, &(struct kind_of_slope){false, 0, "response"}, scratch);
    }
    arena_free(scratch);
    return results_finish(t);
}

void margins_slopes_table(const struct margined *m, struct report_builder *report,
                          struct arena *keep)
{
    const char *note = arena_printf(
        keep,
        "The effect of a term where the moderator stands at a level, or at its mean and a standard "
        "deviation below and above (at its end where that is nearer). link: on the linear "
        "predictor, at the mean of a term that is no straight line. response: on the %s, averaged "
        "over the respondents. std_error %s; %s intervals.",
        margined_response(m->r, keep), regressions_errors_note(m->r, keep),
        phrase_level(m->r->prepared->conf_level, keep));
    report_add_table(report, &(struct table){.id = "slopes",
                                             .sheet = "Slopes",
                                             .title = "For whom does it matter, and how much",
                                             .note = note,
                                             .frame = slopes_frame(m, keep)});
}
