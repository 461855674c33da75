/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/cell.h"

#include <assert.h>
#include <string.h>

/* "a ""b""" without its quotes: a "b". */
static struct slice unquote(struct slice field, struct arena *scratch)
{
    assert(field.length >= 2);
    struct slice inner = {field.text + 1, field.length - 2};
    if (!memchr(inner.text, '"', inner.length))
        return inner;
    char *to = ARENA_NEW(scratch, char, inner.length);
    uint32_t n = 0;
    for (uint32_t i = 0; i < inner.length; i++) {
        to[n++] = inner.text[i];
        i += inner.text[i] == '"';
    }
    return (struct slice){to, n};
}

static bool is_ascii(struct slice text)
{
    unsigned char all = 0;
    for (uint32_t i = 0; i < text.length; i++)
        all |= (unsigned char)text.text[i];
    return all < 0x80;
}

bool cell_convert(struct slice field, const struct code_page *page, struct arena *scratch,
                  struct slice *text)
{
    size_t n, bad;
    *text = field.length > 0 && field.text[0] == '"' ? unquote(field, scratch) : field;
    if (!page || is_ascii(*text))
        return true;
    const char *utf8 = code_page_text(page, text->text, text->length, &n, &bad, scratch);
    if (utf8)
        *text = (struct slice){utf8, (uint32_t)n};
    return utf8 != NULL;
}

bool header_names(const struct scan *s, const struct record *r, const struct code_page *page,
                  const char *const **names, struct arena *keep)
{
    const char **to = ARENA_NEW(keep, const char *, r->n);
    for (size_t i = 0; i < r->n; i++) {
        struct slice text;
        if (!cell_text(record_field(s, r, i), page, keep, &text))
            return false;
        to[i] = arena_strndup(keep, text.text, text.length);
    }
    *names = to;
    return true;
}

struct slice cell_id(struct slice cell, const char *starts_after, const char *ends_at)
{
    const char *at;
    if (starts_after && (at = memmem(cell.text, cell.length, starts_after, strlen(starts_after)))) {
        at += strlen(starts_after);
        cell.length -= (uint32_t)(at - cell.text);
        cell.text = at;
    }
    if (ends_at && (at = memmem(cell.text, cell.length, ends_at, strlen(ends_at))))
        cell.length = (uint32_t)(at - cell.text);
    return cell_trimmed(cell);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* [-]digits, with the decimal mark and at most the digits of the minor unit where
   there is one, short enough not to overflow.  What does not look like this is no
   error yet. */
static bool money_short(struct slice text, const struct money_format *format, int64_t *minor)
{
    const char *p = text.text, *const end = p + text.length;
    const bool negative = p < end && *p == '-' && format->sign == SIGN_LEADING;
    int64_t sum = 0;
    int missing = format->decimals;
    p += negative;
    if (p == end || end - p + missing > 18 || !is_digit(*p))
        return false;
    for (; p < end && is_digit(*p); p++)
        sum = 10 * sum + (*p - '0');
    if (p < end && *p == format->decimal)
        for (p++; p < end && is_digit(*p); p++, missing--)
            sum = 10 * sum + (*p - '0');
    if (p < end || missing < 0)
        return false;
    for (; missing > 0; missing--)
        sum *= 10;
    *minor = negative ? -sum : sum;
    return true;
}

bool cell_money_long(struct slice text, const struct money_format *format, int64_t *minor)
{
    struct money_mark mark;
    return money_short(text, format, minor) ||
           (parse_money_marked(text.text, text.length, format, minor, &mark) &&
            (format->currency || !mark.text[0]));
}

const char *scan_fault_what(enum scan_fault fault)
{
    switch (fault) {
    case SCAN_NUL:
        return "holds a NUL byte";
    case SCAN_UTF8:
        return "holds bytes that are not UTF-8";
    case SCAN_AFTER_QUOTE:
        return "has text after a closing quote";
    case SCAN_UNCLOSED:
        return "opens a quote that is never closed";
    case SCAN_WELL:
        break;
    }
    assert(!"a fault");
    return NULL;
}

const char *scan_fault_mend(enum scan_fault fault)
{
    switch (fault) {
    case SCAN_NUL:
        return "it may be UTF-16, or no text: export it as CSV UTF-8";
    case SCAN_UTF8:
        return "declare the file's encoding:, such as CP1252";
    default:
        return "double the quotes that belong to the text";
    }
}
