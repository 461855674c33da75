/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/partials.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "models/correlation/partial.h"

static bool some_method_has_it(const struct correlations_options *o, struct err *err)
{
    for (size_t m = 0; m < o->n_methods; m++)
        if (o->method[m]->partial_test)
            return true;
    return err_set(err, ERR_USAGE,
                   "--control: %s has no partial coefficient; choose pearson, spearman or kendall",
                   o->method[0]->name);
}

bool partials_controls(const struct texts *names, const struct job *job, const struct prepared *p,
                       struct correlations_options *o, struct err *err)
{
    const char *table = job->common->table;
    if (!names->n && table && strcmp(table, "partial") == 0)
        return err_set(err, ERR_USAGE,
                       "--table=partial needs --control=COL, what to hold constant");
    if (!names->n)
        return true;
    const double **value = ARENA_NEW(job->keep, const double *, names->n);
    for (size_t j = 0; j < names->n; j++)
        if (!(value[j] = variable_numbers(p->frame, names->at[j], job->keep, err)))
            return false;
    o->n_controls = names->n;
    o->control = names->at;
    o->control_value = value;
    return some_method_has_it(o, err);
}

/* The rows of a group where x, y and all controls are present; z[j][n] of them. */
static struct sample complete(const struct correlations *c, const struct group *g, size_t x,
                              size_t y, const double **z, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    size_t k = c->options.n_controls;
    uint32_t *at = ARENA_NEW(scratch, uint32_t, g->rows.n);
    struct rows whole = {0, at};
    for (size_t i = 0; i < g->rows.n; i++) {
        uint32_t r = g->rows.at[i];
        bool present = isfinite(p->x[x].value[r]) && isfinite(p->y[y].value[r]) &&
                       !(p->weight && !(p->weight[r] > 0));
        for (size_t j = 0; j < k; j++)
            present = present && isfinite(c->options.control_value[j][r]);
        if (present)
            at[whole.n++] = r;
    }
    for (size_t j = 0; j < k; j++) {
        double *column = ARENA_NEW(scratch, double, whole.n);
        for (size_t i = 0; i < whole.n; i++)
            column[i] = c->options.control_value[j][at[i]];
        z[j] = column;
    }
    return variable_pairs(p->x[x].value, p->y[y].value, p->weight, p->weight_kind, &whole, scratch);
}

static const char *control_names(const struct correlations *c, const char *between,
                                 struct arena *keep)
{
    const char *text = c->options.control[0];
    for (size_t j = 1; j < c->options.n_controls; j++)
        text = arena_printf(keep, "%s%s%s", text, between, c->options.control[j]);
    return text;
}

static void add_row(struct results *t, const struct correlations *c,
                    const struct correlation_cell *cell, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct correlation *method = c->options.method[cell->method];
    size_t k = c->options.n_controls;
    struct correlation_result r, semi;
    const double **z = ARENA_NEW(scratch, const double *, k);
    struct sample s = complete(c, cell->group, cell->x, cell->y, z, scratch);
    correlation_partial(method, &s, z, k, p->conf_level, &r, scratch);
    correlation_semipartial(method, &s, z, k, &semi, scratch);
    results_row(t, cell->group);
    results_text(t, "x", p->x[cell->x].name);
    results_text(t, "y", p->y[cell->y].name);
    results_text(t, "method", method->name);
    results_text(t, "control", control_names(c, ", ", scratch));
    results_real(t, "n", r.n);
    results_real(t, "partial", r.estimate);
    results_real(t, "std_error", r.std_error);
    results_real(t, "statistic", r.statistic);
    results_real(t, "df", r.df);
    results_real(t, "p_value", r.p_value);
    results_real(t, "conf_low", r.conf_low);
    results_real(t, "conf_high", r.conf_high);
    results_real(t, "semipartial", semi.estimate);
    results_real(t, "semipartial_statistic", semi.statistic);
    results_real(t, "semipartial_p_value", semi.p_value);
    results_status(t, r.status == FIT_OK && prepared_is_small(p, r.n) ? FIT_BELOW_MIN_N : r.status);
}

/* Residuals of the first method's scores; Kendall's by the inverse matrix. */
static const char *check(const struct correlations *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    size_t m = 0;
    while (!c->options.method[m]->partial_test)
        m++;
    const char *method = c->options.method[m]->name;
    const char *z = "", *text = phrase_r_rows(p, "tables/study.csv", keep);
    for (size_t j = 0; j < c->options.n_controls; j++)
        z = arena_printf(keep, "%s, d$%s", z, phrase_r_name(c->options.control[j], keep));
    text = arena_printf(keep, "%s; d <- na.omit(data.frame(d$%s, d$%s%s))", text,
                        phrase_r_name(p->x[0].name, keep), phrase_r_name(p->y[0].name, keep), z);
    if (strcmp(method, "kendall") == 0)
        return arena_printf(keep, "%s; -cov2cor(solve(cor(d, method = 'kendall')))[1, 2]", text);
    if (strcmp(method, "spearman") == 0)
        text = arena_printf(keep, "%s; d[] <- lapply(d, rank)", text);
    return arena_printf(keep,
                        "%s; x <- resid(lm(d[[1]] ~ as.matrix(d[-(1:2)]))); "
                        "cor(x, resid(lm(d[[2]] ~ as.matrix(d[-(1:2)])))); cor(x, d[[2]])",
                        text);
}

void partials_table(const struct correlations *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t = results_new("partial", &p->groups,
                                    "x y method control n partial std_error statistic df p_value "
                                    "conf_low conf_high semipartial semipartial_statistic "
                                    "semipartial_p_value status",
                                    keep);
    results_quantity(t, "std_error conf_low conf_high", QUANTITY_CORRELATION);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < c->n; i++) {
        if (!c->options.method[c->cell[i].method]->partial_test)
            continue;
        add_row(t, c, &c->cell[i], scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    report_add_table(
        report,
        &(struct table){
            .id = "partial",
            .sheet = "Partial",
            .title = arena_printf(keep, "How strongly, given %s?", control_names(c, ", ", keep)),
            .note = "partial: what the controls leave of x with what they leave of y. semipartial: "
                    "what they leave of x with all of y; its square is the share of y's variance "
                    "that x adds. std_error is of atanh(partial). Rows with x, y and all controls "
                    "only. Kendall's p is approximate.",
            .check_r = check(c, keep),
            .check_spss = "PARTIAL CORR /VARIABLES=x y BY controls /SIGNIFICANCE=TWOTAIL. "
                          "REGRESSION /STATISTICS=ZPP for the semipartial (part) correlation.",
            .frame = results_finish(t)});
}
