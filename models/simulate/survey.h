/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SIMULATE_SURVEY_H
#define MODELS_SIMULATE_SURVEY_H

#include "models/simulate/people.h"

/* The rows of the survey files, with all that makes them unclean. */

enum { N_QUESTIONS = 2 + N_ITEMS }; /* intent, the satisfaction items, recommend */
enum { ANSWER_BLANK = -1, ANSWER_DONT_KNOW = 98, ANSWER_REFUSED = -99 };
enum { REVERSED_ITEM = N_ITEMS - 1 }; /* worded the other way round: 8 - answer */

struct response {
    uint32_t person; /* index; NOBODY: a stranger, whose id matches nothing */
    uint32_t number; /* of the id */
    uint8_t cell;    /* as the survey states segment and industry */
    uint8_t id_form, comment;
    int8_t wave;
    bool finished;
    bool superseded; /* the same person answers again later */
    int32_t day, second;
    int answer[N_QUESTIONS]; /* as ticked, or ANSWER_... */
};

struct responses {
    size_t n, capacity;
    struct response *at;
};

/* Sorted by wave, day, second, number. */
struct responses market_responses(const struct market *market, struct arena *keep);

#endif
