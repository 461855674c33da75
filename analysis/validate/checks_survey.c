/* SPDX-License-Identifier: GPL-3.0-or-later
   The survey's part of the checks: every cell that a run would stop at, up to a number. */
#include <math.h>
#include <string.h>

#include "analysis/study/scales.h"
#include "analysis/validate/checks.h"
#include "models/base/key_map.h"

enum { TOLD = 20 };

/* The row of a frame that an error names; SIZE_MAX: none. */
static size_t row_of(const struct frame *f, const struct err *e)
{
    if (!e->line || strcmp(e->file, f->file) != 0)
        return SIZE_MAX;
    for (size_t i = 0; i < f->n_rows; i++)
        if (f->line[i] == e->line)
            return i;
    return SIZE_MAX;
}

static void tell_more(struct problems *problems, const struct frame *f, const char *what,
                      struct arena *keep)
{
    problems_warning(problems, &(struct problem){.file = f->file,
                                                 .what = arena_printf(keep,
                                                                      "%s: there may be more "
                                                                      "than the %d told",
                                                                      what, TOLD)});
}

/* Leaves out the row at which the step stopped, so that it comes to the next. */
static bool run_step(const struct survey_step *step, const struct survey_reading *r,
                     bool *set_aside, struct problems *problems, struct arena *keep)
{
    for (int told = 0; told < TOLD; told++) {
        struct err e = {0};
        if (step->run(r, keep, &e))
            return true;
        problems_error(problems, &e);
        size_t row = row_of(r->frame, &e);
        if (row == SIZE_MAX || r->at[row].use != RESPONSE_USABLE)
            return false;
        r->at[row].use = RESPONSE_FILTERED;
        set_aside[row] = true;
    }
    tell_more(problems, r->frame, step->name, keep);
    return false;
}

/* The last step, duplicates, needs what the others set. */
static bool check_survey(const struct survey_reading *r, bool *set_aside, struct problems *problems,
                         struct arena *keep)
{
    bool whole = true;
    for (size_t k = 0; k < n_survey_steps; k++)
        if (k + 1 < n_survey_steps || whole)
            whole &= run_step(&survey_steps[k], r, set_aside, problems, keep);
    return whole;
}

static void warn_of_left_out(const struct join *j, struct problems *problems, struct arena *keep)
{
    static const enum response_use told[] = {RESPONSE_BLANK_KEY, RESPONSE_BLANK_DATE,
                                             RESPONSE_DUPLICATE};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++)
        if (j->responses.by_use[told[k]])
            problems_warning(problems,
                             &(struct problem){
                                 .file = j->surveys[0]->file,
                                 .what = arena_printf(
                                     keep, "answers left out, %s: %llu", response_use_word(told[k]),
                                     (unsigned long long)j->responses.by_use[told[k]])});
}

bool check_responses(struct join *j, bool **set_aside, struct problems *problems,
                     struct arena *keep)
{
    bool whole = true;
    struct err copied = {0}, people = {0};
    responses_new(j->study, j->surveys, &j->responses, keep);
    if (!surveys_differ(j->study, j->surveys, keep, &copied)) {
        problems_error(problems, &copied);
        whole = false;
    }
    *set_aside = ARENA_NEW(keep, bool, j->responses.n);
    for (size_t s = 0; s < j->study->n_surveys; s++) {
        struct survey_reading r =
            responses_survey(j->study, j->surveys, j->said, s, &j->identity, &j->responses);
        whole &= check_survey(&r, *set_aside + (r.at - j->responses.at), problems, keep);
    }
    if (whole &&
        !responses_identify(j->study, j->surveys, &j->identity, &j->responses, keep, &people)) {
        problems_error(problems, &people);
        whole = false;
    }
    for (size_t i = 0; i < j->responses.n; i++)
        j->responses.by_use[j->responses.at[i].use]++;
    warn_of_left_out(j, problems, keep);
    return whole;
}

/* ---- scales ---- */

/* The study with one item in the place of a scale's several. */
static struct study with_item(const struct study *study, size_t s, size_t item, struct arena *keep)
{
    struct study one = *study;
    one.scales = arena_copy(keep, study->scales, study->n_scales, sizeof *study->scales);
    if (study->scales[s].items.n)
        one.scales[s].items = (struct texts){1, &study->scales[s].items.at[item]};
    return one;
}

static bool check_item(const struct join *j, const bool *set_aside, size_t s, size_t item,
                       struct problems *problems, struct arena *keep)
{
    struct study one = with_item(j->study, s, item, keep);
    const char *name = one.scales[s].items.n ? one.scales[s].items.at[0] : one.scales[s].column;
    struct responses r = j->responses;
    r.at = arena_copy(keep, r.at, r.n, sizeof *r.at);
    for (size_t i = 0; i < r.n; i++)
        if (set_aside[i])
            r.at[i].use = RESPONSE_USABLE;
    for (int told = 0; told <= TOLD; told++) {
        struct err e = {0};
        if (scale_read(&one, s, j->surveys, &r, keep, &e))
            return told == 0;
        if (told == TOLD) {
            tell_more(problems, j->surveys[0], j->study->scales[s].name, keep);
            return false;
        }
        problems_error(problems, &e);
        size_t first = 0, row = SIZE_MAX;
        for (size_t v = 0; v < j->study->n_surveys && row == SIZE_MAX; v++) {
            row = row_of(j->surveys[v], &e);
            first += row == SIZE_MAX ? j->surveys[v]->n_rows : row;
        }
        if (row == SIZE_MAX)
            return false;
        if (!scale_pass_unknown(&one, s, name, j->surveys[r.at[first].survey], first, &r, keep))
            r.at[first].use = RESPONSE_FILTERED;
    }
    return false;
}

static void check_varies(const struct join *j, size_t s, struct problems *problems)
{
    const struct scale_values *v = &j->responses.scale[s];
    const struct study_scale *scale = &j->study->scales[s];
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < j->responses.n; i++)
        if (j->responses.at[i].use == RESPONSE_USABLE && !isnan(v->value[i])) {
            low = fmin(low, v->value[i]);
            high = fmax(high, v->value[i]);
        }
    if (low < high)
        return;
    problems_warning(
        problems, &(struct problem){.file = j->study->path,
                                    .line = study_line(j->study, "scales", s, "name"),
                                    .column = "scales.name",
                                    .value = scale->name,
                                    .what = low > high ? "has no answer at all"
                                                       : "has one and the same answer everywhere",
                                    .mend = "nothing can be correlated with it: is it the "
                                            "right column?"});
}

static bool check_scale(struct join *j, const bool *set_aside, size_t s, struct problems *problems,
                        struct arena *keep)
{
    size_t n = j->study->scales[s].items.n ? j->study->scales[s].items.n : 1;
    bool whole = true;
    struct err e = {0};
    for (size_t k = 0; k < n; k++)
        whole &= check_item(j, set_aside, s, k, problems, keep);
    if (!whole || !scale_read(j->study, s, j->surveys, &j->responses, keep, &e))
        return false;
    check_varies(j, s, problems);
    return true;
}

/* ---- groups ---- */

static bool is_declared(const struct texts *levels, const char *text)
{
    for (size_t i = 0; i < levels->n; i++)
        if (strcmp(levels->at[i], text) == 0)
            return true;
    return levels->n == 0;
}

static bool is_asked_for(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->analysis.by.n; i++)
        if (strcmp(study->analysis.by.at[i], name) == 0)
            return true;
    return false;
}

/* Each undeclared level once; results by this group would stop at it. */
static void check_levels(const struct join *j, const bool *set_aside, size_t g,
                         struct problems *problems, struct arena *keep)
{
    const struct study_group *group = &j->study->groups[g];
    struct key_map *seen = key_map_new(16, keep);
    for (size_t i = 0; i < j->responses.n && key_map_count(seen) < TOLD; i++) {
        const struct response *a = &j->responses.at[i];
        const char *text = j->responses.group[g][i];
        bool added;
        bool counts = a->use == RESPONSE_USABLE || set_aside[i];
        if (!counts || !text || is_declared(&group->levels, text))
            continue;
        key_map_add(seen, text, strlen(text), &added);
        struct problem undeclared = {
            .file = j->surveys[a->survey]->file,
            .line = j->surveys[a->survey]->line[a->row],
            .column = group->column,
            .value = text,
            .what = arena_printf(keep, "is none of the levels of '%s'", group->name),
            .mend = "add it to the levels"};
        struct err e = {0};
        if (!added)
            continue;
        if (!is_asked_for(j->study, group->name))
            problems_warning(problems, &undeclared);
        else if (!err_at(&e, ERR_VALUE, &undeclared))
            problems_error(problems, &e);
    }
}

bool check_scales_and_groups(struct join *j, const bool *set_aside, struct problems *problems,
                             struct arena *keep)
{
    bool whole = true;
    struct err e = {0};
    for (size_t s = 0; s < j->study->n_scales; s++)
        whole &= check_scale(j, set_aside, s, problems, keep);
    for (size_t g = 0; g < j->study->n_groups; g++) {
        struct err absent = {0};
        if (!responses_group(j->study, g, j->surveys, j->customers, &j->responses, keep, &absent)) {
            problems_error(problems, &absent);
            whole = false;
        } else if (j->responses.group_in_survey[g]) {
            check_levels(j, set_aside, g, problems, keep);
        }
    }
    if (!responses_weight(j->study, j->surveys, &j->responses, keep, &e)) {
        problems_error(problems, &e);
        whole = false;
    }
    return whole;
}
