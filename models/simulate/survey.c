/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/simulate/survey.h"

#include <assert.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "models/simulate/purchases.h"

enum { STRANGER_FIRST = 900001, STRANGER_STEP = 7 };

/* How often answers are unclean. */
static const double chance_blank = 0.012, chance_dont_know = 0.010, chance_refused = 0.004,
                    chance_twice = 0.02, chance_unfinished = 0.03, chance_stranger = 0.007,
                    chance_abandoned = 0.015, chance_comment = 0.06;

static void add(struct responses *r, const struct response *row)
{
    assert(r->n < r->capacity);
    r->at[r->n++] = *row;
}

/* A day among n from `first` on, between eight and twenty o'clock. */
static void draw_time(gsl_rng *rng, int32_t first, uint64_t n, struct response *row)
{
    row->day = first + (int32_t)rng_below(rng, n);
    row->second = 8 * 3600 + (int32_t)rng_below(rng, 12 * 3600);
}

static int spoiled(gsl_rng *rng, int answer)
{
    double u = gsl_rng_uniform(rng);
    if (u < chance_blank)
        return ANSWER_BLANK;
    if (u < chance_blank + chance_dont_know)
        return ANSWER_DONT_KNOW;
    if (u < chance_blank + chance_dont_know + chance_refused)
        return ANSWER_REFUSED;
    return answer;
}

static void answers_at_random(gsl_rng *rng, struct response *row)
{
    for (size_t j = 0; j + 1 < N_QUESTIONS; j++)
        row->answer[j] = 1 + (int)rng_below(rng, N_POINTS);
    row->answer[N_QUESTIONS - 1] = (int)rng_below(rng, 11);
}

static void true_answers(gsl_rng *rng, const struct person *p, struct response *row)
{
    row->answer[0] = spoiled(rng, p->intent);
    for (size_t j = 0; j < N_ITEMS; j++) {
        int item = j == REVERSED_ITEM ? N_POINTS + 1 - p->item[j] : p->item[j];
        row->answer[1 + j] = spoiled(rng, item);
    }
    row->answer[N_QUESTIONS - 1] = spoiled(rng, p->recommend);
}

/* An answer that another follows, two to six days later: the first thoughts are
   finished and differ, or the form was left half way. */
static void add_earlier(gsl_rng *rng, const struct response *last, bool finished,
                        struct responses *out)
{
    struct response row = *last;
    row.day -= 2 + (int32_t)rng_below(rng, 5);
    row.finished = finished;
    row.superseded = true;
    row.comment = 0;
    answers_at_random(rng, &row);
    if (!finished)
        for (size_t j = 1 + rng_below(rng, N_ITEMS); j < N_QUESTIONS; j++)
            row.answer[j] = ANSWER_BLANK;
    add(out, &row);
}

static void add_person(gsl_rng *rng, const struct person *p, uint32_t index, struct responses *out)
{
    struct response row = {.person = index,
                           .number = p->number,
                           .cell = p->cell,
                           .id_form = p->id_form,
                           .wave = p->wave,
                           .finished = true,
                           .day = p->anchor,
                           .second = p->second};
    true_answers(rng, p, &row);
    if (gsl_rng_uniform(rng) < chance_comment)
        row.comment = (uint8_t)(1 + rng_below(rng, 255));
    if (gsl_rng_uniform(rng) < chance_twice)
        add_earlier(rng, &row, true, out);
    if (gsl_rng_uniform(rng) < chance_unfinished)
        add_earlier(rng, &row, false, out);
    add(out, &row);
}

/* Some begin and never finish. */
static void add_abandoned(gsl_rng *rng, const struct market *m, const struct person *p,
                          uint32_t index, struct responses *out)
{
    if (p->prospect || gsl_rng_uniform(rng) >= chance_abandoned)
        return;
    struct response row = {.person = index,
                           .number = p->number,
                           .cell = p->cell,
                           .id_form = p->id_form,
                           .wave = p->anchor == m->calendar.wave[0] ? 0 : 1};
    draw_time(rng, p->anchor + 1, 20, &row);
    answers_at_random(rng, &row);
    for (size_t j = 1 + rng_below(rng, N_ITEMS); j < N_QUESTIONS; j++)
        row.answer[j] = ANSWER_BLANK;
    add(out, &row);
}

/* People whose id is in no file: mistyped, or not customers at all. */
static void add_strangers(const struct market *m, struct responses *out, struct arena *keep)
{
    gsl_rng *rng = market_stream(m, FOR_STRANGERS, 0, keep);
    size_t n = (size_t)(chance_stranger * (double)m->n_respondents);
    for (size_t i = 0; i < n; i++) {
        int8_t wave = i % N_WAVES;
        struct response row = {.person = NOBODY,
                               .number = (uint32_t)(STRANGER_FIRST + STRANGER_STEP * i),
                               .wave = wave,
                               .finished = true};
        row.cell = (uint8_t)rng_below(rng, n_true_cells);
        draw_time(rng, m->calendar.wave[wave], 25, &row);
        answers_at_random(rng, &row);
        add(out, &row);
    }
}

static int compare_responses(const void *a, const void *b)
{
    const struct response *x = a, *y = b;
    if (x->wave != y->wave)
        return x->wave < y->wave ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->finished - y->finished;
}

struct responses market_responses(const struct market *market, struct arena *keep)
{
    size_t capacity = 4 * market->n_respondents + market->n_people;
    struct responses out = {.capacity = capacity, .at = ARENA_NEW(keep, struct response, capacity)};
    for (size_t i = 0; i < market->n_people; i++) {
        gsl_rng *rng = market_stream(market, FOR_SURVEY, i, keep);
        const struct person *p = &market->people[i];
        if (p->wave != NO_WAVE)
            add_person(rng, p, (uint32_t)i, &out);
        else
            add_abandoned(rng, market, p, (uint32_t)i, &out);
    }
    add_strangers(market, &out, keep);
    qsort(out.at, out.n, sizeof *out.at, compare_responses);
    return out;
}
