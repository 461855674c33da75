/* SPDX-License-Identifier: GPL-3.0-or-later
   A collection of texts of money and dates, and what they mean by country: our
   formats take what they declare with that meaning, and nothing else. */
#include "io/text/parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/base/frame.h"
#include "tests/check.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Texts with a meaning in their country that our formats do not declare: percent,
   exponents, a blank beside the declared thousands mark, words and signs of one country;
   ISO's week, ordinal and basic dates; German month names. */
static const char *const not_ours[] = {
    "12,5 %",
    "1\u00a0234,56",
    "1 234,56",
    "1E+05",
    "1e-3",
    "12.5%",
    "1'234.--",
    "2024-2-9",
    "20240229",
    "2024-W09-4",
    "2024-060",
    "29. Februar 2024",
    "Rs. 500",
    "\u25b3500",
    "\u25b21,000",
    "\uff11\uff12\uff13",
    "5. M\xc3\xa4rz 24",
};

/* French is the country of blanks. */
static bool is_ours(const char *text, const char *locale)
{
    for (size_t i = 0; i < COUNT(not_ours); i++)
        if (strcmp(text, not_ours[i]) == 0 && strcmp(locale, "fr") != 0)
            return false;
    return true;
}

static bool has_value(const char *value)
{
    return (*value >= '0' && *value <= '9') || *value == '-';
}

/* Under whichever convention of signs takes it, in thousandths. */
static bool money_of(const char *text, const char *country, int64_t *thousandths)
{
    static const struct {
        const char *country;
        char decimal;
        const char *thousands;
        bool indian;
        const char *minus, *plus;
    } formats[] = {{"de", ',', ".", .minus = "H", .plus = "S"},
                   {"us", '.', ",", .minus = "CR", .plus = "DR"},
                   {"ch", '.', "'", .minus = NULL},
                   {"fr", ',', " ", .minus = NULL},
                   {"in", '.', ",", .indian = true},
                   {"jp", '.', ",", .minus = NULL}};
    bool taken = false;
    for (size_t i = 0; i < COUNT(formats); i++)
        for (int sign = SIGN_LEADING; sign <= SIGN_NONE; sign++) {
            const struct money_format f = {.decimal = formats[i].decimal,
                                           .thousands = formats[i].thousands,
                                           .sign = (enum money_sign)sign,
                                           .decimals = 3,
                                           .indian = formats[i].indian,
                                           .minus = formats[i].minus,
                                           .plus = formats[i].plus};
            const int64_t before = *thousandths;
            if (strcmp(country, formats[i].country) != 0 ||
                !parse_money(text, strlen(text), &f, thousandths))
                continue;
            assert_true(!taken || before == *thousandths);
            taken = true;
        }
    return taken;
}

static bool date_of(const char *text, const char *order, char buffer[16])
{
    static const char *const formats[][2] = {
        {"dmy", "%d.%m.%Y"},    {"dmy", "%d/%m/%Y"},        {"dmy", "%d-%m-%y"},
        {"dmy", "%d.%m.%y"},    {"dmy", "%d-%b-%y"},        {"mdy", "%m/%d/%Y"},
        {"mdy", "%m/%d/%y"},    {"mdy", "%m/%d/%Y %H:%M"},  {"mdy", "%b %d, %Y"},
        {"excel1900", "excel"}, {"excel1904", "excel_1904"}};
    int32_t day = DAY_MISSING;
    bool taken = strcmp(order, "iso") == 0 && parse_iso_date(text, strlen(text), &day);
    for (size_t i = 0; i < COUNT(formats); i++)
        if (strcmp(order, formats[i][0]) == 0)
            taken |= parse_date(text, strlen(text), formats[i][1], &day);
    day_text(day, buffer);
    return taken;
}

static bool check_number(const char *text, const char *country, const char *value)
{
    int64_t got = 0;
    if (!money_of(text, country, &got))
        return false;
    if (!has_value(value) || got != llroundl(1000 * strtold(value, NULL)))
        fail_msg("%s '%s' is read as %lld / 1000, not as %s", country, text, (long long)got, value);
    return true;
}

static bool check_date(const char *text, const char *order, const char *value)
{
    char got[16];
    if (!date_of(text, order, got))
        return false;
    if (strcmp(got, value) != 0)
        fail_msg("%s '%s' is read as %s, not as %s", order, text, got, value);
    return true;
}

static void texts_by_country_have_their_meaning(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *path = oracle_path("csv/meaning.tsv", keep);
    if (!path) {
        arena_free(keep);
        skip();
    }
    const struct reference *r = reference_read(path, '\t', keep);
    size_t n_taken = 0;
    for (size_t i = 0; i < r->n_rows; i++) {
        const char *kind = reference_text(r, i, "kind"), *locale = reference_text(r, i, "locale");
        const char *text = reference_text(r, i, "text"), *value = reference_text(r, i, "value");
        const bool number = strcmp(kind, "number") == 0 && strstr("de us ch fr in jp", locale);
        const bool date =
            strcmp(kind, "date") == 0 && strstr("iso dmy mdy excel1900 excel1904", locale);
        /* ambiguous is 01/02/69 alone, for which POSIX states the pivot */
        if ((!number && !date) || strcmp(value, "ambiguous") == 0)
            continue;
        bool taken = number ? check_number(text, locale, value) : check_date(text, locale, value);
        if (taken != (has_value(value) && is_ours(text, locale)))
            fail_msg("%s '%s' (%s) is %s", locale, text, value, taken ? "taken" : "refused");
        n_taken += taken;
    }
    print_message("%zu texts read as they are meant\n", n_taken);
    assert_true(n_taken >= 55);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_by_country_have_their_meaning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
