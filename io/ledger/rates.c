/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/rates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/table/table.h"
#include "io/text/parse.h"

enum { SIGNIFICANT = 15, MOST_SCALE = 20, CODE = 3 };

/* ---- converting ---- */

/* x times 10^n, 0 <= n <= 30; false where it overflows. */
static bool scale_up(wide *x, int n)
{
    for (; n > 0; n--)
        if (__builtin_mul_overflow(*x, 10, x))
            return false;
    return true;
}

/* Half away from zero. */
static bool divide_rounded(wide numerator, wide denominator, int64_t *quotient)
{
    const wide half = numerator < 0 ? -denominator : denominator;
    wide twice;
    if (__builtin_mul_overflow(numerator, 2, &twice) ||
        __builtin_add_overflow(twice, half, &twice) ||
        __builtin_mul_overflow(denominator, 2, &denominator))
        return false;
    const wide rounded = twice / denominator;
    *quotient = (int64_t)rounded;
    return rounded <= INT64_MAX && rounded >= -INT64_MAX;
}

bool rate_convert(const struct rates *r, const struct currency_rates *c, const struct rate *rate,
                  int64_t minor, int64_t *home)
{
    const bool per_unit = r->quote == QUOTE_HOME_PER_UNIT;
    const int places = r->decimals - c->decimals + (per_unit ? -rate->scale : rate->scale);
    wide numerator = minor, denominator = 1;
    if (__builtin_mul_overflow(per_unit ? numerator : denominator, rate->digits,
                               per_unit ? &numerator : &denominator))
        return false;
    return scale_up(&numerator, places > 0 ? places : 0) &&
           scale_up(&denominator, places < 0 ? -places : 0) &&
           divide_rounded(numerator, denominator, home);
}

/* ---- looking up ---- */

static char capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

const struct currency_rates *rates_of(const struct rates *r, struct slice code)
{
    char text[CODE + 1] = "";
    if (code.length != CODE)
        return NULL;
    for (size_t i = 0; i < CODE; i++)
        text[i] = capital(code.text[i]);
    for (size_t i = 0; i < r->n; i++)
        if (memcmp(r->currency[i].code, text, CODE) == 0)
            return &r->currency[i];
    return NULL;
}

const struct rate *rate_on(const struct rates *r, const struct currency_rates *c, int32_t day,
                           size_t *latest)
{
    size_t low = 0, high = c->n; /* those before `low` are not after the day */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->day[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    *latest = low ? low - 1 : c->n;
    if (low == 0 || (int64_t)day - c->day[low - 1] > r->max_age)
        return NULL;
    return &c->rate[low - 1];
}

/* ---- reading ---- */

/* A line of the file. */
struct quoted {
    char code[CODE + 1];
    int32_t day;
    struct rate rate;
    uint64_t line;
};

struct reading {
    const struct frame *frame;
    const struct column *date, *currency, *rate;
    char decimal;
    bool is_workbook;
    struct err *err;
};

static bool wrong(const struct reading *r, const struct column *c, size_t row, const char *what,
                  const char *mend)
{
    return err_at(r->err, ERR_VALUE,
                  &(struct problem){.file = r->frame->file,
                                    .line = r->frame->line[row],
                                    .column = c->name,
                                    .value = c->as.text[row] ? c->as.text[row] : "",
                                    .what = what,
                                    .mend = mend});
}

static const char *trimmed(const char *text, size_t *length)
{
    text += strspn(text, " \t");
    *length = strlen(text);
    while (*length > 0 && (text[*length - 1] == ' ' || text[*length - 1] == '\t'))
        --*length;
    return text;
}

/* Digits with at most one mark, not all zeros; zeros at the end do not count. */
static bool parse_rate(const char *text, size_t length, char mark, struct rate *rate)
{
    size_t n = 0, point = SIZE_MAX;
    *rate = (struct rate){0, 0};
    for (size_t i = 0; i < length && point == SIZE_MAX; i++)
        if (text[i] == mark)
            point = i;
    while (point != SIZE_MAX && text[length - 1] == '0')
        length--;
    for (size_t i = 0; i < length; i++) {
        if (i == point)
            continue;
        n += n > 0 || text[i] != '0';
        if (text[i] < '0' || text[i] > '9' || n > SIGNIFICANT)
            return false;
        rate->digits = 10 * rate->digits + (text[i] - '0');
    }
    if (point != SIZE_MAX && length - point - 1 > MOST_SCALE)
        return false;
    rate->scale = point == SIZE_MAX ? 0 : (int)(length - point - 1);
    return rate->digits > 0;
}

/* The same with an exponent, as the number of a workbook's cell is told that is below 0.0001.
   In a file of text it would be the trace of a spreadsheet, which has cut the digits. */
static bool parse_scaled(const char *text, size_t length, struct rate *rate)
{
    const char *e = memchr(text, 'e', length);
    int64_t exponent = 0;
    const size_t n = e ? (size_t)(e - text) : length;
    if (e && !parse_whole(e + 1, length - n - 1, &exponent))
        return false;
    if (!parse_rate(text, n, '.', rate) || exponent > 0 || rate->scale - exponent > MOST_SCALE)
        return false;
    rate->scale -= (int)exponent;
    return true;
}

static bool read_code(const struct reading *r, size_t row, char code[CODE + 1])
{
    size_t n = 0;
    const char *text = r->currency->as.text[row] ? r->currency->as.text[row] : "";
    text = trimmed(text, &n);
    for (size_t i = 0; i < CODE && i < n; i++)
        code[i] = capital(text[i]);
    code[n < CODE ? n : CODE] = '\0';
    return (n == CODE && currency_decimals(code) >= 0) ||
           wrong(r, r->currency, row, "is no ISO 4217 currency code", "write it as USD");
}

static bool read_line(const struct reading *r, size_t row, struct quoted *q)
{
    size_t n;
    const char *date = r->date->as.text[row], *rate = r->rate->as.text[row];
    q->line = r->frame->line[row];
    if (!read_code(r, row, q->code))
        return false;
    date = trimmed(date ? date : "", &n);
    if (!parse_iso_date(date, n, &q->day))
        return wrong(r, r->date, row, "is no date as 2025-03-01",
                     "write the days of rates as year-month-day");
    rate = trimmed(rate ? rate : "", &n);
    return (r->is_workbook ? parse_scaled(rate, n, &q->rate)
                           : parse_rate(rate, n, r->decimal, &q->rate)) ||
           wrong(r, r->rate, row, "is no rate above 0 of at most 15 digits",
                 r->decimal == '.'
                     ? "write it as 1.0834 (or declare rates_decimal: \",\"), or leave the line out"
                     : "write it as 1,0834, or leave the line out");
}

static int by_code_and_day(const void *a, const void *b)
{
    const struct quoted *p = a, *q = b;
    const int order = memcmp(p->code, q->code, CODE);
    if (order)
        return order;
    if (p->day != q->day)
        return p->day < q->day ? -1 : 1;
    return (p->line > q->line) - (p->line < q->line);
}

static bool same_rate(const struct rate *a, const struct rate *b)
{
    return a->digits == b->digits && a->scale == b->scale;
}

/* Two rates of one day, or of the home currency, that contradict each other. */
static bool check_line(const struct reading *r, const char *home, const struct quoted *q,
                       const struct quoted *before)
{
    const bool again = before && memcmp(before->code, q->code, CODE) == 0 && before->day == q->day;
    const bool is_home = memcmp(home, q->code, CODE) == 0;
    char what[128];
    char day[16];
    if (is_home && !same_rate(&q->rate, &(struct rate){1, 0}))
        snprintf(what, sizeof what, "%s is what amounts are converted to: its rate is 1", home);
    else if (again && !same_rate(&q->rate, &before->rate))
        snprintf(what, sizeof what, "line %llu has another rate of %s for %s",
                 (unsigned long long)before->line, q->code, day_text(q->day, day));
    else
        return true;
    return err_at(r->err, ERR_VALUE,
                  &(struct problem){.file = r->frame->file,
                                    .line = q->line,
                                    .column = "rate",
                                    .what = what,
                                    .mend = "leave one line out"});
}

/* Sorted lines as currencies, the home currency in front. */
static bool gather(const struct reading *r, const char *home, const struct quoted *q, size_t n,
                   struct rates *to, struct arena *keep)
{
    struct currency_rates *list = ARENA_NEW(keep, struct currency_rates, n + 1), *c = list;
    int32_t *day = ARENA_NEW(keep, int32_t, n);
    struct rate *rate = ARENA_NEW(keep, struct rate, n);
    *c = (struct currency_rates){.code = home, .decimals = currency_decimals(home), .home = true};
    for (size_t i = 0; i < n; i++) {
        if (!check_line(r, home, &q[i], i ? &q[i - 1] : NULL))
            return false;
        if (memcmp(home, q[i].code, CODE) == 0)
            continue;
        if (c->home || memcmp(c->code, q[i].code, CODE) != 0)
            *++c = (struct currency_rates){.code = arena_strdup(keep, q[i].code),
                                           .decimals = currency_decimals(q[i].code),
                                           .day = day + i,
                                           .rate = rate + i};
        else if (c->day[c->n - 1] == q[i].day)
            continue; /* the same again */
        day[c->day - day + (ptrdiff_t)c->n] = q[i].day;
        rate[c->rate - rate + (ptrdiff_t)c->n] = q[i].rate;
        c->n++;
    }
    to->currency = list;
    to->n = (size_t)(c - list) + 1;
    return true;
}

static const struct column *find(const struct frame *f, const char *name, struct err *err)
{
    for (size_t j = 0; j < f->n_cols; j++)
        if (strcmp(f->cols[j].name, name) == 0)
            return &f->cols[j];
    err_at(err, ERR_COLUMN,
           &(struct problem){.file = f->file,
                             .column = name,
                             .what = "there is no such column",
                             .mend = "a file of rates has the columns date, currency and rate; "
                                     "declare rates_delimiter: where it is not \",\""});
    return NULL;
}

static bool read_all(struct reading *r, const char *home, struct rates *to, struct arena *keep,
                     struct arena *scratch)
{
    const struct frame *f = r->frame;
    struct quoted *q = ARENA_NEW(scratch, struct quoted, f->n_rows);
    if (!(r->date = find(f, "date", r->err)) || !(r->currency = find(f, "currency", r->err)) ||
        !(r->rate = find(f, "rate", r->err)))
        return false;
    for (size_t i = 0; i < f->n_rows; i++)
        if (!read_line(r, i, &q[i]))
            return false;
    if (f->n_rows > 0)
        qsort(q, f->n_rows, sizeof *q, by_code_and_day);
    return gather(r, home, q, f->n_rows, to, keep);
}

/* The table of the file; what is said of a delimiter is said of that of the rates. */
static const struct frame *read_table(const struct study_rates *declared, const char *path,
                                      struct arena *keep, struct err *err)
{
    const struct table_asked asked = {
        .dialect = {.delimiter = study_delimiter(declared->delimiter)},
        .workbook = {.sheet = declared->sheet, .date = "date"}};
    struct err own = {.code = ERR_NONE};
    const struct frame *f = table_read(path, &asked, keep, &own);
    if (!f && strstr(own.mend, "declare delimiter"))
        err_at(err, own.code,
               &(struct problem){.file = own.file,
                                 .line = own.line,
                                 .value = own.value,
                                 .what = own.what,
                                 .mend = "declare rates_delimiter: under currency:"});
    else if (!f)
        *err = own;
    return f;
}

const struct rates *rates_read(const struct study_ledger *ledger, const char *path,
                               struct arena *keep, struct err *err)
{
    const struct study_rates *declared = &ledger->rates;
    struct arena *scratch = arena_new();
    struct rates *to = ARENA_NEW(keep, struct rates, 1);
    struct reading r = {
        .decimal = declared->decimal[0], .is_workbook = table_is_workbook(path), .err = err};
    *to = (struct rates){.file = path,
                         .quote = declared->quote,
                         .max_age = declared->max_age,
                         .decimals = ledger->decimals};
    r.frame = read_table(declared, path, scratch, err);
    const bool well = r.frame && read_all(&r, ledger->currency_to, to, keep, scratch);
    arena_free(scratch);
    return well ? to : NULL;
}
