/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/code_labels.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/init/wordings.h"

/* Words of answers beyond the wordings ("I will definitely renew"): each is one whole word. */
static const char answer_words[] =
    "|agree|disagree|satisfied|dissatisfied|unsatisfied|likely|unlikely|definitely|probably|"
    "certainly|zufrieden|unzufrieden|stimme|trifft|wahrscheinlich|unwahrscheinlich|bestimmt|"
    "satisfait|satisfaite|satisfaits|insatisfait|insatisfaite|d'accord|désaccord|probable|"
    "improbable|probablement|certainement|satisfecho|satisfecha|insatisfecho|insatisfecha|"
    "acuerdo|desacuerdo|probablemente|definitivamente|tevreden|ontevreden|eens|oneens|"
    "waarschijnlijk|onwaarschijnlijk|";

/* What surveys know of people and customers, and nobody rates. */
static const char attribute_words[] =
    "|gender|sex|region|country|state|city|segment|industry|sector|occupation|profession|"
    "nationality|agegroup|"
    "geschlecht|land|bundesland|stadt|branche|beruf|altersgruppe|kundengruppe|"
    "genre|sexe|région|pays|ville|secteur|métier|"
    "género|genero|sexo|región|país|pais|ciudad|segmento|"
    "geslacht|regio|provincie|";

/* Words that may stand beside those. */
static const char beside_words[] = "|code|cd|id|nr|no|number|group|gruppe|class|klasse|type|typ|"
                                   "your|ihr|ihre|customer|kunden|the|de|du|la|le|el|of|q|var|v|";

/* ---- words ---- */

/* A letter of a word: beyond ASCII all are. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'' || (unsigned char)c >= 128;
}

static bool is_listed(const char *word, size_t n, const char *list)
{
    for (const char *at = list; *at && at[1]; at += 1 + strcspn(at + 1, "|"))
        if (strncmp(at + 1, word, n) == 0 && at[1 + n] == '|')
            return true;
    return false;
}

/* The next word of a folded text; NULL: there is none. */
static const char *next_word(const char **at, size_t *n)
{
    const char *word = *at;
    while (*word && !is_letter(*word))
        word++;
    *n = 0;
    while (is_letter(word[*n]))
        (*n)++;
    *at = word + *n;
    return *n ? word : NULL;
}

static bool speaks_of_answers(const char *folded)
{
    size_t n;
    for (const char *at = folded, *word; (word = next_word(&at, &n));)
        if (is_listed(word, n, answer_words))
            return true;
    return false;
}

bool code_names_attribute(const char *name)
{
    struct arena *scratch = arena_new();
    size_t n, attributes = 0;
    bool only = true;
    for (const char *at = wording_folded(name, strlen(name), scratch), *word;
         (word = next_word(&at, &n));) {
        bool is = is_listed(word, n, attribute_words);
        attributes += is;
        only = only && (is || is_listed(word, n, beside_words));
    }
    arena_free(scratch);
    return only && attributes == 1;
}

/* ---- one label ---- */

static const char digits[] = "0123456789";

/* "1 = ", "(1) ", "1. ", "1 (" in front of words. */
static const char *behind_number(const char *label)
{
    static const char dash[] = "\u2013";
    const char *at = label + strspn(label, " (\t");
    size_t n = strspn(at, digits), mark = n ? strspn(at + n, " -=:.()\t") : 0;
    if (mark && strncmp(at + n + mark, dash, sizeof dash - 1) == 0)
        mark += sizeof dash - 1;
    const char *rest = at + n + mark + strspn(at + n + mark, " \t");
    return mark && *rest && !strchr(digits, *rest) ? rest : label;
}

/* "(1)" at the end, and a ")" of which the "(" stood before the words: how long the rest is. */
static size_t before_number(const char *words, size_t n)
{
    size_t at = n - 1;
    while (at && strchr(digits, words[at - 1]))
        at--;
    if (at > 1 && at < n - 1 && words[at - 1] == '(') {
        at--;
        while (at && words[at - 1] == ' ')
            at--;
        return at;
    }
    return memchr(words, '(', n) ? n : n - 1;
}

const char *code_label_words(const char *label, struct arena *keep)
{
    char *words = arena_strdup(keep, behind_number(label));
    size_t n = strlen(words);
    while (n && strchr(" .\t", words[n - 1]))
        n--;
    words[n && words[n - 1] == ')' ? before_number(words, n) : n] = '\0';
    return words;
}

/* ---- the labels of one column ---- */

struct reading {
    size_t n;
    const struct code_label **at; /* [n] with a label, by code */
    const char **folded;          /* [n] */
    bool *known;                  /* [n] a word of answers */
    int *place;                   /* [n] in the wording that is looked at */
};

static bool is_own_number(const struct code_label *l, const char *words)
{
    char *end;
    return strtol(words, &end, 10) == l->code && end != words && !*end;
}

static int by_code(const void *a, const void *b)
{
    const struct code_label *p = *(const struct code_label *const *)a,
                            *q = *(const struct code_label *const *)b;
    return p->code != q->code ? (p->code > q->code) - (p->code < q->code)
                              : strcmp(p->label, q->label);
}

/* One of each code and wording. */
static void leave_out_repeated(struct reading *r)
{
    size_t n = 0;
    for (size_t k = 0; k < r->n; k++) {
        bool again = false;
        for (size_t i = 0; i < n; i++)
            again = again ||
                    (r->at[i]->code == r->at[k]->code && strcmp(r->folded[i], r->folded[k]) == 0);
        if (again)
            continue;
        r->at[n] = r->at[k];
        r->folded[n++] = r->folded[k];
    }
    r->n = n;
}

static struct reading reading_of(const struct code_label *label, size_t n, struct arena *scratch)
{
    struct reading r = {.at = ARENA_NEW(scratch, const struct code_label *, n),
                        .folded = ARENA_NEW(scratch, const char *, n),
                        .known = ARENA_NEW(scratch, bool, n),
                        .place = ARENA_NEW(scratch, int, n)};
    for (size_t k = 0; k < n; k++) {
        const char *words = code_label_words(label[k].label ? label[k].label : "", scratch);
        const char *folded = wording_folded(words, strlen(words), scratch);
        if (*words && !is_own_number(&label[k], words) && !wording_no_answer(folded, scratch))
            r.at[r.n++] = &label[k];
    }
    qsort(r.at, r.n, sizeof *r.at, by_code);
    for (size_t k = 0; k < r.n; k++) {
        const char *words = code_label_words(r.at[k]->label, scratch);
        r.folded[k] = wording_folded(words, strlen(words), scratch);
    }
    leave_out_repeated(&r);
    for (size_t k = 0; k < r.n; k++)
        r.known[k] = speaks_of_answers(r.folded[k]);
    return r;
}

/* ---- direction and range ---- */

enum { MIXED = 2 };

/* 1 if the known labels rise with their codes, -1 if they fall, MIXED if they do both, 0 where two
   codes are one answer. */
static int direction_in(const struct reading *r)
{
    int rises = 0, falls = 0, level = 0;
    for (size_t k = 1, before = 0; k < r->n; k++) {
        if (r->place[k] < 0)
            continue;
        rises += r->place[k] > r->place[before];
        falls += r->place[k] < r->place[before];
        level += r->place[k] == r->place[before] && r->at[k]->code != r->at[before]->code;
        before = k;
    }
    return rises && falls ? MIXED : level ? 0 : rises ? 1 : -1;
}

/* The codes of the wording's ends, where each label is one of its points and codes are as far
   apart as points are. */
static bool range_in(const struct reading *r, const struct wording *w, int direction, int *low,
                     int *high)
{
    int first = r->at[0]->code - direction * r->place[0];
    for (size_t k = 0; k < r->n; k++)
        if (r->place[k] < 0 || r->at[k]->code - direction * r->place[k] != first)
            return false;
    int last = first + direction * (wording_points(w) - 1);
    *low = direction > 0 ? first : last;
    *high = direction > 0 ? last : first;
    return *low == 0 || *low == 1;
}

/* What the wordings say that have both ends, one after the other: where they differ, nothing is
   told.  False: none has them. */
static bool look_up(const struct reading *r, struct code_reading *found, struct arena *scratch)
{
    size_t all = 0, of[MIXED + 2] = {0}, ranges = 0;
    for (size_t k = 0; k < wordings_n(); k++) {
        int low, high;
        wording_places(wordings_at(k), r->n, r->folded, r->place, scratch);
        for (size_t i = 0; i < r->n; i++)
            r->known[i] |= r->place[i] >= 0;
        if (r->n < 2 || r->place[0] < 0 || r->place[r->n - 1] < 0)
            continue;
        int direction = direction_in(r);
        all++;
        of[direction + 1]++;
        if (!direction || direction == MIXED ||
            !range_in(r, wordings_at(k), direction, &low, &high))
            continue;
        ranges += ranges == 0 || found->low != low || found->high != high;
        found->low = low;
        found->high = high;
    }
    found->direction = of[MIXED + 1] || (of[0] && of[2]) ? 0 : of[0] ? -1 : of[2] ? 1 : 0;
    if (!found->direction || ranges > 1)
        found->low = found->high = 0;
    return all > 0;
}

/* ---- ends of two wordings ---- */

/* Is a text the lowest (-1) or the highest (1) answer of each wording of which it is an end? */
static int end_of(const char *folded, struct arena *scratch)
{
    int end = 0;
    for (size_t k = 0; k < wordings_n(); k++) {
        int place = wording_place(wordings_at(k), folded, scratch);
        int here = place == 0 ? -1 : place + 1 == wording_points(wordings_at(k)) ? 1 : 0;
        if (here && end && here != end)
            return 0;
        end = here ? here : end;
    }
    return end;
}

static int direction_of_ends(const struct reading *r, struct arena *scratch)
{
    int first = end_of(r->folded[0], scratch);
    return first && end_of(r->folded[r->n - 1], scratch) == -first ? -first : 0;
}

/* ---- scale or names ---- */

/* Do answers without a label stand between two or three with one, as between the ends of a line? */
static bool are_ends_alone(const struct reading *r, const struct code_label *label, size_t n)
{
    enum { MOST_LABELLED = 3, LEAST_BESIDE_ONE = 2 };
    const int low = r->at[0]->code, high = r->at[r->n - 1]->code;
    size_t between = 0, beside = 0;
    for (size_t k = 0; k < n; k++) {
        bool has = false;
        for (size_t i = 0; i < r->n; i++)
            has |= r->at[i]->code == label[k].code;
        beside += !has && label[k].n;
        between += !has && label[k].n && label[k].code > low && label[k].code < high;
    }
    return r->n == 1 ? beside >= LEAST_BESIDE_ONE : r->n <= MOST_LABELLED && between > 0;
}

static bool are_answers(const struct reading *r)
{
    size_t known = 0;
    for (size_t k = 0; k < r->n; k++)
        known += r->known[k];
    return (r->known[0] && r->known[r->n - 1]) || 2 * known > r->n;
}

struct code_reading code_labels_read(const struct code_label *label, size_t n)
{
    struct arena *scratch = arena_new();
    struct code_reading found = {.kind = CODES_BARE};
    const struct reading r = reading_of(label, n, scratch);
    if (r.n) {
        bool told = look_up(&r, &found, scratch);
        bool scale = are_answers(&r) || are_ends_alone(&r, label, n);
        found.kind = scale ? CODES_SCALE : CODES_NAMES;
        found.lowest = r.at[0]->label;
        found.highest = r.at[r.n - 1]->label;
        found.lowest_code = r.at[0]->code;
        found.highest_code = r.at[r.n - 1]->code;
        if (!told && r.n > 1)
            found.direction = direction_of_ends(&r, scratch);
    }
    arena_free(scratch);
    return found;
}
