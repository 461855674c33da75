/* SPDX-License-Identifier: GPL-3.0-or-later
   Document types: which of them are sales, returns and payments. */
#include <math.h>
#include <string.h>

#include "analysis/init/draft.h"
#include "models/base/key_map.h"

enum { MOST_TYPES = 20 };

static const char return_words[] =
    "return retour refund credit crn cn gutschrift gs storno dg ret rueck rück";
static const char payment_words[] = "pay pmt zahl zp dz";

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
static int64_t amount_at(const struct draft_amount *a, size_t row)
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
        draft_type_add(l, t, amount_at(&l->amount, i));
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

static void settle_kind(struct draft_type *t, const struct draft_type *sale, bool by_type)
{
    bool returned = text_begins(t->text, return_words), paid = text_begins(t->text, payment_words);
    bool negative = t->negative > t->positive;
    t->kind = "ignore";
    t->in_doubt = true;
    if (t == sale) {
        t->kind = "sale";
        t->in_doubt = false;
    } else if (paid || (negative && -t->sum > 0.5 * sale->sum)) {
        t->kind = "payment";
    } else if (negative || (by_type && returned)) {
        t->kind = "return";
        t->in_doubt = !returned;
    }
}

void draft_settle_types(struct draft_ledger *l)
{
    if (!l->type)
        return;
    const struct draft_type *sale = main_sale(l->types, l->n_types);
    bool returned = false,
         no_sign = l->amount.n_negative == 0 && !l->amount.indicator && !l->amount.debit;
    for (size_t k = 0; k < l->n_types; k++)
        returned |= &l->types[k] != sale && text_begins(l->types[k].text, return_words);
    for (size_t k = 0; k < l->n_types; k++)
        settle_kind(&l->types[k], sale, no_sign && returned);
    if (no_sign && returned)
        l->amount.sign = AMOUNT_BY_TYPE;
}

void draft_find_types(struct draft *d, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    int most = 0;
    for (size_t j = 0; j < l->file.frame->n_cols; j++) {
        const struct profile *p = &l->file.profile[j];
        if (is_other(d, p))
            continue;
        struct draft_type *type = ARENA_NEW(keep, struct draft_type, DRAFT_MOST_TYPES);
        size_t n = count_types(l, p, type, keep);
        int score = likeness(p, type, n);
        if (score <= most)
            continue;
        most = score;
        l->type = p;
        l->types = type;
        l->n_types = n;
    }
}
