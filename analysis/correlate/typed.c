/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/typed.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "analysis/study/results.h"
#include "analysis/study/variables.h"
#include "models/compare/compare.h"
#include "models/multiple/adjust.h"

enum { MOST_COLUMNS = 7, MOST_METHODS = 16 };

/* One row of the table: its numbers in the order of the kind's columns. */
struct typed_row {
    const char *name;
    double value[MOST_COLUMNS];
};

/* A test of any kind, so that one loop serves all three. */
struct typed_test {
    const char *name, *title;
    bool of_z;
};

/* A kind of comparison as data; its columns, counts before correlations. */
struct typed_kind {
    const char *name, *r_check;
    const char *column[MOST_COLUMNS + 1]; /* NULL-terminated */
    size_t n_counts;
    size_t (*tests)(struct typed_test *test); /* [MOST_METHODS]; gives their number */
    struct comparison (*compare)(size_t test, const double *v, double conf_level);
    size_t first, other; /* the compared correlations in `column` */
    size_t between;      /* r(k, h) of overlapping ones; 0: there is none */
};

/* ---- the kinds ---- */

static size_t overlapping_tests(struct typed_test *test)
{
    for (size_t i = 0; i < n_overlapping_methods; i++)
        test[i] = (struct typed_test){overlapping_methods[i]->name, overlapping_methods[i]->title,
                                      overlapping_methods[i]->of_z};
    return n_overlapping_methods;
}

static struct comparison overlapping_compare(size_t test, const double *v, double conf_level)
{
    const struct overlapping r = {.n = v[0], .jk = v[1], .jh = v[2], .kh = v[3]};
    return compare_overlapping(overlapping_methods[test], &r, conf_level);
}

static size_t non_overlapping_tests(struct typed_test *test)
{
    for (size_t i = 0; i < n_non_overlapping_methods; i++)
        test[i] = (struct typed_test){non_overlapping_methods[i]->name,
                                      non_overlapping_methods[i]->title, false};
    return n_non_overlapping_methods;
}

static struct comparison non_overlapping_compare(size_t test, const double *v, double conf_level)
{
    const struct non_overlapping r = {
        .n = v[0], .jk = v[1], .hm = v[2], .jh = v[3], .jm = v[4], .kh = v[5], .km = v[6]};
    return compare_non_overlapping(non_overlapping_methods[test], &r, conf_level);
}

static size_t independent_tests(struct typed_test *test)
{
    for (size_t i = 0; i < n_independent_methods; i++)
        test[i] =
            (struct typed_test){independent_methods[i]->name, independent_methods[i]->title, false};
    return n_independent_methods;
}

static struct comparison independent_compare(size_t test, const double *v, double conf_level)
{
    const struct independent r = independent_pearson(v[2], v[0], v[3], v[1]);
    return compare_independent(independent_methods[test], &r, conf_level);
}

static const struct typed_kind kinds[] = {
    {"non-overlapping",
     "cocor::cocor.dep.groups.nonoverlap(r.jk, r.hm, r.jh, r.jm, r.kh, r.km, n)",
     {"n", "jk", "hm", "jh", "jm", "kh", "km"},
     1,
     non_overlapping_tests,
     non_overlapping_compare,
     1,
     2,
     0},
    {"overlapping",
     "cocor::cocor.dep.groups.overlap(r.jk, r.jh, r.kh, n)",
     {"n", "jk", "jh", "kh"},
     1,
     overlapping_tests,
     overlapping_compare,
     1,
     2,
     3},
    {"independent",
     "cocor::cocor.indep.groups(r1.jk, r2.hm, n1, n2)",
     {"n1", "n2", "r1", "r2"},
     2,
     independent_tests,
     independent_compare,
     2,
     3,
     0},
};

/* ---- reading ---- */

static bool has_columns(const struct frame *f, const struct typed_kind *kind)
{
    for (size_t i = 0; kind->column[i]; i++)
        if (!frame_column(f, kind->column[i]))
            return false;
    return true;
}

static const struct typed_kind *kind_of(const struct frame *f, struct err *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (has_columns(f, &kinds[i]))
            return &kinds[i];
    err_at(err, ERR_COLUMN,
           &(struct problem){.file = f->file,
                             .what = "does not have the columns of a comparison",
                             .mend = "name them n,jk,jh,kh (r of j with k and with h); "
                                     "n,jk,hm,jh,jm,kh,km; or n1,n2,r1,r2"});
    return NULL;
}

static bool check(const struct frame *f, const char *column, const double *x, bool is_count,
                  struct err *err)
{
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *what = isnan(x[i])                   ? "is missing"
                           : is_count && !(x[i] >= 1)    ? "is no number of observations"
                           : !is_count && fabs(x[i]) > 1 ? "is not in -1..1"
                                                         : NULL;
        if (what)
            return err_at(err, ERR_VALUE,
                          &(struct problem){.file = f->file,
                                            .line = f->line ? f->line[i] : 0,
                                            .column = column,
                                            .value = frame_column(f, column)->as.text[i],
                                            .what = what,
                                            .mend = "a comparison needs every figure of its row"});
    }
    return true;
}

static bool is_of(const struct typed_kind *kind, const char *name)
{
    for (size_t i = 0; kind->column[i]; i++)
        if (strcmp(kind->column[i], name) == 0)
            return true;
    return false;
}

static struct typed_row *read_rows(const struct frame *f, const struct typed_kind *kind,
                                   struct arena *keep, struct err *err)
{
    struct typed_row *row = ARENA_NEW(keep, struct typed_row, f->n_rows);
    const struct column *name = NULL;
    for (size_t j = f->n_cols; j-- > 0;)
        if (!is_of(kind, f->cols[j].name))
            name = &f->cols[j];
    for (size_t j = 0; kind->column[j]; j++) {
        const double *x = variable_numbers(f, kind->column[j], keep, err);
        if (!x || !check(f, kind->column[j], x, j < kind->n_counts, err))
            return NULL;
        for (size_t i = 0; i < f->n_rows; i++)
            row[i].value[j] = x[i];
    }
    for (size_t i = 0; i < f->n_rows; i++)
        row[i].name =
            name && name->as.text[i] ? name->as.text[i] : arena_printf(keep, "%zu", i + 1);
    return row;
}

/* ---- tests ---- */

/* The tests asked for: chosen[i] is an index of the kind's; none asked or all: every one. */
static bool choose(const struct typed_kind *kind, const struct texts *asked, size_t *chosen,
                   size_t *n, struct err *err)
{
    struct typed_test test[MOST_METHODS];
    size_t known = kind->tests(test);
    bool all = asked->n == 0;
    *n = 0;
    for (size_t a = 0; a < asked->n; a++)
        all = all || strcmp(asked->at[a], "all") == 0;
    for (size_t i = 0; all && i < known; i++)
        chosen[(*n)++] = i;
    for (size_t a = 0; !all && a < asked->n; a++) {
        size_t i = 0;
        while (i < known && strcmp(test[i].name, asked->at[a]) != 0)
            i++;
        if (i == known)
            return err_set(err, ERR_USAGE, "--comparison: '%s' is no test of %s correlations",
                           asked->at[a], kind->name);
        chosen[(*n)++] = i;
    }
    return true;
}

/* All comparisons of the table, row by row. */
struct typed_comparisons {
    const struct typed_kind *kind;
    struct typed_test test[MOST_METHODS];
    size_t chosen[MOST_METHODS];
    size_t n_rows, n_tests, zou;
    const struct typed_row *row;
    double conf_level;
    const char *adjust;
};

static double *adjusted(const struct typed_comparisons *t, size_t test, struct arena *keep)
{
    double *p = ARENA_NEW(keep, double, t->n_rows), *out = ARENA_NEW(keep, double, t->n_rows);
    for (size_t i = 0; i < t->n_rows; i++)
        p[i] = t->kind->compare(test, t->row[i].value, t->conf_level).p_value;
    adjust_p_values(adjustment_find(t->adjust), p, t->n_rows, out, keep);
    return out;
}

static void put_row(struct results *r, const struct typed_comparisons *t, size_t row, size_t test,
                    double p_adjusted)
{
    const struct typed_kind *kind = t->kind;
    const double *v = t->row[row].value;
    struct comparison c = kind->compare(test, v, t->conf_level);
    struct comparison zou = kind->compare(t->zou, v, t->conf_level);
    results_row(r, NULL);
    results_text(r, "comparison", t->row[row].name);
    results_text(r, "kind", kind->name);
    results_text(r, "method", t->test[test].name);
    results_real(r, "n", v[0]);
    results_real(r, "n_other", kind->n_counts > 1 ? v[1] : NAN);
    results_real(r, "estimate", v[kind->first]);
    results_real(r, "estimate_other", v[kind->other]);
    results_real(r, "between", kind->between ? v[kind->between] : NAN);
    results_real(r, "difference", c.difference);
    results_real(r, "statistic", c.statistic);
    results_real(r, "df", c.df);
    results_real(r, "p_value", c.p_value);
    results_real(r, "conf_low", zou.conf_low);
    results_real(r, "conf_high", zou.conf_high);
    results_real(r, "p_adjusted", p_adjusted);
    results_status(r, c.status);
}

static const struct frame *comparisons_frame(const struct typed_comparisons *t, struct arena *keep)
{
    struct results *r = results_new("comparisons", NULL,
                                    "comparison kind method n n_other estimate estimate_other "
                                    "between difference statistic df p_value conf_low conf_high "
                                    "p_adjusted status",
                                    keep);
    const double **p = ARENA_NEW(keep, const double *, t->n_tests);
    results_quantity(r, "estimate difference conf_low conf_high", QUANTITY_CORRELATION);
    for (size_t k = 0; k < t->n_tests; k++)
        p[k] = adjusted(t, t->chosen[k], keep);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t k = 0; k < t->n_tests; k++)
            put_row(r, t, i, t->chosen[k], p[k][i]);
    return results_finish(r);
}

static const struct frame *details_frame(const struct typed_comparisons *t, struct arena *keep)
{
    struct results *r =
        results_new("comparison_details", NULL,
                    "comparison kind method z_difference z_low z_high status", keep);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t k = 0; k < t->n_tests; k++) {
            if (!t->test[t->chosen[k]].of_z)
                continue;
            struct comparison c = t->kind->compare(t->chosen[k], t->row[i].value, t->conf_level);
            results_row(r, NULL);
            results_text(r, "comparison", t->row[i].name);
            results_text(r, "kind", t->kind->name);
            results_text(r, "method", t->test[t->chosen[k]].name);
            results_real(r, "z_difference", (c.conf_low + c.conf_high) / 2);
            results_real(r, "z_low", c.conf_low);
            results_real(r, "z_high", c.conf_high);
            results_status(r, c.status);
        }
    return results_finish(r);
}

static void add_tables(const struct typed_comparisons *t, struct report_builder *report,
                       struct arena *keep)
{
    report_add_table(
        report, &(struct table){.id = "comparisons",
                                .sheet = "Comparisons",
                                .title = "Which correlation is the larger one?",
                                .note = arena_printf(
                                    keep,
                                    "Typed correlations, %s; %s interval of the "
                                    "difference by Zou (2007). p_adjusted: %s over the "
                                    "rows of one test.",
                                    t->kind->name, phrase_level(t->conf_level, keep), t->adjust),
                                .check_r = t->kind->r_check,
                                .check_spss = "no command: SPSS compares no typed correlations",
                                .frame = comparisons_frame(t, keep)});
    report_add_table(report, &(struct table){.id = "comparison_details",
                                             .sheet = "Comparison details",
                                             .title = "Intervals of the difference of Fisher's z",
                                             .note = "Meng, Rosenthal and Rubin (1992).",
                                             .frame = details_frame(t, keep)});
}

bool typed_run(const struct job *job, const struct texts *tests, const char *adjust,
               struct report *out, struct err *err)
{
    struct arena *keep = job->keep;
    if (!job->table)
        return err_set(err, ERR_USAGE, "--typed needs a table of correlations, not a study");
    struct report_builder *report = report_builder_new("Typed correlations, compared", keep);
    struct typed_comparisons t = {
        .kind = kind_of(job->table, err),
        .n_rows = job->table->n_rows,
        .conf_level = isnan(job->common->conf_level) ? 0.95 : job->common->conf_level,
        .adjust = adjust ? adjust : "holm"};
    if (!t.kind || !(t.row = read_rows(job->table, t.kind, keep, err)) ||
        !choose(t.kind, tests, t.chosen, &t.n_tests, err))
        return false;
    size_t known = t.kind->tests(t.test);
    while (t.zou < known && strcmp(t.test[t.zou].name, "zou") != 0)
        t.zou++;
    add_tables(&t, report, keep);
    report_finish(report, out);
    return true;
}
