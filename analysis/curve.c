/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-curve: how does behaviour rise with what customers say? */
#include "analysis/study/curves.h"
#include "io/tool.h"

struct options {
    struct texts x, y, curve;
    int64_t replicates, grid;
};

static const struct option_spec rows[] = {
    {'x', "x", "COL,COL", OPTION_LIST, offsetof(struct options, x), 0, 0, NULL, NULL,
     "what customers say; default: all scales of the study"},
    {'y', "y", "COL,COL", OPTION_LIST, offsetof(struct options, y), 0, 0, NULL, NULL,
     "what customers do; default: the study's behaviours"},
    {0, "curve", "NAME,NAME", OPTION_LIST, offsetof(struct options, curve), 0, 0, NULL, NULL,
     "regression curves; default: the study's, else all"},
    {0, "replicates", "N", OPTION_WHOLE, offsetof(struct options, replicates), 0, 1e5, "999", NULL,
     "bootstrap samples of the shape verdict"},
    {0, "grid", "N", OPTION_WHOLE, offsetof(struct options, grid), 2, 1000, "49", NULL,
     "points of the table predictions"},
};

static bool run(const struct job *job, struct report *out, struct err *err)
{
    const struct options *o = job->options;
    struct report_builder *report = report_builder_new("Behaviour over the stated scale", job->keep);
    struct curves_options how = {.replicates = (size_t)o->replicates, .grid = (size_t)o->grid};
    struct prepared p;
    if (!prepare(job, &o->x, &o->y, true, &p, report, err) ||
        !curves_named(&o->curve, &p, &how, job->keep, err))
        return false;
    const struct curves *c = curves_compute(&p, &how, job);
    curves_tables(c, report, job->keep);
    curves_charts(c, report, job->keep);
    curves_lines(c, report);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"terms", "models", "predictions", "shape", "points", NULL};
    static const char *const examples[] = {
        "all curves for every scale and behaviour of a study",
        "saydo-curve study.yml",
        "two curves per segment of a prepared table",
        "saydo-curve table.csv --x=intent --y=spend --curve=power,logistic --by=segment "
        "--format=csv --table=models",
        NULL};
    const struct tool tool = {
        .name = "curve",
        .summary = "Fit regression curves of behaviour over the stated scale, and judge the shape.",
        .description =
            "Curves: linear quadratic cubic logarithmic power exponential asymptotic "
            "michaelis_menten hill logistic logistic4 gompertz hinge, beside the saturated model (a "
            "mean per scale point). The table shape judges whether returns are linear, increasing, "
            "decreasing, S-shaped or inverse S-shaped; linear unless that is clearly beaten.",
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
