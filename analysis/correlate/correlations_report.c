/* SPDX-License-Identifier: GPL-3.0-or-later
   Tables, charts and sentences of correlations.h. */
#include <math.h>
#include <string.h>

#include "analysis/correlate/best.h"
#include "analysis/correlate/comparisons.h"
#include "analysis/correlate/comparisons_chart.h"
#include "analysis/correlate/contrasts.h"
#include "analysis/correlate/corrected.h"
#include "analysis/correlate/correlations.h"
#include "analysis/correlate/latent.h"
#include "analysis/correlate/notes.h"
#include "analysis/correlate/partials.h"
#include "analysis/correlate/sentences.h"
#include "analysis/study/phrases.h"
#include "io/privacy/suppress.h"
#include "models/correlation/homogeneity.h"

/* ---- tables ---- */

static void identify(struct results *t, const struct correlations *c,
                     const struct correlation_cell *cell)
{
    results_row(t, cell->group);
    results_text(t, "x", c->prepared->x[cell->x].name);
    results_text(t, "y", c->prepared->y[cell->y].name);
    results_text(t, "method", c->options.method[cell->method]->name);
}

static enum fit_status cell_status(const struct correlation_cell *cell)
{
    return cell->small && cell->r.status == FIT_OK ? FIT_BELOW_MIN_N : cell->r.status;
}

static const struct frame *correlations_frame(const struct correlations *c, struct arena *keep)
{
    struct results *t = results_new("correlations", &c->prepared->groups,
                                    "x y method n n_eff estimate std_error statistic df p_value "
                                    "conf_low conf_high p_adjusted partial r_max status",
                                    keep);
    results_quantity(t, "estimate std_error conf_low conf_high", QUANTITY_CORRELATION);
    for (size_t i = 0; i < c->n; i++) {
        const struct correlation_cell *cell = &c->cell[i];
        const struct correlation_result *r = &cell->r;
        identify(t, c, cell);
        results_real(t, "n", r->n);
        results_real(t, "n_eff", r->n_eff);
        results_real(t, "estimate", r->estimate);
        results_real(t, "std_error", r->std_error);
        results_real(t, "statistic", r->statistic);
        results_real(t, "df", r->df);
        results_real(t, "p_value", r->p_value);
        results_real(t, "conf_low", r->conf_low);
        results_real(t, "conf_high", r->conf_high);
        results_real(t, "p_adjusted", cell->p_adjusted);
        results_real(t, "partial", cell->partial.estimate);
        results_real(t, "r_max", cell->r_max);
        results_status(t, cell_status(cell));
    }
    return results_finish(t);
}

static const struct frame *details_frame(const struct correlations *c, struct arena *keep)
{
    struct results *t =
        results_new("details", &c->prepared->groups,
                    "x y method p_value p_holm p_bh n_partial partial partial_low partial_high "
                    "partial_p_value base_rate r_max status",
                    keep);
    for (size_t i = 0; i < c->n; i++) {
        const struct correlation_cell *cell = &c->cell[i];
        identify(t, c, cell);
        results_real(t, "p_value", cell->r.p_value);
        results_real(t, "p_holm", cell->p_holm);
        results_real(t, "p_bh", cell->p_bh);
        results_real(t, "n_partial", cell->partial.n);
        results_real(t, "partial", cell->partial.estimate);
        results_real(t, "partial_low", cell->partial.conf_low);
        results_real(t, "partial_high", cell->partial.conf_high);
        results_real(t, "partial_p_value", cell->partial.p_value);
        results_real(t, "base_rate", cell->base_rate);
        results_real(t, "r_max", cell->r_max);
        results_status(t, cell_status(cell));
    }
    return results_finish(t);
}

/* The usable non-margin cells of one scale, behaviour and method. */
static size_t cells_of(const struct correlations *c, const struct pooled_cells *p,
                       struct correlation_result *cells)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct correlation_cell *cell = &c->cell[i];
        if (!cell->group->margin && cell->x == p->x && cell->y == p->y &&
            cell->method == p->method && !cell->small)
            cells[n++] = cell->r;
    }
    return n;
}

static void identify_pooled(struct results *t, const struct correlations *c,
                            const struct pooled_cells *p)
{
    results_row(t, NULL);
    results_text(t, "x", c->prepared->x[p->x].name);
    results_text(t, "y", c->prepared->y[p->y].name);
    results_text(t, "method", c->options.method[p->method]->name);
}

static const struct frame *homogeneity_frame(const struct correlations *c, struct arena *keep)
{
    struct results *t =
        results_new("homogeneity", NULL,
                    "x y method k estimate conf_low conf_high q q_df q_p_value i2 status", keep);
    results_quantity(t, "estimate conf_low conf_high", QUANTITY_CORRELATION);
    struct correlation_result *cells = ARENA_NEW(keep, struct correlation_result, c->n);
    for (size_t i = 0; i < c->n_pooled; i++) {
        const struct pooled_cells *p = &c->pooled[i];
        struct homogeneity h;
        if (!c->options.method[p->method]->z_variance)
            continue;
        size_t n = cells_of(c, p, cells);
        correlation_homogeneity(c->options.method[p->method], cells, n, c->prepared->conf_level,
                                &h);
        identify_pooled(t, c, p);
        results_whole(t, "k", (int64_t)h.k);
        results_real(t, "estimate", h.pooled);
        results_real(t, "conf_low", h.conf_low);
        results_real(t, "conf_high", h.conf_high);
        results_real(t, "q", h.q);
        results_real(t, "q_df", h.df);
        results_real(t, "q_p_value", h.p_value);
        results_real(t, "i2", h.i2);
        results_status(t, h.status);
    }
    return results_finish(t);
}

static const struct frame *pooled_frame(const struct correlations *c, struct arena *keep)
{
    struct results *t = results_new("pooled", NULL,
                                    "x y method k estimate p_value conf_low conf_high pred_low "
                                    "pred_high tau2 tau2_low tau2_high i2 h2 q q_df q_p_value "
                                    "status",
                                    keep);
    results_quantity(t, "estimate conf_low conf_high pred_low pred_high", QUANTITY_CORRELATION);
    for (size_t i = 0; i < c->n_pooled; i++) {
        const struct pooled_cells *p = &c->pooled[i];
        if (!c->options.method[p->method]->z_variance)
            continue;
        identify_pooled(t, c, p);
        results_whole(t, "k", (int64_t)p->pool.k);
        results_real(t, "estimate", p->estimate);
        results_real(t, "p_value", p->pool.p_value);
        results_real(t, "conf_low", p->conf_low);
        results_real(t, "conf_high", p->conf_high);
        results_real(t, "pred_low", p->pred_low);
        results_real(t, "pred_high", p->pred_high);
        results_real(t, "tau2", p->pool.tau2);
        results_real(t, "tau2_low", p->pool.tau2_low);
        results_real(t, "tau2_high", p->pool.tau2_high);
        results_real(t, "i2", p->pool.i2);
        results_real(t, "h2", p->pool.h2);
        results_real(t, "q", p->pool.q);
        results_real(t, "q_df", p->pool.q_df);
        results_real(t, "q_p_value", p->pool.q_p_value);
        results_status(t, p->pool.status);
    }
    return results_finish(t);
}

/* ---- tables, with how to check them ---- */

static void add_correlations(const struct correlations *c, struct report_builder *report,
                             struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *level = phrase_level(p->conf_level, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "correlations",
            .sheet = "Correlations",
            .title = "How strongly does saying go with doing?",
            .note = arena_printf(
                keep,
                "%s intervals. %s.%s p_adjusted: %s over the non-margin cells x scales x "
                "behaviours of one method. partial: given the same behaviour before the response. "
                "r_max: "
                "the ceiling that a 0/1 behaviour's base rate puts on Pearson's r with a normal "
                "scale. Rows with both "
                "values only (pairwise).",
                level, note_methods(c, keep), note_p_value(c, keep), p->adjust),
            .check_r = check_cells(c, keep),
            .check_spss = phrase_check_spss(c->prepared, keep),
            .frame = correlations_frame(c, keep)});
}

static void add_homogeneity(const struct correlations *c, struct report_builder *report,
                            struct arena *keep)
{
    report_add_table(
        report,
        &(struct table){
            .id = "homogeneity",
            .sheet = "Homogeneity",
            .title = "Are the correlations the same in all cells?",
            .note = "Q on Fisher's z (Hedges and Olkin 1985); estimate is the fixed-effect mean. "
                    "Margins and cells whose status is not ok are left out.",
            .check_r = check_pooling(c, "method = 'FE'", keep),
            .check_spss = "GET DATA /TYPE=TXT /FILE='tables/correlations.csv' ...; META ES "
                          "CONTINUOUS with z = ARTANH(estimate), variance 1/(n-3) (SPSS 28+)",
            .frame = homogeneity_frame(c, keep)});
}

static void add_details(const struct correlations *c, struct report_builder *report,
                        struct arena *keep)
{
    report_add_table(
        report,
        &(struct table){.id = "details",
                        .aside = true,
                        .sheet = "Details",
                        .title = "Adjusted p-values, partial correlations and ceilings",
                        .note = "p_holm and p_bh beside each other; the partial correlation rests "
                                "on respondents with a whole baseline window.",
                        .check_r = arena_printf(keep,
                                                "%s; p.adjust(d$p_value, 'holm'); "
                                                "p.adjust(d$p_value, 'BH'); b <- "
                                                "read.csv('tables/details.csv')$base_rate[1]; "
                                                "dnorm(qnorm(b)) / sqrt(b * (1 - b))",
                                                check_rows(c, c->options.method[0], false, keep)),
                        .check_spss = "PARTIAL CORR /VARIABLES=x y BY baseline_y "
                                      "/SIGNIFICANCE=TWOTAIL.",
                        .frame = details_frame(c, keep)});
}

static void add_pooled(const struct correlations *c, struct report_builder *report,
                       struct arena *keep)
{
    report_add_table(
        report,
        &(struct table){
            .id = "pooled",
            .sheet = "Pooled",
            .title = "The value over all cells, and what a new cell may show",
            .note = "Random effects on Fisher's z, back-transformed: REML, Knapp-Hartung. pred_*: "
                    "where the true correlation of a new cell would lie. Margins and cells whose "
                    "status is not ok are left out. Cells of one respondent's two waves are "
                    "treated as independent.",
            .check_r = check_pooling(c, "method = 'REML', test = 'knha'", keep),
            .check_spss = "META ES CONTINUOUS ... /ESTIMATION METHOD=REML /INFERENCE "
                          "STDERROR=KNAPPHARTUNG (SPSS 28+)",
            .frame = pooled_frame(c, keep)});
}

void correlations_tables(const struct correlations *c, struct report_builder *report,
                         struct arena *keep)
{
    add_correlations(c, report, keep);
    add_homogeneity(c, report, keep);
    comparisons_tables(c->comparisons, report, keep);
    contrasts_table(c, report, keep);
    best_table(c, report, keep);
    add_details(c, report, keep);
    add_pooled(c, report, keep);
    if (c->options.n_controls)
        partials_table(c, report, keep);
    if (latent_asked(c))
        latent_tables(c, report, keep);
    corrected_tables(c, report, keep);
}

/* ---- charts ---- */

/* The levels of grouping column j, in the order of the groups. */
static size_t levels_of(const struct groups *groups, size_t j, const char **level)
{
    size_t n = 0;
    for (size_t g = 0; g < groups->n; g++) {
        const char *l = groups->at[g].level[j];
        bool known = strcmp(l, GROUP_ALL) == 0;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(level[k], l) == 0;
        if (!known)
            level[n++] = l;
    }
    level[n++] = GROUP_ALL;
    return n;
}

static const struct group *group_at(const struct groups *groups, const char *row, const char *col)
{
    for (size_t g = 0; g < groups->n; g++)
        if (strcmp(groups->at[g].level[0], row) == 0 && strcmp(groups->at[g].level[1], col) == 0)
            return &groups->at[g];
    return NULL;
}

/* A matrix being filled: the cells to trust, and the small ones in grey. */
struct matrix {
    double *x, *y, *value;
    const char **text;
    size_t n;
};

static struct matrix matrix_new(size_t n, struct arena *keep)
{
    return (struct matrix){ARENA_NEW(keep, double, n), ARENA_NEW(keep, double, n),
                           ARENA_NEW(keep, double, n), ARENA_NEW(keep, const char *, n), 0};
}

static void matrix_add(struct matrix *m, size_t row, size_t col, double value, const char *text)
{
    m->x[m->n] = (double)col;
    m->y[m->n] = (double)row;
    m->value[m->n] = value;
    m->text[m->n++] = text;
}

static struct series matrix_series(const struct matrix *m, bool muted)
{
    return (struct series){.mark = MARK_POINTS,
                           .n = m->n,
                           .x = m->x,
                           .y = m->y,
                           .low = m->value,
                           .text = m->text,
                           .muted = muted};
}

static struct panel heatmap_panel(const struct correlations *c, size_t x, size_t y,
                                  const char *const *row, size_t n_rows, const char *const *col,
                                  size_t n_cols, struct arena *keep)
{
    struct matrix sure = matrix_new(n_rows * n_cols, keep),
                  small = matrix_new(n_rows * n_cols, keep);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_cols; j++) {
            const struct group *g = group_at(&c->prepared->groups, row[i], col[j]);
            const struct correlation_cell *cell = g ? correlations_find(c, g, x, y, 0) : NULL;
            bool usable = cell && cell_status(cell) == FIT_OK;
            const char *text =
                g && g->suppressed ? STATUS_SUPPRESSED
                : !cell || isnan(cell->r.estimate)
                    ? arena_printf(keep, "–\nn = %s", phrase_count(cell ? cell->r.n : 0.0, keep))
                    : arena_printf(keep, "%s\nn = %s", phrase_r(cell->r.estimate, keep),
                                   phrase_count(cell->r.n, keep));
            matrix_add(usable ? &sure : &small, i, j, cell ? cell->r.estimate : NAN, text);
        }
    struct series *series = ARENA_NEW(keep, struct series, 2);
    series[0] = matrix_series(&sure, false);
    series[1] = matrix_series(&small, true);
    return (struct panel){.title = c->prepared->y[y].label, .n_series = 2, .series = series};
}

/* More rows or columns than a page can show are in the table only. */
enum { MOST_LEVELS = 60 };

static void add_heatmap(const struct correlations *c, size_t x, struct report_builder *report,
                        struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char **row = ARENA_NEW(keep, const char *, p->groups.n + 1);
    const char **col = ARENA_NEW(keep, const char *, p->groups.n + 1);
    size_t n_rows = levels_of(&p->groups, 0, row), n_cols = levels_of(&p->groups, 1, col);
    size_t n_panels = p->n_y < 4 ? p->n_y : 4;
    struct panel *panels = ARENA_NEW(keep, struct panel, n_panels);
    if (n_rows > MOST_LEVELS || n_cols > MOST_LEVELS)
        return;
    for (size_t y = 0; y < n_panels; y++)
        panels[y] = heatmap_panel(c, x, y, row, n_rows, col, n_cols, keep);
    report_add_chart(report, &(struct chart){.id = arena_printf(keep, "heatmap-%zu-%s", x + 1,
                                                                phrase_id(p->x[x].name, keep)),
                                             .sheet = "Heatmap",
                                             .kind = &chart_kind_heatmap,
                                             .title = arena_printf(
                                                 keep, "Correlation of %s with behaviour (%s r)",
                                                 p->x[x].name, c->options.method[0]->name),
                                             .finding = phrase_range(c, x, keep),
                                             .x_label = p->groups.label[1],
                                             .y_label = p->groups.label[0],
                                             .n_x_categories = n_cols,
                                             .n_y_categories = n_rows,
                                             .x_category = col,
                                             .y_category = row,
                                             .n_panels = n_panels,
                                             .panels = panels});
}

/* Rows of the forest: cells to trust, small cells in grey, the pooled value. */
struct forest_rows {
    size_t n;
    double *x, *y, *low, *high, *size;
};

static struct forest_rows forest_rows_new(size_t n, struct arena *keep)
{
    return (struct forest_rows){0,
                                ARENA_NEW(keep, double, n),
                                ARENA_NEW(keep, double, n),
                                ARENA_NEW(keep, double, n),
                                ARENA_NEW(keep, double, n),
                                ARENA_NEW(keep, double, n)};
}

static void forest_add(struct forest_rows *f, size_t row, double x, double low, double high,
                       double size)
{
    f->x[f->n] = x;
    f->y[f->n] = (double)row;
    f->low[f->n] = low;
    f->high[f->n] = high;
    f->size[f->n++] = size;
}

static struct series forest_series(const struct forest_rows *f, enum mark mark, bool muted)
{
    return (struct series){.mark = mark,
                           .n = f->n,
                           .x = f->x,
                           .y = f->y,
                           .low = f->low,
                           .high = f->high,
                           .size = mark == MARK_INTERVALS ? f->size : NULL,
                           .muted = muted};
}

static void add_forest(const struct correlations *c, size_t x, size_t y,
                       struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const struct pooled_cells *pooled = &c->pooled[(x * p->n_y + y) * c->options.n_methods];
    struct forest_rows sure = forest_rows_new(p->groups.n, keep),
                       small = forest_rows_new(p->groups.n, keep), value = forest_rows_new(1, keep),
                       next = forest_rows_new(1, keep);
    const char **category = ARENA_NEW(keep, const char *, p->groups.n + 2);
    size_t n = 0;
    for (size_t g = 0; g < p->groups.n; g++) {
        const struct group *group = &p->groups.at[g];
        const struct correlation_cell *cell = correlations_find(c, group, x, y, 0);
        if (group->margin || group->suppressed)
            continue;
        category[n] = arena_printf(keep, "%s (n = %s)", group_title(group, p->groups.n_by, keep),
                                   phrase_count(cell->r.n, keep));
        forest_add(cell_status(cell) == FIT_OK ? &sure : &small, n++, cell->r.estimate,
                   cell->r.conf_low, cell->r.conf_high, sqrt(cell->r.n));
    }
    double largest = 1;
    for (size_t i = 0; i < sure.n; i++)
        largest = fmax(largest, sure.size[i]);
    for (size_t i = 0; i < sure.n; i++)
        sure.size[i] /= largest;
    for (size_t i = 0; i < small.n; i++)
        small.size[i] /= largest;
    category[n] = arena_printf(keep, "pooled (k = %zu)", pooled->pool.k);
    forest_add(&value, n++, pooled->estimate, pooled->conf_low, pooled->conf_high, 1);
    category[n] = "a new cell (prediction)";
    forest_add(&next, n++, pooled->estimate, pooled->pred_low, pooled->pred_high, 1);
    struct series *series = ARENA_NEW(keep, struct series, 4);
    series[0] = forest_series(&sure, MARK_INTERVALS, false);
    series[1] = forest_series(&small, MARK_INTERVALS, true);
    series[2] = forest_series(&value, MARK_BAND, false);
    series[3] = forest_series(&next, MARK_LINE, false);
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    *panel = (struct panel){.n_series = 4, .series = series};
    report_add_chart(
        report,
        &(struct chart){.id = arena_printf(keep, "forest-%s-%s", phrase_id(p->x[x].name, keep),
                                           phrase_id(p->y[y].name, keep)),
                        .sheet = "Forest",
                        .kind = &chart_kind_forest,
                        .title = arena_printf(keep, "Correlation of %s with %s, per cell",
                                              p->x[x].name, phrase_lower(p->y[y].label, keep)),
                        .finding = phrase_pooled(c, pooled, keep),
                        .x_label =
                            arena_printf(keep, "%s r with %s interval", c->options.method[0]->title,
                                         phrase_level(p->conf_level, keep)),
                        .n_y_categories = n,
                        .y_category = category,
                        .n_panels = 1,
                        .panels = panel});
}

void correlations_charts(const struct correlations *c, struct report_builder *report,
                         struct arena *keep)
{
    const struct prepared *p = c->prepared;
    for (size_t x = 0; p->groups.n_by == 2 && x < p->n_x && x < 3; x++)
        add_heatmap(c, x, report, keep);
    comparisons_chart(p, report, keep);
    for (size_t y = 0; p->groups.n_by > 0 && y < p->n_y && y < 3; y++)
        if (c->pooled[y * c->options.n_methods].pool.k > 1)
            add_forest(c, 0, y, report, keep);
}

static void add_line(struct report_builder *report, const char *line)
{
    if (line)
        report_add_line(report, "%s", line);
}

void correlations_lines(const struct correlations *c, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    if (c->comparisons->asked->named)
        comparisons_lines(c->comparisons, report);
    for (size_t y = 0; y < c->prepared->n_y && y < 3; y++) {
        add_line(report, phrase_correlation(c, 0, y, scratch));
        add_line(report, phrase_spread(c, 0, y, scratch));
        add_line(report, phrase_rivals(c, y, scratch));
        corrected_lines(c, y, report, scratch);
    }
    arena_free(scratch);
}
