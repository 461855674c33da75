/* SPDX-License-Identifier: GPL-3.0-or-later
   Days that could be day/month as well as month/day, where something else tells which. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/text/parse.h"

enum { LEAST_ROWS = 20 };

/* How often a day lies before that of the row above, by a format. */
static size_t descents(const struct draft_file *f, const struct profile *p, const char *format)
{
    int32_t before = DAY_MISSING, day;
    size_t n = 0;
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        const char *text = p->column->as.text[i];
        if ((f->leave_out && f->leave_out[i]) || !text ||
            !parse_date(text, strlen(text), format, &day))
            continue;
        n += before != DAY_MISSING && day < before;
        before = day;
    }
    return n;
}

/* Exports run in order of time: by the one format they do, by the other they jump. */
static size_t by_order(const struct draft_file *f, const struct profile *p)
{
    if (p->n < LEAST_ROWS)
        return p->n_formats;
    for (size_t k = 0; k < 2; k++)
        if (50 * descents(f, p, p->format[k]) < p->n && 5 * descents(f, p, p->format[1 - k]) > p->n)
            return k;
    return p->n_formats;
}

/* Between full stops days come first, in every country that writes them so. */
static size_t by_marks(const struct profile *p)
{
    for (size_t k = 0; k < p->n_formats; k++)
        if (strncmp(p->format[k], "%d.", 3) == 0)
            return k;
    return p->n_formats;
}

static size_t by_program(const struct draft_file *f, const struct profile *p)
{
    const char *format = f->sample->format;
    if (!format || strcmp(format, "surveymonkey") != 0)
        return p->n_formats;
    for (size_t k = 0; k < p->n_formats; k++)
        if (strncmp(p->format[k], "%m/", 3) == 0)
            return k;
    return p->n_formats;
}

static size_t by_asking(const struct draft *d, const struct draft_file *f, const struct profile *p,
                        struct arena *keep)
{
    const char *choice[2], *example = p->value[0].text;
    char shown[16];
    int32_t day;
    for (size_t k = 0; k < 2; k++) {
        parse_date(example, strlen(example), p->format[k], &day);
        choice[k] = arena_printf(keep, "%s, written as %s", day_text(day, shown), p->format[k]);
    }
    const char *text = arena_printf(keep, "%s: which day is '%s' in the column '%s'?",
                                    f->sample->path, example, p->column->name);
    return d->ask ? draft_ask(d, text, 2, choice, 0) : p->n_formats;
}

const struct profile *draft_settled_date(const struct draft *d, const struct draft_file *f,
                                         const struct profile *p, struct arena *keep)
{
    if (!p || p->n_formats != 2)
        return p;
    const char *told = "between full stops days come first";
    size_t chosen = by_marks(p);
    if (chosen == p->n_formats) {
        chosen = by_program(f, p);
        told = "SurveyMonkey writes the month first";
    }
    if (chosen == p->n_formats) {
        chosen = by_order(f, p);
        told = "read so, the rows are in order of time";
    }
    if (chosen == p->n_formats) {
        chosen = by_asking(d, f, p, keep);
        told = "as you said";
    }
    if (chosen == p->n_formats)
        return p;
    struct profile *own = arena_copy(keep, p, 1, sizeof *p);
    own->format = arena_copy(keep, &p->format[chosen], 1, sizeof *p->format);
    own->n_formats = 1;
    own->told = told;
    return own;
}
