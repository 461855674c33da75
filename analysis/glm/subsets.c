/* SPDX-License-Identifier: GPL-3.0-or-later
   Which terms make the best model of each size: the table `subsets`. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/glm/choices.h"
#include "analysis/study/phrases.h"
#include "models/base/rng.h"
#include "models/curve/validation.h"

/* ---- criteria ---- */

struct criterion {
    const char *name, *title;
    double sign; /* -1: more is better */
    double (*value)(const struct subset_model *m);
};

static double cp_of(const struct subset_model *m)
{
    return m->cp;
}
static double aicc_of(const struct subset_model *m)
{
    return m->aicc;
}
static double bic_of(const struct subset_model *m)
{
    return m->bic;
}
static double adjusted_of(const struct subset_model *m)
{
    return m->adj_r_squared;
}
static double validated_of(const struct subset_model *m)
{
    return m->cv_selected;
}

static const struct criterion criteria[] = {
    {"aicc", "AICc", 1, aicc_of},
    {"bic", "BIC", 1, bic_of},
    {"cp", "Mallows's Cp", 1, cp_of},
    {"adj_r_squared", "adjusted R\u00b2", -1, adjusted_of},
    {"cv", "cross-validation", 1, validated_of},
};
enum { N_CRITERIA = sizeof criteria / sizeof *criteria };

/* The best by a criterion; NULL where none has it. */
static const struct subset_model *best_by(const struct subset_table *t, const struct criterion *c)
{
    const struct subset_model *best = NULL;
    for (size_t i = 0; i < t->n; i++) {
        double value = c->sign * c->value(&t->model[i]);
        if (!isnan(value) && (!best || value < c->sign * c->value(best)))
            best = &t->model[i];
    }
    return best;
}

/* "aicc bic": what this subset is the best by. */
static const char *best_text(const struct subset_table *t, const struct subset_model *m,
                             struct arena *keep)
{
    const char *text = "";
    for (size_t c = 0; c < N_CRITERIA; c++)
        if (best_by(t, &criteria[c]) == m)
            text = arena_printf(keep, "%s%s%s", text, *text ? " " : "", criteria[c].name);
    return text;
}

/* ---- folds ---- */

struct named_row {
    uint64_t hash;
    size_t row;
};

static int by_hash(const void *a, const void *b)
{
    const struct named_row *x = a, *y = b;
    return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1)
                              : (x->row > y->row) - (x->row < y->row);
}

/* Names of rows by their values, and among equal rows by a number: the order does not count. */
static uint64_t *names_by_values(const struct regression_cell *cell, struct arena *keep)
{
    const struct design *d = &cell->design;
    struct named_row *row = ARENA_NEW(keep, struct named_row, d->n);
    uint64_t *name = ARENA_NEW(keep, uint64_t, d->n), number = 0, bits;
    for (size_t i = 0; i < d->n; i++) {
        memcpy(&bits, &d->y[i], sizeof bits);
        row[i] = (struct named_row){bits, i};
        for (size_t j = 0; j < d->p; j++) {
            memcpy(&bits, &d->x[i * d->p + j], sizeof bits);
            row[i].hash = rng_mix(row[i].hash, bits);
        }
    }
    qsort(row, d->n, sizeof *row, by_hash);
    for (size_t i = 0; i < d->n; i++) {
        number = i > 0 && row[i].hash == row[i - 1].hash ? number + 1 : 0;
        name[row[i].row] = rng_mix(row[i].hash, number);
    }
    return name;
}

/* The study's respondents: the frame's rows in the order of its responses. */
static uint64_t *names_by_customers(const struct regressions *r, const struct regression_cell *cell,
                                    struct arena *keep)
{
    const struct join *j = r->prepared->join;
    uint64_t *all = ARENA_NEW(keep, uint64_t, r->prepared->frame->n_rows);
    uint64_t *name = ARENA_NEW(keep, uint64_t, cell->design.n);
    size_t n = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        if (j->fate[i] == FATE_STUDY)
            all[n++] = customer_hash(j->responses.at[i].joined);
    for (size_t i = 0; i < cell->design.n; i++)
        name[i] = all[cell->design.row[i]];
    return name;
}

/* Clusters stay together, of two kinds the first. */
static uint64_t *names_by_clusters(const struct regression_cell *cell, struct arena *keep)
{
    uint64_t *name = ARENA_NEW(keep, uint64_t, cell->design.n);
    for (size_t i = 0; i < cell->design.n; i++)
        name[i] = cell->clusters.code[0][i];
    return name;
}

static const uint32_t *folds_of(const struct regressions *r, const struct regression_cell *cell,
                                size_t n_folds, struct arena *keep)
{
    if (n_folds == 0)
        return NULL;
    const uint64_t *name = cell->clusters.n_ways ? names_by_clusters(cell, keep)
                           : r->prepared->join   ? names_by_customers(r, cell, keep)
                                                 : names_by_values(cell, keep);
    return subset_folds(name, cell->design.n, n_folds, r->prepared->seed, keep);
}

/* ---- the table ---- */

static struct subset_table *compute(const struct regressions *r, const struct choices_words *words,
                                    const struct subset_terms *terms, struct arena *keep)
{
    struct subset_table *table = ARENA_NEW(keep, struct subset_table, r->n);
    struct subset_options o = {
        .n_best = (size_t)words->subsets, .n_folds = (size_t)words->folds, .press = true};
    for (size_t i = 0; i < r->n; i++) {
        const struct regression_cell *cell = &r->cell[i];
        struct design design;
        table[i] = (struct subset_table){.status = cell->fit.fit.status};
        if (!choices_made(cell))
            continue;
        struct glm_options how = choices_fit(r, cell, &design);
        o.fold = folds_of(r, cell, o.n_folds, keep);
        best_subsets(&design, &how, terms, &o, &table[i], keep);
    }
    return table;
}

static void model_row(struct results *t, const struct regressions *r,
                      const struct regression_cell *cell, const struct subset_terms *terms,
                      const struct subset_table *table, const struct subset_model *m,
                      struct arena *keep)
{
    regressions_identify(t, r, cell);
    results_whole(t, "n_params", (int64_t)m->n_params);
    results_whole(t, "rank", (int64_t)m->rank);
    results_text(t, "terms", subset_text(terms, m->terms, keep));
    results_real(t, "n_obs", table->n_obs);
    results_real(t, "r_squared", m->r_squared);
    results_real(t, "adj_r_squared", m->adj_r_squared);
    results_real(t, "cp", m->cp);
    results_real(t, "log_lik", m->log_lik);
    results_real(t, "aic", m->aic);
    results_real(t, "aicc", m->aicc);
    results_real(t, "bic", m->bic);
    results_real(t, "press", m->press);
    results_real(t, "cv", m->cv_selected);
    results_real(t, "cv_fixed", m->cv);
    results_text(t, "best_by", best_text(table, m, keep));
    results_status(t, choices_status(cell, m->status));
}

static const struct frame *subsets_frame(const struct regressions *r,
                                         const struct subset_terms *terms,
                                         const struct subset_table *table, struct arena *keep)
{
    struct results *t =
        results_new("subsets", &r->prepared->groups,
                    REGRESSION_COLUMNS "n_params rank terms n_obs r_squared adj_r_squared cp "
                                       "log_lik aic aicc bic press cv cv_fixed best_by status",
                    keep);
    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < table[i].n; k++)
            model_row(t, r, &r->cell[i], terms, &table[i], &table[i].model[k], keep);
        if (table[i].n == 0) {
            regressions_identify(t, r, &r->cell[i]);
            results_status(t, table[i].status);
        }
    }
    return results_finish(t);
}

/* ---- words and chart ---- */

static void add_lines(const struct subset_terms *terms, const struct subset_table *t,
                      struct report_builder *report, struct arena *keep)
{
    const struct subset_model *aicc = best_by(t, &criteria[0]), *bic = best_by(t, &criteria[1]);
    const struct subset_model *cv = best_by(t, &criteria[N_CRITERIA - 1]);
    if (aicc && aicc == bic && (!cv || cv == aicc))
        report_add_line(report, "Of all subsets of %zu terms, %s is the best by AICc, BIC%s.",
                        t->n_free, subset_text(terms, aicc->terms, keep),
                        cv ? " and cross-validation" : "");
    else if (aicc && bic)
        report_add_line(report,
                        "Of all subsets of %zu terms the best by AICc is %s; by BIC %s%s%s.",
                        t->n_free, subset_text(terms, aicc->terms, keep),
                        aicc == bic ? "the same" : subset_text(terms, bic->terms, keep),
                        cv ? "; by cross-validation " : "",
                        !cv          ? ""
                        : cv == aicc ? "that of AICc"
                        : cv == bic  ? "that of BIC"
                                     : subset_text(terms, cv->terms, keep));
}

/* No more sizes than the axis has room to name. */
enum { MOST_SIZES = 20 };

/* The numbers of coefficients, from the least to the greatest. */
struct sizes {
    size_t least, n;
};

static struct sizes sizes_of(const struct subset_table *t)
{
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < t->n; i++) {
        size_t n = t->model[i].n_params;
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    return (struct sizes){least, most - least + 1};
}

static const char *const *size_names(const struct sizes *sizes, struct arena *keep)
{
    const char **name = ARENA_NEW(keep, const char *, sizes->n);
    for (size_t i = 0; i < sizes->n; i++)
        name[i] = arena_printf(keep, "%zu", sizes->least + i);
    return name;
}

/* The best of each size, named on the axis if they are few: what a criterion is above its least
   value. */
static struct series curve_of(const struct subset_table *t, const struct sizes *sizes,
                              double (*value)(const struct subset_model *m), bool from_least,
                              const char *label, size_t colour, enum mark mark, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, t->n), *y = ARENA_NEW(keep, double, t->n);
    double least = INFINITY;
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        least = fmin(least, t->model[i].rank == 1 ? value(&t->model[i]) : NAN);
    for (size_t i = 0; i < t->n; i++) {
        double v = t->model[i].rank == 1 ? value(&t->model[i]) : NAN;
        if (isnan(v))
            continue;
        x[n] = (double)(t->model[i].n_params - (sizes->n <= MOST_SIZES ? sizes->least : 0));
        y[n++] = v - (from_least ? least : 0);
    }
    return (struct series){.label = label, .mark = mark, .n = n, .x = x, .y = y, .colour = colour};
}

static void add_chart(const struct regressions *r, const struct subset_terms *terms,
                      const struct subset_table *t, struct report_builder *report,
                      struct arena *keep)
{
    const struct subset_model *aicc = best_by(t, &criteria[0]), *bic = best_by(t, &criteria[1]);
    struct series *s = ARENA_NEW(keep, struct series, 4);
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    if (!aicc || !bic || t->n < 3)
        return;
    struct sizes sizes = sizes_of(t);
    bool named = sizes.n <= MOST_SIZES;
    for (size_t k = 0; k < 2; k++) {
        s[2 * k] =
            curve_of(t, &sizes, criteria[k].value, true, criteria[k].title, k, MARK_LINE, keep);
        s[2 * k + 1] = curve_of(t, &sizes, criteria[k].value, true, NULL, k, MARK_POINTS, keep);
    }
    *panel = (struct panel){.title = arena_printf(keep, "%s (n = %s)", regressions_response(r),
                                                  phrase_count(t->n_obs, keep)),
                            .n_series = 4,
                            .series = s};
    report_add_chart(
        report,
        &(struct chart){.id = "subsets",
                        .sheet = "Subsets",
                        .kind = &chart_kind_xy,
                        .title = "How many terms are worth having?",
                        .finding = arena_printf(
                            keep, "AICc is least with %zu coefficients (%s), BIC with %zu (%s).",
                            aicc->n_params, subset_text(terms, aicc->terms, keep), bic->n_params,
                            subset_text(terms, bic->terms, keep)),
                        .x_label = "Coefficients of the best subset of its size",
                        .y_label = "Above the least value of the criterion",
                        .n_x_categories = named ? sizes.n : 0,
                        .x_category = named ? size_names(&sizes, keep) : NULL,
                        .n_panels = 1,
                        .panels = panel});
}

static const char *note_of(const struct regressions *r, const struct choices_words *words,
                           const struct subset_terms *terms, bool linear, struct arena *keep)
{
    const char *cv =
        words->folds == 0
            ? ""
            : arena_printf(
                  keep,
                  " cv: %s on rows left out, %lld folds, the choice of the subset of that "
                  "size repeated without each fold; cv_fixed: for this subset as chosen on "
                  "all rows, which is too kind.",
                  linear ? "root mean squared error" : "minus the mean log density",
                  (long long)words->folds);
    const char *forced = terms->forced ? arena_printf(keep, " In every subset: %s.",
                                                      subset_text(terms, terms->forced, keep))
                                       : "";
    return arena_printf(keep,
                        "%s. %s, all subsets: the %lld of least %s of each number of "
                        "coefficients; interactions only with their margins.%s%s Figures after a "
                        "choice are too good: intervals and p-values of the chosen model hold only "
                        "on new data.",
                        r->options.text, r->options.outcome->title, (long long)words->subsets,
                        linear ? "residual sum of squares" : "deviance", forced, cv);
}

/* More terms than can be searched, or a family without subsets. */
static bool can_be_searched(const struct regressions *r, const struct subset_terms *terms,
                            bool linear, struct err *err)
{
    size_t n = subset_n_free(terms), most = linear ? SUBSET_MAX_TERMS : SUBSET_MAX_TERMS_GLM;
    if (!r->options.outcome->glm)
        return err_set(err, ERR_USAGE,
                       "--subsets: is for generalised linear models, not for the family %s",
                       r->options.outcome->name);
    if (r->options.fit.firth)
        return err_set(err, ERR_USAGE, "--subsets: does not go with --firth");
    if (n > most)
        return err_set(err, ERR_USAGE,
                       "--subsets: %zu terms to choose from; the family %s allows %zu: keep some "
                       "by --force, or leave some out",
                       n, r->options.outcome->name, most);
    return true;
}

bool regressions_subsets_table(const struct regressions *r, const struct choices_words *words,
                               const struct job *job, struct report_builder *report,
                               struct arena *keep, struct err *err)
{
    struct subset_terms terms;
    bool linear = r->options.outcome == &outcome_gaussian &&
                  (!r->options.fit.link || strcmp(r->options.fit.link, "identity") == 0);
    if (words->subsets == 0)
        return true;
    if (!choices_terms(r, words, &terms, keep, err) || !can_be_searched(r, &terms, linear, err))
        return false;
    if (words->folds == 1)
        return err_set(err, ERR_USAGE, "--folds: 1 leaves no rows to fit to; take 10, or 0: none");
    if (!job_shows(job, "subsets"))
        return true;
    job->progress(job->progress_context, -1, "searching subsets");
    const struct subset_table *table = compute(r, words, &terms, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "subsets",
            .sheet = "Subsets",
            .title = "Which terms make the best model of each size?",
            .note = note_of(r, words, &terms, linear, keep),
            .check_r =
                linear ? arena_printf(
                             keep,
                             "%s; s <- summary(leaps::regsubsets(%s, d, nbest = %lld, nvmax = 50, "
                             "method = \"exhaustive\")); data.frame(s$which, s$rss, s$adjr2, s$cp)",
                             phrase_r_rows(r->prepared, "tables/study.csv", keep), r->options.text,
                             (long long)words->subsets)
                       : NULL,
            .frame = subsets_frame(r, &terms, table, keep)});
    for (size_t i = 0; i < r->n; i++)
        choices_excluded(r, &r->cell[i], &terms, table[i].excluded, "subset", report, keep);
    add_lines(&terms, &table[r->n - 1], report, keep);
    add_chart(r, &terms, &table[r->n - 1], report, keep);
    return true;
}
