/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/words.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/init/likert_words.h"
#include "io/text/answer_words.h"

struct wording {
    const char *language, *asked, *answers;
};

static const struct wording wordings[] = {
#define X(language, asked, answers) {#language, #asked, answers},
    LIKERT_LIST(X)
#undef X
};
enum { N_WORDINGS = sizeof wordings / sizeof *wordings, MOST_POINT = 10 };

/* ---- equal as the study's reader has it ---- */

/* As answer_folded(), and "Teils / teils" is "Teils, teils". */
static const char *folded(const char *text, size_t length, struct arena *keep)
{
    const char *whole = answer_folded(arena_strndup(keep, text, length), keep);
    const char *mark = strchr(whole, '/');
    if (!mark)
        return whole;
    size_t before = (size_t)(mark - whole);
    while (before && whole[before - 1] == ' ')
        before--;
    return arena_printf(keep, "%.*s, %s", (int)before, whole, mark + 1 + strspn(mark + 1, " "));
}

/* The place (from 0) of a folded text in a list with marks between, -1: none.  Within
   an entry '/' stands between spellings, if so asked. */
static int place_of(struct arena *scratch, const char *text, const char *list, bool spellings)
{
    for (int place = 0; *list; place++) {
        size_t entry = strcspn(list, "|");
        for (size_t at = 0; at < entry;) {
            size_t n = spellings ? strcspn(list + at, "/|") : entry;
            if (strcmp(folded(list + at, n, scratch), text) == 0)
                return place;
            at += n + 1;
        }
        list += entry + (list[entry] == '|');
    }
    return -1;
}

static int points_of(const char *list)
{
    int n = 1;
    for (; *list; list++)
        n += *list == '|';
    return n;
}

static bool is_no_answer(struct arena *scratch, const char *text)
{
    return place_of(scratch, folded(text, strlen(text), scratch), LIKERT_NO_ANSWER, false) >= 0;
}

bool words_no_answer(const char *text)
{
    struct arena *scratch = arena_new();
    bool is = is_no_answer(scratch, text);
    arena_free(scratch);
    return is;
}

int words_end(const char *text)
{
    struct arena *scratch = arena_new();
    const char *word = folded(text, strlen(text), scratch);
    int end = 0;
    for (size_t k = 0; k < N_WORDINGS && !end; k++) {
        int place = place_of(scratch, word, wordings[k].answers, true);
        end = place == 0 ? -1 : place + 1 == points_of(wordings[k].answers) ? 1 : 0;
    }
    arena_free(scratch);
    return end;
}

/* ---- numbers with words: "10 - Extremely likely" ---- */

/* A1 and AO01: answer codes of LimeSurvey. */
static const char *behind_letters(const char *text)
{
    size_t letters = strncmp(text, "AO", 2) == 0 ? 2 : *text == 'A';
    const char *digits = text + letters;
    return letters && *digits && !digits[strspn(digits, "0123456789")] ? digits : text;
}

/* The number in front, -1: there is none, or one beyond 10. */
static int leading_number(const char *text)
{
    text = behind_letters(text);
    int x = 0;
    size_t n = 0;
    while (text[n] >= '0' && text[n] <= '9' && n < 3)
        x = 10 * x + (text[n++] - '0');
    if (!n || x > MOST_POINT)
        return -1;
    if (!text[n])
        return x;
    size_t mark = strspn(text + n, " -=:.()\t");
    if (strncmp(text + n + mark, "\u2013", 3) == 0)
        mark += 3;
    const char *rest = text + n + mark;
    return mark && *rest && !(*rest >= '0' && *rest <= '9') ? x : -1;
}

/* ---- one wording ---- */

struct fit {
    const struct wording *wording; /* NULL: numbers */
    size_t known, answers;         /* values, their answers */
    int seen;                      /* points of the wording that occur */
};

static int code_of(struct arena *scratch, const struct fit *fit, const char *text)
{
    if (!fit->wording)
        return leading_number(text);
    int place = place_of(scratch, folded(text, strlen(text), scratch), fit->wording->answers, true);
    return place < 0 ? -1 : place + 1;
}

static struct fit fit_of(struct arena *scratch, const struct wording *w,
                         const struct value_count *value, size_t n)
{
    struct fit fit = {.wording = w};
    unsigned points = 0;
    for (size_t k = 0; k < n; k++) {
        int code = code_of(scratch, &fit, value[k].text);
        if (code < 0)
            continue;
        fit.known++;
        fit.answers += value[k].n;
        fit.seen += !(points >> code & 1);
        points |= 1u << code;
    }
    return fit;
}

/* More answers are known; or as many, but more of them told apart; or as many, and somebody gave
   each answer of the wording, as nobody did with the best so far: four of five points are a
   wording of four. */
static bool is_better(const struct fit *fit, const struct fit *best)
{
    if (fit->answers != best->answers)
        return fit->answers > best->answers;
    if (best->wording && fit->seen != best->seen)
        return fit->seen > best->seen;
    return best->wording && fit->seen == points_of(fit->wording->answers) &&
           best->seen < points_of(best->wording->answers);
}

static struct fit best_fit(struct arena *scratch, const struct value_count *value, size_t n)
{
    struct fit best = fit_of(scratch, NULL, value, n);
    for (size_t k = 0; k < N_WORDINGS && (best.wording || best.known < n); k++) {
        struct fit fit = fit_of(scratch, &wordings[k], value, n);
        if (is_better(&fit, &best))
            best = fit;
    }
    return best;
}

/* ---- the whole ---- */

static int by_code(const void *a, const void *b)
{
    const struct word_code *p = a, *q = b;
    if (p->code != q->code)
        return p->code < q->code ? -1 : 1;
    if (p->n != q->n)
        return p->n > q->n ? -1 : 1;
    return strcmp(p->text, q->text);
}

/* Spellings that the study's reader takes for one word. */
static void mark_again(struct worded *w, struct word_code *word, struct arena *scratch)
{
    for (size_t k = 0; k < w->n_words; k++)
        for (size_t i = 0; i < k && !word[k].again; i++)
            word[k].again = strcmp(answer_folded(word[i].text, scratch),
                                   answer_folded(word[k].text, scratch)) == 0;
}

/* The wording's own words for answers that nobody gave. */
static void add_unseen(struct worded *w, struct word_code *word, const char *list,
                       struct arena *keep)
{
    const size_t seen = w->n_words;
    for (int code = 1; *list; code++) {
        size_t entry = strcspn(list, "|"), first = strcspn(list, "/|");
        bool there = false;
        for (size_t k = 0; k < seen; k++)
            there = there || word[k].code == code;
        if (!there)
            word[w->n_words++] =
                (struct word_code){.text = arena_strndup(keep, list, first), .code = code};
        list += entry + (list[entry] == '|');
    }
}

/* -99 among words is a code for no answer. */
static bool is_number(const char *text)
{
    text += *text == '-';
    return *text && !text[strspn(text, "0123456789")];
}

static void sort_in(struct arena *scratch, const struct fit *fit, const struct value_count *value,
                    size_t n, struct worded *w, struct arena *keep)
{
    struct word_code *word = ARENA_NEW(keep, struct word_code, n + MOST_POINT);
    struct value_count *missing = ARENA_NEW(keep, struct value_count, n),
                       *unknown = ARENA_NEW(keep, struct value_count, n);
    for (size_t k = 0; k < n; k++) {
        int code = code_of(scratch, fit, value[k].text);
        if (code >= 0)
            word[w->n_words++] =
                (struct word_code){.text = value[k].text, .code = code, .n = value[k].n};
        else if (is_number(value[k].text) || is_no_answer(scratch, value[k].text))
            missing[w->n_missing++] = value[k];
        else {
            unknown[w->n_unknown++] = value[k];
            w->unknown_answers += value[k].n;
        }
    }
    if (fit->wording)
        add_unseen(w, word, fit->wording->answers, keep);
    qsort(word, w->n_words, sizeof *word, by_code);
    mark_again(w, word, scratch);
    w->word = word;
    w->missing = missing;
    w->unknown = unknown;
}

/* Plain numbers are a scale without words. */
static bool has_word(const struct worded *w)
{
    for (size_t k = 0; k < w->n_words; k++)
        if (w->word[k].text[strspn(w->word[k].text, "0123456789")])
            return true;
    return false;
}

bool words_find(const struct value_count *value, size_t n, struct worded *found, struct arena *keep)
{
    enum { MOST_VALUES = 30 };
    struct arena *scratch = arena_new();
    *found = (struct worded){0};
    if (n && n <= MOST_VALUES) {
        struct fit fit = best_fit(scratch, value, n);
        size_t least = fit.known == n ? 2 : 3;
        if (fit.known >= 2) {
            sort_in(scratch, &fit, value, n, found, keep);
            found->language = fit.wording ? fit.wording->language : NULL;
            found->asked = fit.wording ? fit.wording->asked : NULL;
            found->low = found->word[0].code;
            found->high = found->word[found->n_words - 1].code;
        }
        least = found->n_unknown ? least : 2;
        if (fit.known < least || fit.answers < found->unknown_answers || !has_word(found))
            *found = (struct worded){0};
    }
    arena_free(scratch);
    return found->n_words > 0;
}
