/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/parse.h"

#include <assert.h>
#include <string.h>

/* What is left of a text: taken from both ends, then digit by digit. */
struct rest {
    const char *at, *end;
};

static bool take_front(struct rest *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool take_back(struct rest *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->at) < n || memcmp(r->end - n, word, n) != 0)
        return false;
    r->end -= n;
    return true;
}

typedef bool take(struct rest *r, const char *word);

static bool take_one_of(struct rest *r, take *from, const char *const *words)
{
    for (; *words; words++)
        if (from(r, *words))
            return true;
    return false;
}

#define NO_BREAK_SPACE "\xc2\xa0"
#define NARROW_NO_BREAK_SPACE "\xe2\x80\xaf"
#define RIGHT_QUOTE "\xe2\x80\x99"
#define MINUS_SIGN "\xe2\x88\x92"
#define EURO_SIGN "\xe2\x82\xac"
#define POUND_SIGN "\xc2\xa3"

static const char *const blanks[] = {" ", "\t", NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE, NULL};
static const char *const glyphs[] = {"$", EURO_SIGN, POUND_SIGN, NULL};
static const char *const minuses[] = {"-", MINUS_SIGN, NULL};
static const char *const pluses[] = {"+", NULL};

/* What may stand about the digits, each at most once. */
struct dress {
    bool glyph, sign, negative, parentheses;
};

static bool undress_front(struct rest *r, enum money_sign sign, struct dress *d)
{
    if (take_one_of(r, take_front, blanks))
        return true;
    if (!d->glyph && take_one_of(r, take_front, glyphs))
        return d->glyph = true;
    if (sign == SIGN_PARENTHESES && !d->parentheses && take_front(r, "("))
        return d->parentheses = true;
    if (sign != SIGN_LEADING || d->sign)
        return false;
    d->negative = take_one_of(r, take_front, minuses);
    return d->sign = d->negative || take_one_of(r, take_front, pluses);
}

static bool undress_back(struct rest *r, enum money_sign sign, struct dress *d)
{
    if (take_one_of(r, take_back, blanks))
        return true;
    if (!d->glyph && take_one_of(r, take_back, glyphs))
        return d->glyph = true;
    if (d->parentheses && !d->negative && take_back(r, ")"))
        return d->negative = true;
    if (sign != SIGN_TRAILING || d->sign)
        return false;
    d->negative = take_one_of(r, take_back, minuses);
    return d->sign = d->negative || take_one_of(r, take_back, pluses);
}

static bool take_thousands(struct rest *r, const char *mark)
{
    if (!mark)
        return false;
    if (take_front(r, mark))
        return true;
    if (strcmp(mark, " ") == 0)
        return take_front(r, NO_BREAK_SPACE) || take_front(r, NARROW_NO_BREAK_SPACE);
    return strcmp(mark, "'") == 0 && take_front(r, RIGHT_QUOTE);
}

/* Appends the digits that come next to *sum; gives their number, -1 on overflow. */
static int take_digits(struct rest *r, int64_t *sum)
{
    int n = 0;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++, n++)
        if (__builtin_mul_overflow(*sum, 10, sum) ||
            __builtin_add_overflow(*sum, *r->at - '0', sum))
            return -1;
    return n;
}

/* 1234 or 1.234: gives the number of digits, -1 when they do not make a number. */
static int take_whole(struct rest *r, const char *thousands, int64_t *sum)
{
    int first = take_digits(r, sum), n = first;
    while (n > 0 && take_thousands(r, thousands)) {
        if (first > 3 || take_digits(r, sum) != 3)
            return -1;
        n += 3;
    }
    return n;
}

bool parse_money(const char *text, size_t length, const struct money_format *f, int64_t *minor)
{
    assert(f->decimal == '.' || f->decimal == ',');
    assert(!f->thousands || f->thousands[0] != f->decimal);
    assert(f->decimals >= 0);
    struct rest r = {text, text + length};
    struct dress d = {.glyph = false};
    while (undress_front(&r, f->sign, &d))
        ;
    while (undress_back(&r, f->sign, &d))
        ;
    if (d.parentheses && !d.negative)
        return false;
    int64_t sum = 0;
    int whole = take_whole(&r, f->thousands, &sum), fraction = 0;
    if (whole >= 0 && r.at < r.end && *r.at == f->decimal) {
        r.at++;
        fraction = take_digits(&r, &sum);
    }
    if (whole < 0 || fraction < 0 || whole + fraction == 0 || fraction > f->decimals ||
        r.at != r.end)
        return false;
    for (; fraction < f->decimals; fraction++)
        if (__builtin_mul_overflow(sum, 10, &sum))
            return false;
    *minor = d.negative ? -sum : sum;
    return true;
}

/* ISO 4217, codes in use by the number of their minor digits (list one of the
   maintenance agency), and those that old ledgers still hold. */
static const struct {
    int decimals;
    const char *codes;
} currencies[] = {
    {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ITL ESP"},
    {2, "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP "
        "BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR "
        "FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW "
        "KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN "
        "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD "
        "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS "
        "VED VES WST XAD XCD XCG YER ZAR ZMW ZWG ATS BEF DEM EEK FIM FRF HRK IEP LTL LVL NLG PTE "
        "SIT SKK SLL ZWL"},
    {3, "BHD IQD JOD KWD LYD OMR TND"},
    {4, "CLF UYW"},
};

int currency_decimals(const char *code)
{
    if (strlen(code) != 3 || strchr(code, ' '))
        return -1;
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        for (const char *p = currencies[i].codes; (p = strstr(p, code)); p++)
            if (p == currencies[i].codes || p[-1] == ' ')
                return currencies[i].decimals;
    return -1;
}
