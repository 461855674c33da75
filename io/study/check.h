/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_STUDY_CHECK_H
#define IO_STUDY_CHECK_H

#include "io/study/schema.h"

/* What a study file means, after its shape has been found right.  Internal to
   the reader of study files. */
struct check {
    const char *file;
    const struct yaml_tree *tree; /* the whole document */
    struct arena *keep, *scratch;
    struct err *err;
};

/* Turns a study's keys into the study: fills in defaults, reads numbers, and refuses
   what contradicts itself, with ERR_STUDY at the line of the key. */
bool study_check(const struct check *c, const struct raw_study *raw, struct study *s);

/* The parts of it. */
/* A scale's answers in words, of an entry whose range has been read. */
bool check_labels(const struct check *c, const struct yaml_tree *entry, const struct raw_scale *raw,
                  struct study_scale *s);

bool check_surveys(const struct check *c, struct study *s);
bool check_waves(const struct check *c, struct study *s); /* their names, dates and columns */
bool check_customers(const struct check *c, struct study *s);
bool check_ledgers(const struct check *c, const struct raw_study *raw, struct study *s);
bool check_shape(const struct check *c, const struct yaml_tree *entry, const struct raw_ledger *raw,
                 struct study_ledger *l);
bool check_currency(const struct check *c, const struct yaml_tree *entry,
                    const struct raw_ledger *raw, struct study_ledger *l);
bool check_delimiter(const struct check *c, const struct yaml_tree *entry, const char *key,
                     const char **delimiter);
bool check_mapping(const struct check *c, struct study *s);
bool check_join(const struct check *c, const struct raw_join *raw, struct study *s);
bool check_behaviours(const struct check *c, struct study *s);
bool check_analysis(const struct check *c, const struct raw_analysis *raw, struct study *s);
bool check_limits(const struct check *c, struct study *s);

/* A problem at a key, or at its absence in the block t: with file, line, path and
   (where it is a text) value.  Gives false. */
bool wrong(const struct check *c, const struct yaml_tree *t, const char *what, const char *mend);
bool wrong_without(const struct check *c, const struct yaml_tree *t, const char *key,
                   const char *what, const char *mend);

/* "did you mean 'x'?", or all the words: a mend. */
const char *one_of(const struct check *c, const char *typed, const char *const word[], size_t n);

/* Whether the word of t is among n. */
bool check_word(const struct check *c, const struct yaml_tree *t, const char *const word[],
                size_t n, const char *what);

/* No text twice in a list; t may be NULL. */
bool check_unique(const struct check *c, const struct yaml_tree *t);

/* A number of the file; `mend` says what to write. */
bool check_real(const struct check *c, const struct yaml_tree *t, double *value, const char *mend);
bool check_whole(const struct check *c, const struct yaml_tree *t, int64_t low, int64_t high,
                 int64_t *value);

/* A span of days, as "1d" or "52w". */
bool check_days(const struct check *c, const struct yaml_tree *t, int32_t *days);

/* A name for a column of results: a letter, then letters, digits, '_' and '.'. */
bool check_name(const struct check *c, const struct yaml_tree *t);

#endif
