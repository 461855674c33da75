/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scan/plain.h"

#include <string.h>

/* What a byte did. */
enum step { STEP_ON, STEP_FIELD, STEP_RECORD, STEP_FAULT };

/* A quote opens a quoted field only as the field's first byte; elsewhere in an
   unquoted field it is data. */
static enum step take(enum scan_state *state, char c, char delimiter)
{
    const bool line = c == '\n' || c == '\r';
    if (*state == QUOTED) {
        if (c == '"')
            *state = QUOTE_IN_QUOTED;
        return STEP_ON;
    }
    if (c == delimiter || line) {
        *state = FIELD_START;
        return line ? STEP_RECORD : STEP_FIELD;
    }
    if (*state == QUOTE_IN_QUOTED && c != '"')
        return STEP_FAULT;
    *state = c == '"' && *state != UNQUOTED ? QUOTED : UNQUOTED;
    return STEP_ON;
}

/* Bytes of the character that starts with c; 0 if none does. */
static size_t utf8_need(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
}

static size_t utf8_length(const unsigned char *p, size_t left)
{
    const unsigned char c = p[0];
    const size_t n = utf8_need(c);
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f) || (c == 0xf0 && p[1] < 0x90) ||
        (c == 0xf4 && p[1] > 0x8f))
        return 0;
    return n;
}

/* Bytes below 0x80 at the start of the text. */
static size_t ascii_length(const char *bytes, size_t n)
{
    const uint64_t high = 0x8080808080808080u;
    uint64_t eight;
    size_t at = 0;
    for (; n - at >= 8; at += 8) {
        memcpy(&eight, bytes + at, 8);
        if (eight & high)
            break;
    }
    while (at < n && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
size_t scan_utf8(const char *bytes, size_t n)
{
    size_t at = 0;
    while ((at += ascii_length(bytes + at, n - at)) < n) {
        const size_t length = utf8_length((const unsigned char *)bytes + at, n - at);
        if (length == 0)
            return at;
        at += length;
    }
    return n;
}

/* Whether the text ends within a character. */
static bool is_cut(const char *p, size_t left)
{
    for (size_t i = 1; i < left; i++)
        if (((unsigned char)p[i] & 0xc0) != 0x80)
            return false;
    return utf8_need((unsigned char)p[0]) > left;
}

/* A character that the end of the window cuts is no fault. */
static size_t utf8_fault(const struct scan *s, size_t from, size_t to)
{
    if (!s->utf8)
        return to;
    const size_t valid = from + scan_utf8(s->bytes + from, to - from);
    return valid < to && to < s->n && is_cut(s->bytes + valid, to - valid) ? to : valid;
}

static enum scan_fault fault_at(struct scan *s, size_t at, enum scan_fault fault)
{
    s->fault_at = at;
    return fault;
}

enum scan_fault scan_plain(struct scan *s, size_t from, size_t to)
{
    const size_t bad = utf8_fault(s, from, to);
    enum scan_state state = FIELD_START;
    size_t n_ends = 0, opened = from, started = from;
    s->n_records = 0;
    for (size_t at = from; at < to; at++) {
        const char c = s->bytes[at];
        if (c == '\0')
            return fault_at(s, at, SCAN_NUL);
        if (c == '"' && state == FIELD_START)
            opened = at;
        const enum step step = take(&state, c, s->delimiter);
        if (step == STEP_FAULT)
            return fault_at(s, at, SCAN_AFTER_QUOTE);
        if (at == bad)
            return fault_at(s, at, SCAN_UTF8);
        if (step == STEP_ON)
            continue;
        s->ends_room[n_ends++] = (uint32_t)at;
        if (step == STEP_RECORD) {
            s->records_room[s->n_records++] = (uint32_t)n_ends;
            started = at + 1;
        }
    }
    if (to < s->n || started == to)
        return SCAN_WELL;
    if (state == QUOTED)
        return fault_at(s, opened, SCAN_UNCLOSED);
    s->ends_room[n_ends++] = (uint32_t)to;
    s->records_room[s->n_records++] = (uint32_t)n_ends;
    return SCAN_WELL;
}

size_t scan_plain_ends(char delimiter, const char *bytes, size_t n, enum scan_state *state,
                       size_t *first)
{
    size_t cut = *first = 0;
    for (size_t at = 0; at < n; at++) {
        const enum step step = take(state, bytes[at], delimiter);
        if (step == STEP_FAULT)
            return SIZE_MAX;
        if (step == STEP_RECORD) {
            cut = at + 1;
            *first = *first ? *first : cut;
        }
    }
    return cut;
}

size_t scan_plain_cut(char delimiter, const char *bytes, size_t n)
{
    enum scan_state state = FIELD_START;
    size_t first;
    const size_t cut = scan_plain_ends(delimiter, bytes, n, &state, &first);
    return cut == SIZE_MAX ? n : cut;
}
