/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/answer_words.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

/* Typographic signs that a questionnaire writes in one export and not in the next.  Taken before
   normalisation, which would make a blank and an accent of U+00B4. */
static utf8proc_int32_t plain_sign(utf8proc_int32_t point, void *unused)
{
    (void)unused;
    switch (point) {
    case 0x60:   /* grave accent */
    case 0xb4:   /* acute accent */
    case 0x2bc:  /* modifier letter apostrophe */
    case 0x2018: /* single quotation marks */
    case 0x2019:
    case 0x201b:
    case 0x2032: /* prime */
        return '\'';
    case 0x2010: /* hyphens, dashes, minus */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    default:
        return point;
    }
}

/* Blanks by Unicode's categories, and the control characters that stand between words. */
static bool is_blank(utf8proc_int32_t point)
{
    if (point >= '\t' && point <= '\r')
        return true;
    const utf8proc_category_t kind = utf8proc_category(point);
    return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
           kind == UTF8PROC_CATEGORY_ZP || point == 0x85;
}

/* One blank for each run of them, none at the ends; gives how many points are left. */
static utf8proc_ssize_t squeeze(utf8proc_int32_t *points, utf8proc_ssize_t n)
{
    utf8proc_ssize_t left = 0;
    bool blank = false;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (is_blank(points[i])) {
            blank = left > 0;
            continue;
        }
        if (blank)
            points[left++] = ' ';
        points[left++] = points[i];
        blank = false;
    }
    return left;
}

const char *answer_folded(const char *text, struct arena *keep)
{
    const utf8proc_option_t how =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    const utf8proc_ssize_t length = (utf8proc_ssize_t)strlen(text);
    utf8proc_ssize_t n = utf8proc_decompose_custom(bytes, length, NULL, 0, how, plain_sign, NULL);
    if (n < 0)
        return text;
    /* One more point: reencode writes UTF-8 in the same room, and a NUL. */
    utf8proc_int32_t *points = ARENA_NEW(keep, utf8proc_int32_t, (size_t)n + 1);
    n = utf8proc_decompose_custom(bytes, length, points, n, how, plain_sign, NULL);
    assert(n >= 0);
    n = utf8proc_reencode(points, squeeze(points, n), how);
    assert(n >= 0);
    return (const char *)points;
}
