/* SPDX-License-Identifier: GPL-3.0-or-later
   Workbooks put together from XML by hand, for what no program writes on purpose. */
#ifndef TESTS_XLSX_CASE_H
#define TESTS_XLSX_CASE_H

#include "io/xlsx/xlsx.h"
#include "models/base/arena.h"

/* A part; a later one of the same name takes the place of an earlier one, a NULL text leaves the
   part out. */
struct xlsx_part {
    const char *name;
    const char *text;
    size_t size; /* 0: a text */
};

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define XLSX_STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define XLSX_SHEET "xl/worksheets/sheet1.xml"
#define XLSX_STRINGS "xl/sharedStrings.xml"
#define XLSX_STYLES "xl/styles.xml"
#define XLSX_WORKBOOK "xl/workbook.xml"

/* The bytes of a workbook of one sheet, "S": the usual parts, with n others in their place. */
const void *xlsx_case(const struct xlsx_part *parts, size_t n, size_t *size, struct arena *keep);

/* A zip file of just these parts. */
const void *xlsx_case_zip(const struct xlsx_part *parts, size_t n, size_t *size,
                          struct arena *keep);

/* Every cell of every sheet, "A1|text|hello\n", or what was refused: "! file: message\n" behind
   the cells before it. */
const char *xlsx_case_cells(const void *bytes, size_t size, const struct xlsx_limits *limits,
                            struct arena *keep);

/* The same of a sheet with these rows: <row>...</row>. */
const char *xlsx_case_rows(const char *rows, struct arena *keep);

/* A worksheet around its elements. */
const char *xlsx_case_sheet(const char *inside, struct arena *keep);

#endif
