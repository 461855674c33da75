/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/judge_text.h"

#include <string.h>

#include "io/text/parse.h"

/* ---- texts ---- */

struct text text_of(const char *word)
{
    return (struct text){word ? word : "", word ? strlen(word) : 0};
}

int text_order(struct text a, struct text b)
{
    const int order = memcmp(a.at, b.at, a.n < b.n ? a.n : b.n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool text_same(struct text a, struct text b)
{
    return a.n == b.n && memcmp(a.at, b.at, a.n) == 0;
}

bool text_blank(struct text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.at[i] != ' ' && t.at[i] != '\t')
            return false;
    return true;
}

/* ---- records ---- */

/* A byte order mark is dropped, and a second one. */
struct reader reader_of(const void *bytes, size_t n, char delimiter, struct arena *keep)
{
    struct reader r = {.p = bytes, .n = n, .line = 1, .delimiter = delimiter};
    for (int i = 0; i < 2 && n - r.at >= 3 && memcmp(r.p + r.at, "\xef\xbb\xbf", 3) == 0; i++)
        r.at += 3;
    r.field = ARENA_NEW(keep, struct text, n + 1);
    r.text = ARENA_NEW(keep, char, n + 1);
    return r;
}

/* Bytes of the character at p, 0 if it is none (RFC 3629): its code point is put
   together and looked at. */
static size_t character(const unsigned char *p, size_t left)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    uint32_t point = n == 1 ? p[0] : p[0] & (0x7fu >> n);
    if (p[0] == '\0' || (p[0] >= 0x80 && p[0] < 0xc0) || p[0] >= 0xf8 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        point = point << 6 | (p[i] & 0x3f);
    }
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    return point < least[n] || point > 0x10ffff || surrogate ? 0 : n;
}

/* The next byte belongs to a character of UTF-8 that is no NUL. */
static bool is_text(struct reader *r)
{
    if (r->inside == 0)
        r->inside = character(r->p + r->at, r->n - r->at);
    return r->inside > 0 && r->inside-- > 0;
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* One byte on; LF, CRLF and a lone CR end a line of the file, in quotes or not. */
static void pass(struct reader *r)
{
    const char c = (char)r->p[r->at], before = r->at > 0 ? (char)r->p[r->at - 1] : '\0';
    r->at++;
    r->line += c == '\r' || (c == '\n' && before != '\r');
}

static enum found end_field(struct reader *r)
{
    r->field[r->n_fields++] = (struct text){r->text + r->start, r->n_text - r->start};
    r->start = r->n_text;
    return RECORD;
}

static enum found fault(struct reader *r, uint64_t line)
{
    r->fault = line;
    return FAULTY;
}

enum state { START, PLAIN, QUOTED, CLOSED, WRONG };

/* A byte that ends no record. */
static enum state take(struct reader *r, enum state state, char c)
{
    if (c == r->delimiter && state != QUOTED) {
        end_field(r);
        return START;
    }
    if (c == '"' && state == START)
        return QUOTED;
    if (c == '"' && state == QUOTED)
        return CLOSED;
    if (c != '"' && state == CLOSED)
        return WRONG;
    r->text[r->n_text++] = c;
    return state == QUOTED || state == CLOSED ? QUOTED : PLAIN;
}

enum found next_record(struct reader *r)
{
    enum state state = START;
    const size_t began = r->at;
    uint64_t opened = 0;
    r->started = r->line;
    r->n_fields = r->n_text = r->start = 0;
    r->empty = false;
    for (; r->at < r->n; pass(r)) {
        const char c = (char)r->p[r->at];
        if (!is_text(r))
            return fault(r, r->started);
        if (ends_line(c) && state != QUOTED) {
            r->empty = r->at == began;
            pass(r);
            if (c == '\r' && r->at < r->n && r->p[r->at] == '\n')
                pass(r);
            return end_field(r);
        }
        opened = state == START ? r->line : opened;
        state = take(r, state, c);
        if (state == WRONG)
            return fault(r, r->started);
    }
    if (state == QUOTED)
        return fault(r, opened);
    return r->at > began ? end_field(r) : NO_MORE;
}

/* ---- cells ---- */

static bool drop_front(struct text *t, const char *word)
{
    const size_t n = strlen(word);
    const bool there = t->n >= n && memcmp(t->at, word, n) == 0;
    if (there)
        *t = (struct text){t->at + n, t->n - n};
    return there;
}

static bool drop_back(struct text *t, const char *word)
{
    const size_t n = strlen(word);
    const bool there = t->n >= n && memcmp(t->at + t->n - n, word, n) == 0;
    t->n -= there ? n : 0;
    return there;
}

static bool drop_any(struct text *t, bool drop(struct text *t, const char *word),
                     const char *const *words)
{
    for (; *words; words++)
        if (drop(t, *words))
            return true;
    return false;
}

/* What stands beside the digits of an amount. */
struct beside {
    bool sign, negative;
    char glyph[4], code[4];
};

static const char *const blanks[] = {" ", "\t", "\u00a0", "\u2009", "\u202f", NULL};

/* Glyphs, each with what it may stand for behind it. */
static const char *const glyphs[][2] = {
    {"$", "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP BBD BMD BND BSD BZD FJD GYD JMD "
          "KYD LRD NAD SBD SRD TTD XCD CVE"},
    {"\u20ac", "EUR"},
    {"\u00a3", "GBP EGP FKP GIP IEP LBP SDG SHP SSP SYP"},
    {"\u00a5", "JPY CNY"},
    {"\u20b9", "INR"},
};
enum { N_GLYPHS = sizeof glyphs / sizeof *glyphs };

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z');
}

static bool take_glyph(struct text *t, bool drop(struct text *t, const char *word),
                       struct beside *b)
{
    for (size_t i = 0; !b->glyph[0] && i < N_GLYPHS; i++)
        if (drop(t, glyphs[i][0])) {
            memcpy(b->glyph, glyphs[i][0], strlen(glyphs[i][0]));
            return true;
        }
    return false;
}

/* Three capitals that stand apart from other letters, of a currency that there is. */
static bool take_code(struct text *t, bool front, struct beside *b)
{
    char code[4] = "";
    if (b->code[0] || t->n < 4)
        return false;
    const char *at = front ? t->at : t->at + t->n - 3;
    memcpy(code, at, 3);
    if (!is_capital(at[0]) || !is_capital(at[1]) || !is_capital(at[2]) ||
        is_letter(front ? at[3] : at[-1]) || currency_decimals(code) < 0)
        return false;
    memcpy(b->code, code, 4);
    *t = (struct text){front ? t->at + 3 : t->at, t->n - 3};
    return true;
}

/* Takes off blanks, one glyph, one code and, where it may stand, one sign; before all of
   them one apostrophe. */
static void undress(struct text *t, bool may_sign, struct beside *b)
{
    bool more = true;
    b->sign = !may_sign;
    drop_front(t, "'");
    while (more) {
        more = drop_any(t, drop_front, blanks) || take_glyph(t, drop_front, b) ||
               take_code(t, true, b);
        if (!more && !b->sign) {
            b->negative = drop_front(t, "-") || drop_front(t, "\u2212");
            more = b->sign = b->negative || drop_front(t, "+");
        }
    }
    while (drop_any(t, drop_back, blanks) || take_glyph(t, drop_back, b) || take_code(t, false, b))
        ;
}

/* Code and glyph stand for one currency, the declared one where there is one. */
static bool agree(const struct beside *b, const char *currency)
{
    const char *codes = "";
    for (size_t i = 0; i < N_GLYPHS; i++)
        if (strcmp(b->glyph, glyphs[i][0]) == 0)
            codes = glyphs[i][1];
    return (!b->code[0] || !currency || strcmp(b->code, currency) == 0) &&
           (!b->glyph[0] || !b->code[0] || strstr(codes, b->code)) &&
           (!b->glyph[0] || !currency || strstr(codes, currency));
}

/* 10 * sum + digit; false beyond 64 bits. */
static bool append_digit(int64_t *sum, int digit)
{
    if (*sum > (INT64_MAX - digit) / 10)
        return false;
    *sum = 10 * *sum + digit;
    return true;
}

bool read_money(struct text t, char decimal, int decimals, bool may_sign, const char *currency,
                int64_t *minor, char mark[4])
{
    struct beside beside = {.sign = false};
    int64_t sum = 0;
    size_t digits = 0;
    int fraction = -1; /* digits behind the mark; -1: there is none */
    undress(&t, may_sign, &beside);
    for (size_t i = 0; i < t.n; i++) {
        if (t.at[i] == decimal && fraction < 0) {
            fraction = 0;
            continue;
        }
        if (t.at[i] < '0' || t.at[i] > '9' || !append_digit(&sum, t.at[i] - '0'))
            return false;
        digits++;
        fraction += fraction >= 0;
        if (fraction > decimals)
            return false;
    }
    for (int i = fraction < 0 ? 0 : fraction; i < decimals; i++)
        if (!append_digit(&sum, 0))
            return false;
    *minor = beside.negative ? -sum : sum;
    memcpy(mark, beside.code[0] ? beside.code : beside.glyph, 4);
    return digits > 0 && agree(&beside, currency);
}

/* Digits, from `least` to `most` of them, off the front; 0 where they are fewer. */
static int take_number(struct text *t, int least, int most)
{
    int n = 0, sum = 0;
    for (; n < most && t->n > 0 && t->at[0] >= '0' && t->at[0] <= '9'; n++) {
        sum = 10 * sum + (t->at[0] - '0');
        *t = (struct text){t->at + 1, t->n - 1};
    }
    return n >= least ? sum : 0;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* The days of all years and months before it are added up. */
bool read_day(struct text t, int32_t *day)
{
    enum { FROM_YEAR_1_TO_1970 = 719162 };
    const int year = take_number(&t, 4, 4);
    if (!drop_front(&t, "-"))
        return false;
    const int month = take_number(&t, 1, 2);
    if (!drop_front(&t, "-"))
        return false;
    const int of_month = take_number(&t, 1, 2);
    if (t.n > 0 || year < 1 || month < 1 || month > 12 || of_month < 1 ||
        of_month > days_of(year, month))
        return false;
    const int before = year - 1;
    *day = 365 * before + before / 4 - before / 100 + before / 400;
    for (int m = 1; m < month; m++)
        *day += days_of(year, m);
    *day += of_month - 1 - FROM_YEAR_1_TO_1970;
    return true;
}
