/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve/formulas.h"

#include <math.h>

#include "analysis/curve/curves.h"
#include "analysis/study/phrases.h"
#include "analysis/study/refusals.h"
#include "analysis/study/variables.h"
#include "models/base/nearest.h"
#include "models/base/workers.h"
#include "models/formula/formula.h"
#include "models/regression/regression.h"

static bool parse(const struct prepared *p, const char *text, const char *start_text,
                  struct formula_start *start, struct formula *f, struct arena *keep,
                  struct err *err)
{
    struct formula_error e = {0};
    if (!start_text)
        return err_set(err, ERR_USAGE,
                       "--formula needs --start, a value for each parameter: "
                       "--start='b1=500,b2=1e-4'");
    if (!formula_start_parse(start_text, start, &e, keep))
        return refuse_formula("start", start_text, &e, keep, err);
    struct formula_names names = {start->n, start->param, p->frame->n_cols,
                                  frame_names(p->frame, keep)};
    return formula_parse(text, &names, f, &e, keep) ||
           refuse_formula("formula", text, &e, keep, err);
}

/* The formula's columns as numbers: [n_variables][n_rows]. */
static const double *const *columns(const struct prepared *p, const struct formula *f,
                                    struct arena *keep, struct err *err)
{
    const double **v = ARENA_NEW(keep, const double *, f->n_variables);
    for (size_t j = 0; j < f->n_variables; j++)
        if (!(v[j] = variable_numbers(p->frame, f->variable[j], keep, err)))
            return NULL;
    return v;
}

/* As it is typed: nothing for an open end. */
static const char *bound_shown(double bound, struct arena *keep)
{
    return isinf(bound) ? "" : arena_printf(keep, "%g", bound);
}

/* The parameters of --bounds, and the start within them. */
static bool settle_bounds(const struct fitting *fitting, const struct formula *f,
                          const double start[], struct curve_options *how, struct arena *keep,
                          struct err *err)
{
    const char *unknown = fitting_unknown_bound(fitting, f->param, f->n_params);
    if (unknown)
        return fitting_bad_bound(unknown, "is no parameter of the formula",
                                 nearest_mend(unknown, f->param, f->n_params, "it has ", 12, keep),
                                 err);
    fitting_bounds(fitting, f->param, f->n_params, how, keep);
    for (size_t j = 0; how->lower && j < f->n_params; j++)
        if (start[j] < how->lower[j] || start[j] > how->upper[j])
            return err_at(
                err, ERR_USAGE,
                &(struct problem){.column = "--start",
                                  .value = arena_printf(keep, "%s=%g", f->param[j], start[j]),
                                  .what = arena_printf(keep, "is outside its bounds %s:%s",
                                                       bound_shown(how->lower[j], keep),
                                                       bound_shown(how->upper[j], keep)),
                                  .mend = "start within them"});
    return true;
}

/* The complete rows of a group, column by column, their weights and clusters. */
struct complete {
    size_t n;
    const double **variable;
    const double *w;
    const uint32_t *cluster;
};

/* Places of the rows on which all variables are finite. */
static uint32_t *complete_places(const struct group *g, const double *const *v, size_t n_variables,
                                 size_t *n, struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, g->rows.n);
    for (size_t i = 0; i < g->rows.n; i++) {
        bool whole = true;
        for (size_t j = 0; j < n_variables && whole; j++)
            whole = isfinite(v[j][g->rows.at[i]]);
        if (whole)
            at[(*n)++] = g->rows.at[i];
    }
    return at;
}

static const double *taken(const double *x, const uint32_t *at, size_t n, struct arena *keep)
{
    double *out = ARENA_NEW(keep, double, n);
    for (size_t i = 0; i < n; i++)
        out[i] = x[at[i]];
    return out;
}

static struct complete complete_rows(const struct prepared *p, const struct fitting *fitting,
                                     const struct group *g, const double *const *v,
                                     size_t n_variables, struct arena *keep)
{
    struct complete c = {.variable = ARENA_NEW(keep, const double *, n_variables)};
    uint32_t *at = complete_places(g, v, n_variables, &c.n, keep);
    for (size_t j = 0; j < n_variables; j++)
        c.variable[j] = taken(v[j], at, c.n, keep);
    c.w = p->weight ? taken(p->weight, at, c.n, keep) : NULL;
    if (fitting->clusters.code) {
        uint32_t *cluster = ARENA_NEW(keep, uint32_t, c.n);
        for (size_t i = 0; i < c.n; i++)
            cluster[i] = fitting->clusters.code[at[i]];
        c.cluster = cluster;
    }
    return c;
}

/* The columns of the right side. */
static const char *predictors(const struct formula *f, struct arena *keep)
{
    const char *text = "";
    for (size_t j = 0; j < f->n_variables; j++)
        if (tape_uses(&f->right, j))
            text = arena_printf(keep, "%s%s%s", text, *text ? " " : "", f->variable[j]);
    return text;
}

/* All groups at once. */
struct fitted {
    const struct prepared *prepared;
    const struct fitting *fitting;
    const struct formula *formula;
    const double *start;
    const double *const *column;
    struct curve_options how;
    struct fit *fit;      /* [n groups] */
    size_t *n;            /* [n groups] complete rows */
    struct arena **arena; /* [n groups] of the results */
};

static void fit_task(size_t index, void *context)
{
    struct fitted *all = context;
    const struct prepared *p = all->prepared;
    const struct formula *f = all->formula;
    enum weight_kind kind = p->weight ? p->weight_kind : WEIGHT_NONE;
    struct arena *keep = all->arena[index] = arena_new();
    struct complete c =
        complete_rows(p, all->fitting, &p->groups.at[index], all->column, f->n_variables, keep);
    struct curve_options how = all->how;
    how.cluster = c.cluster;
    struct fit *fit = &all->fit[index];
    all->n[index] = c.n;
    formula_fit(f, c.variable, c.n, c.w, kind, all->start, &how, fit, keep);
    if (!fitting_looks_further(all->fitting))
        return;
    const struct regression *r = formula_regression(f, c.variable, c.n, c.w, kind, &how, keep);
    const double *replicate = fitting_replicates(all->fitting, r, &how, fit, index, keep);
    fitting_limits(all->fitting, r, &how, replicate, fit, p->conf_level, keep);
}

static void add_tables(const struct fitted *all, const char *start_text,
                       struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = all->prepared;
    const struct formula *f = all->formula;
    struct results *terms = curves_terms_new(p, keep), *models = curves_models_new(p, keep);
    const char *x = predictors(f, keep);
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct group *group = &p->groups.at[g];
        bool small = prepared_is_small(p, (double)all->n[g]);
        curves_term_rows(terms, group, x, f->response, "formula", &all->fit[g], p->conf_level,
                         small);
        curves_model_row(models, group, x, f->response, "formula", &all->fit[g], NAN, small);
    }
    const char *note = arena_printf(
        keep,
        "%s. Least squares from the starting values, exact derivatives; std_error as R's "
        "nls. %s intervals by Student's t.",
        f->text, phrase_level(p->conf_level, keep));
    if (!fitting_is_plain(all->fitting))
        note = arena_printf(keep, "%s. From the starting values, exact derivatives. %s", f->text,
                            fitting_note(all->fitting, p, keep));
    const char *check =
        arena_printf(keep, "summary(nls(%s, d, start = list(%s)))", f->text, start_text);
    report_add_table(report, &(struct table){.id = "terms",
                                             .sheet = "Formula",
                                             .title = "The formula's parameters",
                                             .note = note,
                                             .check_r = check,
                                             .frame = results_finish(terms)});
    report_add_table(report, &(struct table){.id = "models",
                                             .sheet = "Formula fit",
                                             .title = "How well the formula fits",
                                             .note = note,
                                             .check_r = check,
                                             .frame = results_finish(models)});
}

bool formulas_tables(const struct prepared *p, const char *text, const char *start_text,
                     const struct fitting *fitting, struct report_builder *report,
                     struct arena *keep, struct err *err)
{
    struct formula_start start;
    struct formula f;
    size_t n = p->groups.n;
    struct fitted all = {.prepared = p,
                         .fitting = fitting,
                         .formula = &f,
                         .fit = ARENA_NEW(keep, struct fit, n),
                         .n = ARENA_NEW(keep, size_t, n),
                         .arena = ARENA_NEW(keep, struct arena *, n)};
    if (!parse(p, text, start_text, &start, &f, keep, err) ||
        !settle_bounds(fitting, &f, start.value, &all.how, keep, err) ||
        !(all.column = columns(p, &f, keep, err)))
        return false;
    all.start = start.value;
    all.how.loss = fitting->loss;
    all.how.covariance = fitting->covariance;
    all.how.n_clusters = fitting->clusters.n;
    workers_run(n, p->threads, fit_task, &all);
    add_tables(&all, start_text, report, keep);
    for (size_t g = 0; g < n; g++)
        arena_free(all.arena[g]);
    return true;
}
