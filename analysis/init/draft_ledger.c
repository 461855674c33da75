/* SPDX-License-Identifier: GPL-3.0-or-later
   The ledger's subtotals, dates, documents and currency. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/key/keys.h"
#include "io/text/parse.h"
#include "models/base/key_map.h"

/* ---- subtotals ---- */

enum { MOST_SUBTOTALS = 8 };

static const char subtotal_words[] = "Total Subtotal Summe Zwischensumme Gesamt Sum Somme Saldo";

/* The word as it stands at the beginning of a key, with '*'. */
static const char *pattern_of(const char *text, struct arena *keep)
{
    for (const char *w = subtotal_words; *w; w += strspn(w, " ")) {
        size_t n = strcspn(w, " ");
        char letter = text[n < strlen(text) ? n : strlen(text)];
        bool ends = !((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'));
        if (text_begins(text, arena_strndup(keep, w, n)) && ends)
            return arena_printf(keep, "%.*s*", (int)n, text);
        w += n;
    }
    return NULL;
}

static void add_pattern(struct draft_ledger *l, const char *pattern)
{
    for (size_t i = 0; i < l->subtotal.n; i++)
        if (strcmp(l->subtotal.at[i], pattern) == 0)
            return;
    if (l->subtotal.n < MOST_SUBTOTALS)
        l->subtotal.at[l->subtotal.n++] = pattern;
}

/* Is a cell blank where nine in ten are filled?  A customer who is called Total Care has a day and
   a document as others have. */
static bool lacks_a_cell(const struct draft_file *f, size_t row)
{
    for (size_t j = 0; j < f->frame->n_cols; j++)
        if (10 * f->profile[j].n >= 9 * f->frame->n_rows && !f->frame->cols[j].as.text[row])
            return true;
    return false;
}

void draft_leave_out(struct draft *d, const bool *out, struct arena *keep)
{
    struct draft_file *f = &d->ledger.file;
    f->leave_out = out;
    f->profile = profiles_make(f->frame, out, keep);
    if (d->key.ledger)
        d->key.ledger = &f->profile[d->key.ledger->column - f->frame->cols];
}

/* The pattern of a row that is a subtotal; NULL: it is none. */
static const char *subtotal_of(const struct draft *d, size_t row, struct arena *keep)
{
    const char *text = d->key.ledger->column->as.text[row];
    const char *pattern = text ? pattern_of(text, keep) : NULL;
    const bool bare = pattern && strspn(text + strlen(pattern) - 1, " :0123456789./-") ==
                                     strlen(text) - strlen(pattern) + 1;
    return pattern && (bare || lacks_a_cell(&d->ledger.file, row)) ? pattern : NULL;
}

static bool begins_with(const char *text, const char *pattern)
{
    return strncmp(text, pattern, strlen(pattern) - 1) == 0;
}

/* Where a customer's name begins as a subtotal does, the subtotals are listed as they stand. */
static void add_subtotals(struct draft *d, const bool *is_subtotal, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    const char *const *text = d->key.ledger->column->as.text;
    const size_t n = l->file.frame->n_rows;
    for (size_t i = 0; i < n; i++)
        if (is_subtotal[i])
            add_pattern(l, pattern_of(text[i], keep));
    const struct texts patterns = {l->subtotal.n,
                                   arena_copy(keep, l->subtotal.at, l->subtotal.n, sizeof *text)};
    l->subtotal.n = 0;
    for (size_t k = 0; k < patterns.n; k++) {
        bool named = false;
        for (size_t i = 0; i < n && !named; i++)
            named = text[i] && !is_subtotal[i] && begins_with(text[i], patterns.at[k]);
        for (size_t i = 0; i < n && named; i++)
            if (is_subtotal[i] && begins_with(text[i], patterns.at[k]))
                add_pattern(l, text[i]);
        if (!named)
            add_pattern(l, patterns.at[k]);
    }
}

static void find_subtotals(struct draft *d, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    const struct frame *f = l->file.frame;
    bool *out = ARENA_NEW(keep, bool, f->n_rows), *is_subtotal = ARENA_NEW(keep, bool, f->n_rows);
    l->subtotal.at = ARENA_NEW(keep, const char *, MOST_SUBTOTALS);
    for (size_t i = 0; d->key.ledger && i < f->n_rows; i++) {
        is_subtotal[i] = subtotal_of(d, i, keep) != NULL;
        out[i] = !d->key.ledger->column->as.text[i] || is_subtotal[i] ||
                 (l->file.leave_out && l->file.leave_out[i]);
        l->n_subtotals += is_subtotal[i];
    }
    if (l->n_subtotals)
        add_subtotals(d, is_subtotal, keep);
    draft_leave_out(d, out, keep);
}

/* ---- documents ---- */

/* How many distinct pairs of a document and a customer there are; spellings of a customer are one.
 */
static size_t distinct_pairs(const struct draft_file *f, const struct column *document,
                             const struct column *customer, struct arena *keep)
{
    struct key_map *map = key_map_new(f->frame->n_rows, keep);
    struct key_buffer buffer = {.arena = keep};
    const struct key_steps steps = draft_spellings(keep);
    for (size_t i = 0; i < f->frame->n_rows; i++) {
        if (f->leave_out[i] || !document->as.text[i])
            continue;
        const char *id = customer->as.text[i] ? customer->as.text[i] : "";
        const struct key_text key = keys_apply(&steps, SIZE_MAX, id, strlen(id), &buffer);
        const char *pair =
            arena_printf(keep, "%s%c%.*s", document->as.text[i], '\x1f', (int)key.length, key.text);
        key_map_add(map, pair, strlen(pair), NULL);
    }
    return key_map_count(map);
}

static bool named_document(const struct profile *p)
{
    return name_holds(p->column->name,
                      "document beleg belnr invoice rechnung voucher order auftrag receipt bon doc "
                      "facture");
}

/* A document belongs to one customer, and a customer has several; where each line has
   a number of its own, only a name makes it a document. */
static bool may_be_document(const struct draft *d, const struct profile *p)
{
    const struct draft_file *f = &d->ledger.file;
    const struct profile *key = d->key.ledger;
    if (!key || p->column == key->column || profile_is_date(p) || 10 * p->n < 9 * key->n ||
        2 * (p->n_number - p->n_whole) > p->n || p->n_distinct < 2)
        return false;
    if (p->n_distinct == p->n)
        return named_document(p);
    struct arena *scratch = arena_new();
    size_t pairs = distinct_pairs(f, p->column, key->column, scratch);
    arena_free(scratch);
    bool one_customer = 100 * pairs <= 101 * p->n_distinct;
    bool several = p->n_distinct > key->n_distinct;
    return one_customer && (several || named_document(p));
}

static void find_document(struct draft *d)
{
    struct draft_ledger *l = &d->ledger;
    for (size_t j = 0; j < l->file.frame->n_cols; j++) {
        const struct profile *p = &l->file.profile[j];
        if (p->column == (l->amount.column ? l->amount.column->column : NULL) ||
            !may_be_document(d, p))
            continue;
        if (!l->document || (named_document(p) && !named_document(l->document)))
            l->document = p;
    }
}

/* ---- currency ---- */

static bool is_currency(const struct profile *p)
{
    if (!p->n || p->n_distinct > 20)
        return false;
    for (size_t k = 0; k < p->n_distinct; k++)
        if (currency_decimals(p->value[k].text) < 0)
            return false;
    return true;
}

static void find_currency(struct draft_ledger *l)
{
    for (size_t j = 0; j < l->file.frame->n_cols && !l->currency; j++)
        if (is_currency(&l->file.profile[j]))
            l->currency = &l->file.profile[j];
}

/* ---- days ---- */

static void find_days(struct draft_ledger *l)
{
    const struct frame *f = l->file.frame;
    l->first = l->last = DAY_MISSING;
    if (!l->date || l->date->n_formats != 1)
        return;
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *text = l->date->column->as.text[i];
        int32_t day;
        if (l->file.leave_out[i] || !text ||
            !parse_date(text, strlen(text), l->date->format[0], &day))
            continue;
        l->first = l->first == DAY_MISSING || day < l->first ? day : l->first;
        l->last = l->last == DAY_MISSING || day > l->last ? day : l->last;
    }
}

void draft_find_ledger(struct draft *d, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    find_subtotals(d, keep);
    if (l->declared) {
        draft_find_declared(d, keep);
        find_days(l);
        return;
    }
    draft_find_void(d, keep);
    l->date = draft_settled_date(
        d, &l->file, draft_date(&l->file, "beleg document invoice", &l->other_date), keep);
    find_currency(l);
    draft_find_amount(d, keep);
    find_document(d);
    draft_find_types(d, keep);
    l->n_twice = draft_lines_twice(l);
    find_days(l);
}
