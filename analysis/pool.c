/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-pool: what do all cells say together, and do they agree? */
#include <string.h>

#include "analysis/pool/pooling.h"
#include "io/program/tool.h"

static const char *const measures[] = {
#define X(name) #name,
    EFFECT_MEASURE_LIST(X)
#undef X
        NULL};
static const char *const coefficients[] = {
#define X(name) #name,
    EFFECT_LIST(X)
#undef X
        NULL};
static const char *const tests[] = {"z", "knapp_hartung", "knapp_hartung_floor", NULL};

static const struct option_spec rows[] = {
    {'r', "r", "COL", OPTION_TEXT, offsetof(struct pooling_options, r), 0, 0, NULL, NULL,
     "correlations to pool; with --n"},
    {'n', "n", "COL", OPTION_TEXT, offsetof(struct pooling_options, n), 0, 0, NULL, NULL,
     "their numbers of observations"},
    {0, "estimate", "COL", OPTION_TEXT, offsetof(struct pooling_options, estimate), 0, 0, NULL,
     NULL, "estimates to pool instead; with --variance or --std-error"},
    {0, "variance", "COL", OPTION_TEXT, offsetof(struct pooling_options, variance), 0, 0, NULL,
     NULL, "their variances"},
    {0, "std-error", "COL", OPTION_TEXT, offsetof(struct pooling_options, std_error), 0, 0, NULL,
     NULL, "their standard errors"},
    {0, "method", "NAME,NAME", OPTION_LIST, offsetof(struct pooling_options, method), 0, 0, NULL,
     NULL, "FE, DL, HE, HS, SJ, ML, REML, EB, PM; default: REML with --knapp-hartung"},
    {0, "knapp-hartung", NULL, OPTION_FLAG, offsetof(struct pooling_options, knapp_hartung), 0, 0,
     NULL, NULL, "Knapp and Hartung's t test and interval; without --method it is the default"},
    {0, "test", "NAME", OPTION_TEXT, offsetof(struct pooling_options, test), 0, 0, NULL, tests,
     "z, knapp_hartung or knapp_hartung_floor (never narrower than z by its standard error); "
     "default: z for a method "
     "that is named by --method"},
    {0, "measure", "NAME", OPTION_TEXT, offsetof(struct pooling_options, measure), 0, 0, "z",
     measures, "scale on which correlations are pooled: z, r or r_unbiased (Olkin and Pratt)"},
    {0, "coefficient", "NAME", OPTION_TEXT, offsetof(struct pooling_options, coefficient), 0, 0,
     "pearson", coefficients, "what the correlations are, where the table has no column method"},
    {0, "split", "COL,COL", OPTION_LIST, offsetof(struct pooling_options, split), 0, 0, NULL, NULL,
     "columns whose values are pooled apart; none: all in one; default: those of x, y, method, "
     "curve, family, link, component, term that hold words"},
    {0, "label", "COL", OPTION_TEXT, offsetof(struct pooling_options, label), 0, 0, NULL, NULL,
     "what the effects are called; default: all other columns that hold words"},
    {0, "moderators", "COL,COL", OPTION_LIST, offsetof(struct pooling_options, moderators), 0, 0,
     NULL, NULL, "meta-regression on numbers or levels; tables moderators, moderation"},
    {0, "difference", "COL", OPTION_TEXT, offsetof(struct pooling_options, difference), 0, 0, NULL,
     NULL, "compare the pooled values of its levels; tables subgroups, differences"},
    {0, "leave-one-out", NULL, OPTION_FLAG, offsetof(struct pooling_options, leave_one_out), 0, 0,
     NULL, NULL, "the pooled value without each effect; table leave_one_out"},
    {0, "small-study", NULL, OPTION_FLAG, offsetof(struct pooling_options, small_study), 0, 0, NULL,
     NULL, "tests of Egger and Begg, fail-safe N; table small_study, and a funnel"},
    {0, "hunter-schmidt", NULL, OPTION_FLAG, offsetof(struct pooling_options, hunter_schmidt), 0, 0,
     NULL, NULL, "psychometric meta-analysis of correlations; table hunter_schmidt"},
    {0, "reliability-x", "COL", OPTION_TEXT, offsetof(struct pooling_options, reliability_x), 0, 0,
     NULL, NULL, "of --hunter-schmidt: reliabilities of what customers say"},
    {0, "reliability-y", "COL", OPTION_TEXT, offsetof(struct pooling_options, reliability_y), 0, 0,
     NULL, NULL, "of --hunter-schmidt: reliabilities of what they do"},
    {0, "u", "COL", OPTION_TEXT, offsetof(struct pooling_options, u), 0, 0, NULL, NULL,
     "of --hunter-schmidt: standard deviation of x in the sample over the population's"},
};

static bool asked(const struct job *job, const char *table)
{
    return job->common->table && strcmp(job->common->table, table) == 0;
}

/* A table that only an option makes; the flags follow from --table alone. */
static bool settle_tables(const struct job *job, struct pooling_options *o, struct err *err)
{
    o->leave_one_out |= asked(job, "leave_one_out");
    o->small_study |= asked(job, "small_study");
    o->hunter_schmidt |=
        asked(job, "hunter_schmidt") || o->reliability_x || o->reliability_y || o->u;
    if ((asked(job, "moderators") || asked(job, "moderation")) && !o->moderators.n)
        return err_set(err, ERR_USAGE, "--table=%s needs --moderators=COLUMN", job->common->table);
    if ((asked(job, "subgroups") || asked(job, "differences")) && !o->difference)
        return err_set(err, ERR_USAGE, "--table=%s needs --difference=COLUMN", job->common->table);
    if (job->study)
        return err_set(err, ERR_USAGE,
                       "a table of estimates is wanted, not a study: saydo-correlate %s "
                       "--format=csv | saydo-pool - --r=estimate --n=n",
                       job->inputs[0]);
    return true;
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    struct pooling_options o = *(const struct pooling_options *)job->options;
    struct report_builder *report = report_builder_new("Pooled over all cells", job->keep);
    if (!settle_tables(job, &o, err))
        return false;
    const struct pooling *p = pooling_compute(job, &o, report, err);
    if (!p)
        return false;
    pooled_table(p, report, job->keep);
    effects_table(p, report, job->keep);
    pooling_lines(p, report, job->keep);
    if (o.moderators.n && !moderators_tables(p, job, report, err))
        return false;
    if (o.difference && !differences_tables(p, job, report, err))
        return false;
    if (o.leave_one_out)
        leave_one_out_table(p, report, job->keep);
    if (o.small_study)
        small_study_table(p, report, job->keep);
    if (o.hunter_schmidt && !hunter_schmidt_table(p, report, job->keep, err))
        return false;
    pooling_charts(p, report, job->keep);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {
        "pooled",      "effects",       "moderators",  "moderation",     "subgroups",
        "differences", "leave_one_out", "small_study", "hunter_schmidt", NULL};
    static const char *const examples[] = {
        "what saydo-correlate found in the cells, pooled per scale, behaviour and coefficient",
        "saydo-correlate study.yml --format=csv | saydo-pool - --r=estimate --n=n --method=REML "
        "--knapp-hartung",
        "the exponent of a power curve over all cells",
        "saydo-curve study.yml --curve=power --format=csv | saydo-pool - --estimate=estimate "
        "--std-error=std_error",
        "a typed table, by three estimators, with a meta-regression",
        "saydo-pool studies.csv --estimate=yi --variance=vi --method=REML,DL,PM --moderators=year",
        "does what customers say go with what they intend more than with what they do?",
        "saydo-pool studies.csv --r=r --n=n --difference=outcome",
        NULL};
    const struct tool tool = {
        .name = "pool",
        .summary = "Pool estimates over cells or studies: the common value, and how far they "
                   "differ.",
        .description =
            "Random-effects meta-analysis with Q, I2, tau2 and a prediction interval. Without "
            "--method: REML with Knapp and Hartung's test. A method that is named is tested by "
            "the normal unless --knapp-hartung is given too. Correlations (--r, --n) are pooled "
            "as Fisher's z with the variance of their coefficient and turned back; std_error and "
            "tau2 stay on z. Margins, written (all), and rows whose status is not ok or converged "
            "are left out and counted. --by pools each level and all together.",
        .input = INPUT_STUDY_OR_TABLE,
        .input_name = "TABLE.csv",
        .options = rows,
        .n_options = sizeof rows / sizeof *rows,
        .options_size = sizeof(struct pooling_options),
        .tables = tables,
        .examples = examples,
        .without = "weights frequency min-n seed pseudonymise suppress-below",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
