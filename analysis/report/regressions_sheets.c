/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/report/regressions_sheets.h"

#include <math.h>
#include <string.h>

#include "analysis/glm/scoring.h"
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

/* What one family of sheets is made of: a report per behaviour. */
struct part {
    const char *prefix, *sheet; /* "regression", "Regression" */
    size_t n;
    struct report *of; /* [n] */
};

static const struct table *table_in(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->n_tables; i++)
        if (strcmp(report->tables[i].id, id) == 0)
            return &report->tables[i];
    return NULL;
}

/* The table of this name of all behaviours, under a name of its own. */
static void add_joined(const struct part *part, const struct table *first,
                       struct report_builder *report, struct arena *keep)
{
    const struct frame **frame = ARENA_NEW(keep, const struct frame *, part->n);
    struct table joined = *first;
    size_t n = 0;
    const char *note = "";
    if (strcmp(first->id, "roc") == 0) /* a row per distinct prediction: saydo-glm has it */
        return;
    for (size_t k = 0; k < part->n; k++) {
        const struct table *t = table_in(&part->of[k], first->id);
        if (!t)
            continue;
        frame[n++] = t->frame;
        note = arena_printf(keep, "%s%s%s", note, *note ? " " : "", t->note ? t->note : "");
    }
    joined.id = arena_printf(keep, "%s_%s", part->prefix, first->id);
    joined.note = note;
    joined.sheet = arena_printf(keep, "%s %s", part->sheet, first->id);
    joined.frame = frames_stacked(joined.id, frame, n, keep);
    joined.aside = false;
    report_add_table(report, &joined);
}

static void add_part(const struct part *part, struct report_builder *report, struct arena *keep)
{
    for (size_t k = 0; k < part->n; k++)
        for (size_t i = 0; i < part->of[k].n_tables; i++) {
            const struct table *t = &part->of[k].tables[i];
            bool seen = false;
            for (size_t earlier = 0; earlier < k && !seen; earlier++)
                seen = table_in(&part->of[earlier], t->id) != NULL;
            if (!seen)
                add_joined(part, t, report, keep);
        }
    for (size_t k = 0; k < part->n; k++)
        for (size_t i = 0; i < part->of[k].n_charts; i++)
            report_add_chart(report, &part->of[k].charts[i]);
}

/* ---- the whole ---- */

/* With how well 0/1 outcomes are predicted where `scored`. */
static bool regress(const struct prepared *p, const struct variable_of *y, const char *formula,
                    bool scored, const struct job *job, struct report *out, struct err *err)
{
    const struct scoring_options scoring = {.groups = 10, .folds = 10};
    struct regressions_words words = {.formula = formula};
    struct report_builder *builder = report_builder_new(formula, job->keep);
    struct regressions_options how;
    struct regressions *r;
    choose_family(p, y, &words);
    if (!regressions_settle(&words, p, &how, job->keep, err) ||
        !(r = regressions_compute(p, &how, job, err)))
        return false;
    if (scored)
        regressions_score(r, &scoring, job);
    regressions_tables(r, false, builder, job->keep);
    if (scored)
        regressions_scoring_tables(r, job, builder, job->keep);
    regressions_free(r);
    report_finish(builder, out);
    return true;
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
    struct part main = {"regression", "Regression", 0, ARENA_NEW(keep, struct report, p->n_y)};
    struct part moderation = {"moderation", "Moderation", 0,
                              ARENA_NEW(keep, struct report, p->n_y)};
    struct prepared all;
    if (!ungrouped(p, &all, keep, err))
        return false;
    for (size_t k = 0; k < p->n_y; k++) {
        if (!regress(p, &p->y[k], main_formula(p, &p->y[k], keep), true, job, &main.of[main.n++],
                     err))
            return false;
        if (p->groups.n_by && !regress(&all, &p->y[k], moderation_formula(p, &p->y[k], keep), false,
                                       job, &moderation.of[moderation.n++], err))
            return false;
    }
    add_part(&main, report, keep);
    add_part(&moderation, report, keep);
    return true;
}
