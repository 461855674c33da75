/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_STUDY_ANSWERS_H
#define ANALYSIS_STUDY_ANSWERS_H

#include "io/study/study.h"
#include "models/base/arena.h"

/* What a cell says on a scale. */
enum answer_kind {
    ANSWER_BLANK,   /* nothing but blanks */
    ANSWER_VALUE,   /* a number in the range, or a declared word: `value` */
    ANSWER_MISSING, /* a declared missing code or word */
    ANSWER_OUTSIDE, /* a number outside the range */
    ANSWER_UNKNOWN  /* a word that the scale does not declare */
};

struct answer {
    enum answer_kind kind;
    double value; /* NaN unless ANSWER_VALUE */
};

/* The answers of one scale.  Distinct words are looked at once. */
struct answers;

struct answers *answers_new(const struct study_scale *scale, struct arena *keep);

/* Blanks around an answer are passed over, words compared as answer_folded() does. */
struct answer answer_of(struct answers *a, const char *text);

/* Words without a code while they are counted; two spellings that compare equal are one. */
struct unknown_words;

struct unknown_words *unknown_words_new(struct arena *keep);
void unknown_words_add(struct unknown_words *u, const char *text);

/* "Somewhat agree 41, Agree 12": the most frequent first; what does not fit is only counted. */
const char *unknown_words_listed(const struct unknown_words *u, struct arena *keep);

/* The same as lines for the study file: "{code: N, words: [\"Somewhat agree\"]}, ..." */
const char *unknown_words_labels(const struct unknown_words *u, struct arena *keep);

#endif
