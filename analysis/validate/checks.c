/* SPDX-License-Identifier: GPL-3.0-or-later
   The ledger's and the join's part of the checks, and the whole. */
#include "analysis/validate/checks.h"

#include <string.h>

#include "analysis/study/behaviour_values.h"

/* Warnings that a report would have. */
static void take_warnings(struct report_builder *collected, struct problems *problems)
{
    struct report report;
    report_finish(collected, &report);
    for (size_t i = 0; i < report.n_warnings; i++)
        problems_warning(problems, &(struct problem){.what = report.warnings[i]});
}

static void take_gate(const struct join *j, struct report_builder *collected,
                      struct problems *problems)
{
    struct report report;
    struct err e = {0};
    report_finish(collected, &report);
    if (!report.gate)
        return;
    err_at(&e, ERR_GATE,
           &(struct problem){.file = j->study->path,
                             .line = study_line(j->study, "join", 0, "min_match"),
                             .column = "join.min_match",
                             .what = report.gate,
                             .mend = "saydo-join tells who is not found, and what rules would do"});
    problems_error(problems, &e);
}

/* ---- the master, the baseline, small groups ---- */

static void check_master(const struct join *j, struct problems *problems, struct arena *keep)
{
    const struct frame *f = j->customers;
    const struct column *c = f ? frame_column(f, j->study->customers.key) : NULL;
    size_t filled = 0, distinct = c ? key_map_count(j->known.master.map) : 0;
    for (size_t i = 0; c && i < f->n_rows; i++)
        filled += c->as.text[i] != NULL;
    if (filled > distinct)
        problems_warning(problems,
                         &(struct problem){.file = f->file,
                                           .column = c->name,
                                           .what = arena_printf(keep,
                                                                "rows that repeat an id: %zu; the "
                                                                "first of each counts",
                                                                filled - distinct)});
}

static void check_baseline(const struct join *j, struct problems *problems, struct arena *keep)
{
    size_t n = 0;
    for (size_t i = 0; i < j->responses.n; i++)
        n += j->fate[i] == FATE_STUDY && j->baseline_missing[i];
    if (n && j->study->join.baseline)
        problems_warning(
            problems,
            &(struct problem){.file = j->study->path,
                              .line = study_line(j->study, "join", 0, "baseline"),
                              .column = "join.baseline",
                              .what = arena_printf(keep,
                                                   "begins before the ledger for %zu of %llu "
                                                   "responses: they have no baseline",
                                                   n, (unsigned long long)j->by_fate[FATE_STUDY]),
                              .mend = "a shorter baseline, or an earlier ledger"});
}

/* Sizes of small cells are told only where all figures are. */
static const char *size_told(size_t n, size_t min_n, bool told, struct arena *keep)
{
    return told ? arena_printf(keep, "has %zu of min_n %zu respondents", n, min_n)
                : arena_printf(keep, "has fewer than min_n %zu respondents", min_n);
}

static void check_cells(const struct join *j, bool sizes, struct problems *problems,
                        struct arena *keep)
{
    enum { TOLD = 20 };
    const struct study *s = j->study;
    struct level_order *orders = ARENA_NEW(keep, struct level_order, s->n_groups);
    struct groups groups;
    struct err e = {0};
    size_t told = 0;
    for (size_t g = 0; g < s->n_groups; g++)
        orders[g] = (struct level_order){s->groups[g].name, s->groups[g].levels};
    if (!groups_make(study_frame(j, keep), &s->analysis.by, orders, s->n_groups, &groups, keep,
                     &e)) {
        problems_error(problems, &e);
        return;
    }
    for (size_t g = 0; g < groups.n && told < TOLD; g++)
        if (groups.at[g].rows.n < s->analysis.min_n) {
            told++;
            problems_warning(
                problems, &(struct problem){.file = s->path,
                                            .line = study_line(s, "analysis", 0, "min_n"),
                                            .column = "analysis.min_n",
                                            .value = group_title(&groups.at[g], groups.n_by, keep),
                                            .what = size_told(groups.at[g].rows.n,
                                                              s->analysis.min_n, sizes, keep),
                                            .mend = "results are marked; fewer or larger groups"});
        }
}

/* ---- the match ---- */

void check_match(const struct job *job, struct join *j, bool whole, struct problems *problems,
                 struct arena *keep)
{
    struct err match = {0}, collision = {0}, nobody = {0};
    struct report_builder *collected = report_builder_new("", keep);
    if (!join_match(job, j, keep, &match)) {
        problems_error(problems, &match);
        return;
    }
    bool clear = join_check_collisions(j, keep, &collision);
    if (!clear)
        problems_error(problems, &collision);
    if (!join_check_matched(j, &nobody)) {
        if (clear)
            problems_error(problems, &nobody);
        return;
    }
    join_report(j, collected, keep);
    take_gate(j, collected, problems);
    take_warnings(collected, problems);
    check_master(j, problems, keep);
    check_baseline(j, problems, keep);
    if (whole && j->by_fate[FATE_STUDY])
        check_cells(j, job->common->suppress_below == 0, problems, keep);
}

/* The ledgers alone, where there are no responses to look for. */
static void check_ledgers_alone(const struct job *job, struct problems *problems,
                                struct arena *keep)
{
    struct err e = {0};
    struct behaviour_seen seen;
    struct report_builder *collected = report_builder_new("", keep);
    struct behaviour_scan scan = {.source = job->ledgers,
                                  .from = INT32_MIN,
                                  .to = INT32_MAX,
                                  .memory = (uint64_t)job->common->memory,
                                  .n_threads = (size_t)job->common->threads,
                                  .progress = job->progress,
                                  .progress_context = job->progress_context};
    if (!behaviour_scan(&scan, &seen, keep, &e) ||
        !ledgers_differ(job->study, seen.ledgers.counts, &e)) {
        problems_error(problems, &e);
        return;
    }
    coverage_warnings(job->study, seen.ledgers.counts, collected);
    take_warnings(collected, problems);
}

/* ---- the whole ---- */

static void check_parts(const struct study *s, struct problems *problems)
{
    if (!s->n_surveys)
        problems_warning(problems,
                         &(struct problem){.file = s->path,
                                           .column = "surveys",
                                           .what = "there is no survey",
                                           .mend = "all programs but saydo-ledger need one"});
    if (!s->n_ledgers)
        problems_warning(
            problems, &(struct problem){.file = s->path,
                                        .column = "ledgers",
                                        .what = "there is no ledger",
                                        .mend = "without one there is nothing that customers do"});
    if (s->n_surveys && !s->n_scales)
        problems_warning(problems, &(struct problem){.file = s->path,
                                                     .column = "scales",
                                                     .what = "there is no scale",
                                                     .mend = "write {name: intent, column: Q1, "
                                                             "range: [1, 7]} for each"});
}

static void check_files(const struct join *j, struct problems *problems, struct arena *keep)
{
    struct report_builder *collected = report_builder_new("", keep);
    join_report_surveys(j, collected, keep);
    take_warnings(collected, problems);
}

static bool have_surveys(const struct job *job)
{
    for (size_t i = 0; i < job->study->n_surveys; i++)
        if (!job->surveys[i])
            return false;
    return job->study->n_surveys > 0;
}

void check_study(const struct job *job, struct problems *problems, struct arena *keep)
{
    const struct study *s = job->study;
    struct err e = {0};
    for (size_t i = 0; i < job->n_problems; i++)
        problems_error(problems, &job->problems[i]);
    if (!s)
        return;
    struct join j = {.study = s,
                     .surveys = job->surveys,
                     .said = job->said,
                     .customers = job->customers,
                     .everybody = true,
                     .ids_secret = job->common->pseudonymise != NULL};
    bool *set_aside = NULL;
    check_parts(s, problems);
    check_files(&j, problems, keep);
    if (!join_identity(job, &j.identity, keep, &e)) {
        problems_error(problems, &e);
        return;
    }
    bool surveys = have_surveys(job), master = job->customers || !s->customers.file;
    bool mapping = job->mapping || !s->join.mapping.file;
    bool responses = surveys && check_responses(&j, &set_aside, problems, keep);
    bool whole = surveys && check_scales_and_groups(&j, set_aside, problems, keep);
    if (s->n_ledgers && responses && master && mapping)
        check_match(job, &j, whole, problems, keep);
    else if (s->n_ledgers)
        check_ledgers_alone(job, problems, keep);
}
