/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/study/clusters.h"

#include <string.h>

#include "analysis/study/variables.h"
#include "models/base/key_map.h"

static bool no_cluster(const struct frame *f, const struct column *c, size_t row, struct err *err)
{
    return err_at(err, ERR_VALUE,
                  &(struct problem){.file = f->file,
                                    .line = f->line ? f->line[row] : 0,
                                    .column = c->name,
                                    .what = "is missing: the row belongs to no cluster",
                                    .mend = "give every row its cluster"});
}

/* What makes two cells of a column the same cluster. */
static const char *cluster_key(const struct column *c, size_t row, struct arena *scratch)
{
    if (c->type == COLUMN_TEXT)
        return c->as.text[row];
    if (c->type == COLUMN_FACTOR)
        return c->levels->name[c->as.level[row]];
    return arena_printf(scratch, "%.17g", column_real(c, row));
}

bool clusters_settle(const char *name, const struct frame *f, struct clusters *clusters,
                     struct arena *keep, struct err *err)
{
    const struct column *c = variable_column(f, name, keep, err);
    if (!c)
        return false;
    uint32_t *code = ARENA_NEW(keep, uint32_t, f->n_rows);
    struct key_map *map = key_map_new(64, keep);
    for (size_t i = 0; i < f->n_rows; i++) {
        if (column_is_missing(c, i) || (c->type == COLUMN_TEXT && !c->as.text[i]))
            return no_cluster(f, c, i, err);
        const char *key = cluster_key(c, i, keep);
        code[i] = key_map_add(map, key, strlen(key), NULL);
    }
    *clusters = (struct clusters){name, code, key_map_count(map)};
    return true;
}
