/* SPDX-License-Identifier: GPL-3.0-or-later
   Do subgroups of effects differ?  The tables subgroups and differences. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "analysis/pool/moderators.h"
#include "analysis/study/phrases.h"

/* More levels, or sets, are in the tables only. */
enum { MOST_LEVELS_SAID = 4, MOST_SETS_SAID = 4 };

static struct effects level_effects(const struct moderated *d, const struct moderator *m,
                                    size_t level, struct arena *keep)
{
    double *y = ARENA_NEW(keep, double, d->k), *v = ARENA_NEW(keep, double, d->k);
    struct effects e = {0, y, v};
    for (size_t i = 0; i < d->k; i++)
        if (m->at[d->row[i]] == (int32_t)level) {
            y[e.k] = d->effects.y[i];
            v[e.k++] = d->effects.v[i];
        }
    return e;
}

static void level_row(struct results *t, const struct pooling *p, const struct pool_set *set,
                      const char *level, const struct pooled *w)
{
    results_row(t, &set->group);
    results_text(t, "level", level);
    pooling_figures(t, p, w);
}

/* One row of the table differences. */
struct difference {
    const char *variances, *comparison;
    size_t k;
    double estimate, std_error, statistic, df, p_value, conf_low, conf_high;
    double qm, qm_df, qm_df_residual, qm_p_value;
    enum fit_status status;
};

static const struct difference no_difference = {
    .estimate = NAN,
    .std_error = NAN,
    .statistic = NAN,
    .df = NAN,
    .p_value = NAN,
    .conf_low = NAN,
    .conf_high = NAN,
    .qm = NAN,
    .qm_df = NAN,
    .qm_df_residual = NAN,
    .qm_p_value = NAN,
    .status = FIT_TOO_FEW,
};

static void difference_row(struct results *t, const struct pool_set *set,
                           const struct pool_method *method, const struct difference *d)
{
    results_row(t, &set->group);
    results_text(t, "method", method->name);
    results_text(t, "variances", d->variances);
    if (d->comparison)
        results_text(t, "comparison", d->comparison);
    results_whole(t, "k", (int64_t)d->k);
    results_real(t, "estimate", d->estimate);
    results_real(t, "std_error", d->std_error);
    results_real(t, "statistic", d->statistic);
    results_real(t, "df", d->df);
    results_real(t, "p_value", d->p_value);
    results_real(t, "conf_low", d->conf_low);
    results_real(t, "conf_high", d->conf_high);
    results_real(t, "qm", d->qm);
    results_real(t, "qm_df", d->qm_df);
    results_real(t, "qm_df_residual", d->qm_df_residual);
    results_real(t, "qm_p_value", d->qm_p_value);
    results_status(t, d->status);
}

/* The subgroups' own pooled values as independent estimates with their model-based
   standard errors (Knapp and Hartung's have no normal test): Q between them (Borenstein, Hedges,
   Higgins & Rothstein 2009, Introduction to Meta-Analysis, ch. 19). */
static struct difference separate(const struct pooled *level, size_t n, size_t k, double conf_level,
                                  struct arena *scratch)
{
    struct difference d = no_difference;
    double *y = ARENA_NEW(scratch, double, n), *v = ARENA_NEW(scratch, double, n);
    d.variances = "separate";
    d.k = k;
    for (size_t i = 0; i < n; i++) {
        y[i] = level[i].estimate;
        v[i] = level[i].std_error * level[i].std_error;
        if (!(v[i] > 0))
            return d;
    }
    struct pooled all = pool_effects(&(struct effects){n, y, v}, &pool_fe,
                                     &(struct pool_options){.conf_level = conf_level});
    if (n < 2)
        return d;
    d.status = all.status;
    d.qm = all.q;
    d.qm_df = all.q_df;
    d.qm_p_value = all.q_p_value;
    if (n > 2)
        return d;
    double c = gsl_cdf_ugaussian_Qinv((1 - conf_level) / 2);
    d.estimate = y[1] - y[0];
    d.std_error = sqrt(v[0] + v[1]);
    d.statistic = d.estimate / d.std_error;
    d.p_value = 2 * gsl_cdf_ugaussian_Q(fabs(d.statistic));
    d.conf_low = d.estimate - c * d.std_error;
    d.conf_high = d.estimate + c * d.std_error;
    return d;
}

/* Meta-regression on the levels: one tau2 for all. */
static struct difference common(const struct pooling *p, const struct moderated *m,
                                const struct pool_method *method, struct arena *scratch)
{
    struct difference d = no_difference;
    struct meta_regression fit;
    d.variances = "common";
    d.k = m->k;
    if (m->p < 2)
        return d;
    meta_regression_fit(&m->effects, m->x, m->p, method, &p->how, &fit, scratch);
    d.status = fit.status;
    d.qm = fit.qm;
    d.qm_df = fit.qm_df;
    d.qm_df_residual = fit.qm_df_residual;
    d.qm_p_value = fit.qm_p_value;
    if (m->p > 2)
        return d;
    d.estimate = fit.estimate[1];
    d.std_error = fit.std_error[1];
    d.statistic = fit.statistic[1];
    d.df = fit.df;
    d.p_value = fit.p_value[1];
    d.conf_low = fit.conf_low[1];
    d.conf_high = fit.conf_high[1];
    return d;
}

/* "all effects by outcome: behaviour 0.33 over 6 effects, intention 0.51 over 7; they differ (p =
 * .003)." */
static void add_line(const struct pooling *p, const struct pool_set *set, const struct moderator *m,
                     const char *const name[], const struct pooled *level, size_t n,
                     const struct difference *test, struct report_builder *report,
                     struct arena *scratch)
{
    const char *(*number)(double, struct arena *) = p->rows.measure ? phrase_r : phrase_number;
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text = arena_printf(scratch, "%s%s%s %s over %zu%s", text, i ? ", " : "", name[i],
                            number(pooling_shown(p, level[i].estimate), scratch), level[i].k,
                            i ? "" : " effects");
    const char *found = isnan(test->qm_p_value) ? "no test of their difference"
                        : test->qm_p_value < 1 - p->how.conf_level
                            ? "they differ"
                            : "it cannot be told whether they differ";
    const char *why = isnan(test->qm_p_value) ? fit_status_word(test->status)
                                              : phrase_p(test->qm_p_value, scratch);
    report_add_line(report, "%s by %s: %s; %s (%s).", pooling_title(p, set, scratch), m->name, text,
                    found, why);
}

/* A set's subgroups, and how they differ, by one method; the first one's in a sentence. */
static void compare(const struct pooling *p, const struct pool_set *set, const struct moderator *m,
                    const struct pool_method *method, struct results *levels,
                    struct results *differences, struct report_builder *report,
                    struct arena *scratch)
{
    struct moderated d = moderated_of(set, m, 1, scratch);
    struct pooled *level = ARENA_NEW(scratch, struct pooled, m->n_levels);
    const char **name = ARENA_NEW(scratch, const char *, m->n_levels);
    size_t n = 0;
    for (size_t i = 0; i < m->n_levels; i++) {
        struct effects e = level_effects(&d, m, i, scratch);
        if (e.k == 0)
            continue;
        name[n] = m->level[i];
        struct pooled shown = pool_effects(&e, method, &p->how);
        level_row(levels, p, set, m->level[i], &shown);
        level[n++] =
            pool_effects(&e, method, &(struct pool_options){.conf_level = p->how.conf_level});
    }
    struct difference row[] = {separate(level, n, d.k, p->how.conf_level, scratch),
                               common(p, &d, method, scratch)};
    for (size_t i = 0; i < 2; i++) {
        if (n == 2)
            row[i].comparison = arena_printf(scratch, "%s - %s", name[1], name[0]);
        difference_row(differences, set, method, &row[i]);
    }
    bool first = method == p->method[0] && set - p->set < MOST_SETS_SAID;
    if (first && n > 1 && n <= MOST_LEVELS_SAID)
        add_line(p, set, m, name, level, n, &row[1], report, scratch);
}

static void add_tables(const struct pooling *p, struct results *levels, struct results *differences,
                       struct report_builder *report, struct arena *keep)
{
    report_add_table(report,
                     &(struct table){.id = "subgroups",
                                     .sheet = "Subgroups",
                                     .title = "The pooled value of each subgroup",
                                     .note = "Each subgroup with a tau2 of its own.",
                                     .check_r = "library(metafor); rma(yi, vi, data = d, subset = "
                                                "level == '...')",
                                     .frame = results_finish(levels)});
    report_add_table(
        report,
        &(struct table){
            .id = "differences",
            .sheet = "Differences",
            .title = "Do the subgroups differ?",
            .note = arena_printf(
                keep,
                "%svariances separate: each subgroup's own tau2, normal test with "
                "model-based standard errors; common: meta-regression with one tau2, %s. With two "
                "levels the estimate "
                "is their difference. Subgroups are taken to be independent: two outcomes of the "
                "same respondents are not, and where they go together the test is too cautious.",
                p->rows.measure ? "Differences are on the scale of pooling. " : "",
                p->how.knapp_hartung ? "tested by Knapp and Hartung" : "normal test"),
            .check_r = "library(metafor); rma(yi, vi, mods = ~ level, data = d)",
            .frame = results_finish(differences)});
}

bool differences_tables(const struct pooling *p, const struct job *job,
                        struct report_builder *report, struct err *err)
{
    struct moderator m;
    struct arena *keep = job->keep;
    if (!moderator_read(p, job, p->options->difference, true, &m, err))
        return false;
    struct results *levels =
        pooling_table(p, "subgroups",
                      "level method k estimate std_error statistic df p_value conf_low conf_high "
                      "pred_low pred_high tau2 i2 q q_df q_p_value status",
                      keep);
    struct results *differences =
        pooling_table(p, "differences",
                      "method variances comparison k estimate std_error statistic df p_value "
                      "conf_low conf_high qm qm_df qm_df_residual qm_p_value status",
                      keep);
    results_quantity(levels, "estimate conf_low conf_high pred_low pred_high", pooling_quantity(p));
    for (size_t s = 0; s < p->n; s++)
        for (size_t i = 0; i < p->n_methods; i++) {
            struct arena *scratch = arena_new();
            compare(p, &p->set[s], &m, p->method[i], levels, differences, report, scratch);
            arena_free(scratch);
        }
    add_tables(p, levels, differences, report, keep);
    return true;
}
