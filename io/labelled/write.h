/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_LABELLED_WRITE_H
#define IO_LABELLED_WRITE_H

#include "io/labelled/plan.h"

/* How a program's data file is written. */
struct labelled_target {
    const char *program; /* "SPSS" */
    const struct name_rules *names;
    size_t most_text; /* bytes of a text; longer ones: long_text, or an error */
    bool long_text;   /* has a type for texts of any length */
    bool codes;       /* reasons are numbers declared user-missing; else letters: .a */
    size_t label_bytes, variable_label_bytes, note_bytes, title_bytes; /* at most */
    int32_t epoch; /* its day 0, in days since 1970-01-01 */
    double day;    /* a day in its unit */
    const char *day_format, *whole_format, *real_format;
    const char *before_width, *behind_width;              /* format of a text: "A" and "" */
    int (*begin)(void *writer, void *context, long rows); /* ReadStat's */
};

/* Writes a table to a stream.  A text that the program cannot hold is ERR_VALUE. */
bool labelled_write(const struct table *table, const struct labelled_target *target, FILE *stream,
                    struct err *err);

#endif
