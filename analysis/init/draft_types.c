/* SPDX-License-Identifier: GPL-3.0-or-later
   Document types: which of them are sales, returns and payments. */
#include <math.h>
#include <string.h>

#include "analysis/init/draft.h"
#include "models/base/key_map.h"

enum { MOST_TYPES = 20 };

static const char return_words[] =
    "return retour refund credit crn cn gutschrift gs storno dg ret rueck rück";
static const char payment_words[] =
    "pay pmt zahl zp dz receipt_of overpay prepay deposit lastschrift";
static const char sale_words[] =
    "inv sale rechnung rg rv re verkauf order cash_sale facture factura factuur debit_note charge";
static const char other_words[] =
    "journal opening balance transfer adjust reval writeoff write-off "
    "interest zins mahn er\u00f6ffnung saldo umbuchung vortrag bank quot offer angebot proforma "
    "pro-forma estimate void cancel draft entwurf lieferschein devis";
static const char order_words[] = "order auftrag bestell commande pedido";
static const char invoice_words[] = "inv rechnung rg facture factura factuur";

static bool is_other(const struct draft *d, const struct profile *p)
{
    const struct draft_ledger *l = &d->ledger;
    const struct profile *const used[] = {d->key.ledger,      l->currency,     l->document,
                                          l->amount.column,   l->amount.debit, l->amount.credit,
                                          l->amount.indicator};
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        if (used[i] && used[i]->column == p->column)
            return true;
    return profile_is_date(p) || p->n_distinct > MOST_TYPES || p->n == 0;
}

void draft_type_add(const struct draft_ledger *l, struct draft_type *t, int64_t minor)
{
    t->n++;
    t->positive += minor > 0;
    t->negative += minor < 0;
    t->sum += (double)minor * pow(10, -l->amount.decimals);
}

static int64_t value_at(const struct draft_amount *a, const struct profile *p, size_t row)
{
    int64_t minor;
    const char *text = p ? p->column->as.text[row] : NULL;
    return text && draft_amount_value(a, text, &minor) ? minor : 0;
}

/* The amount of a row with the sign that other columns give it. */
int64_t draft_amount_at(const struct draft_amount *a, size_t row)
{
    if (a->debit)
        return value_at(a, a->debit, row) - value_at(a, a->credit, row);
    int64_t minor = value_at(a, a->column, row);
    const char *mark = a->indicator ? a->indicator->column->as.text[row] : NULL;
    for (size_t k = 0; mark && k < a->negative.n; k++)
        if (strcmp(mark, a->negative.at[k]) == 0)
            return -minor;
    return minor;
}

/* Counts lines and amounts by type; blank cells are a type of their own. */
static size_t count_types(const struct draft_ledger *l, const struct profile *p,
                          struct draft_type *type, struct arena *keep)
{
    struct key_map *map = key_map_new(MOST_TYPES, keep);
    for (size_t k = 0; k < p->n_distinct; k++)
        key_map_add(map, p->value[k].text, strlen(p->value[k].text), NULL);
    for (size_t i = 0; i < l->file.frame->n_rows; i++) {
        const char *text = p->column->as.text[i] ? p->column->as.text[i] : "";
        if (l->file.leave_out[i])
            continue;
        struct draft_type *t = &type[key_map_add(map, text, strlen(text), NULL)];
        draft_type_add(l, t, draft_amount_at(&l->amount, i));
    }
    for (uint32_t k = 0; k < key_map_count(map); k++)
        type[k].text = key_map_text(map, k, NULL);
    return key_map_count(map);
}

/* Most lines of one type are negative, and most of another positive. */
static bool tells_sign(const struct draft_type *type, size_t n)
{
    bool positive = false, negative = false;
    for (size_t k = 0; k < n; k++) {
        positive |= 10 * type[k].positive >= 9 * type[k].n;
        negative |= 10 * type[k].negative >= 9 * type[k].n;
    }
    return positive && negative;
}

static int likeness(const struct profile *p, const struct draft_type *type, size_t n)
{
    const char *name = p->column->name;
    int score = 2 * tells_sign(type, n);
    score += name_holds(name, "type typ art kind transact vorgang");
    score -= 2 * name_holds(name, "artik articl product produkt group gruppe segment region land "
                                  "country zahlungsart payment_method customer");
    for (size_t k = 0; k < n; k++)
        if (text_begins(type[k].text, "return retour refund credit gutschrift storno")) {
            score++;
            break;
        }
    return score;
}

/* ---- what each type is ---- */

static const struct draft_type *main_sale(const struct draft_type *type, size_t n)
{
    const struct draft_type *best = NULL;
    for (size_t k = 0; k < n; k++)
        if (!best || type[k].positive > best->positive)
            best = &type[k];
    return best;
}

/* Where invoices are the sales, orders are what became of them. */
static bool is_order_of(const char *text, const char *sale)
{
    const char *last = strrchr(text, ' '); /* "Sales Order" */
    return text_begins(sale, invoice_words) &&
           (text_begins(text, order_words) || (last && text_begins(last + 1, order_words)));
}

/* By the words that documents go by; what no list knows, by its sign: it shall not vanish. */
void draft_settle_kind(struct draft_type *t, const struct draft_type *sale, bool by_type)
{
    bool returned = text_begins(t->text, return_words), paid = text_begins(t->text, payment_words);
    bool negative = t->negative > t->positive, sold = text_begins(t->text, sale_words);
    bool none = text_begins(t->text, other_words) || is_order_of(t->text, sale->text);
    t->in_doubt = true;
    if (t == sale) {
        t->kind = "sale";
        t->in_doubt = false;
    } else if (paid || (negative && !returned && -t->sum > 0.5 * sale->sum)) {
        t->kind = "payment";
    } else if (none) {
        t->kind = "ignore";
    } else if (negative || (by_type && returned)) {
        t->kind = "return";
        t->in_doubt = !returned;
    } else if (returned) {
        t->kind = "ignore";
    } else {
        t->kind = "sale";
        t->in_doubt = !sold;
    }
    t->by_sign = t->in_doubt && !paid && !none && !returned;
}

/* Of a ledger that no preset describes. */
static void settle_types(struct draft_ledger *l)
{
    const struct draft_type *sale = main_sale(l->types, l->n_types);
    bool returned = false,
         no_sign = l->amount.n_negative == 0 && !l->amount.indicator && !l->amount.debit;
    for (size_t k = 0; k < l->n_types; k++)
        returned |= &l->types[k] != sale && text_begins(l->types[k].text, return_words);
    for (size_t k = 0; k < l->n_types; k++)
        draft_settle_kind(&l->types[k], sale, no_sign && returned);
    if (no_sign && returned)
        l->amount.sign = AMOUNT_BY_TYPE;
}

/* Is a row one of a type that counts as sale? */
static bool is_sale(const struct draft_ledger *l, size_t row)
{
    const char *text = l->type->column->as.text[row] ? l->type->column->as.text[row] : "";
    for (size_t k = 0; k < l->n_types; k++)
        if (strcmp(l->types[k].text, text) == 0)
            return strcmp(l->types[k].kind, "sale") == 0;
    return false;
}

/* Whether documents of sales are below zero as a whole: credit notes that go by the type of
   invoices, and not the discounts on one. */
static bool holds_credit_notes(const struct draft_ledger *l, struct arena *scratch)
{
    const struct frame *f = l->file.frame;
    struct key_map *map = key_map_new(f->n_rows, scratch);
    int64_t *sum = ARENA_NEW(scratch, int64_t, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *text = l->document ? l->document->column->as.text[i] : NULL;
        if (l->file.leave_out[i] || !is_sale(l, i))
            continue;
        text = text ? text : arena_printf(scratch, "%zu", i);
        sum[key_map_add(map, text, strlen(text), NULL)] += draft_amount_at(&l->amount, i);
    }
    for (uint32_t k = 0; k < key_map_count(map); k++)
        if (sum[k] < 0)
            return true;
    return false;
}

/* Of a ledger without types: what is taken back for each unit sold. */
static double taken_back(const struct draft_ledger *l)
{
    enum { LEAST_ROWS = 20 };
    double sold = 0, back = 0;
    for (size_t i = 0; i < l->file.frame->n_rows; i++) {
        const int64_t minor = l->file.leave_out[i] ? 0 : draft_amount_at(&l->amount, i);
        *(minor > 0 ? &sold : &back) += fabs((double)minor);
    }
    return l->file.frame->n_rows >= LEAST_ROWS && sold > 0 ? back / sold : 0;
}

bool draft_holds_payments(const struct draft_ledger *l)
{
    return 10 * l->taken_back >= 4;
}

void draft_settle_types(struct draft_ledger *l, struct arena *keep)
{
    if (l->type && l->declared)
        draft_settle_declared_types(l, keep);
    else if (l->type)
        settle_types(l);
    if (!l->type && !l->declared && l->amount.column)
        l->taken_back = taken_back(l);
    if (!l->type || l->declared || l->amount.sign == AMOUNT_BY_TYPE)
        return;
    struct arena *scratch = arena_new();
    l->negative_returns = holds_credit_notes(l, scratch);
    arena_free(scratch);
}

void draft_count_types(struct draft_ledger *l, const struct profile *p, struct arena *keep)
{
    enum { LATER = 64 }; /* of the rows below the sample */
    l->type = p;
    l->types_room = p->n_distinct + 1 + LATER;
    l->types = ARENA_NEW(keep, struct draft_type, l->types_room);
    l->n_types = count_types(l, p, l->types, keep);
}

void draft_find_types(struct draft *d, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    const struct profile *best = NULL;
    int most = 0;
    for (size_t j = 0; j < l->file.frame->n_cols; j++) {
        const struct profile *p = &l->file.profile[j];
        if (is_other(d, p))
            continue;
        struct arena *scratch = arena_new();
        struct draft_type *type = ARENA_NEW(scratch, struct draft_type, MOST_TYPES + 1);
        size_t n = count_types(l, p, type, scratch);
        int score = likeness(p, type, n);
        best = score > most ? p : best;
        most = score > most ? score : most;
        arena_free(scratch);
    }
    if (best)
        draft_count_types(l, best, keep);
}
