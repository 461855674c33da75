/* SPDX-License-Identifier: GPL-3.0-or-later
   Several surveys in one study: what each is called, when it was, and how its columns are called
   in the others. */
#include <string.h>

#include "io/study/check.h"
#include "io/text/parse.h"
#include "io/text/time_zone.h"
#include "models/base/frame.h"

/* The file's name without folders and extension. */
static const char *stem(const struct check *c, const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    return arena_strndup(c->keep, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static bool check_wave(const struct check *c, const struct yaml_tree *entry, struct study *s,
                       size_t i)
{
    const struct yaml_tree *t = yaml_find(entry, "wave");
    if (!s->surveys[i].wave)
        s->surveys[i].wave = stem(c, s->surveys[i].file);
    for (size_t j = 0; j < i; j++)
        if (strcmp(s->surveys[i].wave, s->surveys[j].wave) == 0)
            return t ? wrong(c, t, "is a wave that stands twice", "give each survey its own")
                     : wrong_without(c, entry, "wave",
                                     arena_printf(c->scratch, "two surveys would be wave '%s'",
                                                  s->surveys[i].wave),
                                     "give each survey its own 'wave: ...'");
    return true;
}

static bool check_date(const struct check *c, const struct yaml_tree *entry, struct study_survey *v)
{
    const struct yaml_tree *date = yaml_find(entry, "date"), *t = yaml_find(entry, "wave_date");
    const struct yaml_tree *format = yaml_find(entry, "date_format");
    v->wave_day = DAY_MISSING;
    if (!date && !t)
        return wrong_without(c, entry, "date", "the key is missing",
                             "add 'date: COLUMN', or 'wave_date: 2024-03-31' where the file has "
                             "no dates");
    if (format && !date)
        return wrong(c, format, "is read only beside date:", "leave date_format: out");
    return !t || parse_date(t->text, strlen(t->text), "%Y-%m-%d", &v->wave_day) ||
           wrong(c, t, "is no date", "write year-month-day: 2024-03-31");
}

static bool check_zone(const struct check *c, const struct yaml_tree *t)
{
    struct time_zone *z = t ? time_zone_open(t->text) : NULL;
    time_zone_close(z);
    return !t || z ||
           wrong(c, t, "is no time zone that this machine knows",
                 "write a name as Europe/Berlin, America/New_York or UTC");
}

/* What the texts say of themselves is needed only where their days are to be moved. */
static bool check_zones(const struct check *c, const struct yaml_tree *entry)
{
    const struct yaml_tree *to = yaml_find(entry, "time_zone");
    const struct yaml_tree *from = yaml_find(entry, "source_time_zone");
    const struct yaml_tree *any = to ? to : from;
    if (any && !yaml_find(entry, "date"))
        return wrong(c, any, "is read only beside date:", "leave it out: wave_date is a day");
    if (from && !to)
        return wrong(c, from, "is read only beside time_zone:",
                     "add 'time_zone: ...', in which the days of the ledger are");
    return check_zone(c, to) && check_zone(c, from);
}

/* No column has two names, no name two columns. */
static bool check_columns(const struct check *c, const struct yaml_tree *list)
{
    static const char *const key[] = {"name", "column"};
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        for (const struct yaml_tree *u = list->first; u != t; u = u->next)
            for (size_t k = 0; k < 2; k++)
                if (strcmp(yaml_find(t, key[k])->text, yaml_find(u, key[k])->text) == 0)
                    return wrong(c, yaml_find(t, key[k]), "stands twice in the list",
                                 arena_printf(c->scratch, "line %llu has it already: keep one",
                                              (unsigned long long)u->line));
    return true;
}

bool check_waves(const struct check *c, struct study *s)
{
    const struct yaml_tree *list = yaml_find(c->tree, "surveys");
    for (size_t i = 0; i < s->n_surveys; i++) {
        const struct yaml_tree *t = yaml_at(list, i);
        if (!check_wave(c, t, s, i) || !check_date(c, t, &s->surveys[i]) || !check_zones(c, t) ||
            !check_columns(c, yaml_find(t, "columns")))
            return false;
    }
    return true;
}
