/* SPDX-License-Identifier: GPL-3.0-or-later
   The survey's date, its mark of finished answers and its groups. */
#include <string.h>
#include <strings.h>

#include "analysis/init/draft.h"
#include "io/privacy/personal.h"

const struct profile *draft_date(const struct draft_file *f, const char *words,
                                 const struct profile **other)
{
    const struct profile *best = NULL;
    *other = NULL;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        if (!profile_is_date(p) || 2 * p->n < f->frame->n_rows)
            continue;
        bool better =
            best && name_holds(p->column->name, words) && !name_holds(best->column->name, words);
        if (!best || better) {
            *other = best ? best : *other;
            best = p;
        } else if (!*other) {
            *other = p;
        }
    }
    return best;
}

/* ---- finished answers ---- */

static bool means_yes(const char *text)
{
    static const char *const yes[] = {"1",       "true",         "yes",       "y",
                                      "ja",      "complete",     "completed", "finished",
                                      "beendet", "abgeschlossen"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (strcasecmp(text, yes[i]) == 0)
            return true;
    return false;
}

static void find_finished(struct draft_survey *s, struct arena *keep)
{
    const struct frame *f = s->file.frame;
    for (size_t j = 0; j < f->n_cols && !s->finished; j++) {
        const struct profile *p = &s->file.profile[j];
        struct texts yes = {0, ARENA_NEW(keep, const char *, p->n_distinct)};
        if (!name_holds(p->column->name, "finish complet beendet abgeschlossen") ||
            p->n_distinct > 4)
            continue;
        for (size_t k = 0; k < p->n_distinct; k++)
            if (means_yes(p->value[k].text))
                yes.at[yes.n++] = p->value[k].text;
        if (yes.n) {
            s->finished = p;
            s->finished_values = yes;
        }
    }
}

/* What Qualtrics calls answers of respondents, in numbers and in words: not previews, tests
   and spam. */
static bool is_real_status(const char *text)
{
    static const char *const real[] = {"0",        "IP Address", "4",
                                       "Imported", "16",         "Offline Response"};
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        if (strcasecmp(text, real[i]) == 0)
            return true;
    return false;
}

static void find_status(struct draft_survey *s, struct arena *keep)
{
    const struct frame *f = s->file.frame;
    const char *format = s->file.sample->format;
    bool others = false;
    for (size_t j = 0; format && strcmp(format, "qualtrics") == 0 && j < f->n_cols; j++) {
        const struct profile *p = &s->file.profile[j];
        if (strcmp(p->column->name, "Status") != 0)
            continue;
        struct texts real = {0, ARENA_NEW(keep, const char *, p->n_distinct)};
        for (size_t k = 0; k < p->n_distinct; k++)
            if (is_real_status(p->value[k].text))
                real.at[real.n++] = p->value[k].text;
            else
                others = true;
        if (others && real.n) {
            s->status = p;
            s->status_values = real;
        }
    }
}

static bool is_among(const struct profile *p, const struct texts *values, size_t row)
{
    const char *text = p ? p->column->as.text[row] : NULL;
    for (size_t k = 0; text && k < values->n; k++)
        if (strcmp(values->at[k], text) == 0)
            return true;
    return !p;
}

static bool is_other_wave(const struct draft_survey *s, size_t row)
{
    const char *text = s->split ? s->split->as.text[row] : NULL;
    return s->split && (!text || strcmp(text, s->split_value) != 0);
}

/* The rows that the filters leave out do not speak for scales and rules. */
static void leave_out_unfinished(struct draft_survey *s, struct arena *keep)
{
    const struct frame *f = s->file.frame;
    bool *out = ARENA_NEW(keep, bool, f->n_rows);
    if (!s->finished && !s->status && !s->split)
        return;
    s->kept = 0;
    for (size_t i = 0; i < f->n_rows; i++) {
        out[i] = !is_among(s->finished, &s->finished_values, i) ||
                 !is_among(s->status, &s->status_values, i) || is_other_wave(s, i);
        s->kept += !out[i];
    }
    s->file.leave_out = out;
    s->file.profile = profiles_make(f, out, keep);
    s->finished = s->finished ? &s->file.profile[s->finished->column - f->cols] : NULL;
    s->status = s->status ? &s->file.profile[s->status->column - f->cols] : NULL;
}

void draft_find_survey(struct draft *d, struct arena *keep)
{
    struct draft_survey *s = &d->survey;
    find_finished(s, keep);
    find_status(s, keep);
    leave_out_unfinished(s, keep);
    const struct profile *date =
        draft_date(&s->file, "record end submit complet response antwort", &s->other_date);
    s->date = draft_settled_date(d, &s->file, date, keep);
}

/* ---- groups ---- */

const char *draft_level(const struct profile *p, const char *text)
{
    const struct levels *l = p->column->levels;
    for (size_t k = 0; l && k < l->n; k++)
        if (strcmp(l->name[k], text) == 0)
            return l->label[k];
    return text;
}

enum { MOST_LEVELS = 12 };

bool draft_is_attribute(const struct column *c)
{
    return code_names_attribute(c->name) || code_names_attribute(c->label);
}

/* Numbers that are codes: the file labels most answers, or the name says so. */
static bool are_codes(const struct profile *p)
{
    size_t labelled = 0;
    for (size_t k = 0; k < p->n_distinct; k++)
        if (draft_level(p, p->value[k].text) != p->value[k].text)
            labelled += p->value[k].n;
    return 10 * labelled >= 9 * p->n || draft_is_attribute(p->column);
}

/* Few texts or codes, each of several rows, and most rows have one. */
static bool may_be_group(const struct profile *p, size_t rows)
{
    return 2 * p->n >= rows && p->n_distinct >= 2 && p->n_distinct <= MOST_LEVELS &&
           2 * p->n_distinct <= p->n && (2 * p->n_number < p->n || are_codes(p)) &&
           !profile_is_date(p);
}

/* Columns that survey programs add of their own. */
static bool is_of_program(const char *name)
{
    static const char *const own[] = {"Status",       "Response Type", "DistributionChannel",
                                      "UserLanguage", "startlanguage", "lastpage",
                                      "Collector ID", "CollectorNm",   "ResponseSet"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcasecmp(name, own[i]) == 0)
            return true;
    return name_holds(name, "nps_group");
}

static bool is_scale_item(const struct draft_survey *s, const struct profile *p)
{
    for (size_t k = 0; k < s->n_scales; k++)
        for (size_t i = 0; i < s->scale[k].n_items; i++)
            if (s->scale[k].item[i]->column == p->column)
                return true;
    return false;
}

static size_t rows_looked_at(const struct draft_file *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->frame->n_rows; i++)
        n += !(f->leave_out && f->leave_out[i]);
    return n;
}

static void add_groups(struct draft *d, const struct draft_file *f, bool in_master,
                       struct arena *keep)
{
    struct draft_survey *s = &d->survey;
    size_t rows = rows_looked_at(f);
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        bool known = in_master && frame_column(s->file.frame, p->column->name);
        bool other = s->finished && p->column == s->finished->column;
        if (!may_be_group(p, rows) || is_of_program(p->column->name) ||
            (d->n_waves && draft_tells_waves(p->column)) ||
            personal_by_name(p->column->name, keep) || known || other || is_scale_item(s, p))
            continue;
        struct draft_group g = {draft_name(d, p->column->name, keep), p, in_master};
        s->group[s->n_groups++] = g;
    }
}

void draft_find_groups(struct draft *d, struct arena *keep)
{
    size_t most = d->survey.file.frame->n_cols;
    most += d->customers.sample ? d->customers.frame->n_cols : 0;
    d->survey.group = ARENA_NEW(keep, struct draft_group, most);
    add_groups(d, &d->survey.file, false, keep);
    if (d->customers.sample && d->key.master)
        add_groups(d, &d->customers, true, keep);
}
