/* SPDX-License-Identifier: GPL-3.0-or-later
   One curve for all groups, or one for each: the table `shared`. */
#include <string.h>

#include "analysis/curve/curves.h"
#include "analysis/study/phrases.h"
#include "models/base/workers.h"
#include "models/multiple/adjust.h"

/* Does the group name a level of just the column `by` (n_by: of every column)? */
static bool belongs(const struct group *g, size_t n_by, size_t by)
{
    for (size_t j = 0; j < n_by; j++)
        if ((strcmp(g->level[j], GROUP_ALL) != 0) != (by == n_by || by == j))
            return false;
    return true;
}

/* Is what the cell fitted plain least squares, as shared_curves() fits them together? */
static bool fitted_plainly(const struct fitting *f)
{
    return !f->bounds.n && !(f->loss && f->loss->weight);
}

static void share_task(size_t index, void *context)
{
    struct curves *c = context;
    const struct prepared *p = c->prepared;
    struct shared_row *row = &c->shared[index];
    struct arena *scratch = arena_new();
    struct sample *sample = ARENA_NEW(scratch, struct sample, p->groups.n);
    struct fit *fit = ARENA_NEW(scratch, struct fit, p->groups.n);
    bool plain = fitted_plainly(&c->options.fitting);
    size_t n = 0;
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct curve_cell *cell = curves_find(c, &p->groups.at[g], row->x, row->y);
        if (!belongs(cell->group, p->groups.n_by, row->by))
            continue;
        sample[n] = cell->sample;
        fit[n] = cell->fit[row->curve];
        if (!plain)
            curve_fit(c->options.curve[row->curve], &cell->sample, NULL, &c->options.fit, &fit[n],
                      scratch);
        n++;
    }
    const struct curve_cell *all = curves_find(c, &p->groups.at[p->groups.n - 1], row->x, row->y);
    shared_curves(c->options.curve[row->curve], sample, fit, n,
                  plain ? &all->fit[row->curve] : NULL, all->sample.n, &c->options.fit,
                  &row->result, scratch);
    arena_free(scratch);
}

void curves_share(struct curves *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    size_t n_by = p->groups.n_by, sets = n_by > 1 ? n_by + 1 : n_by, i = 0;
    c->n_shared = p->n_x * p->n_y * c->options.n_curves * sets;
    c->shared = ARENA_NEW(keep, struct shared_row, c->n_shared);
    for (size_t x = 0; x < p->n_x; x++)
        for (size_t y = 0; y < p->n_y; y++)
            for (size_t k = 0; k < c->options.n_curves; k++)
                for (size_t by = 0; by < sets; by++)
                    c->shared[i++] =
                        (struct shared_row){.x = x, .y = y, .curve = k, .by = n_by == 1 ? 0 : by};
    workers_run(c->n_shared, p->threads, share_task, c);
}

/* ---- the table ---- */

enum { METHODS = 2 };

static const struct test_result *result_of(const struct shared_row *row, size_t method)
{
    return method == 0 ? &row->result.f : &row->result.wald;
}

/* Adjusted over scales and behaviours, for each curve, method and grouping:
   adjusted[METHODS * row + method]. */
static double *adjusted(const struct curves *c, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    double *out = ARENA_NEW(scratch, double, METHODS * c->n_shared);
    size_t pairs = p->n_x * p->n_y, period = pairs ? c->n_shared / pairs : 0;
    double *raw = ARENA_NEW(scratch, double, pairs), *done = ARENA_NEW(scratch, double, pairs);
    for (size_t at = 0; at < period; at++)
        for (size_t m = 0; m < METHODS; m++) {
            for (size_t i = 0; i < pairs; i++)
                raw[i] = result_of(&c->shared[i * period + at], m)->p_value;
            adjust_p_values(adjustment_find(p->adjust), raw, pairs, done, scratch);
            for (size_t i = 0; i < pairs; i++)
                out[METHODS * (i * period + at) + m] = done[i];
        }
    return out;
}

static const char *columns_of(const struct groups *g, size_t by, struct arena *keep)
{
    const char *text = "";
    for (size_t j = 0; j < g->n_by; j++)
        if (by == g->n_by || by == j)
            text = arena_printf(keep, "%s%s%s", text, *text ? ", " : "", g->by[j]);
    return text;
}

static const struct frame *shared_frame(const struct curves *c, struct arena *keep)
{
    static const char *const method[METHODS] = {"f", "wald"};
    const struct prepared *p = c->prepared;
    struct results *t = results_new("shared", NULL,
                                    "x y curve group_by method k n deviance_shared "
                                    "deviance_separate statistic df1 df2 p_value p_adjusted status",
                                    keep);
    struct arena *scratch = arena_new();
    const double *family = adjusted(c, scratch);
    for (size_t i = 0; i < c->n_shared; i++)
        for (size_t m = 0; m < METHODS; m++) {
            const struct shared_row *row = &c->shared[i];
            const struct test_result *r = result_of(row, m);
            results_row(t, NULL);
            results_text(t, "x", p->x[row->x].name);
            results_text(t, "y", p->y[row->y].name);
            results_text(t, "curve", c->options.curve[row->curve]->name);
            results_text(t, "group_by", columns_of(&p->groups, row->by, scratch));
            results_text(t, "method", method[m]);
            results_whole(t, "k", (int64_t)row->result.k);
            results_real(t, "n", row->result.n_obs);
            results_real(t, "deviance_shared", row->result.deviance_shared);
            results_real(t, "deviance_separate", row->result.deviance_separate);
            results_real(t, "statistic", r->statistic);
            results_real(t, "df1", r->df1);
            results_real(t, "df2", r->df2);
            results_real(t, "p_value", r->p_value);
            results_real(t, "p_adjusted", family[METHODS * i + m]);
            results_status(t, m == 0 ? row->result.f_status : row->result.wald_status);
        }
    arena_free(scratch);
    return results_finish(t);
}

void curves_shared_table(const struct curves *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *y = phrase_r_name(p->y[0].name, keep), *x = phrase_r_name(p->x[0].name, keep);
    const char *g = p->groups.n_by ? phrase_r_name(p->groups.by[0], keep) : "group";
    report_add_table(
        report,
        &(struct table){
            .id = "shared",
            .sheet = "Shared curves",
            .title = "One curve for all groups, or one for each?",
            .note = arena_printf(
                keep,
                "f: extra sum of squares of the shared curve, which takes the errors for equally "
                "large in all groups; wald: the groups' parameters against their weighted mean, "
                "each group with its own error variance: prefer it where spreads differ, as those "
                "of spending do. %sGroups too small for a curve are left out of both sides. "
                "p_adjusted: %s over scales x behaviours of one curve, method and grouping.",
                p->weight_kind == WEIGHT_SAMPLING ? "f is not defined for sampling weights. " : "",
                p->adjust),
            .check_r =
                arena_printf(keep,
                             "%sanova(lm(%s ~ %s, d), lm(%s ~ %s * factor(%s), d))  # "
                             "linear, f",
                             p->study ? "d <- read.csv('tables/study.csv'); " : "", y, x, y, x, g),
            .check_spss = arena_printf(keep,
                                       "UNIANOVA %s BY %s WITH %s /DESIGN=%s %s %s*%s. (Chow: the "
                                       "last two effects together)",
                                       y, g, x, x, g, g, x),
            .frame = shared_frame(c, keep)});
}
