/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_RESPONSES_H
#define ANALYSIS_STUDY_RESPONSES_H

#include "analysis/study/mapping.h"
#include "io/study/study.h"
#include "io/survey/survey.h"
#include "models/base/arena.h"
#include "models/base/err.h"
#include "models/base/frame.h"

/* Why a survey row is not a usable response.  X(code, word in tables) */
#define RESPONSE_LIST(X)                                                     \
    X(RESPONSE_USABLE, "usable")                                             \
    X(RESPONSE_FILTERED, "not kept by the study's filter")                   \
    X(RESPONSE_BLANK_KEY, "blank key")                                       \
    X(RESPONSE_BLANK_DATE, "blank response date")                            \
    X(RESPONSE_DUPLICATE, "duplicate answer")                                \
    X(RESPONSE_BLOCKED, "blocked account")                                   \
    X(RESPONSE_AVERAGED, "averaged with a later answer")                     \
    X(RESPONSE_COMBINED, "combined with another respondent of the customer") \
    X(RESPONSE_OTHER, "another respondent of the customer counts")

enum response_use {
#define X(code, word) code,
    RESPONSE_LIST(X)
#undef X
        RESPONSE_N_USES
};

/* Where a response's day comes from. */
enum dated {
    DATED_AS_WRITTEN,
    DATED_ANOTHER_DAY,  /* in the study's time zone it was already, or still, another day */
    DATED_WITHOUT_TIME, /* a day without a time of day, which no time zone can move */
    DATED_BY_WAVE       /* wave_date */
};

const char *response_use_word(enum response_use use);

/* One row of a survey file. */
struct response {
    enum response_use use;
    uint32_t survey, row; /* index of the study's surveys entry, row of its frame */
    const char *key;      /* as written; NULL: blank */
    const char *joined;   /* the key after the study's rules, and after the mapping that of the
                             customer; NULL where blank */
    const char *own;      /* the key after the rules alone */
    bool unmapped;        /* matches nobody: in no row of the mapping, which is to be whole */
    int32_t date;
    enum dated dated;
    uint32_t into; /* averaged, combined: row of the answer that it is part of */
};

/* A scale's values, one per response. */
struct scale_values {
    double *value;     /* NaN: missing */
    uint8_t *missing;  /* enum missing */
    const char **code; /* of a single question: what a MISSING_CODE answer was; else NULL */
    size_t n_items;
    double **item; /* [n_items] values per response, reversed where declared */
};

struct responses {
    size_t n;
    struct response *at;        /* [n] in the order of files and rows */
    struct scale_values *scale; /* [study->n_scales] */
    const char ***group;        /* [study->n_groups][n]; NULL where blank; a group that no
                                   survey holds stays NULL (it is the master's) */
    bool *group_in_survey;      /* [study->n_groups] */
    const double *weight;       /* [n], or NULL */
    uint64_t by_use[RESPONSE_N_USES];
};

/* How the ids of all sources are compared. */
struct identity {
    struct key_steps rules;
    struct blocked blocked;
    struct mapping mapping;
};

/* Reads the responses out of the survey frames: filters, keys, dates, scales,
   groups, duplicates inside a wave by the study's policy, respondents of one customer by
   that of the mapping.  A value outside its
   scale, an undeclared code, a date that does not fit and a duplicate under
   `duplicates: error` are errors with file, line, column, value and mend; so is a
   group's column that neither a survey nor the customer master (NULL: none) has, and
   a value in it that the study's levels do not name, if the analysis is by it.
   said: [study->n_surveys] of the files, or NULL. */
bool responses_read(const struct study *study, const struct frame *const *surveys,
                    const struct survey_said *said, const struct frame *master,
                    const struct identity *identity, struct responses *r, struct arena *keep,
                    struct err *err);

/* ---- the same in parts, for a program that tells several errors ---- */

/* One survey on its way to responses: at [frame->n_rows], in the order of the rows. */
struct survey_reading {
    const struct study *study;
    size_t survey; /* index of the study's surveys entry */
    const struct frame *frame;
    const struct survey_said *said; /* of its file; or NULL */
    const struct identity *identity;
    struct response *at;
};

/* The steps by which rows become responses.  Each passes over rows that are not
   usable, and stops at its first error.  X(name) */
#define SURVEY_STEP_LIST(X) X(filters) X(keys) X(dates) X(duplicates)

struct survey_step {
    const char *name;
    bool (*run)(const struct survey_reading *r, struct arena *keep, struct err *err);
};

extern const struct survey_step survey_steps[]; /* in the order of the list */
extern const size_t n_survey_steps;

/* False, with err set, where an id of a column is one that a spreadsheet has shortened
   (key_is_shortened); readers of surveys look themselves. */
bool keys_are_whole(const struct frame *f, const char *column, struct err *err);

/* False, with err set, where two surveys hold the same rows: a copy of a file. */
bool surveys_differ(const struct study *study, const struct frame *const *surveys,
                    struct arena *keep, struct err *err);

/* All rows as responses that no step has looked at. */
void responses_new(const struct study *study, const struct frame *const *surveys,
                   struct responses *r, struct arena *keep);
struct survey_reading responses_survey(const struct study *study,
                                       const struct frame *const *surveys,
                                       const struct survey_said *said, size_t survey,
                                       const struct identity *identity, const struct responses *r);

/* After the steps of all surveys: whose customer each respondent is. */
bool responses_identify(const struct study *study, const struct frame *const *surveys,
                        const struct identity *identity, struct responses *r, struct arena *keep,
                        struct err *err);
bool responses_group(const struct study *study, size_t group, const struct frame *const *surveys,
                     const struct frame *master, struct responses *r, struct arena *keep,
                     struct err *err);
bool responses_weight(const struct study *study, const struct frame *const *surveys,
                      struct responses *r, struct arena *keep, struct err *err);

#endif
