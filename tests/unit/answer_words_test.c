/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/answer_words.h"

#include "tests/check.h"

static const struct {
    const char *text, *want;
} cases[] = {
    {"Very satisfied", "very satisfied"},
    {"  Very \t satisfied\r\n", "very satisfied"},
    {"Very\xc2\xa0satisfied\xc2\xa0", "very satisfied"},         /* no-break blanks */
    {"Very\xe2\x80\xafsatisfied\xe2\x80\x83", "very satisfied"}, /* narrow, em space */
    {"\xef\xbb\xbfVery\xe2\x80\x8b satis\xc2\xad"
     "fied",
     "very satisfied"}, /* mark, zero width, soft hyphen */
    {"SEHR UNZUFRIEDEN", "sehr unzufrieden"},
    {"UNMÖGLICH", "unmöglich"},
    {"unmo\xcc\x88glich", "unmöglich"}, /* decomposed */
    {"Mäßig", "mässig"},
    {"MÄSSIG", "mässig"},
    {"Don\xe2\x80\x99t know", "don't know"},
    {"don\xca\xbct know", "don't know"},
    {"Don\xc2\xb4t know", "don't know"},
    {"don't know", "don't know"},
    {"10 \xe2\x80\x93 Extremely likely", "10 - extremely likely"},
    {"\xef\xbc\x97", "7"},                                    /* full-width digit */
    {"weiss nicht \xe2\x80\xa6", "weiss nicht ..."},          /* ellipsis */
    {"\xce\xa3\xce\xb1\xcf\x82", "\xcf\x83\xce\xb1\xcf\x83"}, /* final sigma */
    {"\xc4\xb0", "i\xcc\x87"}, /* dotted capital I: full folding, no locale */
    {"", ""},
    {" \xc2\xa0\xe2\x80\x8b ", ""},
    {"a\xff", "a\xff"}, /* no UTF-8 */
};

static void answers_are_folded(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(answer_folded(cases[i].text, keep), cases[i].want);
    arena_free(keep);
}

/* What is folded stays when it is folded again. */
static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *once = answer_folded(cases[i].text, keep);
        assert_string_equal(answer_folded(once, keep), once);
    }
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_folded),
        cmocka_unit_test(folding_twice_is_folding_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
