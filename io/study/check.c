/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/study/check.h"

#include <math.h>
#include <string.h>

#include "io/ledger/behaviours.h"
#include "io/text/parse.h"
#include "models/base/nearest.h"

/* What is wrong, and whose it is where the file does not have it. */
static const char *told(const struct check *c, const struct yaml_tree *t, const char *what)
{
    return t->origin ? arena_printf(c->scratch, "%s (preset %s)", what, t->origin) : what;
}

static const char *path_of(const struct check *c, const struct yaml_tree *t, const char *key)
{
    const char *path = yaml_path(t, c->scratch);
    if (!key)
        return path;
    return path ? arena_printf(c->scratch, "%s.%s", path, key) : key;
}

bool wrong(const struct check *c, const struct yaml_tree *t, const char *what, const char *mend)
{
    return err_at(c->err, ERR_STUDY,
                  &(struct problem){.file = c->file,
                                    .line = t->line,
                                    .column = path_of(c, t, NULL),
                                    .value = t->kind == YAML_TEXT ? t->text : NULL,
                                    .what = told(c, t, what),
                                    .mend = mend});
}

bool wrong_without(const struct check *c, const struct yaml_tree *t, const char *key,
                   const char *what, const char *mend)
{
    return err_at(c->err, ERR_STUDY,
                  &(struct problem){.file = c->file,
                                    .line = t->line,
                                    .column = path_of(c, t, key),
                                    .what = told(c, t, what),
                                    .mend = mend});
}

const char *one_of(const struct check *c, const char *typed, const char *const word[], size_t n)
{
    return nearest_mend(typed, word, n,
                        n ? "what may stand here: " : "what may stand here: nothing", n,
                        c->scratch);
}

bool check_word(const struct check *c, const struct yaml_tree *t, const char *const word[],
                size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(t->text, word[i]) == 0)
            return true;
    return wrong(c, t, what, one_of(c, t->text, word, n));
}

bool check_unique(const struct check *c, const struct yaml_tree *list)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        for (const struct yaml_tree *u = list->first; u != t; u = u->next)
            if (strcmp(t->text, u->text) == 0)
                return wrong(c, t, "stands twice in the list", "keep one of the two");
    return true;
}

bool check_real(const struct check *c, const struct yaml_tree *t, double *value, const char *mend)
{
    return parse_real(t->text, strlen(t->text), value) || wrong(c, t, "is no number", mend);
}

bool check_whole(const struct check *c, const struct yaml_tree *t, int64_t low, int64_t high,
                 int64_t *value)
{
    if (parse_whole(t->text, strlen(t->text), value) && *value >= low && *value <= high)
        return true;
    return wrong(c, t,
                 arena_printf(c->scratch, "is no whole number in %lld..%lld", (long long)low,
                              (long long)high),
                 "write digits only");
}

bool check_name(const struct check *c, const struct yaml_tree *t)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char others[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    if (strspn(t->text, letters) && !t->text[strspn(t->text, others)])
        return true;
    return wrong(c, t, "is no name for a column of results",
                 "begin with a letter A-Z or a-z and go on with letters, digits, _ and .; any "
                 "text may stand in label:");
}

/* The column names that the study's table has of itself. */
static const char *const taken[] = {"key", "response_date", "wave"};

/* Scales, groups and behaviours become columns of one table: no name twice. */
static bool check_column_name(const struct check *c, const struct yaml_tree *entry,
                              const struct yaml_tree *all[], size_t *n)
{
    const struct yaml_tree *name = yaml_find(entry, "name");
    if (!check_name(c, name))
        return false;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(name->text, taken[i]) == 0)
            return wrong(c, name, "is the name of a column that every study has",
                         "choose another name");
    if (behaviour_find(name->text, NULL))
        return wrong(c, name, "is the name of a behaviour", "choose another name");
    for (size_t i = 0; i < *n; i++)
        if (strcmp(name->text, all[i]->text) == 0)
            return wrong(c, name, "is a name that stands twice",
                         arena_printf(c->scratch, "line %llu has it already: choose another",
                                      (unsigned long long)all[i]->line));
    all[(*n)++] = name;
    return true;
}

static bool check_names(const struct check *c)
{
    const struct yaml_tree *scales = yaml_find(c->tree, "scales");
    const struct yaml_tree *groups = yaml_find(c->tree, "groups");
    size_t n = 0;
    const struct yaml_tree **all = ARENA_NEW(c->scratch, const struct yaml_tree *,
                                             (scales ? scales->n : 0) + (groups ? groups->n : 0));
    for (const struct yaml_tree *t = scales ? scales->first : NULL; t; t = t->next)
        if (!check_column_name(c, t, all, &n))
            return false;
    for (const struct yaml_tree *t = groups ? groups->first : NULL; t; t = t->next)
        if (!check_column_name(c, t, all, &n))
            return false;
    return true;
}

/* ---- scales ---- */

static bool check_range(const struct check *c, const struct yaml_tree *range, struct study_scale *s)
{
    static const char mend[] = "write the lowest and the highest answer: [1, 7]";
    return check_real(c, yaml_at(range, 0), &s->low, mend) &&
           check_real(c, yaml_at(range, 1), &s->high, mend) &&
           (s->low < s->high ||
            wrong(c, range,
                  arena_printf(c->scratch, "[%s, %s] does not go from low to high",
                               yaml_at(range, 0)->text, yaml_at(range, 1)->text),
                  "write the lowest answer first; items that run the other way go into reverse:"));
}

static bool check_reverse(const struct check *c, const struct yaml_tree *entry)
{
    const struct yaml_tree *items = yaml_find(entry, "items");
    const struct yaml_tree *reverse = yaml_find(entry, "reverse");
    if (!reverse)
        return true;
    if (!items)
        return wrong(c, reverse, "is read only beside items:",
                     "write items: [COLUMN] in place of column: COLUMN");
    const char **item = ARENA_NEW(c->scratch, const char *, items->n);
    size_t n = 0;
    for (const struct yaml_tree *t = items->first; t; t = t->next)
        item[n++] = t->text;
    for (const struct yaml_tree *t = reverse->first; t; t = t->next)
        if (!check_word(c, t, item, n, "is none of the items"))
            return false;
    return check_unique(c, reverse);
}

static bool check_items(const struct check *c, const struct yaml_tree *entry)
{
    const struct yaml_tree *items = yaml_find(entry, "items");
    const struct yaml_tree *combine = yaml_find(entry, "combine");
    if (items && yaml_find(entry, "column"))
        return wrong(c, items, "stands beside column:",
                     "keep column: for a single question, or items: for several");
    if (!items && !yaml_find(entry, "column"))
        return wrong_without(c, entry, "column", "the key is missing",
                             "add 'column: ...' for a single question, or 'items: [...]'");
    if (combine && !items)
        return wrong(c, combine, "is read only beside items:", "leave combine: out");
    return check_unique(c, items) && check_reverse(c, entry);
}

/* Promoters answer promoters: or more, detractors detractors: or less (Reichheld
   2003: 9 and 6 on the scale 0..10). */
static bool check_nps(const struct check *c, const struct yaml_tree *entry, struct study_scale *s)
{
    const struct yaml_tree *nps = yaml_find(entry, "nps");
    s->promoter_from = s->detractor_to = NAN;
    if (!nps)
        return true;
    const struct yaml_tree *promoters = yaml_find(nps, "promoters");
    const struct yaml_tree *detractors = yaml_find(nps, "detractors");
    static const char mend[] = "write nps: {promoters: 9, detractors: 6}";
    if (!check_real(c, promoters, &s->promoter_from, mend) ||
        !check_real(c, detractors, &s->detractor_to, mend))
        return false;
    if (s->promoter_from > s->high || s->promoter_from < s->low)
        return wrong(c, promoters, "is outside the range of the scale", mend);
    if (s->detractor_to > s->high || s->detractor_to < s->low)
        return wrong(c, detractors, "is outside the range of the scale", mend);
    return s->detractor_to < s->promoter_from ||
           wrong(c, detractors, "is not below promoters:", mend);
}

static bool check_scale(const struct check *c, const struct yaml_tree *entry,
                        const struct raw_scale *raw, struct study_scale *s)
{
    *s = raw->scale;
    if (!s->label)
        s->label = s->name;
    return check_range(c, yaml_find(entry, "range"), s) && check_items(c, entry) &&
           check_unique(c, yaml_find(entry, "missing")) && check_labels(c, entry, raw, s) &&
           check_nps(c, entry, s);
}

static bool check_scales(const struct check *c, const struct raw_study *raw, struct study *s)
{
    const struct yaml_tree *list = yaml_find(c->tree, "scales");
    s->n_scales = raw->n_scales;
    s->scales = ARENA_NEW(c->keep, struct study_scale, raw->n_scales);
    for (size_t i = 0; i < s->n_scales; i++)
        if (!check_scale(c, yaml_at(list, i), &raw->scales[i], &s->scales[i]))
            return false;
    return true;
}

/* ---- the head, groups ---- */

static bool check_seed(const struct check *c, const struct raw_study *raw, struct study *s)
{
    int64_t seed = 0;
    s->has_seed = raw->study.seed != NULL;
    if (s->has_seed &&
        !check_whole(c, yaml_find(yaml_find(c->tree, "study"), "seed"), 0, INT64_MAX, &seed))
        return false;
    s->seed = (uint64_t)seed;
    return true;
}

static bool check_groups(const struct check *c, struct study *s)
{
    const struct yaml_tree *list = yaml_find(c->tree, "groups");
    for (size_t i = 0; i < s->n_groups; i++) {
        if (!s->groups[i].label)
            s->groups[i].label = s->groups[i].name;
        if (!check_unique(c, yaml_find(yaml_at(list, i), "levels")))
            return false;
    }
    return true;
}

bool study_check(const struct check *c, const struct raw_study *raw, struct study *s)
{
    s->name = raw->study.name;
    s->note = raw->study.note;
    s->n_surveys = raw->n_surveys;
    s->surveys = raw->surveys;
    s->n_groups = raw->n_groups;
    s->groups = raw->groups;
    s->customers = raw->customers;
    s->behaviours = raw->behaviours;
    return check_seed(c, raw, s) && check_surveys(c, s) && check_names(c) &&
           check_scales(c, raw, s) && check_groups(c, s) && check_customers(c, s) &&
           check_ledgers(c, raw, s) && check_join(c, &raw->join, s) && check_behaviours(c, s) &&
           check_analysis(c, &raw->analysis, s) && check_limits(c, s);
}
