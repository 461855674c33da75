/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/value_labels.h"

#include <string.h>

#include "io/text/answer_words.h"
#include "models/base/key_map.h"

/* What a word stands for, and in which file first. */
struct meaning {
    double code;
    const struct frame *frame; /* NULL: the study file */
    bool several;              /* codes in that file */
};

/* Words of a scale, by the number that a key_map gives them. */
struct meanings {
    const struct study *study;
    size_t scale;
    struct key_map *map;
    struct meaning *at; /* as many as there may be words */
};

static size_t words_declared(const struct study_scale *scale)
{
    size_t n = 0;
    for (size_t k = 0; k < scale->n_labels; k++)
        n += scale->labels[k].words.n;
    return n;
}

static struct meaning *meaning_of(struct meanings *m, const char *word, struct meaning now,
                                  struct arena *keep)
{
    bool added;
    const char *folded = answer_folded(word, keep);
    struct meaning *known = &m->at[key_map_add(m->map, folded, strlen(folded), &added)];
    if (added)
        *known = now;
    else if (known->frame == now.frame && known->code != now.code)
        known->several = true;
    return known;
}

static bool contradicted(const struct meanings *m, const struct column *c, const char *word,
                         const struct meaning *now, const struct meaning *known, struct arena *keep,
                         struct err *err)
{
    const struct study_scale *scale = &m->study->scales[m->scale];
    const char *key = scale->n_labels ? "labels" : NULL;
    const unsigned long long line = study_line(m->study, "scales", m->scale, key);
    const char *other = known->frame ? known->frame->file : m->study->path;
    return err_at(
        err, ERR_VALUE,
        &(struct problem){
            .file = now->frame->file,
            .column = column_source(c),
            .value = word,
            .what = arena_printf(keep,
                                 "is the label of %g here, and of %g in %s: the codes of "
                                 "the scale '%s' do not mean the same",
                                 now->code, known->code, other, scale->name),
            .mend = arena_printf(keep,
                                 "recode one of the files, or export the answers in words and "
                                 "say under labels: which code each is (%s:%llu)",
                                 m->study->path, line)});
}

static bool labels_of_survey(struct meanings *m, const struct frame *f, const struct column *c,
                             struct answers *answers, struct arena *keep, struct err *err)
{
    for (size_t k = 0; k < c->levels->n; k++) {
        const char *word = c->levels->label[k];
        const struct answer answer = answer_of(answers, c->levels->name[k]);
        if (!word || answer.kind != ANSWER_VALUE || !*answer_folded(word, keep))
            continue;
        const struct meaning now = {answer.value, f, false};
        const struct meaning *known = meaning_of(m, word, now, keep);
        if (known->frame != f && !known->several && known->code != now.code)
            return contradicted(m, c, word, &now, known, keep, err);
    }
    return true;
}

bool value_labels_agree(const struct study *study, size_t s, const char *name,
                        const struct frame *const *surveys, struct answers *answers,
                        struct arena *keep, struct err *err)
{
    const struct study_scale *scale = &study->scales[s];
    const struct column **column = ARENA_NEW(keep, const struct column *, study->n_surveys);
    size_t n = words_declared(scale);
    for (size_t v = 0; v < study->n_surveys; v++) {
        const struct column *c = frame_column(surveys[v], name);
        column[v] = c && c->levels && c->levels->label ? c : NULL;
        n += column[v] ? c->levels->n : 0;
    }
    struct meanings m = {study, s, key_map_new(32, keep), ARENA_NEW(keep, struct meaning, n)};
    for (size_t k = 0; k < scale->n_labels; k++)
        for (size_t w = 0; w < scale->labels[k].words.n; w++)
            meaning_of(&m, scale->labels[k].words.at[w],
                       (struct meaning){.code = scale->labels[k].code}, keep);
    for (size_t v = 0; v < study->n_surveys; v++)
        if (column[v] && !labels_of_survey(&m, surveys[v], column[v], answers, keep, err))
            return false;
    return true;
}
