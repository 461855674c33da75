/* SPDX-License-Identifier: GPL-3.0-or-later
   An open workbook as its readers see it. */
#ifndef IO_XLSX_INTERNAL_H
#define IO_XLSX_INTERNAL_H

#include "io/xlsx/package.h"
#include "io/xlsx/strings.h"
#include "io/xlsx/styles.h"

struct xlsx {
    struct package *package;
    struct xlsx_limits limits;
    struct arena *keep;
    size_t n_sheets;
    struct xlsx_sheet *sheet;
    bool is_1904;
    const char *strings_part; /* NULL: none */
    struct strings *strings;  /* NULL until they are read */
    struct styles styles;
};

#endif
