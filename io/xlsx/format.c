/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/xlsx/format.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "io/text/parse.h"

enum { ZERO = '\1', HASH = '\2', BLANK = '\3' }; /* placeholders of a pattern */

/* What the marks of a section tell. */
struct marks {
    size_t zeros, places; /* placeholders: those of zeros, and all */
    bool quantity;        /* a decimal point, thousands mark, percent sign, exponent, fraction */
    bool divided;         /* a mark stands between placeholders */
    bool day, month, hour, second, elapsed;
    bool text;       /* @ */
    bool fraction;   /* the placeholders at hand are those of a second */
    char *pattern;   /* [n] */
    size_t n, ended; /* ended: n behind the last placeholder */
};

/* ---- marks ---- */

static bool is_place(char c)
{
    return c == ZERO || c == HASH || c == BLANK;
}

static void literal(struct marks *m, char c)
{
    if (!is_place(c))
        m->pattern[m->n++] = c;
}

static void placeholder(struct marks *m, char mark)
{
    if (m->fraction)
        return;
    for (size_t i = m->ended; m->places > 0 && i < m->n; i++)
        m->divided |= m->pattern[i] != ' ' && (unsigned char)m->pattern[i] < 0x80;
    m->pattern[m->n++] = mark;
    m->ended = m->n;
    m->zeros += mark == ZERO;
    m->places++;
}

static const char *quoted(struct marks *m, const char *at)
{
    for (at++; *at && *at != '"'; at++)
        literal(m, *at);
    return *at ? at + 1 : at;
}

/* "[h]": one letter, once or more. */
static bool is_elapsed(const char *at, size_t n)
{
    const int letter = n ? tolower((unsigned char)at[0]) : 0;
    if (letter != 'h' && letter != 'm' && letter != 's')
        return false;
    for (size_t i = 1; i < n; i++)
        if (tolower((unsigned char)at[i]) != letter)
            return false;
    return true;
}

static void condition(struct format_section *s, const char *at, size_t n)
{
    size_t sign = 1;
    s->compare = at[0];
    if (n > 1 && (at[1] == '=' || at[1] == '>')) {
        s->compare = at[1] == '>' ? '!' : at[0] == '<' ? 'l' : 'g';
        sign = 2;
    }
    if (!parse_real(at + sign, n - sign, &s->bound))
        s->compare = 0;
}

/* [Red] [h] [<=100] [$EUR-407] [DBNum1] */
static const char *bracketed(struct marks *m, struct format_section *s, const char *at)
{
    size_t n = strcspn(++at, "]");
    if (is_elapsed(at, n)) {
        m->elapsed = true;
        m->fraction = at[n] && at[n + 1] == '.';
    } else if (n > 0 && strchr("<>=", at[0])) {
        condition(s, at, n);
    } else if (at[0] == '$') {
        for (size_t i = 1; i < n && at[i] != '-'; i++)
            literal(m, at[i]);
    }
    return at[n] ? at + n + 1 : at + n;
}

/* A character behind \ _ or *: the first shows it, the second leaves its width, the third fills. */
static const char *escaped(struct marks *m, const char *at)
{
    const bool shown = *at++ == '\\';
    size_t n = *at != '\0';
    while (n > 0 && ((unsigned char)at[n] & 0xc0) == 0x80)
        n++;
    for (size_t i = 0; shown && i < n; i++)
        literal(m, at[i]);
    return at + n;
}

static size_t word(const char *at)
{
    static const char *const words[] = {"General", "Standard", "AM/PM", "A/P"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(at, words[i], strlen(words[i])) == 0)
            return strlen(words[i]);
    return 0;
}

static void letter(struct marks *m, const char *at)
{
    const int c = tolower((unsigned char)*at);
    m->fraction = false;
    switch (c) {
    case 'e':
        if (at[1] == '+' || at[1] == '-') {
            m->quantity = true;
            break;
        }
        m->day = true; /* year of an era */
        break;
    case 'y':
    case 'd':
    case 'g':
    case 'b':
        m->day = true;
        break;
    case 'm':
        m->month = true;
        break;
    case 'h':
        m->hour = true;
        break;
    case 's':
        m->second = true;
        m->fraction = at[1] == '.';
        break;
    default:
        literal(m, *at);
    }
}

static void mark(struct marks *m, const char *at)
{
    const bool next = at[1] && strchr("0#?", at[1]);
    const bool behind = m->ended > 0 && m->ended == m->n;
    switch (*at) {
    case '0':
        placeholder(m, ZERO);
        break;
    case '#':
        placeholder(m, HASH);
        break;
    case '?':
        placeholder(m, BLANK);
        break;
    case '%':
        m->quantity = true;
        break;
    case '.':
    case ',':
        m->quantity |= !m->fraction && (next || behind);
        if (!m->quantity)
            literal(m, *at);
        break;
    case '/':
        m->quantity |= m->places > 0 && (behind || next || at[1] == ' ');
        literal(m, *at);
        break;
    case '@':
        m->text = true;
        break;
    default:
        letter(m, at);
    }
}

/* ---- a section ---- */

/* Reads one section; where the next begins, or NULL. */
static const char *read_section(const char *at, struct marks *m, struct format_section *s)
{
    while (*at && *at != ';') {
        const size_t n = word(at);
        if (n > 0) {
            m->hour |= at[n - 1] == 'M' || at[n - 1] == 'm' || at[n - 1] == 'P' || at[n - 1] == 'p';
            m->quantity |= n > 5;
            at += n;
        } else if (*at == '"') {
            at = quoted(m, at);
        } else if (*at == '[') {
            at = bracketed(m, s, at);
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at = escaped(m, at);
        } else {
            mark(m, at++);
        }
    }
    return *at ? at + 1 : NULL;
}

/* One zero with a word beside it ("0 kg") is a quantity; zeros that fill up, or marks between
   digits, make an id. */
static enum format_kind kind_of(const struct marks *m)
{
    const bool time = m->hour || m->second;
    const bool date = m->day || (m->month && !time);
    if (m->places > 0 && (date || time || m->elapsed))
        return FORMAT_PLAIN;
    if (m->places > 0)
        return !m->quantity && (m->zeros >= 2 || m->divided) ? FORMAT_DIGITS : FORMAT_PLAIN;
    if (m->elapsed && !m->day)
        return FORMAT_ELAPSED;
    return date ? FORMAT_DATE : time ? FORMAT_TIME : FORMAT_PLAIN;
}

void format_parse(const char *code, struct number_format *format, struct arena *keep)
{
    const size_t room = strlen(code) + 1;
    *format = (struct number_format){0};
    for (const char *at = code; at && format->n < 3;) {
        struct format_section *s = &format->section[format->n];
        struct marks m = {.pattern = ARENA_NEW(keep, char, room)};
        at = read_section(at, &m, s);
        s->kind = kind_of(&m);
        s->has_time = m.hour || m.second || m.elapsed;
        s->pattern = m.pattern;
        if (m.text && format->n > 0)
            break;
        format->n++;
    }
}

/* ---- built-in formats (18.8.30) ---- */

const char *format_built_in(unsigned id)
{
    static const char *const codes[] = {
        [1] = "0",         [2] = "0.00",        [3] = "#,##0",
        [4] = "#,##0.00",  [9] = "0%",          [10] = "0.00%",
        [11] = "0.00E+00", [12] = "# ?/?",      [13] = "# ?\?/?\?",
        [14] = "mm-dd-yy", [15] = "d-mmm-yy",   [16] = "d-mmm",
        [17] = "mmm-yy",   [18] = "h:mm AM/PM", [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",     [21] = "h:mm:ss",    [22] = "m/d/yy h:mm",
        [45] = "mm:ss",    [46] = "[h]:mm:ss",  [47] = "mmss.0",
        [48] = "##0.0E+0", [49] = "@"};
    /* dates of the locales of East Asia, which differ between them in their looks only */
    if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return "yyyy-mm-dd";
    return id < sizeof codes / sizeof *codes && codes[id] ? codes[id] : "General";
}

/* ---- values ---- */

static bool meets(const struct format_section *s, double value)
{
    switch (s->compare) {
    case '<':
        return value < s->bound;
    case '>':
        return value > s->bound;
    case 'l':
        return value <= s->bound;
    case 'g':
        return value >= s->bound;
    case '!':
        return value != s->bound;
    default:
        return value == s->bound;
    }
}

/* Without conditions: positive, negative, zero; the last takes what is left. */
const struct format_section *format_for(const struct number_format *f, double value, bool *alone)
{
    bool conditions = false;
    *alone = false;
    for (size_t i = 0; i < f->n; i++) {
        const struct format_section *s = &f->section[i];
        conditions |= s->compare != 0;
        if (s->compare ? meets(s, value) : conditions && i + 1 == f->n)
            return s;
    }
    if (conditions || f->n < 2 || value > 0 || (value == 0 && f->n == 2))
        return f->section;
    *alone = value < 0;
    return &f->section[value < 0 ? 1 : 2];
}

/* Its digits, none of 0; their number. */
static size_t put_digits(uint64_t value, char digits[32])
{
    size_t n = 0;
    for (uint64_t v = value; v > 0; v /= 10)
        n++;
    for (size_t i = n; i-- > 0; value /= 10)
        digits[i] = (char)('0' + value % 10);
    return n;
}

static void push(char *buffer, size_t *at, char c)
{
    buffer[--*at] = c;
}

/* From the right: digits into placeholders, those left over before the first of them. */
size_t format_digits(const struct format_section *s, double value, bool alone,
                     char buffer[FORMAT_LONGEST])
{
    char digits[32];
    const size_t length = strlen(s->pattern);
    size_t n = put_digits((uint64_t)fabs(value), digits), places = 0;
    size_t at = FORMAT_LONGEST;
    if (length + sizeof digits > FORMAT_LONGEST)
        return 0;
    for (size_t i = 0; i < length; i++)
        places += is_place(s->pattern[i]);
    for (size_t i = length; i-- > 0;) {
        const char c = s->pattern[i];
        if (!is_place(c)) {
            push(buffer, &at, c);
            continue;
        }
        if (n > 0)
            push(buffer, &at, digits[--n]);
        else if (c == ZERO)
            push(buffer, &at, '0');
        for (places--; places == 0 && n > 0;)
            push(buffer, &at, digits[--n]);
    }
    if (value < 0 && !alone)
        push(buffer, &at, '-');
    memmove(buffer, buffer + at, FORMAT_LONGEST - at);
    return FORMAT_LONGEST - at;
}
