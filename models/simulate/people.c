/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/simulate/people.h"

#include <assert.h>

#include <gsl/gsl_randist.h>

enum { ID_STEP = 17, ID_FIRST = 4001 };

struct calendar calendar_from(int32_t first)
{
    int32_t wave = first + 427;
    return (struct calendar){first, wave + 366 + 392, {wave, wave + 366}};
}

gsl_rng *market_stream(const struct market *market, enum purpose purpose, uint64_t task,
                       struct arena *keep)
{
    return rng_stream(market->seed, rng_mix((uint64_t)purpose, task), keep);
}

/* Index of the share in which u falls; shares lie `stride` bytes apart. */
static uint8_t draw_share(gsl_rng *rng, const double *share, size_t stride, size_t n)
{
    double u = gsl_rng_uniform(rng);
    for (size_t i = 0; i + 1 < n; i++) {
        u -= *(const double *)(const void *)((const char *)share + i * stride);
        if (u < 0)
            return (uint8_t)i;
    }
    return (uint8_t)(n - 1);
}

static uint8_t answer(gsl_rng *rng, const struct style *style, double probability, unsigned n)
{
    return (uint8_t)gsl_ran_binomial(rng, style->low + style->gain * probability, n);
}

static void draw_traits(gsl_rng *rng, size_t i, struct person *p)
{
    p->number = (uint32_t)(ID_FIRST + ID_STEP * i + rng_below(rng, ID_STEP));
    p->cell = draw_share(rng, &true_cells[0].share, sizeof *true_cells, n_true_cells);
    p->style = draw_share(rng, &styles[0].share, sizeof *styles, N_STYLES);
    p->activity = draw_share(rng, &activities[0].share, sizeof *activities, N_ACTIVITIES);
    p->propensity = gsl_ran_beta(rng, true_cells[p->cell].alpha, true_cells[p->cell].beta);
    double experience = gsl_ran_beta(rng, 2, 2);
    const struct style *style = &styles[p->style];
    p->intent = 1 + answer(rng, style, p->propensity, N_POINTS - 1);
    double satisfied = satisfaction_probability(p->propensity, experience);
    uint8_t common = 1 + answer(rng, style, satisfied, N_COMMON);
    for (size_t j = 0; j < N_ITEMS; j++)
        p->item[j] = common + answer(rng, style, satisfied + item_ease[j], N_POINTS - 1 - N_COMMON);
    p->recommend = answer(rng, style, recommend_probability(p->propensity, experience), 10);
    double form = gsl_rng_uniform(rng);
    p->id_form = form < 0.80 ? 0 : form < 0.92 ? 1 : form < 0.97 ? 2 : 3;
    p->prospect = gsl_rng_uniform(rng) < 0.03;
    p->unlisted = !p->prospect && gsl_rng_uniform(rng) < 0.008;
    p->wave = NO_WAVE;
}

static bool is_willing(gsl_rng *rng, const struct person *p)
{
    double chance = response_of_propensity(p->propensity) * activities[p->activity].response;
    return !p->prospect && gsl_rng_uniform(rng) < chance;
}

/* Most answer early; some only after a reminder, up to day 50. */
static void draw_answer_time(gsl_rng *rng, const struct calendar *calendar, struct person *p)
{
    double u = gsl_rng_uniform(rng);
    bool late = gsl_rng_uniform(rng) < 0.06;
    int32_t after = late ? 25 + (int32_t)rng_below(rng, 26) : (int32_t)(25 * u * u);
    p->anchor = calendar->wave[p->wave] + after;
    p->second = 7 * 3600 + (int32_t)rng_below(rng, 15 * 3600);
}

static void choose_respondents(struct market *m, size_t *willing, struct arena *keep)
{
    gsl_rng *rng = market_stream(m, FOR_SAMPLE, 0, keep);
    for (size_t i = 0; i < m->n_respondents; i++) {
        size_t j = i + rng_below(rng, m->n_willing - i), chosen = willing[j];
        willing[j] = willing[i];
        m->people[chosen].wave = i % N_WAVES;
        draw_answer_time(rng, &m->calendar, &m->people[chosen]);
    }
}

bool market_draw(size_t n_people, size_t n_respondents, int32_t first, uint64_t seed,
                 struct market *market, struct arena *keep)
{
    assert(n_people < 50000 && n_true_cells <= MAX_TRUE_CELLS);
    *market = (struct market){.seed = seed,
                              .calendar = calendar_from(first),
                              .n_people = n_people,
                              .n_respondents = n_respondents,
                              .people = ARENA_NEW(keep, struct person, n_people)};
    for (size_t c = 0; c < n_true_cells; c++)
        cell_truth(&true_cells[c], &market->truth[c]);
    size_t *willing = ARENA_NEW(keep, size_t, n_people);
    for (size_t i = 0; i < n_people; i++) {
        gsl_rng *rng = market_stream(market, FOR_TRAITS, i, keep);
        struct person *p = &market->people[i];
        draw_traits(rng, i, p);
        p->anchor = market->calendar.wave[rng_below(rng, N_WAVES)];
        if (is_willing(rng, p))
            willing[market->n_willing++] = i;
    }
    if (market->n_willing < n_respondents)
        return false;
    choose_respondents(market, willing, keep);
    return true;
}
