/* SPDX-License-Identifier: GPL-3.0-or-later
   What may stand in a workbook's cells, as io/xlsx/header.c has it for tables. */
#include "io/shape/steps.h"

#include <stdio.h>

#include "io/ledger/plan.h"
#include "io/text/parse.h"

static void use(struct shape *s, const char *name, uint8_t as)
{
    for (size_t i = 0; name && i < s->n_named; i++)
        if (strcmp(s->name[i], name) == 0)
            s->use[i] |= as;
}

/* By role: what a column is read for besides its text. */
static uint8_t use_of_role(enum ledger_role role)
{
    switch (role) {
    case ROLE_KEY:
    case ROLE_DOCUMENT:
        return USE_READ | USE_ID;
    case ROLE_AMOUNT:
    case ROLE_DEBIT:
    case ROLE_CREDIT:
    case ROLE_REFUNDED:
        return USE_READ | USE_MONEY;
    default:
        return USE_READ;
    }
}

void shape_cells_start(struct shape *s)
{
    const struct study_ledger *l = s->declared;
#define X(code, key, name) use(s, name, use_of_role(code));
    LEDGER_ROLE_LIST(X)
#undef X
    for (size_t i = 0; i < l->party.columns.n; i++)
        use(s, l->party.columns.at[i], USE_READ | USE_ID);
    for (size_t i = 0; i < l->n_drop; i++)
        use(s, l->drop[i].column, USE_READ);
    for (size_t i = 0; i < l->n_keep; i++)
        use(s, l->keep[i].column, USE_READ);
    for (size_t i = 0; i < l->n_reversed; i++)
        use(s, l->reversed[i].column, USE_READ);
    use(s, l->amount.once_per, USE_READ | USE_ID);
}

bool shape_cells_calculated(const struct shape *s, struct err *err)
{
    for (size_t i = 0; s->workbook && i < s->n_named; i++)
        if (s->use[i] && s->cell[i].uncalculated)
            return shape_wrong(s, ERR_VALUE, (int32_t)i,
                               "holds a formula that was never calculated",
                               "open the workbook in Excel or LibreOffice and save it", err);
    return true;
}

/* What stands in front of and behind a negative amount. */
struct minus {
    const char *front, *behind;
};

static struct minus minus_of(const struct study_amount *amount)
{
    switch (amount->sign) {
    case AMOUNT_TRAILING:
        return (struct minus){"", "-"};
    case AMOUNT_PARENTHESES:
        return (struct minus){"(", ")"};
    case AMOUNT_CR_DR:
        return (struct minus){"", amount->negative.n > 0 ? amount->negative.at[0] : "CR"};
    default:
        return (struct minus){"-", ""};
    }
}

/* The currency that the number's format shows, most often that of the row above.  Where one is
   declared, its column tells it. */
static struct money_mark mark_of(struct shape *s, const struct record_cell *c)
{
    const struct study_ledger *l = s->declared;
    const bool declared = l->currency_keep || l->currency_to;
    const char *shown_with = !declared && c->shown_with ? c->shown_with : "";
    if (s->shown_with != shown_with) {
        s->shown_with = shown_with;
        s->mark = money_mark_in(shown_with);
    }
    return s->mark;
}

/* A number has '.' and a minus in front, whatever the texts of the file have. */
static void write_money(struct shape *s, struct record_cell *c, char to[48])
{
    const char decimal = s->declared->decimal ? s->declared->decimal[0] : '.';
    const bool negative = c->text[0] == '-';
    const struct money_mark mark = mark_of(s, c);
    if (!*mark.text && !negative && decimal == '.')
        return; /* as it stands */
    const struct minus minus = negative ? minus_of(&s->declared->amount) : (struct minus){"", ""};
    if (c->length > 32 || strlen(minus.behind) > 8 || strpbrk(c->text, "eE"))
        return;
    const int n =
        snprintf(to, 48, "%s%s%s%s", mark.text, minus.front, c->text + negative, minus.behind);
    for (char *at = to; *at; at++)
        *at = *at == '.' ? decimal : *at;
    c->text = to;
    c->length = (uint32_t)n;
}

bool shape_cells_take(struct shape *s, struct err *err)
{
    size_t n_money = 0;
    for (size_t i = 0; s->workbook && i < s->n_named; i++) {
        struct record_cell *c = &s->cell[i];
        if (!s->use[i])
            continue;
        if (c->error)
            return shape_wrong(s, ERR_VALUE, (int32_t)i, "is an error of the workbook",
                               "mend the formula, and save the workbook", err);
        if (c->rounded && (s->use[i] & USE_ID))
            return shape_wrong(s, ERR_VALUE, (int32_t)i,
                               "is an id that Excel has rounded to 15 digits",
                               "export it anew with the ids as text", err);
        if ((s->use[i] & USE_MONEY) && c->number && n_money < SHAPE_MONEY)
            write_money(s, c, s->money[n_money++]);
    }
    return true;
}
