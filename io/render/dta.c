/* SPDX-License-Identifier: GPL-3.0-or-later
   One table as a data file of Stata 14 and later (.dta): labels, value labels, and the reasons of
   missing numbers as .a to .d. */
#include <readstat.h>

#include "io/labelled/write.h"

static int begin(void *writer, void *context, long rows)
{
    enum { STATA_14 = 118 };
    readstat_writer_set_file_format_version(writer, STATA_14);
    return readstat_begin_writing_dta(writer, context, rows);
}

static bool render(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err)
{
    static const struct labelled_target stata = {.program = "Stata",
                                                 .names = &names_of_stata,
                                                 .most_text = 2045,
                                                 .long_text = true,
                                                 .label_bytes = 320,
                                                 .variable_label_bytes = 80,
                                                 .note_bytes = 320,
                                                 .title_bytes = 80,
                                                 .epoch = -3653,
                                                 .day = 1,
                                                 .day_format = "%td",
                                                 .whole_format = "%10.0g",
                                                 .real_format = "%10.0g",
                                                 .before_width = "%-",
                                                 .behind_width = "s",
                                                 .begin = begin};
    const struct table *t = planned_table(report, options, "a file of Stata", err);
    return t && labelled_write(t, &stata, stream, err);
}

const struct renderer renderer_dta = {
    .name = "dta", .extension = "dta", .binary = true, .render = render};
