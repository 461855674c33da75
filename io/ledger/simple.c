/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/simple.h"

bool ledger_plan_is_simple(const struct ledger_plan *plan)
{
    const struct study_ledger *l = plan->declared;
    const bool any_currency = plan->column[ROLE_CURRENCY] == NO_COLUMN || !plan->currency.text;
    const bool signed_alone =
        plan->column[ROLE_AMOUNT] != NO_COLUMN && l->amount.sign != AMOUNT_INDICATOR &&
        l->amount.sign != AMOUNT_DEBIT_CREDIT && l->amount.sign != AMOUNT_REVERSED;
    return signed_alone && any_currency && !plan->rates &&
           plan->column[ROLE_REFUNDED] == NO_COLUMN && plan->column[ROLE_TYPE] == NO_COLUMN &&
           plan->column[ROLE_ORIGINAL] == NO_COLUMN && l->n_drop == 0 && l->n_keep == 0 &&
           l->n_reversed == 0 && !l->key_ends_at && !l->key_starts_after && !plan->page &&
           plan->mark == NO_COLUMN;
}

/* Texts of a key's usual length in two words, which overlap. */
static inline bool holds_quote(struct slice text)
{
    const uint64_t ones = 0x0101010101010101u, top = 0x80 * ones, quotes = '"' * ones;
    uint64_t head, tail;
    if (text.length < 8 || text.length > 16)
        return memchr(text.text, '"', text.length) != NULL;
    memcpy(&head, text.text, 8);
    memcpy(&tail, text.text + text.length - 8, 8);
    head ^= quotes;
    tail ^= quotes;
    return (((head - ones) & ~head) | ((tail - ones) & ~tail)) & top;
}

/* The field before *end without the quotes about it; doubled ones are still in it. */
static inline __attribute__((always_inline)) struct slice
bare_cell(const char *bytes, const uint32_t *end, bool quotes)
{
    const uint32_t start = end[-1] + 1, n = *end - start;
    if (quotes && n > 0 && bytes[start] == '"')
        return (struct slice){bytes + start + 1, n - 2};
    return (struct slice){bytes + start, n};
}

/* The same as a text; false where a quote is doubled. */
static inline __attribute__((always_inline)) bool
simple_text(const char *bytes, const uint32_t *end, bool quotes, struct slice *text)
{
    *text = bare_cell(bytes, end, quotes);
    return text->text == bytes + (uint32_t)(end[-1] + 1) || !holds_quote(*text);
}

/* Does not begin like a blank key, and is not too long. */
static inline bool is_plain_key(struct slice key, size_t longest)
{
    return key.length > 0 && key.length <= longest && (unsigned char)key.text[0] > ' ';
}

/* The batch's columns behind the lines that are in it. */
struct lines {
    uint32_t *start;
    struct slice *key, *document;
    int32_t *day;
    int64_t *minor;
    uint8_t *kind;
};

static inline struct lines lines_behind(const struct ledger_worker *w)
{
    const size_t n = w->n;
    return (struct lines){w->start + n, w->key + n,   w->document + n,
                          w->day + n,   w->minor + n, w->kind + n};
}

/* What ledger_take_simple() says; the flags are constants where this is called. */
static inline __attribute__((always_inline)) size_t take(struct ledger_worker *w, size_t from,
                                                         bool quotes, bool documents)
{
    const struct scan *const s = &w->scan;
    const struct ledger_plan *const p = w->plan;
    const int32_t column = p->column[ROLE_KEY], date = p->column[ROLE_DATE],
                  amount = p->column[ROLE_AMOUNT], document = p->column[ROLE_DOCUMENT];
    const struct money_format money = p->money;
    const uint32_t *const record = s->record, n_columns = (uint32_t)p->n_columns;
    const char *const bytes = s->bytes;
    const struct lines to = lines_behind(w);
    const size_t n_records = s->n_records;
    size_t n = 0, n_returns = 0, r = from;
    uint32_t first = from ? record[from - 1] : 0;
    for (; r < n_records; first = record[r++]) {
        const uint32_t *const end = s->end + first;
        struct slice key, doc = {"", 0};
        if (record[r] - first != n_columns) {
            if (record[r] - first == 1 && end[0] == end[-1] + 1)
                continue; /* an empty line */
            break;
        }
        if (!simple_text(bytes, end + column, quotes, &key) || !is_plain_key(key, p->longest_key) ||
            (documents && !simple_text(bytes, end + document, quotes, &doc)))
            break;
        if (!cell_date(bare_cell(bytes, end + date, quotes), &w->date, &to.day[n]) ||
            !cell_money(bare_cell(bytes, end + amount, quotes), &money, &to.minor[n]))
            break;
        if (documents && doc.length > 0 && (unsigned char)doc.text[0] <= ' ' && cell_is_blank(doc))
            doc.length = 0;
        const bool is_return = to.minor[n] < 0;
        to.kind[n] = is_return ? LEDGER_RETURN : LEDGER_SALE;
        to.start[n] = end[-1] + 1;
        to.key[n] = key;
        to.document[n++] = doc;
        n_returns += is_return;
    }
    w->n += n;
    w->counts.lines += n;
    w->counts.kind[LEDGER_RETURN] += n_returns;
    w->counts.kind[LEDGER_SALE] += n - n_returns;
    return r;
}

size_t ledger_take_simple(struct ledger_worker *w, size_t from)
{
    const bool documents = w->plan->column[ROLE_DOCUMENT] != NO_COLUMN;
    if (w->scan.quoted)
        return documents ? take(w, from, true, true) : take(w, from, true, false);
    return documents ? take(w, from, false, true) : take(w, from, false, false);
}
