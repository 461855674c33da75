/* SPDX-License-Identifier: GPL-3.0-or-later
   The second half of the drafted study file: ledgers, join, analysis; and the whole. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/text/parse.h"

enum { LEAST_PER_CELL = 30 };

static const char nothing[] = "\"?\"";

static const char *column_text(const struct profile *p, struct arena *keep)
{
    return p ? yaml_quoted(p->column->name, keep) : nothing;
}

/* ---- the ledger ---- */

/* Marks that may be either stay open: a run stops at the first such amount. */
static void write_unclear_marks(const struct draft_amount *a, struct made_text *t)
{
    const char *mark = a->thousands ? a->thousands : a->decimal;
    const char *other = strcmp(mark, ".") == 0 ? "," : ".";
    text_add(t,
             "    # CHECK: is 1%s234 over a thousand, or a little over one? No amount tells. Take "
             "the '# ' away:\n"
             "    # decimal: \"%s\"     # over a thousand: this line and the next\n"
             "    # thousands: \"%s\"\n"
             "    # decimal: \"%s\"     # a little over one: this line and the next\n"
             "    # decimals: 3\n",
             mark, other, mark, mark);
}

static void write_marks(const struct draft_amount *a, struct made_text *t)
{
    if (!a->column)
        return;
    if (a->marks_unclear) {
        write_unclear_marks(a, t);
        return;
    }
    if (strcmp(a->decimal, ".") != 0 || a->thousands)
        text_add(t, "    decimal: \"%s\"\n", a->decimal);
    if (a->thousands)
        text_add(t, "    thousands: \"%s\"\n", a->thousands);
}

/* Names that tell the header where rows stand above it. */
static void write_header(const struct draft_file *f, struct made_text *t)
{
    enum { MOST = 6 };
    if (!f->sample->n_above)
        return;
    struct texts names = {0, ARENA_NEW(t->keep, const char *, MOST)};
    for (size_t j = 0; j < f->frame->n_cols && names.n < MOST; j++)
        names.at[names.n++] = f->frame->cols[j].name;
    text_add(t, "    rows: {header: %s}   # CHECK: %zu rows stand above the names of the columns\n",
             yaml_list(&names, t->keep), f->sample->n_above);
}

static void write_file(const struct draft *d, struct made_text *t)
{
    const struct draft_file *f = &d->ledger.file;
    const struct csv_dialect *c = &f->sample->dialect;
    const struct draft_amount *a = &d->ledger.amount;
    if (c->delimiter == '\t')
        text_add(t, "    delimiter: tab\n");
    else if (c->delimiter != ',')
        text_add(t, "    delimiter: \"%c\"\n", c->delimiter);
    if (c->encoding)
        text_add(t, "    encoding: %s   # CHECK: it is not UTF-8; do its letters look right?\n",
                 c->encoding);
    write_header(f, t);
    if (!f->sample->whole)
        text_add(
            t,
            "    # Columns are proposed by the first %zu lines; ids, types and days are of all\n",
            f->frame->n_rows);
    write_marks(a, t);
}

void draft_write_ends_at(const struct draft_key *k, struct made_text *t)
{
    if (!k->ends_at)
        return;
    const char *end = strstr(k->example, k->ends_at);
    const int length = end ? (int)(end - k->example) : (int)strlen(k->example);
    text_add(t, "    key_ends_at: %s   # CHECK: \"%s\" is the customer %.*s\n",
             yaml_quoted(k->ends_at, t->keep), yaml_comment(k->example, t->keep), length,
             yaml_comment(k->example, t->keep));
}

static void write_key(const struct draft *d, struct made_text *t)
{
    const struct draft_ledger *l = &d->ledger;
    text_add(t, "    key: %s%s\n", column_text(d->key.ledger, t->keep),
             d->key.ledger ? "" : "   # CHECK: no column holds ids of the survey");
    draft_write_ends_at(&d->key, t);
    if (l->document)
        text_add(t, "    document: %s   # CHECK: %zu documents on %zu lines\n",
                 column_text(l->document, t->keep), l->document->n_distinct, l->document->n);
    else
        text_add(t, "    # CHECK: no column of document numbers was found: the sales of a customer "
                    "on one day are one purchase\n");
}

static void write_date(const struct draft *d, struct made_text *t)
{
    const struct profile *p = d->ledger.date;
    text_add(t, "    date:\n      column: %s%s\n", column_text(p, t->keep),
             p ? "" : "   # CHECK: no column of days was found");
    if (d->ledger.other_date)
        text_add(t, "      # CHECK: '%s' is a date too; the day of the purchase counts\n",
                 yaml_comment(d->ledger.other_date->column->name, t->keep));
    if (p && p->told)
        text_add(t, "      format: %s   # CHECK: %s; the days alone do not tell\n",
                 yaml_quoted(p->format[0], t->keep), p->told);
    else if (p && p->n_formats == 1)
        text_add(t, "      format: %s   # %sfits %zu of %zu days\n",
                 yaml_quoted(p->format[0], t->keep), p->n_dated < p->n ? "CHECK: " : "", p->n_dated,
                 p->n);
    for (size_t i = 0; p && p->n_formats > 1 && i < p->n_formats; i++)
        text_add(t, "%s      # format: %s\n",
                 i ? ""
                   : "      # CHECK: several formats fit all days; take the '# ' away before "
                     "the right one\n",
                 yaml_quoted(p->format[i], t->keep));
}

const char *draft_sign_word(enum amount_sign sign)
{
    static const char *const word[] = {[AMOUNT_LEADING] = "leading",
                                       [AMOUNT_TRAILING] = "trailing",
                                       [AMOUNT_PARENTHESES] = "parentheses",
                                       [AMOUNT_DEBIT_CREDIT] = "debit_credit",
                                       [AMOUNT_INDICATOR] = "indicator",
                                       [AMOUNT_BY_TYPE] = "by_type",
                                       [AMOUNT_CR_DR] = "cr_dr",
                                       [AMOUNT_REVERSED] = "reversed"};
    return word[sign];
}

static void write_amount(const struct draft *d, struct made_text *t)
{
    const struct draft_amount *a = &d->ledger.amount;
    if (!a->column)
        text_add(t, "    # CHECK: no column of amounts was found\n    amount: {column: %s}\n",
                 nothing);
    else if (a->debit)
        text_add(t,
                 "    amount: {sign: debit_credit, debit: %s, credit: %s}   # CHECK: sales in "
                 "%s, returns in %s?\n",
                 column_text(a->debit, t->keep), column_text(a->credit, t->keep),
                 yaml_comment(a->debit->column->name, t->keep),
                 yaml_comment(a->credit->column->name, t->keep));
    else if (a->indicator)
        text_add(
            t, "    amount: {column: %s, sign: indicator, indicator: %s, negative: %s}   # CHECK\n",
            column_text(a->column, t->keep), column_text(a->indicator, t->keep),
            yaml_list(&a->negative, t->keep));
    else if (a->sign == AMOUNT_REVERSED)
        text_add(t,
                 "    amount: {column: %s, sign: reversed}   # CHECK: %zu of %zu amounts have a "
                 "minus: are they the sales?\n",
                 column_text(a->column, t->keep), a->n_fit - a->n_negative, a->column->n);
    else
        text_add(
            t, "    amount: {column: %s, sign: %s}   # CHECK: %zu of %zu amounts are negative\n",
            column_text(a->column, t->keep), draft_sign_word(a->sign), a->n_negative, a->column->n);
    if (a->column && a->n_fit < a->n_cells)
        text_add(t, "    # CHECK: %zu amounts are written in another way: a run stops there\n",
                 a->n_cells - a->n_fit);
    if (a->other)
        text_add(t, "    # CHECK: '%s' may be the amount too\n",
                 yaml_comment(a->other->column->name, t->keep));
}

static struct texts types_of(const struct draft_ledger *l, const char *kind, struct arena *keep)
{
    struct texts texts = {0, ARENA_NEW(keep, const char *, l->n_types)};
    for (size_t k = 0; k < l->n_types; k++)
        if (strcmp(l->types[k].kind, kind) == 0)
            texts.at[texts.n++] = l->types[k].text;
    return texts;
}

void draft_write_type_table(const struct draft_ledger *l, struct made_text *t)
{
    text_add(t, "    # %-26s %9s %9s %17s  counts as\n", "type", "lines", "negative", "sum");
    for (size_t k = 0; k < l->n_types; k++) {
        const struct draft_type *type = &l->types[k];
        text_add(t, "    # %-26s %9zu %9zu %17.2f  %s%s\n",
                 *type->text ? yaml_comment(type->text, t->keep) : "(blank)", type->n,
                 type->negative, type->sum, type->kind,
                 !type->in_doubt ? ""
                 : type->by_sign ? "   CHECK this: by its sign alone"
                                 : "   CHECK this");
    }
}

static void write_types(const struct draft_ledger *l, struct made_text *t)
{
    static const char *const kind[] = {"sale", "return", "payment", "ignore"};
    if (!l->type && draft_holds_payments(l)) {
        text_add(
            t,
            "    # CHECK: negative amounts are %.0f %% of the others: are payments among them? "
            "No column tells.\n"
            "    # A run stops until you name the column that does, or, where all are "
            "returns, take these lines out:\n"
            "    type: {column: %s, sale: [SALE], payment: [PAYMENT]}\n",
            100 * l->taken_back, nothing);
        return;
    }
    if (!l->type) {
        text_add(t, "    # CHECK: no column of document types was found: a negative amount is a "
                    "return\n");
        return;
    }
    draft_write_type_table(l, t);
    text_add(
        t,
        "    type:   # CHECK: what each type means; payments and ignored ones are no behaviour\n"
        "      column: %s\n",
        column_text(l->type, t->keep));
    for (size_t k = 0; k < 4; k++) {
        struct texts texts = types_of(l, kind[k], t->keep);
        if (texts.n)
            text_add(t, "      %s: %s\n", kind[k], yaml_list(&texts, t->keep));
        if (k == 0 && l->negative_returns)
            text_add(t, "      negative: return   # CHECK: sales below zero are returns\n");
    }
}

static void write_currency(const struct draft_ledger *l, struct made_text *t)
{
    int digits = 2;
    if (l->currency) {
        const struct value_count *v = l->currency->value;
        digits = currency_decimals(v->text);
        text_add(t, "    currency: {column: %s, keep: %s}   #%s", column_text(l->currency, t->keep),
                 v->text, l->currency->n_distinct > 1 ? " CHECK: only it counts:" : "");
        for (size_t k = 0; k < l->currency->n_distinct; k++)
            text_add(t, "%s %s %zu", k ? "," : "", v[k].text, v[k].n);
        text_add(t, "\n");
    }
    if (l->amount.column && !l->amount.marks_unclear && l->amount.decimals > 2 &&
        digits < l->amount.decimals)
        text_add(t, "    decimals: %d\n", l->amount.decimals);
}

static void write_columns(const struct draft *d, struct made_text *t)
{
    write_file(d, t);
    write_key(d, t);
    write_date(d, t);
    write_amount(d, t);
    write_types(&d->ledger, t);
    write_currency(&d->ledger, t);
}

static void write_drop(const struct draft *d, struct made_text *t)
{
    const struct draft_ledger *l = &d->ledger;
    const bool subtotals = l->subtotal.n && !(l->declared && l->declared->n_drop);
    if (subtotals && !l->n_voids)
        text_add(t, "    drop: [{column: %s, values: %s}]   # CHECK: %zu lines of subtotals\n",
                 column_text(d->key.ledger, t->keep), yaml_list(&l->subtotal, t->keep),
                 l->n_subtotals);
    if (l->n_voids)
        text_add(t, "    drop:\n");
    if (subtotals && l->n_voids)
        text_add(t, "      - {column: %s, values: %s}   # CHECK: %zu lines of subtotals\n",
                 column_text(d->key.ledger, t->keep), yaml_list(&l->subtotal, t->keep),
                 l->n_subtotals);
    for (size_t k = 0; k < l->n_voids; k++)
        text_add(t, "      - {column: %s, values: %s}   # CHECK: %zu lines: no sales?\n",
                 yaml_quoted(l->voids[k].column, t->keep), yaml_list(&l->voids[k].values, t->keep),
                 l->voids[k].n);
    if (l->n_twice)
        text_add(t,
                 "    # CHECK: %zu lines are equal to one of an earlier document, cell for cell: "
                 "does a part stand twice in the file?\n",
                 l->n_twice);
}

static void write_entry(const struct draft *d, struct made_text *t)
{
    const struct draft_ledger *l = &d->ledger;
    char first[16], last[16];
    if (l->declared)
        draft_write_preset(d, t);
    else
        write_columns(d, t);
    write_drop(d, t);
    if (l->first != DAY_MISSING)
        text_add(t,
                 "    # CHECK: is the ledger complete from its first to its last day?\n"
                 "    # coverage: {from: %s, to: %s}\n",
                 day_text(l->first, first), day_text(l->last, last));
}

/* The entry of another year: the keys alone. */
static void write_bare(const struct made_text *entry, struct made_text *t)
{
    for (size_t at = 0; at < entry->size;) {
        const char *line = entry->bytes + at, *end = memchr(line, '\n', entry->size - at);
        size_t n = (size_t)(end - line), indent = strspn(line, " ");
        if (line[indent] != '#')
            text_add(t, "%.*s\n", (int)n, line);
        at += n + 1;
    }
}

static void write_ledgers(const struct draft *d, struct made_text *t)
{
    struct made_text entry = {.keep = t->keep};
    write_entry(d, &entry);
    text_add(t, "\nledgers:\n");
    for (size_t k = 0; k < d->ledger.n_parts; k++) {
        const struct sample_file *part = d->ledger.part[k].sample;
        text_add(t, "  - file: %s\n", yaml_quoted(d->ledger.part[k].path, t->keep));
        if (part->sheet)
            text_add(t, "    sheet: %s   # CHECK: of %zu sheets\n",
                     yaml_quoted(part->sheet, t->keep), part->n_sheets);
        if (k)
            write_bare(&entry, t);
        else
            text_add(t, "%.*s", (int)entry.size, entry.bytes);
    }
}

/* ---- the join ---- */

static const char *rules_text(const struct texts *rules, struct arena *keep)
{
    return rules->n ? yaml_list(rules, keep) : "as written";
}

/* One line of the what-if: what these rules find of the survey's ids. */
static void write_try(const struct draft_key *k, size_t i, struct made_text *t)
{
    const struct key_try *try = &k->at[i];
    text_add(t, "  # %-34s %9zu ", rules_text(&try->rules, t->keep), try->in_ledger);
    if (k->master)
        text_add(t, "%9zu ", try->found);
    text_add(t, "%7.1f %% %10zu%s\n", 100.0 * (double)try->found / (double)k->asked,
             try->collisions, i == k->chosen ? "   <- chosen" : "");
}

static void write_what_if(const struct draft_key *k, struct made_text *t)
{
    text_add(t,
             "  # What rules would do for the survey's %zu ids:\n"
             "  # %-34s %9s %s%9s %10s\n",
             k->asked, "rules", "in ledger", k->master ? "  or list " : "", "found", "collisions");
    for (size_t i = 0; i < k->n_tries; i++)
        write_try(k, i, t);
    if (k->seen_in_part)
        text_add(t, "  # (Of a long ledger, the ids that the survey asks for.)\n");
}

/* The first of the tries that finds more than what is chosen, or more spellings, or n_tries.  It is
   not taken, as it makes ids equal. */
static size_t finds_more(const struct draft_key *k)
{
    const struct key_try *best = &k->at[k->chosen];
    size_t i = 0;
    while (i < k->n_tries && k->at[i].found <= best->found &&
           (k->at[i].found < best->found || k->at[i].split <= best->split))
        i++;
    return i;
}

/* Where ids that a rule makes equal are one customer's, a part of the purchases is missing. */
static void write_refused(const struct draft_key *k, struct made_text *t)
{
    const size_t i = finds_more(k);
    if (i == k->n_tries || !k->at[k->chosen].found)
        return;
    text_add(t,
             "  # CHECK: %s finds %zu, but makes %zu pairs of ids equal. Where both are one "
             "customer,\n  # only a part of the purchases counts: then take these rules, with "
             "collisions: merge\n",
             yaml_list(&k->at[i].rules, t->keep), k->at[i].found, k->at[i].collisions);
}

static void write_collisions(const struct draft_key *k, struct made_text *t)
{
    const struct key_try *best = &k->at[k->chosen];
    if (k->stops)
        text_add(
            t,
            "  # CHECK: %zu respondents' ids stand in the ledger in two spellings, which these "
            "rules make\n  # one. A run stops until you say what they are:\n"
            "  # collisions: merge     # one customer\n"
            "  # collisions: exclude   # two customers: both are left out\n",
            best->split);
    else if (best->collisions && best->spelling)
        text_add(t,
                 "  collisions: merge   # CHECK: %zu ids are spelled in two ways, and are one "
                 "customer each\n",
                 best->collisions);
    else if (best->collisions)
        text_add(t, "  collisions: exclude   # CHECK: ids that become equal are left out\n");
    else if (best->rules.n && k->seen_in_part)
        text_add(t, "  collisions: exclude   # should the rules make two ids of the ledger one\n");
}

static void write_chosen(const struct draft_key *k, struct made_text *t)
{
    const struct key_try *best = &k->at[k->chosen];
    double share = 100.0 * (double)best->found / (double)k->asked;
    if (best->rules.n)
        text_add(t,
                 "  key_rules: %s   # CHECK: %.1f %% are found; the fewest rules that find most\n",
                 yaml_list(&best->rules, t->keep), share);
    else
        text_add(t, "  # key_rules: [trim, case]   # none %s: %.1f %% are found as written\n",
                 !best->found                 ? "helps"
                 : finds_more(k) < k->n_tries ? "is taken"
                                              : "is needed",
                 share);
    if (best->parts)
        text_add(
            t,
            "  # CHECK: %zu of them have parts in the ledger (Smith:Kitchen), which are summed\n",
            best->parts);
    write_refused(k, t);
    write_collisions(k, t);
}

static void write_rules(const struct draft *d, struct made_text *t)
{
    const struct draft_key *k = &d->key;
    if (!k->n_tries || !k->asked) {
        text_add(t, "  # key_rules: [trim, case, strip_zeros]\n");
        return;
    }
    write_what_if(k, t);
    write_chosen(k, t);
    if (20 * k->at[k->chosen].found >= 17 * k->asked)
        text_add(t, "  min_match: 0.8\n");
    else
        text_add(t, "  # CHECK: few ids are found: another column, another file?\n"
                    "  # min_match: 0.8\n");
}

static void write_window(const struct draft *d, struct made_text *t)
{
    const struct draft_window *w = &d->window;
    if (!w->n_tries)
        text_add(t, "  # CHECK: how far the ledger goes around the answers is not known yet;\n"
                    "  # saydo-validate tells it\n");
    else
        text_add(t,
                 "  # Of %zu answers with a date the ledger covers\n"
                 "  # days   after   before\n",
                 w->n_dated);
    for (size_t k = 0; k < w->n_tries; k++)
        text_add(t, "  # %4d %7zu %8zu\n", (int)w->tried[k], w->windows[k], w->baselines[k]);
    text_add(t, "  window: {offset: 1d, length: %dd, censored: exclude}%s\n", (int)w->length,
             w->length < 365 ? "   # CHECK: a year is not covered" : "");
    if (w->baseline)
        text_add(t, "  baseline: %dd%s\n", (int)w->baseline,
                 w->baseline < 365 ? "   # CHECK: a year is not covered" : "");
    else
        text_add(t, "  # CHECK: the ledger begins too late for a baseline\n  # baseline: 365d\n");
}

static void write_analysis(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *v = &d->survey;
    struct texts by = {0, ARENA_NEW(t->keep, const char *, v->n_groups)};
    size_t cells = 1;
    for (size_t k = 0; k < v->n_groups && by.n < 2; k++) {
        size_t levels = v->group[k].column->n_distinct;
        if (by.n && cells * levels * LEAST_PER_CELL > v->file.frame->n_rows)
            continue;
        cells *= levels;
        by.at[by.n++] = v->group[k].name;
    }
    text_add(t, "\nbehaviours: [retained, purchases, spend]\n\nanalysis:\n");
    if (by.n)
        text_add(t, "  by: %s   # CHECK: results for each combination of their levels\n",
                 yaml_list(&by, t->keep));
    text_add(t, "  min_n: 30\n  adjust: holm\n");
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

struct made_file draft_text(const struct draft *d, const char *name, struct arena *keep)
{
    struct made_text t = {.keep = keep};
    text_add(&t,
             "# A draft by saydo-init from what the cells look like.  Look at each CHECK, then\n"
             "#   saydo-validate %s\n"
             "#   saydo-report %s -o report/\n\n"
             "study:\n  name: %s   # CHECK: a title for tables and charts\n  seed: 1\n",
             yaml_comment(name, keep), yaml_comment(name, keep),
             yaml_quoted(arena_printf(keep, "Study of %s", base_name(d->survey.file.path)), keep));
    draft_write_survey(d, &t);
    write_ledgers(d, &t);
    text_add(&t, "\njoin:\n");
    write_rules(d, &t);
    write_window(d, &t);
    write_analysis(d, &t);
    return text_file("study.yml", &t);
}
