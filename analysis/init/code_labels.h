/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_INIT_CODE_LABELS_H
#define ANALYSIS_INIT_CODE_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "models/base/arena.h"

/* Codes with labels: answers on a scale (1 Very satisfied ... 5 Very dissatisfied), or names
   (1 Basic, 2 Plus, 3 Pro), of which no mean makes sense.  The labels decide. */

struct code_label {
    int code;
    const char *label; /* as the file has it, a number in front of it or not; NULL or "": none */
    size_t n;          /* answers */
};

enum code_kind {
    CODES_BARE,  /* none has a label */
    CODES_SCALE, /* those of the ends, or most of them, are words of answers; or the ends alone have
                    labels */
    CODES_NAMES
};

struct code_reading {
    enum code_kind kind;
    /* -1: the lowest code is the best answer, 1: the highest; 0: no wording of LIKERT_LIST has
       both ends, or they disagree. */
    int direction;
    int low, high; /* of the only range that the wordings give to the codes; else both 0 */
    const char *lowest, *highest; /* the labels of the ends; of kind CODES_SCALE */
    int lowest_code, highest_code;
};

/* Labels that repeat their number, and those that mean "no answer", do not count. */
struct code_reading code_labels_read(const struct code_label *label, size_t n);

/* A label without the number in front of it or, in parentheses, behind it. */
const char *code_label_words(const char *label, struct arena *keep);

/* Is a column of numbers, by its name or its question, of names rather than answers: "Region",
   "Geschlecht", "plan code"? */
bool code_names_attribute(const char *name);

#endif
