/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_TABLE_TABLE_H
#define IO_TABLE_TABLE_H

#include "io/csv/csv.h"
#include "io/xlsx/frame.h"

/* A file of rows that a study declares: delimited text, a workbook or a labelled file (SPSS, Stata,
   SAS).  Which of them its first bytes say, whatever its name. */
struct table_asked {
    struct csv_dialect dialect; /* of delimited text */
    struct xlsx_asked workbook;
};

/* Does a regular file begin as workbooks do (xlsx_begins)?  Also where it is one that is
   refused. */
bool table_is_workbook(const char *path);

/* What is wrong with a sheet that is declared for a file of text: ERR_STUDY; false. */
bool table_no_sheets(const char *path, const char *sheet, struct err *err);

/* As csv_read(), xlsx_frame() or labelled_read().  A sheet declared for another file than a
   workbook is ERR_STUDY. */
const struct frame *table_read(const char *path, const struct table_asked *asked,
                               struct arena *keep, struct err *err);

#endif
