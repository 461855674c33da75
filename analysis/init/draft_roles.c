/* SPDX-License-Identifier: GPL-3.0-or-later
   Which of the files is the survey, which are ledgers, and which is the list of customers: as they
   are typed, unless what they hold says otherwise. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/labelled/labelled.h"
#include "io/text/parse.h"

enum { MOST_ANSWERS = 11 };

/* ---- what a file holds ---- */

/* Few small whole numbers, or words that are known as answers; not how many of something. */
static bool holds_answers(const struct profile *p, struct arena *scratch)
{
    struct worded words;
    double x;
    if (p->n_distinct < 3 || p->n_distinct > MOST_ANSWERS + 8 || p->row_number ||
        name_holds(p->column->name, "quantity qty menge anzahl unit pos line zeile month monat "
                                    "year jahr persons number"))
        return false;
    if (words_find(p->value, p->n_distinct, &words, scratch))
        return true;
    size_t small = 0;
    for (size_t k = 0; k < p->n_distinct; k++)
        small += parse_real(p->value[k].text, strlen(p->value[k].text), &x) && x >= 0 && x <= 10 &&
                 p->n_whole == p->n_number;
    return small >= 3 && small + 3 >= p->n_distinct && small <= MOST_ANSWERS;
}

/* Many different amounts, of which some are broken. */
static bool holds_money(const struct profile *p)
{
    size_t broken = 0;
    if (p->n < 2 || profile_is_date(p) ||
        name_holds(p->column->name, "latitude longitude duration score weight gewicht"))
        return false;
    struct draft_amount a = draft_amount_format(p);
    for (size_t k = 0; k < p->n_distinct; k++)
        broken += strchr(p->value[k].text, a.decimal[0]) != NULL;
    return 10 * a.n_fit >= 9 * p->n && 5 * broken >= p->n_distinct;
}

enum { ANSWERS = 1, MONEY = 2, DAYS = 4 };

/* Which of the three a file has. */
static unsigned contents_of(const struct draft_file *f)
{
    struct arena *scratch = arena_new();
    unsigned all = 0;
    for (size_t j = 0; j < f->frame->n_cols; j++) {
        all |= profile_is_date(&f->profile[j]) ? DAYS : 0;
        all |= holds_answers(&f->profile[j], scratch) ? ANSWERS : 0;
        all |= holds_money(&f->profile[j]) ? MONEY : 0;
    }
    arena_free(scratch);
    return all;
}

enum draft_role draft_role_of(const struct draft_file *f)
{
    if (f->sample->format || f->sample->labelled)
        return ROLE_SURVEY;
    if (f->sample->preset)
        return ROLE_LEDGER;
    const unsigned has = contents_of(f);
    if ((has & (MONEY | DAYS)) == (MONEY | DAYS) && !(has & ANSWERS))
        return ROLE_LEDGER;
    if ((has & ANSWERS) && !(has & MONEY))
        return ROLE_SURVEY;
    return (has & (MONEY | ANSWERS | DAYS)) ? ROLE_UNCLEAR : ROLE_CUSTOMERS;
}

/* ---- who is who ---- */

static size_t first_of(const struct draft_file *file, const bool *taken, size_t n,
                       enum draft_role role)
{
    for (size_t k = 0; k < n; k++)
        if (!taken[k] && file[k].role == role)
            return k;
    return n;
}

/* The first file that is not taken, unless it is plainly something else and another is plainly
   what is sought. */
static size_t choose(const struct draft_file *file, bool *taken, size_t n, enum draft_role role)
{
    size_t typed = 0;
    while (taken[typed])
        typed++;
    const size_t plain = first_of(file, taken, n, role);
    const bool other = file[typed].role != role && file[typed].role != ROLE_UNCLEAR;
    size_t chosen = other && plain < n ? plain : typed;
    taken[chosen] = true;
    return chosen;
}

static bool same_columns(const struct draft_file *a, const struct draft_file *b)
{
    if (a->frame->n_cols != b->frame->n_cols || a->sample->preset != b->sample->preset)
        return false;
    for (size_t j = 0; j < a->frame->n_cols; j++)
        if (strcmp(a->frame->cols[j].name, b->frame->cols[j].name) != 0)
            return false;
    return true;
}

/* The other sheets of a part with the columns of the ledger: a year or a month each.  Where a
   person has said which sheet it is, there are none. */
static void take_sheets(struct draft *d, const struct draft_file *part, struct arena *keep)
{
    for (size_t k = 0; k < part->sample->n_sheets && part->sample->n_sheets > 1 && !d->ask; k++) {
        struct sample_file *sheet = ARENA_NEW(keep, struct sample_file, 1);
        struct err none = {0};
        if (part->sample->sheets[k] == part->sample->sheet ||
            !sample_read_sheet(part->sample, part->sample->sheets[k], SAMPLE_ROWS, sheet, keep,
                               &none))
            continue;
        const struct draft_file f = {.sample = sheet, .path = part->path, .frame = sheet->frame};
        if (same_columns(&f, &d->ledger.file))
            d->ledger.part[d->ledger.n_parts++] = f;
    }
}

/* Further files with the columns of the ledger are its other years, as are sheets. */
static void take_years(struct draft *d, const struct draft_file *file, bool *taken, size_t n,
                       struct arena *keep)
{
    size_t most = 0;
    for (size_t k = 0; k < n; k++)
        most += 1 + file[k].sample->n_sheets;
    const struct frame **frame = ARENA_NEW(keep, const struct frame *, most);
    d->ledger.part = ARENA_NEW(keep, struct draft_file, most);
    d->ledger.part[d->ledger.n_parts++] = d->ledger.file;
    take_sheets(d, &d->ledger.file, keep);
    for (size_t k = 0; k < n; k++)
        if (!taken[k] && file[k].role == ROLE_LEDGER && same_columns(&file[k], &d->ledger.file)) {
            d->ledger.part[d->ledger.n_parts++] = file[k];
            take_sheets(d, &file[k], keep);
            taken[k] = true;
        }
    if (d->ledger.n_parts == 1)
        return;
    for (size_t k = 0; k < d->ledger.n_parts; k++)
        frame[k] = d->ledger.part[k].frame;
    d->ledger.file.frame = frames_stacked("ledger", frame, d->ledger.n_parts, keep);
    d->ledger.file.profile = profiles_make(d->ledger.file.frame, NULL, keep);
}

/* Columns of answers that two files call alike, or that ask the same question. */
static size_t shared_answers(const struct draft_file *a, const struct draft_file *b)
{
    struct arena *scratch = arena_new();
    size_t n = 0;
    for (size_t i = 0; i < a->frame->n_cols; i++) {
        const struct column *c = &a->frame->cols[i];
        bool shared = false;
        for (size_t j = 0; j < b->frame->n_cols && !shared; j++) {
            const struct column *other = &b->frame->cols[j];
            shared = (strcmp(c->name, other->name) == 0 || strcmp(c->label, other->label) == 0) &&
                     holds_answers(&a->profile[i], scratch) &&
                     holds_answers(&b->profile[j], scratch);
        }
        n += shared && !draft_is_attribute(c);
    }
    arena_free(scratch);
    return n;
}

/* Another wave; a list of customers has no survey program and other columns.  Respondents of one
   wave, taken for all customers, would pass as zeros or as strangers in the other. */
static bool is_further_survey(const struct draft_file *f, const struct draft_file *survey)
{
    enum { LEAST_SHARED = 2 };
    return f->role == ROLE_SURVEY &&
           ((f->sample->format && !f->sample->labelled) || same_columns(f, survey) ||
            ((contents_of(f) & DAYS) && shared_answers(f, survey) >= LEAST_SHARED));
}

/* Further files of answers are the other waves. */
static void take_waves(struct draft *d, const struct draft_file *file, bool *taken, size_t n,
                       struct arena *keep)
{
    struct draft_file *further = ARENA_NEW(keep, struct draft_file, n);
    for (size_t k = 0; k < n; k++)
        if (!taken[k] && is_further_survey(&file[k], &d->survey.file)) {
            further[d->n_further++] = file[k];
            taken[k] = true;
        }
    d->further = further;
}

bool draft_choose_roles(struct draft *d, const struct draft_file *file, size_t n,
                        struct arena *keep, struct err *err)
{
    bool *taken = ARENA_NEW(keep, bool, n);
    const size_t survey = choose(file, taken, n, ROLE_SURVEY),
                 ledger = choose(file, taken, n, ROLE_LEDGER);
    if (file[ledger].sample->labelled)
        return labelled_no_ledger_file(file[ledger].sample->path, err);
    d->survey.file = file[survey];
    d->ledger.file = file[ledger];
    take_years(d, file, taken, n, keep);
    take_waves(d, file, taken, n, keep);
    size_t left = 0;
    for (size_t k = 0; k < n; k++)
        left += !taken[k];
    if (left > 1)
        return err_set(err, ERR_USAGE,
                       "%zu files are neither surveys nor, by their columns, further years of the "
                       "ledger %s, and there is one list of customers at most: leave some out, and "
                       "write further surveys into the study file",
                       left, d->ledger.file.sample->path);
    const size_t customers = left ? choose(file, taken, n, ROLE_CUSTOMERS) : n;
    if (left)
        d->customers = file[customers];
    d->reordered = survey != 0 || ledger != 1 + d->n_further;
    return true;
}
