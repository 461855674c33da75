/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/behaviour_values.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "analysis/study/scales.h"

/* What a behaviour is computed from: one row of the tallies of a period. */
struct basis {
    const struct tally_columns *in;
    size_t at;
    int32_t from, to;   /* the period [from, to) */
    int32_t first_ever; /* first sale day of the ledger, DAY_MISSING without one */
    double units;       /* minor per major */
};

#define DAYS_PER_MONTH (365.25 / 12)

static double value_purchases(const struct basis *b)
{
    return (double)b->in->purchases[b->at];
}

static double value_retained(const struct basis *b)
{
    return value_purchases(b) >= 1;
}

static double value_purchase_days(const struct basis *b)
{
    return (double)b->in->purchase_days[b->at];
}

static double value_lines(const struct basis *b)
{
    return (double)b->in->lines[b->at];
}

static double value_spend(const struct basis *b)
{
    return (double)b->in->spend[b->at] / b->units;
}

static double value_spend_gross(const struct basis *b)
{
    return (double)b->in->spend_gross[b->at] / b->units;
}

static double value_returned(const struct basis *b)
{
    return (double)b->in->returned[b->at] / b->units;
}

static double value_frequency(const struct basis *b)
{
    return value_purchases(b) / ((b->to - b->from) / DAYS_PER_MONTH);
}

static double value_recency(const struct basis *b)
{
    int32_t last = b->in->last[b->at];
    return last == DAY_MISSING ? NAN : b->to - 1 - last;
}

static double value_gap(const struct basis *b)
{
    double days = value_purchase_days(b);
    return days < 2 ? NAN : (b->in->last[b->at] - b->in->first[b->at]) / (days - 1);
}

static double value_tenure(const struct basis *b)
{
    return b->first_ever == DAY_MISSING || b->first_ever >= b->from ? NAN : b->from - b->first_ever;
}

static double value_basket(const struct basis *b)
{
    double purchases = value_purchases(b);
    return purchases > 0 ? value_spend_gross(b) / purchases : NAN;
}

static double value_of(const struct behaviour *behaviour, const struct basis *b)
{
    static double (*const value[])(const struct basis *) = {
#define X(name, label, quantity, unit, definition) value_##name,
        BEHAVIOUR_LIST(X)
#undef X
    };
    size_t index = (size_t)(behaviour - behaviours);
    assert(index < n_behaviours);
    return value[index](b);
}

double currency_units(const struct study *study)
{
    return study->n_ledgers ? pow(10, study->ledgers[0].decimals) : 100;
}

const char *currency_name(const struct study *study)
{
    return study->n_ledgers ? study_currency(&study->ledgers[0]) : NULL;
}

static struct basis basis_of(const struct join *j, size_t i, bool baseline)
{
    const struct measures *m = &j->seen.measures;
    int32_t date = j->responses.at[i].date, from = date + j->study->join.offset;
    struct basis b = {.in = baseline ? &m->baseline : &m->window,
                      .at = j->measured[i],
                      .from = from,
                      .to = from + j->study->join.length,
                      .first_ever = m->first_ever[j->measured[i]],
                      .units = currency_units(j->study)};
    if (baseline) {
        b.from = date - j->study->join.baseline;
        b.to = date;
    }
    return b;
}

double behaviour_value(const struct join *j, size_t i, const struct behaviour *behaviour,
                       enum behaviour_period period, enum missing *why)
{
    struct basis window = basis_of(j, i, false), baseline = basis_of(j, i, true);
    double value = NAN;
    *why = MISSING_UNDEFINED;
    if (period != BEHAVIOUR_WINDOW && j->baseline_missing[i]) {
        *why = MISSING_CENSORED;
        return NAN;
    }
    switch (period) {
    case BEHAVIOUR_WINDOW:
        value = value_of(behaviour, &window);
        break;
    case BEHAVIOUR_BASELINE:
        value = value_of(behaviour, &baseline);
        break;
    case BEHAVIOUR_CHANGE:
        value = value_of(behaviour, &window) - value_of(behaviour, &baseline);
        break;
    }
    if (!isnan(value))
        *why = MISSING_NOT;
    return value;
}

/* ---- the frame ---- */

/* The words of the behaviours that the frame holds: declared ones, then their
   baselines where they are not declared themselves. */
static struct texts behaviour_columns(const struct study *study, struct arena *keep)
{
    struct texts t = {0, ARENA_NEW(keep, const char *, 2 * study->behaviours.n)};
    for (size_t i = 0; i < study->behaviours.n; i++)
        t.at[t.n++] = study->behaviours.at[i];
    for (size_t i = 0; study->join.baseline > 0 && i < study->behaviours.n; i++) {
        enum behaviour_period period;
        const struct behaviour *b = behaviour_find(study->behaviours.at[i], &period);
        const char *word = arena_printf(keep, "baseline_%s", b->name);
        bool there = false;
        for (size_t k = 0; k < t.n; k++)
            there |= strcmp(t.at[k], word) == 0;
        if (!there)
            t.at[t.n++] = word;
    }
    return t;
}

static struct column behaviour_column(const struct study *study, const char *word,
                                      struct arena *keep)
{
    enum behaviour_period period;
    const struct behaviour *b = behaviour_find(word, &period);
    bool money = b->unit && strcmp(b->unit, "currency") == 0;
    const char *prefix = period == BEHAVIOUR_BASELINE ? "Baseline: "
                         : period == BEHAVIOUR_CHANGE ? "Change: "
                                                      : "";
    return (struct column){.name = word,
                           .label = arena_printf(keep, "%s%s", prefix, b->label),
                           .note = b->definition,
                           .type = COLUMN_REAL,
                           .measure = MEASURE_SCALE,
                           /* 0/1 per respondent is shown as a number, not as a share */
                           .quantity = b->quantity == QUANTITY_SHARE ? QUANTITY_COUNT : b->quantity,
                           .unit = money ? currency_name(study) : b->unit};
}

/* The one column that one survey gives, or NULL. */
static const struct column *only_column(const struct join *j, const char *column)
{
    return j->study->n_surveys == 1 && column ? frame_column(j->surveys[0], column) : NULL;
}

/* The values that the survey's file labels. */
static const struct levels *labelled_values(const struct join *j, const char *column)
{
    const struct column *c = only_column(j, column);
    return c ? c->levels : NULL;
}

/* The study's label, else that of a file which has formats and labels, else the name. */
static const char *label_of(const struct join *j, const char *label, const char *name,
                            const char *column)
{
    const struct column *c = only_column(j, column);
    bool declared = label && strcmp(label, name) != 0;
    return declared ? label : c && c->note ? c->label : name;
}

static const struct levels *missing_labels(const struct join *j, const char *column)
{
    const struct column *c = only_column(j, column);
    return c ? c->missing_labels : NULL;
}

/* The study's words for the codes, else those of the survey's file. */
static const struct levels *answer_labels(const struct join *j, const struct study_scale *scale,
                                          struct arena *keep)
{
    const struct levels *declared = scale_levels(scale, keep);
    return declared ? declared : labelled_values(j, scale->column);
}

static const struct levels *group_levels(const struct join *j, size_t g)
{
    bool codes = j->study->n_surveys && j->study->surveys[0].labels == LABELS_CODES;
    return codes ? labelled_values(j, j->study->groups[g].column) : NULL;
}

static struct results *study_columns(const struct join *j, const struct texts *words,
                                     struct arena *keep)
{
    const struct study *s = j->study;
    struct results *t = results_new(
        "study", NULL, s->n_surveys > 1 ? "key response_date wave" : "key response_date", keep);
    for (size_t g = 0; g < s->n_groups; g++)
        results_own_column(
            t, &(struct column){
                   .name = s->groups[g].name,
                   .label = label_of(j, s->groups[g].label, s->groups[g].name, s->groups[g].column),
                   .note = "grouping column",
                   .levels = group_levels(j, g),
                   .type = COLUMN_TEXT});
    for (size_t k = 0; k < s->n_scales; k++)
        results_own_column(
            t, &(struct column){
                   .name = s->scales[k].name,
                   .label = label_of(j, s->scales[k].label, s->scales[k].name, s->scales[k].column),
                   .note = "stated scale",
                   .levels = answer_labels(j, &s->scales[k], keep),
                   .missing_labels = missing_labels(j, s->scales[k].column),
                   .type = COLUMN_REAL,
                   .measure = MEASURE_ORDINAL,
                   .quantity = QUANTITY_PLAIN});
    for (size_t b = 0; b < words->n; b++) {
        struct column like = behaviour_column(s, words->at[b], keep);
        results_own_column(t, &like);
    }
    if (s->analysis.weights)
        results_own_column(t, &(struct column){.name = s->analysis.weights,
                                               .note = "sampling weight",
                                               .type = COLUMN_REAL});
    return t;
}

/* A group's level: from the survey, else from the customer's row of the master. */
static const char *group_level(const struct join *j, size_t g, size_t i)
{
    const struct response *a = &j->responses.at[i];
    const char *level = j->responses.group[g][i];
    if (j->responses.group_in_survey[g] || !j->customers)
        return level;
    const struct column *c = frame_column(j->customers, j->study->groups[g].column);
    uint32_t at = key_map_find(j->known.map, a->joined, strlen(a->joined));
    if (!c || at == KEY_MAP_NONE || j->known.master_id[at] == KEY_MAP_NONE)
        return NULL;
    return c->as.text[j->known.master.row[j->known.master_id[at]]];
}

static void put_response(struct results *t, const struct join *j, size_t i,
                         const struct texts *words)
{
    const struct study *s = j->study;
    const struct response *a = &j->responses.at[i];
    results_row(t, NULL);
    results_text(t, "key", a->key);
    results_day(t, "response_date", a->date);
    if (s->n_surveys > 1)
        results_text(t, "wave", s->surveys[a->survey].wave);
    for (size_t g = 0; g < s->n_groups; g++)
        results_text(t, s->groups[g].name, group_level(j, g, i));
    for (size_t k = 0; k < s->n_scales; k++) {
        const struct scale_values *v = &j->responses.scale[k];
        if (isnan(v->value[i]) && v->missing[i] == MISSING_CODE && v->code)
            results_code(t, s->scales[k].name, v->code[i]);
        else if (isnan(v->value[i]))
            results_missing(t, s->scales[k].name, v->missing[i]);
        else
            results_real(t, s->scales[k].name, v->value[i]);
    }
    for (size_t b = 0; b < words->n; b++) {
        enum missing why;
        enum behaviour_period period;
        const struct behaviour *behaviour = behaviour_find(words->at[b], &period);
        double value = behaviour_value(j, i, behaviour, period, &why);
        if (isnan(value))
            results_missing(t, words->at[b], why);
        else
            results_real(t, words->at[b], value);
    }
    if (s->analysis.weights)
        results_real(t, s->analysis.weights, j->responses.weight[i]);
}

const struct frame *study_frame(const struct join *j, struct arena *keep)
{
    struct texts words = behaviour_columns(j->study, keep);
    struct results *t = study_columns(j, &words, keep);
    for (size_t i = 0; i < j->responses.n; i++)
        if (j->fate[i] == FATE_STUDY)
            put_response(t, j, i, &words);
    return results_finish(t);
}
