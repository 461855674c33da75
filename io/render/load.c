/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/render/load.h"

#include <string.h>

#include "io/text/glyph.h"

const char *load_csv(const struct table *table, const struct render_options *options,
                     struct arena *keep)
{
    const char *slash = options->csv ? strrchr(options->csv, '/') : NULL;
    return slash          ? slash + 1
           : options->csv ? options->csv
                          : arena_printf(keep, "%s.csv", table->id);
}

const char *load_quoted(const char *text, const char *before, const char *behind, char doubled,
                        size_t most, struct arena *keep)
{
    const char *line = text_one_line(text, keep);
    size_t n = strlen(line), at = strlen(before);
    while (n > most || (n < strlen(line) && ((unsigned char)line[n] & 0xc0) == 0x80))
        n--;
    char *quoted = ARENA_NEW(keep, char, at + 2 * n + strlen(behind) + 1);
    memcpy(quoted, before, at);
    for (size_t i = 0; i < n; i++) {
        quoted[at++] = line[i];
        if (line[i] == doubled)
            quoted[at++] = doubled;
    }
    memcpy(quoted + at, behind, strlen(behind));
    return quoted;
}
