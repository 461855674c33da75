/* SPDX-License-Identifier: GPL-3.0-or-later
   Number formats: what kind of number they mean, and ids as they show them. */
#include <stdio.h>

#include "io/xlsx/format.h"
#include "tests/check.h"

static enum format_kind kind_of(const char *code, double value, struct arena *keep)
{
    bool alone;
    struct number_format f;
    format_parse(code, &f, keep);
    return format_for(&f, value, &alone)->kind;
}

static void kinds(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum format_kind kind;
    } cases[] = {
        {"General", FORMAT_PLAIN},
        {"GENERAL\" pieces\"", FORMAT_PLAIN},
        {"Standard", FORMAT_PLAIN},
        {"", FORMAT_PLAIN},
        {"@", FORMAT_PLAIN},
        {";;;", FORMAT_PLAIN},
        {"0", FORMAT_PLAIN},
        {"0.00", FORMAT_PLAIN},
        {"#,##0.00", FORMAT_PLAIN},
        {"#,##0\\ \"days\"", FORMAT_PLAIN},
        {"0\\ \"kg\"", FORMAT_PLAIN},
        {"\"Day \"0", FORMAT_PLAIN},
        {"0\":1\"", FORMAT_PLAIN},
        {"# ?/?", FORMAT_PLAIN},
        {"# ?\?/100", FORMAT_PLAIN},
        {"0.00E+00", FORMAT_PLAIN},
        {"##0.0e-0", FORMAT_PLAIN},
        {"00.00%", FORMAT_PLAIN},
        {"00,", FORMAT_PLAIN},
        {"#\\ ##0", FORMAT_PLAIN},
        {"[Red]0", FORMAT_PLAIN},
        {"[$-409]#,##0", FORMAT_PLAIN},
        {"[$\xe2\x82\xac-407]\\ #,##0.00", FORMAT_PLAIN},
        {"_-* #,##0.00_-;\\-* #,##0.00_-", FORMAT_PLAIN},
        {"0\\d", FORMAT_PLAIN},
        {"0d", FORMAT_PLAIN}, /* no format of Excel's: the digits count */
        {"0000000", FORMAT_DIGITS},
        {"00000-0000", FORMAT_DIGITS},
        {"00000\\-0000", FORMAT_DIGITS},
        {"000-00-0000", FORMAT_DIGITS},
        {"\"K\"0000", FORMAT_DIGITS},
        {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", FORMAT_DIGITS},
        {"##-##", FORMAT_DIGITS},
        {"yyyy-mm-dd", FORMAT_DATE},
        {"DD.MM.YYYY", FORMAT_DATE},
        {"m/d/yy h:mm", FORMAT_DATE},
        {"mmm", FORMAT_DATE},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", FORMAT_DATE},
        {"[$-411]ge\\.m\\.d;@", FORMAT_DATE},
        {"yyyy\"\xe5\xb9\xb4\"m\"\xe6\x9c\x88\"", FORMAT_DATE},
        {"d. mmmm yyyy;@", FORMAT_DATE},
        {"[Red]dd/mm/yyyy", FORMAT_DATE},
        {"h:mm", FORMAT_TIME},
        {"mm:ss.0", FORMAT_TIME},
        {"mm:ss.000", FORMAT_TIME},
        {"h:mm:ss AM/PM", FORMAT_TIME},
        {"AM/PM", FORMAT_TIME},
        {"[h]:mm", FORMAT_ELAPSED},
        {"[HH]:MM:SS", FORMAT_ELAPSED},
        {"[mm]:ss", FORMAT_ELAPSED},
        {"[ss].00", FORMAT_ELAPSED},
        {"[Red][h]:mm", FORMAT_ELAPSED},
    };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (kind_of(cases[i].code, 45717, keep) != cases[i].kind)
            fail_msg("%s is of another kind than %d", cases[i].code, (int)cases[i].kind);
    arena_free(keep);
}

static void built_in(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (unsigned id = 0; id < 200; id++) {
        const enum format_kind kind = kind_of(format_built_in(id), 45717, keep);
        const bool date =
            (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        const bool time = (id >= 18 && id <= 21) || id == 45 || id == 47;
        assert_int_equal(kind, date       ? FORMAT_DATE
                               : time     ? FORMAT_TIME
                               : id == 46 ? FORMAT_ELAPSED
                                          : FORMAT_PLAIN);
    }
    arena_free(keep);
}

static void sections_by_value(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    assert_int_equal(kind_of("yyyy;0", 1, keep), FORMAT_DATE);
    assert_int_equal(kind_of("yyyy;0", -1, keep), FORMAT_PLAIN);
    assert_int_equal(kind_of("[=0]\"\";yyyy", 45717, keep), FORMAT_DATE);
    assert_int_equal(kind_of("[=0]\"\";yyyy", 0, keep), FORMAT_PLAIN);
    assert_int_equal(kind_of("0;-0;\"none\";@", 0, keep), FORMAT_PLAIN);
    assert_int_equal(kind_of("[>=100]00000;0", 99, keep), FORMAT_PLAIN);
    assert_int_equal(kind_of("[>=100]00000;0", 100, keep), FORMAT_DIGITS);
    assert_int_equal(kind_of("[<>5]00000;0", 5, keep), FORMAT_PLAIN);
    assert_int_equal(kind_of("[>5]00000;0", 5, keep), FORMAT_PLAIN);
    assert_int_equal(kind_of("[<5]00000;0", 4, keep), FORMAT_DIGITS);
    arena_free(keep);
}

/* What Excel shows; by hand. */
static void ids(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        double value;
        const char *text;
    } cases[] = {
        {"0000000", 123, "0000123"},
        {"0000000", 0, "0000000"},
        {"0000000", 123456789, "123456789"},
        {"0000000", -5, "-0000005"},
        {"0000;(0000)", -5, "(0005)"},
        {"00000-0000", 123456789, "12345-6789"},
        {"00000-0000", 1234567, "00123-4567"},
        {"000-00-0000", 12345678901, "12345-67-8901"},
        {"\"K\"0000", 42, "K0042"},
        {"\"K\"0000", -42, "-K0042"},
        {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", 5551234, "555-1234"},
        {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", 2125551234, "(212) 555-1234"},
        {"00\\ 00\\ 00\\ 00\\ 00", 123456789, "01 23 45 67 89"},
        {"00\"/\"00_)", 1234, "12/34"},
        {"\xc3\xa4\\\xc3\xbc"
         "00",
         7,
         "\xc3\xa4\xc3\xbc"
         "07"},
    };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool alone;
        char buffer[FORMAT_LONGEST + 1];
        struct number_format f;
        format_parse(cases[i].code, &f, keep);
        const struct format_section *s = format_for(&f, cases[i].value, &alone);
        assert_int_equal(s->kind, FORMAT_DIGITS);
        buffer[format_digits(s, cases[i].value, alone, buffer)] = '\0';
        assert_string_equal(buffer, cases[i].text);
    }
    arena_free(keep);
}

/* Formats of any marks, up to such as Excel would refuse. */
static void any_marks(void **state)
{
    (void)state;
    static const char marks[] = "0#?.,%eE+-/\\\"_*[]$@;hmsydgAP\x01\xc3\xa4:< =9";
    struct arena *keep = arena_new();
    uint64_t random = 20250601;
    for (size_t i = 0; i < 20000; i++) {
        char code[16], buffer[FORMAT_LONGEST];
        bool alone;
        struct number_format f;
        size_t n = 0;
        for (; n < i % sizeof code; n++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            code[n] = marks[(random >> 33) % (sizeof marks - 1)];
        }
        code[n] = '\0';
        format_parse(code, &f, keep);
        const struct format_section *s = format_for(&f, (double)(i % 3) - 1, &alone);
        if (s->kind == FORMAT_DIGITS)
            assert_true(format_digits(s, (double)i, alone, buffer) <= FORMAT_LONGEST);
        arena_reset(keep);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds), cmocka_unit_test(built_in),  cmocka_unit_test(sections_by_value),
        cmocka_unit_test(ids),   cmocka_unit_test(any_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
