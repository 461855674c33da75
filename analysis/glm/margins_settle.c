/* SPDX-License-Identifier: GPL-3.0-or-later
   From the words of --slopes, --predict and --at to what margins.h is asked. */
#include <string.h>

#include "analysis/glm/margins.h"
#include "io/text/parse.h"
#include "models/base/nearest.h"

/* Columns that the right side of the formula reads as they are. */
struct regressors_named {
    size_t n;
    const char **name;
    bool *number;
};

static bool reads(const struct model_formula *f, const char *name)
{
    if (!f)
        return false;
    struct design_reader reader = design_reader_of(f, name);
    return reader.smoothly || reader.factor != SIZE_MAX;
}

static bool is_number(const struct regressions *r, const char *name)
{
    const struct model_formula *second = model_formula_second(r->formula);
    for (size_t j = 0; j < r->data.n_columns; j++)
        if (strcmp(r->data.column[j].name, name) == 0 && !r->data.column[j].value)
            return false;
    return design_reader_of(r->formula, name).factor == SIZE_MAX &&
           (!second || design_reader_of(second, name).factor == SIZE_MAX);
}

static struct regressors_named named_of(const struct regressions *r, struct arena *keep)
{
    size_t n;
    const char *const *column = model_formula_columns(r->formula, &n);
    struct regressors_named named = {0, ARENA_NEW(keep, const char *, n), ARENA_NEW(keep, bool, n)};
    for (size_t i = 0; i < n; i++)
        if (reads(r->formula, column[i]) || reads(model_formula_second(r->formula), column[i])) {
            named.number[named.n] = is_number(r, column[i]);
            named.name[named.n++] = column[i];
        }
    return named;
}

/* ---- every interaction ---- */

static bool interact(const struct regressions *r, const char *a, const char *b)
{
    const struct model_formula *second = model_formula_second(r->formula);
    return design_multiplies(r->formula, a, b) || (second && design_multiplies(second, a, b));
}

/* In the formula's order, but slopes of a number where the two are a number and a factor. */
static void every_interaction(const struct regressions *r, const struct regressors_named *named,
                              struct margins_options *o, struct arena *keep)
{
    struct margins_pair *pair = ARENA_NEW(keep, struct margins_pair, named->n * named->n);
    for (size_t i = 0; i < named->n; i++)
        for (size_t j = i + 1; j < named->n; j++) {
            bool swap = !named->number[i] && named->number[j];
            if (interact(r, named->name[i], named->name[j]))
                pair[o->n_slopes++] =
                    (struct margins_pair){named->name[swap ? j : i], named->name[swap ? i : j]};
        }
    o->slopes = pair;
}

/* ---- typed ---- */

static bool unknown(const char *option, const char *text, const struct regressors_named *named,
                    struct arena *keep, struct err *err)
{
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = option,
                                    .value = text,
                                    .what = "is no column of the formula's right side",
                                    .mend = nearest_mend(text, named->name, named->n,
                                                         "its columns are ", named->n, keep)});
}

static const char *find(const struct regressors_named *named, const char *text, size_t length)
{
    for (size_t i = 0; i < named->n; i++)
        if (strlen(named->name[i]) == length && strncmp(named->name[i], text, length) == 0)
            return named->name[i];
    return NULL;
}

/* X:M at the first colon where both sides are columns. */
static bool find_pair(const char *option, const char *text, const struct regressors_named *named,
                      struct margins_pair *pair, struct arena *keep, struct err *err)
{
    const char *colon = strchr(text, ':');
    for (const char *at = colon; at; at = strchr(at + 1, ':')) {
        pair->x = find(named, text, (size_t)(at - text));
        pair->moderator = find(named, at + 1, strlen(at + 1));
        if (pair->x && pair->moderator && pair->x != pair->moderator)
            return true;
    }
    if (!colon)
        return err_at(err, ERR_USAGE,
                      &(struct problem){.column = option,
                                        .value = text,
                                        .what = "has no moderator",
                                        .mend = "write it as X:M, the slope of X at values of M"});
    pair->x = find(named, text, (size_t)(colon - text));
    if (!pair->x)
        return unknown(option, arena_strndup(keep, text, (size_t)(colon - text)), named, keep, err);
    pair->moderator = find(named, colon + 1, strlen(colon + 1));
    if (pair->moderator == pair->x)
        return err_at(err, ERR_USAGE,
                      &(struct problem){.column = option,
                                        .value = text,
                                        .what = "names the same column twice",
                                        .mend = "a column does not moderate itself"});
    return unknown(option, colon + 1, named, keep, err);
}

static bool typed_slopes(const struct texts *words, const struct regressors_named *named,
                         struct margins_options *o, struct arena *keep, struct err *err)
{
    struct margins_pair *pair = ARENA_NEW(keep, struct margins_pair, words->n);
    for (size_t i = 0; i < words->n; i++)
        if (!find_pair("--slopes", words->at[i], named, &pair[i], keep, err))
            return false;
    o->n_slopes = words->n;
    o->slopes = pair;
    return true;
}

static bool typed_predictions(const struct texts *words, const struct regressors_named *named,
                              struct margins_options *o, struct arena *keep, struct err *err)
{
    struct margins_pair *pair = ARENA_NEW(keep, struct margins_pair, words->n);
    for (size_t i = 0; i < words->n; i++) {
        const char *text = words->at[i];
        pair[i].x = find(named, text, strlen(text));
        if (pair[i].x)
            continue;
        if (!strchr(text, ':'))
            return unknown("--predict", text, named, keep, err);
        if (!find_pair("--predict", text, named, &pair[i], keep, err))
            return false;
    }
    o->n_predicted = words->n;
    o->predicted = pair;
    return true;
}

static bool typed_values(const struct texts *words, struct margins_options *o, struct arena *keep,
                         struct err *err)
{
    double *at = ARENA_NEW(keep, double, words->n);
    for (size_t i = 0; i < words->n; i++)
        if (!parse_real(words->at[i], strlen(words->at[i]), &at[i]))
            return err_at(err, ERR_USAGE,
                          &(struct problem){.column = "--at",
                                            .value = words->at[i],
                                            .what = "is no number",
                                            .mend = "write values with commas: --at=1,4,7"});
    o->n_at = words->n;
    o->at = at;
    return true;
}

bool margins_settle(const struct margins_words *words, const struct regressions *r,
                    struct margins_options *o, struct arena *keep, struct err *err)
{
    struct regressors_named named = named_of(r, keep);
    *o = (struct margins_options){.fdr = words->fdr};
    if (words->slopes.n == 0)
        every_interaction(r, &named, o, keep);
    else if (!typed_slopes(&words->slopes, &named, o, keep, err))
        return false;
    o->n_predicted = o->n_slopes;
    o->predicted = o->slopes;
    if (words->predict.n && !typed_predictions(&words->predict, &named, o, keep, err))
        return false;
    if (words->at.n && o->n_predicted == 0)
        return err_set(err, ERR_USAGE,
                       "--at: belongs to --predict=X, as the formula has no interaction");
    return typed_values(&words->at, o, keep, err);
}
