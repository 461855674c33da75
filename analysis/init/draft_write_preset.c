/* SPDX-License-Identifier: GPL-3.0-or-later
   A ledgers entry that names a preset: what of the file differs from it, or is left to the user. */
#include <string.h>

#include "analysis/init/draft.h"

static const char *column_text(const struct profile *p, struct arena *keep)
{
    return p ? yaml_quoted(p->column->name, keep) : "\"?\"";
}

/* Does the preset have a key of its own? */
static bool says(const struct preset *p, const char *key)
{
    for (size_t i = p->ledger; i < p->n_lines; i++)
        if (strncmp(p->line[i], "  ", 2) == 0 && strncmp(p->line[i] + 2, key, strlen(key)) == 0 &&
            p->line[i][2 + strlen(key)] == ':')
            return true;
    return false;
}

static void write_dialect(const struct sample_file *s, struct made_text *t)
{
    if (s->n_sheets)
        return;
    if (s->dialect.delimiter == '\t')
        text_add(t, "    delimiter: tab\n");
    else if (s->dialect.delimiter != ',' || says(s->preset, "delimiter"))
        text_add(t, "    delimiter: \"%c\"\n", s->dialect.delimiter);
    if (s->dialect.encoding || says(s->preset, "encoding"))
        text_add(t, "    encoding: %s\n", s->dialect.encoding ? s->dialect.encoding : "UTF-8");
}

/* The preset's own keys, for a reader to see what is done. */
static void write_declared(const struct preset *p, struct made_text *t)
{
    const char *text = preset_ledger(p, t->keep);
    text_add(t,
             "    # %s\n    # The preset declares what follows; a key written here takes the place "
             "of its own:\n",
             p->note);
    while (*text) {
        size_t n = strcspn(text, "\n");
        text_add(t, "    #   %.*s\n", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

static void write_amount(const struct draft_ledger *l, struct made_text *t)
{
    const struct draft_amount *a = &l->amount;
    if (l->turned)
        text_add(t,
                 "    amount: {sign: debit_credit, debit: %s, credit: %s}   # CHECK: lines of "
                 "sales are in %s: is it the ledger of these accounts?\n",
                 column_text(a->debit, t->keep), column_text(a->credit, t->keep),
                 yaml_comment(a->debit->column->name, t->keep));
    if (!a->differs)
        return;
    text_add(
        t,
        "    decimal: \"%s\"   # CHECK: fits %zu of %zu amounts, which the preset's marks do not\n",
        a->decimal, a->n_fit, a->n_cells);
    if (a->thousands)
        text_add(t, "    thousands: \"%s\"\n", a->thousands);
    else if (l->declared->thousands)
        text_add(t, "    thousands: \"%s\"\n", strcmp(a->decimal, ".") == 0 ? "," : ".");
    if (!a->debit && !a->indicator && a->sign != l->declared->amount.sign)
        text_add(t, "    amount: {column: %s, sign: %s}\n", column_text(a->column, t->keep),
                 draft_sign_word(a->sign));
}

static void write_date(const struct draft_ledger *l, struct made_text *t)
{
    const struct study_ledger *s = l->declared;
    const char *own = s->date_format ? s->date_format : "%Y-%m-%d";
    if (s->period.declared || !l->date)
        return;
    if (l->date->n_formats == 1 && strcmp(l->date->format[0], own) != 0)
        text_add(t, "    date: {format: %s}   # CHECK: fits %zu of %zu days\n",
                 yaml_quoted(l->date->format[0], t->keep), l->date->n_dated, l->date->n);
    else if (l->date->n_formats > 1)
        text_add(t, "    # CHECK: the days fit %s as well as %s\n",
                 yaml_quoted(l->date->format[0], t->keep),
                 yaml_quoted(l->date->format[1], t->keep));
}

static void write_currency(const struct draft_ledger *l, struct made_text *t)
{
    if (!l->declared->currency_column)
        return;
    if (!l->currency) {
        text_add(t, "    currency: {}   # the file has no column of currencies\n");
        return;
    }
    const struct value_count *v = l->currency->value;
    text_add(t, "    currency: {keep: %s}   #%s", yaml_quoted(v->text, t->keep),
             l->currency->n_distinct > 1 ? " CHECK: only it counts; a file of rates converts:"
                                         : "");
    for (size_t k = 0; k < l->currency->n_distinct; k++)
        text_add(t, "%s %s %zu", k ? "," : "", yaml_comment(v[k].text, t->keep), v[k].n);
    text_add(t, "\n");
}

/* ---- what the preset leaves to the user ---- */

/* Values of a column of accounts that are sales by their names. */
static struct texts sales_of(const struct draft_file *f, const char *column, struct arena *keep)
{
    struct texts found = {0, NULL};
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        const struct profile *p = &f->profile[j];
        if (strcmp(p->column->name, column) != 0)
            continue;
        found.at = ARENA_NEW(keep, const char *, p->n_distinct);
        for (size_t k = 0; k < p->n_distinct; k++)
            if (strspn(p->value[k].text, "0123456789") >= 4 && p->value[k].text[0] == '4') {
                found.at[0] = "4*"; /* accounts of sales in most charts */
                return (struct texts){1, found.at};
            }
        for (size_t k = 0; k < p->n_distinct; k++)
            if (name_holds(p->value[k].text,
                           "sales revenue income erl\u00f6s umsatz ventes ventas") &&
                !name_holds(p->value[k].text, "tax umsatzsteuer payable"))
                found.at[found.n++] = p->value[k].text;
    }
    return found;
}

static void write_keep(const struct draft_ledger *l, size_t k, struct made_text *t)
{
    const struct study_filter *filter = &l->declared->keep[k];
    const struct texts sales = sales_of(&l->file, filter->column, t->keep);
    text_add(t, "    keep: [{column: %s, values: %s}]   # CHECK: %s\n",
             yaml_quoted(filter->column, t->keep),
             yaml_list(l->keep_works[k] || !sales.n ? &filter->values : &sales, t->keep),
             l->keep_works[k] || sales.n ? "are these all your sales?"
                                         : "NO LINE HAS SUCH A VALUE; write those of your sales");
}

static void write_left_open(const struct draft_ledger *l, const struct preset *p,
                            struct made_text *t)
{
    for (size_t i = 0; i < p->n_declare; i++)
        if (strncmp(p->declare[i], "keep:", 5) == 0)
            for (size_t k = 0; k < l->declared->n_keep; k++)
                write_keep(l, k, t);
        else if (strncmp(p->declare[i], "currency:", 9) != 0)
            text_add(t, "    %s   # CHECK: the preset leaves this to you\n", p->declare[i]);
}

/* ---- types ---- */

static void write_types(const struct draft_ledger *l, struct made_text *t)
{
    const struct {
        const char *kind;
        const struct texts *own;
    } list[] = {{"sale", &l->declared->type.sale},
                {"return", &l->declared->type.returned},
                {"payment", &l->declared->type.payment},
                {"ignore", &l->declared->type.ignore}};
    if (!l->type)
        return;
    draft_write_type_table(l, t);
    if (l->n_undeclared)
        text_add(
            t,
            "    type:   # CHECK: types that the preset does not know stand last in their list\n");
    for (size_t i = 0; l->n_undeclared && i < sizeof list / sizeof *list; i++) {
        struct texts all = {0, ARENA_NEW(t->keep, const char *, list[i].own->n + l->n_types)};
        for (size_t k = 0; k < list[i].own->n; k++)
            all.at[all.n++] = list[i].own->at[k];
        for (size_t k = 0; k < l->n_types; k++)
            if (!l->types[k].declared && strcmp(l->types[k].kind, list[i].kind) == 0)
                all.at[all.n++] = l->types[k].text;
        if (all.n > list[i].own->n)
            text_add(t, "      %s: %s\n", list[i].kind, yaml_list(&all, t->keep));
    }
}

void draft_write_preset(const struct draft *d, struct made_text *t)
{
    const struct draft_ledger *l = &d->ledger;
    const struct sample_file *s = l->file.sample;
    text_add(t, "    preset: %s   # %s\n", s->preset->name, s->preset->title);
    write_declared(s->preset, t);
    write_dialect(s, t);
    if (d->key.ledger && strcmp(d->key.ledger->column->name, l->declared->key) != 0)
        text_add(t, "    key: %s   # in place of %s: more respondents are found\n",
                 column_text(d->key.ledger, t->keep), yaml_comment(l->declared->key, t->keep));
    draft_write_ends_at(&d->key, t);
    write_date(l, t);
    write_amount(l, t);
    write_currency(l, t);
    write_left_open(l, s->preset, t);
    write_types(l, t);
}
