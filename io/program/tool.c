/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/program/tool.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>

#include "io/csv/csv.h"
#include "io/labelled/labelled.h"
#include "io/privacy/privacy.h"
#include "io/program/folder.h"
#include "io/program/help.h"
#include "io/program/options.h"
#include "io/program/output.h"
#include "io/program/provenance.h"
#include "io/study/companions.h"
#include "io/survey/columns.h"
#include "io/survey/survey.h"
#include "io/table/table.h"
#include "io/text/glyph.h"
#include "models/base/nearest.h"

/* ---- progress: on a terminal, after a second, ten times a second at most ---- */

struct meter {
    bool on, shown;
    struct timespec start, last;
    struct timespec begun; /* of the present work ... */
    double first, share;   /* ... its share when it was first told, and last */
};

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + 1e-9 * (double)(now.tv_nsec - then->tv_nsec);
}

/* Columns of the terminal: a line that is longer could not be taken back. */
static int width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
}

/* A share that falls belongs to other work, such as a second look at the same files. */
static void follow(struct meter *m, double share)
{
    if (m->share <= 0 || share < m->share) {
        clock_gettime(CLOCK_MONOTONIC, &m->begun);
        m->first = share;
    }
    m->share = share;
}

static void show_progress(void *context, double share, const char *what)
{
    struct meter *m = context;
    const bool known = share > 0 && share <= 1;
    char line[600] = "";
    int n = 0;
    if (!m->on)
        return;
    if (known)
        follow(m, share);
    if (seconds_since(&m->start) < 1 || seconds_since(&m->last) < 0.1)
        return;
    clock_gettime(CLOCK_MONOTONIC, &m->last);
    if (known)
        n = snprintf(line, sizeof line, "%.0f %%, ", 100 * share);
    if (known && share > m->first)
        n += snprintf(line + n, sizeof line - (size_t)n,
                      "%.0f s left: ", seconds_since(&m->begun) * (1 - share) / (share - m->first));
    snprintf(line + n, sizeof line - (size_t)n, "%.400s%s", what, known ? "" : " ...");
    fprintf(stderr, "\r\033[K%.*s", width(), line);
    m->shown = true;
}

static void clear_progress(struct meter *m)
{
    if (m->shown)
        fputs("\r\033[K", stderr);
    m->shown = false;
}

/* ---- inputs ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static bool is_study_name(const char *path)
{
    return ends_with(path, ".yml") || ends_with(path, ".yaml");
}

/* One job being prepared. */
struct loading {
    const struct tool *tool;
    struct job *job;
    struct err *problems; /* of a lenient tool */
    size_t n_problems, capacity;
    struct err *err;
};

/* Keeps an error as a problem where the tool is lenient; true: go on. */
static bool forgive(struct loading *l)
{
    if (l->err->code == ERR_NONE)
        return true;
    if (!l->tool->lenient || l->n_problems == l->capacity)
        return false;
    l->problems[l->n_problems++] = *l->err;
    *l->err = (struct err){0};
    return true;
}

/* The files beside surveys and ledgers. */
static bool load_companions(struct loading *l)
{
    struct job *job = l->job;
    const struct study *s = job->study;
    job->customers = customers_read(s, job->keep, l->err);
    if (!forgive(l))
        return false;
    job->mapping = mapping_read(s, job->keep, l->err);
    return forgive(l) && (blocked_read(s, &job->blocked, job->keep, l->err) || forgive(l));
}

static bool load_study(struct loading *l, const char *path)
{
    struct job *job = l->job;
    const struct study *s = job->study = study_read(path, job->keep, l->err);
    l->capacity = 1;
    l->problems = ARENA_NEW(job->keep, struct err, l->capacity);
    if (!s)
        return forgive(l);
    const struct frame **surveys = ARENA_NEW(job->keep, const struct frame *, s->n_surveys);
    struct survey_said *said = ARENA_NEW(job->keep, struct survey_said, s->n_surveys);
    l->capacity = s->n_surveys + 3;
    l->problems = ARENA_NEW(job->keep, struct err, l->capacity);
    for (size_t i = 0; i < s->n_surveys; i++) {
        const struct study_survey *v = &s->surveys[i];
        job->progress(job->progress_context, -1, v->file);
        surveys[i] = survey_read(v, study_path(s, v->file, job->keep), &said[i], job->keep, l->err);
        surveys[i] = surveys[i] ? survey_renamed(s, i, surveys[i], job->keep, l->err) : NULL;
        if (!forgive(l))
            return false;
    }
    job->surveys = surveys;
    job->said = said;
    if (!load_companions(l))
        return false;
    if (s->n_ledgers)
        job->ledgers = ledger_files(s, job->keep);
    return true;
}

static bool load_table(struct loading *l, const char *path)
{
    if (strcmp(path, "-") != 0 && labelled_begins(path)) {
        const struct labelled *file = labelled_read(path, NULL, NULL, l->job->keep, l->err);
        l->job->table = file ? file->frame : NULL;
        return file != NULL;
    }
    const struct table_asked asked = {
        .dialect = {.delimiter = ends_with(path, ".tsv") ? '\t' : ','}};
    struct err err = {.code = ERR_NONE};
    l->job->table = table_read(path, &asked, l->job->keep, &err);
    if (err.code == ERR_USAGE) /* several sheets, and no study that could name one */
        return err_at(l->err, ERR_USAGE,
                      &(struct problem){.file = err.file,
                                        .what = err.what,
                                        .mend = "save the one you mean as a workbook of its own, "
                                                "or as CSV"});
    if (err.code != ERR_NONE)
        *l->err = err;
    return l->job->table != NULL;
}

static bool load_samples(struct loading *l)
{
    struct job *job = l->job;
    struct sample_file *samples = ARENA_NEW(job->keep, struct sample_file, job->n_inputs);
    for (size_t i = 0; i < job->n_inputs; i++) {
        if (strcmp(job->inputs[i], "-") == 0)
            return err_set(l->err, ERR_USAGE,
                           "-: a file is read twice here, which standard input cannot be; save it "
                           "as a file first");
        job->progress(job->progress_context, -1, job->inputs[i]);
        if (!sample_read(job->inputs[i], SAMPLE_ROWS, job->ask, &samples[i], job->keep, l->err))
            return false;
    }
    job->samples = samples;
    return true;
}

static bool wrong_inputs(const struct loading *l, const char *what)
{
    return err_set(l->err, ERR_USAGE, "%s: give %s; saydo-%s --help shows examples", what,
                   l->tool->input_name ? l->tool->input_name : "nothing but options",
                   l->tool->name);
}

static bool load_inputs(struct loading *l)
{
    const struct job *job = l->job;
    enum input_kind kind = l->tool->input;
    if (kind == INPUT_NONE)
        return job->n_inputs == 0 || wrong_inputs(l, "too many inputs");
    if (job->n_inputs == 0)
        return wrong_inputs(l, "no input");
    if (kind == INPUT_SAMPLES)
        return load_samples(l);
    bool study = is_study_name(job->inputs[0]);
    if (kind == INPUT_STUDY_OR_LEDGERS && !study)
        return true;
    if (job->n_inputs > 1)
        return wrong_inputs(l, "more than one input");
    if (!study && kind == INPUT_STUDY_OR_TABLE)
        return load_table(l, job->inputs[0]);
    if (!study && strcmp(job->inputs[0], "-") == 0)
        return err_set(l->err, ERR_USAGE,
                       "a study file does not come from standard input: its paths "
                       "are relative to its folder");
    if (!study && access(job->inputs[0], F_OK) == 0)
        return err_set(l->err, ERR_USAGE,
                       "%s: is not a study file: its name must end in .yml; saydo-init drafts one",
                       job->inputs[0]);
    return load_study(l, job->inputs[0]);
}

/* ---- outputs ---- */

static bool flushed(struct err *err)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return err_set(err, ERR_FILE, "standard output cannot be written: is the disk full?");
}

static bool to_standard_output(const struct report *report, const struct renderer *renderer,
                               const struct render_options *options, struct err *err)
{
    if (renderer->binary && isatty(STDOUT_FILENO))
        return err_set(err, ERR_USAGE, "a workbook does not go to a terminal; add -o report.xlsx");
    return renderer->render(report, options, stdout, err) && flushed(err);
}

static bool to_file(const struct report *report, const char *path,
                    const struct render_options *options, struct arena *keep, struct err *err)
{
    const struct renderer *renderer = renderer_for(path);
    if (!renderer)
        return err_set(err, ERR_USAGE,
                       "-o %s: its ending is none of .txt .csv .json .xlsx .sav .dta .R .sps .do; "
                       "a folder ends in '/'",
                       path);
    struct output *out = output_open(path, keep, err);
    if (!out)
        return false;
    if (!renderer->render(report, options, output_stream(out), err)) {
        output_abandon(out);
        return false;
    }
    return output_commit(out, err);
}

/* A program whose result is one file (saydo-init). */
static bool is_only_file(const struct report *report)
{
    return report->n_tables == 0 && report->n_files == 1;
}

static bool only_file_to(const struct report *report, FILE *stream, struct err *err)
{
    fwrite(report->files[0].bytes, 1, report->files[0].size, stream);
    if (fflush(stream) != 0 || ferror(stream))
        return err_set(err, ERR_FILE, "the output cannot be written: is the disk full?");
    return true;
}

/* The file is for a person to go on with: what is there already is not written over. */
static bool only_file(const struct report *report, const char *path, struct arena *keep,
                      struct err *err)
{
    if (strcmp(path, "-") == 0)
        return only_file_to(report, stdout, err);
    if (access(path, F_OK) == 0)
        return err_set(err, ERR_FILE, "%s: is there already; remove it, or choose another name",
                       path);
    struct output *out = output_open(path, keep, err);
    if (!out)
        return false;
    if (!only_file_to(report, output_stream(out), err)) {
        output_abandon(out);
        return false;
    }
    return output_commit(out, err);
}

static bool write_output(const struct job *job, const struct report *report, const char *path,
                         const struct render_options *options, struct err *err)
{
    bool folder = job->tool->folder || ends_with(path, "/");
    if (is_only_file(report) && !folder)
        return only_file(report, path, job->keep, err);
    if (strcmp(path, "-") == 0)
        return to_standard_output(report, renderer_named(job->common->format), options, err);
    if (folder)
        return folder_write(report, path, options, !job->common->no_pictures, err);
    return to_file(report, path, options, job->keep, err);
}

static bool write_outputs(const struct job *job, const struct report *report, struct err *err)
{
    const struct common_options *c = job->common;
    struct render_options options = {
        .table = c->table, .excel_safe = c->excel_safe, .n_threads = (size_t)c->threads};
    for (size_t i = c->outputs.n; i-- > 0;)
        options.csv = ends_with(c->outputs.at[i], ".csv") ? c->outputs.at[i] : options.csv;
    if (c->outputs.n == 0 && job->tool->default_output)
        return write_output(job, report, job->tool->default_output, &options, err);
    if (c->outputs.n == 0 && is_only_file(report))
        return only_file_to(report, stdout, err);
    if (c->outputs.n == 0)
        return to_standard_output(report, renderer_named(c->format), &options, err);
    for (size_t i = 0; i < c->outputs.n; i++)
        if (!write_output(job, report, c->outputs.at[i], &options, err))
            return false;
    return true;
}

/* What a person would like to know of a file that is for him to go on with. */
static void tell_person(const struct job *job, const struct report *report)
{
    if (job->common->quiet || !isatty(STDERR_FILENO))
        return;
    for (size_t i = 0; i < report->n_lines; i++)
        fprintf(stderr, "%s\n", text_shown(report->lines[i], job->keep));
}

/* After folders have been written: what was found, and where it is.  Silent where
   data go to standard output. */
static bool tell(const struct job *job, const struct report *report, struct err *err)
{
    const struct texts *outputs = &job->common->outputs;
    struct texts folders = {.at = ARENA_NEW(job->keep, const char *, outputs->n + 1)};
    if (outputs->n == 0 && job->tool->default_output && job->tool->folder)
        folders.at[folders.n++] = job->tool->default_output;
    for (size_t i = 0; i < outputs->n; i++) {
        if (strcmp(outputs->at[i], "-") == 0)
            return true;
        if (job->tool->folder || ends_with(outputs->at[i], "/"))
            folders.at[folders.n++] = outputs->at[i];
    }
    if (folders.n == 0 && is_only_file(report))
        tell_person(job, report);
    if (folders.n == 0 || job->common->quiet)
        return true;
    for (size_t i = 0; i < report->n_lines; i++)
        printf("%s\n", text_shown(report->lines[i], job->keep));
    if (report->n_lines)
        putchar('\n');
    for (size_t i = 0; i < folders.n; i++)
        folder_tell(report, folders.at[i], stdout);
    return flushed(err);
}

/* ---- the whole ---- */

static bool known_table(const struct tool *tool, const char *name, struct err *err)
{
    for (size_t i = 0; tool->tables && tool->tables[i]; i++)
        if (strcmp(tool->tables[i], name) == 0)
            return true;
    char all[256] = "", mend[384];
    size_t n = 0;
    for (; tool->tables && tool->tables[n]; n++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", n ? ", " : "",
                 tool->tables[n]);
    const char *near = nearest(name, tool->tables, n);
    snprintf(mend, sizeof mend, "%s%s%s%s", near ? "did you mean '" : "", near ? near : "",
             near ? "'? There are: "
             : n  ? "choose from: "
                  : "leave the option out",
             all);
    return err_at(err, ERR_USAGE,
                  &(struct problem){.column = "--table",
                                    .value = name,
                                    .what = "is no table of this program",
                                    .mend = mend});
}

static bool check_outputs(const struct tool *tool, const struct common_options *c, struct err *err)
{
    if (c->table && !known_table(tool, c->table, err))
        return false;
    for (size_t i = 0; i < c->outputs.n; i++) {
        const char *path = c->outputs.at[i];
        if (!*path)
            return err_set(err, ERR_USAGE,
                           "-o: the name is empty; name a file, or a folder that "
                           "ends in '/'");
        if (!tool->folder && !ends_with(path, "/") && strcmp(path, "-") != 0 &&
            !renderer_for(path) && tool->tables)
            return err_set(err, ERR_USAGE,
                           "-o %s: its ending is none of .txt .csv .json .xlsx .sav .dta .R .sps "
                           ".do; a folder ends "
                           "in '/'",
                           path);
    }
    return true;
}

bool job_shows(const struct job *job, const char *table)
{
    const struct common_options *c = job->common;
    const char *format = c->format ? c->format : "text";
    if (c->outputs.n || job->tool->folder || strcmp(format, "json") == 0)
        return true;
    if (c->table)
        return strcmp(c->table, table) == 0;
    return strcmp(format, "csv") != 0 || strcmp(job->tool->tables[0], table) == 0;
}

bool job_hashes(const struct job *job)
{
    const struct common_options *c = job->common;
    for (size_t i = 0; i < c->outputs.n; i++)
        if (ends_with(c->outputs.at[i], ".xlsx") || ends_with(c->outputs.at[i], "/"))
            return true;
    return job->tool->folder || (c->format && strcmp(c->format, "xlsx") == 0);
}

static int say(const struct tool *tool, const struct err *err)
{
    fprintf(stderr, "saydo-%s: %s\n", tool->name, err->message);
    return err_exit_status(err);
}

static int do_job(struct job *job, const struct command_line *line, struct meter *meter)
{
    struct err err = {0};
    struct report report = {0};
    struct loading loading = {.tool = job->tool, .job = job, .err = &err};
    struct privacy *privacy = privacy_open(job, &err);
    bool done = privacy && check_outputs(job->tool, job->common, &err) && load_inputs(&loading);
    job->problems = loading.problems;
    job->n_problems = loading.n_problems;
    done = done && job->tool->run(job, &report, &err);
    clear_progress(meter);
    done = done && privacy_apply(privacy, &report, &err);
    for (size_t i = 0; done && !job->common->quiet && i < report.n_warnings; i++)
        fprintf(stderr, "saydo-%s: warning: %s\n", job->tool->name,
                text_shown(report.warnings[i], job->keep));
    if (done) {
        if (job_hashes(job))
            provenance_add(job, line, &report);
        done = write_outputs(job, &report, &err) && tell(job, &report, &err);
    }
    privacy_error(privacy, &err);
    if (!done)
        return say(job->tool, &err);
    if (report.failure)
        return say(job->tool, report.failure);
    if (report.gate)
        fprintf(stderr, "saydo-%s: %s\n", job->tool->name, text_shown(report.gate, job->keep));
    return report.gate ? 4 : 0;
}

/* Help and the like; true when the program is to end. */
static bool answered(const struct tool *tool, const struct command_line *line)
{
    if (line->help)
        help_write(tool, stdout);
    else if (line->version)
        printf("saydo-%s (saydo) %s\n", tool->name, SAYDO_VERSION);
    else if (line->manual)
        help_manual(tool, stdout);
    else if (line->completion)
        help_completion(tool, line->completion, stdout);
    else
        return false;
    return true;
}

/* What arenas give back is soon asked for again: the system need not clear it each time. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

/* Only a person at a terminal is asked, and not one who has said that it shall not be. */
static bool asks(const struct command_line *line)
{
    for (size_t i = 0; i < line->given.n; i++)
        if (strcmp(line->given.at[i], "yes") == 0)
            return false;
    return !line->common.quiet && ask_possible();
}

int tool_main(const struct tool *tool, int argc, char **argv)
{
    struct err err = {0};
    struct command_line line;
    struct arena *keep = arena_new();
    struct meter meter = {.on = false};
    gsl_set_error_handler_off();
    keep_memory();
    output_signals();
    if (!options_parse(tool, argc, argv, &line, keep, &err))
        return say(tool, &err);
    if (answered(tool, &line))
        return flushed(&err) ? 0 : say(tool, &err);
    for (size_t i = 0; !line.common.quiet && i < line.unused.n; i++)
        fprintf(stderr, "saydo-%s: warning: --%s changes nothing here\n", tool->name,
                line.unused.at[i]);
    meter.on = !line.common.quiet && isatty(STDERR_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &meter.start);
    meter.last = meter.start;
    struct job job = {.tool = tool,
                      .options = line.own,
                      .common = &line.common,
                      .n_inputs = line.n_inputs,
                      .inputs = line.inputs,
                      .keep = keep,
                      .ask = asks(&line) ? ask_choice : NULL,
                      .progress = show_progress,
                      .progress_context = &meter};
    int status = do_job(&job, &line, &meter);
    arena_free(keep);
    return status;
}
