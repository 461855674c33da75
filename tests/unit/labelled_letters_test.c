/* SPDX-License-Identifier: GPL-3.0-or-later
   Texts of labelled files in any encoding.  Expected letters: RFC 2152 (UTF-7), RFC 3629, ISO 10646
   (UCS-4), the Shift JIS and TSCII tables. */
#include "tests/check.h"

#include <string.h>

#include "io/labelled/letters.h"

/* The text as UTF-8, or NULL where a byte is no letter; `replaced` as letters_replaced() has it. */
static void assert_letters(const char *encoding, const char *raw, const char *want,
                           const char *replaced)
{
    struct arena *keep = arena_new();
    struct letters *l = letters_open(encoding, keep);
    char shown[64];
    size_t n = 0;
    assert_non_null(l);
    const char *text = letters_text(l, raw, shown, keep);
    if (want)
        assert_string_equal(text, want);
    else
        assert_null(text);
    assert_string_equal(letters_replaced(l, raw, &n, keep), replaced);
    assert_int_equal(n > 0, want == NULL);
    letters_close(l);
    arena_free(keep);
}

static void letters_of_many_bytes(void **state)
{
    (void)state;
    assert_letters("SHIFT_JIS", "\x93\xfa\x96{  ", "日本", "日本");
    assert_letters("SHIFT_JIS", "\x93\xfa\x96", "日", "日");
    assert_letters("SHIFT_JIS", "\x93\xfa\xff\x96{", NULL, "日<ff>本");
    assert_letters("UTF-7", "1 +AOQ-x", "1 äx", "1 äx");
    assert_letters("TSCII", "\x82\x82\x82\x82\x82\x82", "ஸ்ரீஸ்ரீஸ்ரீஸ்ரீஸ்ரீஸ்ரீ", "ஸ்ரீஸ்ரீஸ்ரீஸ்ரீஸ்ரீஸ்ரீ");
}

/* Nothing but UTF-8 may leave: iconv writes five and six bytes for what lies beyond U+10FFFF. */
static void what_iconv_makes_is_no_letter(void **state)
{
    (void)state;
    assert_letters("UCS-4LE", "\x7f\x7f\x7f\x7f", NULL, "<7f>");
    assert_letters("UTF-7", "a+AAA-b", NULL, "<61><2b>AAA-b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_many_bytes),
        cmocka_unit_test(what_iconv_makes_is_no_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
