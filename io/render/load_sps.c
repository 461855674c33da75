/* SPDX-License-Identifier: GPL-3.0-or-later
   A script for SPSS and PSPP that reads the table's CSV twin. */
#include "io/labelled/plan.h"
#include "io/render/load.h"
#include "io/text/parse.h"

enum { MOST_LABEL = 250, MOST_VALUE_LABEL = 120, MOST_TEXT = 32767 };

static const char *quoted(const char *text, size_t most, struct arena *scratch)
{
    return load_quoted(text, "'", "'", '\'', most, scratch);
}

/* In the CSV a factor stands in words. */
static bool is_text(const struct planned_variable *v)
{
    return v->kind == PLANNED_TEXT || v->column->type == COLUMN_FACTOR;
}

static size_t width_of(const struct planned_variable *v, size_t rows)
{
    size_t width = v->width ? v->width : 1;
    for (size_t i = 0; v->column->type == COLUMN_FACTOR && i < rows; i++)
        if (!column_is_missing(v->column, i)) {
            size_t n = strlen(v->column->levels->name[v->column->as.level[i]]);
            width = n > width ? n : width;
        }
    return width < MOST_TEXT ? width : MOST_TEXT;
}

static void put_value_labels(const struct planned_variable *v, struct arena *scratch, FILE *out)
{
    char number[32];
    if (v->n_labels == 0 || is_text(v))
        return;
    fprintf(out, "VALUE LABELS %s", v->name);
    for (size_t k = 0; k < v->n_labels; k++)
        fprintf(out, "\n  %s %s", real_text(v->labels[k].value, number),
                quoted(v->labels[k].label, MOST_VALUE_LABEL, scratch));
    fputs(".\n", out);
}

static void put_measure(const struct planned_variable *v, FILE *out)
{
    static const char *const word[] = {
        [MEASURE_NOMINAL] = "NOMINAL", [MEASURE_ORDINAL] = "ORDINAL", [MEASURE_SCALE] = "SCALE"};
    fprintf(out, "VARIABLE LEVEL %s (%s).\n", v->name,
            word[is_text(v) ? MEASURE_NOMINAL : v->measure]);
}

static void put_script(const struct planned *p, const char *csv, struct arena *scratch, FILE *out)
{
    fputs("* Reads the table that saydo wrote as CSV. Run it in the folder of that file.\n", out);
    fprintf(out,
            "GET DATA /TYPE=TXT /FILE=%s /ENCODING='UTF8' /ARRANGEMENT=DELIMITED\n"
            "  /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES=",
            quoted(csv, MOST_TEXT, scratch));
    for (size_t j = 0; j < p->n; j++) {
        const struct planned_variable *v = &p->variables[j];
        fprintf(out, "\n  %s ", v->name);
        if (is_text(v))
            fprintf(out, "A%zu", width_of(v, p->table->frame->n_rows));
        else
            fputs(v->kind == PLANNED_DAY ? "SDATE10" : "F40.0", out);
    }
    fputs(".\n", out);
    for (size_t j = 0; j < p->n; j++) {
        const struct planned_variable *v = &p->variables[j];
        if (v->kind == PLANNED_NUMBER && !is_text(v))
            fprintf(out, "FORMATS %s (%s).\n", v->name, v->whole ? "F8.0" : "F12.4");
        fprintf(out, "VARIABLE LABELS %s %s.\n", v->name, quoted(v->label, MOST_LABEL, scratch));
        put_value_labels(v, scratch, out);
        put_measure(v, out);
    }
    fputs("EXECUTE.\n", out);
}

static bool render(const struct report *report, const struct render_options *options, FILE *stream,
                   struct err *err)
{
    struct arena *scratch = arena_new();
    const struct table *t = planned_table(report, options, "a script", err);
    if (t) {
        const struct planned p = plan_table(t, &names_of_spss, scratch);
        put_script(&p, load_csv(t, options, scratch), scratch, stream);
    }
    arena_free(scratch);
    return t != NULL;
}

const struct renderer renderer_load_sps = {
    .name = "load_sps", .extension = "sps", .render = render};
