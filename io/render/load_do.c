/* SPDX-License-Identifier: GPL-3.0-or-later
   A script for Stata that reads the table's CSV twin. */
#include <math.h>

#include "io/labelled/plan.h"
#include "io/render/load.h"
#include "io/text/parse.h"

enum { MOST_LABEL = 80, MOST_VALUE_LABEL = 320, MOST_PATH = 2000 };

static const char *quoted(const char *text, size_t most, struct arena *scratch)
{
    return load_quoted(text, "`\"", "\"'", '\0', most, scratch);
}

static void put_value_labels(const struct planned_variable *v, size_t j, struct arena *scratch,
                             FILE *out)
{
    char number[32];
    size_t given = 0;
    for (size_t k = 0; k < v->n_labels; k++) {
        double value = v->labels[k].value;
        if (value != floor(value))
            continue;
        fprintf(out, "label define labels%zu %s %s%s\n", j + 1, real_text(value, number),
                quoted(v->labels[k].label, MOST_VALUE_LABEL, scratch), given++ ? ", add" : "");
    }
    if (given)
        fprintf(out, "label values %s labels%zu\n", v->name, j + 1);
}

static void put_variable(const struct planned_variable *v, size_t j, struct arena *scratch,
                         FILE *out)
{
    bool number = v->kind == PLANNED_NUMBER && v->column->type != COLUMN_FACTOR;
    fprintf(out, "rename v%zu %s\n", j + 1, v->name);
    if (number)
        fprintf(out, "destring %s, replace\n", v->name);
    if (v->kind == PLANNED_DAY)
        fprintf(out,
                "generate double saydo_day = date(%s, \"YMD\")\nformat saydo_day %%td\n"
                "order saydo_day, after(%s)\ndrop %s\nrename saydo_day %s\n",
                v->name, v->name, v->name, v->name);
    fprintf(out, "label variable %s %s\n", v->name, quoted(v->label, MOST_LABEL, scratch));
    if (number)
        put_value_labels(v, j, scratch, out);
}

static bool render(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err)
{
    struct arena *scratch = arena_new();
    const struct table *t = planned_table(report, options, "a script", err);
    if (t) {
        const struct planned p = plan_table(t, &names_of_stata, scratch);
        fputs("* Reads the table that saydo wrote as CSV. Run it in the folder of that file.\n"
              "version 14\n",
              stream);
        fprintf(stream,
                "import delimited using %s, delimiters(\",\") varnames(nonames) rowrange(2:) ///\n"
                "    stringcols(_all) bindquotes(strict) maxquotedrows(unlimited) "
                "encoding(\"utf-8\") clear\n",
                quoted(load_csv(t, options, scratch), MOST_PATH, scratch));
        for (size_t j = 0; j < p.n; j++)
            put_variable(&p.variables[j], j, scratch, stream);
    }
    arena_free(scratch);
    return t != NULL;
}

const struct renderer renderer_load_do = {.name = "load_do", .extension = "do", .render = render};
