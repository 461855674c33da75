/* SPDX-License-Identifier: GPL-3.0-or-later
   Meta-regression and the comparison of subgroups: the tables moderators, moderation,
   subgroups and differences. */
#include "analysis/pool/moderators.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "analysis/study/variables.h"

/* ---- moderators as columns ---- */

enum { MOST_LEVELS = 200 };

static bool typed_levels(const struct job *job, struct moderator *m, struct arena *keep)
{
    size_t length = strlen(m->name);
    for (size_t i = 0; i < job->common->levels.n; i++) {
        const char *typed = job->common->levels.at[i];
        if (strncmp(typed, m->name, length) != 0 || typed[length] != ':')
            continue;
        const char **level = ARENA_NEW(keep, const char *, strlen(typed));
        for (const char *p = typed + length + 1; *p; p += *p == ',') {
            size_t n = strcspn(p, ",");
            level[m->n_levels++] = arena_strndup(keep, p, n);
            p += n;
        }
        m->level = level;
        return true;
    }
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sorted_levels(const struct column *c, size_t n, struct moderator *m, struct arena *keep)
{
    const char **all = ARENA_NEW(keep, const char *, n);
    size_t present = 0;
    for (size_t i = 0; i < n; i++)
        if (c->as.text[i])
            all[present++] = c->as.text[i];
    qsort(all, present, sizeof *all, by_bytes);
    for (size_t i = 0; i < present; i++)
        if (m->n_levels == 0 || strcmp(all[m->n_levels - 1], all[i]) != 0)
            all[m->n_levels++] = all[i];
    m->level = all;
}

static bool place_levels(const struct frame *f, const struct column *c, struct moderator *m,
                         struct arena *keep, struct err *err)
{
    m->at = ARENA_NEW(keep, int32_t, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++) {
        m->at[i] = -1;
        for (size_t k = 0; c->as.text[i] && k < m->n_levels; k++)
            if (strcmp(c->as.text[i], m->level[k]) == 0)
                m->at[i] = (int32_t)k;
        if (c->as.text[i] && strcmp(c->as.text[i], "NA") != 0 && m->at[i] < 0)
            return err_at(err, ERR_VALUE,
                          &(struct problem){.file = f->file,
                                            .line = f->line ? f->line[i] : 0,
                                            .column = c->name,
                                            .value = c->as.text[i],
                                            .what = "is not among the declared levels",
                                            .mend = "add it to --levels"});
    }
    return true;
}

bool moderator_read(const struct pooling *p, const struct job *job, const char *name, bool factor,
                    struct moderator *m, struct err *err)
{
    const struct frame *f = p->rows.frame;
    const struct column *c = variable_column(f, name, job->keep, err);
    *m = (struct moderator){.name = name};
    if (!c)
        return false;
    if (!factor && !column_has_text(c, f->n_rows))
        return (m->number = variable_numbers(f, name, job->keep, err)) != NULL;
    if (!typed_levels(job, m, job->keep))
        sorted_levels(c, f->n_rows, m, job->keep);
    if (m->n_levels > MOST_LEVELS)
        return err_at(
            err, ERR_COLUMN,
            &(struct problem){.file = f->file,
                              .column = name,
                              .what = arena_printf(job->keep, "has %zu levels", m->n_levels),
                              .mend = "is it a column of ids? --by pools each of them"});
    return place_levels(f, c, m, job->keep, err);
}

/* ---- the regression of a set ---- */

static bool is_missing(const struct moderator *m, uint32_t row)
{
    return m->number ? isnan(m->number[row]) : m->at[row] < 0;
}

/* The rows with all moderators. */
static void complete(const struct pool_set *set, const struct moderator *m, size_t n,
                     struct moderated *d, struct arena *keep)
{
    double *y = ARENA_NEW(keep, double, set->effects.k),
           *v = ARENA_NEW(keep, double, set->effects.k);
    d->row = ARENA_NEW(keep, uint32_t, set->effects.k);
    for (size_t i = 0; i < set->effects.k; i++) {
        bool whole = true;
        for (size_t j = 0; j < n; j++)
            whole &= !is_missing(&m[j], set->group.rows.at[i]);
        if (!whole)
            continue;
        y[d->k] = set->effects.y[i];
        v[d->k] = set->effects.v[i];
        d->row[d->k++] = set->group.rows.at[i];
    }
    d->effects = (struct effects){d->k, y, v};
}

static double *add_column(struct moderated *d, const char *term)
{
    d->term[d->p] = term;
    return d->x + d->p++ * d->k;
}

/* Levels that the set lacks have no column; the first that it has is the reference. */
static void add_levels(struct moderated *d, const struct moderator *m, struct arena *keep)
{
    bool reference = true;
    for (size_t level = 0; level < m->n_levels; level++) {
        bool present = false;
        for (size_t i = 0; i < d->k; i++)
            present |= m->at[d->row[i]] == (int32_t)level;
        if (present && !reference) {
            double *x = add_column(d, arena_printf(keep, "%s%s", m->name, m->level[level]));
            for (size_t i = 0; i < d->k; i++)
                x[i] = m->at[d->row[i]] == (int32_t)level;
        }
        reference = reference && !present;
    }
}

struct moderated moderated_of(const struct pool_set *set, const struct moderator *m, size_t n,
                              struct arena *keep)
{
    struct moderated d = {0};
    size_t most = 1;
    complete(set, m, n, &d, keep);
    for (size_t j = 0; j < n; j++)
        most += m[j].number ? 1 : m[j].n_levels;
    d.x = ARENA_NEW(keep, double, most *d.k);
    d.term = ARENA_NEW(keep, const char *, most);
    double *one = add_column(&d, "(Intercept)");
    for (size_t i = 0; i < d.k; i++)
        one[i] = 1;
    for (size_t j = 0; j < n; j++)
        if (m[j].number) {
            double *x = add_column(&d, m[j].name);
            for (size_t i = 0; i < d.k; i++)
                x[i] = m[j].number[d.row[i]];
        } else {
            add_levels(&d, &m[j], keep);
        }
    return d;
}

/* ---- tables ---- */

static void term_rows(struct results *t, const struct pool_set *set, const struct moderated *d,
                      const struct meta_regression *m)
{
    for (size_t j = 0; j < m->p; j++) {
        results_row(t, &set->group);
        results_text(t, "method", m->method->name);
        results_text(t, "term", d->term[j]);
        results_real(t, "estimate", m->estimate[j]);
        results_real(t, "std_error", m->std_error[j]);
        results_real(t, "statistic", m->statistic[j]);
        results_real(t, "df", m->df);
        results_real(t, "p_value", m->p_value[j]);
        results_real(t, "conf_low", m->conf_low[j]);
        results_real(t, "conf_high", m->conf_high[j]);
        results_status(t, m->status);
    }
}

static void model_row(struct results *t, const struct pool_set *set,
                      const struct meta_regression *m)
{
    results_row(t, &set->group);
    results_text(t, "method", m->method->name);
    results_whole(t, "k", (int64_t)m->k);
    results_real(t, "tau2", m->tau2);
    results_real(t, "tau2_low", m->tau2_low);
    results_real(t, "tau2_high", m->tau2_high);
    results_real(t, "i2", m->i2);
    results_real(t, "h2", m->h2);
    results_real(t, "r_squared", m->r_squared);
    results_real(t, "qm", m->qm);
    results_real(t, "qm_df", m->qm_df);
    results_real(t, "qm_df_residual", m->qm_df_residual);
    results_real(t, "qm_p_value", m->qm_p_value);
    results_real(t, "qe", m->qe);
    results_real(t, "qe_df", m->qe_df);
    results_real(t, "qe_p_value", m->qe_p_value);
    results_status(t, m->status);
}

static void add_tables(const struct pooling *p, struct results *terms, struct results *models,
                       struct report_builder *report, struct arena *keep)
{
    const char *formula = "";
    for (size_t j = 0; j < p->options->moderators.n; j++)
        formula =
            arena_printf(keep, "%s%s%s", formula, j ? " + " : "", p->options->moderators.at[j]);
    const char *check =
        arena_printf(keep,
                     "library(metafor); rma(yi, vi, mods = ~ %s, data = d, "
                     "method = '%s'%s)",
                     formula, p->method[0]->name, p->how.knapp_hartung ? ", test = 'knha'" : "");
    report_add_table(
        report,
        &(struct table){.id = "moderators",
                        .sheet = "Moderators",
                        .title = "What the effects go with",
                        .note = p->rows.measure
                                    ? "Meta-regression on the scale of pooling (yi of the table "
                                      "effects): not turned back. Text columns are compared with "
                                      "their first level."
                                    : "Meta-regression. Text columns are compared with their first "
                                      "level.",
                        .check_r = check,
                        .frame = results_finish(terms)});
    report_add_table(
        report,
        &(struct table){.id = "moderation",
                        .sheet = "Moderation",
                        .title = "How much of the differences the moderators explain",
                        .note = "qm: all moderators together, chi-square, or F under Knapp and "
                                "Hartung; qe: what they leave. r_squared: share of tau2 explained.",
                        .check_r = check,
                        .frame = results_finish(models)});
}

bool moderators_tables(const struct pooling *p, const struct job *job,
                       struct report_builder *report, struct err *err)
{
    const struct texts *names = &p->options->moderators;
    struct moderator *m = ARENA_NEW(job->keep, struct moderator, names->n);
    for (size_t j = 0; j < names->n; j++)
        if (!moderator_read(p, job, names->at[j], false, &m[j], err))
            return false;
    struct results *terms = pooling_table(p, "moderators",
                                          "method term estimate std_error statistic df p_value "
                                          "conf_low conf_high status",
                                          job->keep);
    struct results *models = pooling_table(p, "moderation",
                                           "method k tau2 tau2_low tau2_high i2 h2 r_squared qm "
                                           "qm_df qm_df_residual qm_p_value qe qe_df qe_p_value "
                                           "status",
                                           job->keep);
    for (size_t s = 0; s < p->n; s++) {
        struct arena *scratch = arena_new();
        struct moderated d = moderated_of(&p->set[s], m, names->n, scratch);
        for (size_t i = 0; i < p->n_methods; i++) {
            struct meta_regression fit;
            meta_regression_fit(&d.effects, d.x, d.p, p->method[i], &p->how, &fit, scratch);
            term_rows(terms, &p->set[s], &d, &fit);
            model_row(models, &p->set[s], &fit);
        }
        arena_free(scratch);
    }
    add_tables(p, terms, models, report, job->keep);
    return true;
}
