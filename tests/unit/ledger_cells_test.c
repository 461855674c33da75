/* SPDX-License-Identifier: GPL-3.0-or-later
   Cells of a ledger: what amounts and dates look like, patterns of types and filters, ids
   within a cell, refunds, and amounts in several currencies. */
#include "tests/check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/ledger/internal.h"
#include "io/ledger/pattern.h"
#include "io/ledger/rates.h"
#include "io/text/looks.h"
#include "tests/ledger_case.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct fixture {
    struct arena *keep;
    struct study *study;
    struct study_ledger *l;
    struct ledger_scan seen;
};

static struct fixture made(const char *text)
{
    struct arena *keep = arena_new();
    struct study *s = ledger_case(temporary_file(text, strlen(text), keep), keep);
    return (struct fixture){.keep = keep, .study = s, .l = s->ledgers};
}

static void end(struct fixture *f)
{
    unlink(f->l->file);
    if (f->l->rates.file)
        unlink(f->l->rates.file);
    arena_free(f->keep);
}

/* The same for chunks and windows of many sizes. */
static void reads(struct fixture *f, const char *want)
{
    static const size_t sizes[] = {0, 1, 7, 31, 100};
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t window = 0; window < 128; window += 64)
            assert_string_equal(
                ledger_case_read(f->study, ledger_files_sized(f->study, sizes[i], window, f->keep),
                                 &f->seen, f->keep),
                want);
}

/* An error is the same for any size of chunks and any number of threads. */
static void fails(struct fixture *f, const char *want)
{
    reads(f, want);
    for (size_t threads = 1; threads <= 3; threads++)
        for (size_t size = 1; size < 80; size += 13)
            assert_string_equal(ledger_case_error(f->study,
                                                  ledger_files_sized(f->study, size, 0, f->keep),
                                                  threads, f->keep),
                                want);
}

#define HEADER "key,doc,day,amount,type\n"

/* ---- what a cell looks like ---- */

static const struct {
    const char *text;
    struct money_format declared;
    const char *looks; /* NULL: nothing */
} money[] = {
    {"1.234,56", {.decimal = '.', .decimals = 2}, "decimal mark ',' and thousands '.'"},
    {"1,234.56",
     {.decimal = ',', .thousands = ".", .decimals = 2},
     "decimal mark '.' and thousands ','"},
    {"1,234.56", {.decimal = '.', .decimals = 2}, "thousands ','"},
    {"1 234,56", {.decimal = ',', .decimals = 2}, "thousands a blank"},
    {"1'234.56", {.decimal = '.', .thousands = ",", .decimals = 2}, "thousands \"'\""},
    {"1,23,456.78", {.decimal = '.', .thousands = ",", .decimals = 2}, "thousands indian"},
    {"1.005", {.decimal = '.', .decimals = 2}, "3 decimals, or decimal mark ',' and thousands '.'"},
    {"250.00-", {.decimal = '.', .decimals = 2}, "sign: trailing"},
    {"($1,250.00)", {.decimal = '.', .decimals = 2}, "thousands ',' and sign: parentheses"},
    {"250.00 CR", {.decimal = '.', .decimals = 2}, "sign: cr_dr"},
    {"-5.00", {.decimal = '.', .decimals = 2, .sign = SIGN_NONE}, "sign: leading"},
    {"USD 5.00",
     {.decimal = '.', .decimals = 2, .currency = "EUR"},
     "an amount in USD, not in EUR"},
    {"1.23E+11", {.decimal = '.', .decimals = 2}, NULL},
    {"", {.decimal = '.', .decimals = 2}, NULL},
    {"n/a", {.decimal = '.', .decimals = 2}, NULL},
    {"1.2.3", {.decimal = '.', .decimals = 2}, NULL},
};

static const struct {
    const char *text, *looks;
} dates[] = {{"31/03/2025", "\"%d/%m/%Y\""},
             {"03/04/2025", "\"%d/%m/%Y\" or \"%m/%d/%Y\""},
             {"31.03.2025 14:05", "\"%d.%m.%Y %H:%M\""},
             {"2025-03-31T14:05:00+02:00", "\"%Y-%m-%dT%H:%M:%S%z\""},
             {"45321", "\"excel\""},
             {"45321.75", "\"excel\""},
             {"1022024", "\"%d%m%Y\""},
             {"2023-02-29", NULL},
             {"soon", NULL},
             {"", NULL}};

static void what_cells_look_like(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new();
    for (size_t i = 0; i < COUNT(money); i++) {
        const char *got =
            looks_like_money(money[i].text, strlen(money[i].text), &money[i].declared, keep);
        if ((got == NULL) != (money[i].looks == NULL) || (got && strcmp(got, money[i].looks) != 0))
            fail_msg("'%s' looks like %s", money[i].text, got ? got : "nothing");
    }
    for (size_t i = 0; i < COUNT(dates); i++) {
        const char *got = looks_like_date(dates[i].text, strlen(dates[i].text), keep);
        if ((got == NULL) != (dates[i].looks == NULL) || (got && strcmp(got, dates[i].looks) != 0))
            fail_msg("'%s' looks like %s", dates[i].text, got ? got : "nothing");
    }
    arena_free(keep);
}

/* ---- patterns ---- */

static const struct {
    const char *value, *text;
    bool fits;
} patterns[] = {
    {"SI", "SI", true},
    {"SI", "SIX", false},
    {"SI*", "SI", true},
    {"SI*", "SI12", true},
    {"SI*", "si12", false},
    {"SI*", "S", false},
    {"*", "", true},
    {"*", "x", true},
    {"4000..4999", "4000", true},
    {"4000..4999", "4999", true},
    {"4000..4999", "3999", false},
    {"4000..4999", "5000", false},
    {"4000..4999", "04500", true},
    {"4000..4999", "4500.0", false},
    {"4000..4999", " 4500", false},
    {"4000..4999", "", false},
    {"4000..4999", "4000..4999", true},
    {"4000..4999", "000000000000000000000000000000000000004500", true},
    {"4000..4999", "40000000000000000000000000000000000000", false},
    {"0..999999999999999999", "999999999999999999", true},
    {"0..9999999999999999999", "5", false}, /* 19 digits make no range */
    {"a..b", "a", false},
    {"4000..", "4000", false},
    {"1...5", "3", false},
    {"", "", true},
};

static void patterns_fit(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(patterns); i++) {
        const struct slice text = {patterns[i].text, (uint32_t)strlen(patterns[i].text)};
        if (pattern_fits(patterns[i].value, text) != patterns[i].fits)
            fail_msg("'%s' and '%s'", patterns[i].value, patterns[i].text);
    }
    assert_true(pattern_is_empty("5..4"));
    assert_false(pattern_is_empty("4..4"));
    assert_false(pattern_is_empty("b..a"));
}

static void types_by_pattern(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,1.00,SI1\na,2,2025-01-31,-1.00,SIX\n"
                                   "a,3,2025-01-31,3.00,4000\na,4,2025-01-31,4.00,4711\n"
                                   "a,5,2025-01-31,5.00,4999\na,6,2025-01-31,-6.00,SC\n");
    f.l->type = (struct study_type){.column = "type",
                                    .sale = texts_of(f.keep, "SI*", "4000..4800", NULL),
                                    .returned = texts_of(f.keep, "SIX", "S*", NULL),
                                    .payment = texts_of(f.keep, "4711", NULL),
                                    .ignore = texts_of(f.keep, "4*", NULL)};
    reads(&f, "a 1 2025-01-31 100 sale\na 2 2025-01-31 -100 return\na 3 2025-01-31 300 sale\n"
              "a 4 2025-01-31 0 payment\na 5 2025-01-31 0 ignored\na 6 2025-01-31 -600 return\n");
    f.l->type.ignore = (struct texts){0, NULL};
    fails(&f, "FILE:6: type: '4999' is no declared document type; the lines of the file have 4000 "
              "1, 4711 1, 4999 1, SC 1, SI1 1, SIX 1; declare it under type:");
    end(&f);
}

/* More types than are told apart, each of which a pattern knows. */
static void very_many_types(void **unused)
{
    (void)unused;
    enum { LINES = 6000 };
    struct arena *scratch = arena_new();
    char *text = ARENA_NEW(scratch, char, 40 * LINES);
    size_t n = (size_t)snprintf(text, 40 * LINES, HEADER);
    for (int i = 0; i < LINES; i++)
        n += (size_t)snprintf(text + n, 40, "a,%d,2025-01-31,%s1.00,%s%d\n", i, i % 2 ? "-" : "",
                              i % 2 ? "R" : "S", i);
    struct fixture f = made(text);
    struct ledger_scan seen;
    f.l->type = (struct study_type){.column = "type",
                                    .sale = texts_of(f.keep, "S*", NULL),
                                    .returned = texts_of(f.keep, "R*", NULL)};
    const char *got = ledger_case_read(f.study, ledger_files(f.study, f.keep), &seen, f.keep);
    assert_string_equal(got + strlen(got) - strlen("a 5999 2025-01-31 -100 return\n"),
                        "a 5999 2025-01-31 -100 return\n");
    assert_int_equal(seen.counts->kind[LEDGER_SALE], LINES / 2);
    assert_int_equal(seen.counts->kind[LEDGER_RETURN], LINES / 2);
    end(&f);
    arena_free(scratch);
}

static void lines_kept_and_dropped(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "a,1,2025-01-31,1.00,4000\nb,2,x,1.00,5000\n"
                                   "c,3,2025-01-31,3.00,4500\nTotal,,,4.00,4000\n");
    f.l->type.column = NULL;
    f.l->n_keep = f.l->n_drop = 1;
    f.l->keep = ARENA_NEW(f.keep, struct study_filter, 1);
    f.l->drop = ARENA_NEW(f.keep, struct study_filter, 1);
    f.l->keep[0] = (struct study_filter){"type", texts_of(f.keep, "4000..4999", NULL)};
    f.l->drop[0] = (struct study_filter){"key", texts_of(f.keep, "Total*", NULL)};
    reads(&f, "a 1 2025-01-31 100 sale\nc 3 2025-01-31 300 sale\n");
    assert_int_equal(f.seen.counts->lines, 4);
    assert_int_equal(f.seen.counts->kind[LEDGER_NOT_KEPT], 1);
    assert_int_equal(f.seen.counts->kind[LEDGER_SUBTOTAL], 1);
    assert_int_equal(f.seen.n_dropped, 2);
    assert_string_equal(f.seen.dropped[0].reason, "not kept");
    assert_string_equal(f.seen.dropped[0].text, "b,2,x,1.00,5000");
    end(&f);
}

/* ---- ids and refunds ---- */

static void ids_within_a_cell(void **unused)
{
    (void)unused;
    struct fixture f = made(HEADER "Acme - one - two,1,2025-01-31,1.00,S\n Beta ,2,2025-01-31,2.00,"
                                   "S\nReceipt: Acme,3,2025-01-31,3.00,S\n - ,4,2025-01-31,1.00,S\n"
                                   "Receipt: Receipt: x - ,5,2025-01-31,5.00,S\n");
    f.l->key_ends_at = " - ";
    f.l->key_starts_after = "Receipt: ";
    reads(&f, "Acme 1 2025-01-31 100 sale\nBeta 2 2025-01-31 200 sale\n"
              "Acme 3 2025-01-31 300 sale\nReceipt: x 5 2025-01-31 500 sale\n");
    assert_int_equal(f.seen.counts->kind[LEDGER_BLANK_KEY], 1);
    end(&f);
    f = made(HEADER "CX111119 Acme,1,2025-01-31,1.00,S\nCX2,2,2025-01-31,1.00,S\n");
    f.l->key_ends_at = " ";
    reads(&f, "CX111119 1 2025-01-31 100 sale\nCX2 2 2025-01-31 100 sale\n");
    end(&f);
}

static void refunds(void **unused)
{
    (void)unused;
    struct fixture f = made("key,doc,day,amount,back\na,1,2025-01-31,10.00,\n"
                            "a,2,2025-02-01,20.00,5.50\na,3,2025-02-01,5.00,0.00\n"
                            "b,4,2025-02-02,-3.00, \n");
    f.l->type.column = NULL;
    f.l->amount.refunded = "back";
    reads(&f, "a 1 2025-01-31 1000 sale\na 2 2025-02-01 2000 sale\na 2 2025-02-01 -550 return\n"
              "a 3 2025-02-01 500 sale\nb 4 2025-02-02 -300 return\n");
    const struct ledger_counts *c = f.seen.counts;
    assert_int_equal(c->lines, 4);
    assert_int_equal(c->kind[LEDGER_SALE], 3);
    assert_int_equal(c->kind[LEDGER_RETURN], 1);
    assert_int_equal(c->refunds, 1);
    end(&f);
    f = made("key,doc,day,amount,back\na,1,2025-01-31,10.00,-1.00\n");
    f.l->type.column = NULL;
    f.l->amount.refunded = "back";
    fails(&f, "FILE:2: back: '-1.00' is negative, where what was refunded is written without a "
              "sign; leave refunded: out where returns have lines of their own");
    end(&f);
    f = made("key,doc,day,amount,back\na,1,2025-01-31,-10.00,1.00\n");
    f.l->type.column = NULL;
    f.l->amount.refunded = "back";
    fails(&f, "FILE:2: back: '1.00' is refunded of a line that is a return itself; leave "
              "refunded: out where returns have lines of their own");
    end(&f);
}

/* ---- forms ---- */

static void forms_of_amounts(void **unused)
{
    (void)unused;
    struct fixture f = made("key,doc,day,amount\na,1,2025-01-31,250.00 CR\n"
                            "a,2,2025-01-31,\"1,250.00 dr\"\na,3,2025-01-31,5\n");
    f.l->type.column = NULL;
    f.l->thousands = ",";
    f.l->amount.sign = AMOUNT_CR_DR;
    reads(&f, "a 1 2025-01-31 -25000 return\na 2 2025-01-31 125000 sale\n"
              "a 3 2025-01-31 500 sale\n");
    f.l->amount.negative = texts_of(f.keep, "DR", NULL);
    reads(&f, "a 1 2025-01-31 25000 sale\na 2 2025-01-31 -125000 return\n"
              "a 3 2025-01-31 500 sale\n");
    f.l->amount.negative = texts_of(f.keep, "H", NULL);
    fails(&f, "FILE:2: amount: '250.00 CR' is no amount with decimal mark '.', at most 2 decimals "
              "and H behind negative amounts; declare decimal:, thousands:, decimals: and the "
              "amount's sign: as the file has them");
    end(&f);
    f = made("key,doc,day,amount\na,1,45321,\"-1,23,456.78\"\na,2,45322.5,\"'1,234\"\n");
    f.l->type.column = NULL;
    f.l->thousands = "indian";
    f.l->date_format = "excel";
    reads(&f, "a 1 2024-01-30 -12345678 return\na 2 2024-01-31 123400 sale\n");
    end(&f);
}

/* Without a declared currency all marks are to be one. */
static void marks_beside_amounts(void **unused)
{
    (void)unused;
    struct fixture f = made("key,doc,day,amount\na,1,2025-01-31,5\na,2,2025-01-31,$6\n"
                            "a,3,2025-01-31,$ 7.00\na,4,2025-01-31,8.00\n");
    f.l->type.column = NULL;
    reads(&f, "a 1 2025-01-31 500 sale\na 2 2025-01-31 600 sale\na 3 2025-01-31 700 sale\n"
              "a 4 2025-01-31 800 sale\n");
    end(&f);
    f = made("key,doc,day,amount\na,1,2025-01-31,5\na,2,2025-01-31,EUR 6\n"
             "a,3,2025-01-31,EUR 6\na,4,2025-01-31,\u20ac 7\na,5,2025-01-31,USD 8\n"
             "a,6,2025-01-31,EUR 8\n");
    f.l->type.column = NULL;
    fails(&f, "FILE:5: amount: '\u20ac 7' is not marked 'EUR', as amounts before it are; one sum "
              "cannot hold two currencies: declare currency: with the column that tells it and "
              "keep: or to:");
    end(&f);
    f = made("key,doc,day,amount,cur\na,1,2025-01-31,EUR 5,EUR\na,2,2025-01-31,$6,usd\n"
             "a,3,2025-01-31,\u20ac7,eur\n");
    f.l->type.column = NULL;
    f.l->currency_column = "cur";
    f.l->currency_keep = "EUR";
    reads(&f, "a 1 2025-01-31 500 sale\na 2 2025-01-31 0 other currency\n"
              "a 3 2025-01-31 700 sale\n");
    end(&f);
    f = made("key,doc,day,amount,cur\na,1,2025-01-31,$5,EUR\n");
    f.l->type.column = NULL;
    f.l->currency_column = "cur";
    f.l->currency_keep = "EUR";
    fails(&f, "FILE:2: amount: '$5' is no amount with decimal mark '.', at most 2 decimals and a "
              "leading sign; it looks like an amount in $, not in EUR: declare decimal:, "
              "thousands:, decimals: and the amount's sign: as the file has them");
    end(&f);
}

/* A megabyte in a cell, hundreds of digits, words alone: an error, as fast as any. */
static void hostile_amounts(void **unused)
{
    (void)unused;
    enum { LONG = 1 << 20 };
    static const char *const bytes[] = {"9", " ", "\u00a0", "'", "$", "EUR ", "-", "(", "CR ", ","};
    static const char *const short_ones[] = {"CR", "DR", " CR", "()", "EUR", "'", "-CR", "EUREUR"};
    struct arena *scratch = arena_new();
    const struct money_format f = {
        .decimal = '.', .thousands = ",", .sign = SIGN_WORDS, .decimals = 2};
    char *text = ARENA_NEW(scratch, char, LONG + 8);
    int64_t minor = 0;
    for (size_t i = 0; i < COUNT(bytes); i++) {
        size_t n = 0;
        while (n < LONG) {
            memcpy(text + n, bytes[i], strlen(bytes[i]));
            n += strlen(bytes[i]);
        }
        assert_false(parse_money(text, n, &f, &minor));
        assert_null(looks_like_money(text, n, &f, scratch));
    }
    memset(text, '4', 400);
    assert_false(parse_money(text, 400, &f, &minor));
    for (size_t i = 0; i < COUNT(short_ones); i++)
        assert_false(parse_money(short_ones[i], strlen(short_ones[i]), &f, &minor));
    arena_free(scratch);
}

/* ---- rates ---- */

static const struct {
    enum rate_quote quote;
    int home, own; /* decimals */
    struct rate rate;
    int64_t minor, want; /* want 0: too large */
} conversions[] = {
    {QUOTE_HOME_PER_UNIT, 2, 2, {9134, 4}, 10000, 9134},
    {QUOTE_HOME_PER_UNIT, 2, 2, {5, 1}, 1, 1}, /* 0.005 of a minor unit's hundredth: half, away */
    {QUOTE_HOME_PER_UNIT, 2, 2, {5, 1}, -1, -1},
    {QUOTE_HOME_PER_UNIT, 2, 2, {5, 1}, 3, 2},
    {QUOTE_HOME_PER_UNIT, 2, 2, {49, 2}, 1, 0},
    {QUOTE_HOME_PER_UNIT, 2, 0, {631, 5}, 10000, 6310},
    {QUOTE_HOME_PER_UNIT, 2, 3, {31, 1}, 1005, 312}, /* 1.005 * 3.1 = 3.1155 */
    {QUOTE_HOME_PER_UNIT, 0, 2, {15845, 2}, 100, 158},
    {QUOTE_UNITS_PER_HOME, 2, 2, {2, 0}, 1, 1},
    {QUOTE_UNITS_PER_HOME, 2, 2, {10834, 4}, 10834, 10000},
    {QUOTE_UNITS_PER_HOME, 2, 0, {16180, 2}, 16180, 10000},
    {QUOTE_UNITS_PER_HOME, 0, 3, {3, 0}, 1000, 0},
    {QUOTE_UNITS_PER_HOME, 2, 2, {3, 0}, 100, 33},
    {QUOTE_UNITS_PER_HOME, 2, 2, {3, 0}, 200, 67},
    {QUOTE_HOME_PER_UNIT, 2, 2, {1, 0}, INT64_MAX, INT64_MAX},
    {QUOTE_HOME_PER_UNIT, 2, 2, {1, 0}, -INT64_MAX, -INT64_MAX},
    {QUOTE_HOME_PER_UNIT, 2, 2, {999999999999999, 15}, INT64_MAX, 9223372036854766584},
    {QUOTE_UNITS_PER_HOME, 2, 2, {1, 0}, INT64_MAX, INT64_MAX},
};

/* Those beyond 64 bits, or beyond 127 on the way. */
static const struct {
    enum rate_quote quote;
    int home, own;
    struct rate rate;
    int64_t minor;
} too_large[] = {
    {QUOTE_HOME_PER_UNIT, 2, 2, {11, 1}, INT64_MAX},
    {QUOTE_HOME_PER_UNIT, 2, 2, {2, 0}, -INT64_MAX},
    {QUOTE_HOME_PER_UNIT, 6, 0, {999999999999999, 0}, INT64_MAX},
    {QUOTE_UNITS_PER_HOME, 6, 0, {1, 20}, INT64_MAX},
    {QUOTE_UNITS_PER_HOME, 2, 2, {1, 20}, 100},
};

static void amounts_are_converted_exactly(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(conversions); i++) {
        const struct rates r = {.quote = conversions[i].quote, .decimals = conversions[i].home};
        const struct currency_rates c = {.decimals = conversions[i].own};
        int64_t got = 4711;
        if (!rate_convert(&r, &c, &conversions[i].rate, conversions[i].minor, &got) ||
            got != conversions[i].want)
            fail_msg("case %zu: %lld", i, (long long)got);
    }
    for (size_t i = 0; i < COUNT(too_large); i++) {
        const struct rates r = {.quote = too_large[i].quote, .decimals = too_large[i].home};
        const struct currency_rates c = {.decimals = too_large[i].own};
        int64_t got;
        if (rate_convert(&r, &c, &too_large[i].rate, too_large[i].minor, &got))
            fail_msg("case %zu: %lld", i, (long long)got);
    }
}

static void with_rates(struct fixture *f, const char *text)
{
    f->l->type.column = NULL;
    f->l->currency_column = "cur";
    f->l->currency_to = "EUR";
    f->l->rates = (struct study_rates){.file = temporary_file(text, strlen(text), f->keep),
                                       .delimiter = ",",
                                       .decimal = ".",
                                       .max_age = 7};
}

#define LINES "key,doc,day,amount,cur\n"
#define RATES "date,currency,rate\n"

static void lines_in_several_currencies(void **unused)
{
    (void)unused;
    struct fixture f = made(LINES "a,1,2025-01-08,$100.00,usd\na,2,2025-01-08,100,EUR\n"
                                  "b,3,2025-01-10,-5000,JPY\nb,4,2025-01-10,KWD 1.005,KWD\n");
    with_rates(&f, RATES "2025-01-09,USD,9\n2025-01-01,usd,0.9134\n2025-01-10,JPY,0.00631\n"
                         "2025-01-10,KWD,3.1\n2025-01-10,KWD,3.10\n2025-01-01,EUR,1\n");
    reads(&f, "a 1 2025-01-08 9134 sale\na 2 2025-01-08 10000 sale\nb 3 2025-01-10 -3155 return\n"
              "b 4 2025-01-10 312 sale\n");
    const struct ledger_counts *c = f.seen.counts;
    assert_int_equal(c->n_converted, 4);
    assert_string_equal(c->converted[0].code, "EUR");
    assert_string_equal(c->converted[1].code, "JPY");
    assert_true(c->converted[1].amount == -5000 && c->converted[1].home == -31.55);
    assert_true(c->converted[2].amount == 1.005 && c->converted[2].home == 3.12);
    assert_int_equal(c->converted[3].lines, 1);
    end(&f);
}

/* What the file of rates, or its lack of one, is told with; R is the file's name. */
static void wrong_rates(void **unused)
{
    (void)unused;
    static const struct {
        const char *line, *rates, *said;
    } cases[] = {
        {"a,1,2025-01-09,1,USD", RATES "2025-01-01,USD,0.9\n",
         "FILE:2: cur: 'USD' has no rate for 2025-01-09, nor for the 7 days before; its latest "
         "rate before is of 2025-01-01: add one to R, or let rates be older: max_age"},
        {"a,1,2025-01-09,1,USD", RATES "2025-01-10,USD,0.9\n",
         "FILE:2: cur: 'USD' has no rate for 2025-01-09, nor for the 7 days before; add its rates "
         "to R, or the lines to drop:"},
        {"a,1,2025-01-09,1,GBP", RATES "2025-01-01,USD,0.9\n",
         "FILE:2: cur: 'GBP' has no rate (the line is of 2025-01-09); add its rates to R, or the "
         "lines to drop:"},
        {"a,1,2025-01-09,1,", RATES "2025-01-01,USD,0.9\n",
         "FILE:2: cur: '' has no rate (the line is of 2025-01-09); add its rates to R, or the "
         "lines to drop:"},
        {"a,1,2025-01-09,0.001,JPY", RATES "2025-01-09,JPY,0.006\n",
         "FILE:2: amount: '0.001' is no amount with decimal mark '.', at most 0 decimals and a "
         "leading sign; it looks like 3 decimals, or decimal mark ',' and thousands '.': declare "
         "decimal:, thousands:, decimals: and the amount's sign: as the file has them"},
        {"a,1,2025-01-09,90000000000000000,JPY", RATES "2025-01-09,JPY,99\n",
         "FILE:2: amount: '90000000000000000' is more than can be converted; check the line, and "
         "the rate of its day"},
        {"", RATES "2025-01-01,USD,0.9\n2025-01-02,USD,x\n",
         "R:3: rate: 'x' is no rate above 0 of at most 15 digits; write it as 1.0834 (or declare "
         "rates_decimal: \",\"), or leave the line out"},
        {"", RATES "2025-01-01,USD,0\n",
         "R:2: rate: '0' is no rate above 0 of at most 15 digits;"
         " write it as 1.0834 (or declare rates_decimal: \",\"), "
         "or leave the line out"},
        {"", RATES "2025-01-01,USD,-1\n",
         "R:2: rate: '-1' is no rate above 0 of at most 15 "
         "digits; write it as 1.0834 (or declare rates_decimal: "
         "\",\"), or leave the line out"},
        {"", RATES "2025-01-01,USD,1.234567890123456\n",
         "R:2: rate: '1.234567890123456' is no rate above 0 of at most 15 digits; write it as "
         "1.0834 (or declare rates_decimal: \",\"), or leave the line out"},
        {"", RATES "01.01.2025,USD,1\n",
         "R:2: date: '01.01.2025' is no date as 2025-03-01; write "
         "the days of rates as year-month-day"},
        {"", RATES "2025-01-01,,1\n",
         "R:2: currency: '' is no ISO 4217 currency code; write it as USD"},
        {"", RATES "2025-01-01,USDX,1\n",
         "R:2: currency: 'USDX' is no ISO 4217 currency code; write it as USD"},
        {"", RATES "2025-01-01,USD,0.9\n2025-01-01,USD,0.91\n",
         "R:3: rate: line 2 has another rate of USD for 2025-01-01; leave one line out"},
        {"", RATES "2025-01-01,EUR,1.1\n",
         "R:2: rate: EUR is what amounts are converted to: its rate is 1; leave one line out"},
        {"", "date;currency;rate\n",
         "R:1: 'date;currency;rate' is the only column of the header; declare rates_delimiter: "
         "under "
         "currency:"},
        {"", "date,currency,value\n",
         "R: rate: there is no such column; a file of rates has the columns date, currency and "
         "rate; declare rates_delimiter: where it is not \",\""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena *scratch = arena_new();
        struct fixture f = made(arena_printf(scratch, LINES "%s\n", cases[i].line));
        with_rates(&f, cases[i].rates);
        const char *said = ledger_case_error(f.study, ledger_files(f.study, f.keep), 2, f.keep),
                   *at;
        const size_t n = strlen(f.l->rates.file);
        if ((at = strstr(said, f.l->rates.file)))
            said = arena_printf(f.keep, "%.*sR%s", (int)(at - said), said, at + n);
        assert_string_equal(said, cases[i].said);
        end(&f);
        arena_free(scratch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_cells_look_like),
                                       cmocka_unit_test(patterns_fit),
                                       cmocka_unit_test(types_by_pattern),
                                       cmocka_unit_test(very_many_types),
                                       cmocka_unit_test(lines_kept_and_dropped),
                                       cmocka_unit_test(ids_within_a_cell),
                                       cmocka_unit_test(refunds),
                                       cmocka_unit_test(forms_of_amounts),
                                       cmocka_unit_test(marks_beside_amounts),
                                       cmocka_unit_test(hostile_amounts),
                                       cmocka_unit_test(amounts_are_converted_exactly),
                                       cmocka_unit_test(lines_in_several_currencies),
                                       cmocka_unit_test(wrong_rates)};
    return cmocka_run_group_tests_name("ledger cells", tests, NULL, NULL);
}
