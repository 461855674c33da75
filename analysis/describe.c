/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-describe: what was said, what was done, and how reliably it was asked. */
#include "analysis/describe/descriptions.h"
#include "io/program/tool.h"

struct options {
    struct texts x, y, items, nps, range;
    double promoters, detractors;
};

static const struct option_spec rows[] = {
    {'x', "x", "COL,COL", OPTION_LIST, offsetof(struct options, x), 0, 0, NULL, NULL,
     "what customers say; default: all scales of the study"},
    {'y', "y", "COL,COL", OPTION_LIST, offsetof(struct options, y), 0, 0, NULL, NULL,
     "what customers do; default: the study's behaviours"},
    {0, "range", "LOW,HIGH", OPTION_LIST, offsetof(struct options, range), 0, 0, NULL, NULL,
     "lowest and highest point of a table's scales; default: the smallest and largest answer"},
    {0, "items", "COL,COL", OPTION_LIST, offsetof(struct options, items), 0, 0, NULL, NULL,
     "columns of a table that make one scale: its reliability"},
    {0, "nps", "COL,COL", OPTION_LIST, offsetof(struct options, nps), 0, 0, NULL, NULL,
     "scales with a net promoter score; default: those of the study that declare nps"},
    {0, "promoters", "N", OPTION_REAL, offsetof(struct options, promoters), 0, 0, "9", NULL,
     "lowest answer of a promoter, for --nps"},
    {0, "detractors", "N", OPTION_REAL, offsetof(struct options, detractors), 0, 0, "6", NULL,
     "highest answer of a detractor, for --nps"},
};

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    struct report_builder *report = report_builder_new("What was said and done", job->keep);
    struct descriptions_typed typed = {
        .items = o->items, .nps = o->nps, .range = o->range, .cuts = {o->promoters, o->detractors}};
    struct descriptions_options how;
    struct prepared p;
    if (!prepare(job, &o->x, &o->y, NEED_X, true, &p, report, err) ||
        !descriptions_settle(&p, &typed, &how, job->keep, err))
        return false;
    const struct descriptions *d = descriptions_compute(&p, &how, job);
    descriptions_tables(d, report, job->keep);
    descriptions_charts(d, report, job->keep);
    descriptions_lines(d, report);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"scales",  "behaviours", "reliability", "distribution",
                                         "missing", "retention",  "periods",     "irregular",
                                         "items",   NULL};
    static const char *const examples[] = {
        "the scales and behaviours of a study",
        "saydo-describe study.yml",
        "a prepared table with a net promoter score, per segment",
        "saydo-describe table.csv --x=recommend --range=0,10 --nps=recommend --by=segment",
        "the reliability of a scale of three items",
        "saydo-describe table.csv --x=q1 --items=q1,q2,q3 --format=csv --table=reliability",
        NULL};
    const struct tool tool = {
        .name = "describe",
        .summary = "Describe scales, behaviours and retention, in each group.",
        .description =
            "Means with intervals, top and bottom boxes, the net promoter score, Cronbach's alpha "
            "of scales of several items, why values are missing, and the share retained at each "
            "scale point. Of a study also the customers kept over a year and the irregular buyers "
            "who still count as customers. Groups get all margins, written (all). Groups below "
            "--min-n keep their figures with the status 'below min_n'.",
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
