/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/parse.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

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
#define THIN_SPACE "\xe2\x80\x89"
#define NARROW_NO_BREAK_SPACE "\xe2\x80\xaf"
#define RIGHT_QUOTE "\xe2\x80\x99"
#define MINUS_SIGN "\xe2\x88\x92"

static const char *const blanks[] = {" ", "\t", NO_BREAK_SPACE, THIN_SPACE, NARROW_NO_BREAK_SPACE,
                                     NULL};
static const char *const minuses[] = {"-", MINUS_SIGN, NULL};
static const char *const pluses[] = {"+", NULL};

/* Glyphs, and the currencies that are written with them. */
static const struct glyph {
    const char *text, *codes;
} glyphs[] = {
    {"$", "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP BBD BMD BND BSD BZD FJD GYD JMD "
          "KYD LRD NAD SBD SRD TTD XCD CVE"},
    {"\xe2\x82\xac", "EUR"},
    {"\xc2\xa3", "GBP EGP FKP GIP IEP LBP SDG SHP SSP SYP"},
    {"\xc2\xa5", "JPY CNY"},
    {"\xe2\x82\xb9", "INR"},
};

/* ---- what stands about the digits ---- */

enum { CODE = 3 }; /* letters of a currency's code */

/* Each at most once. */
struct dress {
    const struct money_format *format;
    const struct glyph *glyph;
    const char *code; /* [CODE] */
    bool sign, negative, parentheses;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool take_glyph(struct rest *r, take *from, struct dress *d)
{
    for (size_t i = 0; !d->glyph && i < sizeof glyphs / sizeof *glyphs; i++)
        if (from(r, glyphs[i].text))
            d->glyph = &glyphs[i];
    return d->glyph != NULL;
}

static bool is_code(const char *at)
{
    char code[CODE + 1] = {0};
    memcpy(code, at, CODE);
    return code[0] >= 'A' && code[0] <= 'Z' && currency_decimals(code) >= 0;
}

/* Three capitals with no letter beside them. */
static bool take_code(struct rest *r, bool front, struct dress *d)
{
    const size_t n = (size_t)(r->end - r->at);
    const char *at = front ? r->at : r->end - CODE;
    if (d->code || n <= CODE || is_letter(front ? at[CODE] : at[-1]) || !is_code(at))
        return false;
    d->code = at;
    r->at += front ? CODE : 0;
    r->end -= front ? 0 : CODE;
    return true;
}

static bool undress_front(struct rest *r, struct dress *d)
{
    const enum money_sign sign = d->format->sign;
    if (take_one_of(r, take_front, blanks))
        return true;
    if (!d->glyph && take_glyph(r, take_front, d))
        return true;
    if (take_code(r, true, d))
        return true;
    if (sign == SIGN_PARENTHESES && !d->parentheses && take_front(r, "("))
        return d->parentheses = true;
    if (sign != SIGN_LEADING || d->sign)
        return false;
    d->negative = take_one_of(r, take_front, minuses);
    return d->sign = d->negative || take_one_of(r, take_front, pluses);
}

/* CR or DR, of any case, with no letter before it. */
static bool take_word_back(struct rest *r, const char *word)
{
    const size_t n = strlen(word);
    if ((size_t)(r->end - r->at) <= n || strncasecmp(r->end - n, word, n) != 0 ||
        is_letter(r->end[-1 - (ptrdiff_t)n]))
        return false;
    r->end -= n;
    return true;
}

static bool undress_back(struct rest *r, struct dress *d)
{
    const struct money_format *f = d->format;
    if (take_one_of(r, take_back, blanks))
        return true;
    if (!d->glyph && take_glyph(r, take_back, d))
        return true;
    if (d->parentheses && !d->negative && take_back(r, ")"))
        return d->negative = true;
    if (f->sign == SIGN_WORDS && !d->sign) {
        d->negative = take_word_back(r, f->minus ? f->minus : "CR");
        d->sign = d->negative || take_word_back(r, f->plus ? f->plus : "DR");
        if (d->sign)
            return true;
    }
    if (f->sign == SIGN_TRAILING && !d->sign) {
        d->negative = take_one_of(r, take_back, minuses);
        d->sign = d->negative || take_one_of(r, take_back, pluses);
        if (d->sign)
            return true;
    }
    return take_code(r, false, d);
}

static bool holds_code(const char *codes, const char *code)
{
    for (; strlen(codes) >= CODE; codes += codes[CODE] ? CODE + 1 : CODE)
        if (memcmp(codes, code, CODE) == 0)
            return true;
    return false;
}

/* Code and glyph are those of the currency that is declared, and do not contradict each
   other.  What is declared and is no code of ISO 4217 has a glyph that nobody knows. */
static bool marks_agree(const struct dress *d)
{
    const char *currency = d->format->currency;
    const bool known = currency && currency_decimals(currency) >= 0;
    if (d->code && currency && !(known && memcmp(currency, d->code, CODE) == 0))
        return false;
    if (d->glyph && d->code && !holds_code(d->glyph->codes, d->code))
        return false;
    return !d->glyph || !known || holds_code(d->glyph->codes, currency);
}

static struct money_mark mark_of(const struct dress *d)
{
    struct money_mark mark = {""};
    if (d->code)
        memcpy(mark.text, d->code, CODE);
    else if (d->glyph)
        memcpy(mark.text, d->glyph->text, strlen(d->glyph->text));
    return mark;
}

struct money_mark money_mark_in(const char *text)
{
    struct money_mark mark = {""};
    for (const char *at = text; *at; at++)
        for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
            if (strncmp(at, glyphs[i].text, strlen(glyphs[i].text)) == 0) {
                memcpy(mark.text, glyphs[i].text, strlen(glyphs[i].text));
                return mark;
            }
    for (const char *at = text; strlen(at) >= CODE && !mark.text[0]; at++)
        if (!(at > text && is_letter(at[-1])) && !is_letter(at[CODE]) && is_code(at))
            memcpy(mark.text, at, CODE);
    return mark;
}

/* ---- digits ---- */

static bool take_thousands(struct rest *r, const char *mark)
{
    if (!mark)
        return false;
    if (take_front(r, mark))
        return true;
    if (strcmp(mark, " ") == 0)
        return take_front(r, NO_BREAK_SPACE) || take_front(r, NARROW_NO_BREAK_SPACE) ||
               take_front(r, THIN_SPACE);
    return strcmp(mark, "'") == 0 && take_front(r, RIGHT_QUOTE);
}

/* Appends the digits that come next to *sum; gives their number, -1 on overflow. */
static int take_digits(struct rest *r, int64_t *sum)
{
    int n = 0;
    for (; r->at < r->end && is_digit(*r->at); r->at++, n++)
        if (__builtin_mul_overflow(*sum, 10, sum) ||
            __builtin_add_overflow(*sum, *r->at - '0', sum))
            return -1;
    return n;
}

/* 1234, 1.234 or, of India, 12,34,567: gives the number of digits, -1 when they do not make
   a number. */
static int take_whole(struct rest *r, const struct money_format *f, int64_t *sum)
{
    const int first = take_digits(r, sum);
    bool last = false; /* a group of three has ended the Indian number */
    int n = first;
    while (n > 0 && take_thousands(r, f->thousands)) {
        const int group = take_digits(r, sum);
        if (last || first > (f->indian ? 2 : 3) || (group != 3 && !(f->indian && group == 2)))
            return -1;
        last = f->indian && group == 3;
        n += group;
    }
    return f->indian && n != first && !last ? -1 : n;
}

/* [digits] mark [digits], nothing else. */
static bool take_number(struct rest *r, const struct money_format *f, int64_t *sum)
{
    int whole = take_whole(r, f, sum), fraction = 0;
    if (whole >= 0 && r->at < r->end && *r->at == f->decimal) {
        r->at++;
        fraction = take_digits(r, sum);
    }
    if (whole < 0 || fraction < 0 || whole + fraction == 0 || fraction > f->decimals ||
        r->at != r->end)
        return false;
    for (; fraction < f->decimals; fraction++)
        if (__builtin_mul_overflow(*sum, 10, sum))
            return false;
    return true;
}

bool parse_money_marked(const char *text, size_t length, const struct money_format *f,
                        int64_t *minor, struct money_mark *mark)
{
    assert(f->decimal == '.' || f->decimal == ',');
    assert(!f->thousands || f->thousands[0] != f->decimal);
    assert(f->decimals >= 0);
    struct rest r = {text, text + length};
    struct dress d = {.format = f};
    int64_t sum = 0;
    take_front(&r, "'");
    while (r.at < r.end && !is_digit(*r.at) && undress_front(&r, &d))
        ;
    while (r.at < r.end && !is_digit(r.end[-1]) && undress_back(&r, &d))
        ;
    if ((d.parentheses && !d.negative) || !take_number(&r, f, &sum) || !marks_agree(&d))
        return false;
    *minor = d.negative ? -sum : sum;
    *mark = mark_of(&d);
    return true;
}

bool parse_money(const char *text, size_t length, const struct money_format *f, int64_t *minor)
{
    struct money_mark ignored;
    return parse_money_marked(text, length, f, minor, &ignored);
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
