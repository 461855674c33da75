/* SPDX-License-Identifier: GPL-3.0-or-later
   saydo-init: a study file to begin with. */
#include <stddef.h>
#include <string.h>

#include "analysis/init/draft.h"
#include "io/program/tool.h"

struct options {
    bool yes;
};

static const struct option_spec option_rows[] = {
    {'y', "yes", NULL, OPTION_FLAG, offsetof(struct options, yes), 0, 0, NULL, NULL,
     "ask nothing: take what is proposed, as in a script"},
};

/* Places of the draft that its reader is to look at. */
static size_t count_checks(const struct made_file *file)
{
    static const char mark[] = "CHECK:";
    const size_t n = sizeof mark - 1;
    size_t found = 0;
    for (size_t i = 0; i + n <= file->size; i++)
        found += memcmp(file->bytes + i, mark, n) == 0;
    return found;
}

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
    if (!draft_make(&draft, job->samples, job->n_inputs, folder_of(path, job->keep), job->ask,
                    job->keep, err))
        return false;
    struct made_file file = draft_text(&draft, path, job->keep);
    report_add_file(report, &file);
    draft_warnings(&draft, report, job->keep);
    if (outputs->n && path[strlen(path) - 1] != '/')
        report_add_line(
            report,
            "Written to %s. Look at its %zu places marked CHECK, then: saydo-validate %s; "
            "saydo-report %s -o report/",
            path, count_checks(&file), path, path);
    report_finish(report, out);
    return true;
}

int main(int argc, char **argv)
{
    static const char *const examples[] = {
        "a survey and a ledger, of whatever program",
        "saydo-init survey.csv ledger.csv -o study.yml",
        "with the list of all customers",
        "saydo-init survey.xlsx ledger.csv.gz customers.csv -o study.yml",
        "a ledger in several files, one for each year",
        "saydo-init survey.sav gl_2023.csv gl_2024.csv -o study.yml",
        "a survey in several waves",
        "saydo-init wave1.csv wave2.csv ledger.csv -o study.yml",
        "what was found, on the terminal",
        "saydo-init survey.csv ledger.csv | less",
        NULL};
    const struct tool tool = {
        .name = "init",
        .summary = "Draft a study file from a survey and a ledger.",
        .description =
            "Looks at the files and writes a study file that runs as it is: saydo-report study.yml "
            "-o report/. Exports of survey programs (Qualtrics, SurveyMonkey, LimeSurvey, Google "
            "Forms, SPSS, Stata, SAS) and of accounting programs (see preset: in the manual) are "
            "recognised by their first rows; of other files the cells say which columns are ids, "
            "days, "
            "scales, groups, amounts and document types. The columns that hold the customer's id, "
            "and the rules that make two spellings of it equal, are those by which most "
            "respondents are found in the ledger. The evidence stands in the study file as "
            "comments, and what is a guess is marked CHECK: look at each. Survey, ledger and "
            "customers are told apart by what the files hold, whatever their order. On a terminal, "
            "questions are asked where two answers are about equally likely; in a script none are. "
            "A file that is there already is not written over.",
        .input = INPUT_SAMPLES,
        .input_name = "SURVEY... LEDGER... [CUSTOMERS]",
        .options = option_rows,
        .n_options = sizeof option_rows / sizeof *option_rows,
        .options_size = sizeof(struct options),
        .examples = examples,
        .without = "by levels weights frequency min-n conf-level seed pseudonymise suppress-below",
        .run = run,
    };
    return tool_main(&tool, argc, argv);
}
