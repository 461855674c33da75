/* SPDX-License-Identifier: GPL-3.0-or-later
   One table as a data file of SPSS (.sav): labels, value labels, levels of measurement, and the
   reasons of missing numbers as user-missing codes below every value. */
#include <readstat.h>

#include "io/labelled/write.h"

static int begin(void *writer, void *context, long rows)
{
    readstat_writer_set_compression(writer, READSTAT_COMPRESS_ROWS);
    return readstat_begin_writing_sav(writer, context, rows);
}

static bool render(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err)
{
    static const struct labelled_target spss = {.program = "SPSS",
                                                .names = &names_of_spss,
                                                .most_text = 32767,
                                                .codes = true,
                                                .label_bytes = 120,
                                                .variable_label_bytes = 255,
                                                .note_bytes = 80,
                                                .title_bytes = 64,
                                                .epoch = -141428,
                                                .day = 86400,
                                                .day_format = "SDATE10",
                                                .whole_format = "F8.0",
                                                .real_format = "F12.4",
                                                .before_width = "A",
                                                .behind_width = "",
                                                .begin = begin};
    const struct table *t = planned_table(report, options, "a file of SPSS", err);
    return t && labelled_write(t, &spss, stream, err);
}

const struct renderer renderer_sav = {
    .name = "sav", .extension = "sav", .binary = true, .render = render};
