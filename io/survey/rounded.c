/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/rounded.h"

#include <string.h>

static const char digits[] = "0123456789";

bool rounded_is(const char *text)
{
    if (strspn(text, digits) != 1)
        return false;
    const char *at = text + 1;
    if (*at == '.' || *at == ',') {
        const size_t behind = strspn(at + 1, digits);
        if (behind == 0)
            return false;
        at += 1 + behind;
    }
    if ((*at != 'E' && *at != 'e') || at[1] != '+')
        return false;
    const size_t power = strspn(at + 2, digits);
    return power >= 2 && at[2 + power] == '\0';
}

bool rounded_find(const struct column *c, size_t n_rows, size_t *row)
{
    for (*row = 0; *row < n_rows; ++*row)
        if (c->as.text[*row] && rounded_is(c->as.text[*row]))
            return true;
    return false;
}
