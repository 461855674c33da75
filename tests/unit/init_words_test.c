/* SPDX-License-Identifier: GPL-3.0-or-later
   Answers in words: the project's list of wordings, and what is found in a column. */
#include "analysis/init/code_labels.h"
#include "analysis/init/wordings.h"
#include "analysis/init/words.h"
#include "io/text/answer_words.h"
#include "tests/check.h"

#include <string.h>

enum { MOST = 100 };

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
    for (size_t k = 0; k < wordings_n(); k++) {
        const char *text[MOST], *first[MOST];
        int point[MOST];
        size_t n = spellings(wordings_at(k)->answers, text, point, keep), points = 0;
        for (size_t i = 0; i < n; i++)
            if ((size_t)point[i] == points + 1)
                first[points++] = text[i];
        bool found;
        struct worded w = find(first, points, &found, keep);
        if (!found || w.n_unknown)
            fail_msg("'%s' is not found", wordings_at(k)->answers);
        assert_int_equal(w.low, 1);
        assert_int_equal(w.high, points);
        for (size_t i = 0; i < points; i++)
            assert_int_equal(code_of(&w, first[i]), (int)i + 1);
        assert_string_equal(w.language, wordings_at(k)->language);
    }
    arena_free(keep);
}

/* No spelling stands for two points of a wording, and none means "no answer". */
static void each_spelling_is_one_point(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t k = 0; k < wordings_n(); k++) {
        const char *text[MOST];
        int point[MOST];
        size_t n = spellings(wordings_at(k)->answers, text, point, keep);
        for (size_t i = 0; i < n; i++) {
            assert_true(*text[i]);
            if (words_no_answer(text[i]))
                fail_msg("'%s' of %s means no answer as well", text[i], wordings_at(k)->asked);
            for (size_t j = 0; j < i; j++)
                if (strcmp(answer_folded(text[i], keep), answer_folded(text[j], keep)) == 0)
                    fail_msg("'%s' stands twice in '%s'", text[i], wordings_at(k)->answers);
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

static void no_answer(void **state)
{
    (void)state;
    assert_true(words_no_answer("Weiß nicht"));
    assert_false(words_no_answer("Agree"));
}

/* ---- labels of codes ---- */

/* Codes 1, 2, ... with these labels, each given ten times. */
static struct code_reading labelled(size_t n, const char *const text[])
{
    struct code_label label[MOST];
    for (size_t k = 0; k < n; k++)
        label[k] = (struct code_label){(int)k + 1, text[k], 10};
    return code_labels_read(label, n);
}

/* Every wording as the labels of codes is a scale, rises as it stands and falls turned about. */
static void each_wording_has_a_direction(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t k = 0; k < wordings_n(); k++) {
        const char *text[MOST], *first[MOST], *turned[MOST];
        int point[MOST];
        size_t n = spellings(wordings_at(k)->answers, text, point, keep), points = 0;
        for (size_t i = 0; i < n; i++)
            if ((size_t)point[i] == points + 1)
                first[points++] = text[i];
        for (size_t i = 0; i < points; i++)
            turned[i] = first[points - 1 - i];
        const struct code_reading up = labelled(points, first), down = labelled(points, turned);
        if (up.kind != CODES_SCALE || up.direction != 1 || down.direction != -1)
            fail_msg("'%s': %d, %d", wordings_at(k)->answers, up.direction, down.direction);
    }
    arena_free(keep);
}

static void names_are_no_scale(void **state)
{
    (void)state;
    static const char *const names[][4] = {
        {"Basic", "Plus", "Pro", "1 Basic"},
        {"Male", "Female", "Diverse", "Other"},
        {"männlich", "weiblich", "divers", "keine Angabe"},
        {"Nord", "Ost", "Süd", "West"},
        {"Homme", "Femme", "Autre", "Je ne sais pas"},
        {"Norte", "Sur", "Este", "Oeste"},
        {"Small", "Regular", "Large", "Extra"},
        {"Framework agreement", "Single order", "Seguro", "None"},
        {"1 = Basic", "2 = Plus", "3 = Pro", "4 = Regular"}};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (labelled(4, names[k]).kind != CODES_NAMES)
            fail_msg("'%s' is a name", names[k][0]);
}

static void answers_are_a_scale(void **state)
{
    (void)state;
    static const char *const answers[][5] = {
        {"definitely will", "probably will", "maybe", "Perhaps not", "Definitely will not"},
        {"I will definitely renew", "I will probably renew", "I will probably leave",
         "I will definitely leave", "other"},
        {"sehr zufrieden", "fröhlich", "naja", "traurig", "sehr unzufrieden"},
        {"(1) Tout à fait d'accord", "2", "3", "4", "(5) Pas du tout d'accord"},
        {"Muy satisfecho", "2", "3", "4", "Muy insatisfecho"},
        {NULL, NULL, NULL, NULL, "Mies"},
        {"Mies", NULL, NULL, NULL, "Super"},
        {"Mies", NULL, "Geht so", NULL, "Super"}};
    static const int direction[] = {-1, 0, -1, -1, -1, 0, 0, 0};
    for (size_t k = 0; k < sizeof answers / sizeof *answers; k++) {
        const struct code_reading r = labelled(5, answers[k]);
        if (r.kind != CODES_SCALE || r.direction != direction[k])
            fail_msg("%zu: kind %d, direction %d", k, (int)r.kind, r.direction);
    }
}

/* A label that stands on what occurs and in the list of labels is one label. */
static void a_label_twice_is_one(void **state)
{
    (void)state;
    const struct code_label ends[] = {{1, "Mies", 3}, {2, NULL, 4},    {4, NULL, 4},
                                      {1, "Mies", 0}, {5, "Super", 2}, {5, "1 = super", 0}};
    assert_int_equal(code_labels_read(ends, 6).kind, CODES_SCALE);
}

static void words_of_labels(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const label[] = {"1 = gut", "(1) gut", "1. gut", "1 (gut)", "gut (1)",
                                        "gut.",    "1 – gut", "1: gut", "gut)"};
    for (size_t k = 0; k < sizeof label / sizeof *label; k++)
        assert_string_equal(code_label_words(label[k], keep), "gut");
    static const char *const whole[] = {"",  "gut (sehr)", "12", "1", "satisfait(e)", "1 - 2 Jahre",
                                        "2x"};
    for (size_t k = 0; k < sizeof whole / sizeof *whole; k++)
        assert_string_equal(code_label_words(whole[k], keep), whole[k]);
    arena_free(keep);
}

/* School marks: 1 is the best of six, though nobody has a 6. */
static void the_wording_tells_the_range(void **state)
{
    (void)state;
    static const char *const marks[] = {"1 = sehr gut", "2 = gut", "3 = befriedigend",
                                        "4 = ausreichend", "5 = mangelhaft"};
    const struct code_reading r = labelled(5, marks);
    assert_int_equal(r.direction, -1);
    assert_int_equal(r.low, 1);
    assert_int_equal(r.high, 6);
    assert_string_equal(r.lowest, "1 = sehr gut");
    static const char *const three[] = {"sehr gut", "gut", "befriedigend"};
    assert_int_equal(labelled(3, three).high, 0); /* of five or of six */
}

/* Labels that go up and down are no certain direction, nor are two ends of one kind. */
static void doubt_is_no_direction(void **state)
{
    (void)state;
    static const char *const mixed[] = {"Very satisfied", "Dissatisfied", "Satisfied",
                                        "Very dissatisfied"},
                             *const same[] = {"Very satisfied", "x", "Extremely likely"};
    assert_int_equal(labelled(4, mixed).direction, 0);
    assert_int_equal(labelled(4, mixed).kind, CODES_SCALE);
    assert_int_equal(labelled(3, same).direction, 0);
    assert_int_equal(labelled(0, mixed).kind, CODES_BARE);
    static const char *const numbers[] = {"1", "2", "3"};
    assert_int_equal(labelled(3, numbers).kind, CODES_BARE);
}

static void numbers_with_names(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    static const char *const names[] = {"1 Basic", "2 Plus", "3 Pro"},
                             *const sex[] = {"1 Male", "2 Female"},
                             *const marks[] = {"1 - sehr gut", "2 - gut", "3", "4 - ausreichend",
                                               "6 - weiß nicht"};
    bool found;
    find(names, 3, &found, keep);
    assert_false(found);
    find(sex, 2, &found, keep);
    assert_false(found);
    struct worded w = find(marks, 5, &found, keep);
    assert_true(found);
    assert_int_equal(w.labels.direction, -1);
    assert_int_equal(w.low, 1);
    assert_int_equal(w.high, 6);
    assert_int_equal(w.n_missing, 1);
    arena_free(keep);
}

static void attributes_by_name(void **state)
{
    (void)state;
    static const char *const is[] = {"Region",  "GESCHLECHT", "region_code",
                                     "Q3 Sexe", "País",       "Branche"},
                             *const is_not[] = {"Q7",      "Zufriedenheit",
                                                "Sussex",  "Region zufrieden",
                                                "Message", ""};
    for (size_t k = 0; k < 6; k++) {
        assert_true(code_names_attribute(is[k]));
        assert_false(code_names_attribute(is_not[k]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wording_is_found),
        cmocka_unit_test(each_spelling_is_one_point),
        cmocka_unit_test(spelling_does_not_matter),
        cmocka_unit_test(teils_slash_teils),
        cmocka_unit_test(numbers_with_words),
        cmocka_unit_test(other_texts),
        cmocka_unit_test(unknown_words_are_counted),
        cmocka_unit_test(no_answer),
        cmocka_unit_test(each_wording_has_a_direction),
        cmocka_unit_test(names_are_no_scale),
        cmocka_unit_test(answers_are_a_scale),
        cmocka_unit_test(the_wording_tells_the_range),
        cmocka_unit_test(doubt_is_no_direction),
        cmocka_unit_test(numbers_with_names),
        cmocka_unit_test(words_of_labels),
        cmocka_unit_test(a_label_twice_is_one),
        cmocka_unit_test(attributes_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
