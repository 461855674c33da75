/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-init: a study file to begin with. */
#include <string.h>

#include "analysis/init/draft.h"
#include "io/tool.h"

/* The folder of a path, "" where it names none. */
static const char *folder_of(const char *path, struct arena *keep)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_strndup(keep, path, (size_t)(slash - path) + 1) : "";
}

static bool run(const struct job *job, struct report *out, struct err *err)
{
    struct draft draft;
    const struct texts *outputs = &job->common->outputs;
    const char *path =
        outputs->n && strcmp(outputs->at[0], "-") != 0 ? outputs->at[0] : "study.yml";
    if (job->n_inputs < 2)
        return err_set(err, ERR_USAGE,
                       "give a survey, a ledger and, if there is one, the list of customers; "
                       "saydo-init --help shows examples");
    struct report_builder *report = report_builder_new("A study file to begin with", job->keep);
    if (!draft_make(&draft, job->samples, job->n_inputs, folder_of(path, job->keep), job->keep,
                    err))
        return false;
    struct made_file file = draft_text(&draft, path, job->keep);
    report_add_file(report, &file);
    draft_warnings(&draft, report);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const examples[] = {
        "a survey and a ledger",
        "saydo-init survey.csv ledger.csv -o study.yml",
        "with the list of all customers",
        "saydo-init survey.csv ledger.csv.gz customers.csv -o study.yml",
        "what was found, on the terminal",
        "saydo-init survey.csv ledger.csv | less",
        NULL};
    const struct tool tool = {
        .name = "init",
        .summary = "Draft a study file from a survey and a ledger.",
        .description =
            "Looks at the cells of the files (the first 200,000 rows of each) and proposes which "
            "columns are ids, days, scales, groups, amounts and document types, with the evidence "
            "as comments. What is a guess is marked CHECK: look at each. An existing file is not "
            "written over.",
        .input = INPUT_SAMPLES,
        .input_name = "SURVEY.csv LEDGER.csv [CUSTOMERS.csv]",
        .examples = examples,
        .without = "by levels weights frequency min-n conf-level seed pseudonymise suppress-below",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
