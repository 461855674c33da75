/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text/looks.h"

#include <string.h>

enum { LONGEST = 64, MOST_DECIMALS = 6 }; /* bytes of a text that is looked at */

/* ---- amounts ---- */

/* The marks between thousands, and how a study file calls them. */
static const struct mark {
    const char *thousands, *word;
    bool indian;
} marks[] = {{NULL, NULL, false},   {".", "'.'", false},     {",", "','", false},
             {"'", "\"'\"", false}, {" ", "a blank", false}, {",", "indian", true}};

static const struct {
    enum money_sign sign;
    const char *word;
} signs[] = {{SIGN_LEADING, "sign: leading"},
             {SIGN_TRAILING, "sign: trailing"},
             {SIGN_PARENTHESES, "sign: parentheses"},
             {SIGN_WORDS, "sign: cr_dr"}};

enum { N_MARKS = sizeof marks / sizeof *marks, N_SIGNS = sizeof signs / sizeof *signs };

struct text {
    const char *at;
    size_t length;
};

/* The fewest decimals that the text fits, from those of the format on. */
static bool fits(struct text text, struct money_format *f)
{
    int64_t minor;
    for (; f->decimals <= MOST_DECIMALS; f->decimals++)
        if (parse_money(text.at, text.length, f, &minor))
            return true;
    return false;
}

/* The declared sign first, then the others: f->sign of the first that fits. */
static bool fits_by_sign(struct text text, struct money_format *f)
{
    const int decimals = f->decimals;
    for (size_t i = 0; i <= N_SIGNS; i++) {
        f->decimals = decimals;
        if (i > 0)
            f->sign = signs[i - 1].sign;
        if (fits(text, f))
            return true;
    }
    return false;
}

/* Likewise with the mark between thousands; the decimal mark stays. */
static bool fits_by_mark(struct text text, const struct money_format *declared,
                         struct money_format *f)
{
    const char decimal = f->decimal;
    for (size_t i = 0; i <= N_MARKS; i++) {
        const char *thousands = i > 0 ? marks[i - 1].thousands : declared->thousands;
        *f = *declared;
        f->decimal = decimal;
        f->thousands = thousands;
        f->indian = i > 0 ? marks[i - 1].indian : declared->indian;
        f->currency = NULL;
        if ((!thousands || *thousands != decimal) && fits_by_sign(text, f))
            return true;
    }
    return false;
}

static bool same_mark(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

static const char *mark_word(const struct money_format *f)
{
    size_t i = 1;
    while (!same_mark(marks[i].thousands, f->thousands) || marks[i].indian != f->indian)
        i++;
    return marks[i].word;
}

static const char *sign_word(enum money_sign sign)
{
    size_t i = 0;
    while (signs[i].sign != sign)
        i++;
    return signs[i].word;
}

static const char * and (const char *text, const char *more, struct arena *keep)
{
    return *text ? arena_printf(keep, "%s and %s", text, more) : more;
}

/* In what a form differs from the one declared. */
static const char *difference(struct text text, const struct money_format *declared,
                              const struct money_format *f, struct arena *keep)
{
    const char *said = "";
    struct money_mark mark;
    int64_t minor;
    if (f->decimal != declared->decimal)
        said = arena_printf(keep, "decimal mark '%c'", f->decimal);
    if (f->thousands &&
        (!same_mark(f->thousands, declared->thousands) || f->indian != declared->indian))
        said = and(said, arena_printf(keep, "thousands %s", mark_word(f)), keep);
    if (f->sign != declared->sign)
        said = and(said, sign_word(f->sign), keep);
    if (f->decimals != declared->decimals)
        said = and(said, arena_printf(keep, "%d decimals", f->decimals), keep);
    struct money_format home = *f;
    home.currency = declared->currency;
    if (!parse_money(text.at, text.length, &home, &minor) &&
        parse_money_marked(text.at, text.length, f, &minor, &mark))
        said = and(said,
                   arena_printf(keep, "an amount in %s, not in %s", mark.text, declared->currency),
                   keep);
    return said;
}

const char *looks_like_money(const char *text, size_t length, const struct money_format *declared,
                             struct arena *keep)
{
    const struct text whole = {text, length};
    const char *said = NULL;
    if (length > LONGEST)
        return NULL;
    for (int other = 0; other < 2; other++) {
        struct money_format f = *declared;
        if (other)
            f.decimal = declared->decimal == '.' ? ',' : '.';
        if (!fits_by_mark(whole, declared, &f))
            continue;
        const bool marks_fit =
            same_mark(f.thousands, declared->thousands) && f.decimals == declared->decimals;
        const char *form = difference(whole, declared, &f, keep);
        said = said ? arena_printf(keep, "%s, or %s", said, form) : form;
        if (!other && marks_fit)
            break;
    }
    return said;
}

bool looks_shortened(const char *text, size_t length)
{
    double number;
    return length <= LONGEST && (memchr(text, 'E', length) || memchr(text, 'e', length)) &&
           parse_real(text, length, &number);
}

/* ---- dates ---- */

static const char *const days[] = {"%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y",
                                   "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",   "%d%m%Y",
                                   "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%d-%b-%Y",
                                   "%d-%b-%y", "%d %b %Y", "%b %d, %Y"};
static const char *const times[] = {"",          " %H:%M",       " %H:%M:%S",   " %H:%M:%S %z",
                                    "T%H:%M:%S", "T%H:%M:%S%z",  " %H:%M:%S%z", " %H:%M %p",
                                    "T%H:%M",    " %H:%M:%S %p", "T%H:%M%z"};

/* Serial numbers of the years that ledgers are of. */
static bool is_recent_serial(const char *text, size_t length)
{
    static const char first[] = "1990-01-01", last[] = "2064-12-31";
    int32_t from = 0, to = 0;
    struct written_time written;
    parse_iso_date(first, strlen(first), &from);
    parse_iso_date(last, strlen(last), &to);
    return parse_serial_date(text, length, false, &written) && written.day >= from &&
           written.day <= to;
}

struct date_looks date_looks_of(const char *text, size_t length, struct arena *keep)
{
    enum { N_DAYS = sizeof days / sizeof *days, N_TIMES = sizeof times / sizeof *times };
    struct date_looks looks = {0, ARENA_NEW(keep, const char *, N_DAYS *N_TIMES)};
    int32_t day;
    if (length > LONGEST)
        return looks;
    if (is_recent_serial(text, length)) {
        looks.format[looks.n++] = "excel";
        return looks;
    }
    for (size_t d = 0; d < N_DAYS; d++)
        for (size_t t = 0; t < N_TIMES; t++) {
            const char *format = arena_printf(keep, "%s%s", days[d], times[t]);
            if (parse_date(text, length, format, &day))
                looks.format[looks.n++] = format;
        }
    return looks;
}

bool date_looks_narrow(struct date_looks *looks, const char *text, size_t length)
{
    size_t n = 0;
    int32_t day;
    for (size_t i = 0; i < looks->n; i++)
        n += parse_date(text, length, looks->format[i], &day);
    if (n == 0)
        return false;
    n = 0;
    for (size_t i = 0; i < looks->n; i++)
        if (parse_date(text, length, looks->format[i], &day))
            looks->format[n++] = looks->format[i];
    looks->n = n;
    return true;
}

const char *date_looks_told(const struct date_looks *looks, struct arena *keep)
{
    const char *said = NULL;
    for (size_t i = 0; i < looks->n; i++)
        said = said ? arena_printf(keep, "%s or \"%s\"", said, looks->format[i])
                    : arena_printf(keep, "\"%s\"", looks->format[i]);
    return said;
}

const char *looks_like_date(const char *text, size_t length, struct arena *keep)
{
    const struct date_looks looks = date_looks_of(text, length, keep);
    return date_looks_told(&looks, keep);
}
