/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/curve/formulas.h"

#include <math.h>

#include "analysis/curve/curves.h"
#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "models/formula/formula.h"

static bool refuse(const char *option, const char *text, const struct formula_error *e,
                   struct arena *keep, struct err *err)
{
    const char *caret = formula_caret(text, e->position, keep);
    return err_lines(err, ERR_USAGE,
                     arena_printf(keep, "--%s: %s%s%s%s%s", option, e->what, e->mend ? "; " : "",
                                  e->mend ? e->mend : "", caret ? "\n" : "", caret ? caret : ""));
}

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
        return refuse("start", start_text, &e, keep, err);
    struct formula_names names = {start->n, start->param, p->frame->n_cols,
                                  frame_names(p->frame, keep)};
    return formula_parse(text, &names, f, &e, keep) || refuse("formula", text, &e, keep, err);
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

/* The complete rows of a group, column by column, and their weights. */
struct complete {
    size_t n;
    const double **variable;
    const double *w;
};

static struct complete complete_rows(const struct prepared *p, const struct group *g,
                                     const double *const *v, size_t n_variables, struct arena *keep)
{
    double *w = p->weight ? ARENA_NEW(keep, double, g->rows.n) : NULL;
    struct complete c = {0, ARENA_NEW(keep, const double *, n_variables), w};
    uint32_t *at = ARENA_NEW(keep, uint32_t, g->rows.n);
    for (size_t i = 0; i < g->rows.n; i++) {
        bool whole = true;
        for (size_t j = 0; j < n_variables && whole; j++)
            whole = isfinite(v[j][g->rows.at[i]]);
        if (!whole)
            continue;
        if (w)
            w[c.n] = p->weight[g->rows.at[i]];
        at[c.n++] = g->rows.at[i];
    }
    for (size_t j = 0; j < n_variables; j++) {
        double *x = ARENA_NEW(keep, double, c.n);
        for (size_t i = 0; i < c.n; i++)
            x[i] = v[j][at[i]];
        c.variable[j] = x;
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

bool formulas_tables(const struct prepared *p, const char *text, const char *start_text,
                     struct report_builder *report, struct arena *keep, struct err *err)
{
    struct formula_start start;
    struct formula f;
    const double *const *v;
    if (!parse(p, text, start_text, &start, &f, keep, err) || !(v = columns(p, &f, keep, err)))
        return false;
    struct results *terms = curves_terms_new(p, keep), *models = curves_models_new(p, keep);
    const char *x = predictors(&f, keep);
    for (size_t g = 0; g < p->groups.n; g++) {
        struct fit fit;
        const struct group *group = &p->groups.at[g];
        struct complete c = complete_rows(p, group, v, f.n_variables, keep);
        bool small = prepared_is_small(p, (double)c.n);
        formula_fit(&f, c.variable, c.n, c.w, p->weight ? p->weight_kind : WEIGHT_NONE, start.value,
                    NULL, &fit, keep);
        curves_term_rows(terms, group, x, f.response, "formula", &fit, p->conf_level, small);
        curves_model_row(models, group, x, f.response, "formula", &fit, NAN, small);
    }
    const char *note = arena_printf(
        keep,
        "%s. Least squares from the starting values, exact derivatives; std_error as R's "
        "nls. %s intervals by Student's t.",
        text, phrase_level(p->conf_level, keep));
    const char *check =
        arena_printf(keep, "summary(nls(%s, d, start = list(%s)))", text, start_text);
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
    return true;
}
