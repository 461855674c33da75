/* SPDX-License-Identifier: GPL-3.0-or-later
   Fuzzer of the reader of workbooks (scripts/fuzz xlsx).

   The first byte says which part of a workbook the rest is, or the whole of it.  Cells or a
   message with exit status 3, the same twice; then the same as a frame. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/xlsx/frame.h"
#include "tests/xlsx_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_frame(const void *bytes, size_t size, const struct xlsx_limits *limits,
                        struct arena *keep)
{
    struct err err = {0};
    struct arena *own = arena_new();
    struct xlsx *book = xlsx_open_bytes("b.xlsx", bytes, size, limits, own, &err);
    const struct frame *f = book ? xlsx_book_frame(book, NULL, NULL, keep, &err) : NULL;
    xlsx_close(book);
    arena_free(own);
    if ((f != NULL) == (err.code != ERR_NONE) || (!f && !*err.message))
        abort();
    for (size_t j = 0; f && j < f->n_cols; j++)
        for (size_t i = 0; i < f->n_rows; i++)
            if (column_is_missing(&f->cols[j], i) != (f->cols[j].as.text[i] == NULL))
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const parts[] = {NULL,          XLSX_SHEET,    XLSX_STRINGS,
                                        XLSX_STYLES,   XLSX_WORKBOOK, "xl/_rels/workbook.xml.rels",
                                        "_rels/.rels", "mimetype"};
    const struct xlsx_limits limits = {.sheet_bytes = 1 << 20,
                                       .strings_bytes = 1 << 20,
                                       .other_bytes = 1 << 20,
                                       .strings = 1 << 16};
    if (size < 2)
        return 0;
    struct arena *keep = arena_new();
    const char *name = parts[data[0] % (sizeof parts / sizeof *parts)];
    const void *bytes = data + 1;
    size_t n = size - 1;
    const struct xlsx_part part = {name, (const char *)data + 1, n};
    if (name)
        bytes = xlsx_case(&part, 1, &n, keep);
    const char *first = xlsx_case_cells(bytes, n, &limits, keep);
    if (strcmp(first, xlsx_case_cells(bytes, n, &limits, keep)) != 0)
        abort();
    check_frame(bytes, n, &limits, keep);
    arena_free(keep);
    return 0;
}
