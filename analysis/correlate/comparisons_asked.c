/* SPDX-License-Identifier: GPL-3.0-or-later
   --compare and --comparison of saydo-correlate: which pairs, by which tests. */
#include <string.h>

#include "analysis/correlate/comparisons.h"

/* One word of --compare: a scale, or scale:behaviour. */
struct compared_word {
    const char *x, *y; /* y NULL: every behaviour */
};

static struct compared_word split(const struct frame *table, const char *text, struct arena *keep)
{
    const char *colon = strchr(text, ':');
    if (!colon || (table && frame_column(table, text)))
        return (struct compared_word){text, NULL};
    return (struct compared_word){arena_strndup(keep, text, (size_t)(colon - text)), colon + 1};
}

static bool refuse(const char *value, const char *what, const char *mend, struct err *err)
{
    return err_at(
        err, ERR_USAGE,
        &(struct problem){.column = "--compare", .value = value, .what = what, .mend = mend});
}

static bool equal(const struct compared_word *a, const struct compared_word *b)
{
    return strcmp(a->x, b->x) == 0 && (!a->y || strcmp(a->y, b->y) == 0);
}

/* The words, all of one form and each once. */
static struct compared_word *words_of(const struct frame *table, const struct texts *compare,
                                      struct arena *keep, struct err *err)
{
    struct compared_word *word = ARENA_NEW(keep, struct compared_word, compare->n);
    if (compare->n == 1) {
        refuse(compare->at[0], "is one thing: a comparison needs two",
               "write --compare=satisfaction,intent", err);
        return NULL;
    }
    for (size_t i = 0; i < compare->n; i++) {
        word[i] = split(table, compare->at[i], keep);
        if (!*word[i].x || (word[i].y && !*word[i].y) || !word[i].y != !word[0].y) {
            refuse(compare->at[i], "does not go with the others",
                   "write scales, A,B, or scales with their behaviours, A:Y1,B:Y2", err);
            return NULL;
        }
        for (size_t k = 0; k < i; k++)
            if (equal(&word[i], &word[k])) {
                refuse(compare->at[i], "stands twice", "name each once", err);
                return NULL;
            }
    }
    return word;
}

static void add_once(struct texts *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->at[i], name) == 0)
            return;
    t->at[t->n++] = name;
}

bool comparisons_columns(const struct job *job, const struct texts *compare, struct texts *x,
                         struct texts *y, struct arena *keep, struct err *err)
{
    if (!compare->n)
        return true;
    const struct compared_word *word = words_of(job->table, compare, keep, err);
    struct texts say = {0, ARENA_NEW(keep, const char *, compare->n)};
    struct texts act = {0, ARENA_NEW(keep, const char *, compare->n)};
    if (!word)
        return false;
    for (size_t i = 0; i < compare->n; i++) {
        add_once(&say, word[i].x);
        if (word[i].y)
            add_once(&act, word[i].y);
    }
    if (!x->n)
        *x = say;
    if (!y->n && act.n)
        *y = act;
    return true;
}

/* ---- pairs ---- */

static bool find(const struct variable_of *v, size_t n, const char *name, const char *option,
                 size_t *index, struct arena *keep, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(v[i].name, name) == 0) {
            *index = i;
            return true;
        }
    return refuse(name, arena_printf(keep, "is not among those of --%s", option),
                  arena_printf(keep, "add it to --%s, or leave that option out", option), err);
}

static bool typed_pairs(const struct texts *compare, const struct prepared *p,
                        struct compared_pair *pair, size_t *n, struct arena *keep, struct err *err)
{
    const struct compared_word *word = words_of(p->study ? NULL : p->frame, compare, keep, err);
    size_t *x = ARENA_NEW(keep, size_t, compare->n), *y = ARENA_NEW(keep, size_t, compare->n);
    bool outcomes = word && word[0].y;
    for (size_t i = 0; i < compare->n; i++)
        if (!word || !find(p->x, p->n_x, word[i].x, "x", &x[i], keep, err) ||
            (outcomes && !find(p->y, p->n_y, word[i].y, "y", &y[i], keep, err)))
            return false;
    for (size_t b = 0; b < (outcomes ? 1 : p->n_y); b++)
        for (size_t i = 0; i < compare->n; i++)
            for (size_t k = i + 1; k < compare->n; k++)
                pair[(*n)++] = outcomes ? (struct compared_pair){x[i], y[i], x[k], y[k]}
                                        : (struct compared_pair){x[i], b, x[k], b};
    return true;
}

static void all_pairs(const struct prepared *p, struct compared_pair *pair, size_t *n)
{
    for (size_t y = 0; y < p->n_y; y++)
        for (size_t k = 0; k < p->n_x; k++)
            for (size_t h = k + 1; h < p->n_x; h++)
                pair[(*n)++] = (struct compared_pair){k, y, h, y};
}

const struct comparisons_asked *comparisons_usual(const struct prepared *p, struct arena *keep)
{
    struct comparisons_asked *asked = ARENA_NEW(keep, struct comparisons_asked, 1);
    struct compared_pair *pair = ARENA_NEW(keep, struct compared_pair, p->n_y * p->n_x * p->n_x);
    asked->pair = pair;
    all_pairs(p, pair, &asked->n);
    return asked;
}

/* Do the two correlations have a variable in common? */
static bool overlap(const struct prepared *p, const struct compared_pair *pair)
{
    const char *x = p->x[pair->x].name, *y = p->y[pair->y].name;
    const char *x_other = p->x[pair->x_other].name, *y_other = p->y[pair->y_other].name;
    return strcmp(x, x_other) == 0 || strcmp(x, y_other) == 0 || strcmp(y, x_other) == 0 ||
           strcmp(y, y_other) == 0;
}

/* Every test named must be one of a kind that is compared. */
static bool check_tests(const struct prepared *p, const struct comparisons_asked *a,
                        struct err *err)
{
    for (size_t t = 0; t < a->tests.n; t++) {
        const char *name = a->tests.at[t];
        bool used = a->n == 0;
        for (size_t i = 0; i < a->n && !used; i++)
            used = overlap(p, &a->pair[i]) ? overlapping_find(name) != NULL
                                           : non_overlapping_find(name) != NULL;
        if (!used)
            return err_at(
                err, ERR_USAGE,
                &(struct problem){.column = "--comparison",
                                  .value = name,
                                  .what = overlapping_find(name)
                                              ? "is a test of correlations that share a variable"
                                          : non_overlapping_find(name)
                                              ? "is a test of correlations that share no variable"
                                              : "is a test of two samples, for --typed",
                                  .mend = "choose another, or all"});
    }
    return true;
}

bool comparisons_ask(const struct texts *compare, const struct texts *tests,
                     const struct prepared *p, struct comparisons_asked *asked, struct arena *keep,
                     struct err *err)
{
    size_t pairs = compare->n > p->n_x ? compare->n : p->n_x;
    struct compared_pair *pair =
        ARENA_NEW(keep, struct compared_pair, pairs * pairs * (p->n_y + 1));
    *asked = (struct comparisons_asked){
        .given = compare->n || tests->n, .named = compare->n > 0, .pair = pair};
    if (!compare->n)
        all_pairs(p, pair, &asked->n);
    else if (!typed_pairs(compare, p, pair, &asked->n, keep, err))
        return false;
    for (size_t i = 0; i < asked->n; i++)
        asked->outcomes |= pair[i].y != pair[i].y_other;
    asked->tests = *tests;
    for (size_t t = 0; t < tests->n; t++)
        asked->all |= strcmp(tests->at[t], "all") == 0;
    return asked->all || check_tests(p, asked, err);
}
