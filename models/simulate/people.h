/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODELS_SIMULATE_PEOPLE_H
#define MODELS_SIMULATE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/base/arena.h"
#include "models/base/rng.h"
#include "models/simulate/truth.h"

/* The customers of the simulated market and what each would say. */

enum { N_WAVES = 2, NO_WAVE = -1, YEAR = 365, MAX_TRUE_CELLS = 16 };

/* Days since 1970-01-01.  The ledger runs from first to last, both included; the
   first wave starts 427 days after `first`, the second 366 days later, 393
   days before the end: answers 28 or more days after its start have a window that
   the ledger does not cover. */
struct calendar {
    int32_t first, last;
    int32_t wave[N_WAVES];
};

struct calendar calendar_from(int32_t first);

struct person {
    uint32_t
        number; /* of the customer id: unique, ascending, below 1,000,000 below 50,000 people */
    uint8_t cell, style, activity;
    uint8_t intent, item[N_ITEMS], recommend; /* what the person would say: 1..7, 0..10 */
    uint8_t id_form;                          /* how the survey writes the id: 0..3 */
    int8_t wave;                              /* answers in this wave, or NO_WAVE */
    bool prospect;                            /* in the master, never buys, is not asked */
    bool unlisted; /* not in the master; has an opening fee in the ledger */
    double propensity;
    int32_t anchor; /* day of the answer; of those who give none, the first day of a wave */
    int32_t second; /* time of the answer */
};

struct market {
    uint64_t seed;
    struct calendar calendar;
    struct cell_truth truth[MAX_TRUE_CELLS]; /* [n_true_cells] */
    size_t n_people, n_respondents, n_willing;
    struct person *people; /* [n_people] */
};

/* Draws n_people customers; n_respondents of those willing to answer do, half in
   each wave, nobody twice.  False if fewer than that are willing (n_willing
   says how many).  n_people < 50,000.  Every person has an own random stream. */
bool market_draw(size_t n_people, size_t n_respondents, int32_t first, uint64_t seed,
                 struct market *market, struct arena *keep);

/* A random stream of the market for one purpose and one task. */
enum purpose { FOR_TRAITS, FOR_SAMPLE, FOR_BEHAVIOUR, FOR_SURVEY, FOR_STRANGERS, FOR_TILL };
gsl_rng *market_stream(const struct market *market, enum purpose purpose, uint64_t task,
                       struct arena *keep);

#endif
