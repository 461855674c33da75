/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/key/keys.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "tests/check.h"

/* Applies declared rules ("trim case") to a key; the result, terminated. */
static struct key_steps compiled(const char *declared, struct arena *keep)
{
    char *rest = arena_strdup(keep, declared), *word;
    struct texts rules = {0, ARENA_NEW(keep, const char *, 8)};
    struct err err = {0};
    struct key_steps steps;
    while ((word = strsep(&rest, " ")))
        if (*word)
            rules.at[rules.n++] = word;
    assert_true(keys_compile(&rules, &steps, keep, &err));
    return steps;
}

static const char *after(const char *declared, const char *key, struct arena *keep)
{
    const struct key_steps steps = compiled(declared, keep);
    struct key_buffer buffer = {.arena = keep};
    struct key_text k = keys_apply(&steps, SIZE_MAX, key, strlen(key), &buffer);
    return arena_strndup(keep, k.text, k.length);
}

static const struct {
    const char *rules, *key, *want;
} cases[] = {
    {"", " A1 ", " A1 "},
    {"trim", " \t123 \r\n", "123"},
    {"trim", "\xc2\xa0K9\xe2\x80\x8b", "K9"},
    {"trim", "\xef\xbb\xbf \xe2\x81\xa0x\xe2\x80\x8by\xe2\x80\x8d", "x\xe2\x80\x8by"},
    {"trim", "a b", "a b"},
    {"trim", " \xc2\xa0 ", ""},
    {"trim", "\xc2\xa1", "\xc2\xa1"},
    {"case", "Istanbul", "istanbul"},
    {"case", "M\xc3\x9cLLER", "m\xc3\xbcller"},
    {"case", "Mu\xcc\x88ller", "m\xc3\xbcller"},
    {"case", "STRASSE", "strasse"},
    {"case",
     "Stra\xc3\x9f"
     "e",
     "strasse"},
    {"case", "\xce\xa3\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x82",
     "\xcf\x83\xce\xaf\xcf\x83\xcf\x85\xcf\x86\xce\xbf\xcf\x83"}, /* final sigma */
    {"case", "\xef\xac\x81", "fi"},                               /* ligature fi */
    {"case",
     "A\xff"
     "B",
     "a\xff"
     "b"}, /* no UTF-8 */
    {"case", "", ""},
    {"strip_zeros", "00123", "123"},
    {"strip_zeros", "0000", "0"},
    {"strip_zeros", "0A12", "A12"},
    {"strip_zeros", "100", "100"},
    {"strip_zeros", "", ""},
    {"strip_zeros", "0012345678901234567890", "12345678901234567890"},
    {"strip_prefix:C-", "C-17", "17"},
    {"strip_prefix:C-", "c-17", "c-17"},
    {"strip_prefix:C-", "C-", "C-"},
    {"strip_prefix:C-", "C-C-1", "C-1"},
    {"strip_prefix:a:b", "a:b7", "7"},
    {"nfkc", "\xef\xbc\xa1\xef\xbc\x91", "A1"}, /* full width */
    {"nfkc", "\xef\xac\x81rm", "firm"},
    {"nfkc", "A\xff\xef\xac\x81", "A\xff\xef\xac\x81"}, /* no UTF-8 */
    {"nfkc", "C-17", "C-17"},
    {"nfkc trim", "\xe3\x80\x80K9", "K9"}, /* ideographic space */
    {"pad:10", "4711", "0000004711"},
    {"pad:3", "4711", "4711"},
    {"pad:4", "4711", "4711"},
    {"pad:3", "\xc3\xbc", "00\xc3\xbc"},
    {"pad:10", "", ""},
    {"trim pad:6 strip_zeros", " 12 ", "12"},
    {"trim digits_only pad:6", " C-1/2 ", "000012"},
    {"strip_suffix:.0", "4711.0", "4711"},
    {"strip_suffix:.0", "4711.00", "4711.00"},
    {"strip_suffix:.0", ".0", ".0"},
    {"strip_suffix:.0", "4711", "4711"},
    {"digits_only", "C-00 17/a", "0017"},
    {"digits_only", "ACME", "ACME"},
    {"digits_only", "0017", "0017"},
    {"parent::", "Smith:Kitchen", "Smith"},
    {"parent::", "Smith:Kitchen:Tiles", "Smith"},
    {"parent::", " Smith : Kitchen", "Smith"},
    {"parent::", ": Kitchen", ": Kitchen"},
    {"parent::", "Smith", "Smith"},
    {"parent:--", "CX-1-- Acme", "CX-1"},
    {"email_plus", " Ann+News+2@X.org", "ann@x.org"},
    {"email_plus", "+a@x.org", "+a@x.org"},
    {"email_plus", "a+b", "a+b"},
    {"email_plus", "a@x+y.org", "a@x+y.org"},
    {"email_plus", "J\xc3\x96+x@B\xc3\x9c.DE", "j\xc3\xb6@b\xc3\xbc.de"},
    {"email_gmail", "Ann.B.Lee+x@GoogleMail.com", "annblee@gmail.com"},
    {"email_gmail", "a.b@gmail.com", "ab@gmail.com"},
    {"email_gmail", "a.b@notgmail.com", "a.b@notgmail.com"},
    {"email_gmail", "...@gmail.com", "...@gmail.com"},
    {"email", " Ann.Lee+x@Example.COM\n", "ann.lee+x@example.com"},
    {"email", "J\xc3\x96RG@B\xc3\x9c.DE", "j\xc3\xb6rg@b\xc3\xbc.de"},
    {"email", " Ann ", " Ann "},
    {"email", "A@B@C", "A@B@C"},
    {"email", "@B", "@B"},
    {"email", "A@", "A@"},
    {"trim case strip_prefix:c- strip_zeros", " C-0017X ", "17x"},
    {"strip_zeros strip_prefix:C- case", "00C-M\xc3\x9c", "m\xc3\xbc"},
    {"case email case", "M\xc3\x9c@X.de", "m\xc3\xbc@x.de"},
    /* what looks like a number is none */
    {"trim case strip_zeros", "1E5", "1e5"},
    {"trim case strip_zeros", "4711.0", "4711.0"},
};

static void each_rule(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(after(cases[i].rules, cases[i].key, keep), cases[i].want);
    arena_free(keep);
}

/* The customer whose part an id is: what is cut off is what the rules would have dropped. */
static void owners(void **state)
{
    static const struct {
        const char *rules, *key, *want;
    } of[] = {
        {"parent::", "Smith", "Smith"},
        {"parent::", "Smith:Kitchen:Tiles", "Smith"},
        {"parent::", " Smith : Kitchen", "Smith"},
        {"parent::", ": Kitchen", ": Kitchen"},
        {"parent::", ":a:b", ":a:b"}, /* the rule leaves it whole */
        {"parent::", "Smith:", "Smith"},
        {"trim case", "Smith:Kitchen", "Smith:Kitchen"},
        {"case parent::", "SMITH:Kitchen", "SMITH"},
        {"strip_prefix:C: parent::", "C:Smith:Kitchen", "C:Smith"},
        {"strip_prefix:C: parent::", "C:Smith", "C:Smith"},
        {"digits_only parent::", "17:4", "17:4"}, /* 174 */
        {"digits_only parent::", "17:a:b", "17"}, /* 17 */
        {"parent:- parent::", "A-1:x", "A"},
        {"nfkc parent::", "A\xef\xbc\x9ax", "A\xef\xbc\x9ax"}, /* a full-width colon */
    };
    (void)state;
    struct arena *keep = arena_new();
    struct key_buffer b[2] = {{.arena = keep}, {.arena = keep}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const struct key_steps steps = compiled(of[i].rules, keep);
        const struct key_text got = keys_owner(&steps, SIZE_MAX, of[i].key, strlen(of[i].key), b);
        assert_int_equal(got.length, strlen(of[i].want));
        assert_memory_equal(got.text, of[i].want, got.length);
        assert_int_equal(keys_owner(&steps, 0, of[i].key, strlen(of[i].key), b).length,
                         strlen(of[i].key));
    }
    arena_free(keep);
}

/* The first k rules only: what each of them adds is counted so. */
static void rules_by_steps(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *declared[] = {"trim", "case", "strip_zeros"};
    const char *want[] = {" 00aB ", "00aB", "00ab", "ab", "ab"};
    struct err err = {0};
    struct key_steps steps;
    struct key_buffer buffer = {.arena = keep};
    assert_true(keys_compile(&(struct texts){3, declared}, &steps, keep, &err));
    assert_string_equal(steps.at[1].text, "case");
    for (size_t k = 0; k < 5; k++) {
        struct key_text key = keys_apply(&steps, k, " 00aB ", 6, &buffer);
        assert_int_equal(key.length, strlen(want[k]));
        assert_memory_equal(key.text, want[k], key.length);
    }
    arena_free(keep);
}

/* Folding twice is folding once (Unicode 3.13, D145 to D147), for every character
   alone, before and after a combining mark. */
static void case_is_idempotent(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *declared[] = {"case"};
    struct err err = {0};
    struct key_steps steps;
    struct key_buffer a = {.arena = keep}, b = {.arena = keep};
    assert_true(keys_compile(&(struct texts){1, declared}, &steps, keep, &err));
    for (utf8proc_int32_t point = 1; point < 0x30000; point++) {
        utf8proc_uint8_t text[16] = {0xcc, 0x88};
        if (!utf8proc_codepoint_valid(point))
            continue;
        utf8proc_ssize_t n = utf8proc_encode_char(point, text + 2);
        text[2 + n] = 0xcc, text[3 + n] = 0x88;
        for (size_t part = 0; part < 3; part++) {
            const char *from = (const char *)text + (part == 2 ? 0 : 2);
            struct key_text once = keys_apply(&steps, 1, from, (size_t)n + (part ? 2 : 0), &a);
            struct key_text twice = keys_apply(&steps, 1, once.text, once.length, &b);
            if (once.length != twice.length || memcmp(once.text, twice.text, once.length) != 0)
                fail_msg("U+%04X, form %zu, folds further the second time", (unsigned)point, part);
        }
    }
    assert_true(arena_size(keep) < 1u << 20);
    arena_free(keep);
}

static void what_is_no_rule(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *said;
    } wrong[] = {
        {"trimm", "did you mean 'trim'?"},
        {"qqq", "the rules are trim, case, nfkc, strip_zeros, pad"},
        {"case:x", "takes no argument; write case"},
        {"strip_prefix", "write strip_prefix:C-"},
        {"strip_prefix:", "write strip_prefix:C-"},
        {"pad", "needs a number of characters from 1 to 100; write pad:10"},
        {"pad:0", "needs a number of characters"},
        {"pad:101", "needs a number of characters"},
        {"pad:ten", "needs a number of characters"},
        {"strip_suffix", "needs the text that it drops; write strip_suffix:.0"},
        {"parent:", "needs the text before which the parent stands; write parent::"},
        {"digits_only:4", "takes no argument; write digits_only"},
        {"", "is no key rule"},
    };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *rule = wrong[i].rule;
        struct err err = {0};
        struct key_steps steps;
        assert_false(keys_compile(&(struct texts){1, &rule}, &steps, keep, &err));
        assert_int_equal(err.code, ERR_STUDY);
        assert_non_null(strstr(err.message, wrong[i].said));
    }
    arena_free(keep);
}

static void untried(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *declared[] = {"case", "trim"};
    struct err err = {0};
    struct key_steps steps;
    assert_true(keys_compile(&(struct texts){2, declared}, &steps, keep, &err));
    struct texts t = keys_untried(&steps, keep);
    static const char *const want[] = {
        "nfkc",        "strip_zeros", "pad:10", "strip_prefix:C-", "strip_suffix:.0",
        "digits_only", "parent::",    "email",  "email_plus",      "email_gmail"};
    assert_int_equal(t.n, sizeof want / sizeof *want);
    for (size_t i = 0; i < t.n; i++)
        assert_string_equal(t.at[i], want[i]);
    assert_true(keys_compile(&t, &steps, keep, &err));
    arena_free(keep);
}

static size_t pairs(const struct reference *survey, const struct reference *ledger,
                    const char *rules, struct arena *keep)
{
    size_t n = 0;
    for (size_t i = 0; i < survey->n_rows; i++)
        for (size_t j = 0; j < ledger->n_rows; j++) {
            const char *a = after(rules, reference_text(survey, i, "customer"), keep);
            const char *b = after(rules, reference_text(ledger, j, "customer"), keep);
            n += *a && strcmp(a, b) == 0;
        }
    return n;
}

/* Keys made to go wrong: exactly one pair as bytes, two more trimmed, and never
   1E5 with 100000 nor the two numbers of twenty digits. */
static void made_keys(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *left = oracle_path("csv/made/keys_survey.csv", keep);
    const char *right = oracle_path("csv/made/keys_ledger.csv", keep);
    if (!left || !right) {
        arena_free(keep);
        skip();
    }
    const struct reference *survey = reference_read(left, ',', keep);
    const struct reference *ledger = reference_read(right, ',', keep);
    assert_int_equal(pairs(survey, ledger, "", keep), 1);
    assert_int_equal(pairs(survey, ledger, "trim", keep), 3);
    /* + 2 spellings of Müller by 2, Istanbul, NULL = null */
    assert_int_equal(pairs(survey, ledger, "trim case", keep), 3 + 4 + 1 + 1);
    /* + 00123 = 123 and 123 = 00123 */
    assert_int_equal(pairs(survey, ledger, "trim case strip_zeros", keep), 9 + 2);
    arena_free(keep);
}

static const char *from_hex(const char *hex, struct arena *keep)
{
    size_t n = strlen(hex) / 2;
    char *text = ARENA_NEW(keep, char, n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = (char)strtol((char[]){hex[2 * i], hex[2 * i + 1], '\0'}, NULL, 16);
    return text;
}

/* Python's unicodedata says the same (scripts/reference/keys.py). */
static void normal_forms(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const struct reference *r = reference_read("tests/reference/keys.csv", ',', keep);
    assert_non_null(r);
    assert_true(r->n_rows > 500);
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *text = from_hex(reference_text(r, i, "text"), keep);
        for (int k = 0; k < 2; k++) {
            const char *rule = k ? "case" : "nfkc";
            const char *got = after(rule, text, keep);
            if (strcmp(got, from_hex(reference_text(r, i, rule), keep)) != 0)
                fail_msg("%s of %s, row %zu", rule, reference_text(r, i, "text"), i);
        }
    }
    arena_free(keep);
}

static void shortened(void **state)
{
    (void)state;
    static const char *const yes[] = {"1.23E+11", "1E+11", "1,23456E+11", "9.87e+15", "1.0E+100"};
    static const char *const no[] = {"1E5",      "1E11",   "1.23E-11",  "12.3E+11", "A.23E+11",
                                     "1.23E+1",  "1.E+11", "1.23E+11x", "123",      "C1.2E+11",
                                     "1.23F+11", "1.23E+", "",          "1E+"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(key_is_shortened(yes[i], strlen(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(key_is_shortened(no[i], strlen(no[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule),       cmocka_unit_test(owners),
        cmocka_unit_test(rules_by_steps),  cmocka_unit_test(case_is_idempotent),
        cmocka_unit_test(what_is_no_rule), cmocka_unit_test(untried),
        cmocka_unit_test(made_keys),       cmocka_unit_test(normal_forms),
        cmocka_unit_test(shortened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
