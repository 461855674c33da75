/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The exact decimal expansion of any double fits: 767 significant digits after
   at most 324 zeros, and room for a careless writer. */
#define LONGEST_REAL 2000

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void trim(const char **text, size_t *length)
{
    while (*length > 0 && (**text == ' ' || **text == '\t')) {
        ++*text;
        --*length;
    }
    while (*length > 0 && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t'))
        --*length;
}

static size_t digits_at(const char *text, size_t length, size_t at)
{
    size_t n = 0;
    while (at + n < length && is_digit(text[at + n]))
        n++;
    return n;
}

/* sign? digits? ('.' digits?)? ([eE] sign? digits)?, with a digit before the exponent */
static bool is_real(const char *text, size_t length)
{
    size_t at = length > 0 && (text[0] == '-' || text[0] == '+');
    size_t whole = digits_at(text, length, at), fraction = 0;
    at += whole;
    if (at < length && text[at] == '.') {
        fraction = digits_at(text, length, at + 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        at += at < length && (text[at] == '-' || text[at] == '+');
        size_t exponent = digits_at(text, length, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == length;
}

/* At most 15 digits: they are a double, the power of ten is one, and their quotient is rounded
   once, so that it is what strtod gives (Clinger 1990, Proc. PLDI, 92-101). */
static bool parse_short(const char *text, size_t length, double *value)
{
    static const double power[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool negative = length > 0 && text[0] == '-';
    size_t at = negative, digits = 0, fraction = 0;
    uint64_t sum = 0;
    for (; at < length && is_digit(text[at]) && digits < 16; at++, digits++)
        sum = 10 * sum + (uint64_t)(text[at] - '0');
    if (at < length && text[at] == '.')
        for (at++; at < length && is_digit(text[at]) && digits < 16; at++, digits++, fraction++)
            sum = 10 * sum + (uint64_t)(text[at] - '0');
    if (at < length || digits == 0 || digits > 15)
        return false;
    *value = (double)sum / power[fraction];
    if (negative)
        *value = -*value;
    return true;
}

/* strtod rounds correctly; what it would take beyond our grammar has been
   refused, and the program never leaves the "C" locale. */
bool parse_real(const char *text, size_t length, double *value)
{
    char copy[LONGEST_REAL + 1];
    if (parse_short(text, length, value))
        return true;
    trim(&text, &length);
    if (length > LONGEST_REAL || !is_real(text, length))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    double x = strtod(copy, NULL);
    if (!isfinite(x))
        return false;
    *value = x;
    return true;
}

bool parse_whole(const char *text, size_t length, int64_t *value)
{
    trim(&text, &length);
    bool negative = length > 0 && text[0] == '-';
    size_t start = length > 0 && (text[0] == '-' || text[0] == '+');
    if (start == length)
        return false;
    int64_t sum = 0;
    for (size_t i = start; i < length; i++)
        if (!is_digit(text[i]) || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, text[i] - '0', &sum))
            return false;
    *value = negative ? -sum : sum;
    return true;
}

static int binary_exponent(char letter)
{
    static const char letters[] = "KMGT";
    const char *at = letter ? strchr(letters, letter & ~0x20) : NULL;
    return at ? 10 * (int)(at - letters + 1) : 0;
}

bool parse_size(const char *text, size_t length, int64_t *bytes)
{
    double x;
    size_t digits = 0;
    while (digits < length && (is_digit(text[digits]) || text[digits] == '.'))
        digits++;
    const int exponent = digits < length ? binary_exponent(text[digits]) : 0;
    const char *unit = text + digits + (exponent > 0);
    size_t n = length - digits - (size_t)(exponent > 0);
    if (exponent > 0 && n == 2 && (unit[0] == 'i' || unit[0] == 'I'))
        unit++, n--;
    if (n > 1 || (n == 1 && *unit != 'b' && *unit != 'B'))
        return false;
    if (!parse_real(text, digits, &x) || (exponent == 0 && x != floor(x)))
        return false;
    x = floor(ldexp(x, exponent));
    if (!(x < 0x1p63))
        return false;
    *bytes = (int64_t)x;
    return true;
}
