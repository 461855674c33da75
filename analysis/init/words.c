/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/words.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/init/likert_words.h"
#include "io/keys.h"

struct wording {
    const char *language, *asked, *answers;
};

static const struct wording wordings[] = {
#define X(language, asked, answers) {#language, #asked, answers},
    LIKERT_LIST(X)
#undef X
};
enum { N_WORDINGS = sizeof wordings / sizeof *wordings, MOST_POINT = 10 };

/* ---- equal but for case, blanks and the kind of apostrophe ---- */

struct folder {
    struct key_steps steps;
    struct key_buffer buffer;
    struct arena *keep;
};

static struct folder folder_new(struct arena *keep)
{
    static const char *rule[] = {"trim", "case"};
    struct folder f = {.buffer = {.arena = keep}, .keep = keep};
    struct err none = {0};
    keys_compile(&(struct texts){2, rule}, &f.steps, keep, &none);
    return f;
}

static const char *folded(struct folder *f, const char *text, size_t length)
{
    struct key_text key = keys_apply(&f->steps, SIZE_MAX, text, length, &f->buffer);
    char *out = arena_strndup(f->keep, key.text, key.length), *to = out;
    for (const char *at = out; *at; to++) {
        const bool quote = strncmp(at, "\u2019", 3) == 0 || strncmp(at, "\u00b4", 2) == 0;
        *to = quote ? '\'' : *at;
        at += !quote ? 1 : (unsigned char)*at == 0xe2 ? 3 : 2;
        while (*to == ' ' && *at == ' ')
            at++;
    }
    *to = '\0';
    return out;
}

/* The place (from 0) of a folded text in a list with marks between, -1: none.  Within
   an entry '/' stands between spellings, if so asked. */
static int place_of(struct folder *f, const char *text, const char *list, bool spellings)
{
    for (int place = 0; *list; place++) {
        size_t entry = strcspn(list, "|");
        for (size_t at = 0; at < entry;) {
            size_t n = spellings ? strcspn(list + at, "/|") : entry;
            if (strcmp(folded(f, list + at, n), text) == 0)
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

static bool is_no_answer(struct folder *f, const char *text)
{
    return place_of(f, folded(f, text, strlen(text)), LIKERT_NO_ANSWER, false) >= 0;
}

bool words_no_answer(const char *text)
{
    struct arena *scratch = arena_new();
    struct folder f = folder_new(scratch);
    bool is = is_no_answer(&f, text);
    arena_free(scratch);
    return is;
}

int words_end(const char *text)
{
    struct arena *scratch = arena_new();
    struct folder f = folder_new(scratch);
    const char *word = folded(&f, text, strlen(text));
    int end = 0;
    for (size_t k = 0; k < N_WORDINGS && !end; k++) {
        int place = place_of(&f, word, wordings[k].answers, true);
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
};

static int code_of(struct folder *f, const struct fit *fit, const char *text)
{
    if (!fit->wording)
        return leading_number(text);
    int place = place_of(f, folded(f, text, strlen(text)), fit->wording->answers, true);
    return place < 0 ? -1 : place + 1;
}

static struct fit fit_of(struct folder *f, const struct wording *w, const struct value_count *value,
                         size_t n)
{
    struct fit fit = {.wording = w};
    for (size_t k = 0; k < n; k++)
        if (code_of(f, &fit, value[k].text) >= 0) {
            fit.known++;
            fit.answers += value[k].n;
        }
    return fit;
}

static struct fit best_fit(struct folder *f, const struct value_count *value, size_t n)
{
    struct fit best = fit_of(f, NULL, value, n);
    for (size_t k = 0; k < N_WORDINGS && best.known < n; k++) {
        struct fit fit = fit_of(f, &wordings[k], value, n);
        if (fit.answers > best.answers || (fit.answers == best.answers && fit.known > best.known))
            best = fit;
    }
    return best;
}

/* ---- the whole ---- */

static int by_code(const void *a, const void *b)
{
    const struct word_code *p = a, *q = b;
    return p->code != q->code ? (p->code < q->code ? -1 : 1) : strcmp(p->text, q->text);
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
            word[w->n_words++] = (struct word_code){arena_strndup(keep, list, first), code, 0};
        list += entry + (list[entry] == '|');
    }
}

/* -99 among words is a code for no answer. */
static bool is_number(const char *text)
{
    text += *text == '-';
    return *text && !text[strspn(text, "0123456789")];
}

static void sort_in(struct folder *f, const struct fit *fit, const struct value_count *value,
                    size_t n, struct worded *w, struct arena *keep)
{
    struct word_code *word = ARENA_NEW(keep, struct word_code, n + MOST_POINT);
    struct value_count *missing = ARENA_NEW(keep, struct value_count, n),
                       *unknown = ARENA_NEW(keep, struct value_count, n);
    for (size_t k = 0; k < n; k++) {
        int code = code_of(f, fit, value[k].text);
        if (code >= 0)
            word[w->n_words++] = (struct word_code){value[k].text, code, value[k].n};
        else if (is_number(value[k].text) || is_no_answer(f, value[k].text))
            missing[w->n_missing++] = value[k];
        else {
            unknown[w->n_unknown++] = value[k];
            w->unknown_answers += value[k].n;
        }
    }
    if (fit->wording)
        add_unseen(w, word, fit->wording->answers, keep);
    qsort(word, w->n_words, sizeof *word, by_code);
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
    struct folder f = folder_new(scratch);
    *found = (struct worded){0};
    if (n && n <= MOST_VALUES) {
        struct fit fit = best_fit(&f, value, n);
        size_t least = fit.known == n ? 2 : 3;
        if (fit.known >= 2) {
            sort_in(&f, &fit, value, n, found, keep);
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
