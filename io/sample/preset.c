/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sample/preset.h"

#include "io/labelled/labelled.h"
#include "io/sample/head.h"
#include "io/table/table.h"

#include <string.h>
#include <sys/stat.h>

#include "io/study/check.h"

/* A sheet's name between single quotes. */
static const char *quoted(const char *text, struct arena *keep)
{
    char *out = ARENA_NEW(keep, char, 2 * strlen(text) + 3), *to = out;
    *to++ = '\'';
    for (; *text; text++) {
        if (*text == '\'')
            *to++ = '\'';
        *to++ = *text;
    }
    *to++ = '\'';
    *to = '\0';
    return out;
}

const struct study *sample_preset_study(const struct preset *p, const struct csv_dialect *dialect,
                                        const char *sheet, struct arena *keep)
{
    struct err none = {0};
    const char *text = arena_printf(
        keep, "study: {name: preset}\nledgers:\n  - file: ledger\n    preset: %s\n", p->name);
    text = dialect->delimiter == '\t'
               ? arena_printf(keep, "%s    delimiter: tab\n", text)
               : arena_printf(keep, "%s    delimiter: \"%c\"\n", text, dialect->delimiter);
    text = arena_printf(keep, "%s    encoding: %s\n", text,
                        dialect->encoding ? dialect->encoding : "UTF-8");
    if (sheet)
        text = arena_printf(keep, "%s    sheet: %s\n", text, quoted(sheet, keep));
    for (size_t i = 0; i < p->n_declare; i++)
        text = arena_printf(keep, "%s    %s\n", text, p->declare[i]);
    return study_from_bytes(p->name, text, strlen(text), keep, &none);
}

/* A pipe would have to be waited for, and its bytes are gone. */
static bool is_regular(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

const struct preset *sample_preset_of(const char *path, struct arena *scratch)
{
    struct csv_dialect dialect = {.delimiter = ','};
    const struct head_row *rows;
    const struct preset *p = NULL;
    struct err ignored = {.code = ERR_NONE};
    size_t n = 0;
    if (!is_regular(path) || labelled_begins(path) ||
        (!table_is_workbook(path) && !head_dialect(path, &dialect, &ignored)) ||
        !head_rows(path, &dialect, NULL, SAMPLE_PRESET_ROWS, &rows, &n, scratch, &ignored))
        return NULL;
    for (size_t i = 0; i < n && !p; i++)
        p = preset_recognise(rows[i].cell, rows[i].n);
    return p;
}
