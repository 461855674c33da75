/* SPDX-License-Identifier: GPL-3.0-or-later
   Several files of answers: which columns are the same question, and one table of all rows under
   the names of the first file, from which scales, groups and rules are drafted as from one. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/init/draft.h"
#include "io/text/answer_words.h"
#include "io/text/parse.h"

/* ---- one file ---- */

/* The column of a wave that holds most ids of the ledger's; NULL: none does. */
static const struct profile *wave_key(const struct draft *d, const struct draft *own)
{
    for (size_t k = 0; k < own->key.n_pairs; k++)
        if (strcmp(own->key.pair[k].ledger->column->name, d->key.ledger->column->name) == 0)
            return own->key.pair[k].survey;
    return NULL;
}

static const struct profile *profile_called(const struct draft_file *f, const struct profile *own)
{
    for (size_t j = 0; own && j < f->frame->n_cols; j++)
        if (strcmp(f->frame->cols[j].name, own->column->name) == 0)
            return &f->profile[j];
    return NULL;
}

/* A wave's days, in the format of the whole file. */
static const struct profile *dated_as(const struct profile *own, const struct profile *whole,
                                      struct arena *keep)
{
    struct profile *p = arena_copy(keep, own, 1, sizeof *p);
    int32_t day;
    p->n_formats = whole->n_formats;
    p->format = whole->format;
    p->told = whole->told;
    p->n_dated = 0;
    for (size_t k = 0; k < p->n_distinct; k++)
        if (parse_date(p->value[k].text, strlen(p->value[k].text), p->format[0], &day))
            p->n_dated += p->value[k].n;
    return p;
}

/* The rows of one value in a column that tells waves. */
static void add_part(struct draft *d, const struct draft_file *f, const struct column *split,
                     const char *value, struct arena *keep)
{
    struct draft own = *d;
    own.survey = (struct draft_survey){.file = *f, .split = split, .split_value = value};
    draft_find_survey(&own, keep);
    own.survey.date =
        dated_as(profile_called(&own.survey.file, d->survey.date), d->survey.date, keep);
    own.survey.other_date = profile_called(&own.survey.file, d->survey.other_date);
    own.key.survey = profile_called(&own.survey.file, d->key.survey);
    draft_find_scales(&own, keep);
    d->wave[d->n_waves++] = (struct draft_wave){.survey = own.survey, .key = own.key.survey};
}

static bool add_wave(struct draft *d, const struct draft_file *f, struct arena *keep,
                     struct err *err)
{
    struct draft own = *d;
    own.ask = NULL;
    own.survey = (struct draft_survey){.file = *f};
    draft_find_survey(&own, keep);
    draft_find_keys(&own, keep);
    const struct profile *key = d->key.guessed || own.key.guessed ? NULL : wave_key(d, &own);
    if (!key)
        return err_set(err, ERR_USAGE,
                       "%s is a survey as %s is, but no column of both holds ids of the ledger: "
                       "leave it out, and write it into the study file as a further survey with a "
                       "wave: of its own",
                       f->sample->path, d->survey.file.sample->path);
    own.key.survey = key;
    draft_find_scales(&own, keep);
    d->wave[d->n_waves++] = (struct draft_wave){.survey = own.survey, .key = key};
    return true;
}

static struct draft_wave first_wave(const struct draft *d, struct arena *keep)
{
    struct draft own = *d;
    draft_find_scales(&own, keep);
    return (struct draft_wave){.survey = own.survey, .key = d->key.survey};
}

/* ---- the same question ---- */

static bool alike(const char *a, const char *b, struct arena *scratch)
{
    return strcmp(answer_folded(a, scratch), answer_folded(b, scratch)) == 0;
}

static bool has_question(const struct column *c)
{
    return c->label && strcmp(c->label, c->name) != 0;
}

static bool same_question(const struct column *a, const struct column *b, struct arena *scratch)
{
    return has_question(a) && has_question(b) && alike(a->label, b->label, scratch);
}

static bool other_question(const struct column *a, const struct column *b, struct arena *scratch)
{
    return has_question(a) && has_question(b) && !alike(a->label, b->label, scratch);
}

static bool same_name(const struct column *a, const struct column *b, struct arena *scratch)
{
    return strcmp(a->name, b->name) == 0 || alike(a->name, b->name, scratch);
}

/* How sure it is that two columns are one: by name and question; by the question; by the name. */
enum { BY_BOTH, BY_QUESTION, BY_NAME, N_WAYS };

static bool fits(int way, const struct column *a, const struct column *b, struct arena *scratch)
{
    return way == BY_BOTH       ? same_name(a, b, scratch) && !other_question(a, b, scratch)
           : way == BY_QUESTION ? same_question(a, b, scratch)
                                : same_name(a, b, scratch);
}

static bool is_taken(const struct draft_wave *w, size_t n, const struct column *c)
{
    for (size_t j = 0; j < n; j++)
        if (w->as[j] == c)
            return true;
    return false;
}

/* The only column of a wave that fits and is not taken. */
static const struct column *only_one(const struct draft_wave *w, const struct frame *first,
                                     size_t j, int way, struct arena *scratch)
{
    const struct frame *f = w->survey.file.frame;
    const struct column *found = NULL;
    for (size_t k = 0; k < f->n_cols; k++) {
        const struct column *c = &f->cols[k];
        bool special = c == w->key->column || (w->survey.date && c == w->survey.date->column);
        if (special || is_taken(w, first->n_cols, c) || !fits(way, &first->cols[j], c, scratch))
            continue;
        if (strcmp(first->cols[j].name, c->name) == 0 && way != BY_QUESTION)
            return c;
        if (found)
            return NULL;
        found = c;
    }
    return found;
}

static void match_columns(const struct draft_wave *first, struct draft_wave *w, struct arena *keep)
{
    const struct frame *f = first->survey.file.frame;
    struct arena *scratch = arena_new();
    w->as = ARENA_NEW(keep, const struct column *, f->n_cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        if (&f->cols[j] == first->key->column)
            w->as[j] = w->key->column;
        else if (first->survey.date && &f->cols[j] == first->survey.date->column)
            w->as[j] = w->survey.date ? w->survey.date->column : NULL;
    }
    for (int way = 0; way < N_WAYS; way++)
        for (size_t j = 0; j < f->n_cols; j++)
            if (!w->as[j] && !(first->survey.date && &f->cols[j] == first->survey.date->column))
                w->as[j] = only_one(w, f, j, way, scratch);
    arena_free(scratch);
}

/* ---- one table ---- */

/* The labels of both; false: a code is called otherwise. */
static bool add_levels(struct levels *all, const struct levels *l, struct arena *keep)
{
    struct arena *scratch = arena_new();
    const size_t most = all->n + (l ? l->n : 0);
    const char **name = ARENA_NEW(keep, const char *, most);
    const char **label = ARENA_NEW(keep, const char *, most);
    bool agree = true;
    for (size_t k = 0; k < all->n; k++) {
        name[k] = all->name[k];
        label[k] = all->label[k];
    }
    for (size_t k = 0; l && k < l->n; k++) {
        size_t at = 0;
        while (at < all->n && strcmp(name[at], l->name[k]) != 0)
            at++;
        agree = agree && (at == all->n || alike(label[at], l->label[k], scratch));
        name[at] = l->name[k];
        label[at] = l->label[k];
        all->n += at == all->n;
    }
    all->name = name;
    all->label = label;
    arena_free(scratch);
    return agree;
}

/* A column of the first wave as that of all; false: a wave lacks it, or calls a code otherwise. */
static bool joined_column(const struct draft *d, size_t j, struct column *c, struct arena *keep)
{
    struct levels *all = ARENA_NEW(keep, struct levels, 1);
    *c = d->wave[0].survey.file.frame->cols[j];
    for (size_t k = 0; k < d->n_waves; k++) {
        const struct column *own = d->wave[k].as[j];
        if (!own || !add_levels(all, own->levels, keep))
            return false;
    }
    c->levels = all->n ? all : NULL;
    return true;
}

/* A day as all waves' days are written in the table. */
static const char *as_iso(const struct profile *date, const char *text, struct arena *keep)
{
    int32_t day;
    char buffer[16];
    if (!text || date->n_formats != 1 || !parse_date(text, strlen(text), date->format[0], &day))
        return NULL;
    return arena_strdup(keep, day_text(day, buffer));
}

static void put_rows(const struct draft_wave *w, const size_t *at, size_t n,
                     struct frame_builder *b, struct arena *keep)
{
    const struct draft_file *f = &w->survey.file;
    const struct profile *date = w->survey.date;
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        if (f->leave_out && f->leave_out[i])
            continue;
        for (size_t j = 0; j < n; j++) {
            const struct column *c = w->as[at[j]];
            const char *text = c ? c->as.text[i] : NULL;
            if (date && c == date->column)
                text = as_iso(date, text, keep);
            if (text)
                frame_put_text(b, j, text);
        }
        frame_end_row(b);
    }
}

/* ---- waves in one file ---- */

bool draft_tells_waves(const struct column *c)
{
    static const char *const names[] = {
        "wave",        "wave id",        "wave_id", "wave no",      "wave number",
        "survey wave", "survey_wave",    "welle",   "wellennummer", "befragungswelle",
        "vague",       "erhebungswelle", "oleada",  "meetronde"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strcasecmp(c->name, names[k]) == 0)
            return true;
    return false;
}

static int by_number_or_text(const void *a, const void *b)
{
    const struct value_count *p = a, *q = b;
    double x, y;
    if (parse_real(p->text, strlen(p->text), &x) && parse_real(q->text, strlen(q->text), &y) &&
        x != y)
        return x < y ? -1 : 1;
    return strcmp(p->text, q->text);
}

enum { MOST_WAVES = 12, LEAST_ANSWERS = 3 };

/* Was each wave asked before the next began? */
static bool are_apart(const struct draft_survey *s, const struct profile *by)
{
    int32_t first[MOST_WAVES], last[MOST_WAVES], day;
    for (size_t k = 0; k < by->n_distinct; k++) {
        first[k] = INT32_MAX;
        last[k] = INT32_MIN;
        for (size_t i = 0; i < s->file.frame->n_rows; i++) {
            const char *wave = by->column->as.text[i], *text = s->date->column->as.text[i];
            if (!wave || !text || strcmp(wave, by->value[k].text) != 0 ||
                !parse_date(text, strlen(text), s->date->format[0], &day))
                continue;
            first[k] = day < first[k] ? day : first[k];
            last[k] = day > last[k] ? day : last[k];
        }
        for (size_t i = 0; i < k; i++)
            if (first[i] <= last[k] && first[k] <= last[i])
                return false;
    }
    return true;
}

/* The column of a single file that says which wave a row is of, with two waves at least that
   were asked one after the other; NULL: none does. */
static const struct profile *wave_column(const struct draft *d)
{
    const struct draft_survey *s = &d->survey;
    for (size_t j = 0; s->date && s->date->n_formats == 1 && j < s->file.frame->n_cols; j++) {
        const struct profile *p = &s->file.profile[j];
        if (draft_tells_waves(p->column) && p->n_distinct >= 2 && p->n_distinct <= MOST_WAVES &&
            p->value[p->n_distinct - 1].n >= LEAST_ANSWERS && are_apart(s, p))
            return p;
    }
    return NULL;
}

/* One wave for each of its values. */
static void split_waves(struct draft *d, const struct profile *by, struct arena *keep)
{
    const struct draft_file f = d->survey.file;
    struct value_count *value = arena_copy(keep, by->value, by->n_distinct, sizeof *value);
    qsort(value, by->n_distinct, sizeof *value, by_number_or_text);
    d->wave = ARENA_NEW(keep, struct draft_wave, by->n_distinct);
    for (size_t k = 0; k < by->n_distinct; k++)
        add_part(d, &f, by->column, value[k].text, keep);
}

/* The rows of all waves in the place of the survey. */
static void join_rows(struct draft *d, struct arena *keep)
{
    const struct draft_survey *first = &d->wave[0].survey;
    const struct frame *f = first->file.frame;
    struct frame_builder *b = frame_builder_new("survey", keep);
    size_t *at = ARENA_NEW(keep, size_t, f->n_cols), n = 0;
    d->lacking.at = ARENA_NEW(keep, const char *, f->n_cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        struct column c = f->cols[j];
        bool is_date = first->date && first->date->column == &f->cols[j];
        if (is_date || joined_column(d, j, &c, keep)) {
            frame_builder_column(b, &c);
            at[n++] = j;
        } else {
            d->lacking.at[d->lacking.n++] = c.name;
        }
    }
    for (size_t k = 0; k < d->n_waves; k++)
        put_rows(&d->wave[k], at, n, b, keep);
    struct draft_file all = first->file;
    all.frame = frame_builder_finish(b);
    all.leave_out = NULL;
    all.profile = profiles_make(all.frame, NULL, keep);
    d->survey = (struct draft_survey){.file = all, .date = profile_called(&all, first->date)};
    d->key.survey = profile_called(&all, d->wave[0].key);
}

bool draft_join_waves(struct draft *d, struct arena *keep, struct err *err)
{
    const struct profile *by = d->n_further || d->key.guessed ? NULL : wave_column(d);
    if (!d->n_further && !by)
        return true;
    if (by) {
        split_waves(d, by, keep);
    } else {
        d->wave = ARENA_NEW(keep, struct draft_wave, d->n_further + 1);
        d->wave[d->n_waves++] = first_wave(d, keep);
    }
    for (size_t k = 0; k < d->n_further; k++)
        if (!add_wave(d, &d->further[k], keep, err))
            return false;
    for (size_t k = 0; k < d->n_waves; k++)
        match_columns(&d->wave[0], &d->wave[k], keep);
    join_rows(d, keep);
    return true;
}

/* ---- the same scale ---- */

static size_t column_of(const struct draft *d, const char *name)
{
    const struct frame *f = d->wave[0].survey.file.frame;
    size_t j = 0;
    while (j < f->n_cols && strcmp(f->cols[j].name, name) != 0)
        j++;
    return j;
}

const struct column *draft_wave_column(const struct draft *d, size_t wave, const char *name)
{
    return d->wave[wave].as[column_of(d, name)];
}

/* What a wave by itself takes a column for, and which of its items it is; NULL: for no scale. */
static const struct draft_scale *own_scale(const struct draft_survey *s, const struct column *c,
                                           size_t *item)
{
    for (size_t k = 0; k < s->n_scales; k++)
        for (*item = 0; *item < s->scale[k].n_items; (*item)++)
            if (s->scale[k].item[*item]->column == c)
                return &s->scale[k];
    return NULL;
}

/* Too few different answers to tell what the scale is. */
static bool tells_little(const struct draft_survey *s, const struct column *c)
{
    enum { LEAST = 3 };
    for (size_t j = 0; j < s->file.frame->n_cols; j++)
        if (s->file.profile[j].column == c)
            return s->file.profile[j].n_distinct < LEAST;
    return true;
}

static bool are_as_long(const struct draft_scale *a, const struct draft_scale *b)
{
    enum { LONG = 8 };
    return (a->high >= LONG && b->high >= LONG) || (a->low == b->low && a->high == b->high);
}

/* In what a wave differs from the first that has the scale; NULL: in nothing. */
static const char *difference(const struct draft *d, const struct column *item, struct arena *keep)
{
    const struct draft_scale *before = NULL;
    size_t item_before = 0, from = 0;
    for (size_t k = 0; k < d->n_waves; k++) {
        const struct draft_survey *s = &d->wave[k].survey;
        const struct column *c = draft_wave_column(d, k, item->name);
        size_t at;
        const struct draft_scale *scale = own_scale(s, c, &at);
        const char *path = s->file.path;
        if (!scale && !tells_little(s, c))
            return arena_printf(keep, "in %s it is no scale", path);
        if (scale && before && !are_as_long(scale, before))
            return arena_printf(keep, "%g to %g in %s, %g to %g in %s", before->low, before->high,
                                d->wave[from].survey.file.path, scale->low, scale->high, path);
        if (scale && before && scale->down[at] != before->down[item_before])
            return arena_printf(keep, "it runs the other way in %s", path);
        if (scale && !before) {
            before = scale;
            item_before = at;
            from = k;
        }
    }
    return NULL;
}

void draft_compare_waves(struct draft *d, struct arena *keep)
{
    for (size_t k = 0; d->n_waves && k < d->survey.n_scales; k++) {
        struct draft_scale *s = &d->survey.scale[k];
        for (size_t i = 0; i < s->n_items && !s->differs; i++)
            s->differs = difference(d, s->item[i]->column, keep);
        s->off = s->off || s->differs;
    }
}

/* ---- names ---- */

static size_t stem_length(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? (size_t)(dot - path) : strlen(path);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Files of one name in several folders. */
bool draft_wave_needs_name(const struct draft *d)
{
    for (size_t k = 0; k < d->n_waves; k++)
        for (size_t i = 0; i < k; i++) {
            const char *a = file_name(d->wave[k].survey.file.path),
                       *b = file_name(d->wave[i].survey.file.path);
            size_t n = stem_length(a), m = stem_length(b);
            if (n == m && strncmp(a, b, n) == 0)
                return true;
        }
    return false;
}
