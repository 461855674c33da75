/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-join: who of the respondents is in the ledger, and what did they do? */
#include "analysis/study/behaviour_values.h"
#include "analysis/study/join.h"
#include "analysis/study/review.h"

#include <math.h>

#include "io/program/tool.h"

static bool run(const struct job *job, struct report *out, struct err *err)
{
    struct arena *keep = job->keep;
    struct report_builder *report = report_builder_new("The survey joined with the ledger", keep);
    double conf_level = isnan(job->common->conf_level) ? 0.95 : job->common->conf_level;
    struct join j;
    const bool everybody = job_shows(job, "matching") || job_shows(job, "unmatched") ||
                           job_shows(job, "what_if") || job_shows(job, "selection") ||
                           job_shows(job, "ambiguous") || job_shows(job, "merged") ||
                           job_shows(job, "review");
    if (!join_make(job, everybody, &j, keep, err))
        return false;
    join_report_surveys(&j, report, keep);
    join_report(&j, report, keep);
    report_add_line(
        report, "%zu of %zu respondents are found (%.1f %%); %llu responses are in the study.",
        j.n_found, j.n_respondents, 100 * j.match_rate, (unsigned long long)j.by_fate[FATE_STUDY]);
    join_table_study(study_frame(&j, keep), report);
    if (everybody) {
        join_table_matching(&j, report, keep);
        join_table_unmatched(&j, report, keep);
        join_table_what_if(&j, report, keep);
        join_table_selection(&j, conf_level, report, keep);
        join_table_ambiguous(&j, report, keep);
        join_table_merged(&j, report, keep);
        if (job_shows(job, "review"))
            join_table_review(&j, report, keep);
    }
    join_table_currencies(j.study, j.seen.ledgers.counts, report, keep);
    join_table_dropped(j.study, &j.seen.ledgers, report, keep);
    join_chart(&j, report, keep);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"study",      "matching",  "unmatched", "what_if",
                                         "selection",  "ambiguous", "merged",    "review",
                                         "currencies", "dropped",   NULL};
    static const char *const examples[] = {
        "the match report on the terminal",
        "saydo-join study.yml",
        "one row per respondent, for R or SPSS",
        "saydo-join study.yml --table=study --format=csv > study.csv",
        "everything: a workbook, and each table as CSV",
        "saydo-join study.yml -o joined/",
        NULL};
    const struct tool tool = {
        .name = "join",
        .summary = "Join survey responses with what the same customers bought.",
        .description =
            "Ids are compared as text, under the rules that the study file declares and no others. "
            "The "
            "match report counts what each rule added, what untried rules would add, who was not "
            "found and why, and whether respondents differ from the other customers. Each response "
            "has its own time after it, the window, in which purchases are counted, and one before "
            "it, "
            "the baseline. A customer who is known and bought nothing counts as 0; a respondent "
            "who "
            "is not found is left out and listed.",
        .input = INPUT_STUDY,
        .input_name = "STUDY.yml",
        .tables = tables,
        .examples = examples,
        .without = "by levels weights frequency min-n seed",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
