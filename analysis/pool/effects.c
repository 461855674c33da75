/* SPDX-License-Identifier: GPL-3.0-or-later
   The tables of single effects: effects, leave_one_out, small_study. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "analysis/pool/pooling.h"
#include "analysis/study/phrases.h"
#include "models/base/workers.h"
#include "models/meta/small_study.h"

/* ---- effects ---- */

/* Every row's set and its share of the weight there: the sets without a margin hold each
   row at most once. */
struct places {
    const struct pool_set **set; /* [rows] NULL: in none */
    double *weight;
};

static struct places places_of(const struct pooling *p, struct arena *keep)
{
    struct places at = {ARENA_NEW(keep, const struct pool_set *, p->rows.n),
                        ARENA_NEW(keep, double, p->rows.n)};
    for (size_t i = 0; i < p->rows.n; i++)
        at.weight[i] = NAN;
    for (size_t s = 0; s < p->n; s++) {
        const struct pool_set *set = &p->set[s];
        double tau2 = set->pooled[0].tau2, sum = 0;
        if (set->group.margin)
            continue;
        for (size_t i = 0; i < set->effects.k; i++)
            sum += 1 / (set->effects.v[i] + (tau2 > 0 ? tau2 : 0));
        for (size_t i = 0; i < set->effects.k; i++) {
            at.set[set->group.rows.at[i]] = set;
            at.weight[set->group.rows.at[i]] =
                1 / (set->effects.v[i] + (tau2 > 0 ? tau2 : 0)) / sum;
        }
    }
    return at;
}

/* The row's own levels: its set may lack it, where it has no value. */
static const char **row_levels(const struct pooling *p, size_t row, struct arena *keep)
{
    const char **level = ARENA_NEW(keep, const char *, p->columns.n_by);
    for (size_t j = 0; j < p->columns.n_by; j++) {
        const char *text = frame_column(p->rows.frame, p->columns.by[j])->as.text[row];
        level[j] = text ? text : "";
    }
    return level;
}

void effects_table(const struct pooling *p, struct report_builder *report, struct arena *keep)
{
    const struct effect_rows *rows = &p->rows;
    struct results *t = pooling_table(
        p, "effects", "effect n estimate conf_low conf_high yi vi pool_weight status", keep);
    double c = gsl_cdf_ugaussian_Qinv((1 - p->how.conf_level) / 2);
    struct places at = places_of(p, keep);
    results_quantity(t, "estimate conf_low conf_high", pooling_quantity(p));
    for (size_t i = 0; i < rows->n; i++) {
        double half = c * sqrt(rows->v[i]);
        bool typed =
            rows->r && (isnan(rows->y[i]) || rows->measure != effect_measure("r_unbiased"));
        results_row(t, &(struct group){.level = row_levels(p, i, keep)});
        results_text(t, "effect", rows->label[i]);
        if (rows->size)
            results_real(t, "n", rows->size[i]);
        results_real(t, "estimate", typed ? rows->r[i] : pooling_shown(p, rows->y[i]));
        results_real(t, "conf_low", pooling_shown(p, rows->y[i] - half));
        results_real(t, "conf_high", pooling_shown(p, rows->y[i] + half));
        results_real(t, "yi", rows->y[i]);
        results_real(t, "vi", rows->v[i]);
        results_real(t, "pool_weight", at.weight[i]);
        results_text(t, "status", rows->status[i]);
    }
    report_add_table(
        report, &(struct table){
                    .id = "effects",
                    .sheet = "Effects",
                    .title = "What was pooled",
                    .note = arena_printf(keep,
                                         "%s intervals by the normal. yi and vi: the effect "
                                         "and its variance on the scale of pooling. Rows whose "
                                         "status is not ok are not pooled. Weights: %s.",
                                         phrase_level(p->how.conf_level, keep), p->method[0]->name),
                    .check_r = "library(metafor); d <- read.csv('tables/effects.csv'); "
                               "summary(rma(yi, vi, data = subset(d, status == 'ok')))",
                    .frame = results_finish(t)});
}

/* ---- leave one out ---- */

/* More effects in a set say nothing one by one, and would take their square in time. */
enum { MOST_TO_LEAVE = 1000 };

struct leaving {
    const struct pooling *p;
    struct pooled **without; /* [sets][k * n_methods] */
};

static void leave_each(size_t index, void *context)
{
    const struct leaving *l = context;
    const struct pooling *p = l->p;
    const struct effects *e = &p->set[index].effects;
    if (e->k > MOST_TO_LEAVE)
        return;
    struct arena *scratch = arena_new();
    double *y = ARENA_NEW(scratch, double, e->k), *v = ARENA_NEW(scratch, double, e->k);
    for (size_t i = 0; i < e->k; i++) {
        struct effects rest = {0, y, v};
        for (size_t j = 0; j < e->k; j++)
            if (j != i) {
                y[rest.k] = e->y[j];
                v[rest.k++] = e->v[j];
            }
        for (size_t m = 0; m < p->n_methods; m++)
            l->without[index][i * p->n_methods + m] = pool_effects(&rest, p->method[m], &p->how);
    }
    arena_free(scratch);
}

static void leave_row(struct results *t, const struct pooling *p, const struct pool_set *set,
                      size_t i, const struct pooled *w)
{
    results_row(t, &set->group);
    results_text(t, "effect", p->rows.label[set->group.rows.at[i]]);
    results_text(t, "method", w->method->name);
    results_whole(t, "k", (int64_t)w->k);
    results_real(t, "estimate", pooling_shown(p, w->estimate));
    results_real(t, "std_error", w->std_error);
    results_real(t, "statistic", w->statistic);
    results_real(t, "p_value", w->p_value);
    results_real(t, "conf_low", pooling_shown(p, w->conf_low));
    results_real(t, "conf_high", pooling_shown(p, w->conf_high));
    results_real(t, "tau2", w->tau2);
    results_real(t, "i2", w->i2);
    results_real(t, "h2", w->h2);
    results_real(t, "q", w->q);
    results_real(t, "q_p_value", w->q_p_value);
    results_status(t, w->status);
}

void leave_one_out_table(const struct pooling *p, struct report_builder *report, struct arena *keep)
{
    struct leaving l = {p, ARENA_NEW(keep, struct pooled *, p->n)};
    struct results *t = pooling_table(p, "leave_one_out",
                                      "effect method k estimate std_error statistic p_value "
                                      "conf_low conf_high tau2 i2 h2 q q_p_value status",
                                      keep);
    results_quantity(t, "estimate conf_low conf_high", pooling_quantity(p));
    for (size_t s = 0; s < p->n; s++)
        l.without[s] = ARENA_NEW(keep, struct pooled, p->set[s].effects.k * p->n_methods);
    workers_run(p->n, p->prepared.threads, leave_each, &l);
    for (size_t s = 0; s < p->n; s++)
        for (size_t i = 0; i < p->set[s].effects.k && p->set[s].effects.k <= MOST_TO_LEAVE; i++)
            for (size_t m = 0; m < p->n_methods; m++)
                leave_row(t, p, &p->set[s], i, &l.without[s][i * p->n_methods + m]);
    report_add_table(
        report,
        &(struct table){.id = "leave_one_out",
                        .sheet = "Leave one out",
                        .title = "What each effect does to the pooled value",
                        .note = "Each row is the pooled value without that effect. Sets of over "
                                "1,000 effects are not gone through.",
                        .check_r = "leave1out(m), with m of the table pooled",
                        .frame = results_finish(t)});
}

/* ---- small studies ---- */

static void asymmetry_row(struct results *t, const struct pool_set *set, const char *test,
                          const struct asymmetry *a)
{
    results_row(t, &set->group);
    results_text(t, "test", test);
    results_whole(t, "k", (int64_t)a->k);
    results_real(t, "estimate", a->estimate);
    results_real(t, "std_error", a->std_error);
    results_real(t, "statistic", a->statistic);
    results_real(t, "df", a->df);
    results_real(t, "p_value", a->p_value);
    results_real(t, "limit", a->limit);
    results_real(t, "limit_low", a->limit_low);
    results_real(t, "limit_high", a->limit_high);
    results_status(t, a->status);
}

void small_study_table(const struct pooling *p, struct report_builder *report, struct arena *keep)
{
    struct results *t = pooling_table(p, "small_study",
                                      "test k estimate std_error statistic df p_value limit "
                                      "limit_low limit_high status",
                                      keep);
    for (size_t s = 0; s < p->n; s++) {
        const struct effects *e = &p->set[s].effects;
        struct arena *scratch = arena_new();
        for (size_t i = 0; i < n_asymmetry_tests; i++) {
            struct asymmetry a;
            asymmetry_tests[i]->run(e, p->method[0], p->how.conf_level, &a, scratch);
            a.limit = pooling_shown(p, a.limit);
            a.limit_low = pooling_shown(p, a.limit_low);
            a.limit_high = pooling_shown(p, a.limit_high);
            asymmetry_row(t, &p->set[s], asymmetry_tests[i]->name, &a);
        }
        results_row(t, &p->set[s].group);
        results_text(t, "test", "fail_safe_n");
        results_whole(t, "k", (int64_t)e->k);
        results_real(t, "estimate", fail_safe_number(e));
        results_status(t, e->k ? FIT_OK : FIT_TOO_FEW);
        arena_free(scratch);
    }
    report_add_table(
        report,
        &(struct table){
            .id = "small_study",
            .sheet = "Small studies",
            .title = "Do small studies show other effects than large ones?",
            .note = arena_printf(keep,
                                 "egger: slope of the effects on their standard errors in the "
                                 "random-effects model (%s), z test; egger_regression: weighted "
                                 "regression, t test; limit: the effect at a standard error of 0; "
                                 "begg: Kendall's tau; trim_and_fill: how many effects are "
                                 "filled in, limit: the pooled value with them; fail_safe_n: "
                                 "Rosenthal's, weak. Asymmetry "
                                 "has other causes than missing studies. Below ten effects these "
                                 "tests see little.",
                                 p->method[0]->name),
            .check_r = "regtest(m); regtest(m, model = 'lm'); ranktest(m); fsn(yi, vi, data = d)",
            .frame = results_finish(t)});
}
