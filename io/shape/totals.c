/* SPDX-License-Identifier: GPL-3.0-or-later
   The total that ends a section against the sum of the section's rows.

   A report's total counts rows that a study leaves out, or does not, and the sections within or
   not; what was carried forward may stand in front of the rows.  So it agrees where it equals the
   sum in any of these senses; of debit and credit each, or their balance. */
#include "io/shape/steps.h"

#include <strings.h>

#include "io/ledger/plan.h"

void shape_totals_start(struct shape *s)
{
    const struct study_ledger *l = s->declared;
    struct shape_totals *t = &s->totals;
    const bool signed_here = l->amount.sign != AMOUNT_INDICATOR && l->amount.sign != AMOUNT_BY_TYPE;
    const bool two = l->amount.sign == AMOUNT_DEBIT_CREDIT;
    t->column[0] = shape_column(s, two ? l->amount.debit : l->amount.column);
    t->column[1] = shape_column(s, two ? l->amount.credit : NULL);
    t->currency = shape_column(s, l->currency_keep ? l->currency_column : NULL);
    t->n_columns = two ? 2 : 1;
    t->format = ledger_money_format(l);
    t->active = l->rows.section && l->rows.totals.n > 0 && signed_here && !l->currency_to &&
                !l->amount.once_per && t->column[0] != SHAPE_NONE &&
                (!two || t->column[1] != SHAPE_NONE);
}

/* ---- cells ---- */

/* Numbers of a workbook have '.' and a minus in front, whatever the texts have. */
static bool amount_in(const struct shape *s, const struct record_cell *c, wide *amount)
{
    const struct money_format number = {
        .decimal = '.', .sign = SIGN_LEADING, .decimals = s->totals.format.decimals};
    const struct slice text = trimmed(c);
    int64_t minor = 0;
    const bool well =
        text.length == 0
            ? !c->uncalculated
            : !c->error && parse_money(text.text, text.length,
                                       c->number ? &number : &s->totals.format, &minor);
    *amount = minor;
    return well;
}

/* The amounts of a row; those of blank cells are 0. */
struct row_amounts {
    wide of[SHAPE_SIDES];
    size_t n_filled;
    bool known; /* no cell holds anything else */
};

static struct row_amounts amounts_of(const struct shape *s)
{
    const struct shape_totals *t = &s->totals;
    struct row_amounts row = {.known = true};
    for (size_t k = 0; k < t->n_columns; k++) {
        const struct record_cell *c = &s->cell[t->column[k]];
        row.known = amount_in(s, c, &row.of[k]) && row.known;
        row.n_filled += !is_blank(c);
    }
    return row;
}

/* A row in another currency than the one that is kept. */
static bool is_foreign(const struct shape *s)
{
    const int32_t column = s->totals.currency;
    if (column == SHAPE_NONE)
        return false;
    const struct slice code = trimmed(&s->cell[column]);
    const char *kept = s->declared->currency_keep;
    return strlen(kept) != code.length || strncasecmp(kept, code.text, code.length) != 0;
}

/* ---- sums ---- */

static void add_amounts(struct shape_sum *to, const wide amount[SHAPE_SIDES], bool known)
{
    to->unknown = to->unknown || !known;
    for (size_t k = 0; k < SHAPE_SIDES; k++)
        to->of[k] += amount[k];
}

void shape_totals_begin(struct shape_section *section)
{
    memset(&section->sums, 0, sizeof section->sums);
}

void shape_totals_add(struct shape *s, bool left_out)
{
    struct shape_rows *r = &s->rows;
    if (!s->totals.active || r->n_sections == 0)
        return;
    struct shape_section_sums *sums = &r->section[r->n_sections - 1].sums;
    const struct row_amounts row = amounts_of(s);
    const bool known = row.known && !is_foreign(s);
    add_amounts(&sums->own[SUM_ALL], row.of, known);
    if (!left_out)
        add_amounts(&sums->own[SUM_COUNTED], row.of, known);
    sums->has_rows = true;
}

void shape_totals_carry(struct shape *s)
{
    struct shape_rows *r = &s->rows;
    if (!s->totals.active || r->n_sections == 0)
        return;
    struct shape_section_sums *sums = &r->section[r->n_sections - 1].sums;
    const struct row_amounts row = amounts_of(s);
    for (size_t k = 0; !sums->has_rows && row.known && k < SHAPE_SIDES; k++)
        sums->carried[k] += row.of[k];
}

/* The section's own rows and those of the sections that ended within it. */
static struct shape_sum whole_of(const struct shape_section_sums *sums, int which)
{
    struct shape_sum whole = sums->own[which];
    add_amounts(&whole, sums->within[which].of, !sums->within[which].unknown);
    return whole;
}

/* Sections from `from` on have ended: their rows are rows within the one around them. */
static void roll_up(struct shape_rows *r, size_t from)
{
    for (size_t i = r->n_sections; i-- > from && i > 0;)
        for (int which = 0; which < SUMS; which++) {
            const struct shape_sum whole = whole_of(&r->section[i].sums, which);
            struct shape_section_sums *around = &r->section[i - 1].sums;
            add_amounts(&around->within[which], whole.of, !whole.unknown);
            around->has_rows = true;
        }
}

/* ---- the comparison ---- */

/* With what was carried forward or without; where one side of the total is blank, the other may be
   the balance. */
static bool equals(const struct shape_sum *sum, const wide carried[SHAPE_SIDES],
                   const struct row_amounts *total)
{
    const wide off[SHAPE_SIDES] = {total->of[0] - sum->of[0], total->of[1] - sum->of[1]};
    const bool balance = total->n_filled == 1;
    return (off[0] == 0 && off[1] == 0) || (off[0] == carried[0] && off[1] == carried[1]) ||
           (balance && (off[0] == off[1] || off[0] - off[1] == carried[0] - carried[1]));
}

static bool agrees(const struct shape_section_sums *sums, const struct row_amounts *total)
{
    for (int which = 0; which < SUMS; which++) {
        const struct shape_sum whole = whole_of(sums, which);
        if (equals(&sums->own[which], sums->carried, total) || equals(&whole, sums->carried, total))
            return true;
    }
    return false;
}

/* A heading that is repeated on the next page opens a section of the same name within the first. */
static bool agrees_with_namesakes(const struct shape_rows *r, size_t i,
                                  const struct row_amounts *total)
{
    struct shape_section_sums all = r->section[i].sums;
    const struct shape_text *name = &r->section[i].name;
    while (i-- > 0 && r->section[i].name.n == name->n &&
           memcmp(r->section[i].name.text, name->text, name->n) == 0) {
        for (int which = 0; which < SUMS; which++) {
            const struct shape_sum whole = whole_of(&r->section[i].sums, which);
            add_amounts(&all.within[which], whole.of, !whole.unknown);
        }
        if (agrees(&all, total))
            return true;
    }
    return false;
}

/* ---- telling ---- */

static const char *minor_text(wide minor, int decimals, struct arena *keep)
{
    char text[48];
    size_t at = sizeof text - 1;
    wide left = minor < 0 ? -minor : minor;
    text[at] = '\0';
    for (int k = 0; left > 0 || k <= decimals; k++) {
        text[--at] = (char)('0' + (int)(left % 10));
        left /= 10;
        if (k + 1 == decimals)
            text[--at] = '.';
    }
    return arena_printf(keep, "%s%s", minor < 0 ? "-" : "", &text[at]);
}

static const char *amounts_text(const struct shape_totals *t, const wide amount[SHAPE_SIDES],
                                struct arena *keep)
{
    const int decimals = t->format.decimals;
    const char *first = minor_text(amount[0], decimals, keep);
    if (t->n_columns == 1)
        return first;
    return arena_printf(keep, "debit %s, credit %s", first, minor_text(amount[1], decimals, keep));
}

static void differs(struct shape *s, const struct shape_section *section,
                    const struct row_amounts *total)
{
    struct shape_totals *t = &s->totals;
    const struct shape_sum sum = whole_of(&section->sums, SUM_ALL);
    if (t->n_differ++ < LEDGER_TOTALS_TOLD)
        t->told[t->n_differ - 1] = (struct ledger_total){
            .line = s->line,
            .section = arena_strndup(s->own, section->name.text, section->name.n),
            .total = amounts_text(t, total->of, s->own),
            .sum = amounts_text(t, sum.of, s->own)};
}

void shape_totals_end(struct shape *s, size_t i)
{
    struct shape_rows *r = &s->rows;
    const struct shape_section *section = &r->section[i];
    if (!s->totals.active)
        return;
    roll_up(r, i + 1);
    const struct row_amounts total = amounts_of(s);
    if (total.n_filled > 0 && total.known && !whole_of(&section->sums, SUM_ALL).unknown) {
        s->totals.n_compared++;
        if (!agrees(&section->sums, &total) && !agrees_with_namesakes(r, i, &total))
            differs(s, section, &total);
    }
    r->n_sections = i + 1;
    roll_up(r, i);
}

void shape_totals_told(const struct shape *s, struct ledger_counts *counts, struct arena *keep)
{
    const struct shape_totals *t = &s->totals;
    const size_t n = t->n_differ < LEDGER_TOTALS_TOLD ? t->n_differ : LEDGER_TOTALS_TOLD;
    struct ledger_total *told = ARENA_NEW(keep, struct ledger_total, n);
    for (size_t i = 0; i < n; i++)
        told[i] = (struct ledger_total){.line = t->told[i].line,
                                        .section = arena_strdup(keep, t->told[i].section),
                                        .total = arena_strdup(keep, t->told[i].total),
                                        .sum = arena_strdup(keep, t->told[i].sum)};
    counts->n_totals = t->n_compared;
    counts->n_totals_differ = t->n_differ;
    counts->total = told;
}
