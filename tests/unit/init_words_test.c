/* SPDX-License-Identifier: GPL-3.0-or-later
   Answers in words: the project's list of wordings, and what is found in a column. */
#include "analysis/init/likert_words.h"
#include "analysis/init/words.h"
#include "io/text/answer_words.h"
#include "tests/check.h"

#include <string.h>

struct wording {
    const char *language, *asked, *answers;
};

static const struct wording wordings[] = {
#define X(language, asked, answers) {#language, #asked, answers},
    LIKERT_LIST(X)
#undef X
};
enum { N_WORDINGS = sizeof wordings / sizeof *wordings, MOST = 100 };

/* The spellings of a wording: text and its point, from 1. */
static size_t spellings(const char *list, const char *text[], int point[], struct arena *keep)
{
    size_t n = 0;
    for (int p = 1; *list; list += *list == '/') {
        size_t length = strcspn(list, "/|");
        text[n] = arena_strndup(keep, list, length);
        point[n++] = p;
        list += length;
        if (*list == '|') {
            p++;
            list++;
        }
    }
    return n;
}

static struct worded find(const char *const text[], size_t n, bool *found, struct arena *keep)
{
    struct value_count *value = ARENA_NEW(keep, struct value_count, n);
    struct worded w;
    for (size_t k = 0; k < n; k++)
        value[k] = (struct value_count){text[k], 10};
    *found = words_find(value, n, &w, keep);
    return w;
}

static int code_of(const struct worded *w, const char *text)
{
    for (size_t k = 0; k < w->n_words; k++)
        if (strcmp(w->word[k].text, text) == 0)
            return w->word[k].code;
    return -1;
}

/* A wording's first spellings are found as its points, in its language. */
static void each_wording_is_found(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t k = 0; k < N_WORDINGS; k++) {
        const char *text[MOST], *first[MOST];
        int point[MOST];
        size_t n = spellings(wordings[k].answers, text, point, keep), points = 0;
        for (size_t i = 0; i < n; i++)
            if ((size_t)point[i] == points + 1)
                first[points++] = text[i];
        bool found;
        struct worded w = find(first, points, &found, keep);
        if (!found || w.n_unknown)
            fail_msg("'%s' is not found", wordings[k].answers);
        assert_int_equal(w.low, 1);
        assert_int_equal(w.high, points);
        for (size_t i = 0; i < points; i++)
            assert_int_equal(code_of(&w, first[i]), (int)i + 1);
        assert_string_equal(w.language, wordings[k].language);
    }
    arena_free(keep);
}

/* No spelling stands for two points of a wording, and none means "no answer". */
static void each_spelling_is_one_point(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t k = 0; k < N_WORDINGS; k++) {
        const char *text[MOST];
        int point[MOST];
        size_t n = spellings(wordings[k].answers, text, point, keep);
        for (size_t i = 0; i < n; i++) {
            assert_true(*text[i]);
            if (words_no_answer(text[i]))
                fail_msg("'%s' of %s means no answer as well", text[i], wordings[k].asked);
            for (size_t j = 0; j < i; j++)
                if (strcmp(answer_folded(text[i], keep), answer_folded(text[j], keep)) == 0)
                    fail_msg("'%s' stands twice in '%s'", text[i], wordings[k].answers);
        }
    }
    arena_free(keep);
}

static void spelling_does_not_matter(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const text[] = {
        "STRONGLY  DISAGREE ",   "disagree", "Neither agree nor\xc2\xa0\144isagree", "Agree",
        "Don\xe2\x80\x99t know", "agree "};
    bool found;
    struct worded w = find(text, 6, &found, keep);
    assert_true(found);
    assert_int_equal(w.high, 5);
    assert_int_equal(code_of(&w, text[0]), 1);
    assert_int_equal(code_of(&w, text[2]), 3);
    assert_int_equal(code_of(&w, text[5]), 4);
    assert_int_equal(w.n_missing, 1);
    assert_int_equal(w.n_unknown, 0);
    size_t again = 0, unseen = 0;
    for (size_t k = 0; k < w.n_words; k++) {
        again += w.word[k].again;
        unseen += w.word[k].n == 0;
    }
    assert_int_equal(again, 1);  /* Agree, agree */
    assert_int_equal(unseen, 1); /* Strongly agree */
    arena_free(keep);
}

static void teils_slash_teils(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const text[] = {"Trifft eher zu", "Teils / teils", "Trifft eher nicht zu"};
    bool found;
    struct worded w = find(text, 3, &found, keep);
    assert_true(found);
    assert_string_equal(w.language, "de");
    assert_int_equal(code_of(&w, "Teils / teils"), 3);
    assert_int_equal(w.n_unknown, 0);
    arena_free(keep);
}

static void numbers_with_words(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const text[] = {"0 - Not at all likely", "1",  "5", "9",
                                       "10 = Extremely likely", "-99"};
    bool found;
    struct worded w = find(text, 6, &found, keep);
    assert_true(found);
    assert_null(w.language);
    assert_int_equal(w.low, 0);
    assert_int_equal(w.high, 10);
    assert_int_equal(code_of(&w, text[4]), 10);
    assert_int_equal(w.n_missing, 1);
    static const char *const codes[] = {"A1", "A3", "A5"}, *const olds[] = {"AO01", "AO02", "AO10"};
    w = find(codes, 3, &found, keep);
    assert_true(found);
    assert_int_equal(code_of(&w, "A3"), 3);
    w = find(olds, 3, &found, keep);
    assert_true(found);
    assert_int_equal(code_of(&w, "AO10"), 10);
    arena_free(keep);
}

/* What is no scale is not taken for one. */
static void other_texts(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const none[][4] = {{"1", "2", "3", "4"},
                                          {"Germany", "France", "Spain", "Italy"},
                                          {"yes", "no", "Yes", "No"},
                                          {"Good", "blue", "red", "green"},
                                          {"2024-01-01", "2024-01-02", "2024-02-01", "2024-03-01"},
                                          {"10 Downing Street", "12345", "99 Luftballons", "11a"}};
    for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
        bool found;
        find(none[k], 4, &found, keep);
        if (found)
            fail_msg("'%s' is no answer on a scale", none[k][0]);
    }
    bool found;
    find(none[0], 0, &found, keep);
    assert_false(found);
    arena_free(keep);
}

static void unknown_words_are_counted(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const text[] = {"Very satisfied", "Satisfied", "Dissatisfied", "So so"};
    bool found;
    struct worded w = find(text, 4, &found, keep);
    assert_true(found);
    assert_int_equal(w.n_unknown, 1);
    assert_int_equal(w.unknown_answers, 10);
    assert_string_equal(w.unknown[0].text, "So so");
    arena_free(keep);
}

static void ends(void **state)
{
    (void)state;
    assert_int_equal(words_end("Very satisfied"), 1);
    assert_int_equal(words_end("sehr unzufrieden"), -1);
    assert_int_equal(words_end("Satisfied"), 0);
    assert_int_equal(words_end("blue"), 0);
    assert_true(words_no_answer("Weiß nicht"));
    assert_false(words_no_answer("Agree"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wording_is_found),     cmocka_unit_test(each_spelling_is_one_point),
        cmocka_unit_test(spelling_does_not_matter),  cmocka_unit_test(teils_slash_teils),
        cmocka_unit_test(numbers_with_words),        cmocka_unit_test(other_texts),
        cmocka_unit_test(unknown_words_are_counted), cmocka_unit_test(ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
