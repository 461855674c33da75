/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-validate: would a run of this study stop, or warn? */
#include "analysis/validate/checks.h"
#include "io/privacy/personal_files.h"
#include "io/program/tool.h"

/* Which columns say who somebody is: no program copies them unless the study names them. */
static void tell_personal(const struct job *job, struct report_builder *report)
{
    size_t n;
    const struct personal_file *file = personal_files(job, &n, job->keep);
    for (size_t i = 0; i < n; i++)
        report_add_line(report,
                        "Personal columns of %s: %s; copied to outputs only as a key or group.",
                        file[i].file, personal_list(&file[i].columns, job->keep));
}

static void check_personal(const struct job *job, struct problems *problems)
{
    size_t n;
    const struct problem *used = personal_used(job, true, &n, job->keep);
    for (size_t i = 0; i < n; i++)
        problems_warning(problems, &used[i]);
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    struct problems *problems = problems_new(job->keep);
    struct report_builder *report = report_builder_new("What is wrong with the study", job->keep);
    check_study(job, problems, job->keep);
    check_personal(job, problems);
    size_t errors = problems_n_errors(problems), warnings = problems_n_warnings(problems);
    if (errors + warnings == 0)
        report_add_line(report, "Nothing wrong was found.");
    else
        report_add_line(report, "%zu error%s, %zu warning%s.", errors, errors == 1 ? "" : "s",
                        warnings, warnings == 1 ? "" : "s");
    tell_personal(job, report);
    report_add_table(report, &(struct table){.id = "problems",
                                             .sheet = "Problems",
                                             .title = "What a run would stop at, or warn of",
                                             .note = "An error stops a run; a warning does not.",
                                             .frame = problems_frame(problems)});
    report_finish(report, out);
    out->failure = problems_failure(problems);
    (void)err;
    return true;
}

int main(int argc, char **argv)
{
    static const char *const tables[] = {"problems", NULL};
    static const char *const examples[] = {"before the first run",
                                           "saydo-validate study.yml",
                                           "as a list to work through",
                                           "saydo-validate study.yml -o problems.xlsx",
                                           "in a script: 0 means that nothing stops a run",
                                           "saydo-validate study.yml -q > problems.txt",
                                           NULL};
    const struct tool tool = {
        .name = "validate",
        .summary = "Check a study file and its data, and compute nothing.",
        .description =
            "Reads everything that a run reads and tells all that is wrong at once: the study "
            "file, "
            "absent files and columns, answers outside their scales, dates that do not exist, ids "
            "that match nobody or more than one customer, windows that the ledger does not cover, "
            "small groups. The exit status is 0 where nothing stops a run, else that of the first "
            "error: 1 a file cannot be read, 2 the study file or a column is wrong, 3 a cell is "
            "wrong, "
            "4 "
            "too few respondents are found (join: min_match).",
        .input = INPUT_STUDY,
        .input_name = "STUDY.yml",
        .tables = tables,
        .examples = examples,
        .lenient = true,
        .without = "by levels weights frequency min-n conf-level seed",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
