/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/glm/few.h"

#include <math.h>
#include <string.h>

#include "analysis/study/phrases.h"
#include "models/outcome/events.h"

/* Clusters from which on cluster-robust intervals cover about what they say. */
enum { CLUSTERS_ENOUGH = 40 };

/* ---- the bootstrap ---- */

bool regressions_interval_settle(const char *interval, const struct regressions_words *words,
                                 struct err *err)
{
    if (strcmp(interval, "bootstrap") != 0)
        return true;
    if (words->cluster.n != 1)
        return err_set(err, ERR_USAGE,
                       "--interval=bootstrap: is the wild cluster bootstrap and needs one column "
                       "of clusters: --cluster=COL");
    if (words->firth)
        return err_set(err, ERR_USAGE, "--interval=bootstrap: is not known of --firth");
    return true;
}

static void bootstrap_cell(struct regressions *r, struct regression_cell *cell)
{
    const struct prepared *p = r->prepared;
    size_t k = cell->fit.fit.n_params;
    struct wild_test *test = ARENA_NEW(cell->arena, struct wild_test, k + 1);
    const struct wild_options options = {.replicates = r->replicates,
                                         .conf_level = p->conf_level,
                                         .seed = p->seed,
                                         .threads = p->threads};
    struct arena *scratch = arena_new();
    for (size_t j = 0; j < k; j++) {
        arena_reset(scratch);
        outcome_wild_test(&cell->fit, &cell->clusters, j, 0, &options, &test[j], scratch);
    }
    arena_free(scratch);
    cell->wild = test;
}

void regressions_bootstrap(struct regressions *r, size_t replicates, const struct job *job)
{
    r->replicates = replicates;
    for (size_t i = 0; i < r->n; i++) {
        job->progress(job->progress_context, (double)i / (double)r->n, "drawing bootstrap samples");
        if (r->cell[i].made)
            bootstrap_cell(r, &r->cell[i]);
    }
}

struct term regressions_term(const struct regressions *r, const struct regression_cell *cell,
                             size_t j)
{
    struct term t = term_of(&cell->fit.fit, j, r->prepared->conf_level);
    t.status = FIT_CONVERGED;
    if (!cell->wild)
        return t;
    const struct wild_test *test = &cell->wild[j];
    t.df = INFINITY;
    t.p_value = test->p_value;
    t.conf_low = isinf(test->conf_low) ? NAN : test->conf_low;
    t.conf_high = isinf(test->conf_high) ? NAN : test->conf_high;
    if (!isnan(t.estimate) && test->status != FIT_UNIDENTIFIED)
        t.status = test->status;
    return t;
}

/* ---- what is said ---- */

static const char *title_of(const struct regressions *r, const struct regression_cell *cell,
                            struct arena *keep)
{
    return group_title(cell->group, r->prepared->groups.n_by, keep);
}

static size_t clusters_of(const struct regression_cell *cell)
{
    size_t n = cell->clusters.n_clusters[0];
    if (cell->clusters.n_ways == 2 && cell->clusters.n_clusters[1] < n)
        n = cell->clusters.n_clusters[1];
    return n;
}

static void clusters_line(const struct regressions *r, struct report_builder *report,
                          struct arena *keep)
{
    const struct regression_cell *worst = NULL;
    for (size_t i = 0; i < r->n; i++) {
        const struct regression_cell *cell = &r->cell[i];
        if (cell->made && cell->clusters.n_ways && !cell->wild &&
            (!worst || clusters_of(cell) < clusters_of(worst)))
            worst = cell;
    }
    if (!worst || clusters_of(worst) >= CLUSTERS_ENOUGH)
        return;
    const char *mend = r->options.n_ways == 2 ? "take the one column that matters and "
                                                "--interval=bootstrap"
                       : r->options.fit.firth ? "without --firth, --interval=bootstrap does"
                                              : "--interval=bootstrap does";
    report_add_warning(report,
                       "%s: %zu clusters; below %d, cluster-robust intervals and tests do not hold "
                       "their level (at 10 clusters, 95 %% intervals cover some 88 %%); %s",
                       title_of(r, worst, keep), clusters_of(worst), CLUSTERS_ENOUGH, mend);
}

static bool has_estimates(const struct regression_cell *cell)
{
    enum fit_status status = cell->fit.fit.status;
    return cell->made && cell->fit.outcome && status != FIT_SEPARATION && status != FIT_CONSTANT &&
           cell->fit.fit.n_params > 0 && isfinite(cell->fit.fit.log_lik);
}

/* The cell with the fewest events per coefficient, and how many have too few. */
static void events_line(const struct regressions *r, struct report_builder *report,
                        struct arena *keep)
{
    const struct regression_cell *worst = NULL;
    struct outcome_events least = {0};
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (!has_estimates(&r->cell[i]))
            continue;
        struct outcome_events e = outcome_events(&r->cell[i].fit);
        bool few = e.each < EVENTS_ENOUGH && !r->options.fit.firth;
        if (!few && !(e.events < 2))
            continue;
        n++;
        if (worst && (least.events < 2 || e.each >= least.each) && e.events >= least.events)
            continue;
        worst = &r->cell[i];
        least = e;
    }
    if (!worst)
        return;
    const char *others =
        n > 1 ? arena_printf(keep, " (and %zu more cell%s)", n - 1, n > 2 ? "s" : "") : "";
    const char *events = phrase_count(least.events, keep);
    if (least.events < 2)
        report_add_warning(report, "%s: only %s event%s: every estimate rests on it",
                           title_of(r, worst, keep), events, others);
    else
        report_add_warning(report,
                           "%s: %s events for %s coefficient%s%s: below %d each, estimates lie too "
                           "far from 0 and intervals are too short; take fewer terms%s",
                           title_of(r, worst, keep), events, phrase_count(least.coefficients, keep),
                           least.coefficients > 1 ? "s" : "", others, EVENTS_ENOUGH,
                           r->options.outcome == &outcome_binomial ? ", or --firth" : "");
}

void regressions_few_lines(const struct regressions *r, struct report_builder *report)
{
    struct arena *scratch = arena_new();
    clusters_line(r, report, scratch);
    events_line(r, report, scratch);
    arena_free(scratch);
}
