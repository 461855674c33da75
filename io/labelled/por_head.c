/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/labelled/por_head.h"

#include <stdbool.h>
#include <string.h>

enum {
    TABLE_AT = 200,
    TABLE_SIZE = 256,
    LINE = 80,
    ZERO = 64 /* where the table has the digit 0, which stands for characters that are not there */
};

/* Where the list has a character of ASCII (SPSS's list, from 0 on; see ReadStat's
   por_ascii_lookup): 0-9 A-Z a-z, blank and marks; some of these stand apart. */
static bool is_ascii(size_t at)
{
    return (at >= ZERO && at <= 155) || at == 162 || (at >= 184 && at <= 186);
}

/* Finds where in the file the table's entries are: lines are of 80 bytes, the blanks at the end of
   one may be missing.  The number that was found. */
static size_t find_table(const uint8_t *bytes, size_t n, size_t at[TABLE_SIZE])
{
    size_t place = 0, column = 0, found = 0;
    for (size_t i = 0; i < n && place < TABLE_AT + TABLE_SIZE; i++) {
        if (bytes[i] == '\r')
            continue;
        if (bytes[i] == '\n') {
            place += LINE - (column < LINE ? column : LINE);
            column = 0;
            continue;
        }
        if (place >= TABLE_AT) {
            if (place != TABLE_AT + found)
                return 0; /* a line is too short within the table */
            at[found++] = i;
        }
        place++;
        column++;
    }
    return found;
}

void por_head_mend(uint8_t *bytes, size_t n)
{
    size_t at[TABLE_SIZE];
    bool taken[256] = {false};
    if (find_table(bytes, n, at) != TABLE_SIZE)
        return;
    const uint8_t zero = bytes[at[ZERO]];
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        uint8_t *byte = &bytes[at[i]];
        if (is_ascii(i) && !taken[*byte])
            taken[*byte] = true;
        else
            *byte = zero;
    }
}
