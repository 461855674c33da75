/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/survey_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/check.h"

struct survey_outcome survey_case_read(const char *path, const struct study_survey *survey,
                                       struct arena *keep)
{
    struct survey_outcome o = {0};
    o.f = survey_read(survey, path, &o.said, keep, &o.err);
    assert_true((o.f == NULL) == (o.err.code != ERR_NONE));
    return o;
}

struct study_survey survey_case_of(const char *format)
{
    return (struct study_survey){.format = format, .delimiter = ",", .key = "", .date = ""};
}

struct survey_outcome survey_case_file(const char *name, const char *format, struct arena *keep)
{
    const struct study_survey survey = survey_case_of(format);
    return survey_case_read(arena_printf(keep, SURVEY_FOLDER "%s", name), &survey, keep);
}

struct survey_outcome survey_case_bytes(const char *bytes, size_t n,
                                        const struct study_survey *survey, struct arena *keep)
{
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(keep, "%s/saydo-survey-XXXXXX", folder ? folder : "/tmp");
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
    const struct survey_outcome o = survey_case_read(path, survey, keep);
    unlink(path);
    return o;
}

struct survey_outcome survey_case_text(const char *text, const char *format, struct arena *keep)
{
    const struct study_survey survey = survey_case_of(format);
    return survey_case_bytes(text, strlen(text), &survey, keep);
}

const char *survey_case_columns(const struct frame *f, struct arena *keep)
{
    const char *text = "";
    for (size_t j = 0; f && j < f->n_cols; j++) {
        const struct column *c = &f->cols[j];
        text = arena_printf(keep, "%s%s|%s|%s\n", text, c->name, c->alias ? c->alias : "",
                            strcmp(c->name, c->label) == 0 ? "" : c->label);
    }
    return text;
}

void assert_survey_column(const struct frame *f, const char *name, const char *alias,
                          const char *label)
{
    const struct column *c = frame_column(f, name);
    assert_non_null(c);
    assert_string_equal(c->name, name);
    assert_string_equal(c->label, label);
    if (!alias) {
        assert_null(c->alias);
        return;
    }
    assert_string_equal(c->alias, alias);
    assert_ptr_equal(frame_column(f, alias), c);
}

void assert_survey_refused(const struct survey_outcome *o, int status, const char *line_and_message)
{
    assert_null(o->f);
    assert_int_equal(err_exit_status(&o->err), status);
    const char *behind = strchr(o->err.message, ':');
    assert_non_null(behind);
    assert_string_equal(behind + 1, line_and_message);
}

void assert_survey_said(const struct survey_outcome *o, size_t i, const char *remark)
{
    assert_true(i < o->said.n_remarks);
    assert_string_equal(strstr(o->said.remarks[i], ": ") + 2, remark);
}
