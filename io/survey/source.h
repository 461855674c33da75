/* SPDX-License-Identifier: GPL-3.0-or-later
   A survey's file, delimited text or a workbook, looked at from its beginning and then read. */
#ifndef IO_SURVEY_SOURCE_H
#define IO_SURVEY_SOURCE_H

#include "io/survey/layout.h"
#include "io/table/table.h"

struct survey_source {
    const char *path;
    struct table_asked asked; /* how it is written */
    bool workbook;
    const void *bytes; /* of a pipe, which gives them once: all of it, [n]; else NULL */
    size_t n;
};

/* A line `sep=;` in front of the header, which Excel writes and reads, takes the place of the
   study's delimiter.  False where a pipe cannot be read. */
bool survey_source_open(const struct study_survey *survey, const char *path,
                        struct survey_source *source, struct remarks *remarks, struct arena *keep,
                        struct err *err);

/* The same of delimited text in memory, which stays the caller's. */
void survey_source_of_bytes(const struct study_survey *survey, const char *name, const void *bytes,
                            size_t n, struct survey_source *source, struct remarks *remarks,
                            struct arena *keep);

/* Its first rows, as far as they can be read: what stops the reading is met again by those below.
 */
void survey_source_head(const struct survey_source *source, struct survey_head *head,
                        struct arena *keep);

/* All of it as a plain table, named by its first row. */
const struct frame *survey_source_plain(const struct survey_source *source, struct xlsx_said *said,
                                        struct arena *keep, struct err *err);

/* What stands below a header, with the header's names. */
const struct frame *survey_source_below(const struct survey_source *source,
                                        const struct survey_head *head,
                                        const struct survey_header *header, struct xlsx_said *said,
                                        struct arena *keep, struct err *err);

#endif
