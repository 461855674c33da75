/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_INIT_WORDS_H
#define ANALYSIS_INIT_WORDS_H

#include "analysis/init/code_labels.h"
#include "analysis/init/profile.h"

/* Answers in words that are a scale: by the wordings of LIKERT_LIST (likert_words.h), or since
   they begin with their number ("10 - Extremely likely"). */

struct word_code {
    const char *text; /* as in the file; as in the list where it does not occur */
    int code;
    size_t n;   /* answers; 0: does not occur */
    bool again; /* another spelling of a word before it, which a study takes for the same */
};

struct worded {
    const char *language, *asked; /* "de", "satisfaction"; NULL: numbers with words */
    int low, high;                /* codes of the wording */
    bool whole;                   /* low and high are the ends of the scale, seen or not */
    struct code_reading labels;   /* of the words behind numbers; of a wording its direction, 1 */
    size_t n_words;
    const struct word_code *word; /* [n_words] by code, the most frequent first */
    size_t n_missing;
    const struct value_count *missing; /* [n_missing] such as "Don't know" */
    size_t n_unknown, unknown_answers;
    const struct value_count *unknown; /* [n_unknown] words that the wording does not have */
};

/* True if a column's values, each once, are answers in words: two of a wording at least (three
   where other texts stand beside them), and as many answers are known as are not.  Numbers with
   names ("1 Basic") are none. */
bool words_find(const struct value_count *value, size_t n, struct worded *found,
                struct arena *keep);

/* Is the text one of those that mean "no answer"? */
bool words_no_answer(const char *text);

#endif
