/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/rounded.h"

#include <string.h>

#include "io/key/keys.h"

bool rounded_is(const char *text)
{
    return key_is_shortened(text, strlen(text));
}

bool rounded_find(const struct column *c, size_t n_rows, size_t *row)
{
    for (*row = 0; *row < n_rows; ++*row)
        if (c->as.text[*row] && rounded_is(c->as.text[*row]))
            return true;
    return false;
}
