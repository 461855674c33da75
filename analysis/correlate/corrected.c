/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/corrected.h"

#include <math.h>
#include <string.h>

#include "analysis/study/items.h"
#include "analysis/study/phrases.h"
#include "analysis/study/variables.h"
#include "io/ledger/behaviours.h"
#include "io/text/parse.h"
#include "models/base/sum.h"
#include "models/correlation/disattenuated.h"
#include "models/correlation/range_restriction.h"
#include "models/scale/count_reliability.h"

/* ---- what was typed ---- */

static bool names_variable(const struct variable_of *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(v[i].name, name) == 0)
            return true;
    return false;
}

static const struct known_reliability *find_known(const struct correlations_options *o,
                                                  const char *name)
{
    for (size_t i = 0; i < o->n_known; i++)
        if (strcmp(o->known[i].column, name) == 0)
            return &o->known[i];
    return NULL;
}

static bool reject(const char *text, const char *what, struct err *err)
{
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = "--reliability",
                                    .value = text,
                                    .what = what,
                                    .mend =
                                        "for example --reliability=intent:0.8, or purchases:nbd "
                                        "for a count of purchases"});
}

static bool read_known(const char *text, const struct prepared *p, struct correlations_options *o,
                       struct known_reliability *k, struct arena *keep, struct err *err)
{
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text)
        return reject(text, "is not COLUMN:RELIABILITY", err);
    const char *value = colon + 1;
    bool count = strcmp(value, "nbd") == 0;
    k->column = arena_strndup(keep, text, (size_t)(colon - text));
    k->value = NAN;
    if (!count &&
        (!parse_real(value, strlen(value), &k->value) || !(k->value > 0 && k->value <= 1)))
        return reject(text, "has no reliability above 0 and up to 1, nor nbd", err);
    bool says = names_variable(p->x, p->n_x, k->column),
         does = names_variable(p->y, p->n_y, k->column);
    if (!says && !does)
        return reject(text, "names none of the scales (--x) and behaviours (--y)", err);
    if (count && !does)
        return reject(text, "asks for nbd of a scale; it is for counts of purchases", err);
    if (find_known(o, k->column))
        return reject(text, "names a column a second time", err);
    return true;
}

bool corrected_known(const struct texts *typed, const struct prepared *p,
                     struct correlations_options *o, struct arena *keep, struct err *err)
{
    struct known_reliability *known = ARENA_NEW(keep, struct known_reliability, typed->n);
    o->known = known;
    for (o->n_known = 0; o->n_known < typed->n; o->n_known++)
        if (!read_known(typed->at[o->n_known], p, o, &known[o->n_known], keep, err))
            return false;
    return true;
}

/* ---- reliabilities ---- */

/* One side of a correlation.  source NULL: nothing is known. */
struct measured {
    struct with_limits value;
    const char *source;
    enum fit_status status;
};

static const struct measured nothing = {{1, NAN, NAN}, NULL, FIT_OK};

static struct measured typed(const struct known_reliability *k)
{
    return (struct measured){{k->value, NAN, NAN}, "typed", FIT_OK};
}

/* The items of the study's scales. */
struct sets {
    size_t n;
    const struct item_set *at;
};

static struct measured measure_scale(const struct correlations *c, const struct sets *sets,
                                     const struct group *g, size_t x, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct known_reliability *known = find_known(&c->options, p->x[x].name);
    size_t k = 0;
    while (k < sets->n && strcmp(sets->at[k].scale, p->x[x].name) != 0)
        k++;
    if (known)
        return typed(known);
    if (k == sets->n)
        return nothing;
    struct item_agreement a = items_agree(p, g, &sets->at[k], scratch, scratch);
    const struct one_factor *f = &a.factor;
    if (f->status == FIT_CONVERGED)
        return (struct measured){{f->omega, f->omega_low, f->omega_high}, "omega", FIT_OK};
    return isnan(a.alpha.alpha)
               ? nothing
               : (struct measured){
                     {a.alpha.alpha, a.alpha.conf_low, a.alpha.conf_high}, "alpha", FIT_OK};
}

/* The behaviour of a study that the name stands for, over the window or before; NULL:
   none, or a change. */
static const char *behaviour_of(const struct prepared *p, size_t y)
{
    enum behaviour_period period = BEHAVIOUR_WINDOW;
    const struct behaviour *b = p->study ? behaviour_find(p->y[y].name, &period) : NULL;
    return b && period != BEHAVIOUR_CHANGE ? b->name : NULL;
}

static bool counts_purchases(const struct prepared *p, size_t y)
{
    const char *name = behaviour_of(p, y);
    return name && (strcmp(name, "purchases") == 0 || strcmp(name, "purchase_days") == 0);
}

/* Sampling weights as frequencies that add up to the effective n, as of items. */
static const double *frequencies(const struct sample *s, struct arena *scratch)
{
    if (s->weight_kind != WEIGHT_SAMPLING)
        return s->w;
    double *f = ARENA_NEW(scratch, double, s->n), scale = sample_effective_size(s);
    struct sum total = {0};
    for (size_t i = 0; i < s->n; i++)
        sum_add(&total, s->w[i]);
    for (size_t i = 0; i < s->n; i++)
        f[i] = s->w[i] * scale / sum_value(&total);
    return f;
}

static struct measured measure_behaviour(const struct correlations *c, const struct group *g,
                                         size_t y, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct known_reliability *known = find_known(&c->options, p->y[y].name);
    if (known && !isnan(known->value))
        return typed(known);
    if (!known && !counts_purchases(p, y))
        return nothing;
    struct sample s = prepared_pairs(p, g, &p->y[y], &p->y[y], scratch);
    struct count_reliability r =
        count_reliability(s.y, frequencies(&s, scratch), s.n, p->conf_level, scratch);
    return (struct measured){{r.reliability, r.conf_low, r.conf_high},
                             "nbd",
                             r.status == FIT_CONVERGED ? FIT_OK : r.status};
}

/* ---- range ---- */

/* Standard deviation and fourth moment of those who are in (or of all). */
static void spread(const double *value, const bool *in, size_t n, double *sd, double *m4,
                   double *count, struct arena *scratch)
{
    double *x = ARENA_NEW(scratch, double, n), *square = ARENA_NEW(scratch, double, n);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (!in || in[i])
            x[k++] = value[i];
    double m = mean(x, NULL, k);
    for (size_t i = 0; i < k; i++)
        square[i] = (x[i] - m) * (x[i] - m);
    *m4 = cross_product(square, 0, square, 0, NULL, k) / (double)k;
    *sd = sqrt(cross_product(x, m, x, m, NULL, k) / ((double)k - 1));
    *count = (double)k;
}

/* u of the ledger variable that behaviour y is of: all customers over the respondents.
   No limits and NaN where there is none, or where weights do its work already. */
static struct with_limits range_of(const struct prepared *p, size_t y, struct arena *scratch)
{
    const char *behaviour = behaviour_of(p, y);
    const double *value;
    const bool *in_study;
    size_t n;
    if (!behaviour || p->weight_kind == WEIGHT_SAMPLING ||
        !join_ledger_variable(p->join, behaviour, &value, &in_study, &n, scratch))
        return (struct with_limits){NAN, NAN, NAN};
    double whole, part, m4, count;
    spread(value, NULL, n, &whole, &m4, &count, scratch);
    spread(value, in_study, n, &part, &m4, &count, scratch);
    return range_ratio(whole, part, m4, count, p->conf_level);
}

/* ---- one cell ---- */

struct correction {
    const struct correlation_cell *cell;
    struct measured x, y;
    struct with_limits u;
    struct disattenuated r;
    struct range_corrected range;
    double ceiling;
    enum fit_status status;
};

static enum fit_status status_of(const struct correction *k)
{
    if (k->cell->r.status != FIT_OK)
        return k->cell->r.status;
    if (k->cell->small)
        return FIT_BELOW_MIN_N;
    return k->y.status != FIT_OK ? k->y.status : k->r.status;
}

static void correct(struct correction *k)
{
    const struct correlation_result *r = &k->cell->r;
    struct with_limits raw = {r->estimate, r->conf_low, r->conf_high};
    k->r = (struct disattenuated){FIT_OK, NAN, NAN, NAN, NAN, NAN};
    if (k->x.source || k->y.source)
        k->r = disattenuated(&raw, &k->x.value, &k->y.value);
    k->range = range_corrected(&raw, &k->u);
    k->ceiling = k->y.source || !isnan(k->cell->r_max)
                     ? ceiling_of_reliability(k->y.value.estimate, k->cell->r_max)
                     : NAN;
    k->status = status_of(k);
}

/* The index of Pearson's r among the methods; n_methods: it was not asked for. */
static size_t pearson_of(const struct correlations *c)
{
    size_t m = 0;
    while (m < c->options.n_methods && c->options.method[m] != &correlation_pearson)
        m++;
    return m;
}

static bool is_whole(const struct correlations *c, const struct group *g)
{
    return g == &c->prepared->groups.at[c->prepared->groups.n - 1];
}

static struct correction correction_of(const struct correlations *c, const struct group *g,
                                       const struct measured *x, const struct measured *y,
                                       const struct with_limits *u, size_t i, size_t j)
{
    struct correction k = {.cell = correlations_find(c, g, i, j, pearson_of(c)),
                           .x = *x,
                           .y = *y,
                           .u = is_whole(c, g) ? *u : (struct with_limits){NAN, NAN, NAN}};
    correct(&k);
    return k;
}

/* ---- the tables ---- */

static void put_reliabilities(struct results *t, const struct correction *k)
{
    if (k->x.source) {
        results_real(t, "reliability_x", k->x.value.estimate);
        results_text(t, "reliability_x_source", k->x.source);
    }
    if (k->y.source) {
        results_real(t, "reliability_y", k->y.value.estimate);
        results_text(t, "reliability_y_source", k->y.source);
        results_real(t, "reliability_y_low", k->y.value.low);
        results_real(t, "reliability_y_high", k->y.value.high);
    }
}

static void put_correction(struct results *t, const struct correlations *c,
                           const struct correction *k)
{
    results_row(t, k->cell->group);
    results_text(t, "x", c->prepared->x[k->cell->x].name);
    results_text(t, "y", c->prepared->y[k->cell->y].name);
    results_text(t, "method", "pearson");
    results_real(t, "n", k->cell->r.n);
    results_real(t, "estimate", k->cell->r.estimate);
    put_reliabilities(t, k);
    results_real(t, "disattenuated", k->r.estimate);
    results_real(t, "known_low", k->r.known_low);
    results_real(t, "known_high", k->r.known_high);
    results_real(t, "disattenuated_low", k->r.low);
    results_real(t, "disattenuated_high", k->r.high);
    results_real(t, "r_ceiling", k->ceiling);
    results_real(t, "u", k->u.estimate);
    results_real(t, "range_corrected", k->range.estimate);
    results_real(t, "range_low", k->range.low);
    results_real(t, "range_high", k->range.high);
    results_status(t, k->status);
}

static void put_group(struct results *t, const struct correlations *c, const struct sets *sets,
                      const struct group *g, const struct with_limits *u, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    struct measured *y = ARENA_NEW(scratch, struct measured, p->n_y);
    for (size_t j = 0; j < p->n_y; j++)
        y[j] = measure_behaviour(c, g, j, scratch);
    for (size_t i = 0; i < p->n_x; i++) {
        struct measured x = measure_scale(c, sets, g, i, scratch);
        for (size_t j = 0; j < p->n_y; j++) {
            struct correction k = correction_of(c, g, &x, &y[j], &u[j], i, j);
            if (x.source || y[j].source || !isnan(k.u.estimate))
                put_correction(t, c, &k);
        }
    }
}

static const struct frame *corrected_frame(const struct correlations *c, const struct sets *sets,
                                           struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t =
        results_new("corrected", &p->groups,
                    "x y method n estimate reliability_x reliability_x_source reliability_y "
                    "reliability_y_source reliability_y_low reliability_y_high disattenuated "
                    "known_low known_high disattenuated_low disattenuated_high r_ceiling u "
                    "range_corrected range_low range_high status",
                    keep);
    results_quantity(t, "estimate", QUANTITY_CORRELATION);
    struct with_limits *u = ARENA_NEW(keep, struct with_limits, p->n_y);
    struct arena *scratch = arena_new();
    bool asked = pearson_of(c) < c->options.n_methods;
    for (size_t j = 0; asked && j < p->n_y; j++)
        u[j] = range_of(p, j, scratch);
    for (size_t g = 0; asked && g < p->groups.n; g++) {
        put_group(t, c, sets, &p->groups.at[g], u, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return results_finish(t);
}

static void put_sensitivity(struct results *t, const struct correlations *c,
                            const struct correlation_cell *cell, const struct measured *y)
{
    static const double assumed[] = {0.7, 0.8, 0.9};
    for (size_t i = 0; i < sizeof assumed / sizeof *assumed; i++) {
        struct correction k = {.cell = cell,
                               .x = {{assumed[i], NAN, NAN}, "typed", FIT_OK},
                               .y = *y,
                               .u = {NAN, NAN, NAN}};
        correct(&k);
        results_row(t, NULL);
        results_text(t, "x", c->prepared->x[cell->x].name);
        results_text(t, "y", c->prepared->y[cell->y].name);
        results_text(t, "method", "pearson");
        results_real(t, "n", cell->r.n);
        results_real(t, "estimate", cell->r.estimate);
        results_real(t, "assumed_reliability", assumed[i]);
        if (y->source)
            results_real(t, "reliability_y", y->value.estimate);
        results_real(t, "disattenuated", k.r.estimate);
        results_real(t, "known_low", k.r.known_low);
        results_real(t, "known_high", k.r.known_high);
        results_status(t, k.status);
    }
}

static const struct frame *sensitivity_frame(const struct correlations *c, const struct sets *sets,
                                             struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const struct group *g = &p->groups.at[p->groups.n - 1];
    struct results *t = results_new("sensitivity", NULL,
                                    "x y method n estimate assumed_reliability reliability_y "
                                    "disattenuated known_low known_high status",
                                    keep);
    results_quantity(t, "estimate", QUANTITY_CORRELATION);
    struct arena *scratch = arena_new();
    size_t m = pearson_of(c);
    for (size_t i = 0; m < c->options.n_methods && i < p->n_x; i++) {
        if (measure_scale(c, sets, g, i, scratch).source)
            continue;
        for (size_t j = 0; j < p->n_y; j++) {
            struct measured y = measure_behaviour(c, g, j, scratch);
            put_sensitivity(t, c, correlations_find(c, g, i, j, m), &y);
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
    return results_finish(t);
}

/* The count whose reliability the check's line repeats, or NULL. */
static const char *first_count(const struct correlations *c)
{
    const struct prepared *p = c->prepared;
    for (size_t j = 0; j < p->n_y; j++) {
        const struct known_reliability *known = find_known(&c->options, p->y[j].name);
        if (known ? isnan(known->value) : counts_purchases(p, j))
            return p->y[j].name;
    }
    return NULL;
}

static const char *check_corrected(const struct correlations *c, struct arena *keep)
{
    const char *count = first_count(c);
    const char *fit =
        count ? arena_printf(keep,
                             "; %s; f <- MASS::fitdistr(na.omit(d$%s), 'negative binomial')$"
                             "estimate; f['mu'] / sum(f) # reliability_y",
                             phrase_r_rows(c->prepared, "tables/study.csv", keep),
                             phrase_r_name(count, keep))
              : "";
    return arena_printf(keep,
                        "with(read.csv('tables/corrected.csv')[1, ], c(estimate / "
                        "sqrt(prod(reliability_x, reliability_y, na.rm = TRUE)), estimate * u / "
                        "sqrt(1 - estimate^2 + (estimate * u)^2)))%s",
                        fit);
}

void corrected_tables(const struct correlations *c, struct report_builder *report,
                      struct arena *keep)
{
    struct sets sets = {0, NULL};
    sets.n = items_of_study(c->prepared, &sets.at, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "corrected",
            .aside = c->options.n_known == 0,
            .sheet = "Corrected",
            .title = "What would the correlations be without errors of measurement?",
            .note = "Not for testing or pooling: p-values belong to the raw r of the table "
                    "correlations. disattenuated: r / sqrt(reliability_x * reliability_y) "
                    "(Spearman 1904), a side without a reliability taken as it is; beyond 1 it "
                    "stands as computed. known_*: reliabilities taken as known; disattenuated_*: "
                    "with their own error. reliability_y nbd: m / (m + r) of purchases at random "
                    "around each customer's own rate (negative binomial); none of money. "
                    "r_ceiling: no scale can reach more. range_corrected: Thorndike's case II, u "
                    "from the whole ledger, all customers over respondents.",
            .check_r = check_corrected(c, keep),
            .check_spss = "COMPUTE corrected = estimate / SQRT(reliability_x * reliability_y).",
            .frame = corrected_frame(c, &sets, keep)});
    report_add_table(
        report,
        &(struct table){
            .id = "sensitivity",
            .aside = true,
            .sheet = "Sensitivity",
            .title = "What if the scales are measured with error?",
            .note = "Scales of which no reliability is known (single items), over all respondents: "
                    "Pearson's r if their reliability were assumed_reliability. Not for testing or "
                    "pooling. Give a known one with --reliability.",
            .check_r = "with(read.csv('tables/sensitivity.csv'), estimate / "
                       "sqrt(assumed_reliability * ifelse(is.na(reliability_y), 1, "
                       "reliability_y)))",
            .check_spss = "COMPUTE corrected = estimate / SQRT(assumed_reliability).",
            .frame = sensitivity_frame(c, &sets, keep)});
}

/* ---- sentences ---- */

static void add_ceiling_line(const struct correlations *c, const struct correction *k,
                             struct report_builder *report, struct arena *scratch)
{
    if (!k->y.source || strcmp(k->y.source, "nbd") != 0 || isnan(k->ceiling))
        return;
    report_add_line(report,
                    "  %s is a count of one window: as a measure of the rate of buying its "
                    "reliability is %s (%s interval %s to %s), and at that reliability "
                    "no scale can correlate above %s with it.",
                    c->prepared->y[k->cell->y].name, phrase_r(k->y.value.estimate, scratch),
                    phrase_level(c->prepared->conf_level, scratch),
                    phrase_r(k->y.value.low, scratch), phrase_r(k->y.value.high, scratch),
                    phrase_r(k->ceiling, scratch));
}

static const char *phrase_side(const char *name, const struct measured *m, struct arena *scratch)
{
    return m->source ? arena_printf(scratch, "%s %s", name, phrase_r(m->value.estimate, scratch))
                     : NULL;
}

static void add_correction_line(const struct correlations *c, const struct correction *k,
                                struct report_builder *report, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const char *x = phrase_side(p->x[k->cell->x].name, &k->x, scratch),
               *y = phrase_side(p->y[k->cell->y].name, &k->y, scratch);
    if (isnan(k->r.low))
        return;
    report_add_line(report,
                    "  Without the error of measurement (reliability: %s%s%s) r would be %s (%s to "
                    "%s)%s.",
                    x ? x : "", x && y ? ", " : "", y ? y : "", phrase_r(k->r.estimate, scratch),
                    phrase_r(k->r.low, scratch), phrase_r(k->r.high, scratch),
                    k->r.status == FIT_BEYOND_ONE
                        ? ", beyond 1: a reliability is too low, or it is chance"
                        : "");
}

/* Where u is known to differ from 1, and what follows is more than r's own uncertainty. */
static void add_range_line(const struct correlations *c, const struct correction *k,
                           struct report_builder *report, struct arena *scratch)
{
    const struct correlation_result *r = &k->cell->r;
    bool beyond = k->range.estimate < r->conf_low || k->range.estimate > r->conf_high;
    if (!(k->u.low > 1 || k->u.high < 1) || !beyond)
        return;
    report_add_line(report,
                    "  All customers differ %s in %s than the respondents (u = %s): among them r "
                    "would be %s (%s to %s).",
                    k->u.low > 1 ? "more" : "less", c->prepared->y[k->cell->y].name,
                    phrase_number(k->u.estimate, scratch), phrase_r(k->range.estimate, scratch),
                    phrase_r(k->range.low, scratch), phrase_r(k->range.high, scratch));
}

void corrected_lines(const struct correlations *c, size_t y, struct report_builder *report,
                     struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct group *g = &p->groups.at[p->groups.n - 1];
    if (pearson_of(c) == c->options.n_methods)
        return;
    struct sets sets = {0, NULL};
    sets.n = items_of_study(p, &sets.at, scratch);
    struct measured says = measure_scale(c, &sets, g, 0, scratch),
                    does = measure_behaviour(c, g, y, scratch);
    struct with_limits u = range_of(p, y, scratch);
    struct correction k = correction_of(c, g, &says, &does, &u, 0, y);
    add_ceiling_line(c, &k, report, scratch);
    add_correction_line(c, &k, report, scratch);
    add_range_line(c, &k, report, scratch);
}
