/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/init/draft.h"

#include <string.h>

#include "io/privacy/personal.h"
#include "io/text/parse.h"

static struct draft_file file_of(const struct sample_file *sample, const char *folder,
                                 struct arena *keep)
{
    struct draft_file f = {.sample = sample,
                           .path = draft_path(sample->path, folder, keep),
                           .frame = sample->frame,
                           .profile = profiles_make(sample->frame, NULL, keep)};
    f.role = draft_role_of(&f);
    return f;
}

/* ---- the window ---- */

static const int32_t spans[] = {365, 182, 91, 30};
enum { N_SPANS = sizeof spans / sizeof *spans };

/* The longest span that covers four in five responses, else half of them. */
static int32_t longest(const size_t *covered, size_t n)
{
    for (size_t k = 0; k < N_SPANS; k++)
        if (n && 5 * covered[k] >= 4 * n)
            return spans[k];
    for (size_t k = 0; k < N_SPANS; k++)
        if (n && 2 * covered[k] >= n)
            return spans[k];
    return 0;
}

void draft_find_window(struct draft *d, struct arena *keep)
{
    const struct draft_survey *s = &d->survey;
    const struct draft_ledger *l = &d->ledger;
    struct draft_window *w = &d->window;
    size_t *windows = ARENA_NEW(keep, size_t, N_SPANS),
           *baselines = ARENA_NEW(keep, size_t, N_SPANS);
    *w = (struct draft_window){.length = spans[0], .baseline = spans[0], .tried = spans};
    if (!s->date || s->date->n_formats != 1 || l->last == DAY_MISSING)
        return;
    for (size_t i = 0; i < s->file.frame->n_rows; i++) {
        const char *text = s->date->column->as.text[i];
        int32_t day;
        if (!text || (s->file.leave_out && s->file.leave_out[i]) ||
            !parse_date(text, strlen(text), s->date->format[0], &day))
            continue;
        w->n_dated++;
        for (size_t k = 0; k < N_SPANS; k++) {
            windows[k] += day + 1 >= l->first && day + spans[k] <= l->last;
            baselines[k] += day - spans[k] >= l->first;
        }
    }
    w->n_tries = N_SPANS;
    w->windows = windows;
    w->baselines = baselines;
    w->length = longest(windows, w->n_dated);
    w->length = w->length ? w->length : spans[N_SPANS - 1];
    w->baseline = longest(baselines, w->n_dated);
}

/* ---- the whole ---- */

size_t draft_ask(const struct draft *d, const char *text, size_t n, const char *const choice[],
                 size_t proposed)
{
    return d->ask ? d->ask(&(struct question){text, n, choice, proposed}) : proposed;
}

bool draft_make(struct draft *d, const struct sample_file *samples, size_t n, const char *folder,
                size_t (*ask)(const struct question *q), struct arena *keep, struct err *err)
{
    *d = (struct draft){.ask = ask};
    struct draft_file *file = ARENA_NEW(keep, struct draft_file, n);
    for (size_t k = 0; k < n; k++)
        file[k] = file_of(&samples[k], folder, keep);
    if (!draft_choose_roles(d, file, n, keep, err))
        return false;
    draft_prepare_ledger(d, keep);
    draft_find_survey(d, keep);
    draft_find_keys(d, keep);
    if (!draft_join_waves(d, keep, err))
        return false;
    draft_find_ledger(d, keep);
    if (!draft_see_rest(d, keep, err))
        return false;
    draft_settle_types(&d->ledger, keep);
    draft_try_rules(d, keep);
    draft_find_scales(d, keep);
    draft_compare_waves(d, keep);
    draft_ask_direction(d, keep);
    draft_find_groups(d, keep);
    draft_find_window(d, keep);
    return true;
}

/* ---- warnings ---- */

/* Only a ledger can declare where its header is. */
static void warn_of_titles(const struct draft_file *f, struct report_builder *report)
{
    if (f->sample->n_above && !f->sample->format && !f->sample->labelled)
        report_add_warning(report,
                           "%s: the names of the columns stand on line %llu, below titles: delete "
                           "the lines above, or a run stops",
                           f->sample->path, (unsigned long long)f->sample->header);
}

static void warn_of_order(const struct draft *d, struct report_builder *report)
{
    const char *survey = d->survey.file.sample->path, *ledger = d->ledger.file.sample->path;
    if (d->reordered)
        report_add_warning(
            report, "by what they hold, %s is taken for the survey and %s for the ledger%s%s",
            survey, ledger, d->customers.sample ? ", as list of customers " : "",
            d->customers.sample ? d->customers.sample->path : "");
    if (!d->n_waves)
        warn_of_titles(&d->survey.file, report);
    for (size_t k = 0; k < d->n_waves; k++)
        warn_of_titles(&d->wave[k].survey.file, report);
    if (d->customers.sample)
        warn_of_titles(&d->customers, report);
    if (!d->survey.n_scales)
        report_add_warning(report,
                           "%s has no column that looks like a scale: is it the survey? The "
                           "order is SURVEY LEDGER CUSTOMERS",
                           survey);
    if (!d->ledger.amount.column)
        report_add_warning(report,
                           "%s has no column that looks like amounts: is it the ledger? "
                           "The order is SURVEY LEDGER CUSTOMERS",
                           ledger);
    if (d->customers.sample && d->key.survey && !d->key.master)
        report_add_warning(report,
                           "%s has no column of ids that the survey knows: is it the list "
                           "of customers?",
                           d->customers.sample->path);
}

/* Nothing in common: both sides' ids are shown, for a person to see why. */
static void warn_of_no_match(const struct draft *d, struct report_builder *report,
                             struct arena *keep)
{
    const struct draft_key *k = &d->key;
    if (!k->survey || !k->ledger) {
        report_add_warning(report, "no column of the survey holds ids of the ledger: complete key: "
                                   "in the study file");
        return;
    }
    report_add_warning(
        report,
        "the survey and the ledger have no ids in common (no pair of columns shares "
        "more than 5 %%). The best guess is '%s' (such as %s) of the survey and '%s' "
        "(such as %s) of the ledger: is the customer's id in both files?",
        k->survey->column->name, personal_masked(k->survey->value[0].text, keep),
        k->ledger->column->name, personal_masked(k->ledger->value[0].text, keep));
}

static void warn_of_words(const struct draft *d, struct report_builder *report)
{
    for (size_t k = 0; k < d->survey.n_scales; k++) {
        const struct draft_scale *s = &d->survey.scale[k];
        const struct worded *w = &s->words;
        if (w->n_unknown)
            report_add_warning(
                report, "%s: '%s': %zu answers are words that no list knows, such as '%s': %s",
                d->survey.file.sample->path, s->item[0]->column->name, w->unknown_answers,
                w->unknown[0].text,
                s->off ? "the scale is left out until the study file gives each its "
                         "number"
                       : "they are drafted as missing");
    }
}

static void warn_of_types(const struct draft_ledger *l, struct report_builder *report)
{
    for (size_t k = 0; k < l->n_types; k++)
        if (l->types[k].by_sign)
            report_add_warning(
                report,
                "%s: the document type '%s' (%zu lines) is drafted as %s by the sign "
                "of its amounts: correct type: in the study file if it is not",
                l->file.sample->path, l->types[k].text, l->types[k].n, l->types[k].kind);
}

/* Days of both files that do not meet. */
static void warn_of_window(const struct draft *d, struct report_builder *report)
{
    const struct draft_window *w = &d->window;
    char first[16], last[16];
    if (!w->n_tries || !w->n_dated || w->windows[w->n_tries - 1])
        return;
    report_add_warning(
        report,
        "%s holds %s to %s: of none of the %zu answers a whole window of %d days; is "
        "it the right ledger, and are the dates read as they are meant?",
        d->ledger.file.sample->path, day_text(d->ledger.first, first),
        day_text(d->ledger.last, last), w->n_dated, (int)w->tried[w->n_tries - 1]);
}

static void warn_of_days(const struct draft_survey *s, struct report_builder *report)
{
    if (s->date && s->date->n_formats > 1)
        report_add_warning(report,
                           "%s: day and month of '%s' cannot be told apart: choose the "
                           "format in the study file",
                           s->file.sample->path, s->date->column->name);
}

/* Scales that are left out since the waves do not agree. */
static void warn_of_waves(const struct draft *d, struct report_builder *report)
{
    for (size_t k = 0; k < d->survey.n_scales; k++)
        if (d->survey.scale[k].differs)
            report_add_warning(report, "'%s' is not the same in all waves (%s): it is left out",
                               d->survey.scale[k].name, d->survey.scale[k].differs);
    for (size_t k = 0; k < d->lacking.n; k++)
        if (draft_was_scale(d, d->lacking.at[k]))
            report_add_warning(
                report,
                "%s: '%s' is a scale, but another file has no such column, or labels "
                "its codes otherwise: it is left out",
                d->wave[0].survey.file.sample->path, d->lacking.at[k]);
}

/* Sheets of a workbook that are left out. */
static void warn_of_sheets(const struct draft_file *f, size_t n_read, struct report_builder *report)
{
    if (f->sample->sheet && n_read < f->sample->n_sheets)
        report_add_warning(report, "%s: of its %zu sheets %zu %s read ('%s'%s)", f->sample->path,
                           f->sample->n_sheets, n_read, n_read == 1 ? "is" : "are",
                           f->sample->sheet, n_read == 1 ? "" : " and others of the same columns");
}

static size_t sheets_of_ledger(const struct draft *d)
{
    size_t n = 0;
    for (size_t k = 0; k < d->ledger.n_parts; k++)
        n += strcmp(d->ledger.part[k].path, d->ledger.file.path) == 0;
    return n;
}

void draft_warnings(const struct draft *d, struct report_builder *report, struct arena *keep)
{
    warn_of_order(d, report);
    if (!d->ask) {
        warn_of_sheets(&d->survey.file, 1, report);
        warn_of_sheets(&d->ledger.file, sheets_of_ledger(d), report);
    }
    if (d->key.guessed)
        warn_of_no_match(d, report, keep);
    else if (2 * d->key.at[d->key.chosen].found < d->key.asked)
        report_add_warning(report, "only %zu of %zu ids of the survey are found: is '%s' the id?",
                           d->key.at[d->key.chosen].found, d->key.asked,
                           d->key.survey->column->name);
    if (!d->ledger.date)
        report_add_warning(
            report,
            "%s has no column of which nine in ten cells are days of one form: write "
            "one into the study file",
            d->ledger.file.sample->path);
    if (d->ledger.date && d->ledger.date->n_formats > 1)
        report_add_warning(report,
                           "%s: day and month of '%s' cannot be told apart: choose the "
                           "format in the study file",
                           d->ledger.file.sample->path, d->ledger.date->column->name);
    if (!d->n_waves)
        warn_of_days(&d->survey, report);
    for (size_t k = 0; k < d->n_waves; k++)
        warn_of_days(&d->wave[k].survey, report);
    if (d->ledger.n_twice)
        report_add_warning(report,
                           "%s: %zu lines are equal to an earlier one, cell for cell, with others "
                           "between them: if a part of the ledger stands twice in the file, it "
                           "counts twice",
                           d->ledger.file.sample->path, d->ledger.n_twice);
    if (draft_holds_payments(&d->ledger))
        report_add_warning(report,
                           "%s: negative amounts are %.0f %% of the others, as if payments were "
                           "among them, and no column tells which: say it in the study file",
                           d->ledger.file.sample->path, 100 * d->ledger.taken_back);
    if (d->ledger.amount.marks_unclear)
        report_add_warning(report,
                           "%s: no amount of '%s' tells the decimal mark from the thousands "
                           "mark: choose in the study file",
                           d->ledger.file.sample->path, d->ledger.amount.column->column->name);
    if (d->key.stops)
        report_add_warning(report,
                           "%zu ids of the survey stand in the ledger in two spellings: say in the "
                           "study file whether both are one customer (collisions:)",
                           d->key.at[d->key.chosen].split);
    warn_of_words(d, report);
    warn_of_waves(d, report);
    warn_of_types(&d->ledger, report);
    warn_of_window(d, report);
    if (d->ledger.rest.undated + d->ledger.rest.unfit)
        report_add_warning(report,
                           "%s: below line %zu, %zu days and %zu amounts are written in another "
                           "way: saydo-validate tells where",
                           d->ledger.file.sample->path, d->ledger.file.frame->n_rows + 1,
                           d->ledger.rest.undated, d->ledger.rest.unfit);
}
