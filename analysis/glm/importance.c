/* SPDX-License-Identifier: GPL-3.0-or-later
   What each term contributes to what the model explains: the table `importance`. */
#include <math.h>
#include <string.h>

#include "analysis/glm/choices.h"
#include "analysis/study/phrases.h"
#include "models/importance/importance.h"

static bool is_linear(const struct regressions *r)
{
    return r->options.outcome == &outcome_gaussian &&
           (!r->options.fit.link || strcmp(r->options.fit.link, "identity") == 0);
}

static struct importance_table *compute(const struct regressions *r,
                                        const struct choices_words *words,
                                        const struct subset_terms *terms, struct arena *keep)
{
    struct importance_table *table = ARENA_NEW(keep, struct importance_table, r->n);
    struct importance_options o = {.conf_level = r->prepared->conf_level,
                                   .replicates = (size_t)words->replicates,
                                   .seed = r->prepared->seed,
                                   .threads = r->prepared->threads};
    for (size_t i = 0; i < r->n; i++) {
        const struct regression_cell *cell = &r->cell[i];
        struct design design;
        table[i] = (struct importance_table){.status = cell->fit.fit.status};
        if (!choices_made(cell))
            continue;
        struct glm_options how = choices_fit(r, cell, &design);
        o.cluster = cell->clusters.n_ways ? cell->clusters.code[0] : NULL;
        o.n_clusters = cell->clusters.n_clusters[0];
        relative_importance(&design, &how, terms, &o, &table[i], keep);
    }
    return table;
}

static void method_rows(struct results *t, const struct regressions *r, size_t i,
                        const struct subset_terms *terms, const struct importance_table *table,
                        size_t m)
{
    for (size_t j = 0; j < table->n; j++) {
        const struct importance *of = &table->of_method[m][j];
        regressions_identify(t, r, &r->cell[i]);
        results_text(t, "method", importance_methods[m]->name);
        results_text(t, "term", terms->label[table->term[j]]);
        results_real(t, "n_obs", r->cell[i].fit.fit.n_obs);
        results_real(t, "estimate", of->estimate);
        results_real(t, "share", of->share);
        results_real(t, "conf_low", of->conf_low);
        results_real(t, "conf_high", of->conf_high);
        results_status(t, choices_status(&r->cell[i], FIT_OK));
    }
}

static const struct frame *importance_frame(const struct regressions *r,
                                            const struct subset_terms *terms,
                                            const struct importance_table *table,
                                            struct arena *keep)
{
    struct results *t = results_new(
        "importance", &r->prepared->groups,
        REGRESSION_COLUMNS "method term n_obs estimate share conf_low conf_high status", keep);
    for (size_t i = 0; i < r->n; i++) {
        for (size_t m = 0; table[i].of_method && m < n_importance_methods; m++)
            if (table[i].of_method[m])
                method_rows(t, r, i, terms, &table[i], m);
        if (!table[i].of_method) {
            regressions_identify(t, r, &r->cell[i]);
            results_status(t, table[i].status);
        }
    }
    return results_finish(t);
}

/* ---- words and chart ---- */

static const char *explained(const struct importance_table *t)
{
    return strcmp(t->measure, "R^2") == 0              ? "R\u00b2"
           : strcmp(t->measure, "McFadden's R^2") == 0 ? "McFadden's R\u00b2"
                                                       : t->measure;
}

/* Terms by what they contribute, the most first. */
static size_t *ranked(const struct importance_table *t, const struct importance *of,
                      struct arena *keep)
{
    size_t *order = ARENA_NEW(keep, size_t, t->n);
    for (size_t i = 0; i < t->n; i++) {
        size_t at = i;
        for (; at > 0 && of[order[at - 1]].estimate < of[i].estimate; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static const char *finding_of(const struct subset_terms *terms, const struct importance_table *t,
                              const struct importance *of, const size_t *order, struct arena *keep)
{
    const char *text = arena_printf(
        keep, "Together the terms %s %s of %s: ", t->forced_r_squared > 0 ? "add" : "reach",
        explained(t), phrase_share(t->r_squared - t->forced_r_squared, keep));
    for (size_t i = 0; i < t->n && i < 3; i++)
        text =
            arena_printf(keep, "%s%s%s %s of it", text, i ? ", " : "",
                         terms->label[t->term[order[i]]], phrase_percent(of[order[i]].share, keep));
    return arena_printf(keep, "%s (LMG).", text);
}

static void add_chart(const struct regressions *r, const struct subset_terms *terms,
                      const struct importance_table *t, const struct importance *of,
                      const size_t *order, const char *finding, struct report_builder *report,
                      struct arena *keep)
{
    const char **category = ARENA_NEW(keep, const char *, t->n),
               **text = ARENA_NEW(keep, const char *, t->n);
    double *x = ARENA_NEW(keep, double, 4 * t->n), *row = x + t->n, *low = row + t->n,
           *high = low + t->n;
    struct series *s = ARENA_NEW(keep, struct series, 1);
    struct panel *panel = ARENA_NEW(keep, struct panel, 1);
    for (size_t i = 0; i < t->n; i++) {
        const struct importance *is = &of[order[i]];
        category[i] = terms->label[t->term[order[i]]];
        x[i] = is->estimate;
        low[i] = is->conf_low;
        high[i] = is->conf_high;
        row[i] = (double)i;
        text[i] = phrase_share(x[i], keep);
        if (!isnan(low[i]))
            text[i] = arena_printf(keep, "%s [%s, %s]", text[i], phrase_share(low[i], keep),
                                   phrase_share(high[i], keep));
    }
    *s = (struct series){.mark = MARK_INTERVALS,
                         .n = t->n,
                         .x = x,
                         .y = row,
                         .low = low,
                         .high = high,
                         .text = text};
    *panel =
        (struct panel){.title = arena_printf(keep, "%s (n = %s)", regressions_response(r),
                                             phrase_count(choices_whole(r)->fit.fit.n_obs, keep)),
                       .n_series = 1,
                       .series = s};
    report_add_chart(report, &(struct chart){.id = "importance",
                                             .sheet = "Importance",
                                             .kind = &chart_kind_forest,
                                             .title = "What does each term contribute?",
                                             .finding = finding,
                                             .x_label = arena_printf(
                                                 keep, "Part of %s (LMG)%s", explained(t),
                                                 isnan(low[0]) ? "" : ", bootstrap interval"),
                                             .n_y_categories = t->n,
                                             .y_category = category,
                                             .n_panels = 1,
                                             .panels = panel});
}

static void add_words(const struct regressions *r, const struct subset_terms *terms,
                      const struct importance_table *t, struct report_builder *report,
                      struct arena *keep)
{
    if (!t->of_method || t->n < 2)
        return;
    const struct importance *of = t->of_method[0];
    const size_t *order = ranked(t, of, keep);
    const char *finding = finding_of(terms, t, of, order, keep);
    report_add_line(report, "%s", finding);
    add_chart(r, terms, t, of, order, finding, report, keep);
}

/* ---- all of it ---- */

static bool can_be_shared(const struct regressions *r, const struct subset_terms *terms,
                          struct err *err)
{
    size_t n = subset_n_free(terms),
           most = is_linear(r) ? IMPORTANCE_MAX_TERMS : IMPORTANCE_MAX_TERMS_GLM;
    if (!r->options.outcome->glm)
        return err_set(err, ERR_USAGE,
                       "--importance: is for generalised linear models, not for the family %s",
                       r->options.outcome->name);
    if (r->options.fit.firth)
        return err_set(err, ERR_USAGE, "--importance: does not go with --firth");
    if (n > most)
        return err_set(err, ERR_USAGE,
                       "--importance: %zu terms; the family %s allows %zu: keep some by --force, "
                       "or leave some out",
                       n, r->options.outcome->name, most);
    return true;
}

static const char *note_of(const struct regressions *r, const struct choices_words *words,
                           const struct subset_terms *terms, const struct importance_table *whole,
                           struct arena *keep)
{
    const char *limits =
        is_linear(r) && words->replicates > 0
            ? arena_printf(keep, " Limits: %s percentiles of %lld bootstrap samples of %s.",
                           phrase_level(r->prepared->conf_level, keep),
                           (long long)words->replicates, r->options.n_ways ? "clusters" : "rows")
        : words->replicates > 0 ? " Limits are of least squares only."
                                : "";
    const char *forced = terms->forced ? arena_printf(keep, " What %s explain is taken off first.",
                                                      subset_text(terms, terms->forced, keep))
                                       : "";
    const char *measure = whole->measure ? explained(whole) : "R\u00b2";
    return arena_printf(
        keep,
        "%s. lmg: what a term adds to %s, averaged over all orders of entering (margins before "
        "interactions)%s; first, last: what it adds alone and beside all others; share: of the "
        "sum, of methods that add up.%s%s",
        r->options.text, measure,
        is_linear(r) ? "; johnson: relative weights; pratt: standardized coefficient times "
                       "correlation; standardized: the coefficient, of a factor its sheaf "
                       "coefficient"
                     : "",
        forced, limits);
}

bool regressions_importance_table(const struct regressions *r, const struct choices_words *words,
                                  const struct job *job, struct report_builder *report,
                                  struct arena *keep, struct err *err)
{
    struct subset_terms terms;
    if (!words->importance)
        return true;
    if (!choices_terms(r, words, &terms, keep, err) || !can_be_shared(r, &terms, err))
        return false;
    if (!job_shows(job, "importance"))
        return true;
    job->progress(job->progress_context, -1, "sharing out what is explained");
    const struct importance_table *table = compute(r, words, &terms, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "importance",
            .sheet = "Importance",
            .title = "What does each term contribute?",
            .note = note_of(r, words, &terms, &table[r->n - 1], keep),
            .check_r = is_linear(r)
                           ? arena_printf(keep,
                                          "%s; relaimpo::calc.relimp(lm(%s, d), type = c(\"lmg\", "
                                          "\"first\", \"last\", \"pratt\"))",
                                          phrase_r_rows(r->prepared, "tables/study.csv", keep),
                                          r->options.text)
                           : NULL,
            .frame = importance_frame(r, &terms, table, keep)});
    for (size_t i = 0; i < r->n; i++)
        choices_excluded(r, &r->cell[i], &terms, table[i].excluded, "share", report, keep);
    add_words(r, &terms, &table[r->n - 1], report, keep);
    return true;
}
