/* SPDX-License-Identifier: GPL-3.0-or-later
   Texts as money. */
#include <string.h>

#include "io/text/parse.h"
#include "tests/check.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define NARROW "\xe2\x80\xaf"
#define MINUS "\xe2\x88\x92"
#define EURO "\xe2\x82\xac"

struct money_case {
    const char *text;
    struct money_format format;
    int64_t minor;
};

static const struct money_case money[] = {
    {"1.234,56", {',', ".", SIGN_LEADING, .decimals = 2}, 123456},
    {"1234,5", {',', ".", SIGN_LEADING, .decimals = 2}, 123450},
    {" -7 ", {',', NULL, SIGN_LEADING, .decimals = 2}, -700},
    {MINUS "5,00", {',', NULL, SIGN_LEADING, .decimals = 2}, -500},
    {"+7,00", {',', NULL, SIGN_LEADING, .decimals = 2}, 700},
    {"-" EURO " 5", {',', NULL, SIGN_LEADING, .decimals = 2}, -500},
    {EURO "-5", {',', NULL, SIGN_LEADING, .decimals = 2}, -500},
    {"5.00\xc2\xa0" EURO, {'.', NULL, SIGN_NONE, .decimals = 2}, 500},
    {"\xc2\xa3"
     "5",
     {'.', NULL, SIGN_NONE, .decimals = 2},
     500},
    {"12.50-", {'.', NULL, SIGN_TRAILING, .decimals = 2}, -1250},
    {"12.50" MINUS " " EURO, {'.', NULL, SIGN_TRAILING, .decimals = 2}, -1250},
    {"12.50", {'.', NULL, SIGN_TRAILING, .decimals = 2}, 1250},
    {"(12.50)", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, -1250},
    {"$(1,234.50)", {'.', ",", SIGN_PARENTHESES, .decimals = 2}, -123450},
    {"($ 1)", {'.', ",", SIGN_PARENTHESES, .decimals = 2}, -100},
    {"1 234" NARROW "567\xc2\xa0"
     "890,1",
     {',', " ", SIGN_NONE, .decimals = 2},
     123456789010},
    {"1'234.50", {'.', "'", SIGN_NONE, .decimals = 2}, 123450},
    {"1\xe2\x80\x99"
     "234",
     {'.', "'", SIGN_NONE, .decimals = 2},
     123400},
    {",5", {',', NULL, SIGN_NONE, .decimals = 2}, 50},
    {"5.", {'.', NULL, SIGN_NONE, .decimals = 2}, 500},
    {"1.250", {'.', NULL, SIGN_NONE, .decimals = 3}, 1250},
    {"1,250", {'.', ",", SIGN_NONE, .decimals = 0}, 1250},
    {"-0.00", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"92233720368547758.07", {'.', NULL, SIGN_NONE, .decimals = 2}, INT64_MAX},
    {"-92,233,720,368,547,758.07", {'.', ",", SIGN_LEADING, .decimals = 2}, -INT64_MAX},
    {"1\u2009234,56", {',', " ", SIGN_NONE, .decimals = 2}, 123456},
    {"1\u00a0234,56\u202f\u20ac", {',', " ", SIGN_LEADING, .decimals = 2}, 123456},
    {"1\u2019234.56", {'.', "'", SIGN_LEADING, .decimals = 2}, 123456},
    {"'75.00", {'.', NULL, SIGN_LEADING, .decimals = 2}, 7500},
    {"'-1'075.00", {'.', "'", SIGN_LEADING, .decimals = 2}, -107500},
    {"$(250.00)", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, -25000},
    {"($250.00)", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, -25000},
    {"(EUR 250.00)", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, -25000},
    {"-$250.00", {'.', NULL, SIGN_LEADING, .decimals = 2}, -25000},
    {"$-250.00", {'.', NULL, SIGN_LEADING, .decimals = 2}, -25000},
    {"250.00-", {'.', NULL, SIGN_TRAILING, .decimals = 2}, -25000},
    {"250.00- EUR", {'.', NULL, SIGN_TRAILING, .decimals = 2}, -25000},
    {"250.00 EUR-", {'.', NULL, SIGN_TRAILING, .decimals = 2}, -25000},
    {MINUS "250.00", {'.', NULL, SIGN_LEADING, .decimals = 2}, -25000},
    {"EUR 250,00", {',', NULL, SIGN_LEADING, .decimals = 2}, 25000},
    {"EUR250,00", {',', NULL, SIGN_LEADING, .decimals = 2}, 25000},
    {"-EUR 250,00", {',', NULL, SIGN_LEADING, .decimals = 2}, -25000},
    {"EUR -250,00", {',', NULL, SIGN_LEADING, .decimals = 2}, -25000},
    {"250,00 EUR", {',', NULL, SIGN_LEADING, .decimals = 2, .currency = "EUR"}, 25000},
    {"250,00 \u20ac", {',', NULL, SIGN_LEADING, .decimals = 2, .currency = "EUR"}, 25000},
    {"\u20ac 250,00 EUR", {',', NULL, SIGN_LEADING, .decimals = 2}, 25000},
    {"$5.00", {'.', NULL, SIGN_NONE, .decimals = 2, .currency = "CAD"}, 500},
    {"$5.00", {'.', NULL, SIGN_NONE, .decimals = 2, .currency = "US$"}, 500},
    {"CHF 1'234.50", {'.', "'", SIGN_LEADING, .decimals = 2, .currency = "CHF"}, 123450},
    {"\u00a51,234", {'.', ",", SIGN_LEADING, .decimals = 0, .currency = "JPY"}, 1234},
    {"\u20b91,00,000.00", {'.', ",", SIGN_LEADING, .decimals = 2, .indian = true}, 10000000},
    {"1,23,456.78", {'.', ",", SIGN_LEADING, .decimals = 2, .indian = true}, 12345678},
    {"-12,34,56,789", {'.', ",", SIGN_LEADING, .decimals = 2, .indian = true}, -12345678900},
    {"1,234", {'.', ",", SIGN_LEADING, .decimals = 2, .indian = true}, 123400},
    {"12,345", {'.', ",", SIGN_LEADING, .decimals = 2, .indian = true}, 1234500},
    {"123456", {'.', ",", SIGN_LEADING, .decimals = 2, .indian = true}, 12345600},
    {"250.00 CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, -25000},
    {"250.00CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, -25000},
    {"250.00 cr", {'.', NULL, SIGN_WORDS, .decimals = 2}, -25000},
    {"250.00 Dr", {'.', NULL, SIGN_WORDS, .decimals = 2}, 25000},
    {"250.00", {'.', NULL, SIGN_WORDS, .decimals = 2}, 25000},
    {"$1,250.00\u00a0CR ", {'.', ",", SIGN_WORDS, .decimals = 2}, -125000},
    {"250.00 EUR CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, -25000},
    {"250.00 CRC CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, -25000},
    {"250.00 CRC", {'.', NULL, SIGN_WORDS, .decimals = 2}, 25000},
    {"250.00 DR", {'.', NULL, SIGN_WORDS, .decimals = 2, .minus = "DR", .plus = "CR"}, -25000},
    {"1.234,56 H", {',', ".", SIGN_WORDS, .decimals = 2, .minus = "H", .plus = "S"}, -123456},
    {"1.234,56 S", {',', ".", SIGN_WORDS, .decimals = 2, .minus = "H", .plus = "S"}, 123456},
};

static void money_in_its_formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(money); i++) {
        const struct money_case *c = &money[i];
        int64_t got = -1;
        if (!parse_money(c->text, strlen(c->text), &c->format, &got) || got != c->minor)
            fail_msg("'%s': got %lld, want %lld", c->text, (long long)got, (long long)c->minor);
    }
}

static const struct money_case no_money[] = {
    {"", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"-", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {EURO, {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {".", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"--5", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"-+5", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"5-", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"(5)", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"-5", {'.', NULL, SIGN_TRAILING, .decimals = 2}, 0},
    {"5--", {'.', NULL, SIGN_TRAILING, .decimals = 2}, 0},
    {"-5", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, 0},
    {"(5", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, 0},
    {"5)", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, 0},
    {"((5))", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, 0},
    {"()", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, 0},
    {"-5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"+5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"$5$", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"EUX 5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"eur 5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"EURO 5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"EUR 5 EUR", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"EUR", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"EUR CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"USD 5", {'.', NULL, SIGN_NONE, .decimals = 2, .currency = "EUR"}, 0},
    {"EUR 5", {'.', NULL, SIGN_NONE, .decimals = 2, .currency = "US$"}, 0},
    {"$5", {'.', NULL, SIGN_NONE, .decimals = 2, .currency = "EUR"}, 0},
    {"$5 EUR", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"\u20ac5", {'.', NULL, SIGN_NONE, .decimals = 2, .currency = "USD"}, 0},
    {"''5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"5'", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"'", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"5 CR", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"DR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"CR 5", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"5 CR CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"5 CR DR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"5 XCR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"-5 CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"(5) CR", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"5 H", {'.', NULL, SIGN_WORDS, .decimals = 2}, 0},
    {"-(5)", {'.', NULL, SIGN_PARENTHESES, .decimals = 2}, 0},
    {"123,456", {'.', ",", SIGN_NONE, .decimals = 2, .indian = true}, 0},
    {"1,23,45", {'.', ",", SIGN_NONE, .decimals = 2, .indian = true}, 0},
    {"1,23", {'.', ",", SIGN_NONE, .decimals = 2, .indian = true}, 0},
    {"1,234,567", {'.', ",", SIGN_NONE, .decimals = 2, .indian = true}, 0},
    {"1,23,456", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {"5.005", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"5.000", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"5.0", {'.', NULL, SIGN_NONE, .decimals = 0}, 0},
    {"1.234,56", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {"1,234.56", {',', ".", SIGN_NONE, .decimals = 2}, 0},
    {"1,234", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"12,34", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {"1,2345", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {"1234,567", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {"1,234,", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {",234", {'.', ",", SIGN_NONE, .decimals = 2}, 0},
    {"1.5,000", {'.', ",", SIGN_NONE, .decimals = 5}, 0},
    {"5 5", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"1e3", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"0x10", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"92233720368547758.08", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"-92233720368547758.08", {'.', NULL, SIGN_LEADING, .decimals = 2}, 0},
    {"92233720368547759", {'.', NULL, SIGN_NONE, .decimals = 2}, 0},
    {"99999999999999999999999", {'.', NULL, SIGN_NONE, .decimals = 0}, 0},
};

static void what_is_no_money_is_refused(void **state)
{
    (void)state;
    int64_t minor = 4711;
    for (size_t i = 0; i < COUNT(no_money); i++) {
        const struct money_case *c = &no_money[i];
        if (parse_money(c->text, strlen(c->text), &c->format, &minor))
            fail_msg("'%s' is taken for %lld", c->text, (long long)minor);
    }
    assert_true(minor == 4711);
}

static void decimals_of_currencies(void **state)
{
    (void)state;
    assert_int_equal(currency_decimals("EUR"), 2);
    assert_int_equal(currency_decimals("AED"), 2);
    assert_int_equal(currency_decimals("ZWL"), 2);
    assert_int_equal(currency_decimals("JPY"), 0);
    assert_int_equal(currency_decimals("BIF"), 0);
    assert_int_equal(currency_decimals("KWD"), 3);
    assert_int_equal(currency_decimals("CLF"), 4);
    assert_int_equal(currency_decimals("eur"), -1);
    assert_int_equal(currency_decimals("EURO"), -1);
    assert_int_equal(currency_decimals("UR "), -1);
    assert_int_equal(currency_decimals("XXX"), -1);
    assert_int_equal(currency_decimals(""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_in_its_formats),
        cmocka_unit_test(what_is_no_money_is_refused),
        cmocka_unit_test(decimals_of_currencies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
