/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ledger_judge.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/ledger/pass.h"
#include "io/ledger/internal.h"
#include "tests/judge_text.h"

/* A string that grows. */
struct page {
    struct arena *keep;
    char *at;
    size_t n, room;
};

static void page_add(struct page *p, const char *text)
{
    const size_t n = strlen(text);
    if (p->n + n >= p->room) {
        p->room = 2 * (p->n + n) + 256;
        char *larger = ARENA_NEW(p->keep, char, p->room);
        if (p->n > 0)
            memcpy(larger, p->at, p->n);
        p->at = larger;
    }
    memcpy(p->at + p->n, text, n + 1);
    p->n += n;
}

static void page_add_key(struct page *p, struct text key)
{
    for (size_t i = 0; i < key.n; i++) {
        char text[8];
        const unsigned char c = (unsigned char)key.at[i];
        snprintf(text, sizeof text, c < ' ' || c == '|' || c == '\\' ? "\\%02x" : "%c", c);
        page_add(p, text);
    }
}

/* ---- lines ---- */

/* A counted line of a customer. */
struct sale {
    struct text key, document;
    int32_t day;
    int64_t minor;
    enum ledger_kind kind;
    size_t file, order; /* which file; which of all lines */
    uint64_t line;
};

/* Everything read so far. */
struct court {
    const struct study *study;
    int32_t from, to;
    struct arena *keep;
    struct sale *sale;
    size_t n, room;
    struct page files;
    enum err_code error;
    size_t error_file;
    uint64_t error_line;
};

enum { KEY, DOCUMENT, DATE, AMOUNT, TYPE, CURRENCY, N_ROLES, ABSENT = -1 };

/* One file's columns and counts. */
struct trial {
    struct court *court;
    const struct study_ledger *l;
    size_t file;
    struct reader r;
    size_t n_columns;
    int column[N_ROLES];
    uint64_t lines, kind[LEDGER_N_KINDS], sale_negative, return_positive;
    char mark[4]; /* beside an amount so far */
    int32_t *day;
    size_t n_days;
    struct page left_out;
};

static bool guilty(struct trial *t, enum err_code code, uint64_t line)
{
    t->court->error = code;
    t->court->error_file = t->file;
    t->court->error_line = line;
    return false;
}

static bool find_column(struct trial *t, const char *name, int *column)
{
    int n = 0;
    *column = ABSENT;
    for (size_t i = 0; name && i < t->r.n_fields; i++)
        if (text_same(t->r.field[i], text_of(name))) {
            *column = (int)i;
            n++;
        }
    if (!name || n == 1)
        return true;
    return guilty(t, n > 1 ? ERR_SYNTAX : ERR_COLUMN, 0);
}

/* The first record that is no empty line. */
static bool read_header(struct trial *t)
{
    const struct study_ledger *l = t->l;
    const char *const names[] = {l->key,           l->document,    l->date,
                                 l->amount.column, l->type.column, l->currency_column};
    enum found found;
    do
        found = next_record(&t->r);
    while (found == RECORD && t->r.empty);
    if (found != RECORD)
        return guilty(t, ERR_SYNTAX, found == FAULTY ? t->r.fault : 0);
    t->n_columns = t->r.n_fields;
    for (int i = 0; i < N_ROLES; i++)
        if (!find_column(t, names[i], &t->column[i]))
            return false;
    return true;
}

static struct text cell(const struct trial *t, int role)
{
    return t->column[role] == ABSENT ? text_of("") : t->r.field[t->column[role]];
}

static bool holds(const struct texts *texts, struct text word)
{
    for (size_t i = 0; i < texts->n; i++)
        if (text_same(text_of(texts->at[i]), word))
            return true;
    return false;
}

/* LEDGER_N_KINDS: undeclared. */
static enum ledger_kind kind_of(const struct study_type *types, struct text word)
{
    return holds(&types->sale, word)       ? LEDGER_SALE
           : holds(&types->returned, word) ? LEDGER_RETURN
           : holds(&types->payment, word)  ? LEDGER_PAYMENT
           : holds(&types->ignore, word)   ? LEDGER_IGNORED
                                           : LEDGER_N_KINDS;
}

/* The sign as the type or the amount has it. */
static enum ledger_kind settle(struct trial *t, enum ledger_kind kind, int64_t *minor)
{
    if (t->column[TYPE] == ABSENT)
        return *minor < 0 ? LEDGER_RETURN : LEDGER_SALE;
    if (t->l->amount.sign == AMOUNT_BY_TYPE) {
        *minor = kind == LEDGER_RETURN ? -*minor : *minor;
    } else {
        t->sale_negative += kind == LEDGER_SALE && *minor < 0;
        t->return_positive += kind == LEDGER_RETURN && *minor > 0;
    }
    return kind;
}

static struct text kept(const struct court *c, struct text t)
{
    return (struct text){arena_strndup(c->keep, t.at, t.n), t.n};
}

static void count(struct trial *t, int32_t day, int64_t minor, enum ledger_kind kind)
{
    struct court *c = t->court;
    if (day < c->from || day > c->to)
        return;
    if (c->n == c->room) {
        c->room = 2 * c->room + 64;
        struct sale *larger = ARENA_NEW(c->keep, struct sale, c->room);
        if (c->n > 0)
            memcpy(larger, c->sale, c->n * sizeof *larger);
        c->sale = larger;
    }
    c->sale[c->n] =
        (struct sale){.key = kept(c, cell(t, KEY)),
                      .document = text_blank(cell(t, DOCUMENT)) ? (struct text){"", 0}
                                                                : kept(c, cell(t, DOCUMENT)),
                      .day = day,
                      .minor = minor,
                      .kind = kind,
                      .file = t->file,
                      .order = c->n,
                      .line = t->r.started};
    c->n++;
}

/* False also where the amount is marked otherwise than one before it. */
static bool read_amount(struct trial *t, int64_t *minor)
{
    const struct study_ledger *l = t->l;
    char mark[4];
    if (!read_money(cell(t, AMOUNT), l->decimal ? l->decimal[0] : '.', l->decimals,
                    l->amount.sign == AMOUNT_LEADING, l->currency_keep, minor, mark))
        return false;
    if (mark[0] && t->mark[0] && !l->currency_keep && strcmp(mark, t->mark) != 0)
        return false;
    if (mark[0])
        memcpy(t->mark, mark, sizeof mark);
    return true;
}

/* In capitals or not. */
static bool same_currency(struct text t, const char *code)
{
    return t.n == strlen(code) && strncasecmp(t.at, code, t.n) == 0;
}

/* A line with a key: false where a cell does not fit. */
static bool read_keyed(struct trial *t, enum ledger_kind *kind)
{
    int32_t day;
    int64_t minor = 0;
    *kind = LEDGER_SALE;
    if (t->column[TYPE] != ABSENT)
        *kind = kind_of(&t->l->type, cell(t, TYPE));
    if (*kind == LEDGER_N_KINDS || !read_day(cell(t, DATE), &day))
        return false;
    const bool counted = *kind == LEDGER_SALE || *kind == LEDGER_RETURN;
    if (counted && t->column[CURRENCY] != ABSENT && t->l->currency_keep &&
        !same_currency(cell(t, CURRENCY), t->l->currency_keep)) {
        *kind = LEDGER_OTHER_CURRENCY;
    } else if (counted) {
        if (!read_amount(t, &minor))
            return false;
        *kind = settle(t, *kind, &minor);
        count(t, day, minor, *kind);
    }
    t->day[t->n_days++] = day;
    return true;
}

static bool read_line(struct trial *t)
{
    enum ledger_kind kind = LEDGER_BLANK_KEY;
    char text[64];
    if (t->r.n_fields != t->n_columns)
        return guilty(t, ERR_SYNTAX, t->r.started);
    t->lines++;
    if (!text_blank(cell(t, KEY)) && !read_keyed(t, &kind))
        return guilty(t, ERR_VALUE, t->r.started);
    if (t->kind[kind]++ < LEDGER_DROPPED_KEPT && kind != LEDGER_SALE && kind != LEDGER_RETURN) {
        snprintf(text, sizeof text, " %llu %s", (unsigned long long)t->r.started,
                 ledger_kind_word(kind));
        page_add(&t->left_out, text);
    }
    return true;
}

static int by_day(const void *a, const void *b)
{
    const int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    return (p > q) - (p < q);
}

static size_t distinct_days(int32_t *day, size_t n)
{
    size_t distinct = 0;
    qsort(day, n, sizeof *day, by_day);
    for (size_t i = 0; i < n; i++)
        distinct += i == 0 || day[i] != day[i - 1];
    return distinct;
}

/* What is told of a file. */
static void add_file(struct page *to, uint64_t lines, const uint64_t kind[LEDGER_N_KINDS],
                     uint64_t sale_negative, uint64_t return_positive, size_t n_days, int32_t first,
                     int32_t last, const char *left_out)
{
    page_add(to, arena_printf(to->keep, "%llu lines:", (unsigned long long)lines));
    for (int k = 0; k < LEDGER_N_KINDS; k++)
        page_add(to, arena_printf(to->keep, " %llu", (unsigned long long)kind[k]));
    page_add(to, arena_printf(to->keep, "; against their sign %llu %llu; %zu days",
                              (unsigned long long)sale_negative,
                              (unsigned long long)return_positive, n_days));
    if (n_days > 0)
        page_add(to, arena_printf(to->keep, " %d to %d", first, last));
    page_add(to, "; left out");
    page_add(to, left_out);
    page_add(to, "\n");
}

static bool try_file(struct court *c, size_t file, const struct judge_file *bytes)
{
    const struct study_ledger *l = &c->study->ledgers[file];
    const char delimiter = !l->delimiter                      ? ','
                           : strcmp(l->delimiter, "tab") == 0 ? '\t'
                                                              : l->delimiter[0];
    struct trial t = {.court = c,
                      .l = l,
                      .file = file,
                      .r = reader_of(bytes->bytes, bytes->n, delimiter, c->keep),
                      .day = ARENA_NEW(c->keep, int32_t, bytes->n + 1),
                      .left_out = {.keep = c->keep}};
    assert(!l->encoding && !l->thousands && l->n_drop == 0);
    assert(l->amount.sign == AMOUNT_LEADING || l->amount.sign == AMOUNT_BY_TYPE);
    page_add(&t.left_out, "");
    if (!read_header(&t))
        return false;
    for (enum found found; (found = next_record(&t.r)) != NO_MORE;) {
        if (found == FAULTY)
            return guilty(&t, ERR_SYNTAX, t.r.fault);
        if (!t.r.empty && !read_line(&t))
            return false;
    }
    if (2 * t.return_positive > t.kind[LEDGER_RETURN])
        return guilty(&t, ERR_VALUE, 0);
    const size_t n_days = distinct_days(t.day, t.n_days);
    add_file(&c->files, t.lines, t.kind, t.sale_negative, t.return_positive, n_days, t.day[0],
             t.n_days ? t.day[t.n_days - 1] : 0, t.left_out.at);
    return true;
}

/* ---- customers ---- */

static int by_key(const void *a, const void *b)
{
    const struct sale *p = a, *q = b;
    const int order = text_order(p->key, q->key);
    return order ? order : (p->order > q->order) - (p->order < q->order);
}

/* A sale without a document's number is part of its day's document. */
static int by_document(const void *a, const void *b)
{
    const struct sale *p = a, *q = b;
    const int order = text_order(p->document, q->document);
    return order || p->document.n > 0 ? order : by_day(&p->day, &q->day);
}

__extension__ typedef __int128 exact;

static bool fits(exact sum)
{
    return sum > INT64_MIN && sum <= INT64_MAX;
}

/* The first line, of all, at which a customer's sum of sales or of returns is beyond 64 bits;
   or, behind all lines, one whose sum of both is. */
static void weigh(const struct sale *s, size_t n, const struct sale **first, bool *both)
{
    exact sales = 0, returns = 0;
    for (size_t i = 0; i < n; i++) {
        *(s[i].kind == LEDGER_SALE ? &sales : &returns) += s[i].minor;
        if (!fits(sales) || !fits(returns)) {
            if (!*first || s[i].order < (*first)->order)
                *first = &s[i];
            return;
        }
    }
    *both = *both || !fits(sales + returns);
}

static void add_customer(struct page *to, const struct sale *s, size_t n, struct arena *keep)
{
    struct sale *sold = ARENA_NEW(keep, struct sale, n);
    int32_t *day = ARENA_NEW(keep, int32_t, n);
    int64_t gross = 0, returned = 0;
    size_t lines = 0, purchases = 0;
    for (size_t i = 0; i < n; i++) {
        *(s[i].kind == LEDGER_SALE ? &gross : &returned) += s[i].minor;
        if (s[i].kind == LEDGER_SALE) {
            day[lines] = s[i].day;
            sold[lines++] = s[i];
        }
    }
    qsort(sold, lines, sizeof *sold, by_document);
    for (size_t i = 0; i < lines; i++)
        purchases += i == 0 || by_document(&sold[i], &sold[i - 1]) != 0;
    const size_t days = distinct_days(day, lines);
    page_add_key(to, s[0].key);
    page_add(to,
             arena_printf(keep, "|%zu|%zu|%zu|%lld|%lld|%lld|", purchases, days, lines,
                          (long long)(gross + returned), (long long)gross, (long long)returned));
    page_add(to, lines ? arena_printf(keep, "%d|%d\n", day[0], day[lines - 1]) : "-|-\n");
}

/* The lines of the customer that begin at i. */
static size_t lines_of(const struct court *c, size_t i)
{
    size_t n = 1;
    while (i + n < c->n && text_same(c->sale[i].key, c->sale[i + n].key))
        n++;
    return n;
}

static const char *error_text(enum err_code code, size_t file, uint64_t line, struct arena *keep)
{
    return arena_printf(keep, "error %d in file %zd, line %llu\n", (int)code, (ssize_t)file,
                        (unsigned long long)line);
}

static const char *sentence(struct court *c)
{
    const struct sale *beyond = NULL;
    bool both = false;
    struct page customers = {.keep = c->keep};
    if (c->n > 0)
        qsort(c->sale, c->n, sizeof *c->sale, by_key);
    for (size_t i = 0; i < c->n; i += lines_of(c, i))
        weigh(c->sale + i, lines_of(c, i), &beyond, &both);
    if (beyond)
        return error_text(ERR_VALUE, beyond->file, beyond->line, c->keep);
    if (c->error != ERR_NONE)
        return error_text(c->error, c->error_file, c->error_line, c->keep);
    if (both)
        return error_text(ERR_VALUE, SIZE_MAX, 0, c->keep);
    page_add(&customers, "");
    for (size_t i = 0; i < c->n; i += lines_of(c, i))
        add_customer(&customers, c->sale + i, lines_of(c, i), c->keep);
    return customers.at;
}

bool judge_reads(const struct judge_file *file)
{
    static const struct {
        const char *bytes;
        size_t n;
    } others[] = {{"\xff\xfe", 2},
                  {"\xfe\xff", 2},
                  {"\0\0\xfe\xff", 4},
                  {"\x1f\x8b", 2},
                  {"\x28\xb5\x2f\xfd", 4}};
    const unsigned char *p = file->bytes;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (file->n >= others[i].n && memcmp(p, others[i].bytes, others[i].n) == 0)
            return false;
    return file->n < 4 || p[0] >> 4 != 5 || memcmp(p + 1, "\x2a\x4d\x18", 3) != 0;
}

struct judged judge_ledgers(const struct study *study, const struct judge_file *files, int32_t from,
                            int32_t to, struct arena *keep)
{
    struct court c = {
        .study = study, .from = from, .to = to, .keep = keep, .files = {.keep = keep}};
    page_add(&c.files, "");
    for (size_t i = 0; i < study->n_ledgers && c.error == ERR_NONE; i++)
        try_file(&c, i, &files[i]);
    const char *customers = sentence(&c);
    const bool well = strncmp(customers, "error ", 6) != 0 || strchr(customers, '|');
    return (struct judged){customers, well ? c.files.at : ""};
}

bool judged_same(const struct judged *a, const struct judged *b)
{
    return strcmp(a->customers, b->customers) == 0 && strcmp(a->files, b->files) == 0;
}

/* ---- the library ---- */

static const char *library_customers(const struct customers *c, struct arena *keep)
{
    struct page to = {.keep = keep};
    const struct tally_columns *t = &c->tally;
    page_add(&to, "");
    for (size_t i = 0; i < c->n; i++) {
        if (c->counted[i] == 0)
            continue;
        page_add_key(&to, text_of(c->key[i]));
        page_add(&to, arena_printf(keep, "|%lld|%lld|%lld|%lld|%lld|%lld|",
                                   (long long)t->purchases[i], (long long)t->purchase_days[i],
                                   (long long)t->lines[i], (long long)t->spend[i],
                                   (long long)t->spend_gross[i], (long long)t->returned[i]));
        page_add(&to, t->first[i] == INT32_MIN
                          ? "-|-\n"
                          : arena_printf(keep, "%d|%d\n", t->first[i], t->last[i]));
    }
    return to.at;
}

static const char *library_files(const struct ledger_scan *seen, size_t n, struct arena *keep)
{
    struct page to = {.keep = keep};
    size_t at = 0;
    page_add(&to, "");
    for (size_t i = 0; i < n; i++) {
        const struct ledger_counts *c = &seen->counts[i];
        struct page left_out = {.keep = keep};
        page_add(&left_out, "");
        for (; at < seen->n_dropped && seen->dropped[at].ledger == i; at++)
            page_add(&left_out,
                     arena_printf(keep, " %llu %s", (unsigned long long)seen->dropped[at].line,
                                  seen->dropped[at].reason));
        add_file(&to, c->lines, c->kind, c->sale_negative, c->return_positive, c->n_days, c->first,
                 c->last, left_out.at);
    }
    return to.at;
}

struct judged library_ledgers(const struct study *study, const struct reading *how, int32_t from,
                              int32_t to, struct arena *keep)
{
    struct behaviour_seen seen;
    struct err err = {.code = ERR_NONE};
    const struct behaviour_scan scan = {
        .source = ledger_files_sized(study, how->chunk, how->window, keep),
        .from = from,
        .to = to,
        .memory = how->memory,
        .n_threads = how->threads};
    if (behaviour_scan(&scan, &seen, keep, &err))
        return (struct judged){library_customers(&seen.customers, keep),
                               library_files(&seen.ledgers, study->n_ledgers, keep)};
    size_t file = 0;
    while (file < study->n_ledgers && strcmp(study->ledgers[file].file, err.file) != 0)
        file++;
    if (file == study->n_ledgers)
        file = SIZE_MAX;
    return (struct judged){error_text(err.code, file, err.line, keep), ""};
}
