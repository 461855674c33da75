/* SPDX-License-Identifier: GPL-3.0-or-later
   The first half of the drafted study file: surveys, scales, groups, customers. */
#include <math.h>
#include <string.h>

#include "analysis/init/draft.h"

/* What stands where nothing was found: no file has such a column, and a run says so. */
static const char nothing[] = "\"?\"";

static const char *column_text(const struct profile *p, struct arena *keep)
{
    return p ? yaml_quoted(p->column->name, keep) : nothing;
}

static const char *shown(const struct profile *p, struct arena *keep)
{
    return yaml_comment(p->column->name, keep);
}

static void write_dialect(const struct draft_file *f, struct made_text *t)
{
    const struct csv_dialect *c = &f->sample->dialect;
    text_add(t, "file: %s\n", yaml_quoted(f->path, t->keep));
    if (c->delimiter == '\t')
        text_add(t, "    delimiter: tab\n");
    else if (c->delimiter != ',')
        text_add(t, "    delimiter: \"%c\"\n", c->delimiter);
    if (c->encoding)
        text_add(t, "    encoding: %s   # CHECK: it is not UTF-8; do its letters look right?\n",
                 c->encoding);
}

/* ---- survey ---- */

static void write_key(const struct draft *d, struct made_text *t)
{
    const struct draft_key *k = &d->key;
    if (!k->survey) {
        text_add(t,
                 "    # CHECK: no column holds ids of the ledger; write the one with the "
                 "customer's id\n    key: %s\n",
                 nothing);
        return;
    }
    text_add(t, "    key: %s", column_text(k->survey, t->keep));
    text_add(t, "   # %zu of %zu ids are found; see key_rules below\n", k->at[k->chosen].found,
             k->asked);
    if (k->rival_survey)
        text_add(t,
                 "    # CHECK: '%s' fits '%s' of the ledger too (%.1f %%): which is the "
                 "customer's id?\n",
                 shown(k->rival_survey, t->keep), shown(k->rival_ledger, t->keep),
                 100 * k->rival_share);
}

static void write_date(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *s = &d->survey;
    text_add(t, "    date: %s", column_text(s->date, t->keep));
    if (!s->date)
        text_add(t, "   # CHECK: no column of days was found; write the day of the response");
    text_add(t, "\n");
    if (s->other_date)
        text_add(t,
                 "    # CHECK: '%s' is a date too; the window starts from the day of the answer\n",
                 shown(s->other_date, t->keep));
    if (!s->date)
        return;
    if (s->date->n_formats == 1 && s->date->n_dated == s->date->n)
        text_add(t, "    date_format: %s   # fits all %zu answers\n",
                 yaml_quoted(s->date->format[0], t->keep), s->date->n);
    else if (s->date->n_formats == 1)
        text_add(t, "    date_format: %s   # CHECK: fits %zu of %zu answers\n",
                 yaml_quoted(s->date->format[0], t->keep), s->date->n_dated, s->date->n);
    for (size_t i = 0; s->date->n_formats > 1 && i < s->date->n_formats; i++)
        text_add(t, "%s    # date_format: %s\n",
                 i ? ""
                   : "    # CHECK: several formats fit all days; take the '# ' away before "
                     "the right one\n",
                 yaml_quoted(s->date->format[i], t->keep));
}

/* Does a group of the survey have codes that its file labels? */
static bool shows_labels(const struct draft_survey *s)
{
    for (size_t k = 0; k < s->n_groups; k++)
        if (!s->group[k].in_master && s->group[k].column->column->levels)
            return true;
    return false;
}

static void write_survey(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *s = &d->survey;
    text_add(t, "\nsurveys:\n  - ");
    write_dialect(&s->file, t);
    write_key(d, t);
    write_date(d, t);
    if (shows_labels(s))
        text_add(t, "    labels: labels   # groups are called by the labels of their codes\n");
    if (s->finished)
        text_add(t, "    keep: [{column: %s, values: %s}]   # CHECK: %zu of %zu rows\n",
                 column_text(s->finished, t->keep), yaml_list(&s->finished_values, t->keep),
                 s->kept, s->file.frame->n_rows);
    if (d->key.repeated)
        text_add(t,
                 "    duplicates: latest   # CHECK: %zu rows repeat an id: first, latest or "
                 "error?\n",
                 d->key.repeated);
}

/* ---- scales ---- */

static void write_items(const struct draft_scale *s, struct made_text *t)
{
    if (s->n_items == 1) {
        text_add(t, "    column: %s\n", column_text(s->item[0], t->keep));
        const struct column *c = s->item[0]->column;
        if (strcmp(c->label, c->name) != 0)
            text_add(t, "    label: %s\n", yaml_quoted(c->label, t->keep));
        else if (strcmp(s->name, c->name) != 0)
            text_add(t, "    label: %s\n", column_text(s->item[0], t->keep));
        return;
    }
    struct texts items = {0, ARENA_NEW(t->keep, const char *, s->n_items)},
                 reverse = {0, ARENA_NEW(t->keep, const char *, s->n_items)};
    for (size_t i = 0; i < s->n_items; i++) {
        items.at[items.n++] = s->item[i]->column->name;
        if (s->reverse[i])
            reverse.at[reverse.n++] = s->item[i]->column->name;
    }
    text_add(t, "    items: %s   # CHECK: one battery, by their names?\n",
             yaml_list(&items, t->keep));
    text_add(t, "    # correlation with the first item:");
    for (size_t i = 1; i < s->n_items; i++)
        text_add(t, "%s %.2f", i > 1 ? "," : "", s->r[i]);
    text_add(t, "\n");
    if (reverse.n)
        text_add(t, "    reverse: %s   # CHECK: worded the other way round?\n",
                 yaml_list(&reverse, t->keep));
    text_add(t, "    combine: mean\n");
}

/* The labels that the file gives to answers, as a comment: the wording of the scale's ends. */
static void write_value_labels(const struct draft_scale *s, struct made_text *t)
{
    const struct levels *l = s->item[0]->column->levels;
    for (size_t k = 0; l && k < l->n; k++)
        text_add(t, "%s%s %s%s",
                 k ? ", " : "    # in the file: ", yaml_comment(l->name[k], t->keep),
                 yaml_comment(l->label[k], t->keep), k + 1 == l->n ? "\n" : "");
}

static void write_range(const struct draft_scale *s, struct made_text *t)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_items; i++)
        n += s->item[i]->n;
    text_add(t,
             "    range: [%g, %g]   # CHECK: the whole scale of the questionnaire? %zu cells hold "
             "%g to %g\n",
             s->low, s->high, n, s->seen_low, s->seen_high);
    write_value_labels(s, t);
    if (s->n_codes)
        text_add(t, "    missing: %s   # CHECK: no answer%s?\n",
                 yaml_list(&(struct texts){s->n_codes, s->code}, t->keep),
                 s->in_doubt ? ", or answers of a longer scale" : "");
    if (s->recommend)
        text_add(t, "    nps: {promoters: 9, detractors: 6}   # CHECK: only for \"would you "
                    "recommend us?\"\n");
}

static void write_scales(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *s = &d->survey;
    text_add(
        t, "\n# CHECK: columns of few small whole numbers. Take out what is no scale (a number of\n"
           "# persons, a code), and write the question's wording as label:.\n");
    if (!s->n_scales)
        text_add(t, "# None was found: each is {name: intent, column: Q1, range: [1, 7]}.\n");
    text_add(t, s->n_scales ? "scales:\n" : "# scales:\n");
    for (size_t k = 0; k < s->n_scales; k++) {
        text_add(t, "  - name: %s\n", s->scale[k].name);
        write_items(&s->scale[k], t);
        write_range(&s->scale[k], t);
    }
}

/* ---- groups ---- */

static int by_text(const void *a, const void *b)
{
    const struct value_count *p = a, *q = b;
    return strcmp(p->text, q->text);
}

/* Levels of labelled codes in the order of the file's labels. */
static void order_by_file(const struct profile *p, struct value_count *level)
{
    const struct levels *l = p->column->levels;
    size_t n = 0;
    for (size_t k = 0; l && k < l->n; k++)
        for (size_t i = n; i < p->n_distinct; i++)
            if (strcmp(draft_level(p, level[i].text), l->label[k]) == 0) {
                struct value_count found = level[i];
                memmove(level + n + 1, level + n, (i - n) * sizeof *level);
                level[n++] = found;
                break;
            }
}

static void write_group(const struct draft_group *g, struct made_text *t)
{
    const struct profile *p = g->column;
    struct value_count *level = arena_copy(t->keep, p->value, p->n_distinct, sizeof *level);
    struct texts levels = {0, ARENA_NEW(t->keep, const char *, p->n_distinct)};
    qsort(level, p->n_distinct, sizeof *level, by_text);
    order_by_file(p, level);
    text_add(t, "  # ");
    for (size_t k = 0; k < p->n_distinct; k++) {
        const char *text = levels.at[levels.n++] = draft_level(p, level[k].text);
        text_add(t, "%s%s %zu", k ? ", " : "", yaml_comment(text, t->keep), level[k].n);
    }
    text_add(t, "%s\n", g->in_master ? " (in the list of customers)" : "");
    text_add(t, "  - name: %s\n    column: %s\n", g->name, column_text(p, t->keep));
    if (strcmp(g->name, p->column->name) != 0)
        text_add(t, "    label: %s\n", column_text(p, t->keep));
    text_add(t, "    levels: %s\n", yaml_list(&levels, t->keep));
}

static void write_groups(const struct draft *d, struct made_text *t)
{
    if (!d->survey.n_groups)
        return;
    text_add(t,
             "\n# CHECK: columns of few texts. The first level is the reference: put them in the "
             "order you want.\ngroups:\n");
    for (size_t k = 0; k < d->survey.n_groups; k++)
        write_group(&d->survey.group[k], t);
}

/* ---- columns that play no part, customers ---- */

static bool is_used(const struct draft *d, const struct column *c)
{
    const struct draft_survey *s = &d->survey;
    bool used = (d->key.survey && d->key.survey->column == c) ||
                (s->date && s->date->column == c) || (s->finished && s->finished->column == c);
    for (size_t k = 0; k < s->n_groups; k++)
        used |= s->group[k].column->column == c;
    for (size_t k = 0; k < s->n_scales; k++)
        for (size_t i = 0; i < s->scale[k].n_items; i++)
            used |= s->scale[k].item[i]->column == c;
    return used;
}

static void write_unused(const struct draft *d, struct made_text *t)
{
    const struct frame *f = d->survey.file.frame;
    size_t n = 0;
    for (size_t j = 0; j < f->n_cols; j++)
        if (!is_used(d, &f->cols[j]))
            text_add(t, "%s%s", n++ ? ", " : "\n# Columns of the survey without a part: ",
                     yaml_comment(f->cols[j].name, t->keep));
    if (n)
        text_add(t, "\n");
}

static void write_customers(const struct draft *d, struct made_text *t)
{
    text_add(t,
             "\n# Who exists: proves that a respondent without purchases is a zero, not a gap.\n");
    if (!d->customers.sample) {
        text_add(t, "# CHECK: without a list of all customers retention looks better than it is.\n"
                    "# customers: {file: customers.csv, key: id}\n");
        return;
    }
    text_add(t, "customers:\n    ");
    write_dialect(&d->customers, t);
    text_add(t, "    key: %s%s\n", column_text(d->key.master, t->keep),
             d->key.master ? "" : "   # CHECK: no column holds ids of the survey");
}

void draft_write_survey(const struct draft *d, struct made_text *t)
{
    write_survey(d, t);
    write_scales(d, t);
    write_groups(d, t);
    write_unused(d, t);
    write_customers(d, t);
}
