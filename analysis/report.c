/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-report: all of it, in one folder. */
#include "analysis/correlate/best.h"
#include "analysis/correlate/correlations.h"
#include "analysis/curve/curves.h"
#include "analysis/describe/descriptions.h"
#include "analysis/report/methods.h"
#include "analysis/report/regressions_sheets.h"
#include "analysis/study/join.h"
#include "analysis/study/phrases.h"
#include "io/program/tool.h"

struct options {
    struct texts x, y, method, curve;
    int64_t replicates;
};

#define AT(member) offsetof(struct options, member)

static const struct option_spec rows[] = {
    {'x', "x", "COL,COL", OPTION_LIST, AT(x), 0, 0, NULL, NULL,
     "what customers say; default: all scales of the study"},
    {'y', "y", "COL,COL", OPTION_LIST, AT(y), 0, 0, NULL, NULL,
     "what customers do; default: the study's behaviours"},
    {0, "method", "NAME,NAME", OPTION_LIST, AT(method), 0, 0, NULL, NULL,
     "coefficients of correlation; default: the study's, else pearson,spearman"},
    {0, "curve", "NAME,NAME", OPTION_LIST, AT(curve), 0, 0, NULL, NULL,
     "regression curves; 'all': every one; default: the study's, else thirteen (saydo-curve "
     "--help)"},
    {0, "replicates", "N", OPTION_WHOLE, AT(replicates), 0, 1e5, "999", NULL,
     "bootstrap samples for the shape of each curve"},
};

static void add_join(const struct join *j, double conf_level, struct report_builder *report,
                     struct arena *keep)
{
    report_add_line(
        report,
        "Of %s respondents %s are found %s (%s); %s responses have a "
        "whole purchase window after them and make the study.",
        phrase_count((double)j->n_respondents, keep), phrase_count((double)j->n_found, keep),
        j->study->customers.file ? "in the customer base" : "in the ledger",
        phrase_percent(j->match_rate, keep), phrase_count((double)j->by_fate[FATE_STUDY], keep));
    join_table_matching(j, report, keep);
    join_table_what_if(j, report, keep);
    join_table_selection(j, conf_level, report, keep);
    join_chart(j, report, keep);
}

/* What is long, at the end of the workbook. */
static void add_lists(const struct prepared *p, struct report_builder *report, struct arena *keep)
{
    const struct join *j = p->join;
    join_table_study(p->frame, report);
    join_table_unmatched(j, report, keep);
    if (j->known.n_collisions)
        join_table_ambiguous(j, report, keep);
    join_table_merged(j, report, keep);
    join_table_currencies(j->study, j->seen.ledgers.counts, report, keep);
    join_table_dropped(j->study, &j->seen.ledgers, report, keep);
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    struct arena *keep = job->keep;
    const char *title = job->study && job->study->name ? job->study->name
                                                       : "What customers say, "
                                                         "and what they do";
    struct report_builder *report = report_builder_new(title, keep);
    struct correlations_options correlating = {
        .replicates = 2000, .best_permutations = BEST_PERMUTATIONS, .best = true};
    struct curves_options fitting = {.replicates = (size_t)o->replicates,
                                     .grid = 25,
                                     .best_only = true,
                                     .shape = true,
                                     .tests = true,
                                     .shared = true};
    struct descriptions_options describing;
    struct prepared p;
    if (!prepare(job, &o->x, &o->y, NEED_X_AND_Y, true, &p, report, err) ||
        !descriptions_settle(&p, NULL, &describing, keep, err) ||
        !correlations_methods(&o->method, &p, &correlating, keep, err) ||
        !curves_named(&o->curve, &p, &fitting, keep, err) ||
        !curves_customers(&p, NULL, &fitting, keep, err))
        return false;
    prepared_adjust(&p, NULL, report);
    if (p.join)
        add_join(p.join, p.conf_level, report, keep);
    const struct descriptions *d = descriptions_compute(&p, &describing, job);
    descriptions_tables(d, report, keep);
    descriptions_charts(d, report, keep);
    const struct correlations *c = correlations_compute(&p, &correlating, job);
    correlations_tables(c, report, keep);
    correlations_charts(c, report, keep);
    correlations_lines(c, report);
    const struct curves *f = curves_compute(&p, &fitting, job);
    curves_tables(f, report, keep);
    curves_charts(f, report, keep);
    curves_lines(f, report);
    if (!regressions_sheets(&p, job, report, err))
        return false;
    methods_table(&p, c, f, report, keep);
    if (p.join)
        add_lists(&p, report, keep);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const examples[] = {
        "a study: workbook, charts and tables in the folder out", "saydo-report study.yml -o out/",
        "a prepared table", "saydo-report table.csv --x=intent --y=spend --by=segment -o out/",
        NULL};
    const struct tool tool = {
        .name = "report",
        .summary = "Analyse a study: a folder with workbook, charts and each table as CSV.",
        .description =
            "Writes report.xlsx, charts/ (SVG and PNG with the gnuplot script and the data that "
            "made them), tables/ (each sheet as CSV) and manifest.json (fingerprints of the input "
            "files, counts, settings: what is needed to repeat it). The same input gives the same "
            "files, byte by byte. Each sheet says how to check it in R and SPSS.",
        .input = INPUT_STUDY_OR_TABLE,
        .input_name = "STUDY.yml | TABLE.csv",
        .options = rows,
        .n_options = sizeof rows / sizeof *rows,
        .options_size = sizeof(struct options),
        .examples = examples,
        .folder = true,
        .default_output = "report",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
