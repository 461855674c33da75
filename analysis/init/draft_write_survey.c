/* SPDX-License-Identifier: GPL-3.0-or-later
   The first half of the drafted study file: surveys, scales, groups, customers. */
#include <math.h>
#include <string.h>

#include "analysis/init/draft.h"
#include "io/privacy/personal.h"

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
    if (f->sample->n_above && !f->sample->format && !f->sample->labelled)
        text_add(t,
                 "    # CHECK: the names of the columns stand on line %llu: delete the lines above "
                 "it in the file\n",
                 (unsigned long long)f->sample->header);
    if (c->delimiter == '\t')
        text_add(t, "    delimiter: tab\n");
    else if (c->delimiter != ',')
        text_add(t, "    delimiter: \"%c\"\n", c->delimiter);
    if (c->encoding)
        text_add(t, "    encoding: %s   # CHECK: it is not UTF-8; do its letters look right?\n",
                 c->encoding);
    if (f->sample->sheet)
        text_add(t, "    sheet: %s   # CHECK: of %zu sheets\n",
                 yaml_quoted(f->sample->sheet, t->keep), f->sample->n_sheets);
}

/* Does a wave's keep: name the column? */
static bool filters_by(const struct draft_survey *s, const char *name)
{
    return (s->finished && strcmp(s->finished->column->name, name) == 0) ||
           (s->status && strcmp(s->status->column->name, name) == 0) ||
           (s->split && strcmp(s->split->name, name) == 0);
}

static bool is_used(const struct draft *d, const struct column *c)
{
    const struct draft_survey *s = &d->survey;
    bool used = (d->key.survey && d->key.survey->column == c) ||
                (s->date && s->date->column == c) || (s->finished && s->finished->column == c);
    for (size_t k = 0; k < d->n_waves; k++)
        used |= filters_by(&d->wave[k].survey, c->name);
    for (size_t k = 0; k < s->n_groups; k++)
        used |= s->group[k].column->column == c;
    for (size_t k = 0; k < s->n_scales; k++)
        for (size_t i = 0; i < s->scale[k].n_items; i++)
            used |= s->scale[k].item[i]->column == c;
    return used;
}

/* ---- survey ---- */

/* Which columns share ids, and how many. */
static void write_pairs(const struct draft_key *k, struct made_text *t)
{
    text_add(
        t, "    # Columns that share ids, by how many of the survey's stand in the ledger, however "
           "spelled:\n");
    for (size_t i = 0; i < k->n_pairs; i++) {
        const struct key_pair *p = &k->pair[i];
        text_add(t, "    #   %s = %s: %zu of %zu (%.1f %%)%s\n", shown(p->survey, t->keep),
                 shown(p->ledger, t->keep), p->found, p->asked,
                 100.0 * (double)p->found / (double)p->asked,
                 i == 0 && !k->guessed ? "   <- taken" : "");
    }
}

/* Addresses are personal: their kind is told. */
static const char *example(const struct profile *p, size_t i, struct arena *keep)
{
    return yaml_comment(personal_masked(p->value[i].text, keep), keep);
}

/* Ids of both files side by side: a person sees at once why they do not fit. */
static void write_examples(const struct draft_key *k, struct made_text *t)
{
    enum { MOST = 5 };
    text_add(
        t,
        "    # CHECK: NO COLUMN OF THE SURVEY HOLDS IDS OF THE LEDGER. Two columns that could:\n");
    text_add(t, "    #   %-28s %s\n", shown(k->survey, t->keep), shown(k->ledger, t->keep));
    for (size_t i = 0; i < MOST && (i < k->survey->n_distinct || i < k->ledger->n_distinct); i++)
        text_add(t, "    #   %-28s %s\n",
                 i < k->survey->n_distinct ? example(k->survey, i, t->keep) : "",
                 i < k->ledger->n_distinct ? example(k->ledger, i, t->keep) : "");
}

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
    if (k->guessed && k->ledger)
        write_examples(k, t);
    if (k->n_pairs > 1 || (k->guessed && k->n_pairs))
        write_pairs(k, t);
    text_add(t, "    key: %s", column_text(k->survey, t->keep));
    if (k->n_tries)
        text_add(t, "   # %zu of %zu ids are found; see key_rules below", k->at[k->chosen].found,
                 k->asked);
    text_add(t, "\n");
}

static void write_date(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *s = &d->survey;
    text_add(t, "    date: %s", column_text(s->date, t->keep));
    if (!s->date)
        text_add(t, "   # CHECK: no column of days was found; where all were asked at one time, "
                    "write wave_date: 2025-03-01 in place of it");
    text_add(t, "\n");
    if (s->other_date)
        text_add(t,
                 "    # CHECK: '%s' is a date too; the window starts from the day of the answer\n",
                 shown(s->other_date, t->keep));
    if (!s->date)
        return;
    if (s->date->told)
        text_add(t, "    date_format: %s   # CHECK: %s; the days alone do not tell\n",
                 yaml_quoted(s->date->format[0], t->keep), s->date->told);
    else if (s->date->n_formats == 1 && s->date->n_dated == s->date->n)
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

static void write_keep(const struct draft_survey *s, struct made_text *t)
{
    if (!s->finished && !s->status && !s->split)
        return;
    text_add(t, "    keep: [");
    if (s->split)
        text_add(t, "{column: %s, values: [%s]}%s", yaml_quoted(s->split->name, t->keep),
                 yaml_quoted(s->split_value, t->keep), s->finished || s->status ? ", " : "");
    if (s->finished)
        text_add(t, "{column: %s, values: %s}", column_text(s->finished, t->keep),
                 yaml_list(&s->finished_values, t->keep));
    if (s->status)
        text_add(t, "%s{column: %s, values: %s}", s->finished ? ", " : "",
                 column_text(s->status, t->keep), yaml_list(&s->status_values, t->keep));
    text_add(t, "]   # CHECK: %zu of %zu rows%s\n", s->kept, s->file.frame->n_rows,
             s->status ? "; previews and tests are left out" : "");
}

/* Is there a row without an answer on any scale?  It may be the later one of its respondent. */
static bool holds_blank_answers(const struct draft_survey *s)
{
    for (size_t i = 0; i < s->file.frame->n_rows; i++) {
        size_t n = 0;
        for (size_t k = 0; k < s->n_scales; k++)
            for (size_t j = 0; j < s->scale[k].n_items; j++)
                n += s->scale[k].item[j]->column->as.text[i] != NULL;
        if (!n && s->n_scales && !(s->file.leave_out && s->file.leave_out[i]))
            return true;
    }
    return false;
}

static void write_survey(const struct draft *d, struct made_text *t)
{
    const struct draft_survey *s = &d->survey;
    text_add(t, "  - ");
    write_dialect(&s->file, t);
    if (s->file.sample->format)
        text_add(t, "    format: %s\n", s->file.sample->format);
    write_key(d, t);
    write_date(d, t);
    if (shows_labels(s))
        text_add(t, "    labels: labels   # groups are called by the labels of their codes\n");
    write_keep(s, t);
    if (d->key.repeated)
        text_add(t,
                 "    duplicates: %s   # CHECK: %zu rows repeat an id: first, latest or "
                 "error?\n",
                 holds_blank_answers(s) ? "most_complete" : "latest", d->key.repeated);
}

/* ---- waves ---- */

/* Has a wave a column of that name which is none of the first wave's columns? */
static bool is_in_the_way(const struct draft *d, size_t wave, const char *name)
{
    const struct draft_wave *w = &d->wave[wave];
    for (size_t j = 0; j < d->wave[0].survey.file.frame->n_cols; j++)
        if (w->as[j] && strcmp(w->as[j]->name, name) == 0)
            return false;
    const struct frame *f = w->survey.file.frame;
    for (size_t j = 0; j < f->n_cols; j++)
        if (strcmp(f->cols[j].name, name) == 0)
            return true;
    return false;
}

static void write_column(const char *name, const char *column, struct made_text *t)
{
    text_add(t, "      - {name: %s, column: %s}\n", yaml_quoted(name, t->keep),
             yaml_quoted(column, t->keep));
}

/* Columns of the study that a wave calls otherwise. */
static void write_columns(const struct draft *d, size_t wave, struct made_text *t)
{
    const struct frame *f = d->survey.file.frame;
    size_t n = 0;
    for (size_t j = 0; j < f->n_cols; j++) {
        const char *name = f->cols[j].name;
        const struct column *own = draft_wave_column(d, wave, name);
        if (!own || !is_used(d, &f->cols[j]) || strcmp(own->name, name) == 0 ||
            own == d->wave[wave].key->column ||
            (d->wave[wave].survey.date && own == d->wave[wave].survey.date->column))
            continue;
        if (!n++)
            text_add(t, "    columns:   # CHECK: the same questions under other names\n");
        write_column(name, own->name, t);
        if (is_in_the_way(d, wave, name))
            write_column(arena_printf(t->keep, "%s (%zu)", name, wave + 1), name, t);
    }
}

/* One name for two questions, as it may be. */
static void write_other_questions(const struct draft *d, size_t wave, struct made_text *t)
{
    const struct frame *f = d->survey.file.frame;
    for (size_t j = 0; j < f->n_cols; j++) {
        const struct column *first = draft_wave_column(d, 0, f->cols[j].name),
                            *own = draft_wave_column(d, wave, f->cols[j].name);
        if (own && is_used(d, &f->cols[j]) && strcmp(first->label, first->name) != 0 &&
            strcmp(own->label, own->name) != 0 && strcmp(first->label, own->label) != 0)
            text_add(t, "    # CHECK: %s asks '%s'; before it was '%s'\n",
                     yaml_comment(own->name, t->keep), yaml_comment(own->label, t->keep),
                     yaml_comment(first->label, t->keep));
    }
}

/* A wave as if it were the only survey; evidence of pairs stands with the first. */
static struct draft alone(const struct draft *d, size_t wave, struct key_try *try)
{
    const struct draft_wave *w = &d->wave[wave];
    struct draft one = *d;
    one.survey = w->survey;
    one.survey.group = d->survey.group;
    one.survey.n_groups = w->survey.file.sample->labelled ? d->survey.n_groups : 0;
    one.key.survey = w->key;
    one.key.n_pairs = wave ? 0 : d->key.n_pairs;
    *try = (struct key_try){.found = w->found};
    one.key.at = try;
    one.key.chosen = 0;
    one.key.asked = w->asked;
    one.key.repeated = w->repeated;
    return one;
}

/* A wave's code as the file labels it. */
static const char *split_name(const struct draft_survey *s)
{
    return draft_level(&(struct profile){.column = s->split}, s->split_value);
}

static void write_surveys(const struct draft *d, struct made_text *t)
{
    text_add(t, "\nsurveys:\n");
    if (!d->n_waves)
        write_survey(d, t);
    const bool named = draft_wave_needs_name(d);
    for (size_t k = 0; k < d->n_waves; k++) {
        struct key_try try;
        struct draft one = alone(d, k, &try);
        write_survey(&one, t);
        const struct draft_survey *s = &one.survey;
        if (s->split)
            text_add(t, "    wave: %s\n", yaml_quoted(split_name(s), t->keep));
        else if (named)
            text_add(t, "    wave: \"%zu\"   # CHECK: its name in tables\n", k + 1);
        if (k) {
            write_columns(d, k, t);
            write_other_questions(d, k, t);
        }
    }
    if (d->lacking.n)
        text_add(t, "# CHECK: in no study of all waves, since a file has no such column or other "
                    "labels: ");
    for (size_t k = 0; k < d->lacking.n; k++)
        text_add(t, "%s%s%s", k ? ", " : "", yaml_comment(d->lacking.at[k], t->keep),
                 k + 1 == d->lacking.n ? "\n" : "");
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

/* Labelled codes whose file does not say that they are names. */
static void write_why_names(const struct profile *p, struct made_text *t)
{
    enum { LEAST = 3 }; /* two codes are no scale */
    if (p->column->levels && p->n_distinct >= LEAST && p->column->measure != MEASURE_NOMINAL)
        text_add(t, "  # CHECK: labels that read as names, not as answers from low to high:\n");
}

static void write_group(const struct draft_group *g, struct made_text *t)
{
    const struct profile *p = g->column;
    struct value_count *level = arena_copy(t->keep, p->value, p->n_distinct, sizeof *level);
    struct texts levels = {0, ARENA_NEW(t->keep, const char *, p->n_distinct)};
    qsort(level, p->n_distinct, sizeof *level, by_text);
    order_by_file(p, level);
    write_why_names(p, t);
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
    write_surveys(d, t);
    draft_write_scales(d, t);
    write_groups(d, t);
    write_unused(d, t);
    write_customers(d, t);
}
