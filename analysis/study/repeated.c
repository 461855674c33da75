/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/repeated.h"

#include <math.h>
#include <string.h>

#include "analysis/study/answers.h"
#include "models/base/key_map.h"

/* ---- which answer stays ---- */

/* The answers of one wave. */
struct wave {
    const struct study *study;
    const struct frame *frame;
    struct response *at;
    const uint32_t *answered; /* [frame->n_rows] questions with an answer; NULL: not counted */
};

static bool takes_first(const struct wave *w, uint32_t now, uint32_t before)
{
    return w->at[now].date < w->at[before].date;
}

static bool takes_latest(const struct wave *w, uint32_t now, uint32_t before)
{
    return w->at[now].date >= w->at[before].date;
}

static bool takes_most_complete(const struct wave *w, uint32_t now, uint32_t before)
{
    return w->answered[now] != w->answered[before] ? w->answered[now] > w->answered[before]
                                                   : takes_latest(w, now, before);
}

/* What is done with several answers of one key. */
struct policy {
    bool (*takes)(const struct wave *w, uint32_t now, uint32_t before); /* NULL: refused */
    enum response_use loser;
    bool (*refuse)(const struct wave *w, uint32_t now, uint32_t before, struct arena *keep,
                   struct err *err);
};

static bool settle(const struct wave *w, const struct policy *p, struct arena *keep,
                   struct err *err)
{
    struct key_map *seen = key_map_new(w->frame->n_rows, keep);
    uint32_t *holder = ARENA_NEW(keep, uint32_t, w->frame->n_rows);
    for (uint32_t i = 0; i < w->frame->n_rows; i++) {
        bool added;
        if (w->at[i].use != RESPONSE_USABLE || w->at[i].unmapped)
            continue;
        uint32_t k = key_map_add(seen, w->at[i].joined, strlen(w->at[i].joined), &added);
        if (added) {
            holder[k] = i;
            continue;
        }
        if (!p->takes)
            return p->refuse(w, i, holder[k], keep, err);
        bool take = p->takes(w, i, holder[k]);
        uint32_t loser = take ? holder[k] : i, winner = take ? i : holder[k];
        w->at[loser].use = p->loser;
        w->at[loser].into = winner;
        holder[k] = winner;
    }
    return true;
}

/* ---- of one respondent ---- */

static void count_answers(const struct study_scale *scale, const char *column,
                          const struct frame *f, uint32_t *answered, struct arena *keep)
{
    const struct column *c = frame_column(f, column);
    struct answers *answers = answers_new(scale, keep);
    for (size_t i = 0; c && i < f->n_rows; i++) {
        if (!c->as.text[i])
            continue;
        const enum answer_kind kind = answer_of(answers, c->as.text[i]).kind;
        answered[i] += kind != ANSWER_BLANK && kind != ANSWER_MISSING;
    }
}

/* How many questions of the study's scales each row answers. */
static const uint32_t *questions_answered(const struct study *study, const struct frame *f,
                                          struct arena *keep)
{
    uint32_t *answered = ARENA_NEW(keep, uint32_t, f->n_rows);
    for (size_t s = 0; s < study->n_scales; s++) {
        const struct study_scale *scale = &study->scales[s];
        if (scale->column)
            count_answers(scale, scale->column, f, answered, keep);
        for (size_t k = 0; k < scale->items.n; k++)
            count_answers(scale, scale->items.at[k], f, answered, keep);
    }
    return answered;
}

static bool refuse_duplicate(const struct wave *w, uint32_t now, uint32_t before,
                             struct arena *keep, struct err *err)
{
    const struct frame *f = w->frame;
    size_t s = 0;
    while (s + 1 < w->study->n_surveys && w->at[now].survey != s)
        s++;
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line[now],
                                    .column = w->study->surveys[s].key,
                                    .value = w->at[now].key,
                                    .what = arena_printf(keep, "has answered before, on line %llu",
                                                         (unsigned long long)f->line[before]),
                                    .mend = "declare duplicates: first or duplicates: latest"});
}

bool set_duplicates(const struct survey_reading *r, struct arena *keep, struct err *err)
{
    static const struct policy policies[] = {
        [DUPLICATES_ERROR] = {.refuse = refuse_duplicate},
        [DUPLICATES_FIRST] = {takes_first, RESPONSE_DUPLICATE, NULL},
        [DUPLICATES_LATEST] = {takes_latest, RESPONSE_DUPLICATE, NULL},
        [DUPLICATES_MOST_COMPLETE] = {takes_most_complete, RESPONSE_DUPLICATE, NULL},
        [DUPLICATES_MEAN] = {takes_latest, RESPONSE_AVERAGED, NULL},
    };
    const enum duplicates how = r->study->surveys[r->survey].duplicates;
    struct wave w = {.study = r->study, .frame = r->frame, .at = r->at};
    if (how == DUPLICATES_MOST_COMPLETE)
        w.answered = questions_answered(r->study, r->frame, keep);
    return settle(&w, &policies[how], keep, err);
}

/* ---- of several respondents ---- */

static bool refuse_person(const struct wave *w, uint32_t now, uint32_t before, struct arena *keep,
                          struct err *err)
{
    const struct frame *f = w->frame;
    return err_at(
        err, ERR_VALUE,
        &(struct problem){
            .file = f->file,
            .line = f->line[now],
            .column = "join.mapping",
            .value = w->at[now].key,
            .what = arena_printf(keep, "and '%s' (line %llu) answer for the same customer, '%s'",
                                 w->at[before].key, (unsigned long long)f->line[before],
                                 w->at[now].joined),
            .mend = "say under mapping: which of them counts, combine: mean, latest, first, max "
                    "or min"});
}

bool repeated_people(const struct study *study, const struct frame *const *surveys,
                     struct responses *r, struct arena *keep, struct err *err)
{
    static const struct policy policies[] = {
        [PEOPLE_ERROR] = {.refuse = refuse_person},
        [PEOPLE_FIRST] = {takes_first, RESPONSE_OTHER, NULL},
        [PEOPLE_LATEST] = {takes_latest, RESPONSE_OTHER, NULL},
        [PEOPLE_MEAN] = {takes_latest, RESPONSE_COMBINED, NULL},
        [PEOPLE_MAX] = {takes_latest, RESPONSE_COMBINED, NULL},
        [PEOPLE_MIN] = {takes_latest, RESPONSE_COMBINED, NULL},
    };
    const struct policy *p = &policies[study->join.mapping.combine];
    size_t first = 0;
    for (size_t s = 0; s < study->n_surveys; s++) {
        const struct wave w = {.study = study, .frame = surveys[s], .at = r->at + first};
        if (!settle(&w, p, keep, err))
            return false;
        first += surveys[s]->n_rows;
    }
    return true;
}

/* ---- values ---- */

/* Values of one kind of several answers, while they are gathered at the one that stays. */
struct gathered {
    double *value; /* [n] in and out */
    double *sum;   /* [n] or the extreme */
    uint32_t *n;   /* [n] of values that are not missing */
};

static void gather(const struct gathered *g, enum people how, size_t at, double x)
{
    if (isnan(x))
        return;
    if (g->n[at]++ == 0)
        g->sum[at] = x;
    else if (how == PEOPLE_MAX)
        g->sum[at] = fmax(g->sum[at], x);
    else if (how == PEOPLE_MIN)
        g->sum[at] = fmin(g->sum[at], x);
    else
        g->sum[at] += x;
}

/* The answer that one is part of. */
static size_t stays(const struct responses *r, size_t i, enum response_use part)
{
    while (r->at[i].use == part)
        i = i - r->at[i].row + r->at[i].into;
    return i;
}

/* One stage: those of use `part` go into the answers that stay.  *why (may be NULL) follows. */
static void combine_values(const struct responses *r, enum response_use part, enum people how,
                           double *value, uint8_t *why, struct arena *scratch)
{
    const struct gathered g = {value, ARENA_NEW(scratch, double, r->n),
                               ARENA_NEW(scratch, uint32_t, r->n)};
    bool *is_whole = ARENA_NEW(scratch, bool, r->n); /* something goes into it */
    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].use == part)
            is_whole[stays(r, i, part)] = true;
    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].use == part || is_whole[i])
            gather(&g, how, stays(r, i, part), value[i]);
    for (size_t i = 0; i < r->n; i++)
        if (is_whole[i] && g.n[i]) {
            value[i] = how == PEOPLE_MAX || how == PEOPLE_MIN ? g.sum[i] : g.sum[i] / g.n[i];
            if (why)
                why[i] = MISSING_NOT;
        }
}

void repeated_combine(const struct study *study, size_t s, struct responses *r)
{
    static const enum response_use stage[] = {RESPONSE_AVERAGED, RESPONSE_COMBINED};
    const enum people how[] = {PEOPLE_MEAN, study->join.mapping.combine};
    struct scale_values *v = &r->scale[s];
    for (size_t k = 0; k < 2; k++) {
        if (r->by_use[stage[k]] == 0)
            continue;
        struct arena *scratch = arena_new();
        combine_values(r, stage[k], how[k], v->value, v->missing, scratch);
        for (size_t item = 0; item < v->n_items; item++)
            combine_values(r, stage[k], how[k], v->item[item], NULL, scratch);
        arena_free(scratch);
    }
}
