/* SPDX-License-Identifier: GPL-3.0-or-later
   Numbers to text. */
#include "io/text/parse.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- whole numbers ---- */

static void put_pair(char *to, unsigned value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    memcpy(to, pairs + 2 * value, 2);
}

/* How many: log10(2) = 1233 / 4096 tells it but for one. */
static size_t count_digits(uint64_t value)
{
    static const uint64_t power[] = {1,
                                     10,
                                     100,
                                     1000,
                                     10000,
                                     100000,
                                     1000000,
                                     10000000,
                                     100000000,
                                     1000000000,
                                     10000000000,
                                     100000000000,
                                     1000000000000,
                                     10000000000000,
                                     100000000000000,
                                     1000000000000000,
                                     10000000000000000,
                                     100000000000000000,
                                     1000000000000000000,
                                     10000000000000000000u};
    const unsigned guess = (unsigned)(64 - __builtin_clzll(value | 1)) * 1233 >> 12;
    return guess + (value >= power[guess]);
}

static size_t put_digits(uint64_t value, char *to)
{
    const size_t n = value == 0 ? 1 : count_digits(value);
    size_t at = n;
    for (; value >= 100; value /= 100)
        put_pair(to + (at -= 2), (unsigned)(value % 100));
    if (at == 2)
        put_pair(to, (unsigned)value);
    else
        to[0] = (char)('0' + value);
    return n;
}

size_t whole_put(int64_t value, char to[20])
{
    to[0] = '-';
    return value < 0 ? 1 + put_digits(0 - (uint64_t)value, to + 1)
                     : put_digits((uint64_t)value, to);
}

/* ---- doubles ---- */

/* A positive double as 0.d1 d2 ... dn * 10^exponent. */
struct decimal {
    char digit[24];
    int n, exponent;
};

static struct decimal round_to(double x, int n)
{
    char text[40];
    struct decimal d = {.n = 0};
    snprintf(text, sizeof text, "%.*e", n - 1, x);
    char *e = strchr(text, 'e');
    for (char *p = text; p < e; p++)
        if (*p >= '0' && *p <= '9')
            d.digit[d.n++] = *p;
    d.exponent = (int)strtol(e + 1, NULL, 10) + 1;
    return d;
}

static bool reads_back(const struct decimal *d, double x)
{
    char text[48];
    snprintf(text, sizeof text, "0.%.*se%d", d->n, d->digit, d->exponent);
    return strtod(text, NULL) == x;
}

/* The next larger decimal of as many digits. */
static void step_up(struct decimal *d)
{
    int i = d->n - 1;
    while (i >= 0 && d->digit[i] == '9')
        d->digit[i--] = '0';
    if (i >= 0) {
        d->digit[i]++;
        return;
    }
    d->digit[0] = '1';
    d->exponent++;
}

static void strip_zeros(struct decimal *d)
{
    while (d->n > 1 && d->digit[d->n - 1] == '0')
        d->n--;
}

/* Fewest digits that read back.  A decimal of 15 digits survives the way through
   a normal double, so that 15, stripped of its zeros, is the shortest if it reads
   back at all; below DBL_MIN every length is tried.  At a power of two the
   gap below is half of that above, and the nearest decimal may fail where the
   next one up reads back (Steele and White 1990): 2^-44 is 5.684341886080802e-14. */
static struct decimal shortest(double x)
{
    struct decimal d = {.n = 0};
    for (int n = x < 0x1p-1022 ? 1 : 15; n <= 17; n++) {
        d = round_to(x, n);
        if (reads_back(&d, x))
            break;
        step_up(&d);
        if (reads_back(&d, x))
            break;
    }
    strip_zeros(&d);
    return d;
}

/* The same where the double is a whole number of hundredths or of ten thousandths, which
   amounts of money are: of at most 15 digits, no other decimal as short reads back as the
   same double, and without the zeros at its end it is the shortest.  0: it is not such. */
static size_t put_short(double x, char *to)
{
    for (unsigned scale = 100; scale <= 10000; scale *= 100) {
        if (!(x < 1e15 / scale))
            return 0;
        const int64_t parts = (int64_t)(x * scale + 0.5);
        if (parts == 0 || (double)parts / scale != x)
            continue;
        const unsigned fraction = (unsigned)(parts % scale);
        size_t n = put_digits((uint64_t)(parts / scale), to);
        if (fraction == 0)
            return n;
        to[n++] = '.';
        if (scale == 10000) {
            put_pair(to + n, fraction / 100);
            n += 2;
        }
        put_pair(to + n, fraction % 100);
        for (n += 2; to[n - 1] == '0';)
            n--;
        return n;
    }
    return 0;
}

static char *put_zeros(char *to, int n)
{
    for (; n > 0; n--)
        *to++ = '0';
    return to;
}

/* All digits with the point behind the first `point`; 21 bytes at most. */
static size_t lay_out_full(const struct decimal *d, char *text, int point)
{
    const int before = point < d->n ? point : d->n;
    char *to = text;
    if (point <= 0) {
        *to++ = '0';
        *to++ = '.';
        to = put_zeros(to, -point);
    }
    for (int i = 0; i < d->n; i++) {
        if (i == before && i > 0)
            *to++ = '.';
        *to++ = d->digit[i];
    }
    return (size_t)(put_zeros(to, point - d->n) - text);
}

/* 0.0001 to 10^16 in full, others as 1.5e-7. */
static size_t lay_out(const struct decimal *d, char *text)
{
    const int point = d->exponent;
    char *to = text;
    if (point >= -3 && point <= 16)
        return lay_out_full(d, text, point);
    *to++ = d->digit[0];
    if (d->n > 1)
        *to++ = '.';
    memcpy(to, d->digit + 1, (size_t)d->n - 1);
    to += d->n - 1;
    *to++ = 'e';
    return (size_t)(to - text) + whole_put(point - 1, to);
}

size_t real_put(double value, char to[32])
{
    if (isnan(value))
        return 0;
    if (value == 0) {
        to[0] = '0';
        return 1;
    }
    const size_t sign = value < 0;
    const double x = fabs(value);
    to[0] = '-';
    if (isinf(x)) {
        memcpy(to + sign, "inf", 3);
        return sign + 3;
    }
    size_t n = put_short(x, to + sign);
    if (n == 0) {
        const struct decimal d = shortest(x);
        n = lay_out(&d, to + sign);
    }
    return sign + n;
}

const char *real_text(double value, char buffer[32])
{
    buffer[real_put(value, buffer)] = '\0';
    return buffer;
}
