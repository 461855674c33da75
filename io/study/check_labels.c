/* SPDX-License-Identifier: GPL-3.0-or-later
   Answers in words: which code each of them is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/study/check.h"
#include "io/text/answer_words.h"
#include "io/text/parse.h"

/* A word that has been declared, as it is compared. */
struct declared {
    const char *folded;
    const struct yaml_tree *at;
};

struct words {
    struct declared *at;
    size_t n;
};

static const struct yaml_tree *find_word(const struct words *words, const char *folded)
{
    for (size_t i = 0; i < words->n; i++)
        if (strcmp(words->at[i].folded, folded) == 0)
            return words->at[i].at;
    return NULL;
}

/* Adds a word that is no number, is not blank, and has not been declared before. */
static bool take_word(const struct check *c, const struct yaml_tree *t, struct words *words)
{
    const char *folded = answer_folded(t->text, c->scratch);
    double number;
    if (!*folded)
        return wrong(c, t, "is blank", "a blank cell is no answer; leave it out");
    if (parse_real(folded, strlen(folded), &number))
        return wrong(c, t, "is a number, not a word",
                     "a cell that is a number is taken as it is; leave it out");
    const struct yaml_tree *before = find_word(words, folded);
    if (before)
        return wrong(c, t, "stands for an answer that has been declared already",
                     arena_printf(c->scratch,
                                  "line %llu has '%s', which is the same word; keep one",
                                  (unsigned long long)before->line, before->text));
    words->at[words->n++] = (struct declared){folded, t};
    return true;
}

static bool check_code(const struct check *c, const struct yaml_tree *entry,
                       const struct study_scale *s, struct study_answer *answer)
{
    const struct yaml_tree *t = yaml_find(entry, "code");
    if (!check_real(c, t, &answer->code, "write the code as a number: {code: 5, words: [...]}"))
        return false;
    for (size_t k = 0; k < s->missing.n; k++) {
        double code;
        if (parse_real(s->missing.at[k], strlen(s->missing.at[k]), &code) && code == answer->code)
            return wrong(c, t, "stands under missing: as well",
                         "a code is an answer or none: keep it in one of the two");
    }
    return (answer->code >= s->low && answer->code <= s->high) ||
           wrong(c, t,
                 arena_printf(c->scratch, "is outside the range %g..%g of the scale", s->low,
                              s->high),
                 "correct range:, or list words that mean no answer under missing:");
}

static int by_code(const void *a, const void *b)
{
    const struct study_answer *x = a, *y = b;
    return (x->code > y->code) - (x->code < y->code);
}

/* Words under missing: may not be answers as well. */
static void take_missing(const struct check *c, const struct yaml_tree *list, struct words *words)
{
    for (const struct yaml_tree *t = list ? list->first : NULL; t; t = t->next)
        words->at[words->n++] = (struct declared){answer_folded(t->text, c->scratch), t};
}

static size_t count_words(const struct yaml_tree *entry)
{
    const struct yaml_tree *labels = yaml_find(entry, "labels");
    const struct yaml_tree *missing = yaml_find(entry, "missing");
    size_t n = missing ? missing->n : 0;
    for (const struct yaml_tree *t = labels ? labels->first : NULL; t; t = t->next)
        n += yaml_find(t, "words")->n;
    return n;
}

bool check_labels(const struct check *c, const struct yaml_tree *entry, const struct raw_scale *raw,
                  struct study_scale *s)
{
    const struct yaml_tree *list = yaml_find(entry, "labels");
    struct words words = {ARENA_NEW(c->scratch, struct declared, count_words(entry)), 0};
    s->n_labels = raw->n_labels;
    s->labels = ARENA_NEW(c->keep, struct study_answer, raw->n_labels);
    take_missing(c, yaml_find(entry, "missing"), &words);
    for (size_t k = 0; k < s->n_labels; k++) {
        const struct yaml_tree *t = yaml_at(list, k);
        s->labels[k].words = raw->labels[k].words;
        if (!check_code(c, t, s, &s->labels[k]))
            return false;
        for (size_t i = 0; i < k; i++)
            if (s->labels[i].code == s->labels[k].code)
                return wrong(c, yaml_find(t, "code"), "is a code that stands twice",
                             "put all its words into one list");
        for (const struct yaml_tree *w = yaml_find(t, "words")->first; w; w = w->next)
            if (!take_word(c, w, &words))
                return false;
    }
    qsort(s->labels, s->n_labels, sizeof *s->labels, by_code);
    return true;
}
