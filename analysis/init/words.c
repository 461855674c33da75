/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/words.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/init/code_labels.h"
#include "analysis/init/wordings.h"
#include "io/text/answer_words.h"

enum { MOST_POINT = 10 };

/* ---- one text ---- */

static const char *folded(const char *text, struct arena *scratch)
{
    return wording_folded(text, strlen(text), scratch);
}

bool words_no_answer(const char *text)
{
    struct arena *scratch = arena_new();
    bool is = wording_no_answer(folded(text, scratch), scratch);
    arena_free(scratch);
    return is;
}

/* ---- numbers with words: "10 - Extremely likely" ---- */

/* A1 and AO01: answer codes of LimeSurvey. */
static const char *behind_letters(const char *text)
{
    size_t letters = strncmp(text, "AO", 2) == 0 ? 2 : *text == 'A';
    const char *digits = text + letters;
    return letters && *digits && !digits[strspn(digits, "0123456789")] ? digits : text;
}

/* The number in front, and what stands behind it; -1: there is none, or one beyond 10. */
static int leading_number(const char *text, const char **rest)
{
    text = behind_letters(text);
    int x = 0;
    size_t n = 0;
    while (text[n] >= '0' && text[n] <= '9' && n < 3)
        x = 10 * x + (text[n++] - '0');
    *rest = text + n;
    if (!n || x > MOST_POINT)
        return -1;
    if (!text[n])
        return x;
    size_t mark = strspn(text + n, " -=:.()\t");
    if (strncmp(text + n + mark, "\u2013", 3) == 0)
        mark += 3;
    *rest = text + n + mark;
    return mark && **rest && !(**rest >= '0' && **rest <= '9') ? x : -1;
}

/* "Don't know", and "6 - Don't know" among numbers with words. */
static bool means_no_answer(struct arena *scratch, const char *text)
{
    const char *rest = text;
    if (leading_number(text, &rest) >= 0)
        text = rest;
    return wording_no_answer(folded(text, scratch), scratch);
}

/* ---- one wording ---- */

struct fit {
    const struct wording *wording; /* NULL: numbers */
    size_t known, answers;         /* values, their answers */
    int seen;                      /* points of the wording that occur */
    const int *code;               /* [n] of each value; -1: none */
};

static const int *codes_of(struct arena *scratch, const struct wording *w,
                           const struct value_count *value, size_t n)
{
    const char **text = ARENA_NEW(scratch, const char *, n), *rest;
    int *code = ARENA_NEW(scratch, int, n);
    for (size_t k = 0; k < n; k++) {
        text[k] = folded(value[k].text, scratch);
        code[k] = leading_number(value[k].text, &rest);
        if (!w && code[k] >= 0 && *rest && means_no_answer(scratch, value[k].text))
            code[k] = -1;
    }
    if (w)
        wording_places(w, n, text, code, scratch);
    for (size_t k = 0; w && k < n; k++)
        code[k] += code[k] >= 0;
    return code;
}

static struct fit fit_of(struct arena *scratch, const struct wording *w,
                         const struct value_count *value, size_t n)
{
    struct fit fit = {.wording = w, .code = codes_of(scratch, w, value, n)};
    unsigned points = 0;
    for (size_t k = 0; k < n; k++) {
        if (fit.code[k] < 0)
            continue;
        fit.known++;
        fit.answers += value[k].n;
        fit.seen += !(points >> fit.code[k] & 1);
        points |= 1u << fit.code[k];
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
    return best->wording && fit->seen == wording_points(fit->wording) &&
           best->seen < wording_points(best->wording);
}

static struct fit best_fit(struct arena *scratch, const struct value_count *value, size_t n)
{
    struct fit best = fit_of(scratch, NULL, value, n);
    for (size_t k = 0; k < wordings_n() && (best.wording || best.known < n); k++) {
        struct fit fit = fit_of(scratch, wordings_at(k), value, n);
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
        int code = fit->code[k];
        if (code >= 0)
            word[w->n_words++] =
                (struct word_code){.text = value[k].text, .code = code, .n = value[k].n};
        else if (is_number(value[k].text) || means_no_answer(scratch, value[k].text))
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

/* What stands behind the numbers says whether they are answers, and which way they run; false:
   names. */
static bool read_behind_numbers(struct worded *w, struct arena *scratch)
{
    struct code_label *label = ARENA_NEW(scratch, struct code_label, w->n_words);
    for (size_t k = 0; k < w->n_words; k++) {
        label[k] = (struct code_label){.code = w->word[k].code, .n = w->word[k].n};
        leading_number(w->word[k].text, &label[k].label);
    }
    w->labels = code_labels_read(label, w->n_words);
    if (w->labels.high) {
        w->low = w->labels.low;
        w->high = w->labels.high;
        w->whole = true;
    }
    return w->labels.kind != CODES_NAMES;
}

static void take_fit(struct arena *scratch, const struct fit *fit, const struct value_count *value,
                     size_t n, struct worded *found, struct arena *keep)
{
    sort_in(scratch, fit, value, n, found, keep);
    found->low = found->word[0].code;
    found->high = found->word[found->n_words - 1].code;
    if (!fit->wording)
        return;
    found->language = fit->wording->language;
    found->asked = fit->wording->asked;
    found->labels.direction = 1;
    found->whole = true;
}

bool words_find(const struct value_count *value, size_t n, struct worded *found, struct arena *keep)
{
    enum { MOST_VALUES = 30 };
    struct arena *scratch = arena_new();
    *found = (struct worded){0};
    if (n && n <= MOST_VALUES) {
        struct fit fit = best_fit(scratch, value, n);
        if (fit.known >= 2)
            take_fit(scratch, &fit, value, n, found, keep);
        size_t least = found->n_unknown ? 3 : 2;
        if (fit.known < least || fit.answers < found->unknown_answers || !has_word(found) ||
            (!fit.wording && !read_behind_numbers(found, scratch)))
            *found = (struct worded){0};
    }
    arena_free(scratch);
    return found->n_words > 0;
}
