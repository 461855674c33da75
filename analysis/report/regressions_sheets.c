/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/report/regressions_sheets.h"

#include <math.h>
#include <string.h>

#include "analysis/glm/checks.h"
#include "analysis/glm/choices.h"
#include "analysis/glm/margins.h"
#include "analysis/glm/scoring.h"
#include "analysis/glm/term_tests.h"
#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"

/* ---- which regressions ---- */

/* What a behaviour's values are. */
struct values {
    bool binary, whole, negative, zero;
};

static struct values values_of(const struct prepared *p, const struct variable_of *y)
{
    const struct group *all = &p->groups.at[p->groups.n - 1];
    struct values v = {.binary = variable_is_binary(y->value, &all->rows), .whole = true};
    for (size_t i = 0; i < all->rows.n; i++) {
        double value = y->value[all->rows.at[i]];
        if (isnan(value))
            continue;
        v.whole &= value == floor(value);
        v.negative |= value < 0;
        v.zero |= value == 0;
    }
    return v;
}

/* Yes or no: logit; counts: negative binomial; amounts: two parts where some buy nothing, else
   gamma with a log link; amounts below zero, after returns: least squares with HC3. */
static void choose_family(const struct prepared *p, const struct variable_of *y,
                          struct regressions_words *w)
{
    struct values v = values_of(p, y);
    if (v.binary) {
        w->family = "binomial";
    } else if (v.negative) {
        w->family = "gaussian";
        w->robust = "HC3";
    } else if (v.whole && !y->unit) {
        w->family = "negative_binomial";
    } else if (v.zero) {
        w->family = "two_part";
    } else {
        w->family = "gamma";
        w->link = "log";
    }
}

static const char *baseline_of(const struct prepared *p, const struct variable_of *y,
                               struct arena *keep)
{
    const char *name = arena_printf(keep, "baseline_%s", y->name);
    return y->baseline && frame_column(p->frame, name) ? name : NULL;
}

/* y ~ scale + scale + baseline_y */
static const char *main_formula(const struct prepared *p, const struct variable_of *y,
                                struct arena *keep)
{
    const char *text = arena_printf(keep, "%s ~ ", phrase_r_name(y->name, keep));
    const char *baseline = baseline_of(p, y, keep);
    for (size_t j = 0; j < p->n_x; j++)
        text =
            arena_printf(keep, "%s%s%s", text, j ? " + " : "", phrase_r_name(p->x[j].name, keep));
    return baseline ? arena_printf(keep, "%s + %s", text, phrase_r_name(baseline, keep)) : text;
}

/* y ~ scale * segment + scale * industry */
static const char *moderation_formula(const struct prepared *p, const struct variable_of *y,
                                      struct arena *keep)
{
    const char *text = arena_printf(keep, "%s ~ ", phrase_r_name(y->name, keep));
    const char *x = phrase_r_name(p->x[0].name, keep);
    for (size_t j = 0; j < p->groups.n_by; j++)
        text = arena_printf(keep, "%s%s%s * %s", text, j ? " + " : "", x,
                            phrase_r_name(p->groups.by[j], keep));
    return text;
}

/* ---- their tables ---- */

/* A table as a reader of the whole needs it. */
struct wanted {
    const char *id;
    const char *title; /* NULL: its own */
};

/* What one family of sheets is made of: a report per behaviour. */
struct part {
    const char *prefix, *sheet;  /* "regression", "Regression" */
    const struct wanted *tables; /* in this order, ends with {NULL} */
    const char *const *charts;   /* how their ids begin, ends with NULL */
    bool main;                   /* of the behaviour on all that is said, in each cell */
    size_t n;
    struct report *of;            /* [n] */
    const struct variable_of **y; /* [n] */
};

static const struct wanted main_tables[] = {
    {"terms", NULL},       {"margins", NULL}, {"models", NULL},      {"baseline", NULL},
    {"calibration", NULL}, {"lift", NULL},    {"diagnostics", NULL}, {NULL, NULL}};
static const struct wanted moderation_tables[] = {
    {"tests", "Does the link depend on who the customer is?"},
    {"slopes", NULL},
    {"terms", "The regressions with interactions: their coefficients"},
    {NULL, NULL}};

static const char *const main_charts[] = {"calibration", "roc", "lift", NULL};
static const char *const moderation_charts[] = {"predicted", NULL};

static bool listed(const char *const list[], const char *id)
{
    for (size_t i = 0; list[i]; i++)
        if (strncmp(id, list[i], strlen(list[i])) == 0)
            return true;
    return false;
}

static const struct table *table_in(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->n_tables; i++)
        if (strcmp(report->tables[i].id, id) == 0)
            return &report->tables[i];
    return NULL;
}

/* The length of the sentence that a text begins with, its full stop included. */
static size_t sentence(const char *text)
{
    const char *end = strstr(text, ". ");
    return end ? (size_t)(end - text) + 1 : strlen(text);
}

static bool says(const char *note, const char *what, size_t length)
{
    for (const char *p = note; *p; p += strspn(p, " ")) {
        size_t n = sentence(p);
        if (n == length && strncmp(p, what, n) == 0)
            return true;
        p += n;
    }
    return false;
}

/* Adds the sentences of note[k] that all the notes say, or those that they do not. */
static const char *add_sentences(const char *text, const char *const note[], size_t n, size_t k,
                                 bool common, struct arena *keep)
{
    for (const char *p = note[k]; *p; p += strspn(p, " ")) {
        size_t length = sentence(p);
        bool by_all = true;
        for (size_t i = 0; i < n; i++)
            by_all &= says(note[i], p, length);
        if (by_all == common)
            text = arena_printf(keep, "%s%s%.*s", text, *text ? " " : "", (int)length, p);
        p += length;
    }
    return text;
}

/* What each says by itself, then once what they all say. */
static const char *joined_note(const char *const note[], size_t n, struct arena *keep)
{
    const char *text = "";
    for (size_t k = 0; k < n; k++)
        text = add_sentences(text, note, n, k, false, keep);
    return n ? add_sentences(text, note, n, 0, true, keep) : text;
}

/* The table of this name of all behaviours, under a name of its own. */
static void add_joined(const struct part *part, const struct wanted *wanted,
                       struct report_builder *report, struct arena *keep)
{
    const struct frame **frame = ARENA_NEW(keep, const struct frame *, part->n);
    const char **note = ARENA_NEW(keep, const char *, part->n);
    struct table joined = {0};
    size_t n = 0;
    for (size_t k = 0; k < part->n; k++) {
        const struct table *t = table_in(&part->of[k], wanted->id);
        if (!t)
            continue;
        if (n == 0)
            joined = *t;
        note[n] = t->note ? t->note : "";
        frame[n++] = t->frame;
    }
    if (n == 0)
        return;
    joined.id = arena_printf(keep, "%s_%s", part->prefix, wanted->id);
    joined.title = wanted->title ? wanted->title : joined.title;
    joined.note = joined_note(note, n, keep);
    joined.sheet = arena_printf(keep, "%s %s", part->sheet, wanted->id);
    joined.frame = frames_stacked(joined.id, frame, n, keep);
    joined.aside = false;
    report_add_table(report, &joined);
}

static void add_chart_of(const struct part *part, size_t k, const struct chart *chart,
                         struct report_builder *report, struct arena *keep)
{
    struct chart named = *chart;
    named.id =
        arena_printf(keep, "%s-%s-%s", part->prefix, chart->id, phrase_id(part->y[k]->name, keep));
    named.sheet = arena_printf(keep, "%s charts", part->sheet);
    report_add_chart(report, &named);
}

static void add_part(const struct part *part, struct report_builder *report, struct arena *keep)
{
    for (const struct wanted *t = part->tables; t->id; t++)
        add_joined(part, t, report, keep);
    for (size_t k = 0; k < part->n; k++) {
        for (size_t i = 0; i < part->of[k].n_charts; i++)
            if (listed(part->charts, part->of[k].charts[i].id))
                add_chart_of(part, k, &part->of[k].charts[i], report, keep);
        for (size_t i = 0; i < part->of[k].n_lines; i++)
            report_add_line(report, "%s", part->of[k].lines[i]);
    }
}

/* "segment (LR, p < .001), industry (LR, p = .012)" of the interactions whose test finds a
   difference at this level, or of those whose test does not. */
static const char *moderators(const struct frame *tests, double level, bool found,
                              struct arena *keep)
{
    const struct column *term = frame_column(tests, "term"), *test = frame_column(tests, "test"),
                        *p_value = frame_column(tests, "p_value");
    const char *text = "";
    for (size_t i = 0; i < tests->n_rows; i++) {
        const char *colon = strchr(term->as.text[i], ':');
        double p = column_real(p_value, i);
        if (colon && !isnan(p) && (p < 1 - level) == found)
            text = arena_printf(keep, "%s%s%s (%s, %s)", text, *text ? ", " : "", colon + 1,
                                test->as.text[i], phrase_p(p, keep));
    }
    return text;
}

static void add_moderation_lines(const struct part *part, const struct prepared *p,
                                 struct report_builder *report, struct arena *keep)
{
    for (size_t k = 0; k < part->n; k++) {
        const struct table *tests = table_in(&part->of[k], "tests");
        if (!tests)
            continue;
        const char *found = moderators(tests->frame, p->conf_level, true, keep);
        const char *not_found = moderators(tests->frame, p->conf_level, false, keep);
        if (*found)
            report_add_line(report, "The link of %s with %s depends on %s%s%s.", p->x[0].name,
                            part->y[k]->name, found,
                            *not_found ? "; no difference is seen by " : "", not_found);
        else if (*not_found)
            report_add_line(report, "The link of %s with %s: no difference is seen by %s.",
                            p->x[0].name, part->y[k]->name, not_found);
    }
}

/* ---- the whole ---- */

static bool tables_of_main(struct regressions *r, const struct job *job,
                           struct report_builder *builder, struct err *err)
{
    const struct scoring_options scoring = {.groups = 10, .folds = 10};
    const struct choices_words choices = {.folds = 0};
    regressions_score(r, &scoring, job);
    regressions_check(r, job);
    regressions_tables(r, false, builder, job->keep);
    regressions_scoring_tables(r, job, builder, job->keep);
    return regressions_baseline_table(r, &choices, job, builder, job->keep, err);
}

static bool regress(struct part *part, const struct prepared *p, const struct variable_of *y,
                    const char *formula, const struct job *job, struct err *err)
{
    const struct margins_words everything = {.fdr = false};
    struct regressions_words words = {.formula = formula};
    struct report_builder *builder = report_builder_new(formula, job->keep);
    struct regressions_options how;
    struct margins_options margins;
    struct regressions *r;
    choose_family(p, y, &words);
    if (!regressions_settle(&words, p, &how, job->keep, err) ||
        !(r = regressions_compute(p, &how, job, err)))
        return false;
    bool good = margins_settle(&everything, r, &margins, job->keep, err);
    if (good && part->main)
        good = tables_of_main(r, job, builder, err);
    else if (good)
        regressions_tables(r, false, builder, job->keep);
    if (good)
        regressions_margins_tables(r, &margins, job, builder, job->keep);
    if (good && !part->main)
        regressions_term_tests(r, job, builder, job->keep);
    regressions_free(r);
    part->y[part->n] = y;
    report_finish(builder, &part->of[part->n++]);
    return good;
}

static struct part part_of(const char *prefix, const char *sheet, size_t most, struct arena *keep)
{
    return (struct part){.prefix = prefix,
                         .sheet = sheet,
                         .of = ARENA_NEW(keep, struct report, most),
                         .y = ARENA_NEW(keep, const struct variable_of *, most)};
}

/* All customers as one group. */
static bool ungrouped(const struct prepared *p, struct prepared *all, struct arena *keep,
                      struct err *err)
{
    const struct texts none = {0};
    *all = *p;
    return groups_make(p->frame, &none, NULL, 0, &all->groups, keep, err);
}

bool regressions_sheets(const struct prepared *p, const struct job *job,
                        struct report_builder *report, struct err *err)
{
    struct arena *keep = job->keep;
    struct part main = part_of("regression", "Regression", p->n_y, keep);
    struct part moderation = part_of("moderation", "Moderation", p->n_y, keep);
    struct prepared all;
    main.main = true;
    main.tables = main_tables;
    main.charts = main_charts;
    moderation.tables = moderation_tables;
    moderation.charts = moderation_charts;
    if (!ungrouped(p, &all, keep, err))
        return false;
    for (size_t k = 0; k < p->n_y; k++) {
        const struct variable_of *y = &p->y[k];
        if (!regress(&main, p, y, main_formula(p, y, keep), job, err))
            return false;
        if (p->groups.n_by &&
            !regress(&moderation, &all, y, moderation_formula(p, y, keep), job, err))
            return false;
    }
    add_part(&main, report, keep);
    add_part(&moderation, report, keep);
    add_moderation_lines(&moderation, p, report, keep);
    return true;
}
