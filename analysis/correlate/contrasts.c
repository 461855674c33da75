/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/contrasts.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/compare/compare.h"
#include "models/multiple/adjust.h"

enum { MOST_LEVELS = 12 };

/* One row: two levels of grouping column `by`. */
struct contrast {
    size_t by;
    const struct correlation_cell *first, *other;
    struct comparison figures;
    double p_adjusted;
};

struct contrasts {
    const struct correlations *cells;
    size_t n;
    struct contrast *row;
    const char *left_out; /* names of columns with too many levels, or "" */
};

/* The groups of one level of column j within the margins of the other columns. */
static size_t levels_of(const struct groups *groups, size_t j, const struct group **level)
{
    size_t n = 0;
    for (size_t g = 0; g < groups->n; g++) {
        bool within = strcmp(groups->at[g].level[j], GROUP_ALL) != 0;
        for (size_t k = 0; k < groups->n_by && within; k++)
            within = k == j || strcmp(groups->at[g].level[k], GROUP_ALL) == 0;
        if (within)
            level[n++] = &groups->at[g];
    }
    return n;
}

static double variance_of(const struct correlation *method, const struct correlation_cell *cell)
{
    return method->z_variance ? method->z_variance(cell->r.estimate, cell->r.n_eff) : NAN;
}

static struct contrast contrast_of(const struct correlations *c, size_t by,
                                   const struct correlation_cell *first,
                                   const struct correlation_cell *other)
{
    const struct correlation *method = c->options.method[first->method];
    const struct independent r = {first->r.estimate, variance_of(method, first), other->r.estimate,
                                  variance_of(method, other)};
    const double level = c->prepared->conf_level;
    struct contrast row = {by, first, other, compare_independent(&independent_fisher, &r, level),
                           NAN};
    struct comparison zou = compare_independent(&independent_zou, &r, level);
    row.figures.conf_low = zou.conf_low;
    row.figures.conf_high = zou.conf_high;
    return row;
}

static void add_pair(struct contrasts *t, size_t by, const struct group *a, const struct group *b)
{
    const struct correlations *c = t->cells;
    for (size_t x = 0; x < c->prepared->n_x; x++)
        for (size_t y = 0; y < c->prepared->n_y; y++)
            for (size_t m = 0; m < c->options.n_methods; m++)
                if (c->options.method[m]
                        ->scores) /* of ties Kendall's variance of z knows nothing */
                    t->row[t->n++] = contrast_of(c, by, correlations_find(c, a, x, y, m),
                                                 correlations_find(c, b, x, y, m));
}

/* The contrasts of one column; too many levels: its name goes to left_out. */
static void add_column(struct contrasts *t, size_t by, const struct group *const *level, size_t n,
                       struct arena *keep)
{
    if (n > MOST_LEVELS)
        t->left_out = arena_printf(keep, "%s%s%s", t->left_out, *t->left_out ? ", " : "",
                                   t->cells->prepared->groups.label[by]);
    for (size_t a = 0; a < n && n <= MOST_LEVELS; a++)
        for (size_t b = a + 1; b < n; b++)
            add_pair(t, by, level[a], level[b]);
}

static void adjust_method(struct contrasts *t, size_t method, struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, t->n), *out = ARENA_NEW(scratch, double, t->n);
    size_t n = 0, at = 0;
    for (size_t i = 0; i < t->n; i++)
        if (t->row[i].first->method == method)
            p[n++] = t->row[i].figures.p_value;
    adjust_p_values(adjustment_find(t->cells->prepared->adjust), p, n, out, scratch);
    for (size_t i = 0; i < t->n; i++)
        if (t->row[i].first->method == method)
            t->row[i].p_adjusted = out[at++];
}

static struct contrasts contrasts_of(const struct correlations *c, struct arena *keep)
{
    enum { MOST_PAIRS = MOST_LEVELS * (MOST_LEVELS - 1) / 2 };
    const struct prepared *p = c->prepared;
    struct contrasts t = {.cells = c, .left_out = ""};
    struct arena *scratch = arena_new();
    const struct group **level = ARENA_NEW(scratch, const struct group *, p->groups.n);
    t.row = ARENA_NEW(keep, struct contrast,
                      p->groups.n_by * MOST_PAIRS * p->n_x * p->n_y * c->options.n_methods);
    for (size_t j = 0; j < p->groups.n_by; j++)
        add_column(&t, j, level, levels_of(&p->groups, j, level), keep);
    for (size_t m = 0; m < c->options.n_methods; m++)
        adjust_method(&t, m, scratch);
    arena_free(scratch);
    return t;
}

static const struct frame *contrasts_frame(const struct contrasts *t, struct arena *keep)
{
    const struct prepared *p = t->cells->prepared;
    struct results *r = results_new("contrasts", NULL,
                                    "group_by level level_other x y method n n_other estimate "
                                    "estimate_other difference statistic p_value conf_low "
                                    "conf_high p_adjusted status",
                                    keep);
    results_quantity(r, "estimate difference conf_low conf_high", QUANTITY_CORRELATION);
    for (size_t i = 0; i < t->n; i++) {
        const struct contrast *row = &t->row[i];
        bool small = row->first->small || row->other->small;
        results_row(r, NULL);
        if (row->first->group->suppressed || row->other->group->suppressed)
            results_hide(r);
        results_text(r, "group_by", p->groups.by[row->by]);
        results_text(r, "level", row->first->group->level[row->by]);
        results_text(r, "level_other", row->other->group->level[row->by]);
        results_text(r, "x", p->x[row->first->x].name);
        results_text(r, "y", p->y[row->first->y].name);
        results_text(r, "method", t->cells->options.method[row->first->method]->name);
        results_real(r, "n", row->first->r.n);
        results_real(r, "n_other", row->other->r.n);
        results_real(r, "estimate", row->first->r.estimate);
        results_real(r, "estimate_other", row->other->r.estimate);
        results_real(r, "difference", row->figures.difference);
        results_real(r, "statistic", row->figures.statistic);
        results_real(r, "p_value", row->figures.p_value);
        results_real(r, "conf_low", row->figures.conf_low);
        results_real(r, "conf_high", row->figures.conf_high);
        results_real(r, "p_adjusted", row->p_adjusted);
        results_status(r, row->figures.status == FIT_OK && small ? FIT_BELOW_MIN_N
                                                                 : row->figures.status);
    }
    return results_finish(r);
}

void contrasts_table(const struct correlations *c, struct report_builder *report,
                     struct arena *keep)
{
    const struct prepared *p = c->prepared;
    if (p->groups.n_by == 0)
        return;
    const struct contrasts t = contrasts_of(c, keep);
    const char *note = arena_printf(
        keep,
        "Two levels of one grouping column, whatever the others: Fisher's z of two independent "
        "correlations (of Spearman's coefficients with Bonett and Wright's "
        "variance; of others none), %s interval of the difference by Zou (2007). p_adjusted: %s "
        "over all rows of "
        "one method.%s%s%s",
        phrase_level(p->conf_level, keep), p->adjust,
        *t.left_out
            ? arena_printf(keep, " More than %d levels, left out: %s.", MOST_LEVELS, t.left_out)
            : "",
        p->weight_kind == WEIGHT_SAMPLING
            ? " Sampling weights: Kish's effective n stands for n in tests and intervals."
            : "",
        p->join && p->study->n_surveys > 1 ? " Respondents of several waves count as independent."
                                           : "");
    report_add_table(
        report, &(struct table){
                    .id = "contrasts",
                    .aside = true,
                    .sheet = "Contrasts",
                    .title = "Does the correlation differ between groups?",
                    .note = note,
                    .check_r = "d <- subset(read.csv('tables/contrasts.csv'), method == "
                               "'pearson')[1, ]; z <- with(d, (atanh(estimate) - "
                               "atanh(estimate_other)) / sqrt(1 / (n - 3) + 1 / (n_other - 3))); "
                               "c(z, 2 * pnorm(-abs(z)))",
                    .check_spss = "COMPUTE z = (ARTANH(estimate) - ARTANH(estimate_other)) / "
                                  "SQRT(1 / (n - 3) + 1 / (n_other - 3)).",
                    .frame = contrasts_frame(&t, keep)});
}
