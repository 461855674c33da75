/* SPDX-License-Identifier: GPL-3.0-or-later
   The join, the behaviours and the analysis that a study declares. */
#include <math.h>
#include <string.h>

#include "io/key/keys.h"
#include "io/ledger/behaviours.h"
#include "io/study/check.h"
#include "io/text/parse.h"

enum { LONGEST_DAYS = 36525 }; /* a century */

/* "1d", "52w": whole days.  Months and years have no fixed length. */
bool check_days(const struct check *c, const struct yaml_tree *t, int32_t *days)
{
    size_t length = strlen(t->text), digits = length ? length - 1 : 0;
    char unit = length ? t->text[digits] : '\0';
    int64_t n;
    if (unit == 'm' || unit == 'y')
        return wrong(c, t, "is no span of days: months and years differ in length",
                     "write days: 365d for a year, 30d for a month");
    if ((unit != 'd' && unit != 'w') || !parse_whole(t->text, digits, &n))
        return wrong(c, t, "is no span of days", "write a whole number and d or w: 365d or 52w");
    if (n > LONGEST_DAYS || n < -LONGEST_DAYS || (n *= unit == 'w' ? 7 : 1) > LONGEST_DAYS)
        return wrong(c, t, "is longer than a century", "write days: 365d");
    *days = (int32_t)n;
    return true;
}

static bool check_window(const struct check *c, const struct yaml_tree *join, struct study_join *j)
{
    const struct yaml_tree *window = yaml_find(join, "window");
    const struct yaml_tree *offset = yaml_find(window, "offset");
    const struct yaml_tree *length = yaml_find(window, "length");
    const struct yaml_tree *baseline = yaml_find(join, "baseline");
    if ((offset && !check_days(c, offset, &j->offset)) ||
        (length && !check_days(c, length, &j->length)) ||
        (baseline && !check_days(c, baseline, &j->baseline)))
        return false;
    if (j->offset < 0)
        return wrong(c, offset, "lets the window begin before the survey",
                     "write 0d or more; what was bought before belongs to baseline:");
    if (j->length < 1)
        return wrong(c, length, "is no window", "write at least 1d");
    return j->baseline >= 0 || wrong(c, baseline, "is no baseline",
                                     "write how many days before the response it begins: 365d");
}

/* A rule that stands twice is a slip; an unknown one has its own words. */
static bool check_key_rules(const struct check *c, const struct yaml_tree *list)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next) {
        struct err reason = {0};
        struct key_steps steps;
        const char *word = t->text;
        if (!keys_compile(&(struct texts){1, &word}, &steps, c->scratch, &reason))
            return wrong(c, t, reason.what, reason.mend);
    }
    return check_unique(c, list);
}

static bool check_share(const struct check *c, const struct yaml_tree *t, bool open, double *value)
{
    const char *mend = open ? "write a share between 0 and 1: 0.95 is 95 %"
                            : "write a share from 0 to 1: 0.8 is 80 %";
    if (!t)
        return true;
    if (!check_real(c, t, value, mend))
        return false;
    if (*value < 0 || *value > 1 || (open && (*value <= 0 || *value >= 1)))
        return wrong(c, t, open ? "is not between 0 and 1" : "is not in 0..1", mend);
    return true;
}

/* An id that is only "*" would be everybody. */
static bool check_block(const struct check *c, const struct yaml_tree *list)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        if (strcmp(t->text, "*") == 0 || !*t->text)
            return wrong(c, t, "blocks every customer or none",
                         "write an id, or its beginning "
                         "and a star: \"GUEST*\"");
    return check_unique(c, list);
}

/* Without columns the keys are compared. */
static bool check_review(const struct check *c, const struct yaml_tree *t,
                         const struct raw_review *raw, struct study *s)
{
    const struct yaml_tree *master = yaml_find(t, "master");
    s->join.review = (struct study_review){raw->survey, raw->master, 0.5};
    if (master && !s->customers.file)
        return wrong(c, master, "is a column of the list of customers, and there is none",
                     "declare customers:, or leave master: out");
    return check_share(c, yaml_find(t, "similarity"), false, &s->join.review.similarity);
}

bool check_join(const struct check *c, const struct raw_join *raw, struct study *s)
{
    const struct yaml_tree *t = yaml_find(c->tree, "join");
    s->join = (struct study_join){.key_rules = raw->key_rules,
                                  .min_match = NAN,
                                  .offset = 1,
                                  .length = 365,
                                  .censored = raw->window.censored,
                                  .collisions = raw->collisions,
                                  .mapping = raw->mapping,
                                  .block = raw->block,
                                  .block_file = raw->block_file};
    return check_key_rules(c, yaml_find(t, "key_rules")) &&
           check_share(c, yaml_find(t, "min_match"), false, &s->join.min_match) &&
           check_window(c, t, &s->join) && check_mapping(c, s) &&
           check_block(c, yaml_find(t, "block")) &&
           check_review(c, yaml_find(t, "review"), &raw->review, s);
}

/* ---- behaviours ---- */

static bool check_behaviour(const struct check *c, const struct yaml_tree *t,
                            const struct study_join *j)
{
    enum behaviour_period period;
    if (!behaviour_find(t->text, &period)) {
        const char *const *word = behaviour_words(c->scratch);
        const char *near = one_of(c, t->text, word, 3 * n_behaviours);
        if (strncmp(near, "did", 3) != 0) /* not all three dozen */
            near = arena_printf(c->scratch, "%s; each also as baseline_NAME and change_NAME",
                                one_of(c, "", word, n_behaviours));
        return wrong(c, t, "is no behaviour", near);
    }
    if (period != BEHAVIOUR_WINDOW && j->baseline == 0)
        return wrong(c, t, "needs a baseline", "add 'baseline: 365d' under join:");
    if (period == BEHAVIOUR_CHANGE && j->baseline != j->length)
        return wrong(c, t, "compares a window and a baseline of different length",
                     arena_printf(c->scratch, "write 'baseline: %dd' under join:", (int)j->length));
    return true;
}

bool check_behaviours(const struct check *c, struct study *s)
{
    static const char *const usual[] = {"retained", "purchases", "spend"};
    const struct yaml_tree *list = yaml_find(c->tree, "behaviours");
    if (!list)
        s->behaviours = (struct texts){3, arena_copy(c->keep, usual, 3, sizeof *usual)};
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        if (!check_behaviour(c, t, &s->join))
            return false;
    return check_unique(c, list);
}

/* ---- analysis ---- */

static bool check_by(const struct check *c, const struct yaml_tree *list, const struct study *s)
{
    const char **group = ARENA_NEW(c->scratch, const char *, s->n_groups);
    for (size_t i = 0; i < s->n_groups; i++)
        group[i] = s->groups[i].name;
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        if (!s->n_groups)
            return wrong(c, t, "is no group of this study",
                         "declare it under groups: with its name and column");
        else if (!check_word(c, t, group, s->n_groups, "is no group of this study"))
            return false;
    return check_unique(c, list);
}

/* Words of methods and curves: which there are, the programs know. */
static bool check_words(const struct check *c, const struct yaml_tree *list)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        if (!check_name(c, t))
            return false;
    return check_unique(c, list);
}

bool check_analysis(const struct check *c, const struct raw_analysis *raw, struct study *s)
{
    static const char *const adjust[] = {"holm", "hochberg", "bh", "by", "none"};
    const struct yaml_tree *t = yaml_find(c->tree, "analysis");
    const struct yaml_tree *min_n = yaml_find(t, "min_n"), *how = yaml_find(t, "adjust");
    struct study_analysis *a = &s->analysis;
    int64_t n = 0;
    *a = raw->analysis;
    a->conf_level = NAN;
    if (!how)
        a->adjust = adjust[0];
    if (!check_by(c, yaml_find(t, "by"), s) || (min_n && !check_whole(c, min_n, 0, 1000000000, &n)))
        return false;
    a->min_n = (size_t)n;
    return (!how || check_word(c, how, adjust, 5, "is no adjustment of p-values")) &&
           check_words(c, yaml_find(t, "methods")) && check_words(c, yaml_find(t, "curves")) &&
           check_share(c, yaml_find(t, "conf_level"), true, &a->conf_level);
}

/* ---- limits ---- */

static bool check_size(const struct check *c, const struct yaml_tree *t, int64_t least,
                       int64_t most, int64_t *size)
{
    if (!t)
        return true;
    if (!parse_size(t->text, strlen(t->text), size))
        return wrong(c, t, "is no size", "write it as 64M, or with digits only");
    return (*size >= least && *size <= most) ||
           wrong(
               c, t,
               arena_printf(c->scratch, "is not in %lld..%lld", (long long)least, (long long)most),
               "leave it out for the usual one");
}

bool check_limits(const struct check *c, struct study *s)
{
    const struct yaml_tree *t = yaml_find(c->tree, "limits");
#define X(member, usual, least, most)                                              \
    if (!check_size(c, yaml_find(t, #member), (least), (most), &s->limits.member)) \
        return false;
    LEDGER_LIMIT_LIST(X)
#undef X
    return true;
}
