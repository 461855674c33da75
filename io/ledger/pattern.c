/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/pattern.h"

#include <string.h>

#include "io/ledger/cell.h"

enum { DIGITS = 18 }; /* that always make an int64_t */

/* A number of digits alone; more of them, zeros in front apart, are none that a range has. */
static bool take_digits(const char *text, size_t length, int64_t *value)
{
    int64_t sum = 0;
    const char *end = text + length;
    if (length == 0)
        return false;
    while (text + DIGITS < end && *text == '0')
        text++;
    if (end - text > DIGITS)
        return false;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9')
            return false;
        sum = 10 * sum + (*text - '0');
    }
    *value = sum;
    return true;
}

static bool take_range(const char *value, int64_t *low, int64_t *high)
{
    const char *dots = strstr(value, "..");
    return dots && take_digits(value, (size_t)(dots - value), low) &&
           take_digits(dots + 2, strlen(dots + 2), high);
}

static bool is_beginning(const char *value)
{
    const size_t n = strlen(value);
    return n > 0 && value[n - 1] == '*';
}

bool pattern_is(const char *value)
{
    int64_t low, high;
    return is_beginning(value) || take_range(value, &low, &high);
}

bool pattern_is_empty(const char *value)
{
    int64_t low, high;
    return take_range(value, &low, &high) && low > high;
}

bool pattern_fits(const char *value, struct slice text)
{
    const size_t n = strlen(value);
    int64_t low, high, number;
    if (text.length == n && memcmp(text.text, value, n) == 0)
        return true;
    if (is_beginning(value))
        return text.length >= n - 1 && memcmp(text.text, value, n - 1) == 0;
    return take_range(value, &low, &high) && take_digits(text.text, text.length, &number) &&
           number >= low && number <= high;
}

bool pattern_any(const struct texts *values, struct slice text)
{
    for (size_t i = 0; i < values->n; i++)
        if (pattern_fits(values->at[i], text))
            return true;
    return false;
}

bool pattern_any_cell(const struct texts *values, struct slice cell)
{
    const struct slice text = cell_trimmed(cell);
    return pattern_any(values, cell) || (text.length < cell.length && pattern_any(values, text));
}
