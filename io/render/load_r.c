/* SPDX-License-Identifier: GPL-3.0-or-later
   A script for R that reads the table's CSV twin, with labels, levels and days. */
#include <string.h>

#include "io/labelled/plan.h"
#include "io/render/load.h"
#include "io/text/parse.h"

static void put_string(const char *text, FILE *out)
{
    putc('"', out);
    for (const char *p = text; *p; p++)
        switch (*p) {
        case '"':
        case '\\':
            fprintf(out, "\\%c", *p);
            break;
        case '\n':
            fputs("\\n", out);
            break;
        case '\r':
            fputs("\\r", out);
            break;
        default:
            putc(*p, out);
        }
    putc('"', out);
}

static void put_levels(const struct planned_variable *v, FILE *out)
{
    char number[32];
    fputs("attr(study[[", out);
    put_string(v->column->name, out);
    fputs("]], \"labels\") <- c(", out);
    for (size_t k = 0; k < v->n_labels; k++) {
        fputs(k ? ", " : "", out);
        put_string(v->labels[k].label, out);
        fprintf(out, " = %s", real_text(v->labels[k].value, number));
    }
    fputs(")\n", out);
}

static void put_variable(const struct planned_variable *v, FILE *out)
{
    const char *name = v->column->name;
    if (v->kind == PLANNED_DAY) {
        fputs("study[[", out);
        put_string(name, out);
        fputs("]] <- as.Date(study[[", out);
        put_string(name, out);
        fputs("]])\n", out);
    }
    if (strcmp(v->label, name) != 0) {
        fputs("attr(study[[", out);
        put_string(name, out);
        fputs("]], \"label\") <- ", out);
        put_string(v->label, out);
        putc('\n', out);
    }
    /* Levels in words need no numbers: they stand in the CSV as they are. */
    if (v->n_labels && v->column->type != COLUMN_FACTOR)
        put_levels(v, out);
}

static bool render(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err)
{
    struct arena *scratch = arena_new();
    const struct table *t = planned_table(report, options, "a script", err);
    if (t) {
        const struct planned p = plan_table(t, &names_of_spss, scratch);
        fputs("# Reads the table that saydo wrote as CSV. Run it in the folder of that file:\n"
              "# source(\"load.R\", encoding = \"UTF-8\")\n",
              stream);
        fputs("study <- read.csv(", stream);
        put_string(load_csv(t, options, scratch), stream);
        fputs(", check.names = FALSE, na.strings = \"\", encoding = \"UTF-8\",\n  colClasses = c(",
              stream);
        for (size_t j = 0; j < p.n; j++) {
            bool text = p.variables[j].kind != PLANNED_NUMBER ||
                        p.variables[j].column->type == COLUMN_FACTOR;
            fprintf(stream, "%s%s", j ? ", " : "", text ? "\"character\"" : "\"numeric\"");
        }
        fputs("))\n", stream);
        for (size_t j = 0; j < p.n; j++)
            put_variable(&p.variables[j], stream);
    }
    arena_free(scratch);
    return t != NULL;
}

const struct renderer renderer_load_r = {.name = "load_r", .extension = "R", .render = render};
