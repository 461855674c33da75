/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IO_XLSX_STYLES_H
#define IO_XLSX_STYLES_H

#include "io/xlsx/format.h"
#include "io/xlsx/package.h"

/* The number format of each style that cells name; n = 0: the workbook has no styles. */
struct styles {
    size_t n;
    const struct number_format **format;
};

bool styles_read(struct package *p, const char *part, uint64_t limit, struct styles *styles,
                 struct arena *keep, struct err *err);

#endif
