/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_JOIN_H
#define ANALYSIS_STUDY_JOIN_H

#include "analysis/ledger/pass.h"
#include "analysis/study/coverage.h"
#include "analysis/study/known.h"
#include "analysis/study/responses.h"
#include "analysis/study/results.h"
#include "io/program/tool.h"

/* What became of a usable response.  X(code, reason in the table of unmatched) */
#define FATE_LIST(X)                                          \
    X(FATE_STUDY, "in the study")                             \
    X(FATE_UNUSABLE, "not usable")                            \
    X(FATE_AMBIGUOUS, "ambiguous key")                        \
    X(FATE_NOT_FOUND, "no such customer in master or ledger") \
    X(FATE_UNMAPPED, "not in the mapping")                    \
    X(FATE_CENSORED, "window not covered by the ledger")

enum fate {
#define X(code, reason) code,
    FATE_LIST(X)
#undef X
        FATE_N
};

const char *fate_reason(enum fate fate);

/* The survey joined with what the ledger says of each respondent's window. */
struct join {
    const struct study *study;
    const struct frame *const *surveys;
    const struct survey_said *said; /* [study->n_surveys] */
    const struct frame *customers;  /* the master, or NULL */
    bool everybody;                 /* customers who have not answered matter as well */
    size_t n_threads;               /* 0: one per processor */
    bool ids_secret;                /* sentences name no id of the ledger */
    struct identity identity;       /* what makes two spellings one customer */
    struct responses responses;
    struct known known;         /* who exists */
    struct behaviour_seen seen; /* the ledger: customers over all of it, windows */
    const size_t *measured;     /* [responses.n] index into seen.measures; SIZE_MAX: none */
    bool hashed;                /* the ledgers */
    struct coverage coverage;
    enum fate *fate;        /* [responses.n] */
    bool *baseline_missing; /* [responses.n] the baseline starts before the coverage */
    uint64_t by_fate[FATE_N];
    size_t n_respondents, n_found; /* distinct joined keys: usable, found */
    double match_rate;             /* NaN without usable respondents */
};

/* Reads the responses, passes over the ledger and decides each response's
   fate; study_frame() (behaviour_values.h) makes the table of it.  Key collisions (unless the study
   excludes them), no usable or no matched respondent are errors.  everybody: customers who have
   not answered are asked for as well; else the pass leaves them out where nothing, no collision
   of keys under rules either, could depend on them. */
bool join_make(const struct job *job, bool everybody, struct join *j, struct arena *keep,
               struct err *err);

/* The parts of it, for a program that tells several errors.  The rules, the block-list and the
   mapping; then, with responses set (the scales are not needed): passes over the
   ledger and decides each response's fate. */
bool join_identity(const struct job *job, struct identity *identity, struct arena *keep,
                   struct err *err);
bool join_match(const struct job *job, struct join *j, struct arena *keep, struct err *err);
bool join_check_collisions(const struct join *j, struct arena *keep, struct err *err);
bool join_check_matched(const struct join *j, struct err *err);

/* What the surveys' files say beside their answers: the formats as facts, remarks as warnings. */
void join_report_surveys(const struct join *j, struct report_builder *report, struct arena *keep);

/* Warnings, counts for the manifest, and the gate. */
void join_report(const struct join *j, struct report_builder *report, struct arena *keep);

/* What the first k rules find and do to the distinct ids of the survey: [rules.n + 1]. */
struct known_counts *join_found_by_rules(const struct join *j, struct arena *keep);

/* The tables study, matching, unmatched, what_if, selection, ambiguous, merged, dropped. */
void join_table_study(const struct frame *study, struct report_builder *report);
void join_table_matching(const struct join *j, struct report_builder *report, struct arena *keep);
void join_table_unmatched(const struct join *j, struct report_builder *report, struct arena *keep);
void join_table_what_if(const struct join *j, struct report_builder *report, struct arena *keep);
void join_table_selection(const struct join *j, double conf_level, struct report_builder *report,
                          struct arena *keep);

/* One ledger variable (purchases, purchase_days, spend, returned) of every known customer
   over the whole ledger, money in major units, 0 without a line, and who of them is in
   the study.  False if the behaviour is none of these. */
bool join_ledger_variable(const struct join *j, const char *behaviour, const double **value,
                          const bool **in_study, size_t *n, struct arena *keep);
void join_table_ambiguous(const struct join *j, struct report_builder *report, struct arena *keep);
/* Nothing where no rule merges. */
void join_table_merged(const struct join *j, struct report_builder *report, struct arena *keep);
/* Nothing where no ledger has rates. */
void join_table_currencies(const struct study *study, const struct ledger_counts *counts,
                           struct report_builder *report, struct arena *keep);

void join_table_dropped(const struct study *study, const struct ledger_scan *seen,
                        struct report_builder *report, struct arena *keep);

/* The funnel from answers to the study. */
void join_chart(const struct join *j, struct report_builder *report, struct arena *keep);
#endif
