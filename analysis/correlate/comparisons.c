/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/comparisons.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "models/multiple/adjust.h"

/* ---- the correlations of a pair ---- */

/* The variables j, k, h, m of a pair; m NULL: the pair shares j. */
struct roles {
    const struct variable_of *j, *k, *h, *m;
};

static bool same(const struct variable_of *a, const struct variable_of *b)
{
    return strcmp(a->name, b->name) == 0;
}

static struct roles roles_of(const struct prepared *p, const struct compared_pair *pair)
{
    const struct variable_of *x = &p->x[pair->x], *y = &p->y[pair->y];
    const struct variable_of *x_other = &p->x[pair->x_other], *y_other = &p->y[pair->y_other];
    if (same(y, y_other))
        return (struct roles){y, x, x_other, NULL};
    if (same(x, x_other))
        return (struct roles){x, y, y_other, NULL};
    if (same(x, y_other))
        return (struct roles){x, y, x_other, NULL};
    if (same(y, x_other))
        return (struct roles){y, x, y_other, NULL};
    return (struct roles){x, y, x_other, y_other};
}

/* The rows of a group where all of them are present. */
static struct rows complete(const struct rows *in, const struct roles *v, struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, in->n);
    size_t n = 0;
    for (size_t i = 0; i < in->n; i++) {
        uint32_t r = in->at[i];
        if (isfinite(v->j->value[r]) && isfinite(v->k->value[r]) && isfinite(v->h->value[r]) &&
            (!v->m || isfinite(v->m->value[r])))
            at[n++] = r;
    }
    return (struct rows){n, at};
}

static struct correlation_result pearson(const struct prepared *p, const struct variable_of *a,
                                         const struct variable_of *b, const struct rows *rows,
                                         struct arena *scratch)
{
    struct correlation_result r;
    struct correlation_options how = {.conf_level = p->conf_level, .threads = 1};
    struct sample s = variable_pairs(a->value, b->value, p->weight, p->weight_kind, rows, scratch);
    correlation_compute(&correlation_pearson, &s, &how, &r, scratch);
    return r;
}

/* ---- one comparison ---- */

/* Zou's interval in the place of the method's own, which goes to z_*. */
static void take_interval(struct compared *c, const struct comparison *zou, bool of_z)
{
    if (of_z) {
        c->z_difference = (c->figures.conf_low + c->figures.conf_high) / 2;
        c->z_low = c->figures.conf_low;
        c->z_high = c->figures.conf_high;
    }
    c->figures.conf_low = zou->conf_low;
    c->figures.conf_high = zou->conf_high;
}

static void compare_sharing(struct compared *c, const struct overlapping_method *m,
                            double conf_level)
{
    const struct overlapping r = {c->estimate, c->estimate_other, c->between, c->n_eff};
    struct comparison zou = compare_overlapping(&overlapping_zou, &r, conf_level);
    c->figures = compare_overlapping(m, &r, conf_level);
    c->test = m->name;
    c->title = m->title;
    c->symbol = m->symbol;
    take_interval(c, &zou, m->of_z);
}

static void compare_apart(struct compared *c, const struct non_overlapping_method *m,
                          double conf_level)
{
    const struct non_overlapping r = {c->estimate, c->estimate_other, c->jh, c->jm, c->kh,
                                      c->km,       c->n_eff};
    struct comparison zou = compare_non_overlapping(&non_overlapping_zou, &r, conf_level);
    c->figures = compare_non_overlapping(m, &r, conf_level);
    c->test = m->name;
    c->title = m->title;
    c->symbol = m->symbol;
    take_interval(c, &zou, false);
}

/* The correlations of a pair in a group, before any test. */
static struct compared correlate(const struct prepared *p, const struct group *g,
                                 const struct compared_pair *pair, struct arena *scratch)
{
    const struct roles v = roles_of(p, pair);
    struct rows rows = complete(&g->rows, &v, scratch);
    struct correlation_result first = pearson(p, v.j, v.k, &rows, scratch);
    struct correlation_result other = pearson(p, v.m ? v.m : v.j, v.h, &rows, scratch);
    struct compared c = {.group = g,
                         .pair = pair,
                         .n = first.n,
                         .n_eff = first.n_eff,
                         .estimate = first.estimate,
                         .estimate_other = other.estimate,
                         .between = NAN,
                         .jh = NAN,
                         .jm = NAN,
                         .kh = NAN,
                         .km = NAN,
                         .z_difference = NAN,
                         .z_low = NAN,
                         .z_high = NAN,
                         .p_adjusted = NAN,
                         .small = prepared_is_small(p, first.n)};
    if (!v.m) {
        c.between = pearson(p, v.k, v.h, &rows, scratch).estimate;
        return c;
    }
    c.jh = pearson(p, v.j, v.h, &rows, scratch).estimate;
    c.jm = pearson(p, v.j, v.m, &rows, scratch).estimate;
    c.kh = pearson(p, v.k, v.h, &rows, scratch).estimate;
    c.km = pearson(p, v.k, v.m, &rows, scratch).estimate;
    return c;
}

struct compared comparisons_first(const struct prepared *p, const struct group *g,
                                  const struct compared_pair *pair, struct arena *scratch)
{
    struct compared c = correlate(p, g, pair, scratch);
    if (roles_of(p, pair).m)
        compare_apart(&c, non_overlapping_methods[0], p->conf_level);
    else
        compare_sharing(&c, overlapping_methods[0], p->conf_level);
    return c;
}

/* ---- all of them ---- */

/* Adds the rows of a pair in a group; gives their number. */
static size_t compare_pair(const struct comparisons *c, const struct group *g,
                           const struct compared_pair *pair, struct compared *row,
                           struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct texts *tests = &c->asked->tests;
    const struct compared base = correlate(p, g, pair, scratch);
    const bool apart = roles_of(p, pair).m != NULL;
    const bool named = tests->n && !c->asked->all;
    size_t most = named            ? tests->n
                  : !c->asked->all ? 1
                  : apart          ? n_non_overlapping_methods
                                   : n_overlapping_methods;
    size_t n = 0;
    for (size_t t = 0; t < most; t++) {
        row[n] = base;
        if (apart) {
            const struct non_overlapping_method *m =
                named ? non_overlapping_find(tests->at[t]) : non_overlapping_methods[t];
            if (m)
                compare_apart(&row[n++], m, p->conf_level);
        } else {
            const struct overlapping_method *m =
                named ? overlapping_find(tests->at[t]) : overlapping_methods[t];
            if (m)
                compare_sharing(&row[n++], m, p->conf_level);
        }
    }
    return n;
}

bool comparisons_of_whole(const struct comparisons *c, const struct compared *row)
{
    return row->group == &c->prepared->groups.at[c->prepared->groups.n - 1];
}

/* One family: the rows of one test, of the cells or of all respondents. */
static void adjust_family(struct comparisons *c, const char *test, bool whole,
                          struct arena *scratch)
{
    double *p = ARENA_NEW(scratch, double, c->n), *out = ARENA_NEW(scratch, double, c->n);
    size_t *at = ARENA_NEW(scratch, size_t, c->n), n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct compared *row = &c->row[i];
        bool member = whole ? comparisons_of_whole(c, row) : !row->group->margin;
        if (!member || strcmp(row->test, test) != 0)
            continue;
        p[n] = row->figures.p_value;
        at[n++] = i;
    }
    adjust_p_values(adjustment_find(c->prepared->adjust), p, n, out, scratch);
    for (size_t i = 0; i < n; i++)
        c->row[at[i]].p_adjusted = out[i];
}

const struct comparisons *comparisons_compute(const struct prepared *p,
                                              const struct comparisons_asked *asked,
                                              struct arena *keep)
{
    struct comparisons *c = ARENA_NEW(keep, struct comparisons, 1);
    struct arena *scratch = arena_new();
    size_t most = asked->all ? n_overlapping_methods : asked->tests.n ? asked->tests.n : 1;
    *c = (struct comparisons){.prepared = p, .asked = asked};
    c->row = ARENA_NEW(keep, struct compared, p->groups.n * asked->n * most);
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t i = 0; i < asked->n; i++) {
            c->n += compare_pair(c, &p->groups.at[g], &asked->pair[i], &c->row[c->n], scratch);
            arena_reset(scratch);
        }
    for (size_t t = 0; t < n_overlapping_methods + n_non_overlapping_methods; t++) {
        const char *name = t < n_overlapping_methods
                               ? overlapping_methods[t]->name
                               : non_overlapping_methods[t - n_overlapping_methods]->name;
        adjust_family(c, name, false, scratch);
        adjust_family(c, name, true, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return c;
}

/* ---- tables ---- */

static enum fit_status status_of(const struct compared *row)
{
    return row->figures.status == FIT_OK && row->small ? FIT_BELOW_MIN_N : row->figures.status;
}

static void identify(struct results *t, const struct comparisons *c, const struct compared *row)
{
    const struct prepared *p = c->prepared;
    results_row(t, row->group);
    results_text(t, "x", p->x[row->pair->x].name);
    results_text(t, "x_other", p->x[row->pair->x_other].name);
    results_text(t, "y", p->y[row->pair->y].name);
    if (c->asked->outcomes)
        results_text(t, "y_other", p->y[row->pair->y_other].name);
    results_text(t, "method", row->test);
}

static const struct frame *comparisons_frame(const struct comparisons *c, struct arena *keep)
{
    struct results *t = results_new(
        "comparisons", &c->prepared->groups,
        c->asked->outcomes ? "x x_other y y_other method n estimate estimate_other between "
                             "difference statistic df p_value conf_low conf_high p_adjusted status"
                           : "x x_other y method n estimate estimate_other between "
                             "difference statistic df p_value conf_low conf_high p_adjusted status",
        keep);
    results_quantity(t, "estimate difference conf_low conf_high", QUANTITY_CORRELATION);
    for (size_t i = 0; i < c->n; i++) {
        const struct compared *row = &c->row[i];
        identify(t, c, row);
        results_real(t, "n", row->n);
        results_real(t, "estimate", row->estimate);
        results_real(t, "estimate_other", row->estimate_other);
        results_real(t, "between", row->between);
        results_real(t, "difference", row->figures.difference);
        results_real(t, "statistic", row->figures.statistic);
        results_real(t, "df", row->figures.df);
        results_real(t, "p_value", row->figures.p_value);
        results_real(t, "conf_low", row->figures.conf_low);
        results_real(t, "conf_high", row->figures.conf_high);
        results_real(t, "p_adjusted", row->p_adjusted);
        results_status(t, status_of(row));
    }
    return results_finish(t);
}

static const struct frame *details_frame(const struct comparisons *c, struct arena *keep)
{
    struct results *t =
        results_new("comparison_details", &c->prepared->groups,
                    c->asked->outcomes ? "x x_other y y_other method n n_eff jh jm kh km "
                                         "z_difference z_low z_high status"
                                       : "x x_other y method n n_eff z_difference z_low z_high "
                                         "status",
                    keep);
    for (size_t i = 0; i < c->n; i++) {
        const struct compared *row = &c->row[i];
        identify(t, c, row);
        results_real(t, "n", row->n);
        results_real(t, "n_eff", row->n_eff);
        if (c->asked->outcomes) {
            results_real(t, "jh", row->jh);
            results_real(t, "jm", row->jm);
            results_real(t, "kh", row->kh);
            results_real(t, "km", row->km);
        }
        results_real(t, "z_difference", row->z_difference);
        results_real(t, "z_low", row->z_low);
        results_real(t, "z_high", row->z_high);
        results_status(t, status_of(row));
    }
    return results_finish(t);
}

static const char *titles(const struct comparisons *c, struct arena *keep)
{
    const char *text = "";
    for (size_t i = 0; i < c->n; i++) {
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(c->row[k].title, c->row[i].title) == 0;
        if (known || !c->row[i].symbol)
            continue;
        text = arena_printf(keep, "%s%s%s", text, *text ? ", " : "", c->row[i].title);
        if (strcmp(c->row[i].test, "williams") == 0)
            text = arena_printf(keep, "%s (Steiger 1980)", text);
    }
    return *text ? text : "no test";
}

static const char *note_of(const struct comparisons *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *of = c->asked->outcomes ? "Two Pearson correlations, on respondents with all values"
                                        : "Pearson's r of two scales with one behaviour, on "
                                          "respondents with all three values";
    return arena_printf(
        keep,
        "%s: %s, %s interval of the difference by Zou (2007). p_adjusted: %s over the "
        "non-margin cells x comparisons of one test; all respondents are a family of their own.%s",
        of, titles(c, keep), phrase_level(p->conf_level, keep), p->adjust,
        p->weight_kind == WEIGHT_SAMPLING
            ? " Sampling weights: Kish's effective n stands for n in tests and intervals."
            : "");
}

static const char *check_of(const struct comparisons *c)
{
    if (!c->asked->outcomes)
        return "with(read.csv('tables/comparisons.csv')[1, ], psych::r.test(n, r12 = estimate, "
               "r13 = estimate_other, r23 = between))";
    return "d <- merge(read.csv('tables/comparisons.csv'), "
           "read.csv('tables/comparison_details.csv'))[1, ]; with(d, "
           "cocor::cocor.dep.groups.nonoverlap(estimate, estimate_other, jh, jm, kh, km, n))";
}

void comparisons_tables(const struct comparisons *c, struct report_builder *report,
                        struct arena *keep)
{
    report_add_table(
        report,
        &(struct table){.id = "comparisons",
                        .aside = !c->asked->given,
                        .sheet = "Comparisons",
                        .title = "Which scale goes with behaviour more closely?",
                        .note = note_of(c, keep),
                        .check_r = check_of(c),
                        .check_spss = "CORRELATIONS /VARIABLES=x x_other y /MISSING=LISTWISE. then "
                                      "Williams's t by hand",
                        .frame = comparisons_frame(c, keep)});
    if (c->asked->given)
        report_add_table(
            report,
            &(struct table){.id = "comparison_details",
                            .aside = true,
                            .sheet = "Comparison details",
                            .title = "What the comparisons rest on",
                            .note = "z_*: the difference of Fisher's z with Meng, Rosenthal and "
                                    "Rubin's interval, in their rows. jh, jm, kh, km: the cross "
                                    "correlations of two pairs that share no variable.",
                            .frame = details_frame(c, keep)});
}
