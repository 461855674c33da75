/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-correlate: how strongly does saying go with doing, in each cell? */
#include <string.h>

#include "analysis/correlate/best.h"
#include "analysis/correlate/comparisons.h"
#include "analysis/correlate/corrected.h"
#include "analysis/correlate/correlations.h"
#include "analysis/correlate/partials.h"
#include "analysis/correlate/typed.h"
#include "io/program/tool.h"
#include "models/multiple/adjust.h"

struct options {
    struct texts x, y, method, control, reliability, compare, comparison;
    const char *interval, *adjust, *p_value, *zero_cells;
    int64_t replicates, permutations;
    bool rank_small, typed;
};

static const char *const methods[] = {
#define X(name) #name,
    CORRELATION_LIST(X)
#undef X
        NULL};
static const char *const kinds[] = {"default",
#define X(name) #name,
                                    INTERVAL_LIST(X)
#undef X
                                        NULL};

static const char *const ways[] = {
#define X(name) #name,
    P_VALUE_LIST(X)
#undef X
        NULL};

static const char *const policies[] = {"keep", "half", NULL};

static const char *const adjustments_known[] = {
#define X(name) #name,
    ADJUSTMENT_LIST(X)
#undef X
        NULL};

static const char *const comparisons_known[] = {"all",
#define X(name) #name,
                                                OVERLAPPING_LIST(X)
#undef X
                                                    "raghunathan",
                                                "silver", "fisher", NULL};

static const struct option_spec rows[] = {
    {'x', "x", "COL,COL", OPTION_LIST, offsetof(struct options, x), 0, 0, NULL, NULL,
     "what customers say; default: all scales of the study"},
    {'y', "y", "COL,COL", OPTION_LIST, offsetof(struct options, y), 0, 0, NULL, NULL,
     "what customers do; default: the study's behaviours"},
    {0, "method", "NAME,NAME", OPTION_LIST, offsetof(struct options, method), 0, 0, NULL, methods,
     "coefficients; default: the study's, else pearson,spearman"},
    {0, "interval", "NAME", OPTION_TEXT, offsetof(struct options, interval), 0, 0, "default", kinds,
     "confidence interval: fisher_z (pearson), bonett_wright (spearman, kendall), asymptotic (the "
     "coefficients of pairs and of two groups), asymptotic_z (latent correlations), noncentral_f "
     "(eta_squared), bca (a bootstrap, for heavy tails) or none"},
    {0, "p-value", "NAME", OPTION_TEXT, offsetof(struct options, p_value), 0, 0, "default", ways,
     "p-value: each coefficient's own, exact, asymptotic or by permutation"},
    {0, "permutations", "N", OPTION_WHOLE, offsetof(struct options, permutations), 19, 1e7, NULL,
     NULL, "permutations of --p-value=permutation and of distance (9999), of the table best (999)"},
    {0, "control", "COL,COL", OPTION_LIST, offsetof(struct options, control), 0, 0, NULL, NULL,
     "columns to hold constant: table partial"},
    {0, "zero-cells", "NAME", OPTION_TEXT, offsetof(struct options, zero_cells), 0, 0, "keep",
     policies,
     "empty cell of a table of four: keep it, or half, 0.5 in it (tetrachoric, polychoric)"},
    {0, "adjust", "NAME", OPTION_TEXT, offsetof(struct options, adjust), 0, 0, NULL,
     adjustments_known,
     "p_adjusted by holm, hochberg, bh, by or none; default: the study's, else holm"},
    {0, "replicates", "N", OPTION_WHOLE, offsetof(struct options, replicates), 100, 1e6, "2000",
     NULL, "bootstrap samples of --interval=bca"},
    {0, "reliability", "COL:R,COL:nbd", OPTION_LIST, offsetof(struct options, reliability), 0, 0,
     NULL, NULL,
     "known reliabilities for the table corrected; COL:nbd: a count of purchases, whose "
     "reliability the negative binomial gives"},
    {0, "compare", "A,B", OPTION_LIST, offsetof(struct options, compare), 0, 0, NULL, NULL,
     "which of these goes with behaviour more closely? A:Y1,B:Y2 compares r(A, Y1) with r(B, Y2)"},
    {0, "comparison", "NAME,NAME", OPTION_LIST, offsetof(struct options, comparison), 0, 0, NULL,
     comparisons_known,
     "tests of the comparisons, or all; default: williams, and steiger where no variable is "
     "shared"},
    {0, "typed", NULL, OPTION_FLAG, offsetof(struct options, typed), 0, 0, NULL, NULL,
     "the table holds correlations of a paper to compare: columns n,jk,jh,kh; or "
     "n,jk,hm,jh,jm,kh,km; or n1,n2,r1,r2"},
    {0, "rank-small", NULL, OPTION_FLAG, offsetof(struct options, rank_small), 0, 0, NULL, NULL,
     "rank metrics on fewer than 10 degrees of freedom too"},
};

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    if (o->typed)
        return typed_run(job, &o->comparison, o->adjust, out, err);
    struct texts x = o->x, y = o->y;
    struct comparisons_asked asked;
    struct report_builder *report = report_builder_new("Saying and doing: correlations", job->keep);
    struct correlations_options how = {
        .interval = interval_find(o->interval),
        .replicates = (size_t)o->replicates,
        .p_value = p_value_find(o->p_value),
        .permutations = (size_t)o->permutations,
        .best_permutations = o->permutations ? (size_t)o->permutations : BEST_PERMUTATIONS,
        .rank_small = o->rank_small,
        .best = job_shows(job, "best"),
        .compared = &asked,
        .half_in_empty_cells = strcmp(o->zero_cells, "half") == 0};
    struct prepared p;
    if (!comparisons_columns(job, &o->compare, &x, &y, job->keep, err) ||
        !prepare(job, &x, &y, NEED_X_AND_Y, job_shows(job, "corrected"), &p, report, err) ||
        !correlations_methods(&o->method, &p, &how, job->keep, err) ||
        !partials_controls(&o->control, job, &p, &how, err) ||
        !corrected_known(&o->reliability, &p, &how, job->keep, err) ||
        !comparisons_ask(&o->compare, &o->comparison, &p, &asked, job->keep, err))
        return false;
    prepared_adjust(&p, o->adjust, report);
    const struct correlations *c = correlations_compute(&p, &how, job);
    correlations_tables(c, report, job->keep);
    correlations_charts(c, report, job->keep);
    correlations_lines(c, report);
    report_finish(report, out);
    return true;
}

/* What each coefficient says. */
static const char *coefficients(struct arena *keep)
{
    const char *text = "Coefficients: ";
    for (size_t i = 0; i < n_correlations; i++)
        text = arena_printf(keep, "%s%s (%s)%s", text, correlations[i]->name,
                            correlations[i]->phrase, i + 1 < n_correlations ? "; " : ".");
    return text;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"correlations",
                                         "homogeneity",
                                         "comparisons",
                                         "contrasts",
                                         "best",
                                         "details",
                                         "pooled",
                                         "partial",
                                         "latent",
                                         "thresholds",
                                         "corrected",
                                         "sensitivity",
                                         "comparison_details",
                                         NULL};
    static const char *const examples[] = {
        "every scale with every behaviour of a study",
        "saydo-correlate study.yml",
        "a prepared table, one cell per segment and industry",
        "saydo-correlate table.csv --x=intent --y=spend --method=pearson,spearman "
        "--by=segment,industry --format=csv",
        "does satisfaction predict behaviour better than intent?",
        "saydo-correlate study.yml --compare=satisfaction,intent",
        NULL};
    struct arena *keep = arena_new();
    const char *description = arena_printf(
        keep,
        "Each row has n, df, p, a confidence interval, the p-value adjusted for the family of "
        "cells and outcomes, the partial correlation given the same behaviour before the "
        "response, and for a 0/1 behaviour the largest correlation that its base rate allows. "
        "Groups get all margins, written (all). Cells below --min-n keep their figures with "
        "the status 'below min_n'. %s",
        coefficients(keep));
    const struct tool tool = {
        .name = "correlate",
        .summary = "Correlate what customers say with what they do, in each cell.",
        .description = description,
        .input = INPUT_STUDY_OR_TABLE,
        .input_name = "STUDY.yml | TABLE.csv",
        .options = rows,
        .n_options = sizeof rows / sizeof *rows,
        .options_size = sizeof(struct options),
        .tables = tables,
        .examples = examples,
        .run = run,
    };
    int status = tool_main(&tool, argc, argv);
    arena_free(keep);
    return status;
}
