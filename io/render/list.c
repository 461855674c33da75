/* SPDX-License-Identifier: GPL-3.0-or-later
   The written list of renderers. */
#include <string.h>

#include "io/report.h"

const struct renderer *const renderers[] = {
#define X(name) &renderer_##name,
    RENDERER_LIST(X)
#undef X
};
const size_t n_renderers = sizeof renderers / sizeof *renderers;

const struct renderer *renderer_named(const char *name)
{
    for (size_t i = 0; i < n_renderers; i++)
        if (strcmp(renderers[i]->name, name) == 0)
            return renderers[i];
    return NULL;
}

const struct renderer *renderer_for(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < n_renderers; i++)
        if (strcmp(renderers[i]->extension, dot + 1) == 0)
            return renderers[i];
    return NULL;
}

const struct table *report_table(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->n_tables; i++)
        if (strcmp(report->tables[i].id, id) == 0)
            return &report->tables[i];
    return NULL;
}
