/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/date.h"

#include <assert.h>

#include "io/text/digits.h"

/* The byte at `place` of texts of the shape; a digit where it is '0'. */
static void want_byte(struct date_shape *s, uint32_t place, char c)
{
    char care[DATE_BYTES] = {0}, want[DATE_BYTES] = {0}, six[DATE_BYTES] = {0};
    const bool digit = c == '0';
    care[place] = (char)(digit ? 0xf0 : 0xff);
    want[place] = c;
    six[place] = digit ? 6 : 0;
    for (uint32_t i = 0; i < DATE_ENDS; i++) {
        const uint32_t from = i ? s->length - 8 : 0;
        uint64_t word;
        memcpy(&word, care + from, 8);
        s->care[i] |= word;
        memcpy(&word, want + from, 8);
        s->want[i] |= word;
        memcpy(&word, six + from, 8);
        s->six[i] |= word;
    }
}

/* Bytes of a conversion of the format, with the place of its part of the date; 0: of
   no fixed number. */
static uint32_t conversion_width(char conversion, struct date_shape *s, uint8_t **place)
{
    *place = conversion == 'Y'   ? &s->year
             : conversion == 'm' ? &s->month
             : conversion == 'd' ? &s->day
                                 : NULL;
    return conversion == 'Y' ? 4 : *place ? 2 : 0;
}

/* What texts of the format are, with '0' for each digit; false if the format is none
   of year, month and day, once each, between other bytes. */
static bool lay_out(const char *format, char bytes[DATE_BYTES], struct date_shape *s)
{
    uint32_t n = 0, n_parts = 0;
    *s = (struct date_shape){.year = DATE_BYTES, .month = DATE_BYTES, .day = DATE_BYTES};
    for (const char *f = format; *f; f++) {
        uint8_t *place = NULL;
        const uint32_t width = *f == '%' ? conversion_width(*++f, s, &place) : *f != '0';
        if (width == 0 || n + width > DATE_BYTES || (place && *place != DATE_BYTES))
            return false;
        if (place)
            *place = (uint8_t)n;
        n_parts += place != NULL;
        memset(bytes + n, place ? '0' : *f, width);
        n += width;
    }
    s->length = n;
    return n >= 8 && n_parts == 3;
}

static struct date_shape shape_of(const char *format)
{
    char bytes[DATE_BYTES];
    struct date_shape s;
    if (!lay_out(strcmp(format, "%F") == 0 ? "%Y-%m-%d" : format, bytes, &s))
        return (struct date_shape){.length = 0};
    for (uint32_t i = 0; i < s.length; i++)
        want_byte(&s, i, bytes[i]);
    return s;
}

void date_cell_start(struct date_cell *d, const char *format, uint64_t *seen)
{
    d->format = format;
    d->seen = seen;
    d->shape = shape_of(format);
    for (int i = 0; i <= 12 * DATE_YEARS; i++)
        day_from_civil(DATE_FIRST_YEAR + i / 12, 1 + i % 12, 1, &d->month[i]);
}

static uint32_t number_at(const char *text, uint32_t place, uint32_t n)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum = 10 * sum + (uint32_t)(text[place + i] - '0');
    return sum;
}

/* False where parse_date() has to say what the text is. */
static bool shaped_date(const char *text, const uint64_t ends[DATE_ENDS], const struct date_cell *d,
                        int32_t *day)
{
    const struct date_shape *const s = &d->shape;
    uint64_t wrong = 0;
    for (int i = 0; i < DATE_ENDS; i++)
        wrong |= ((ends[i] & s->care[i]) ^ s->want[i]) |
                 (((ends[i] + s->six[i]) & s->care[i]) ^ s->want[i]);
    const uint32_t year = number_at(text, s->year, 4) - DATE_FIRST_YEAR,
                   month = number_at(text, s->month, 2) - 1,
                   after_first = number_at(text, s->day, 2) - 1;
    if (wrong || year >= DATE_YEARS || month >= 12)
        return false;
    const int32_t *const first = &d->month[12 * year + month];
    *day = first[0] + (int32_t)after_first;
    return after_first < (uint32_t)(first[1] - first[0]);
}

/* A day is seen as its text is read: where the rest of its line does not fit, there
   will be no result that could hold it. */
static void see_day(struct date_cell *d, int32_t day)
{
    assert(day >= LEDGER_FIRST_DAY && day <= LEDGER_LAST_DAY);
    const size_t bit = (size_t)(day - LEDGER_FIRST_DAY);
    d->seen[bit / 64] |= 1ULL << bit % 64;
}

/* Each text has a place of its own among those that are kept. */
static bool kept_date(struct slice text, const uint64_t ends[DATE_ENDS], struct date_cell *d,
                      int32_t *day)
{
    const uint64_t mixed = (ends[0] * 31 ^ ends[1]) * 0x9e3779b97f4a7c15u;
    struct date_kept *const k = &d->kept[mixed >> 55];
    if (k->ends[0] != ends[0] || k->ends[1] != ends[1] || k->length != text.length) {
        if (!parse_date(text.text, text.length, d->format, day))
            return false;
        *k = (struct date_kept){{ends[0], ends[1]}, text.length, *day};
    }
    *day = k->day;
    return true;
}

_Static_assert(DATES_KEPT == 1 << (64 - 55), "nine bits give the place");

bool cell_date_new(struct slice text, const uint64_t *ends, struct date_cell *d, int32_t *day)
{
    const bool shaped =
        ends && text.length == d->shape.length && shaped_date(text.text, ends, d, day);
    const bool well = shaped || (ends ? kept_date(text, ends, d, day)
                                      : parse_date(text.text, text.length, d->format, day));
    if (!well)
        return false;
    see_day(d, *day);
    if (ends)
        d->last = (struct date_kept){{ends[0], ends[1]}, text.length, *day};
    return true;
}
