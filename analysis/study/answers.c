/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/answers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/text/answer_words.h"
#include "io/text/parse.h"
#include "models/base/key_map.h"

/* ---- what a cell says ---- */

/* Answers by the number that a key_map gives them. */
struct answer_list {
    struct key_map *map;
    struct answer *at;
    size_t capacity;
};

struct answers {
    const struct study_scale *scale;
    struct arena *keep;
    struct answer_list declared; /* by folded word */
    struct answer_list seen;     /* by the text of a cell */
};

static void list_add(struct answer_list *l, const char *text, struct answer answer,
                     struct arena *keep)
{
    bool added;
    const uint32_t k = key_map_add(l->map, text, strlen(text), &added);
    if (!added)
        return;
    if (k >= l->capacity) {
        const size_t capacity = l->capacity ? 2 * l->capacity : 32;
        struct answer *more = ARENA_NEW(keep, struct answer, capacity);
        if (l->capacity)
            memcpy(more, l->at, l->capacity * sizeof *more);
        l->at = more;
        l->capacity = capacity;
    }
    l->at[k] = answer;
}

static const struct answer *list_find(const struct answer_list *l, const char *text)
{
    const uint32_t k = key_map_find(l->map, text, strlen(text));
    return k == KEY_MAP_NONE ? NULL : &l->at[k];
}

struct answers *answers_new(const struct study_scale *scale, struct arena *keep)
{
    struct answers *a = ARENA_NEW(keep, struct answers, 1);
    *a = (struct answers){.scale = scale,
                          .keep = keep,
                          .declared.map = key_map_new(32, keep),
                          .seen.map = key_map_new(32, keep)};
    for (size_t k = 0; k < scale->missing.n; k++)
        list_add(&a->declared, answer_folded(scale->missing.at[k], keep),
                 (struct answer){ANSWER_MISSING, NAN}, keep);
    for (size_t k = 0; k < scale->n_labels; k++)
        for (size_t w = 0; w < scale->labels[k].words.n; w++)
            list_add(&a->declared, answer_folded(scale->labels[k].words.at[w], keep),
                     (struct answer){ANSWER_VALUE, scale->labels[k].code}, keep);
    return a;
}

static struct answer answer_in_number(const struct study_scale *scale, double x)
{
    for (size_t k = 0; k < scale->missing.n; k++) {
        double code;
        if (parse_real(scale->missing.at[k], strlen(scale->missing.at[k]), &code) && code == x)
            return (struct answer){ANSWER_MISSING, NAN};
    }
    if (x < scale->low || x > scale->high)
        return (struct answer){ANSWER_OUTSIDE, NAN};
    return (struct answer){ANSWER_VALUE, x};
}

static struct answer answer_in_words(struct answers *a, const char *text)
{
    const char *folded = answer_folded(text, a->keep);
    const struct answer *declared = list_find(&a->declared, folded);
    double x;
    if (!*folded)
        return (struct answer){ANSWER_BLANK, NAN};
    if (declared)
        return *declared;
    if (parse_real(folded, strlen(folded), &x))
        return answer_in_number(a->scale, x);
    return (struct answer){ANSWER_UNKNOWN, NAN};
}

struct answer answer_of(struct answers *a, const char *text)
{
    double x;
    if (parse_real(text, strlen(text), &x))
        return answer_in_number(a->scale, x);
    const struct answer *seen = list_find(&a->seen, text);
    if (seen)
        return *seen;
    const struct answer answer = answer_in_words(a, text);
    list_add(&a->seen, text, answer, a->keep);
    return answer;
}

/* ---- words without a code ---- */

struct unknown_word {
    const char *text; /* as first written */
    uint64_t count;
};

struct unknown_words {
    struct key_map *map; /* by folded word */
    struct unknown_word *at;
    size_t capacity;
    struct arena *keep;
};

/* Bytes of a list in a message, of one word in it, of a word that is named in full. */
enum { LISTED = 280, LONGEST = 60 };

struct unknown_words *unknown_words_new(struct arena *keep)
{
    struct unknown_words *u = ARENA_NEW(keep, struct unknown_words, 1);
    u->map = key_map_new(32, keep);
    u->keep = keep;
    return u;
}

void unknown_words_add(struct unknown_words *u, const char *text)
{
    bool added;
    const char *folded = answer_folded(text, u->keep);
    const uint32_t k = key_map_add(u->map, folded, strlen(folded), &added);
    if (k >= u->capacity) {
        const size_t capacity = u->capacity ? 2 * u->capacity : 32;
        struct unknown_word *more = ARENA_NEW(u->keep, struct unknown_word, capacity);
        if (u->capacity)
            memcpy(more, u->at, u->capacity * sizeof *more);
        u->at = more;
        u->capacity = capacity;
    }
    if (added)
        u->at[k] = (struct unknown_word){text, 0};
    u->at[k].count++;
}

static int by_frequency(const void *a, const void *b)
{
    const struct unknown_word *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->text, y->text);
}

static const struct unknown_word *sorted(const struct unknown_words *u, size_t *n,
                                         struct arena *keep)
{
    *n = key_map_count(u->map);
    struct unknown_word *words = arena_copy(keep, u->at, *n, sizeof *words);
    qsort(words, *n, sizeof *words, by_frequency);
    return words;
}

/* At most LONGEST bytes of a word, not cut inside a character. */
static const char *shortened(const char *text, struct arena *keep)
{
    size_t n = strlen(text);
    if (n <= LONGEST)
        return text;
    for (n = LONGEST; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
        n--;
    return arena_printf(keep, "%.*s…", (int)n, text);
}

const char *unknown_words_listed(const struct unknown_words *u, struct arena *keep)
{
    size_t n, told = 0;
    const struct unknown_word *word = sorted(u, &n, keep);
    const char *list = "";
    for (; told < n; told++) {
        const char *more =
            arena_printf(keep, "%s%s%s %llu", list, told ? ", " : "",
                         shortened(word[told].text, keep), (unsigned long long)word[told].count);
        if (strlen(more) > LISTED)
            break;
        list = more;
    }
    return told < n ? arena_printf(keep, "%s, and %zu more", list, n - told) : list;
}

/* In double quotes, as YAML reads it. */
static const char *quoted(const char *text, struct arena *keep)
{
    char *to = ARENA_NEW(keep, char, 2 * strlen(text) + 3);
    size_t at = 0;
    to[at++] = '"';
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            to[at++] = '\\';
        to[at++] = (char)(*p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p);
    }
    to[at] = '"';
    return to;
}

const char *unknown_words_labels(const struct unknown_words *u, struct arena *keep)
{
    size_t n, told = 0;
    const struct unknown_word *word = sorted(u, &n, keep);
    const char *list = "";
    for (; told < n && strlen(word[told].text) <= LONGEST; told++) {
        const char *more = arena_printf(keep, "%s%s{code: N, words: [%s]}", list, told ? ", " : "",
                                        quoted(word[told].text, keep));
        if (strlen(more) > LISTED)
            break;
        list = more;
    }
    return told == 0  ? "{code: N, words: [\"...\"]}"
           : told < n ? arena_printf(keep, "%s, ...", list)
                      : list;
}
