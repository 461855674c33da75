/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger_simple.h"

bool ledger_plan_is_simple(const struct ledger_plan *plan)
{
    const struct study_ledger *l = plan->declared;
    const bool any_currency = plan->column[ROLE_CURRENCY] == NO_COLUMN || !plan->currency.text;
    const bool signed_alone = plan->column[ROLE_AMOUNT] != NO_COLUMN &&
                              l->amount.sign != AMOUNT_INDICATOR &&
                              l->amount.sign != AMOUNT_DEBIT_CREDIT;
    return signed_alone && any_currency && plan->column[ROLE_TYPE] == NO_COLUMN && l->n_drop == 0 &&
           !plan->page;
}

static inline bool holds_quote(struct slice text)
{
    return memchr(text.text, '"', text.length) != NULL;
}

/* The text of the field before *end; false where quotes are doubled in it. */
static inline __attribute__((always_inline)) bool
simple_cell(const char *bytes, const uint32_t *end, bool quotes, struct slice *text)
{
    const uint32_t start = end[-1] + 1;
    *text = (struct slice){bytes + start, *end - start};
    if (!quotes || text->length == 0 || text->text[0] != '"')
        return true;
    text->text++;
    text->length -= 2;
    return !holds_quote(*text);
}

/* Does not begin like a blank key. */
static inline bool is_plain_key(struct slice key)
{
    return key.length > 0 && (unsigned char)key.text[0] > ' ';
}

/* What ledger_take_simple() says; the flags are constants where this is called. */
static inline __attribute__((always_inline)) size_t take(struct ledger_worker *w, size_t from,
                                                         bool quotes, bool documents)
{
    const struct scan *const s = &w->scan;
    const struct ledger_plan *const p = w->plan;
    const int32_t key = p->column[ROLE_KEY], date = p->column[ROLE_DATE],
                  amount = p->column[ROLE_AMOUNT], document = p->column[ROLE_DOCUMENT];
    const struct money_format money = p->money;
    const size_t n_columns = p->n_columns, n_before = w->n;
    size_t r = from, n = w->n, n_returns = 0;
    uint32_t first = from ? s->record[from - 1] : 0;
    for (; r < s->n_records; first = s->record[r++]) {
        const uint32_t *const end = s->end + first;
        struct slice text;
        if (s->record[r] - first != n_columns) {
            if (s->record[r] - first == 1 && end[0] == end[-1] + 1)
                continue; /* an empty line */
            break;
        }
        if (!simple_cell(s->bytes, end + key, quotes, &w->key[n]) || !is_plain_key(w->key[n]))
            break;
        if (!simple_cell(s->bytes, end + date, quotes, &text) ||
            !cell_date(text, &w->date, &w->day[n]))
            break;
        if (!simple_cell(s->bytes, end + amount, quotes, &text) ||
            !cell_money(text, &money, &w->minor[n]))
            break;
        w->document[n] = (struct slice){"", 0};
        if (documents && !simple_cell(s->bytes, end + document, quotes, &w->document[n]))
            break;
        const bool is_return = w->minor[n] < 0;
        w->kind[n] = is_return ? LEDGER_RETURN : LEDGER_SALE;
        w->start[n] = end[-1] + 1;
        n_returns += is_return;
        n++;
    }
    w->n = n;
    w->counts.lines += n - n_before;
    w->counts.kind[LEDGER_RETURN] += n_returns;
    w->counts.kind[LEDGER_SALE] += n - n_before - n_returns;
    return r;
}

size_t ledger_take_simple(struct ledger_worker *w, size_t from)
{
    const bool documents = w->plan->column[ROLE_DOCUMENT] != NO_COLUMN;
    if (w->scan.quoted)
        return documents ? take(w, from, true, true) : take(w, from, true, false);
    return documents ? take(w, from, false, true) : take(w, from, false, false);
}
