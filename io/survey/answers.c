/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/survey/answers.h"

#include <string.h>

#include "models/base/key_map.h"

static bool is_real(const struct answers_real *real, const char *text)
{
    if (!real->value[0])
        return text != NULL;
    for (size_t i = 0; real->value[i]; i++)
        if (text && strcmp(text, real->value[i]) == 0)
            return true;
    return false;
}

/* The values of other rows and how many have each: "'Survey Preview' 12, blank 3". */
static const char *told(const struct column *c, size_t n_rows, const struct answers_real *real,
                        size_t *n, struct arena *keep)
{
    enum { TOLD = 4 };
    const char *text = "";
    struct key_map *map = key_map_new(TOLD, keep);
    size_t *count = ARENA_NEW(keep, size_t, n_rows);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        const char *cell = c->as.text[i];
        if (is_real(real, cell))
            continue;
        ++*n;
        count[key_map_add(map, cell ? cell : "", cell ? strlen(cell) : 0, NULL)]++;
    }
    for (uint32_t k = 0; k < key_map_count(map) && k < TOLD; k++) {
        const char *value = key_map_text(map, k, NULL), *quote = *value ? "'" : "";
        text = arena_printf(keep, "%s%s%s%s%s %zu", text, k ? ", " : "", quote,
                            *value ? remark_value(value, keep) : "blank", quote, count[k]);
    }
    return key_map_count(map) > TOLD ? arena_printf(keep, "%s, ...", text) : text;
}

void answers_remark(const struct frame *f, const struct study_survey *survey,
                    const struct answers_real *real, struct remarks *remarks)
{
    size_t n;
    const struct column *c = frame_column(f, real->column);
    if (!c && real->or_column)
        c = frame_column(f, real->or_column);
    if (!c || survey_keeps(survey, c))
        return;
    const char *values = told(c, f->n_rows, real, &n, remarks->keep);
    if (n)
        remark(remarks,
               "%zu of %zu rows %s %s by %s (%s): %s unless the study says keep: "
               "[{column: %s, %s}]",
               n, f->n_rows, n == 1 ? "is" : "are", real->others, c->name, values,
               n == 1 ? "it counts" : "they count", c->name, real->mend);
}
