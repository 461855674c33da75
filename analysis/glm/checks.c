/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/checks.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/base/workers.h"
#include "models/diagnostic/brant.h"
#include "models/diagnostic/vif.h"

/* p-values below this, and inflation factors and distances above these, are told. */
#define ALARM 0.01
#define LARGE_VIF 10
#define LARGE_COOK 1

struct checked {
    const char *name;
    const struct model_check *check; /* NULL: vif, and a term's part of a check */
    struct check_result result;
    double inflation; /* of a term, on the scale of a VIF; else NaN */
};

struct checked_cell {
    size_t n;
    struct checked *row;
};

struct regression_checks {
    struct checked_cell *cell;
};

/* ---- running them ---- */

static void add(struct checked_cell *c, const char *name, const struct model_check *check,
                const struct check_result *result)
{
    c->row[c->n++] = (struct checked){name, check, *result, NAN};
}

static void add_vif(struct checked_cell *c, const char *term, const struct vif *vif,
                    struct arena *keep)
{
    struct check_result r = {FIT_OK, vif->gvif, NAN, (double)vif->df, NAN, NAN};
    add(c, arena_printf(keep, "vif.%s", term), NULL, &r);
    c->row[c->n - 1].inflation = vif->per_coefficient * vif->per_coefficient;
    if (vif->df < 2)
        return;
    r.estimate = vif->per_coefficient;
    add(c, arena_printf(keep, "gvif_root.%s", term), NULL, &r);
}

static void check_vif(const struct outcome_fit *fit, const char *const *term, size_t n_terms,
                      struct checked_cell *c, struct arena *keep)
{
    struct vif *vif = ARENA_NEW(keep, struct vif, n_terms);
    if (vif_of(fit, n_terms, vif, keep) != FIT_OK)
        return;
    for (size_t t = 0; t < n_terms; t++)
        if (vif[t].df)
            add_vif(c, term[t], &vif[t], keep);
}

static void check_brant_terms(const struct outcome_fit *fit, const char *const *term,
                              size_t n_terms, struct checked_cell *c, struct arena *keep)
{
    struct brant brant;
    brant_test(fit, n_terms, &brant, keep);
    add(c, "brant", &check_brant, &brant.all);
    for (size_t t = 0; t < n_terms && n_terms > 1; t++)
        add(c, arena_printf(keep, "brant.%s", term[t]), NULL, &brant.term[t]);
}

static void check_model(const struct outcome_fit *fit, struct checked_cell *c)
{
    for (size_t k = 0; k < n_model_checks; k++) {
        const struct model_check *check = model_checks[k];
        struct check_result result;
        if (check == &check_brant || !check->applies(fit))
            continue;
        struct arena *scratch = arena_new();
        model_check_run(check, fit, &result, scratch);
        add(c, check->name, check, &result);
        arena_free(scratch);
    }
}

static void check_task(size_t index, void *context)
{
    struct regressions *r = context;
    struct regression_cell *cell = &r->cell[r->n - 1 - index];
    struct checked_cell *c = &r->checks->cell[r->n - 1 - index];
    enum fit_status status = cell->fit.fit.status;
    size_t n_terms;
    const char *const *term = model_formula_terms(r->formula, &n_terms);
    if (!cell->made || !cell->fit.outcome || (status != FIT_CONVERGED && status != FIT_BOUNDARY))
        return;
    c->row = ARENA_NEW(cell->arena, struct checked, n_model_checks + 3 * n_terms);
    check_vif(&cell->fit, term, n_terms, c, cell->arena);
    check_model(&cell->fit, c);
    if (check_brant.applies(&cell->fit))
        check_brant_terms(&cell->fit, term, n_terms, c, cell->arena);
}

void regressions_check(struct regressions *r, const struct job *job)
{
    if (!job_shows(job, "diagnostics"))
        return;
    job->progress(job->progress_context, -1, "checking regressions");
    r->checks = ARENA_NEW(job->keep, struct regression_checks, 1);
    r->checks->cell = ARENA_NEW(job->keep, struct checked_cell, r->n);
    workers_run(r->n, r->prepared->threads, check_task, r);
}

/* ---- rows ---- */

void regressions_check_diagnostics(struct results *t, const struct regressions *r,
                                   const struct regression_cell *cell)
{
    const struct checked_cell *c = r->checks ? &r->checks->cell[cell - r->cell] : NULL;
    for (size_t i = 0; c && i < c->n; i++) {
        const struct check_result *result = &c->row[i].result;
        if (result->status == FIT_UNIDENTIFIED)
            continue;
        regressions_identify(t, r, cell);
        results_text(t, "name", c->row[i].name);
        results_real(t, "estimate", result->estimate);
        results_real(t, "p_value", result->p_value);
        results_status(t, result->status == FIT_OK ? regressions_status(cell) : result->status);
    }
}

/* ---- sentences ---- */

static bool model_errors(const struct outcome_fit *fit)
{
    return strcmp(fit->covariance, "model") == 0;
}

static bool always(const struct outcome_fit *fit)
{
    (void)fit;
    return true;
}

/* Told where the p-value is below ALARM. */
static const struct alarm {
    const struct model_check *check;
    bool (*matters)(const struct outcome_fit *fit);
    const char *what, *mend;
} alarms[] = {
    {&check_breusch_pagan, model_errors,
     "residuals spread unequally (Breusch-Pagan), which the standard errors take no account of",
     "take --robust=HC3"},
    {&check_reset, always, "the line leaves a bend (RESET)",
     "add a curve, such as poly(x, 2), ns(x, 3) or log(x), or an interaction"},
    {&check_link_test, always, "the linear predictor leaves a bend (link test)",
     "add a curve, such as poly(x, 2) or log(x), an interaction, or take another --link"},
    {&check_overdispersion_score, model_errors,
     "counts vary more than Poisson's, so that its standard errors are too small",
     "take --family=negative_binomial or quasipoisson, or --robust=HC0"},
    {&check_brant, always,
     "slopes differ between the thresholds (Brant), so that one slope for all is an average",
     "see brant.TERM in diagnostics, and compare binomial regressions of y at or above each "
     "category"},
};

static const struct checked *row_of(const struct checked_cell *c, const struct model_check *check)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->row[i].check == check)
            return &c->row[i];
    return NULL;
}

enum { SHOWN_CELLS = 4 };

/* "a, b and 3 more". */
struct list {
    const char *text;
    size_t n;
};

static void list_add(struct list *list, const char *item, struct arena *keep)
{
    if (list->n++ < SHOWN_CELLS)
        list->text = list->text ? arena_printf(keep, "%s, %s", list->text, item) : item;
}

static const char *list_text(const struct list *list, struct arena *keep)
{
    return list->n > SHOWN_CELLS
               ? arena_printf(keep, "%s and %zu more", list->text, list->n - SHOWN_CELLS)
               : list->text;
}

static const char *cell_title(const struct regressions *r, size_t cell, struct arena *keep)
{
    return group_title(r->cell[cell].group, r->prepared->groups.n_by, keep);
}

static void tell(const struct regressions *r, const struct alarm *alarm,
                 struct report_builder *report, struct arena *keep)
{
    struct list cells = {0};
    for (size_t i = 0; i < r->n; i++) {
        const struct checked *row = row_of(&r->checks->cell[i], alarm->check);
        if (row && row->result.p_value < ALARM && alarm->matters(&r->cell[i].fit))
            list_add(&cells,
                     arena_printf(keep, "%s (%s)", cell_title(r, i, keep),
                                  phrase_p(row->result.p_value, keep)),
                     keep);
    }
    if (cells.n)
        report_add_line(report, "%s: %s; %s.", list_text(&cells, keep), alarm->what, alarm->mend);
}

/* "intent:industry (10.3)" of the terms of a cell that are inflated; NULL: none is. */
static const char *collinear_terms(const struct checked_cell *c, struct arena *keep)
{
    struct list terms = {0};
    for (size_t k = 0; k < c->n; k++)
        if (c->row[k].inflation > LARGE_VIF)
            list_add(&terms,
                     arena_printf(keep, "%s %s", c->row[k].name + strlen("vif."),
                                  phrase_number(c->row[k].inflation, keep)),
                     keep);
    return terms.n ? list_text(&terms, keep) : NULL;
}

static void tell_collinear(const struct regressions *r, struct report_builder *report,
                           struct arena *keep)
{
    struct list cells = {0};
    for (size_t i = 0; i < r->n; i++) {
        const char *terms = collinear_terms(&r->checks->cell[i], keep);
        if (terms)
            list_add(&cells, arena_printf(keep, "%s (%s)", cell_title(r, i, keep), terms), keep);
    }
    if (cells.n)
        report_add_line(report,
                        "%s: collinear terms, VIF above %d; their coefficients cannot be told "
                        "apart well. Join or leave out terms; a product or a power is collinear "
                        "with its parts unless they are centred (--centre).",
                        list_text(&cells, keep), LARGE_VIF);
}

static void tell_influence(const struct regressions *r, struct report_builder *report,
                           struct arena *keep)
{
    struct list cells = {0};
    if (r->prepared->suppress_below > 0) /* that is one respondent's */
        return;
    for (size_t i = 0; i < r->n; i++) {
        const struct checked *row = row_of(&r->checks->cell[i], &check_max_cook);
        if (row && row->result.estimate > LARGE_COOK)
            list_add(&cells,
                     arena_printf(keep, "%s (Cook's distance %s)", cell_title(r, i, keep),
                                  phrase_number(row->result.estimate, keep)),
                     keep);
    }
    if (cells.n)
        report_add_line(report,
                        "%s: one row moves the estimates as far as their joint confidence region "
                        "is wide; it stands first in the table influence.",
                        list_text(&cells, keep));
}

void regressions_check_lines(const struct regressions *r, struct report_builder *report)
{
    if (!r->checks)
        return;
    struct arena *scratch = arena_new();
    tell_collinear(r, report, scratch);
    for (size_t k = 0; k < sizeof alarms / sizeof *alarms; k++)
        tell(r, &alarms[k], report, scratch);
    tell_influence(r, report, scratch);
    arena_free(scratch);
}
