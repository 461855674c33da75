/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/responses.h"

#include <math.h>
#include <string.h>

#include "analysis/study/repeated.h"
#include "analysis/study/response_dates.h"
#include "analysis/study/scales.h"
#include "analysis/study/variables.h"
#include "io/ledger/pattern.h"
#include "io/text/parse.h"
#include "models/base/key_map.h"
#include "models/base/nearest.h"

const char *response_use_word(enum response_use use)
{
    static const char *const word[] = {
#define X(code, text) text,
        RESPONSE_LIST(X)
#undef X
    };
    return word[use];
}

/* A column that the study's entry of a survey names under `key`. */
static const struct column *survey_column(const struct survey_reading *r, const char *name,
                                          const char *key, struct arena *keep, struct err *err)
{
    const struct declaration at = {r->study, "surveys", r->survey, key};
    return variable_declared(r->frame, name, &at, keep, err);
}

static bool value_among(const char *value, const struct texts *values)
{
    for (size_t k = 0; k < values->n; k++) {
        size_t n = strlen(values->at[k]);
        if (n && values->at[k][n - 1] == '*' ? value && strncmp(value, values->at[k], n - 1) == 0
                                             : strcmp(value ? value : "", values->at[k]) == 0)
            return true;
    }
    return false;
}

/* Marks what the survey's `keep` filters leave out. */
static bool set_filters(const struct survey_reading *r, struct arena *keep, struct err *err)
{
    const struct study_survey *v = &r->study->surveys[r->survey];
    const struct frame *f = r->frame;
    for (size_t k = 0; k < v->n_keep; k++) {
        const struct column *c = survey_column(r, v->keep[k].column, "keep", keep, err);
        if (!c)
            return false;
        for (size_t i = 0; i < f->n_rows; i++)
            if (!value_among(c->as.text[i], &v->keep[k].values))
                r->at[i].use = RESPONSE_FILTERED;
    }
    return true;
}

bool keys_are_whole(const struct frame *f, const char *column, struct err *err)
{
    const struct column *c = frame_column(f, column);
    for (size_t i = 0; i < f->n_rows; i++)
        if (c->as.text[i] && key_is_shortened(c->as.text[i], strlen(c->as.text[i])))
            return err_at(err, ERR_VALUE,
                          &(struct problem){.file = f->file,
                                            .line = f->line ? f->line[i] : 0,
                                            .column = column,
                                            .value = c->as.text[i],
                                            .what = key_shortened_what,
                                            .mend = key_shortened_mend});
    return true;
}

static bool set_keys(const struct survey_reading *r, struct arena *keep, struct err *err)
{
    struct key_buffer buffer = {.arena = keep};
    const struct study_survey *v = &r->study->surveys[r->survey];
    const struct frame *f = r->frame;
    struct response *at = r->at;
    const struct column *c = survey_column(r, v->key, "key", keep, err);
    for (size_t i = 0; c && i < f->n_rows; i++) {
        const char *text = c->as.text[i];
        struct key_text joined = {0};
        const bool is_blocked =
            text && blocked_is(&r->identity->blocked, text, strlen(text), &buffer);
        if (text)
            joined = keys_apply(&r->identity->rules, SIZE_MAX, text, strlen(text), &buffer);
        if (joined.length) {
            at[i].key = text;
            at[i].own = at[i].joined = arena_strndup(keep, joined.text, joined.length);
            if (is_blocked && at[i].use == RESPONSE_USABLE)
                at[i].use = RESPONSE_BLOCKED;
        } else if (at[i].use == RESPONSE_USABLE) {
            at[i].use = RESPONSE_BLANK_KEY;
        }
    }
    return c != NULL;
}

static bool set_dates(const struct survey_reading *r, struct arena *keep, struct err *err)
{
    return response_dates(r, keep, err);
}

const struct survey_step survey_steps[] = {
#define X(name) {#name, set_##name},
    SURVEY_STEP_LIST(X)
#undef X
};
const size_t n_survey_steps = sizeof survey_steps / sizeof *survey_steps;

static bool read_survey(const struct survey_reading *r, struct arena *keep, struct err *err)
{
    for (size_t k = 0; k < n_survey_steps; k++)
        if (!survey_steps[k].run(r, keep, err))
            return false;
    return true;
}

/* A group's column that no survey has must be the master's. */
static bool in_master(const struct study *study, size_t g, const struct frame *const *surveys,
                      const struct frame *master, struct arena *keep, struct err *err)
{
    const char *name = study->groups[g].column;
    if (frame_column(master, name))
        return true;
    size_t n;
    const char *const *in_survey = frame_names_and_aliases(surveys[0], &n, keep);
    bool near = nearest(name, in_survey, n) != NULL;
    return err_at(err, ERR_COLUMN,
                  &(struct problem){.file = study->path,
                                    .line = study_line(study, "groups", g, "column"),
                                    .column = "column",
                                    .value = name,
                                    .what = arena_printf(keep, "is no column of %s or %s",
                                                         surveys[0]->file, master->file),
                                    .mend = variable_mend(near ? surveys[0] : master, name, keep)});
}

/* Where the study declares levels, a value must be one of them. */
static bool known_level(const struct study *study, size_t g, const struct frame *f, size_t row,
                        const char *level, struct arena *keep, struct err *err)
{
    const struct study_group *group = &study->groups[g];
    for (size_t k = 0; k < group->levels.n; k++)
        if (!level || strcmp(group->levels.at[k], level) == 0)
            return true;
    if (!level || !group->levels.n)
        return true;
    const char *near = nearest(level, group->levels.at, group->levels.n);
    unsigned long long line = study_line(study, "groups", g, "levels");
    return err_at(
        err, ERR_VALUE,
        &(struct problem){.file = f->file,
                          .line = f->line[row],
                          .column = group->column,
                          .value = level,
                          .what = arena_printf(keep, "is no level of the group '%s'", group->name),
                          .mend = arena_printf(keep, "%s%s%sadd it to levels: (%s:%llu)",
                                               near ? "did you mean '" : "", near ? near : "",
                                               near ? "'? or " : "", study->path, line)});
}

/* A value as a level: itself, or the label that its file gives it; two values of one label
   stay apart. */
static const char *level_shown(const struct study_survey *survey, const struct column *c,
                               size_t row, struct arena *keep)
{
    const struct levels *l = c->levels;
    const char *text = c->as.text[row], *label = NULL;
    if (!text || !l || survey->labels == LABELS_CODES)
        return text;
    for (size_t k = 0; k < l->n; k++)
        if (strcmp(l->name[k], text) == 0)
            label = l->label[k];
    for (size_t k = 0; label && k < l->n; k++)
        if (strcmp(l->label[k], label) == 0 && strcmp(l->name[k], text) != 0)
            return arena_printf(keep, "%s (%s)", label, text);
    return label && *label ? label : text;
}

/* A group's column, from every survey or from none (then it is the master's). */
bool responses_group(const struct study *study, size_t g, const struct frame *const *surveys,
                     const struct frame *master, struct responses *r, struct arena *keep,
                     struct err *err)
{
    const struct study_group *group = &study->groups[g];
    r->group[g] = ARENA_NEW(keep, const char *, r->n);
    for (size_t s = 0; s < study->n_surveys; s++)
        r->group_in_survey[g] |= frame_column(surveys[s], group->column) != NULL;
    if (!r->group_in_survey[g] && master)
        return in_master(study, g, surveys, master, keep, err);
    for (size_t i = 0; i < r->n; i++) {
        const struct frame *f = surveys[r->at[i].survey];
        const struct declaration at = {study, "groups", g, "column"};
        const struct column *c = variable_declared(f, group->column, &at, keep, err);
        if (!c)
            return false;
        r->group[g][i] = level_shown(&study->surveys[r->at[i].survey], c, r->at[i].row, keep);
    }
    return true;
}

bool responses_weight(const struct study *study, const struct frame *const *surveys,
                      struct responses *r, struct arena *keep, struct err *err)
{
    const char *name = study->analysis.weights;
    double *w = name ? ARENA_NEW(keep, double, r->n) : NULL;
    r->weight = w;
    for (size_t i = 0; w && i < r->n; i++) {
        const struct frame *f = surveys[r->at[i].survey];
        const struct declaration at = {study, "analysis", 0, "weights"};
        const struct column *c = variable_declared(f, name, &at, keep, err);
        if (!c)
            return false;
        const char *text = c->as.text[r->at[i].row];
        bool number = text && parse_real(text, strlen(text), &w[i]) && w[i] >= 0;
        if (!number && r->at[i].use == RESPONSE_USABLE)
            return err_at(err, ERR_VALUE,
                          &(struct problem){.file = f->file,
                                            .line = f->line[r->at[i].row],
                                            .column = name,
                                            .value = text,
                                            .what = text ? "is not a weight" : "is missing",
                                            .mend = "give every respondent a number of 0 or more"});
    }
    return true;
}

void responses_new(const struct study *study, const struct frame *const *surveys,
                   struct responses *r, struct arena *keep)
{
    size_t n = 0;
    *r = (struct responses){0};
    for (size_t s = 0; s < study->n_surveys; s++)
        r->n += surveys[s]->n_rows;
    r->at = ARENA_NEW(keep, struct response, r->n);
    for (size_t s = 0; s < study->n_surveys; s++)
        for (size_t i = 0; i < surveys[s]->n_rows; i++)
            r->at[n++] =
                (struct response){.survey = (uint32_t)s, .row = (uint32_t)i, .date = DAY_MISSING};
    r->group = ARENA_NEW(keep, const char **, study->n_groups);
    r->group_in_survey = ARENA_NEW(keep, bool, study->n_groups);
    r->scale = ARENA_NEW(keep, struct scale_values, study->n_scales);
}

struct survey_reading responses_survey(const struct study *study,
                                       const struct frame *const *surveys,
                                       const struct survey_said *said, size_t survey,
                                       const struct identity *identity, const struct responses *r)
{
    size_t first = 0;
    for (size_t s = 0; s < survey; s++)
        first += surveys[s]->n_rows;
    return (struct survey_reading){
        study, survey, surveys[survey], said ? &said[survey] : NULL, identity, r->at + first};
}

static bool same_rows(const struct frame *a, const struct frame *b)
{
    if (a->n_rows != b->n_rows || a->n_cols != b->n_cols)
        return false;
    for (size_t j = 0; j < a->n_cols; j++)
        for (size_t i = 0; i < a->n_rows; i++) {
            const char *s = a->cols[j].as.text[i], *t = b->cols[j].as.text[i];
            if (s && t ? strcmp(s, t) != 0 : s != t)
                return false;
        }
    return a->n_rows > 0;
}

/* Can no cell have a value of both lists? */
static bool have_none_in_common(const struct texts *a, const struct texts *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < b->n; j++)
            if (pattern_is(a->at[i]) || pattern_is(b->at[j]) || strcmp(a->at[i], b->at[j]) == 0)
                return false;
    return true;
}

/* Do two entries keep rows of other values in one column, as waves of one file? */
static bool keep_other_rows(const struct study_survey *a, const struct study_survey *b)
{
    for (size_t i = 0; i < a->n_keep; i++)
        for (size_t j = 0; j < b->n_keep; j++)
            if (!a->n_columns && !b->n_columns &&
                strcmp(a->keep[i].column, b->keep[j].column) == 0 &&
                have_none_in_common(&a->keep[i].values, &b->keep[j].values))
                return true;
    return false;
}

/* Levels of the groups that the analysis is by. */
static bool known_levels(const struct study *study, size_t g, const struct frame *const *surveys,
                         const struct responses *r, struct arena *keep, struct err *err)
{
    bool asked = false;
    for (size_t k = 0; k < study->analysis.by.n; k++)
        asked |= strcmp(study->analysis.by.at[k], study->groups[g].name) == 0;
    for (size_t i = 0; asked && r->group_in_survey[g] && i < r->n; i++)
        if (r->at[i].use == RESPONSE_USABLE &&
            !known_level(study, g, surveys[r->at[i].survey], r->at[i].row, r->group[g][i], keep,
                         err))
            return false;
    return true;
}

bool surveys_differ(const struct study *study, const struct frame *const *surveys,
                    struct arena *keep, struct err *err)
{
    for (size_t s = 1; s < study->n_surveys; s++)
        for (size_t t = 0; t < s; t++)
            if (same_rows(surveys[s], surveys[t]) &&
                !keep_other_rows(&study->surveys[s], &study->surveys[t]))
                return err_at(
                    err, ERR_VALUE,
                    &(struct problem){.file = surveys[s]->file,
                                      .what = arena_printf(keep,
                                                           "holds the same rows as %s: each "
                                                           "answer would count twice",
                                                           surveys[t]->file),
                                      .mend = "name the survey once"});
    return true;
}

/* Whose customer a respondent is; his answer is blocked where he has only blocked accounts. */
static void identify(struct response *a, const struct mapping *m, struct arena *keep)
{
    const struct key_text own = {a->own, strlen(a->own)};
    const uint32_t customer = mapping_respondent(m, own);
    const struct key_text key = mapping_key(m, own);
    if (customer == MAPPING_BLOCKED)
        a->use = RESPONSE_BLOCKED;
    else if (key.length)
        a->joined = arena_strndup(keep, key.text, key.length);
    else
        a->unmapped = true;
}

bool responses_identify(const struct study *study, const struct frame *const *surveys,
                        const struct identity *identity, struct responses *r, struct arena *keep,
                        struct err *err)
{
    if (!identity->mapping.frame)
        return true;
    for (size_t i = 0; i < r->n; i++)
        if (r->at[i].use == RESPONSE_USABLE)
            identify(&r->at[i], &identity->mapping, keep);
    return repeated_people(study, surveys, r, keep, err);
}

bool responses_read(const struct study *study, const struct frame *const *surveys,
                    const struct survey_said *said, const struct frame *master,
                    const struct identity *identity, struct responses *r, struct arena *keep,
                    struct err *err)
{
    responses_new(study, surveys, r, keep);
    if (!surveys_differ(study, surveys, keep, err))
        return false;
    for (size_t s = 0; s < study->n_surveys; s++) {
        struct survey_reading reading = responses_survey(study, surveys, said, s, identity, r);
        if (!read_survey(&reading, keep, err))
            return false;
    }
    if (!responses_identify(study, surveys, identity, r, keep, err))
        return false;
    for (size_t g = 0; g < study->n_groups; g++)
        if (!responses_group(study, g, surveys, master, r, keep, err) ||
            !known_levels(study, g, surveys, r, keep, err))
            return false;
    for (size_t i = 0; i < r->n; i++)
        r->by_use[r->at[i].use]++;
    if (!responses_weight(study, surveys, r, keep, err))
        return false;
    for (size_t s = 0; s < study->n_scales; s++) {
        if (!scale_read(study, s, surveys, r, keep, err))
            return false;
        repeated_combine(study, s, r);
    }
    return true;
}
