/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-correlate: how strongly does saying go with doing, in each cell? */
#include <stdio.h>
#include <string.h>

#include "analysis/correlate/correlations.h"
#include "analysis/correlate/partials.h"
#include "io/tool.h"
#include "models/multiple/adjust.h"

struct options {
    struct texts x, y, method, control;
    const char *interval, *adjust, *p_value, *zero_cells;
    int64_t replicates, permutations;
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

static const struct option_spec rows[] = {
    {'x', "x", "COL,COL", OPTION_LIST, offsetof(struct options, x), 0, 0, NULL, NULL,
     "what customers say; default: all scales of the study"},
    {'y', "y", "COL,COL", OPTION_LIST, offsetof(struct options, y), 0, 0, NULL, NULL,
     "what customers do; default: the study's behaviours"},
    {0, "method", "NAME,NAME", OPTION_LIST, offsetof(struct options, method), 0, 0, NULL, methods,
     "coefficients; default: the study's, else pearson,spearman"},
    {0, "interval", "NAME", OPTION_TEXT, offsetof(struct options, interval), 0, 0, "default", kinds,
     "confidence interval: fisher_z (pearson), bonett_wright (spearman, kendall) or bca, a "
     "bootstrap for heavy tails, or asymptotic (the coefficients of pairs), "
     "or asymptotic_z (latent correlations)"},
    {0, "p-value", "NAME", OPTION_TEXT, offsetof(struct options, p_value), 0, 0, "default", ways,
     "p-value: each coefficient's own, exact, asymptotic or by permutation"},
    {0, "permutations", "N", OPTION_WHOLE, offsetof(struct options, permutations), 19, 1e7, "9999",
     NULL, "permutations of --p-value=permutation, and of distance"},
    {0, "control", "COL,COL", OPTION_LIST, offsetof(struct options, control), 0, 0, NULL, NULL,
     "columns to hold constant: table partial"},
    {0, "zero-cells", "NAME", OPTION_TEXT, offsetof(struct options, zero_cells), 0, 0, "keep",
     policies,
     "empty cell of a table of four: keep it, or half, 0.5 in it (tetrachoric, polychoric)"},
    {0, "adjust", "NAME", OPTION_TEXT, offsetof(struct options, adjust), 0, 0, NULL,
     adjustments_known, "p_adjusted by holm, bh or none; default: the study's, else holm"},
    {0, "replicates", "N", OPTION_WHOLE, offsetof(struct options, replicates), 100, 1e6, "2000",
     NULL, "bootstrap samples of --interval=bca"},
};

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    struct report_builder *report = report_builder_new("Saying and doing: correlations", job->keep);
    struct correlations_options how = {.interval = interval_find(o->interval),
                                       .replicates = (size_t)o->replicates,
                                       .p_value = p_value_find(o->p_value),
                                       .permutations = (size_t)o->permutations,
                                       .half_in_empty_cells = strcmp(o->zero_cells, "half") == 0};
    struct prepared p;
    if (!prepare(job, &o->x, &o->y, NEED_X_AND_Y, &p, report, err) ||
        !correlations_methods(&o->method, &p, &how, job->keep, err) ||
        !partials_controls(&o->control, job, &p, &how, err))
        return false;
    prepared_adjust(&p, o->adjust, report);
    const struct correlations *c = correlations_compute(&p, &how, job);
    correlations_tables(c, report, job->keep);
    correlations_charts(c, report, job->keep);
    correlations_lines(c, report);
    report_finish(report, out);
    return true;
}

/* What each coefficient says, into text[0..size-1]. */
static const char *coefficients(char *text, size_t size)
{
    size_t at = (size_t)snprintf(text, size, "Coefficients: ");
    for (size_t i = 0; i < n_correlations && at < size; i++)
        at += (size_t)snprintf(text + at, size - at, "%s (%s)%s", correlations[i]->name,
                               correlations[i]->phrase, i + 1 < n_correlations ? "; " : ".");
    return text;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"correlations", "homogeneity", "comparisons",
                                         "details",      "pooled",      "partial",
                                         "latent",       "thresholds",  NULL};
    static const char *const examples[] = {
        "every scale with every behaviour of a study", "saydo-correlate study.yml",
        "a prepared table, one cell per segment and industry",
        "saydo-correlate table.csv --x=intent --y=spend --method=pearson,spearman "
        "--by=segment,industry --format=csv",
        NULL};
    char phrases[4096], description[6144];
    snprintf(description, sizeof description,
             "Each row has n, df, p, a confidence interval, the p-value adjusted for the family of "
             "cells and outcomes, the partial correlation given the same behaviour before the "
             "response, and for a 0/1 behaviour the largest correlation that its base rate allows. "
             "Groups get all margins, written (all). Cells below --min-n keep their figures with "
             "the status 'below min_n'. %s",
             coefficients(phrases, sizeof phrases));
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
    return tool_main(&tool, argc, argv);
}
