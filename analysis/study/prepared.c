/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/prepared.h"

#include <math.h>
#include <string.h>

#include "analysis/study/behaviour_values.h"
#include "analysis/study/suppression.h"
#include "analysis/study/variables.h"
#include "models/base/nearest.h"

/* ---- options that the study may answer ---- */

static void settle_settings(const struct job *job, struct prepared *p)
{
    const struct common_options *c = job->common;
    const struct study *s = job->study;
    p->study = s;
    p->min_n = c->min_n >= 0 ? (double)c->min_n : s ? (double)s->analysis.min_n : 0;
    p->conf_level = !isnan(c->conf_level)                 ? c->conf_level
                    : s && !isnan(s->analysis.conf_level) ? s->analysis.conf_level
                                                          : 0.95;
    p->seed = c->seed >= 0 ? (uint64_t)c->seed : s && s->has_seed ? s->seed : 1;
    p->threads = (size_t)c->threads;
    p->suppress_below = (double)c->suppress_below;
    p->adjust = s && s->analysis.adjust ? s->analysis.adjust : "holm";
}

/* What can change a number, for the manifest and the Log. */
static void tell_settings(const struct prepared *p, struct report_builder *report,
                          struct arena *keep)
{
    const char *by = "";
    for (size_t j = 0; j < p->groups.n_by; j++)
        by = arena_printf(keep, "%s%s%s", by, j ? "," : "", p->groups.by[j]);
    report_add_fact(report, "settings", "by", by);
    report_add_fact(report, "settings", "conf_level", arena_printf(keep, "%g", p->conf_level));
    report_add_fact(report, "settings", "min_n", arena_printf(keep, "%.0f", p->min_n));
    report_add_fact(report, "settings", "seed",
                    arena_printf(keep, "%llu", (unsigned long long)p->seed));
}

static bool settle_weights(const struct job *job, struct prepared *p, struct arena *keep,
                           struct err *err)
{
    const struct common_options *c = job->common;
    const char *sampling = c->weights ? c->weights : p->study ? p->study->analysis.weights : NULL;
    if (sampling && c->frequency)
        return err_set(err, ERR_USAGE, "--weights and --frequency cannot stand together");
    if (!sampling && !c->frequency)
        return true;
    p->weight_kind = sampling ? WEIGHT_SAMPLING : WEIGHT_FREQUENCY;
    p->weight =
        variable_weights(p->frame, sampling ? sampling : c->frequency, !sampling, keep, err);
    return p->weight != NULL;
}

/* "COL:A,B,C" */
static bool typed_order(const char *text, struct level_order *order, struct arena *keep,
                        struct err *err)
{
    const char *colon = strchr(text, ':');
    if (!colon || colon == text || !colon[1])
        return err_at(err, ERR_USAGE,
                      &(struct problem){.column = "--levels",
                                        .value = text,
                                        .what = "is not COL:A,B,C",
                                        .mend = "for example --levels=segment:young,old"});
    order->column = arena_strndup(keep, text, (size_t)(colon - text));
    order->levels.n = 1;
    for (const char *p = colon + 1; *p; p++)
        order->levels.n += *p == ',';
    order->levels.at = ARENA_NEW(keep, const char *, order->levels.n);
    const char *from = colon + 1;
    for (size_t i = 0; i < order->levels.n; i++) {
        size_t n = strcspn(from, ",");
        order->levels.at[i] = arena_strndup(keep, from, n);
        from += n + 1;
        for (size_t k = 0; k < i; k++)
            if (strcmp(order->levels.at[k], order->levels.at[i]) == 0)
                return err_at(err, ERR_USAGE,
                              &(struct problem){.column = "--levels",
                                                .value = order->levels.at[i],
                                                .what = "stands twice",
                                                .mend = "name each level once"});
    }
    return true;
}

static bool settle_groups(const struct job *job, struct prepared *p, struct arena *keep,
                          struct err *err)
{
    const struct common_options *c = job->common;
    const struct study *s = job->study;
    size_t n = 0, most = c->levels.n + (s ? s->n_groups : 0);
    struct level_order *orders = ARENA_NEW(keep, struct level_order, most);
    for (size_t i = 0; i < c->levels.n; i++)
        if (!typed_order(c->levels.at[i], &orders[n++], keep, err))
            return false;
    for (size_t g = 0; s && g < s->n_groups; g++)
        if (s->groups[g].levels.n)
            orders[n++] = (struct level_order){s->groups[g].name, s->groups[g].levels};
    const struct texts *by = c->by.n || !s ? &c->by : &s->analysis.by;
    p->order = orders;
    p->n_orders = n;
    p->n_typed_orders = c->levels.n;
    return groups_make(p->frame, by, orders, n, &p->groups, keep, err);
}

/* ---- variables ---- */

static const struct study_scale *scale_named(const struct study *s, const char *name)
{
    for (size_t i = 0; s && i < s->n_scales; i++)
        if (strcmp(s->scales[i].name, name) == 0)
            return &s->scales[i];
    return NULL;
}

static bool take_variable(const struct prepared *p, const char *name, struct variable_of *v,
                          struct arena *keep, struct err *err)
{
    const struct column *c = frame_column(p->frame, name);
    const struct study_scale *scale = scale_named(p->study, name);
    const char *before = arena_printf(keep, "baseline_%s", name);
    *v = (struct variable_of){.name = name};
    if (!(v->value = variable_numbers(p->frame, name, keep, err)))
        return false;
    v->label = c->label;
    v->unit = c->unit;
    if (scale) {
        v->low = scale->low;
        v->high = scale->high;
        if (scale->combine == COMBINE_SUM && scale->items.n) {
            v->low *= (double)scale->items.n;
            v->high *= (double)scale->items.n;
        }
    }
    if (strncmp(name, "baseline_", 9) != 0 && frame_column(p->frame, before) &&
        !(v->baseline = variable_numbers(p->frame, before, keep, err)))
        return false;
    return true;
}

static const struct variable_of *take_variables(const struct prepared *p, const struct texts *names,
                                                struct arena *keep, struct err *err)
{
    struct variable_of *v = ARENA_NEW(keep, struct variable_of, names->n);
    for (size_t i = 0; i < names->n; i++)
        if (!take_variable(p, names->at[i], &v[i], keep, err))
            return NULL;
    return v;
}

static struct texts scale_names(const struct study *s, struct arena *keep)
{
    struct texts t = {s->n_scales, ARENA_NEW(keep, const char *, s->n_scales)};
    for (size_t i = 0; i < s->n_scales; i++)
        t.at[i] = s->scales[i].name;
    return t;
}

static bool settle_variables(const struct texts *x, const struct texts *y, enum need need,
                             struct prepared *p, struct arena *keep, struct err *err)
{
    struct texts say = *x, act = *y;
    if (p->study && !say.n)
        say = scale_names(p->study, keep);
    if (p->study && !act.n)
        act = p->study->behaviours;
    if (need == NEED_NONE)
        return true;
    if (!say.n || (need == NEED_X_AND_Y && !act.n))
        return p->study
                   ? err_set(err, ERR_USAGE, "%s: the study declares no scales", p->study->path)
                   : err_set(err, ERR_USAGE,
                             "%s: a table needs --x=COLUMN (what customers say)%s; %s",
                             p->frame->file,
                             need == NEED_X_AND_Y ? " and --y=COLUMN (what they do)" : "",
                             variable_mend(p->frame, "", keep));
    p->n_x = say.n;
    p->n_y = act.n;
    return (p->x = take_variables(p, &say, keep, err)) &&
           (p->y = take_variables(p, &act, keep, err));
}

/* ---- small groups ---- */

static double respondents(const struct prepared *p, const struct group *g, const double *a,
                          const double *b, const double *c)
{
    double n = 0;
    for (size_t i = 0; i < g->rows.n; i++) {
        const uint32_t row = g->rows.at[i];
        if (!(a && isnan(a[row])) && !(b && isnan(b[row])) && !(c && isnan(c[row])))
            n += p->weight_kind == WEIGHT_FREQUENCY ? p->weight[row] : 1;
    }
    return n;
}

bool prepared_is_secret(const struct prepared *p, double n)
{
    return n > 0 && n < p->suppress_below;
}

/* Those who did it: where few of many bought, what they spent follows from the mean of all. */
static double contributors(const struct prepared *p, const struct group *g, const double *y)
{
    double n = 0;
    for (size_t i = 0; i < g->rows.n; i++) {
        const uint32_t row = g->rows.at[i];
        if (!isnan(y[row]) && y[row] != 0)
            n += p->weight_kind == WEIGHT_FREQUENCY ? p->weight[row] : 1;
    }
    return n;
}

/* The fewest, but some, respondents of a figure of say, of do, or of both. */
static double least_of(const struct prepared *p, const struct group *g)
{
    double least = respondents(p, g, NULL, NULL, NULL);
    for (size_t x = 0; x <= p->n_x; x++)
        for (size_t y = 0; y <= p->n_y; y++) {
            const double n = respondents(p, g, x < p->n_x ? p->x[x].value : NULL,
                                         y < p->n_y ? p->y[y].value : NULL, NULL);
            least = n > 0 && n < least ? n : least;
        }
    for (size_t y = 0; y < p->n_y; y++) {
        const double n = contributors(p, g, p->y[y].value);
        least = n > 0 && n < least ? n : least;
    }
    return least;
}

/* A baseline that few have in some group is left out everywhere, rather than that group. */
static void leave_out_baselines(struct prepared *p, struct report_builder *report,
                                struct arena *keep)
{
    struct variable_of *y = arena_copy(keep, p->y, p->n_y, sizeof *y);
    for (size_t k = 0; k < p->n_y; k++) {
        bool secret = false;
        for (size_t g = 0; y[k].baseline && g < p->groups.n; g++)
            for (size_t x = 0; x < p->n_x && !secret && !p->groups.at[g].suppressed; x++)
                secret = prepared_is_secret(
                    p, respondents(p, &p->groups.at[g], p->x[x].value, y[k].value, y[k].baseline));
        if (!secret)
            continue;
        y[k].baseline = NULL;
        report_add_warning(report,
                           "the baseline of %s is left out: in some group fewer than %.0f "
                           "respondents have one (--suppress-below)",
                           y[k].name, p->suppress_below);
    }
    p->y = y;
}

bool prepared_suppress(struct prepared *p, const double *least, struct arena *keep)
{
    struct suppression_cell *size = ARENA_NEW(keep, struct suppression_cell, p->groups.n);
    for (size_t g = 0; g < p->groups.n; g++)
        size[g] =
            (struct suppression_cell){respondents(p, &p->groups.at[g], NULL, NULL, NULL), least[g]};
    p->groups = groups_suppressed(&p->groups, size, p->suppress_below, keep);
    return !p->groups.at[p->groups.n - 1].suppressed;
}

/* The variable that few of many have, or did, with what is wrong with it; NULL: none. */
static const char *rare(const struct prepared *p, const struct group *all, const char **what)
{
    if (prepared_is_secret(p, respondents(p, all, NULL, NULL, NULL)))
        return NULL;
    for (size_t k = 0; k < p->n_x + p->n_y; k++) {
        const struct variable_of *v = k < p->n_x ? &p->x[k] : &p->y[k - p->n_x];
        const bool few = prepared_is_secret(p, respondents(p, all, v->value, NULL, NULL));
        *what = few ? "has fewer values than that" : "is not 0 for fewer respondents than that";
        if (few || (k >= p->n_x && prepared_is_secret(p, contributors(p, all, v->value))))
            return v->name;
    }
    return NULL;
}

static bool nothing_to_tell(const char *name, const char *what, struct err *err)
{
    return err_at(
        err, ERR_VALUE,
        &(struct problem){.column = "--suppress-below",
                          .value = name,
                          .what = name ? what
                                       : "there are fewer respondents than that: nothing "
                                         "could be told",
                          .mend = name ? "leave it out: name the others by --x and --y" : NULL});
}

static bool suppress(struct prepared *p, struct report_builder *report, struct arena *keep,
                     struct err *err)
{
    const char *what, *name = rare(p, &p->groups.at[p->groups.n - 1], &what);
    double *least = ARENA_NEW(keep, double, p->groups.n);
    for (size_t g = 0; g < p->groups.n; g++)
        least[g] = least_of(p, &p->groups.at[g]);
    if (!prepared_suppress(p, least, keep))
        return nothing_to_tell(name, what, err);
    if (p->n_y)
        leave_out_baselines(p, report, keep);
    return true;
}

/* ---- the whole ---- */

bool prepare(const struct job *job, const struct texts *x, const struct texts *y, enum need need,
             bool everybody, struct prepared *p, struct report_builder *report, struct err *err)
{
    struct arena *keep = job->keep;
    *p = (struct prepared){0};
    settle_settings(job, p);
    if (job->study) {
        struct join *j = ARENA_NEW(keep, struct join, 1);
        if (!join_make(job, everybody, j, keep, err))
            return false;
        join_report_surveys(j, report, keep);
        join_report(j, report, keep);
        p->join = j;
        p->frame = study_frame(j, keep);
    } else {
        p->frame = job->table;
    }
    if (!settle_weights(job, p, keep, err) || !settle_groups(job, p, keep, err) ||
        !settle_variables(x, y, need, p, keep, err))
        return false;
    if (p->suppress_below > 0 && !suppress(p, report, keep, err))
        return false;
    tell_settings(p, report, keep);
    return true;
}

void prepared_adjust(struct prepared *p, const char *adjust, struct report_builder *report)
{
    p->adjust = adjust ? adjust : p->adjust;
    report_add_fact(report, "settings", "adjust", p->adjust);
}

struct sample prepared_pairs(const struct prepared *p, const struct group *g,
                             const struct variable_of *x, const struct variable_of *y,
                             struct arena *keep)
{
    return variable_pairs(x->value, y->value, p->weight, p->weight_kind, &g->rows, keep);
}

bool prepared_is_small(const struct prepared *p, double n)
{
    return n < p->min_n;
}
