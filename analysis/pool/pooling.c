/* SPDX-License-Identifier: GPL-3.0-or-later
   Sets of effects, each pooled by every method, and the table pooled. */
#include "analysis/pool/pooling.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/base/key_map.h"
#include "models/base/nearest.h"
#include "models/base/workers.h"

/* ---- methods ---- */

static bool settle_methods(struct pooling *p, struct arena *keep, struct err *err)
{
    const struct texts *typed = &p->options->method;
    const char **names = ARENA_NEW(keep, const char *, pool_n_methods);
    const struct pool_method **method = ARENA_NEW(keep, const struct pool_method *, typed->n + 1);
    for (size_t i = 0; i < pool_n_methods; i++)
        names[i] = pool_methods[i]->name;
    for (size_t i = 0; i < typed->n; i++) {
        if (!(method[i] = pool_method(typed->at[i])))
            return err_at(
                err, ERR_USAGE,
                &(struct problem){.column = "--method",
                                  .value = typed->at[i],
                                  .what = "is no method of pooling",
                                  .mend = nearest_mend(typed->at[i], names, pool_n_methods,
                                                       "choose from: ", pool_n_methods, keep)});
        for (size_t k = 0; k < i; k++)
            if (method[k] == method[i])
                return err_at(err, ERR_USAGE,
                              &(struct problem){.column = "--method",
                                                .value = typed->at[i],
                                                .what = "stands twice",
                                                .mend = "name it once"});
    }
    p->n_methods = typed->n ? typed->n : 1;
    if (!typed->n)
        method[0] = &pool_reml;
    p->method = method;
    return true;
}

/* Without --method: REML with Knapp and Hartung's test.  A named method is tested as its
   authors and metafor do, by the normal, unless --knapp-hartung or --test is given. */
static bool settle_test(struct pooling *p, struct err *err)
{
    const struct pooling_options *o = p->options;
    bool plain = o->test && strcmp(o->test, "z") == 0;
    bool floor = o->test && strcmp(o->test, "knapp_hartung_floor") == 0;
    if (plain && o->knapp_hartung)
        return err_set(err, ERR_USAGE, "--knapp-hartung and --test=z contradict each other");
    p->how = (struct pool_options){.conf_level = p->prepared.conf_level,
                                   .knapp_hartung =
                                       o->knapp_hartung || (o->test ? !plain : !o->method.n),
                                   .floor = floor};
    return true;
}

/* ---- sets ---- */

/* Each row's combination of the split columns, numbered in order of arrival. */
struct splits {
    size_t n;
    uint32_t *of;     /* [rows] */
    uint32_t *sample; /* [n] a row of each */
};

static struct splits make_splits(const struct effect_rows *rows, struct arena *keep)
{
    struct splits s = {0, ARENA_NEW(keep, uint32_t, rows->n),
                       ARENA_NEW(keep, uint32_t, rows->n + 1)};
    struct key_map *map = key_map_new(64, keep);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < rows->n; i++) {
        const char *key = "";
        for (size_t j = 0; j < rows->split.n; j++) {
            const char *text = frame_column(rows->frame, rows->split.at[j])->as.text[i];
            key = arena_printf(scratch, "%s\x1f%s", key, text ? text : "");
        }
        bool added;
        s.of[i] = key_map_add(map, key, strlen(key), &added);
        if (added)
            s.sample[s.n++] = (uint32_t)i;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return s;
}

static void set_levels(struct pooling *p, struct pool_set *set, const struct group *g, uint32_t row,
                       struct arena *keep)
{
    const char **level = ARENA_NEW(keep, const char *, p->columns.n_by);
    size_t n_by = p->prepared.groups.n_by;
    for (size_t j = 0; j < n_by; j++)
        level[j] = g->level[j];
    for (size_t j = 0; j < p->rows.split.n; j++) {
        const char *text = frame_column(p->rows.frame, p->rows.split.at[j])->as.text[row];
        level[n_by + j] = text ? text : "";
    }
    set->group = (struct group){.level = level, .margin = g->margin};
}

/* The rows that are ok, as effects. */
static void set_effects(struct pooling *p, struct pool_set *set, const uint32_t *row, size_t n,
                        struct arena *keep)
{
    uint32_t *at = ARENA_NEW(keep, uint32_t, n);
    double *y = ARENA_NEW(keep, double, n), *v = ARENA_NEW(keep, double, n);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(p->rows.status[row[i]], fit_status_word(FIT_OK)) == 0) {
            y[k] = p->rows.y[row[i]];
            v[k] = p->rows.v[row[i]];
            at[k++] = row[i];
        }
    set->group.rows = (struct rows){k, at};
    set->effects = (struct effects){k, y, v};
    set->pooled = ARENA_NEW(keep, struct pooled, p->n_methods);
}

/* The rows of a group, split by split. */
static void group_sets(struct pooling *p, const struct group *g, const struct splits *s,
                       size_t *count, uint32_t *row, struct arena *keep)
{
    for (size_t k = 0; k < s->n; k++)
        count[k] = 0;
    for (size_t i = 0; i < g->rows.n; i++)
        count[s->of[g->rows.at[i]]]++;
    for (size_t k = 0, from = 0; k < s->n; k++) {
        size_t n = count[k];
        count[k] = from;
        from += n;
    }
    for (size_t i = 0; i < g->rows.n; i++)
        row[count[s->of[g->rows.at[i]]]++] = g->rows.at[i];
    for (size_t k = 0, from = 0; k < s->n; from = count[k++]) {
        if (count[k] == from)
            continue;
        struct pool_set *set = &p->set[p->n++];
        set_levels(p, set, g, s->sample[k], keep);
        set_effects(p, set, row + from, count[k] - from, keep);
    }
}

static void make_sets(struct pooling *p, struct arena *keep)
{
    const struct groups *groups = &p->prepared.groups;
    struct splits s = make_splits(&p->rows, keep);
    size_t most = 0;
    for (size_t g = 0; g < groups->n; g++)
        most += groups->at[g].rows.n < s.n ? groups->at[g].rows.n : s.n;
    p->set = ARENA_NEW(keep, struct pool_set, most);
    size_t *count = ARENA_NEW(keep, size_t, s.n);
    uint32_t *row = ARENA_NEW(keep, uint32_t, p->rows.n);
    for (size_t g = 0; g < groups->n; g++)
        group_sets(p, &groups->at[g], &s, count, row, keep);
}

/* The --by columns, then the split ones. */
static void settle_columns(struct pooling *p, struct arena *keep)
{
    const struct groups *by = &p->prepared.groups;
    size_t n = by->n_by + p->rows.split.n;
    const char **name = ARENA_NEW(keep, const char *, n),
               **label = ARENA_NEW(keep, const char *, n);
    for (size_t j = 0; j < by->n_by; j++) {
        name[j] = by->by[j];
        label[j] = by->label[j];
    }
    for (size_t j = 0; j < p->rows.split.n; j++)
        name[by->n_by + j] = label[by->n_by + j] = p->rows.split.at[j];
    p->columns = (struct groups){.n_by = n, .by = name, .label = label};
}

/* ---- computing ---- */

/* The last set, which is the margin of all, is the largest: it goes first. */
static void pool_set(size_t index, void *context)
{
    const struct pooling *p = context;
    struct pool_set *set = &p->set[p->n - 1 - index];
    for (size_t m = 0; m < p->n_methods; m++)
        set->pooled[m] = pool_effects(&set->effects, p->method[m], &p->how);
}

struct pooling *pooling_compute(const struct job *job, const struct pooling_options *o,
                                struct report_builder *report, struct err *err)
{
    struct arena *keep = job->keep;
    struct pooling *p = ARENA_NEW(keep, struct pooling, 1);
    struct texts none = {0};
    struct job kept = *job;
    p->options = o;
    if (!effect_rows_read(job, o, &p->rows, report, err) || !settle_methods(p, keep, err))
        return NULL;
    kept.table = p->rows.frame;
    if (!prepare(&kept, &none, &none, NEED_NONE, false, &p->prepared, report, err) ||
        !settle_test(p, err))
        return NULL;
    settle_columns(p, keep);
    make_sets(p, keep);
    if (p->n == 0)
        report_add_warning(report, "no row is left to pool");
    workers_run(p->n, p->prepared.threads, pool_set, p);
    return p;
}

/* ---- the table ---- */

double pooling_shown(const struct pooling *p, double y)
{
    return p->rows.measure && !isnan(y) ? p->rows.measure->back(y) : y;
}

enum quantity pooling_quantity(const struct pooling *p)
{
    return p->rows.measure ? QUANTITY_CORRELATION : QUANTITY_ESTIMATE;
}

struct results *pooling_table(const struct pooling *p, const char *name, const char *columns,
                              struct arena *keep)
{
    return results_new(name, &p->columns, columns, keep);
}

void pooling_figures(struct results *t, const struct pooling *p, const struct pooled *w)
{
    results_text(t, "method", w->method->name);
    results_whole(t, "k", (int64_t)w->k);
    results_real(t, "estimate", pooling_shown(p, w->estimate));
    results_real(t, "std_error", w->std_error);
    results_real(t, "statistic", w->statistic);
    results_real(t, "df", w->df);
    results_real(t, "p_value", w->p_value);
    results_real(t, "conf_low", pooling_shown(p, w->conf_low));
    results_real(t, "conf_high", pooling_shown(p, w->conf_high));
    results_real(t, "pred_low", pooling_shown(p, w->pred_low));
    results_real(t, "pred_high", pooling_shown(p, w->pred_high));
    results_real(t, "tau2", w->tau2);
    results_real(t, "i2", w->i2);
    results_real(t, "q", w->q);
    results_real(t, "q_df", w->q_df);
    results_real(t, "q_p_value", w->q_p_value);
    results_status(t, w->status);
}

static void pooled_row(struct results *t, const struct pooling *p, const struct pool_set *set,
                       const struct pooled *w)
{
    results_row(t, &set->group);
    pooling_figures(t, p, w);
    results_real(t, "tau2_low", w->tau2_low);
    results_real(t, "tau2_high", w->tau2_high);
    results_real(t, "h2", w->h2);
}

static const char *check_r(const struct pooling *p, struct arena *keep)
{
    return arena_printf(keep,
                        "library(metafor); d <- subset(read.csv('tables/effects.csv'), status == "
                        "'ok'); m <- rma(yi, vi, data = d, method = '%s'%s); m; predict(m%s); "
                        "confint(m)",
                        p->method[0]->name, p->how.knapp_hartung ? ", test = 'knha'" : "",
                        p->rows.measure && p->rows.measure->back == effect_to_correlation
                            ? ", transf = transf.ztor"
                            : "");
}

void pooled_table(const struct pooling *p, struct report_builder *report, struct arena *keep)
{
    struct results *t = pooling_table(
        p, "pooled",
        "method k estimate std_error statistic df p_value conf_low conf_high pred_low "
        "pred_high tau2 tau2_low tau2_high i2 h2 q q_df q_p_value status",
        keep);
    results_quantity(t, "estimate conf_low conf_high pred_low pred_high", pooling_quantity(p));
    for (size_t i = 0; i < p->n; i++)
        for (size_t m = 0; m < p->n_methods; m++)
            pooled_row(t, p, &p->set[i], &p->set[i].pooled[m]);
    const char *scale =
        p->rows.measure
            ? arena_printf(keep, "Pooled as %s%s. ", p->rows.measure->title,
                           p->rows.measure->back == effect_to_correlation
                               ? "; estimate and limits turned back, std_error, statistic and tau2 "
                                 "on the scale of z"
                               : "")
            : "";
    report_add_table(
        report,
        &(struct table){
            .id = "pooled",
            .sheet = "Pooled",
            .title = "The value over all cells, and what a new cell may show",
            .note = arena_printf(keep,
                                 "%s%s, %s intervals. pred_*: where the true value of a new cell "
                                 "would lie. i2 is a share, 0 to 1. Effects are taken to be "
                                 "independent.",
                                 scale,
                                 p->how.knapp_hartung ? "Tests by Knapp and Hartung, t(k - 1)"
                                                      : "Normal tests",
                                 phrase_level(p->how.conf_level, keep)),
            .check_r = check_r(p, keep),
            .check_spss = "META ES CONTINUOUS ... /ESTIMATION METHOD=REML /INFERENCE "
                          "STDERROR=KNAPPHARTUNG (SPSS 28+)",
            .frame = results_finish(t)});
}
