/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/correlate/best.h"

#include <math.h>

#include "analysis/study/phrases.h"
#include "models/base/rng.h"
#include "models/correlation/pairs.h"
#include "models/multiple/max_t.h"

/* Ranking metrics on fewer degrees of freedom than this is refused; more rows than that are not
   permuted: it would take minutes and gigabytes to learn that everything is significant. */
enum { LEAST_DF = 10, MOST_ROWS = 2000000 };

/* How often a row stands in the data: its frequency, or once. */
static double times(const struct prepared *p, uint32_t row)
{
    if (!p->weight)
        return 1;
    return p->weight_kind == WEIGHT_FREQUENCY ? p->weight[row] : p->weight[row] > 0;
}

static bool is_complete(const struct prepared *p, size_t y, uint32_t row)
{
    bool whole = isfinite(p->y[y].value[row]) != 0;
    for (size_t x = 0; x < p->n_x && whole; x++)
        whole = isfinite(p->x[x].value[row]) != 0;
    return whole;
}

/* Respondents of a group with the behaviour and every metric. */
static double size_of(const struct prepared *p, const struct group *g, size_t y)
{
    double n = 0;
    for (size_t i = 0; i < g->rows.n; i++)
        n += is_complete(p, y, g->rows.at[i]) ? times(p, g->rows.at[i]) : 0;
    return n;
}

/* Their rows, repeated by their frequency: n in all. */
static struct rows rows_of(const struct prepared *p, const struct group *g, size_t y, size_t n,
                           struct arena *scratch)
{
    uint32_t *row = ARENA_NEW(scratch, uint32_t, n);
    size_t at = 0;
    for (size_t i = 0; i < g->rows.n; i++)
        if (is_complete(p, y, g->rows.at[i]))
            for (double k = times(p, g->rows.at[i]); k > 0; k--)
                row[at++] = g->rows.at[i];
    return (struct rows){n, row};
}

static const double *take(const double *value, const struct rows *rows, struct arena *scratch)
{
    double *x = ARENA_NEW(scratch, double, rows->n);
    for (size_t i = 0; i < rows->n; i++)
        x[i] = value[rows->at[i]];
    return x;
}

/* The scores of a method: the values, or their ranks. */
static const double *scores(const struct correlation *method, const double *x, const double *w,
                            size_t n, struct arena *scratch)
{
    struct variable *v = ARENA_NEW(scratch, struct variable, 1);
    *v = variable_ordered(x, n, scratch);
    return method->scores(v, w, scratch);
}

/* What the table says of one behaviour in one group by one method. */
struct contest {
    struct max_t_result result;
    struct max_t_metric *metric; /* [n_x] */
    double n, n_eff;
};

/* A contest that is not held. */
static struct contest no_contest(const struct prepared *p, double n, struct arena *scratch)
{
    struct contest c = {.result.status = FIT_MAX_ITER, .n = n, .n_eff = n};
    c.metric = ARENA_NEW(scratch, struct max_t_metric, p->n_x);
    for (size_t x = 0; x < p->n_x; x++)
        c.metric[x] = (struct max_t_metric){NAN, NAN, NAN, NAN};
    return c;
}

static struct contest compete(const struct correlations *c, const struct group *g, size_t y,
                              size_t m, uint64_t task, struct arena *scratch)
{
    const struct prepared *p = c->prepared;
    const struct correlation *method = c->options.method[m];
    const double n = size_of(p, g, y);
    if (n > MOST_ROWS)
        return no_contest(p, n, scratch);
    struct rows rows = rows_of(p, g, y, (size_t)n, scratch);
    const double *w = p->weight_kind == WEIGHT_SAMPLING ? take(p->weight, &rows, scratch) : NULL;
    const double **metric = ARENA_NEW(scratch, const double *, p->n_x);
    for (size_t x = 0; x < p->n_x; x++)
        metric[x] = scores(method, take(p->x[x].value, &rows, scratch), w, rows.n, scratch);
    const struct sample s = {.n = rows.n, .w = w, .weight_kind = p->weight_kind};
    const struct max_t_data data = {
        .n = rows.n,
        .m = p->n_x,
        .metric = metric,
        .outcome = scores(method, take(p->y[y].value, &rows, scratch), w, rows.n, scratch),
        .w = w};
    const struct max_t_options how = {c->options.best_permutations, rng_mix(p->seed, task),
                                      p->threads};
    struct contest contest = {.metric = ARENA_NEW(scratch, struct max_t_metric, p->n_x),
                              .n = n,
                              .n_eff = w ? sample_effective_size(&s) : n};
    max_t(&data, &how, &contest.result, contest.metric, scratch);
    return contest;
}

/* 1 for the largest |r|; equal ones share the better rank. */
static int64_t rank_of(const struct contest *contest, size_t n_x, size_t x)
{
    int64_t rank = 1;
    for (size_t k = 0; k < n_x; k++)
        rank += fabs(contest->metric[k].r) > fabs(contest->metric[x].r);
    return rank;
}

static bool is_refused(const struct correlations *c, const struct contest *contest)
{
    return contest->n_eff - 2 < LEAST_DF && !c->options.rank_small;
}

static enum fit_status status_of(const struct correlations *c, const struct contest *contest,
                                 size_t x)
{
    if (contest->result.status != FIT_OK)
        return contest->result.status;
    if (isnan(contest->metric[x].r))
        return FIT_CONSTANT;
    return is_refused(c, contest) || prepared_is_small(c->prepared, contest->n) ? FIT_BELOW_MIN_N
                                                                                : FIT_OK;
}

static void add_rows(struct results *t, const struct correlations *c, const struct group *g,
                     size_t y, size_t m, const struct contest *contest)
{
    const struct prepared *p = c->prepared;
    for (size_t x = 0; x < p->n_x; x++) {
        const struct max_t_metric *metric = &contest->metric[x];
        results_row(t, g);
        results_text(t, "x", p->x[x].name);
        results_text(t, "y", p->y[y].name);
        results_text(t, "method", c->options.method[m]->name);
        results_real(t, "n", contest->n);
        results_real(t, "estimate", metric->r);
        if (!isnan(metric->r) && !is_refused(c, contest))
            results_whole(t, "rank", rank_of(contest, p->n_x, x));
        results_real(t, "p_value", metric->p_value);
        results_real(t, "p_max_t", metric->p_single_step);
        results_real(t, "p_step_down", metric->p_step_down);
        results_status(t, status_of(c, contest, x));
    }
}

static const struct frame *best_frame(const struct correlations *c, bool *refused,
                                      struct arena *keep)
{
    const struct prepared *p = c->prepared;
    struct results *t = results_new(
        "best", &p->groups, "x y method n estimate rank p_value p_max_t p_step_down status", keep);
    struct arena *scratch = arena_new();
    uint64_t task = 0;
    results_quantity(t, "estimate", QUANTITY_CORRELATION);
    for (size_t g = 0; g < p->groups.n; g++)
        for (size_t y = 0; y < p->n_y; y++)
            for (size_t m = 0; m < c->options.n_methods; m++) {
                if (!c->options.method[m]->scores || c->options.method[m]->in_domain)
                    continue;
                struct contest contest = compete(c, &p->groups.at[g], y, m, task++, scratch);
                add_rows(t, c, &p->groups.at[g], y, m, &contest);
                *refused |= is_refused(c, &contest);
                arena_reset(scratch);
            }
    arena_free(scratch);
    return results_finish(t);
}

/* Single-step maxT of the first behaviour in the first cell, in base R. */
static const char *check_of(const struct correlations *c, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    const char *names = "";
    for (size_t x = 0; x < p->n_x; x++)
        names = arena_printf(keep, "%s%s, ", names, phrase_r_text(p->x[x].name, keep));
    return arena_printf(keep,
                        "%s; d <- na.omit(d[c(%s%s)]); x <- d[-ncol(d)]; y <- d[[ncol(d)]]; s <- "
                        "replicate(%zu, max(abs(cor(x, sample(y))))); sapply(abs(cor(x, y)), "
                        "function(r) mean(c(Inf, s) >= r))",
                        phrase_r_rows(p, "tables/study.csv", keep), names,
                        phrase_r_text(p->y[0].name, keep), c->options.best_permutations);
}

void best_table(const struct correlations *c, struct report_builder *report, struct arena *keep)
{
    const struct prepared *p = c->prepared;
    bool refused = false;
    if (p->n_x < 2 || !c->options.best)
        return;
    const struct frame *frame = best_frame(c, &refused, keep);
    report_add_table(
        report,
        &(struct table){
            .id = "best",
            .aside = true,
            .sheet = "Best metric",
            .title = "Which metrics still go with behaviour when the best of them is chosen?",
            .note = arena_printf(
                keep,
                "On respondents with all %zu metrics. p_value, p_max_t and p_step_down: "
                "permutations of the behaviour (%s, or all where there are fewer), the largest of "
                "the %zu correlations in each (Westfall and Young 1993). They say whether a metric "
                "goes with behaviour at all; whether one goes closer than another is in the table "
                "comparisons. More than %s respondents are not permuted.%s",
                p->n_x, phrase_count((double)c->options.best_permutations, keep), p->n_x,
                phrase_count(MOST_ROWS, keep),
                refused ? arena_printf(keep,
                                       " No rank on fewer than %d degrees of freedom; "
                                       "--rank-small gives it.",
                                       LEAST_DF)
                        : ""),
            .check_r = check_of(c, keep),
            .check_spss = "no command: SPSS has no maxT permutation test",
            .frame = frame});
}
