/* SPDX-License-Identifier: GPL-3.0-or-later
   A ledger that is known by name: what its preset declares takes the place of guesses, as far as
   the cells fit it. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/ledger/pattern.h"
#include "io/ledger/types.h"
#include "io/text/parse.h"

static const struct study_ledger *declared_of(const struct draft *d)
{
    const struct sample_file *s = d->ledger.file.sample;
    return s->declared ? &s->declared->ledgers[0] : NULL;
}

static const struct profile *profile_named(const struct draft_file *f, const char *name)
{
    for (size_t j = 0; name && j < f->frame->n_cols; j++)
        if (strcmp(f->frame->cols[j].name, name) == 0)
            return &f->profile[j];
    return NULL;
}

/* ---- rows that the preset leaves out ---- */

static bool fits(const struct study_filter *filter, const struct frame *f, size_t row)
{
    const struct column *c = frame_column(f, filter->column);
    const char *text = c && c->as.text[row] ? c->as.text[row] : "";
    return c && pattern_any_cell(&filter->values, (struct slice){text, (uint32_t)strlen(text)});
}

static bool leaves_out(const struct study_ledger *l, const struct frame *f, size_t row)
{
    for (size_t k = 0; k < l->n_drop; k++)
        if (fits(&l->drop[k], f, row))
            return true;
    return false;
}

/* Does a filter of the rows to keep hold any row?  An example in a preset may not. */
static bool keeps_some(const struct study_filter *filter, const struct frame *f)
{
    for (size_t i = 0; i < f->n_rows; i++)
        if (fits(filter, f, i))
            return true;
    return false;
}

static bool is_kept(const struct study_ledger *l, const struct frame *f, const bool *works,
                    size_t row)
{
    for (size_t k = 0; k < l->n_keep; k++)
        if (works[k] && !fits(&l->keep[k], f, row))
            return false;
    return true;
}

/* ---- ids within a cell ---- */

/* What stands before a mark, and behind another. */
static const char *part_of(const char *text, const char *starts_after, const char *ends_at,
                           struct arena *keep)
{
    const char *from = starts_after ? strstr(text, starts_after) : NULL;
    text = from ? from + strlen(starts_after) : text;
    const char *end = ends_at ? strstr(text, ends_at) : NULL;
    return end ? arena_strndup(keep, text, (size_t)(end - text)) : text;
}

/* The frame with the ids in place of the cells that hold them. */
static const struct frame *with_ids(const struct frame *f, const char *key,
                                    const char *starts_after, const char *ends_at,
                                    struct arena *keep)
{
    if (!ends_at && !starts_after)
        return f;
    struct frame *own = arena_copy(keep, f, 1, sizeof *f);
    struct column *cols = arena_copy(keep, f->cols, f->n_cols, sizeof *cols);
    for (size_t j = 0; j < f->n_cols; j++) {
        if (strcmp(cols[j].name, key) != 0)
            continue;
        const char **text = ARENA_NEW(keep, const char *, f->n_rows);
        for (size_t i = 0; i < f->n_rows; i++)
            text[i] = cols[j].as.text[i] ? part_of(cols[j].as.text[i], starts_after, ends_at, keep)
                                         : NULL;
        cols[j].as.text = text;
    }
    own->cols = cols;
    return own;
}

void draft_cut_ids(struct draft *d, const char *ends_at, struct arena *keep)
{
    struct draft_file *f = &d->ledger.file;
    const size_t at = (size_t)(d->key.ledger - f->profile);
    d->key.ends_at = ends_at;
    d->key.example = d->key.ledger->value[0].text;
    f->frame = with_ids(f->frame, d->key.ledger->column->name, NULL, ends_at, keep);
    f->profile = profiles_make(f->frame, f->leave_out, keep);
    d->key.ledger = &f->profile[at];
}

void draft_prepare_ledger(struct draft *d, struct arena *keep)
{
    struct draft_file *file = &d->ledger.file;
    const struct study_ledger *l = declared_of(d);
    if (!l)
        return;
    const struct frame *f = file->frame =
        with_ids(file->frame, l->key, l->key_starts_after, l->key_ends_at, keep);
    bool *out = ARENA_NEW(keep, bool, f->n_rows), *works = ARENA_NEW(keep, bool, l->n_keep);
    for (size_t k = 0; k < l->n_keep; k++)
        works[k] = keeps_some(&l->keep[k], f);
    for (size_t i = 0; i < f->n_rows; i++)
        out[i] = leaves_out(l, f, i) || !is_kept(l, f, works, i);
    file->leave_out = out;
    file->profile = profiles_make(f, out, keep);
    d->ledger.declared = l;
    d->ledger.keep_works = works;
}

/* ---- columns ---- */

/* The days' column, with the preset's format where the cells do not contradict it. */
static const struct profile *declared_date(const struct draft *d, struct arena *keep)
{
    const struct study_ledger *l = d->ledger.declared;
    const struct profile *p = profile_named(&d->ledger.file, l->date);
    const char *format = l->date_format ? l->date_format : "%Y-%m-%d";
    int32_t day;
    size_t fit = 0;
    for (size_t k = 0; p && k < p->n_distinct; k++)
        if (parse_date(p->value[k].text, strlen(p->value[k].text), format, &day))
            fit += p->value[k].n;
    if (!p || fit < p->n_dated || !fit || l->period.declared)
        return p;
    struct profile *own = arena_copy(keep, p, 1, sizeof *p);
    own->n_formats = 1;
    own->format = arena_copy(keep, &format, 1, sizeof format);
    own->n_dated = fit;
    return own;
}

static void try_own_format(struct draft_amount *a, const struct profile *column)
{
    struct draft_amount own = draft_amount_format(column), tried = *a;
    if (own.marks_unclear)
        return;
    tried.decimal = own.decimal;
    tried.thousands = own.thousands;
    tried.sign = a->debit || a->indicator || a->sign == AMOUNT_BY_TYPE ? a->sign : own.sign;
    tried.differs = true;
    draft_amount_fit(&tried);
    if (tried.n_fit > a->n_fit)
        *a = tried;
}

/* The marks and the sign of the preset, or those of the cells where they fit more. */
static void settle_amount(struct draft_ledger *l)
{
    const struct study_ledger *s = l->declared;
    const struct draft_file *f = &l->file;
    struct draft_amount *a = &l->amount;
    *a = (struct draft_amount){.decimal = s->decimal,
                               .thousands = s->thousands,
                               .sign = s->amount.sign,
                               .decimals = s->decimals,
                               .debit = profile_named(f, s->amount.debit),
                               .credit = profile_named(f, s->amount.credit),
                               .indicator = profile_named(f, s->amount.indicator),
                               .negative = s->amount.negative};
    a->column = a->debit ? a->debit : profile_named(f, s->amount.column);
    if (!a->column)
        return;
    draft_amount_fit(a);
    if (a->n_fit < a->n_cells)
        try_own_format(a, a->column);
    if (a->n_fit < a->n_cells && a->credit && a->column == a->debit)
        try_own_format(a, a->credit);
}

static void settle_currency(struct draft_ledger *l)
{
    const struct profile *p = profile_named(&l->file, l->declared->currency_column);
    l->currency = p && p->n_distinct ? p : NULL;
}

/* ---- types ---- */

static const char *kind_of(struct ledger_types *types, const char *text)
{
    static const char *const word[] = {[LEDGER_SALE] = "sale",
                                       [LEDGER_RETURN] = "return",
                                       [LEDGER_PAYMENT] = "payment",
                                       [LEDGER_IGNORED] = "ignore"};
    const struct ledger_type *t =
        ledger_types_find(types, (struct slice){text, (uint32_t)strlen(text)});
    return t->kind < sizeof word / sizeof *word ? word[t->kind] : NULL;
}

/* The preset has customers' accounts, the file those of sales: what the preset takes for sales is
   far below zero. */
static void turn_halves(struct draft_ledger *l, struct ledger_types *types)
{
    struct draft_amount *a = &l->amount;
    size_t positive = 0, negative = 0;
    for (size_t k = 0; k < l->n_types; k++) {
        const char *kind = kind_of(types, l->types[k].text);
        if (!kind || strcmp(kind, "sale") != 0)
            continue;
        positive += l->types[k].positive;
        negative += l->types[k].negative;
    }
    if (!a->debit || !a->credit || negative <= 2 * positive)
        return;
    const struct profile *sales = a->credit;
    a->credit = a->debit;
    a->debit = a->column = sales;
    l->turned = true;
    for (size_t k = 0; k < l->n_types; k++) {
        struct draft_type *t = &l->types[k];
        const size_t was_negative = t->negative;
        t->negative = t->positive;
        t->positive = was_negative;
        t->sum = -t->sum;
    }
}

void draft_settle_declared_types(struct draft_ledger *l, struct arena *keep)
{
    struct ledger_types types = ledger_types_new(&l->declared->type, keep);
    turn_halves(l, &types);
    const struct draft_type *most = NULL;
    for (size_t k = 0; k < l->n_types; k++) {
        struct draft_type *t = &l->types[k];
        t->kind = kind_of(&types, t->text);
        t->declared = t->kind != NULL;
        if (t->declared && strcmp(t->kind, "sale") == 0 && t->negative > t->positive &&
            l->declared->type.negative == NEGATIVE_RETURN)
            t->kind = "return";
        most = t->declared && strcmp(t->kind, "sale") == 0 && (!most || t->n > most->n) ? t : most;
    }
    for (size_t k = 0; k < l->n_types; k++)
        if (!l->types[k].declared) {
            draft_settle_kind(&l->types[k], most ? most : &l->types[k], false);
            l->types[k].in_doubt = true;
            l->n_undeclared++;
        }
}

/* ---- the whole ---- */

void draft_find_declared(struct draft *d, struct arena *keep)
{
    struct draft_ledger *l = &d->ledger;
    const struct study_ledger *s = l->declared;
    const struct profile *own = profile_named(&l->file, s->key);
    if (s->party.columns.n || s->key_ends_at || s->key_starts_after || d->key.guessed)
        d->key.ledger = own ? own : d->key.ledger;
    l->date = declared_date(d, keep);
    l->document = profile_named(&l->file, s->document);
    settle_amount(l);
    settle_currency(l);
    l->type = profile_named(&l->file, s->type.column);
    if (l->type)
        draft_count_types(l, l->type, keep);
}
