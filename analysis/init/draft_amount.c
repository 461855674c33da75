/* SPDX-License-Identifier: GPL-3.0-or-later
   Which column holds the amounts, and how they are written. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "analysis/init/draft.h"
#include "io/text/parse.h"

/* ---- how one column is written ---- */

static struct money_format format_of(const struct draft_amount *a)
{
    enum money_sign sign = a->sign == AMOUNT_TRAILING      ? SIGN_TRAILING
                           : a->sign == AMOUNT_PARENTHESES ? SIGN_PARENTHESES
                           : a->sign == AMOUNT_CR_DR       ? SIGN_WORDS
                                                           : SIGN_LEADING;
    const bool indian = a->thousands && strcmp(a->thousands, "indian") == 0;
    return (struct money_format){.decimal = a->decimal[0],
                                 .thousands = indian ? "," : a->thousands,
                                 .indian = indian,
                                 .sign = sign,
                                 .decimals = a->decimals};
}

bool draft_amount_value(const struct draft_amount *a, const char *text, int64_t *minor)
{
    struct money_format format = format_of(a);
    const bool fits = parse_money(text, strlen(text), &format, minor);
    if (fits && a->sign == AMOUNT_REVERSED)
        *minor = -*minor;
    return fits;
}

static void add_fit(struct draft_amount *a, const struct profile *p)
{
    a->n_cells += p->n;
    for (size_t k = 0; k < p->n_distinct; k++) {
        const struct value_count *v = &p->value[k];
        int64_t minor;
        if (!draft_amount_value(a, v->text, &minor))
            continue;
        a->n_fit += v->n;
        a->n_negative += minor < 0 ? v->n : 0;
    }
}

void draft_amount_fit(struct draft_amount *a)
{
    a->n_cells = a->n_fit = a->n_negative = 0;
    add_fit(a, a->column);
    if (a->debit && a->credit)
        add_fit(a, a->column == a->debit ? a->credit : a->debit);
}

/* Takes the format if it fits more cells than the best so far. */
static void try_format(struct draft_amount *best, struct draft_amount tried)
{
    enum { LOOK = 100 };
    size_t looked = tried.column->n_distinct < LOOK ? tried.column->n_distinct : LOOK, fits = 0;
    int64_t minor;
    for (size_t k = 0; k < looked; k++)
        fits += draft_amount_value(&tried, tried.column->value[k].text, &minor);
    if (2 * fits < looked)
        return;
    draft_amount_fit(&tried);
    bool told = strcmp(tried.decimal, best->decimal) != 0;
    if (tried.n_fit == best->n_fit && best->n_fit && told)
        best->marks_unclear = true;
    if (tried.n_fit <= best->n_fit)
        return;
    *best = tried;
}

static bool has_mark(const struct profile *p)
{
    for (size_t k = 0; k < p->n_distinct; k++)
        if (strpbrk(p->value[k].text, ".,"))
            return true;
    return false;
}

struct draft_amount draft_amount_format(const struct profile *p)
{
    static const int decimals[] = {2, 3, 4};
    static const char *const decimal[] = {".", ","};
    static const enum amount_sign sign[] = {AMOUNT_LEADING, AMOUNT_TRAILING, AMOUNT_PARENTHESES,
                                            AMOUNT_CR_DR};
    struct draft_amount best = {.column = p, .decimal = "."};
    for (size_t n = 0; n < 3; n++)
        for (size_t d = 0; d < 2; d++)
            for (size_t t = 0; t < 4; t++)
                for (size_t s = 0; s < 4; s++) {
                    const char *const mark[] = {NULL, decimal[1 - d], "'", " "};
                    try_format(&best, (struct draft_amount){.column = p,
                                                            .decimal = decimal[d],
                                                            .thousands = mark[t],
                                                            .sign = sign[s],
                                                            .decimals = decimals[n]});
                }
    best.marks_unclear = best.marks_unclear && has_mark(p);
    return best;
}

/* ---- which column ---- */

static bool is_other(const struct draft *d, const struct profile *p)
{
    const struct draft_ledger *l = &d->ledger;
    return profile_is_date(p) || p->row_number || p->n == 0 ||
           (d->key.ledger && p->column == d->key.ledger->column) ||
           (l->currency && p->column == l->currency->column);
}

static int likeness(const struct draft_amount *a)
{
    const char *name = a->column->column->name;
    bool broken = false;
    for (size_t k = 0; k < a->column->n_distinct && !broken; k++)
        broken = strchr(a->column->value[k].text, a->decimal[0]) != NULL;
    int score = 2 * broken + (a->n_negative > 0) + (a->column->n_distinct > 12);
    if (name_holds(name, "amount betrag net value wert umsatz sum montant importe revenue brutto "
                         "sales price preis debit credit soll haben"))
        score += 3;
    if (name_holds(name, "quantity qty menge anzahl unit stueck stk pos zeile tax vat mwst ust "
                         "steuer rate rabatt discount balance saldo beleg document invoice"))
        score -= 4;
    return score;
}

/* Whether a column is one half of debit and credit. */
static const struct profile *half(const struct draft *d, const char *words)
{
    const struct draft_file *f = &d->ledger.file;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        if (is_other(d, p) || !name_holds(p->column->name, words))
            continue;
        if (100 * draft_amount_format(p).n_fit >= 98 * p->n)
            return p;
    }
    return NULL;
}

/* Where one of the two holds the amount, the other is blank or zero. */
static bool holds_amount(const struct draft_amount *a, const struct profile *p, size_t row)
{
    const char *text = p->column->as.text[row];
    int64_t minor;
    return text && !(draft_amount_value(a, text, &minor) && minor == 0);
}

/* Each row that is no zero on both sides has its amount on one. */
static bool is_debit_credit(const struct draft_file *f, const struct profile *debit,
                            const struct profile *credit)
{
    const struct draft_amount as_debit = draft_amount_format(debit),
                              as_credit = draft_amount_format(credit);
    size_t one = 0, both = 0;
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        if (f->leave_out[i])
            continue;
        const bool in_debit = holds_amount(&as_debit, debit, i),
                   in_credit = holds_amount(&as_credit, credit, i);
        one += in_debit != in_credit;
        both += in_debit && in_credit;
    }
    return one && 10 * one >= 9 * (one + both);
}

/* Written as the half of which the form fits more cells of both. */
static struct draft_amount of_halves(const struct profile *debit, const struct profile *credit)
{
    struct draft_amount a = draft_amount_format(debit), b = draft_amount_format(credit);
    a.column = b.column = debit;
    a.debit = b.debit = debit;
    a.credit = b.credit = credit;
    draft_amount_fit(&a);
    draft_amount_fit(&b);
    if (b.n_fit > a.n_fit || (a.marks_unclear && b.n_fit == a.n_fit))
        a = b;
    a.sign = AMOUNT_DEBIT_CREDIT;
    return a;
}

/* ---- a column that tells the sign ---- */

static const char *negative_word(const struct profile *p)
{
    static const char *const pair[][2] = {{"S", "H"}, {"D", "C"},          {"DR", "CR"},
                                          {"+", "-"}, {"debit", "credit"}, {"Soll", "Haben"}};
    for (size_t i = 0; p->n_distinct == 2 && i < sizeof pair / sizeof *pair; i++)
        for (size_t k = 0; k < 2; k++)
            if (strcasecmp(p->value[k].text, pair[i][1]) == 0 &&
                strcasecmp(p->value[1 - k].text, pair[i][0]) == 0)
                return p->value[k].text;
    return NULL;
}

static void find_indicator(struct draft *d, struct arena *keep)
{
    struct draft_amount *a = &d->ledger.amount;
    const struct draft_file *f = &d->ledger.file;
    for (size_t j = 0; j < f->frame->n_cols && !a->n_negative; j++) {
        const char *word = negative_word(&f->profile[j]);
        if (!word || a->indicator)
            continue;
        a->indicator = &f->profile[j];
        a->sign = AMOUNT_INDICATOR;
        a->negative = (struct texts){1, arena_copy(keep, &word, 1, sizeof word)};
    }
}

/* ---- which way sales run ---- */

/* In the accounts of sales a sale is a credit: there are few debits beside them.  On customers'
   accounts payments are credits too, and never far more than the sales. */
static void turn_halves(const struct draft_file *f, struct draft_amount *a)
{
    double debit = 0, credit = 0;
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        const int64_t minor = f->leave_out[i] ? 0 : draft_amount_at(a, i);
        *(minor > 0 ? &debit : &credit) += fabs((double)minor);
    }
    if (credit > 2 * debit) {
        const struct profile *sales = a->credit;
        a->credit = a->debit;
        a->debit = a->column = sales;
    }
}

/* Where seven in ten amounts have a minus, more than there can be payments, it marks the sales. */
static void turn_sign(struct draft_amount *a)
{
    if (a->sign != AMOUNT_LEADING || 10 * a->n_negative < 7 * a->n_fit)
        return;
    a->sign = AMOUNT_REVERSED;
    draft_amount_fit(a);
}

void draft_find_amount(struct draft *d, struct arena *keep)
{
    struct draft_amount *best = &d->ledger.amount;
    const struct draft_file *f = &d->ledger.file;
    const struct profile *debit = half(d, "debit soll"), *credit = half(d, "credit haben");
    int most = 0;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        if (is_other(d, p))
            continue;
        struct draft_amount a = draft_amount_format(p);
        int score = likeness(&a);
        if (100 * a.n_fit < 98 * p->n || 2 * p->n < f->frame->n_rows || score <= 0)
            continue;
        a.other = best->column;
        if (score > most) {
            *best = a;
            most = score;
        } else if (!best->other) {
            best->other = p;
        }
    }
    if (debit && credit && debit != credit && is_debit_credit(f, debit, credit)) {
        *best = of_halves(debit, credit);
        turn_halves(f, best);
    } else if (best->column) {
        find_indicator(d, keep);
        turn_sign(best);
    }
}
