/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/study/companions.h"

#include <string.h>

#include "io/table/records.h"
#include "io/table/table.h"

const struct frame *customers_read(const struct study *study, struct arena *keep, struct err *err)
{
    const struct study_customers *c = &study->customers;
    if (!c->file)
        return NULL;
    const struct table_asked asked = {
        .dialect = {.delimiter = study_delimiter(c->delimiter), .encoding = c->encoding},
        .workbook = {.sheet = c->sheet, .n_keys = 1, .keys = &c->key}};
    return table_read(study_path(study, c->file, keep), &asked, keep, err);
}

const struct frame *mapping_read(const struct study *study, struct arena *keep, struct err *err)
{
    const struct study_mapping *m = &study->join.mapping;
    const char *keys[] = {m->respondent, m->account};
    if (!m->file)
        return NULL;
    const struct table_asked asked = {
        .dialect = {.delimiter = study_delimiter(m->delimiter), .encoding = m->encoding},
        .workbook = {.sheet = m->sheet, .n_keys = 2, .keys = keys}};
    return table_read(study_path(study, m->file, keep), &asked, keep, err);
}

static void append(struct texts *list, size_t *capacity, const char *text, struct arena *keep)
{
    if (list->n == *capacity) {
        *capacity = *capacity ? 2 * *capacity : 64;
        const char **more = ARENA_NEW(keep, const char *, *capacity);
        if (list->n)
            memcpy(more, list->at, list->n * sizeof *more);
        list->at = more;
    }
    list->at[list->n++] = text;
}

bool blocked_read(const struct study *study, struct texts *blocked, struct arena *keep,
                  struct err *err)
{
    const struct csv_dialect dialect = {.delimiter = ','};
    const struct record_cell *cell;
    size_t n, capacity = 0;
    *blocked = (struct texts){0};
    if (!study->join.block_file)
        return true;
    struct records *r =
        records_open(study_path(study, study->join.block_file, keep), &dialect, NULL, keep, err);
    while (r && records_next(r, &cell, &n, err))
        if (cell[0].length)
            append(blocked, &capacity, arena_strndup(keep, cell[0].text, cell[0].length), keep);
    records_close(r);
    return err->code == ERR_NONE;
}
