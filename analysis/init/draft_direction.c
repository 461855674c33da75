/* SPDX-License-Identifier: GPL-3.0-or-later
   Which way the items of a scale run: a higher number must be the better answer. */
#include <math.h>
#include <string.h>

#include "analysis/init/draft.h"
#include "io/text/parse.h"
#include "models/correlation/correlation.h"

/* ---- correlations ---- */

static double answer(const struct draft_scale *s, size_t item, size_t row)
{
    const char *text = s->item[item]->column->as.text[row];
    double x;
    for (size_t k = 0; text && k < s->words.n_words; k++)
        if (strcmp(s->words.word[k].text, text) == 0)
            return s->words.word[k].code;
    if (!text || !parse_real(text, strlen(text), &x) || x < s->low || x > s->high)
        return NAN;
    return x;
}

static double correlation_of(const struct draft_scale *s, size_t a, const struct draft_scale *t,
                             size_t b, const struct draft_file *f, struct arena *keep)
{
    double *x = ARENA_NEW(keep, double, f->frame->n_rows),
           *y = ARENA_NEW(keep, double, f->frame->n_rows);
    struct sample pairs = {.x = x, .y = y};
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        x[pairs.n] = answer(s, a, i);
        y[pairs.n] = answer(t, b, i);
        pairs.n += !(f->leave_out && f->leave_out[i]) && !isnan(x[pairs.n]) && !isnan(y[pairs.n]);
    }
    struct correlation_result r;
    struct correlation_options options = {.conf_level = 0.95};
    correlation_compute(&correlation_pearson, &pairs, &options, &r, keep);
    return r.estimate;
}

/* ---- items that run the other way ---- */

/* Items of which the labels say that the lowest number is the best answer; those without labels
   go with the first that has some. */
static void find_down(struct draft_scale *s)
{
    int first = 0;
    for (size_t i = 0; i < s->n_items && !first; i++)
        first = s->labels[i].direction;
    for (size_t i = 0; i < s->n_items; i++) {
        bool bare = s->labels[i].kind == CODES_BARE;
        s->down[i] = (bare ? first : s->labels[i].direction) < 0;
        s->upside_down |= s->down[i];
    }
}

/* Items that run against the first, once all have their best answer on top; where those are the
   more, the others. */
static void find_against(struct draft_scale *s, const struct draft_file *f, struct arena *keep)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++) {
        s->r[i] = i ? correlation_of(s, 0, s, i, f, keep) : NAN;
        s->against[i] = s->down[i] == s->down[0] ? s->r[i] < 0 : s->r[i] > 0;
        n += s->against[i];
    }
    for (size_t i = 0; 2 * n > s->n_items && i < s->n_items; i++)
        s->against[i] = !s->against[i];
}

void draft_find_direction(struct draft_survey *s, struct arena *keep)
{
    const struct draft_scale *recommend = NULL;
    for (size_t k = 0; k < s->n_scales && !recommend; k++)
        recommend = s->scale[k].recommend ? &s->scale[k] : NULL;
    for (size_t k = 0; k < s->n_scales; k++) {
        struct draft_scale *scale = &s->scale[k];
        find_down(scale);
        find_against(scale, &s->file, keep);
        scale->with_recommend = NAN;
        if (recommend && recommend != scale && !scale->words.language)
            scale->with_recommend = correlation_of(scale, 0, recommend, 0, &s->file, keep);
        if (scale->down[0])
            scale->with_recommend = -scale->with_recommend;
        for (size_t i = 0; i < scale->n_items; i++)
            scale->reverse[i] = scale->down[i] != scale->against[i];
    }
}

/* ---- what a person says ---- */

static void turn(struct draft_scale *s)
{
    s->upside_down = s->was_asked = true;
    for (size_t i = 0; i < s->n_items; i++) {
        s->down[i] = true;
        s->reverse[i] = !s->reverse[i];
    }
}

/* Numbers that neither words nor labels explain. */
static bool is_bare(const struct draft_scale *s)
{
    return !s->words.n_words && !s->item[0]->column->levels && !s->recommend && !s->off;
}

void draft_ask_direction(struct draft *d, struct arena *keep)
{
    static const char *const choice[] = {
        "the highest number is the best answer",
        "the lowest number is the best answer (1 = very satisfied)"};
    const char *names = "";
    for (size_t k = 0; k < d->survey.n_scales; k++)
        if (is_bare(&d->survey.scale[k]))
            names =
                arena_printf(keep, "%s%s%s", names, *names ? ", " : "", d->survey.scale[k].name);
    if (!*names ||
        draft_ask(d, arena_printf(keep, "Answers in numbers: %s. Which way do they run?", names), 2,
                  choice, 0) == 0)
        return;
    for (size_t k = 0; k < d->survey.n_scales; k++)
        if (is_bare(&d->survey.scale[k]))
            turn(&d->survey.scale[k]);
}
