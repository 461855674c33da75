/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/latent.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/correlation/latent.h"

bool latent_asked(const struct correlations *c)
{
    for (size_t m = 0; m < c->options.n_methods; m++)
        if (c->options.method[m]->latent_details)
            return true;
    return false;
}

static void begin_row(struct results *t, const struct correlations *c,
                      const struct correlation_cell *cell)
{
    results_row(t, cell->group);
    results_text(t, "x", c->prepared->x[cell->x].name);
    results_text(t, "y", c->prepared->y[cell->y].name);
    results_text(t, "method", c->options.method[cell->method]->name);
}

static void add_cell(struct results *t, const struct correlations *c,
                     const struct correlation_cell *cell, const struct latent_details *d)
{
    enum fit_status status = cell->r.status;
    begin_row(t, c, cell);
    results_real(t, "n", cell->r.n);
    if (d->rows)
        results_whole(t, "levels_x", (int64_t)d->rows);
    if (d->cols)
        results_whole(t, "levels_y", (int64_t)d->cols);
    if (d->rows && d->cols && !isnan(d->rho))
        results_whole(t, "n_empty", (int64_t)d->n_empty);
    results_text(t, "zero_cells", d->corrected ? "half" : "keep");
    results_real(t, "log_lik", d->log_lik);
    results_real(t, "statistic", d->chi_square);
    results_real(t, "df", d->df);
    results_real(t, "p_value", d->p_value);
    results_status(t, status == FIT_OK && cell->small ? FIT_BELOW_MIN_N : status);
}

/* Distinct values of a variable, ascending. */
static const double *levels_of(const struct variable *v, struct arena *keep)
{
    double *value = ARENA_NEW(keep, double, v->n_levels);
    for (size_t i = 0; i < v->n; i++)
        value[v->level[i]] = v->value[i];
    return value;
}

/* One row per finite threshold; the term 3|4 lies between the answers 3 and 4. */
static void add_thresholds(struct results *t, const struct correlations *c,
                           const struct correlation_cell *cell, const char *variable,
                           const struct variable *v, const double *cut, const double *error,
                           struct arena *keep)
{
    const double *level = levels_of(v, keep);
    for (size_t i = 1; cut && i < v->n_levels; i++) {
        begin_row(t, c, cell);
        results_text(t, "variable", variable);
        results_text(t, "term", arena_printf(keep, "%g|%g", level[i - 1], level[i]));
        results_real(t, "estimate", cut[i]);
        results_real(t, "std_error", error[i]);
    }
}

/* Cells whose figure an empty cell decides. */
struct decided {
    size_t boundary, corrected;
};

static void warn(const struct decided *n, struct report_builder *report)
{
    if (n->boundary)
        report_add_warning(
            report,
            "latent correlations at the boundary, -1 or +1: %zu. No two observations "
            "are ordered alike there, or none unlike (four cells: one is empty); "
            "there is no interval, and the size is not known. --zero-cells=half puts "
            "0.5 into an empty cell of four, and may change the sign",
            n->boundary);
    if (n->corrected)
        report_add_warning(
            report,
            "latent correlations with 0.5 in an empty cell (--zero-cells=half): %zu. "
            "Their size, and even their sign, may be due to it",
            n->corrected);
}

static void add_latent(const struct correlations *c, struct results *t,
                       struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    report_add_table(
        report,
        &(struct table){
            .id = "latent",
            .sheet = "Latent",
            .title = "Are the variables behind the answers normal?",
            .note =
                "statistic: likelihood-ratio chi-square of the table of x by y against two normal "
                "variables cut at the thresholds; a small p speaks against them, and with them "
                "against the coefficient. Not to be trusted with many empty or small cells "
                "(n_empty). Polyserial has no such table. zero_cells: half where 0.5 stands in an "
                "empty cell.",
            .check_r =
                arena_printf(keep, "%s; polycor::polychor(d$%s, d$%s, ML = TRUE, std.err = TRUE)",
                             phrase_r_rows(p, "tables/study.csv", keep),
                             phrase_r_name(p->x[0].name, keep), phrase_r_name(p->y[0].name, keep)),
            .check_spss = "STATS CORRELATIONS or the R extension with polycor; SPSS has no "
                          "polychoric correlation of its own.",
            .frame = results_finish(t)});
}

static void add_cuts(const struct correlations *c, struct results *t, struct report_builder *report,
                     struct arena *keep)
{
    const struct prepared *p = c->prepared;
    report_add_table(
        report, &(struct table){
                    .id = "thresholds",
                    .aside = true,
                    .sheet = "Thresholds",
                    .title = "Where the answers cut the normal variable",
                    .note = "In standard deviations from the mean of the variable behind "
                            "the answer; 3|4 lies between the answers 3 and 4.",
                    .check_r = arena_printf(keep, "%s; s <- cumsum(table(d$%s)); qnorm(s / max(s))",
                                            phrase_r_rows(p, "tables/study.csv", keep),
                                            phrase_r_name(p->x[0].name, keep)),
                    .check_spss = "FREQUENCIES x. then IDF.NORMAL(cumulative share, 0, 1)",
                    .frame = results_finish(t)});
}

void latent_tables(const struct correlations *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct decided decided = {0, 0};
    struct results *cells = results_new("latent", &p->groups,
                                        "x y method n levels_x levels_y n_empty zero_cells log_lik "
                                        "statistic df p_value status",
                                        keep),
                   *cuts = results_new("thresholds", &p->groups,
                                       "x y method variable term estimate std_error", keep);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < c->n; i++) {
        const struct correlation_cell *cell = &c->cell[i];
        const struct correlation *method = c->options.method[cell->method];
        const struct variable_of *x = &p->x[cell->x], *y = &p->y[cell->y];
        if (!method->latent_details)
            continue;
        struct sample s = prepared_pairs(p, cell->group, x, y, scratch);
        struct pairs pairs = pairs_of(&s, scratch);
        struct latent_details d = latent_details_of(method, &s, scratch);
        decided.boundary += cell->r.status == FIT_BOUNDARY;
        decided.corrected += d.corrected;
        add_cell(cells, c, cell, &d);
        add_thresholds(cuts, c, cell, x->name, &pairs.x, d.row_cut, d.row_error, keep);
        add_thresholds(cuts, c, cell, y->name, &pairs.y, d.col_cut, d.col_error, keep);
        arena_reset(scratch);
    }
    arena_free(scratch);
    add_latent(c, cells, report, keep);
    add_cuts(c, cuts, report, keep);
    warn(&decided, report);
}
