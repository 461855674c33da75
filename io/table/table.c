/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/table/table.h"

#include <stdio.h>
#include <sys/stat.h>

#include "io/labelled/labelled.h"

bool table_is_workbook(const char *path)
{
    char first[8];
    struct stat stat_of;
    if (stat(path, &stat_of) != 0 || !S_ISREG(stat_of.st_mode))
        return false; /* a pipe gives its bytes once */
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    const size_t n = fread(first, 1, sizeof first, f);
    fclose(f);
    return xlsx_begins(first, n);
}

bool table_no_sheets(const char *path, const char *sheet, struct err *err)
{
    return err_at(
        err, ERR_STUDY,
        &(struct problem){.file = path,
                          .value = sheet,
                          .what = "is declared as its sheet, but the file is no workbook (.xlsx)",
                          .mend = "take the key 'sheet' out of the study file"});
}

const struct frame *table_read(const char *path, const struct table_asked *asked,
                               struct arena *keep, struct err *err)
{
    if (table_is_workbook(path))
        return xlsx_frame(path, &asked->workbook, NULL, keep, err);
    if (!asked->workbook.sheet && labelled_begins(path)) {
        const struct labelled *l = labelled_read(path, NULL, asked->dialect.encoding, keep, err);
        return l ? l->frame : NULL;
    }
    if (!asked->workbook.sheet)
        return csv_read(path, &asked->dialect, keep, err);
    table_no_sheets(path, asked->workbook.sheet, err);
    return NULL;
}
