/* SPDX-License-Identifier: GPL-3.0-or-later
   From a table to effects: which rows count, what their values are, what they are called. */
#include <math.h>
#include <string.h>

#include "analysis/pool/pooling.h"
#include "analysis/study/variables.h"
#include "io/text/parse.h"
#include "models/correlation/correlation.h"

static bool is_number(const char *text)
{
    double x;
    return strcmp(text, "NA") == 0 || strcmp(text, "NaN") == 0 ||
           parse_real(text, strlen(text), &x);
}

bool column_has_text(const struct column *c, size_t n_rows)
{
    if (c->type != COLUMN_TEXT)
        return false;
    for (size_t i = 0; i < n_rows; i++)
        if (c->as.text[i] && !is_number(c->as.text[i]))
            return true;
    return false;
}

/* ---- which rows ---- */

static bool is_status(const char *text)
{
    for (int s = 0; s < FIT_N_STATUS; s++)
        if (strcmp(fit_status_word(s), text) == 0)
            return true;
    return false;
}

/* The column `status` of a table that saydo wrote; NULL: there is none. */
static const struct column *status_column(const struct frame *f)
{
    const struct column *c = frame_column(f, "status");
    for (size_t i = 0; c && c->type == COLUMN_TEXT && i < f->n_rows; i++)
        if (c->as.text[i] && is_status(c->as.text[i]))
            return c;
    return NULL;
}

static bool is_margin(const struct frame *f, size_t row)
{
    for (size_t j = 0; j < f->n_cols; j++)
        if (f->cols[j].type == COLUMN_TEXT && f->cols[j].as.text[row] &&
            strcmp(f->cols[j].as.text[row], GROUP_ALL) == 0)
            return true;
    return false;
}

static bool is_good(const char *status)
{
    return !status || !is_status(status) || strcmp(status, fit_status_word(FIT_OK)) == 0 ||
           strcmp(status, fit_status_word(FIT_CONVERGED)) == 0;
}

/* Some rows of a frame of texts. */
static const struct frame *subset(const struct frame *f, const uint32_t *row, size_t n,
                                  struct arena *keep)
{
    struct frame *s = arena_copy(keep, f, 1, sizeof *f);
    struct column *cols = arena_copy(keep, f->cols, f->n_cols, sizeof *cols);
    uint64_t *line = ARENA_NEW(keep, uint64_t, n);
    for (size_t i = 0; i < n && f->line; i++)
        line[i] = f->line[row[i]];
    for (size_t j = 0; j < f->n_cols; j++) {
        const char **text = ARENA_NEW(keep, const char *, n);
        for (size_t i = 0; i < n; i++)
            text[i] = f->cols[j].as.text[row[i]];
        cols[j].as.text = text;
        cols[j].missing = NULL;
    }
    s->n_rows = n;
    s->cols = cols;
    s->line = f->line ? line : NULL;
    return s;
}

static const char *plural(size_t n)
{
    return n == 1 ? "row is" : "rows are";
}

static const struct frame *countable(const struct frame *f, struct report_builder *report,
                                     struct arena *keep)
{
    const struct column *status = status_column(f);
    uint32_t *row = ARENA_NEW(keep, uint32_t, f->n_rows);
    size_t n = 0, margins = 0, bad = 0;
    for (size_t i = 0; i < f->n_rows; i++)
        if (is_margin(f, i))
            margins++;
        else if (status && !is_good(status->as.text[i]))
            bad++;
        else
            row[n++] = (uint32_t)i;
    if (margins)
        report_add_warning(report, "%zu %s left out: margins, written " GROUP_ALL, margins,
                           plural(margins));
    if (bad)
        report_add_warning(report, "%zu %s left out: the status is not ok or converged", bad,
                           plural(bad));
    report_add_count(report, "rows read", (double)f->n_rows);
    report_add_count(report, "margins left out", (double)margins);
    report_add_count(report, "rows left out by their status", (double)bad);
    return subset(f, row, n, keep);
}

/* ---- what is pooled apart, and what the effects are called ---- */

static bool among(const struct texts *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->at[i], name) == 0)
            return true;
    return false;
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Columns that the options use for something else. */
static bool is_used(const struct job *job, const struct pooling_options *o, const char *name)
{
    return among(&job->common->by, name) || among(&o->moderators, name) ||
           same(o->difference, name) || same(o->r, name) || same(o->n, name) ||
           same(o->estimate, name) || same(o->variance, name) || same(o->std_error, name) ||
           same(o->reliability_x, name) || same(o->reliability_y, name) || same(o->u, name);
}

/* A column `method` that names coefficients, as saydo-correlate writes it. */
static const struct column *coefficient_column(const struct frame *f)
{
    const struct column *c = frame_column(f, "method");
    for (size_t i = 0; c && c->type == COLUMN_TEXT && i < f->n_rows; i++)
        if (c->as.text[i] && (effect_method(c->as.text[i]) || correlation_find(c->as.text[i])))
            return c;
    return NULL;
}

/* The columns that tell what was estimated: those of our own tables, where they hold words. */
static bool settle_split(const struct job *job, const struct pooling_options *o,
                         struct effect_rows *rows, struct err *err)
{
    static const char *const known[] = {"x",      "y",    "method",    "curve",
                                        "family", "link", "component", "term"};
    const struct frame *f = rows->frame;
    struct texts split = {0, ARENA_NEW(job->keep, const char *, o->split.n + 8)};
    bool none = o->split.n == 1 && strcmp(o->split.at[0], "none") == 0;
    for (size_t i = 0; i < o->split.n && !none; i++) {
        if (!variable_column(f, o->split.at[i], job->keep, err))
            return false;
        if (!among(&job->common->by, o->split.at[i]) && !same(o->difference, o->split.at[i]))
            split.at[split.n++] = o->split.at[i];
    }
    for (size_t i = 0; i < sizeof known / sizeof *known && !o->split.n; i++) {
        const struct column *c = frame_column(f, known[i]);
        bool ours = strcmp(known[i], "method") != 0 || coefficient_column(f);
        if (c && ours && column_has_text(c, f->n_rows) && !is_used(job, o, known[i]))
            split.at[split.n++] = known[i];
    }
    rows->split = split;
    return true;
}

static bool is_label(const struct job *job, const struct pooling_options *o,
                     const struct effect_rows *rows, const struct column *c)
{
    return !among(&rows->split, c->name) && !among(&job->common->by, c->name) &&
           !same(o->difference, c->name) && strcmp(c->name, "status") != 0 &&
           column_has_text(c, rows->frame->n_rows);
}

static bool settle_labels(const struct job *job, const struct pooling_options *o,
                          struct effect_rows *rows, struct err *err)
{
    const struct frame *f = rows->frame;
    const struct column **c = ARENA_NEW(job->keep, const struct column *, f->n_cols);
    size_t n = 0;
    if (o->label && !(c[n++] = variable_column(f, o->label, job->keep, err)))
        return false;
    for (size_t j = 0; j < f->n_cols && !o->label; j++)
        if (is_label(job, o, rows, &f->cols[j]))
            c[n++] = &f->cols[j];
    rows->label = ARENA_NEW(job->keep, const char *, f->n_rows);
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *label = "";
        for (size_t j = 0; j < n; j++)
            if (c[j]->as.text[i])
                label = *label ? arena_printf(job->keep, "%s, %s", label, c[j]->as.text[i])
                               : c[j]->as.text[i];
        rows->label[i] = *label ? label
                         : f->line
                             ? arena_printf(job->keep, "line %llu", (unsigned long long)f->line[i])
                             : arena_printf(job->keep, "row %zu", i + 1);
    }
    return true;
}

/* ---- values ---- */

static bool bad(const struct frame *f, const char *column, size_t i, const char *what,
                const char *mend, struct err *err)
{
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[i] : 0,
                                    .column = column,
                                    .value = frame_column(f, column)->as.text[i],
                                    .what = what,
                                    .mend = mend});
}

static void take_effect(struct effect_rows *rows, size_t i, struct effect e, double *y, double *v)
{
    y[i] = e.z;
    v[i] = e.variance;
    rows->status[i] = fit_status_word(e.status);
}

static bool take_correlations(const struct pooling_options *o, struct effect_rows *rows, double *y,
                              double *v, struct arena *keep, struct err *err)
{
    const struct frame *f = rows->frame;
    const struct column *coefficient = coefficient_column(f);
    if (!(rows->r = variable_numbers(f, o->r, keep, err)) ||
        !(rows->size = variable_numbers(f, o->n, keep, err)))
        return false;
    for (size_t i = 0; i < f->n_rows; i++) {
        const char *name =
            coefficient && coefficient->as.text[i] ? coefficient->as.text[i] : o->coefficient;
        const struct effect_method *method = effect_method(name);
        if (fabs(rows->r[i]) > 1)
            return bad(f, o->r, i, "is no correlation",
                       "a correlation lies between -1 and 1; other estimates go by --estimate",
                       err);
        if (rows->size[i] < 0)
            return bad(f, o->n, i, "is negative", "give the number of observations", err);
        if (isnan(rows->r[i]) || isnan(rows->size[i]))
            rows->status[i] = "missing value";
        else if (!method)
            rows->status[i] = fit_status_word(FIT_DOMAIN);
        else
            take_effect(rows, i, rows->measure->from(rows->r[i], rows->size[i], method), y, v);
    }
    return true;
}

static bool take_estimates(const struct pooling_options *o, struct effect_rows *rows, double *y,
                           double *v, struct arena *keep, struct err *err)
{
    const struct frame *f = rows->frame;
    const char *column = o->variance ? o->variance : o->std_error;
    const double *estimate = variable_numbers(f, o->estimate, keep, err);
    const double *spread = estimate ? variable_numbers(f, column, keep, err) : NULL;
    for (size_t i = 0; spread && i < f->n_rows; i++) {
        double variance = o->variance ? spread[i] : spread[i] * spread[i];
        if (spread[i] < 0)
            return bad(f, column, i, "is negative",
                       o->variance ? "a variance is positive; are the columns the right ones?"
                                   : "a standard error is positive; are the columns the right "
                                     "ones?",
                       err);
        if (isnan(estimate[i]) || isnan(spread[i]))
            rows->status[i] = "missing value";
        else if (!(variance > 1e-150 && variance < 1e150))
            rows->status[i] = fit_status_word(FIT_DOMAIN);
        else
            take_effect(rows, i, (struct effect){FIT_OK, estimate[i], variance}, y, v);
    }
    return spread != NULL;
}

static bool check_options(const struct pooling_options *o, struct err *err)
{
    if ((o->r != NULL) == (o->estimate != NULL))
        return err_set(err, ERR_USAGE,
                       "what is to be pooled? Give --r=COLUMN --n=COLUMN, or --estimate=COLUMN "
                       "with --variance=COLUMN or --std-error=COLUMN");
    if (o->r && !o->n)
        return err_set(err, ERR_USAGE, "--r needs --n=COLUMN, the number of observations");
    if (o->estimate && (o->variance != NULL) == (o->std_error != NULL))
        return err_set(err, ERR_USAGE,
                       "--estimate needs one of --variance=COLUMN and --std-error=COLUMN");
    if (o->r && (o->variance || o->std_error))
        return err_set(err, ERR_USAGE,
                       "--r and --n give the variance themselves; leave out --variance and "
                       "--std-error, or name the estimates by --estimate");
    return true;
}

/* What cannot be pooled, by its reason, in order of arrival. */
static void tell_left_out(const struct effect_rows *rows, struct report_builder *report)
{
    static const struct {
        enum fit_status status;
        const char *why;
    } reason[] = {
        {FIT_DOMAIN, "no finite variance on this scale (r of -1 or 1, a standard error of 0, a "
                     "coefficient other than pearson, spearman, kendall)"},
        {FIT_TOO_FEW, "too few observations for a variance"},
        {FIT_N_STATUS, "a value is missing"},
    };
    for (size_t k = 0; k < sizeof reason / sizeof *reason; k++) {
        const char *word =
            reason[k].status == FIT_N_STATUS ? "missing value" : fit_status_word(reason[k].status);
        size_t n = 0;
        for (size_t i = 0; i < rows->n; i++)
            n += strcmp(rows->status[i], word) == 0;
        if (n)
            report_add_warning(report, "%zu %s left out: %s", n, plural(n), reason[k].why);
        report_add_count(report, word, (double)n);
    }
}

bool effect_rows_read(const struct job *job, const struct pooling_options *o,
                      struct effect_rows *rows, struct report_builder *report, struct err *err)
{
    struct arena *keep = job->keep;
    *rows = (struct effect_rows){0};
    if (!check_options(o, err))
        return false;
    rows->frame = countable(job->table, report, keep);
    rows->n = rows->frame->n_rows;
    rows->measure = o->r ? effect_measure(o->measure) : NULL;
    rows->status = ARENA_NEW(keep, const char *, rows->n);
    double *y = ARENA_NEW(keep, double, rows->n), *v = ARENA_NEW(keep, double, rows->n);
    for (size_t i = 0; i < rows->n; i++)
        y[i] = v[i] = NAN;
    rows->y = y;
    rows->v = v;
    if (!settle_split(job, o, rows, err) ||
        !(o->r ? take_correlations : take_estimates)(o, rows, y, v, keep, err) ||
        !settle_labels(job, o, rows, err))
        return false;
    tell_left_out(rows, report);
    return true;
}
