/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ledger/amount.h"

#include <string.h>
#include <strings.h>

#include "io/ledger/pattern.h"
#include "io/text/looks.h"

/* ---- the currency ---- */

static bool same_code(struct slice a, struct slice b)
{
    if (slice_equal(a, b))
        return true;
    if (a.length != 3 || b.length != 3)
        return false;
    for (uint32_t i = 0; i < 3; i++)
        if ((a.text[i] ^ b.text[i]) & ~0x20 || ((a.text[i] | 0x20) < 'a') ||
            ((a.text[i] | 0x20) > 'z'))
            return false;
    return true;
}

static bool no_rate(struct ledger_worker *w, const struct record *r, struct slice code, int32_t day,
                    const struct currency_rates *c, size_t latest)
{
    const struct rates *rates = w->plan->rates;
    char of[16], last[16];
    const char *mend =
        c && latest < c->n
            ? arena_printf(w->memory,
                           "its latest rate before is of %s: add one to %s, or let rates be "
                           "older: max_age",
                           day_text(c->day[latest], last), rates->file)
            : arena_printf(w->memory, "add its rates to %s, or the lines to drop:", rates->file);
    worker_complain(
        w, r, w->plan->column[ROLE_CURRENCY], code,
        c ? arena_printf(w->memory, "has no rate for %s, nor for the %d days before",
                         day_text(day, of), rates->max_age)
          : arena_printf(w->memory, "has no rate (the line is of %s)", day_text(day, of)),
        mend);
    return false;
}

static bool converted_currency(struct ledger_worker *w, const struct record *r, int32_t day,
                               struct slice text, struct line_currency *c)
{
    const struct rates *rates = w->plan->rates;
    const struct currency_rates *of = rates_of(rates, text);
    size_t latest = 0;
    if (!of || of->home) {
        if (!of)
            return no_rate(w, r, text, day, NULL, 0);
    } else {
        c->rates = of;
        c->rate = rate_on(rates, of, day, &latest);
        if (!c->rate)
            return no_rate(w, r, text, day, of, latest);
    }
    c->money = &w->plan->money_of[of - rates->currency];
    c->sum = &w->sums[of - rates->currency];
    return true;
}

bool line_currency(struct ledger_worker *w, const struct record *r, int32_t day,
                   struct line_currency *c)
{
    const int32_t column = w->plan->column[ROLE_CURRENCY];
    struct slice text;
    *c = (struct line_currency){.money = &w->plan->money};
    if (column == NO_COLUMN || (!w->plan->currency.text && !w->plan->rates))
        return true;
    if (!worker_text(w, r, column, &text))
        return false;
    text = cell_trimmed(text);
    if (w->plan->rates)
        return converted_currency(w, r, day, text, c);
    c->foreign = !same_code(text, w->plan->currency);
    return true;
}

/* ---- a cell ---- */

/* Marks of currencies, where none is declared: they must be one and the same. */
static void note_mark(struct ledger_worker *w, const struct record *r, int32_t column,
                      struct slice text, const struct money_mark *mark)
{
    for (size_t i = 0; i < w->n_marks; i++)
        if (strcmp(w->mark[i].mark.text, mark->text) == 0)
            return;
    if (w->n_marks == MARKS_KEPT)
        return;
    w->mark[w->n_marks++] =
        (struct mark_seen){.mark = *mark, .place = worker_place(w, r, column, text)};
}

static const char *sign_words(const struct ledger_worker *w)
{
    const struct money_format *f = &w->plan->money;
    switch (f->sign) {
    case SIGN_LEADING:
        return "a leading sign";
    case SIGN_TRAILING:
        return "a trailing sign";
    case SIGN_PARENTHESES:
        return "negative amounts in parentheses";
    case SIGN_WORDS:
        return arena_printf(w->memory, "%s behind negative amounts", f->minus ? f->minus : "CR");
    case SIGN_NONE:
        break;
    }
    return "no sign";
}

/* What to do about a cell that is no amount of the format. */
static const char *mend_money(struct ledger_worker *w, struct slice text,
                              const struct money_format *f)
{
    const char *looks = looks_like_money(text.text, text.length, f, w->memory);
    if (looks_shortened(text.text, text.length))
        return "a spreadsheet has shortened it, and its digits are lost: show the column in full "
               "and export the file again";
    return arena_printf(w->memory,
                        "%s%s%sdeclare decimal:, thousands:, decimals: and the amount's sign: as "
                        "the file has them",
                        looks ? "it looks like " : "", looks ? looks : "", looks ? ": " : "");
}

static bool complain_money(struct ledger_worker *w, const struct record *r, int32_t column,
                           struct slice text, const struct money_format *f)
{
    worker_complain(w, r, column, text,
                    arena_printf(w->memory,
                                 "is no amount with decimal mark '%c', at most %d decimals and %s",
                                 f->decimal, f->decimals, sign_words(w)),
                    mend_money(w, text, f));
    return false;
}

/* A blank cell is 0 where `or_blank`. */
static bool money_at(struct ledger_worker *w, const struct record *r, int32_t column,
                     const struct money_format *f, bool or_blank, int64_t *minor)
{
    struct slice text;
    struct money_mark mark;
    if (!worker_text(w, r, column, &text))
        return false;
    if (cell_money(text, f, minor))
        return true;
    if (parse_money_marked(text.text, text.length, f, minor, &mark)) {
        note_mark(w, r, column, text, &mark);
        return true;
    }
    if (!or_blank || !cell_is_blank(text))
        return complain_money(w, r, column, text, f);
    *minor = 0;
    return true;
}

static bool blank_at(struct ledger_worker *w, const struct record *r, int32_t column)
{
    struct slice text;
    return worker_text(w, r, column, &text) && cell_is_blank(text);
}

/* ---- a line ---- */

/* A text that differs from a negative mark by its case alone: counted, it would be positive. */
static bool nearly(const struct texts *values, struct slice text)
{
    for (size_t i = 0; i < values->n; i++)
        if (strlen(values->at[i]) == text.length && text.length > 0 &&
            strncasecmp(values->at[i], text.text, text.length) == 0)
            return true;
    return false;
}

static bool indicated_sign(struct ledger_worker *w, const struct record *r, int64_t *minor)
{
    const struct texts *negative = &w->plan->declared->amount.negative;
    const int32_t column = w->plan->column[ROLE_INDICATOR];
    struct slice mark;
    if (!worker_text(w, r, column, &mark))
        return false;
    mark = cell_trimmed(mark);
    if (pattern_any(negative, mark)) {
        *minor = -*minor;
        return true;
    }
    if (!nearly(negative, mark))
        return true;
    worker_complain(w, r, column, mark,
                    "is written otherwise than under negative:", "declare both spellings there");
    return false;
}

/* Debit less credit; one of the two may be blank. */
static bool balance(struct ledger_worker *w, const struct record *r, const struct money_format *f,
                    int64_t *minor)
{
    const int32_t debit = w->plan->column[ROLE_DEBIT], credit = w->plan->column[ROLE_CREDIT];
    int64_t plus, less;
    if (blank_at(w, r, debit) && blank_at(w, r, credit)) {
        worker_complain(w, r, debit, (struct slice){"", 0},
                        arena_printf(w->memory, "is blank, and so is %s", w->plan->columns[credit]),
                        "leave such lines out: drop:");
        return false;
    }
    if (!money_at(w, r, debit, f, !blank_at(w, r, credit), &plus) ||
        !money_at(w, r, credit, f, true, &less))
        return false;
    if (!__builtin_sub_overflow(plus, less, minor))
        return true;
    worker_complain(w, r, debit, record_field(&w->scan, r, (size_t)debit),
                    "less credit is more than can be counted", "check the line");
    return false;
}

static bool own_amount(struct ledger_worker *w, const struct record *r,
                       const struct money_format *f, int64_t *minor)
{
    const struct study_amount *amount = &w->plan->declared->amount;
    if (amount->sign == AMOUNT_DEBIT_CREDIT)
        return balance(w, r, f, minor);
    if (!money_at(w, r, w->plan->column[ROLE_AMOUNT], f, false, minor))
        return false;
    if (amount->sign == AMOUNT_REVERSED)
        *minor = -*minor; /* no amount is INT64_MIN */
    return amount->sign != AMOUNT_INDICATOR || indicated_sign(w, r, minor);
}

static bool in_home_currency(struct ledger_worker *w, const struct record *r, int32_t column,
                             const struct line_currency *c, struct line_money *m)
{
    m->home = m->own;
    if (!c->rates || rate_convert(w->plan->rates, c->rates, c->rate, m->own, &m->home))
        return true;
    worker_complain(w, r, column, record_field(&w->scan, r, (size_t)column),
                    "is more than can be converted", "check the line, and the rate of its day");
    return false;
}

bool line_amount(struct ledger_worker *w, const struct record *r, const struct line_currency *c,
                 struct line_money *amount)
{
    const int32_t *column = w->plan->column;
    const int32_t main = column[ROLE_AMOUNT] != NO_COLUMN ? ROLE_AMOUNT : ROLE_DEBIT;
    return own_amount(w, r, c->money, &amount->own) &&
           in_home_currency(w, r, column[main], c, amount);
}

bool line_refund(struct ledger_worker *w, const struct record *r, const struct line_currency *c,
                 enum ledger_kind kind, struct line_money *refund)
{
    const int32_t column = w->plan->column[ROLE_REFUNDED];
    *refund = (struct line_money){0, 0};
    if (column == NO_COLUMN)
        return true;
    if (!money_at(w, r, column, c->money, true, &refund->own))
        return false;
    const bool negative = refund->own < 0;
    if (!negative && (refund->own == 0 || kind == LEDGER_SALE))
        return in_home_currency(w, r, column, c, refund);
    worker_complain(w, r, column, record_field(&w->scan, r, (size_t)column),
                    negative ? "is negative, where what was refunded is written without a sign"
                             : "is refunded of a line that is a return itself",
                    "leave refunded: out where returns have lines of their own");
    return false;
}

void line_count(const struct line_currency *c, const struct line_money *amount,
                const struct line_money *refund)
{
    if (!c->sum)
        return;
    c->sum->lines++;
    c->sum->amount += (wide)amount->own - refund->own;
    c->sum->home += (wide)amount->home - refund->home;
}
